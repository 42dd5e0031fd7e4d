"""Naming scored against our reference annotation, and the two passes of that annotation against each other.

    python -m tests.validation.reference

prints the figures and writes those of naming and voice to kit/measured.csv, which the cards show.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

import kit
from kit.resources import PACKAGE, shipped
from kit.voice import VOICES

CORPORA = ("aleppo-2016", "harbour-strike")
MEASURED = ["instrument", "measure", "on", "n", "value"]


def annotation(corpus: str, which: str = "mentions") -> pd.DataFrame:
    """Read the reference annotation (`mentions`) or one of its passes (`pass-1`, `pass-2`)."""
    return pd.read_csv(shipped("datasets") / corpus / "reference" / f"{which}.csv", encoding="utf-8", keep_default_na=False)


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


def without_unknown_voices(gold: pd.DataFrame) -> pd.DataFrame:
    """Count the voices that the kit does not tell apart yet (`reported`) as the author's."""
    return gold.assign(voice=gold["voice"].where(gold["voice"].isin(VOICES), "author"))


def measured() -> pd.DataFrame:
    """The figures of naming and voice that the cards show."""
    rows = []
    for corpus in CORPORA:
        gold = annotation(corpus)
        figures = score(kit.mentions(kit.load(corpus, edition="teaching")), without_unknown_voices(gold))
        for measure, value in figures.items():
            instrument = "voice" if measure == "voice accuracy" else "naming"
            rows.append((instrument, measure, f"our annotation of {corpus}", len(gold), round(value, 3)))
    return pd.DataFrame(rows, columns=MEASURED)


def main() -> None:
    for corpus in CORPORA:
        passes = {k: round(v, 3) for k, v in score(annotation(corpus, "pass-1"), annotation(corpus, "pass-2")).items()}
        print(f"{corpus}: first pass against second: {passes}")
    table = measured()
    print(table.to_string(index=False))
    path: Path = PACKAGE / "measured.csv"
    others = pd.read_csv(path, encoding="utf-8") if path.exists() else pd.DataFrame(columns=MEASURED)
    others = others[~others["instrument"].isin(table["instrument"])]
    pd.concat([table, others]).to_csv(path, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
