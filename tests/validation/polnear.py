"""Attributions scored against PolNeAR, American political news annotated by trained people (Newell et al., LREC 2018).

    python -m tests.validation.polnear [train|dev]

prints what `../shared/tools/score_attributions.py` prints, and for dev writes the figures to kit/measured.csv. PolNeAR
states no licence: it is used for measuring only, and nothing of it is in this repository.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from pathlib import Path
from typing import Any

import pandas as pd

from kit.readers import plain_document
from kit.sourcing import attributions_in

from .reference import MEASURED, write

SHARED = Path(__file__).resolve().parents[3] / "shared"
POLNEAR = SHARED / "corpora" / "polnear"
ON = "PolNeAR {part}, {n} articles of American news"


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
        rows = attributions_in(document, rejected=False)
        parts = ("source", "cue", "content")
        predictions[article["id"]] = [
            {part: [list(place) for place in getattr(a, f"{part}_at")] or None for part in parts} for a in rows
        ]
    return predictions


def figures(part: str) -> dict[str, float]:
    """Score one part of the corpus, `train` or `dev`."""
    script = scorer()
    articles = script.load(POLNEAR / part)
    predictions = found(articles)
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
    return pd.DataFrame(rows, columns=MEASURED).round({"value": 3})


def main() -> None:
    part = sys.argv[1] if len(sys.argv) > 1 else "dev"
    start = time.perf_counter()
    values = figures(part)
    for name, value in values.items():
        print(f"{name:28} {value:,.3f}" if isinstance(value, float) else f"{name:28} {value:,}")
    print(f"{time.perf_counter() - start:.1f} s with scoring")
    if part == "dev":
        write(measured(values))


if __name__ == "__main__":
    main()
