"""Attributions scored against PolNeAR, American political news annotated by trained people (Newell et al., LREC 2018).

The figures are those that `../shared/tools/score_attributions.py` prints, with intervals from resampling articles.
Those on dev are shown; `python -m tests.validation.polnear train` prints those on train, on which rules were made.
PolNeAR states no licence: it is used for measuring only, and nothing of it is in this repository.

The script's figures for two annotators, and for programs that mark beliefs too, are of what its list of words calls
speech: "of its words of speech alone" gives ours in the same way. What counts is everything that the kit lists.
"""

from __future__ import annotations

import importlib.util
import sys
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import bootstrap

from kit.documents.readers import plain_document
from kit.findings.sourcing import attributions_in

from .. import SHARED
from .figures import as_shown, write

POLNEAR = SHARED / "corpora" / "polnear"
ON = "PolNeAR {part}, {n} articles of American news, annotated by people"


def scorer() -> Any:
    """Load the scoring script."""
    spec = importlib.util.spec_from_file_location("score_attributions", SHARED / "tools" / "score_attributions.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def found(articles: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Find the attributions of every article, as the script wants them."""
    predictions = {}
    for article in articles:
        document = plain_document(article["text"], article["id"])
        rows = [a for a in attributions_in(document) if not a.reason]
        parts = ("source", "cue", "content")
        predictions[article["id"]] = [
            {part: [list(place) for place in getattr(a, f"{part}_at")] or None for part in parts} for a in rows
        ]
    return predictions


def scored(part: str) -> tuple[Any, list[dict[str, Any]], dict[str, list[dict[str, Any]]]]:
    """Return the script, the articles of one part of the corpus, `train` or `dev`, and what is found in them."""
    script = scorer()
    articles = script.load(POLNEAR / part)
    return script, articles, found(articles)


def figures(
    script: Any, articles: list[dict[str, Any]], predictions: dict[str, list[dict[str, Any]]]
) -> dict[str, float]:
    """Score what is found in articles."""
    every, speech = script.evaluate(articles, predictions), script.evaluate_speech(articles, predictions)
    return {
        "articles": len(articles),
        "words": every["words"],
        "annotated": speech["annotated"],
        "attributions precision": speech["P"],
        "attributions recall": speech["R"],
        "attributions F1": speech["F1"],
        "source F1": every["source_among_matched"]["F1"],
        "content F1, words": content_f1(script, articles, predictions),
        "density r": speech["density"]["pearson"],
        "mean absolute error": speech["density"]["MAE"],
    }


def resampled(
    script: Any, articles: list[dict[str, Any]], predictions: dict[str, list[dict[str, Any]]], *, filter_found: bool
) -> pd.DataFrame:
    """F1, r and mean absolute error with 95 % percentile intervals from resampling articles.

    F1 is that of all pairs together, some ten-thousandths from the script's, which takes recall over speech alone.
    With `filter_found` only what the script calls speech counts of what is found, as in its figures for annotators.
    """
    alone = [script.evaluate_speech([article], predictions, filter_found) for article in articles]
    words = np.array([len(script.wspans(article["text"])) for article in articles])
    people, machine = (np.array([q["density"][f"mean_{who}"] for q in alone]) for who in ("gold", "pred"))
    right = [q["R"] * q["annotated"] + q["P"] * n for q, n in zip(alone, machine * words / 1000, strict=True)]
    f1 = (np.array(right), (people + machine) * words / 1000)
    statistics = {
        "attributions F1": (f1, lambda over, under: over.sum() / under.sum()),
        "density r": ((people, machine), lambda x, y: np.corrcoef(x, y)[0, 1]),
        "mean absolute error": ((people, machine), lambda x, y: abs(x - y).mean()),
    }
    rows = {}
    for name, (data, statistic) in statistics.items():
        drawn = bootstrap(data, statistic, paired=True, vectorized=False, n_resamples=2000, method="percentile", rng=1)
        rows[name] = (statistic(*data), *drawn.confidence_interval)
    return pd.DataFrame(rows, index=["value", "low", "high"]).T


def content_f1(script: Any, articles: list[dict[str, Any]], predictions: dict[str, list[dict[str, Any]]]) -> float:
    """F1 of the words inside contents, of the attributions that are counted and met an annotation."""
    both = machine = people = 0
    for article in articles:
        tokens = script.wspans(article["text"])
        gold, mine = script.clean(article["gold"]), script.clean(predictions[article["id"]])
        pairs = script.match(gold, mine)
        told = script.covered(tokens, [gold[i] for i in pairs])
        heard = script.covered(tokens, [mine[j] for j in pairs.values()])
        both, machine, people = both + len(told & heard), machine + len(heard), people + len(told)
    return 2 * both / max(machine + people, 1)


def measured(values: dict[str, float]) -> pd.DataFrame:
    """The figures that the cards show, of those on dev."""
    on, n = ON.format(part="dev", n=values["articles"]), values["annotated"]
    shown = ("attributions precision", "attributions recall", "attributions F1", "source F1", "content F1, words")
    rows = [("attributions", name, on, n, values[name]) for name in shown]
    density = {"correlation of densities with the annotators' (r)": "density r"}
    density["mean absolute error: attributions per 1,000 words"] = "mean absolute error"
    rows += [("sourcing density", name, on, n, values[key]) for name, key in density.items()]
    return as_shown(rows)


def main(part: str = "dev") -> None:
    """Print the figures with their intervals; renew those on dev."""
    given = scored(part)
    values = figures(*given)
    for name, value in values.items():
        print(f"{name:28} {value:,.3f}" if isinstance(value, float) else f"{name:28} {value:,}")
    for title, filter_found in (("with 95 % intervals", False), ("of its words of speech alone", True)):
        print(f"\n{title}\n{resampled(*given, filter_found=filter_found).round(3).to_string()}")
    if part == "dev":
        write(measured(values))


if __name__ == "__main__":
    main(*sys.argv[1:])
