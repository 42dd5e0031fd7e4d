"""Attributions scored against our reference annotation, the passes against each other, and the measures' errors.

Where ../shared/documents is present, the two original articles are scored too (`originals-attributions.csv`: offsets
only, read once). On articles that nobody of us has annotated, `polnear` scores the same instrument.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from operator import eq
from pathlib import Path
from typing import Any

import pandas as pd

import kit
from kit.folders import shipped
from kit.metrics.source_measures import MEASURES

from .fidelity import ORIGINALS, both_editions
from .figures import as_shown, write
from .reference import CORPORA

Span = tuple[int, int]
INSTRUMENT = {
    "source_type accuracy": "source types",
    "named accuracy": "source types",
    "stance accuracy": "stance",
}  # on whose card a figure stands, if not on that of attributions
ACCURACIES = ("kind", "stance", "source_type", "named", "speaker")
ON_ORIGINALS = "the 2 original articles"


def annotation(corpus: str, which: str = "attributions") -> pd.DataFrame:
    """Read the reference annotation of attributions, or one of its passes (`attributions-pass-1`, `-2`)."""
    return read(shipped("datasets") / corpus / "reference" / f"{which}.csv")


def originals() -> tuple[kit.Corpus, pd.DataFrame]:
    """Load the two original articles from ../shared, and their annotation, whose speakers are places of the text."""
    with tempfile.TemporaryDirectory() as folder:
        _, corpus = both_editions(Path(folder))
    return corpus, joined_texts(read(Path(__file__).with_name("originals-attributions.csv")), corpus)


def joined_texts(gold: pd.DataFrame, corpus: kit.Corpus) -> pd.DataFrame:
    """Add the speakers to an annotation that has only their places."""
    pairs = zip(gold["document"], gold["speaker_at"], strict=True)
    return gold.assign(speaker=[" ".join(corpus[name].text[a:b] for a, b in _places(cell)) for name, cell in pairs])


def read(path: Path) -> pd.DataFrame:
    """Read a file of annotated attributions; source, cue and content also as offsets."""
    table = pd.read_csv(path, encoding="utf-8", keep_default_na=False, dtype=str)
    for part in ("source", "cue", "content"):
        table[f"{part}_at"] = [_places(cell) for cell in table[part]]
    for yes_or_no in ("named", "nested"):
        table[yes_or_no] = table[yes_or_no] == "yes"
    return table.astype({"start": int, "end": int}).assign(text="")


def _places(cell: str) -> tuple[Span, ...]:
    pairs = (pair.split("-") for pair in cell.split(";") if pair)
    return tuple((int(start), int(end)) for start, end in pairs)


def matched(found: pd.DataFrame, gold: pd.DataFrame) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Pair attributions one to one, in the order of the text, where their cues overlap, or contents without a cue."""
    pairs, left = [], gold.to_dict("records")
    for row in found.to_dict("records"):
        partner = next((g for g in left if g["document"] == row["document"] and _same_place(row, g)), None)
        if partner:
            left.remove(partner)
            pairs.append((row, partner))
    return pairs


def _same_place(one: dict[str, Any], other: dict[str, Any]) -> bool:
    part = "cue_at" if one["cue_at"] and other["cue_at"] else "content_at"
    return _shared(one[part], other[part]) > 0


def _shared(some: tuple[Span, ...], others: tuple[Span, ...]) -> int:
    return sum(max(0, min(b, d) - max(a, c)) for a, b in some for c, d in others)


def same_speaker(one: str, other: str) -> bool:
    """Tell whether two names are of one speaker: equal, or one holds all words of the other, articles apart."""
    words = [set(re.findall(r"\w+", name.lower())) - {"the", "a", "an", "one"} for name in (one, other)]
    return words[0] == words[1] or bool(words[0] and words[1] and (words[0] <= words[1] or words[1] <= words[0]))


def is_same(column: str, one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether two attributions have the same in a column; of speakers one may have the longer name."""
    equal = same_speaker if column == "speaker" else eq
    return equal(one[column], other[column])


def score(found: pd.DataFrame, gold: pd.DataFrame) -> dict[str, float]:
    """F1 of attributions; among the matched, F1 of sources and of the characters of contents, and accuracies."""
    pairs = matched(found, gold)
    figures = {"attributions F1": 2 * len(pairs) / max(len(found) + len(gold), 1)}
    overlap = sum(bool(_shared(f["source_at"], g["source_at"])) for f, g in pairs)
    figures["source F1"] = 2 * overlap / max(sum(bool(r["source_at"]) for pair in pairs for r in pair), 1)
    shared = sum(_shared(f["content_at"], g["content_at"]) for f, g in pairs)
    figures["content F1, characters"] = 2 * shared / max(sum(_length(r) for pair in pairs for r in pair), 1)
    for column in ACCURACIES:
        right = sum(is_same(column, f, g) for f, g in pairs)
        figures[f"{column} accuracy"] = right / max(len(pairs), 1)
    return figures


def _length(row: dict[str, Any]) -> int:
    return sum(end - start for start, end in row["content_at"])


def errors(found: pd.DataFrame, gold: pd.DataFrame) -> Counter[str]:
    """Count errors by kind: what was missed, found wrongly, and told wrongly of what was found rightly."""
    pairs = matched(found, gold)
    wrong = Counter({"missed": len(gold) - len(pairs), "found wrongly": len(found) - len(pairs)})
    for f, g in pairs:
        wrong.update(column for column in ACCURACIES if not is_same(column, f, g))
    return wrong


def measure_errors() -> pd.DataFrame:
    """Mean absolute error of each measure over the annotated texts, the reading against the machine."""
    differences = []
    for name in CORPORA:
        corpus = kit.load(name, edition="teaching")
        machine, reading = (
            kit.sourcing_measures(a)[corpus.names]
            for a in (kit.attributions(corpus), kit.remember(annotation(name), corpus))
        )
        differences.append((machine - reading).abs())
        differences[-1].loc[MEASURES[2]] = [
            abs(machine.loc[MEASURES[2], d.name] - _share_of_others(d, annotation(name))) for d in corpus
        ]
    return pd.concat(differences, axis=1).drop("links per 1,000 words")


def _share_of_others(document: kit.Document, gold: pd.DataFrame) -> float:
    """The share of a document's words that stand in contents or quotation marks, by the reading."""
    contents = [place for places in gold.loc[gold["document"] == document.name, "content_at"] for place in places]
    quoted = [
        (q.start, q.end) for q in document.quotations if any(_shared(((q.start, q.end),), (c,)) for c in contents)
    ]
    words = [w for w in document.words if document.position(w.start, w.end)]
    return sum(bool(_shared(((w.start, w.end),), tuple(contents + quoted))) for w in words) / len(words)


def measured() -> pd.DataFrame:
    """The figures that the cards show."""
    rows = []
    for name in CORPORA:
        gold = annotation(name)
        found = kit.attributions(kit.load(name, edition="teaching"))
        rows += scored(name, found, gold)
    table = measure_errors()
    on = f"our {len(table.columns)} texts, in sight, annotated by a model"
    means = table.mean(axis=1)
    rows += [("sourcing density", f"mean absolute error: {m}", on, len(table.columns), v) for m, v in means.items()]
    return as_shown(rows)


def measured_on_originals() -> pd.DataFrame:
    """The same figures on the original articles, whose errors were read and mended after the first count (.862)."""
    corpus, gold = originals()
    rows = scored(ON_ORIGINALS, kit.attributions(corpus), gold)
    return as_shown(rows)


def scored(on: str, found: pd.DataFrame, gold: pd.DataFrame) -> list[tuple[str, str, str, int, float]]:
    figures = score(found, gold)
    return [(INSTRUMENT.get(m, "attributions"), m, on, len(gold), value) for m, value in figures.items()]


def main() -> None:
    """Print how far the passes agree and what goes wrong; renew the figures."""
    for name in CORPORA:
        one, other = (annotation(name, f"attributions-pass-{i}") for i in (1, 2))
        print(f"{name}: first pass against second: { {k: round(v, 3) for k, v in score(one, other).items()} }")
        found = kit.attributions(kit.load(name, edition="teaching"))
        print(f"{name}: errors by kind: {dict(errors(found, annotation(name)))}")
    table = measured()
    if ORIGINALS.is_dir():
        corpus, gold = originals()
        print(f"{ON_ORIGINALS}: errors by kind: {dict(errors(kit.attributions(corpus), gold))}")
        table = pd.concat([table, measured_on_originals()], ignore_index=True)
    print(table.to_string(index=False))
    write(table)
