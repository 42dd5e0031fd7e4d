"""Frames: how far the two passes of our reading agree.

Seven texts are few: the figures describe them,
and promise nothing of others. What the hints find of this reading, `own_hints` tells.
"""

from __future__ import annotations

from functools import cache

import pandas as pd

import kit
from kit.coding import codebooks as framing
from kit.coding import exchange
from kit.folders import shipped
from kit.metrics.reliability import agreement, alpha, alpha_interval, percent, ratings

from .figures import as_shown, write
from .reference import CORPORA

BOOKS = ("entman", "generic-frames", "war-peace-journalism")
PASSES = ("pass-1", "pass-2")


def documents() -> kit.Corpus:
    """Return the seven texts."""
    return kit.Corpus(document for name in CORPORA for document in kit.load(name, edition="teaching"))


def merged(corpus: str, *which: str) -> exchange.Merged:
    """Read our reading (`frames`), a pass (`frames-pass-1`, `-2`) or several of them, as a class reads its files."""
    folder = shipped("datasets") / corpus / "reference"
    return exchange.merge([folder / f"{name}.csv" for name in which], kit.load(corpus, edition="teaching"))


def codes(*which: str) -> pd.DataFrame:
    """Return the codes of both corpora as one span table."""
    return pd.concat([merged(corpus, *which).codes for corpus in CORPORA], ignore_index=True)


def passes() -> pd.DataFrame:
    """Return the codes of both passes."""
    return codes(*(f"frames-{which}" for which in PASSES))


def decisions(corpus: str) -> pd.DataFrame:
    """Return where the passes differ, what each says, what our reading says, and why."""
    path = shipped("datasets") / corpus / "reference" / "frames-decisions.csv"
    return pd.read_csv(path, encoding="utf-8", keep_default_na=False)


def rereadings(corpus: str) -> pd.DataFrame:
    """Return where a sentence was reworded after the passes, which agreed on it, and our reading of it changed."""
    path = shipped("datasets") / corpus / "reference" / "frames-rereadings.csv"
    columns = ["document", "codebook", "code", "start", "end", "text", "passes", "our reading", "reason"]
    return pd.read_csv(path, encoding="utf-8") if path.exists() else pd.DataFrame(columns=columns)


@cache  # the intervals take long
def agreement_of_passes() -> pd.DataFrame:
    """Tell how far the passes agree, a row a codebook, all of its codes together.

    A unit is a text, or a sentence, and a code. The codes of one text hang together, so that the intervals are too
    narrow; and what is nearly always yes or nearly always no helps alpha here, as it does not question by question.
    """
    table = kit.remember(passes(), documents())
    rows = {}
    for name, by in [*((book, "document") for book in BOOKS), ("entman", "sentence")]:
        book = framing.read_codebook(name)
        said = pd.concat([ratings(table, book, code, by=by) for code in book.codes])
        low, high = alpha_interval(said, book.level, values=book.values)
        judged = int((said.notna().sum(axis=1) > 1).sum())
        figures = judged, percent(said), alpha(said, book.level, values=book.values), low, high
        rows[name, by] = dict(zip(("units", "percent", "alpha", "low", "high"), figures, strict=True))
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(["codebook", "by"]).astype({"units": int})


def measured() -> pd.DataFrame:
    """The figures for the card: how far the two passes over our texts agree, on each codebook."""
    on = "our 7 annotated texts: two passes, not two people"
    rows = [
        ("frames", f"{book}, by {by}: alpha of the passes", on, int(row["units"]), row["alpha"])
        for (book, by), row in agreement_of_passes().iterrows()
    ]
    return as_shown(rows)


def agreement_by_function() -> pd.DataFrame:
    """Tell how far the passes agree on each of Entman's functions, by document and by sentence."""
    tables = {by: agreement(kit.remember(passes(), documents()), "entman", by=by) for by in ("document", "sentence")}
    return pd.concat(tables, names=["by"])[["units", "percent", "alpha", "low", "high"]]


def main() -> None:
    """Print how far the passes agree; renew the figures."""
    for title, table in {
        "The passes against each other, a codebook's codes together": agreement_of_passes(),
        "The passes against each other, Entman's functions": agreement_by_function(),
    }.items():
        print(f"{title}\n{table.round(3).to_string()}\n")
    for corpus in CORPORA:
        made = decisions(corpus)
        print(f"{corpus}: {len(made)} decisions, {int((made['end'] == 0).sum())} of them for a whole text")
    write(measured())
