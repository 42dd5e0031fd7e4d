"""How close the teaching editions come to the originals, and the short concordance of the originals.

The tables are `fidelity.csv`, `fidelity-figures.csv` and `concordance.csv` in datasets/aleppo-2016, made from the
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


def figures(edition: kit.Corpus, original: kit.Corpus) -> pd.DataFrame:
    """All else that is counted, edition against original: who speaks how, who acts, hedges, links.

    `count` and `per_1000` are the kit's, which errs on both and not alike: it finds in the article what is no
    attribution. `read` is what a reading says, where there is one (the same model's of both, after the same guide);
    then `same` compares the readings.
    """
    ours = pd.read_csv(shipped("datasets") / CORPUS / "reference" / "attributions.csv", encoding="utf-8")
    theirs = pd.read_csv(Path(__file__).with_name("originals-attributions.csv"), encoding="utf-8")
    rows = []
    for name in edition.names:
        both = [original[name], edition[name]]
        counted = [_counted(document) for document in both]
        read = [_by_type(gold[gold["document"] == name]) for gold in (theirs, ours)]
        hedges = _hedges(name)
        for what in dict.fromkeys([*counted[0], *counted[1], "hedges"]):
            by_reading = hedges if what == "hedges" else [reading.get(what) for reading in read]
            counts = [None if what == "hedges" else count.get(what, 0) for count in counted]
            rates = [
                None if count is None else round(count / document.word_count * 1000, 2)
                for count, document in zip(counts, both, strict=True)
            ]
            compared = counts if by_reading[0] is None else by_reading
            cells = [cell for pair in zip(counts, rates, strict=True) for cell in pair]
            rows.append((name, _short(what), *cells, *by_reading, compared[0] == compared[1]))
    heads = [f"{which}_{how}" for which in ("original", "edition") for how in ("count", "per_1000")]
    columns = ["document", "what", *heads, "original_read", "edition_read", "same"]
    whole = {name: "Int64" for name in columns if name.endswith(("count", "read"))}
    return pd.DataFrame(rows, columns=columns).astype(whole)


def _by_type(found: pd.DataFrame) -> dict[str, int]:
    counts = {"attributions": len(found)}
    for column, values in (("kind", KINDS), ("source_type", SOURCE_TYPES)):
        counts |= {f"attributions: {value}": int((found[column] == value).sum()) for value in values}
    return counts


def _counted(document: kit.Document) -> dict[str, int]:
    """What the kit counts in a document."""
    said, acts, links = kit.attributions(document), kit.agency(document), kit.links(document)
    counts = _by_type(said)
    for column, what in (("speaker", "attributions to"), ("cue", "attributions by")):
        words = said[column].str.lower() if column == "cue" else said[column].replace("", "(nobody named)")
        counts |= {f"{what} {word}": int(number) for word, number in words.value_counts().sort_index().items()}
    for kind, what in ((acts["kind"] == "noun", "nouns of violence"), (acts["kind"] != "noun", "passives")):
        for has, how in ((True, "with a doer"), (False, "without a doer")):
            counts[f"{what} {how}"] = int((kind & (acts["has_agent"] == has)).sum())
    spans = list(zip(said["start"], said["end"], strict=True))
    places = zip(links["start"], links["end"], strict=True)
    inside = sum(any(a <= start and end <= b for a, b in spans) for start, end in places)
    return counts | {"links": len(links), "links inside an attribution": inside}


def _short(what: str) -> str:
    """No more than eight words of an article, also where they are somebody's title."""
    words = what.split()
    return " ".join(words[: MOST_WORDS - 1]) + " …" * (len(words) >= MOST_WORDS)


def _hedges(name: str) -> list[int]:
    """How many hedges stand in the article and in the edition, by the reading of `fidelity-wording.csv`."""
    verdicts = wording().query("document == @name and kind == 'hedge'")["verdict"]
    return [int((verdicts != "added").sum()), int((verdicts != "lost").sum())]


def wording() -> pd.DataFrame:
    """Every evaluation, hedge, quotation, agent, presupposition and noun of violence, article and edition."""
    path = shipped("datasets") / CORPUS / "fidelity-wording.csv"
    if not path.is_file():
        advice = "restore it before you run python -m tests.validation fidelity"
        raise kit.KitError(f"{path} is missing, by which the editions were compared with the articles; {advice}.")
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
    counted = figures(edition, original)
    counted.to_csv(target / "fidelity-figures.csv", index=False, lineterminator="\n")
    print(counted.to_string(index=False))
    read = counted[counted["original_read"].notna()]
    print(f"{read['same'].sum()} of {len(read)} rows are the same by reading")
    used = table[(table["original_count"] > 0) | (table["edition_count"] > 0)]
    print(used.to_string(index=False))
    print(f"{table['same'].sum()} of {len(table)} rows are the same")
