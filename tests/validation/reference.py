"""Naming and voice scored against our reference annotation, and the two passes of that annotation against each other.

    python -m tests.validation.reference

prints the figures and writes those of naming and voice to measured.csv, which the cards show. Our corpora are what
the stylebooks were written for; fifteen articles of FA-KES, one an outlet, drawn by lot, were annotated after the
stylebook was finished, to see what it is worth on texts that nobody had in mind (`fa-kes-mentions.csv`, offsets only).
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

import kit
from kit.folders import PACKAGE, shipped

from .fa_kes import every_article

CORPORA = ("aleppo-2016", "harbour-strike")
MEASURED = ["instrument", "measure", "on", "n", "value"]


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
        found = kit.mentions(corpus)
        figures = score(found, gold)
        voice = figures.pop("voice accuracy")
        rows += [("naming", name, on, len(gold), value) for name, value in figures.items()]
        rows.append(("voice", "accuracy over all four voices", on, len(gold), voice))
    return pd.DataFrame(rows, columns=MEASURED).round({"value": 3})


def write(table: pd.DataFrame) -> None:
    """Put figures into the file that the cards read; those of other instruments, or on other texts, stay."""
    path: Path = PACKAGE / "metrics" / "measured.csv"
    others = pd.read_csv(path, encoding="utf-8")
    new = {tuple(pair) for pair in table[["instrument", "on"]].itertuples(index=False)}
    others = others[[pair not in new for pair in zip(others["instrument"], others["on"], strict=True)]]
    merged = pd.concat([others, table]).sort_values("instrument", kind="stable")
    merged.to_csv(path, index=False, lineterminator="\n")


def unlike(shown: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Return the figures that the cards show otherwise than they are measured now, or not at all, or no longer rightly.

    Of what is shown only the instruments and texts that were measured now are looked at.
    """
    shown = shown.merge(now[["instrument", "on"]].drop_duplicates())
    both = now.merge(shown, on=["instrument", "measure", "on"], how="outer", suffixes=("", "_shown"))
    return both[~((both["value"] == both["value_shown"]) & (both["n"] == both["n_shown"]))]


def main() -> None:
    for corpus in CORPORA:
        passes = {k: round(v, 3) for k, v in score(annotation(corpus, "pass-1"), annotation(corpus, "pass-2")).items()}
        print(f"{corpus}: first pass against second: {passes}")
    table = measured()
    print(table.to_string(index=False))
    write(table)


if __name__ == "__main__":
    main()
