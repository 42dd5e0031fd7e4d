"""Naming and voice scored against our reference annotation, and the two passes of that annotation against each other.

Our corpora are what the stylebooks were written for; fifteen articles of FA-KES, one an outlet, drawn by lot, were
annotated after the stylebook was finished, to see what it is worth on texts that nobody had in mind
(`fa-kes-mentions.csv`, offsets only).
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

import kit
from kit.folders import shipped

from .fa_kes import every_article
from .figures import as_shown, write

CORPORA = ("aleppo-2016", "harbour-strike")


def annotation(corpus: str, which: str = "mentions") -> pd.DataFrame:
    """Read the reference annotation (`mentions`) or one of its passes (`pass-1`, `pass-2`)."""
    return pd.read_csv(
        shipped("datasets") / corpus / "reference" / f"{which}.csv", encoding="utf-8", keep_default_na=False
    )


def matched(found: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """Pair mentions one to one where they overlap, the larger overlap first; columns end in _found and _gold."""
    pairs = found.reset_index().merge(gold.reset_index(), on="document", suffixes=("_found", "_gold"))
    shared = pairs[["end_found", "end_gold"]].min(axis=1) - pairs[["start_found", "start_gold"]].max(axis=1)
    pairs = pairs.assign(shared=shared)[shared > 0].sort_values("shared", ascending=False, kind="stable")
    taken: set[tuple[str, int]] = set()
    keep = []
    for f, g in pairs[["index_found", "index_gold"]].itertuples(index=False):
        free = not {("f", f), ("g", g)} & taken
        keep.append(free)
        taken |= {("f", f), ("g", g)} if free else set()
    return pairs[keep]


def score(found: pd.DataFrame, gold: pd.DataFrame) -> dict[str, float]:
    """F1 of mentions; among the matched, how often referent, label, voice and position are right."""
    pairs = matched(found, gold)
    right = {
        f"{column} accuracy": float((pairs[f"{column}_found"] == pairs[f"{column}_gold"]).mean())
        for column in ("referent", "label", "voice", "position")
    }
    return {"mentions F1": 2 * len(pairs) / max(len(found) + len(gold), 1), **right}


def fa_kes() -> tuple[kit.Corpus, pd.DataFrame]:
    """Load the annotated articles of FA-KES, and their annotation."""
    gold = pd.read_csv(Path(__file__).with_name("fa-kes-mentions.csv"), dtype={"document": str})
    return every_article().only(dict.fromkeys(gold["document"])), gold


def measured() -> pd.DataFrame:
    """The figures of naming and voice that the cards show."""
    texts = {name: (kit.load(name, edition="teaching"), annotation(name)) for name in CORPORA}
    texts["15 FA-KES articles, new to the stylebook"] = fa_kes()
    rows = []
    for on, (corpus, gold) in texts.items():
        found = kit.mentions(corpus, corpus[0].meta.get("stylebook", "aleppo-2016"))
        figures = score(found, gold)
        voice = figures.pop("voice accuracy")
        rows += [("naming", name, on, len(gold), value) for name, value in figures.items()]
        rows.append(("voice", "accuracy over all four voices", on, len(gold), voice))
    return as_shown(rows)


def main() -> None:
    """Print how far the passes agree; renew the figures of naming and voice."""
    for corpus in CORPORA:
        passes = {k: round(v, 3) for k, v in score(annotation(corpus, "pass-1"), annotation(corpus, "pass-2")).items()}
        print(f"{corpus}: first pass against second: {passes}")
    table = measured()
    print(table.to_string(index=False))
    write(table)
