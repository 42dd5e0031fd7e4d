"""How close the teaching editions come to the originals, and the short concordance of the originals.

The tables are `fidelity.csv`, `fidelity-sourcing.csv` and `concordance.csv` in datasets/aleppo-2016, made from the
originals in ../shared/documents.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

import pandas as pd

import kit
from kit.english.source_types import SOURCE_TYPES
from kit.findings.sourcing import KINDS
from kit.folders import shipped

from .. import SHARED

CORPUS = "aleppo-2016"
ORIGINALS = SHARED / "documents"
MOST_WORDS = 8
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def both_editions(folder: Path) -> tuple[kit.Corpus, kit.Corpus]:
    """Load edition and original of the articles; the originals are kept in `folder` meanwhile."""
    from kit.documents.originals import recognised

    before = os.environ.get("KIT_ORIGINALS")
    os.environ["KIT_ORIGINALS"] = str(folder)
    try:
        for file in sorted(ORIGINALS.glob("*.txt")):
            recognised(file, CORPUS)
        original = kit.load(CORPUS, edition="original")
        edition = kit.load(CORPUS, edition="teaching")
    finally:
        os.environ.pop("KIT_ORIGINALS") if before is None else os.environ.update(KIT_ORIGINALS=before)
    retold = [d.name for d in edition if d.meta["label"] == "TEACHING EDITION"]
    return edition.only(retold), original.only(retold)


def naming(edition: kit.Corpus, original: kit.Corpus) -> pd.DataFrame:
    """Every label by voice, edition against original: counts and rates per 1,000 words, and whether they are close.

    Close is within 25 % of the original's rate, or within 1 per 1,000 words of it.
    """
    rows = {}
    for which, corpus in (("original", original), ("edition", edition)):
        mentions = kit.mentions(corpus)
        for name, measure in (("count", kit.counts), ("per_1000", kit.rates)):
            rows[f"{which}_{name}"] = measure(mentions, ["referent", "label", "voice"]).stack()
    table = pd.DataFrame(rows).reorder_levels(["document", "referent", "label", "voice"])
    table = table.loc[edition.names]
    difference = (table["edition_per_1000"] - table["original_per_1000"]).abs()
    table["close"] = (difference <= 1) | (difference <= 0.25 * table["original_per_1000"])
    return table.round(2).reset_index()


def sourcing(edition: kit.Corpus, original: kit.Corpus) -> pd.DataFrame:
    """Attributions by kind and by source type, and links, edition against original, as in `naming`.

    Close is within 20 % of the original's rate, or within 1 per 1,000 words of it.
    """
    rows = []
    for name in edition.names:
        counts = [_sourcing_counts(corpus.only([name])) for corpus in (original, edition)]
        words = [corpus[name].word_count for corpus in (original, edition)]
        for what in counts[0]:
            rates = [count[what] / n * 1000 for count, n in zip(counts, words, strict=True)]
            close = abs(rates[0] - rates[1]) <= max(1, 0.2 * rates[0])
            rows.append((name, what, counts[0][what], rates[0], counts[1][what], rates[1], close))
    columns = ["original_count", "original_per_1000", "edition_count", "edition_per_1000", "close"]
    return pd.DataFrame(rows, columns=["document", "what", *columns]).round(2)


def _sourcing_counts(corpus: kit.Corpus) -> dict[str, int]:
    found = kit.attributions(corpus)
    counts = {"attributions": len(found)}
    for column, values in (("kind", KINDS), ("source_type", SOURCE_TYPES)):
        counts |= {f"attributions: {value}": int((found[column] == value).sum()) for value in values}
    return counts | {"links": len(kit.links(corpus))}


def concordance(original: kit.Corpus) -> pd.DataFrame:
    """Each mention of the originals with at most eight words in all, as cited quotation."""
    mentions = kit.mentions(original)
    sides = [
        _sides(original[d].text, s, e) for d, s, e in mentions[["document", "start", "end"]].itertuples(index=False)
    ]
    mentions.insert(3, "left", [left for left, _ in sides])
    mentions.insert(5, "right", [right for _, right in sides])
    return mentions


def _sides(text: str, start: int, end: int) -> tuple[str, str]:
    room = max(MOST_WORDS - len(_WORD.findall(text[start:end])), 0)
    before = list(_WORD.finditer(text, max(0, start - 200), start))
    before = before[max(len(before) - (room - room // 2), 0) :]
    after = list(_WORD.finditer(text, end, end + 200))[: room // 2]
    left = text[before[0].start() : start] if before else ""
    right = text[end : after[-1].end()] if after else ""
    return " ".join(left.split()), " ".join(right.split())


def main() -> None:
    """Renew the tables."""
    with tempfile.TemporaryDirectory() as folder:
        edition, original = both_editions(Path(folder))
    target = shipped("datasets") / CORPUS
    table = naming(edition, original)
    table.to_csv(target / "fidelity.csv", index=False, lineterminator="\n")
    concordance(original).to_csv(target / "concordance.csv", index=False, lineterminator="\n")
    sourced = sourcing(edition, original)
    sourced.to_csv(target / "fidelity-sourcing.csv", index=False, lineterminator="\n")
    print(sourced.to_string(index=False))
    print(f"{sourced['close'].sum()} of {len(sourced)} rows are close")
    used = table[(table["original_count"] > 0) | (table["edition_count"] > 0)]
    print(used.to_string(index=False))
    print(f"{table['close'].sum()} of {len(table)} rows are close")
