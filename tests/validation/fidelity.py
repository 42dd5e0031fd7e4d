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
WORDING_KINDS = ("evaluation", "hedge", "quotation", "agent", "presupposition", "violence noun")
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


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
    """Every label by voice, edition against original: counts, rates per 1,000 words, same counts or not."""
    rows = {}
    for which, corpus in (("original", original), ("edition", edition)):
        mentions = kit.mentions(corpus)
        for name, measure in (("count", kit.counts), ("per_1000", kit.rates)):
            rows[f"{which}_{name}"] = measure(mentions, ["referent", "label", "voice"]).stack()
    table = pd.DataFrame(rows).reorder_levels(["document", "referent", "label", "voice"])
    table = table.loc[edition.names]
    table["same"] = table["edition_count"] == table["original_count"]
    return table.round(2).reset_index()


def sourcing(edition: kit.Corpus, original: kit.Corpus) -> pd.DataFrame:
    """Attributions by kind and by source type, and links, edition against original: by the kit and by reading.

    The kit errs on both, and not alike: it finds in the article what is no attribution. So `same` compares the two
    readings; links are what they are. Both readings are the same model's, after the same guide.
    """
    ours = pd.read_csv(shipped("datasets") / CORPUS / "reference" / "attributions.csv", encoding="utf-8")
    theirs = pd.read_csv(Path(__file__).with_name("originals-attributions.csv"), encoding="utf-8")
    rows = []
    for name in edition.names:
        both = [(original[name], theirs), (edition[name], ours)]
        by_kit = [_by_type(kit.attributions(d)) | {"links": len(kit.links(d))} for d, _ in both]
        by_reading = [_by_type(gold[gold["document"] == name]) | {"links": len(kit.links(d))} for d, gold in both]
        words = [d.word_count for d, _ in both]
        for what in by_kit[0]:
            rates = [(count[what], count[what] / n * 1000) for count, n in zip(by_kit, words, strict=True)]
            read = [count[what] for count in by_reading]
            rows.append((name, what, *rates[0], *rates[1], *read, read[0] == read[1]))
    counted = [f"{which}_{how}" for which in ("original", "edition") for how in ("count", "per_1000")]
    columns = ["document", "what", *counted, "original_read", "edition_read", "same"]
    return pd.DataFrame(rows, columns=columns).round(2)


def _by_type(found: pd.DataFrame) -> dict[str, int]:
    counts = {"attributions": len(found)}
    for column, values in (("kind", KINDS), ("source_type", SOURCE_TYPES)):
        counts |= {f"attributions: {value}": int((found[column] == value).sum()) for value in values}
    return counts


def wording() -> pd.DataFrame:
    """Every evaluation, hedge, quotation, agent, presupposition and noun of violence, article and edition."""
    path = shipped("datasets") / CORPUS / "fidelity-wording.csv"
    return pd.read_csv(path, encoding="utf-8", keep_default_na=False)


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
    room = max(MOST_WORDS - len(WORD.findall(text[start:end])), 0)
    before = list(WORD.finditer(text, max(0, start - 200), start))
    before = before[max(len(before) - (room - room // 2), 0) :]
    after = list(WORD.finditer(text, end, end + 200))[: room // 2]
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
    print(f"{sourced['same'].sum()} of {len(sourced)} rows are the same by reading")
    used = table[(table["original_count"] > 0) | (table["edition_count"] > 0)]
    print(used.to_string(index=False))
    print(f"{table['same'].sum()} of {len(table)} rows are the same")
