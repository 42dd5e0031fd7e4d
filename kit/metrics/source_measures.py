"""How densely a text is sourced, by whom and how: measures of attributions, with their error.

Each measure is a numerator and a denominator per document, so that groups of articles add up both.
What the instrument gets wrong on a single text is in `kit/metrics/measured.csv`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import exp, log, sqrt

import numpy as np
import pandas as pd

from ..documents import spans
from ..documents.corpus import Corpus, Document
from ..english.source_types import SOURCE_TYPES
from ..errors import KitError
from ..findings.sourcing import links
from ..findings.voice import words_by_voice
from .accuracy import measured_accuracy
from .frequencies import groups

PER = 1000
MEASURES = (
    "attributions per 1,000 words",
    "distinct speakers per 1,000 words",
    "share of words in somebody else's voice",
    "share of named sources",
    "share of direct speech",
    "effective number of sources",
    "longest stretch without a source, in words",
    "links per 1,000 words",
)


def _parts(corpus: Corpus, attributions: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield what stands over and what under the line of every measure: a row a document, a column a measure."""
    by_document = dict(list(attributions.groupby("document")))
    linked = links(corpus)["document"].value_counts()
    none = attributions.iloc[:0]
    pairs = {d.name: _of_document(d, by_document.get(d.name, none), int(linked.get(d.name, 0))) for d in corpus}
    halves = ({name: {m: pair[i] for m, pair in row.items()} for name, row in pairs.items()} for i in (0, 1))
    names = [*MEASURES, *(f"share of sources: {kind}" for kind in SOURCE_TYPES)]
    return (pd.DataFrame.from_dict(half, orient="index", dtype=float).reindex(columns=names) for half in halves)


def _of_document(document: Document, rows: pd.DataFrame, linked: int) -> dict[str, tuple[float, float]]:
    words, n, others = document.word_count, len(rows), words_by_voice(document)
    speakers = rows.loc[rows["speaker"] != "", "speaker"].value_counts()
    values = (
        (n * PER, words),
        (len(speakers) * PER, words),
        (others["quoted"] + others["reported"], words),
        (rows["named"].sum(), n),
        ((rows["kind"] == "direct").sum(), n),
        (effective_number(speakers.tolist()), 1),
        (_longest_gap(document, rows), 1),
        (linked * PER, words),
    )
    found: dict[str, tuple[float, float]] = dict(zip(MEASURES, values, strict=True))
    return found | {f"share of sources: {kind}": ((rows["source_type"] == kind).sum(), n) for kind in SOURCE_TYPES}


def _longest_gap(document: Document, rows: pd.DataFrame) -> int:
    """Count the words of the longest stretch in which no attribution stands."""
    edges, at = [(0, 0)], 0
    for start, end in sorted(zip(rows["start"], rows["end"], strict=True)):
        if start > at:
            edges.append((start, end))
        at = max(at, end)
        edges[-1] = (edges[-1][0], at)
    edges.append((len(document.text), len(document.text)))
    return max(document.words_before(b[0]) - document.words_before(a[1]) for a, b in pairwise(edges))


def check_attributions(table: pd.DataFrame) -> None:
    """Raise KitError unless a table is one that `kit.attributions` finds."""
    if missing := {"speaker", "kind", "source_type", "content_at"} - set(table.columns):
        raise KitError(
            f"These spans are no attributions (no {min(missing)}); take those that kit.attributions(…) finds."
        )


def effective_number(counts: list[int]) -> float:
    """Return the effective number of sources: how many equally busy speakers would be as diverse as these.

    It is exp(H) with the Shannon entropy H of the speakers' shares of attributions (Hill, "Diversity and evenness: a
    unifying notation and its consequences", Ecology 54, 1973, 427–432: the diversity number of order 1). One speaker
    who says everything gives 1, ten who say as much as each other give 10; without speakers it is 0.

    Examples
    --------
    >>> import kit
    >>> kit.metrics.effective_number([5, 5]), round(kit.metrics.effective_number([9, 1]), 2)
    (2.0, 1.38)
    """
    total = sum(counts)
    return exp(-sum(c / total * log(c / total) for c in counts if c)) if total else 0.0


def sourcing_measures(attributions: pd.DataFrame, across: str = "document") -> pd.DataFrame:
    """Measure how texts are sourced: a row a measure, a column a document or a group of documents.

    Parameters
    ----------
    attributions : DataFrame
        Attributions as `kit.attributions` finds them.
    across : str
        What makes a column: `document`, or a detail of the documents such as `outlet`.

    Returns
    -------
    DataFrame
        Attributions, distinct speakers and links per 1,000 counted words; the share of words that are quoted or
        reported; the shares of named sources, of direct speech and of each type among the attributions; the effective
        number of sources (see `effective_number`; it grows with the number of attributions, so compare it only between
        texts with about as many); the longest stretch without a source, in words. Shares are 0 to 1, and missing (NaN)
        where there is no attribution. A group's rate or share adds up its articles; its effective number and longest
        stretch are means of articles.

        With `across="document"` three columns more tell how far the instrument is off: `error`, the mean absolute
        error on one text, the largest that was measured; `error of a difference`, that of two texts together; and
        `measured on`, on which texts, and by whom these were annotated. (A document of that name keeps its column;
        the kit's is then called `error of the instrument`, and so on.)

    Notes
    -----
    A difference of two texts has the errors of both in it. These are taken as independent of each other, so that
    together they are the root of the sum of their squares, here √2 times the error of one (JCGM 100:2008, Guide to the
    expression of uncertainty in measurement, 5.1.2). A smaller difference is no finding: the two are about equal.

    Raises
    ------
    KitError
        If these are no attributions, or no document has that detail.
    """
    check_attributions(attributions)
    corpus = spans.corpus_of(attributions)
    over, under = (half.groupby(groups(corpus, across), sort=False).sum() for half in _parts(corpus, attributions))
    table = (over / under.replace(0, np.nan)).T.rename_axis(columns=across, index="measure")
    if across != "document":
        return table
    errors = _errors().reindex(table.index)
    taken = {name: f"{name} of the instrument" for name in errors if name in table}
    return table.join(errors.rename(columns=taken)).rename_axis(columns=across, index="measure")


def _errors() -> pd.DataFrame:
    """How far each measure is off, from the figures that the cards show; of several the largest counts."""
    measured = measured_accuracy("sourcing density")
    told = measured[measured["measure"].str.startswith(_ERROR_OF)].sort_values("value")
    told = told.drop_duplicates("measure", keep="last").rename(columns={"value": "error", "on": "measured on"})
    told = told.assign(**{"error of a difference": told["error"] * sqrt(2)})
    errors = told.set_index(told["measure"].str.removeprefix(_ERROR_OF))
    return errors[["error", "error of a difference", "measured on"]]


_ERROR_OF = "mean absolute error: "


def sources(attributions: pd.DataFrame) -> pd.DataFrame:
    """Rank the speakers of each document by how often they are given the word.

    Returns
    -------
    DataFrame
        Columns document, speaker, source_type, named, attributions, words (in their contents) and share (of the
        document's attributions, 0 to 1). Attributions whose speaker nobody can tell are one row, `(nobody named)`.
    """
    check_attributions(attributions)
    corpus = spans.corpus_of(attributions)
    words = [
        sum(corpus[name].words_before(end) - corpus[name].words_before(start) for start, end in places)
        for name, places in zip(attributions["document"], attributions["content_at"], strict=True)
    ]
    speaker = attributions["speaker"].where(attributions["speaker"] != "", "(nobody named)")
    table = attributions.assign(words=words, speaker=speaker).groupby(["document", "speaker"], sort=False)
    ranked = table.agg(
        source_type=("source_type", "first"),
        named=("named", "max"),
        attributions=("start", "size"),
        words=("words", "sum"),
    )
    ranked["share"] = ranked["attributions"] / ranked.groupby(level="document")["attributions"].transform("sum")
    ranked = ranked.reset_index().sort_values(["attributions", "words"], ascending=False, kind="stable")
    place = {name: number for number, name in enumerate(corpus.names)}
    return ranked.sort_values("document", key=lambda names: names.map(place), kind="stable", ignore_index=True)
