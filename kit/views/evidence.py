"""Every number opens: the sentences behind it, the document with its spans marked, the lines of a concordance."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from ..documents import spans as span_tables
from ..documents.corpus import Corpus, Document
from ..errors import KitError
from ..html import AFTER, BEFORE

PLACES = "_at"  # so end columns that hold the places of a span's parts
_BOOKKEEPING = ("made", "version")  # of codes
SORTS = ("position", "left", "right", "text")


def evidence(spans: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences behind a number, the span in each between >> and <<, in the order of the documents.

    Of an attribution, which may be the whole sentence, the cue is marked. For a code of a whole text the sentence says
    that it is one.

    Parameters
    ----------
    spans : DataFrame
        Any span table.

    Returns
    -------
    DataFrame
        `document`, `sentence`, and the columns that the spans' layer gave them.

    Examples
    --------
    >>> import kit
    >>> mentions = kit.mentions(kit.load("harbour-strike"))
    >>> kit.evidence(mentions.query("label == 'troublemaker' and voice == 'scare'"))["sentence"].item()
    'Then the ‘>>troublemakers<<’ fetched a broom and swept up every splinter.'
    """
    corpus = span_tables.corpus_of(spans)
    spans = _in_order(spans, corpus)
    edges = list(zip(spans["start"], spans["end"], strict=True))
    if "cue_at" in spans:
        edges = [places[0] for places in spans["cue_at"]]
    sentence = [_in_its_sentence(corpus[name], *edge) for name, edge in zip(spans["document"], edges, strict=True)]
    return _beside(spans, {"document": spans["document"], "sentence": sentence})


def _in_its_sentence(document: Document, start: int, end: int) -> str:
    if start == end == 0:
        return f"({span_tables.WHOLE})"
    text, every = document.text, document.sentences
    first = max(bisect_right(every, start, key=lambda sentence: sentence.start) - 1, 0)
    last = max(bisect_left(every, end, key=lambda sentence: sentence.start) - 1, first)
    a, b = (min(every[first].start, start), max(every[last].end, end)) if every else (start, end)
    return _folded(f"{text[a:start]}{BEFORE}{text[start:end]}{AFTER}{text[end:b]}")


def _in_order(spans: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Sort spans as the corpus sorts its documents: what comes first in a lesson comes first in a table."""
    place = {name: i for i, name in enumerate(corpus.names)}
    return spans.iloc[np.lexsort((spans["start"], spans["document"].map(place)))]


def _beside(spans: pd.DataFrame, columns: dict[str, Any]) -> pd.DataFrame:
    """Return new columns, and after them those of the spans that are neither offsets nor a store's bookkeeping."""
    left_out = {*span_tables.COLUMNS, *columns, *(_BOOKKEEPING if "coder" in spans else ())}
    others = [c for c in spans.columns if c not in left_out and not c.endswith(PLACES)]
    return pd.concat([pd.DataFrame(columns, index=spans.index), spans[others]], axis=1)


def concordance(spans: pd.DataFrame, width: int = 8, sort: str = "position") -> pd.DataFrame:
    """Return each span in its line (keyword in context), with `width` words on either side.

    Parameters
    ----------
    spans : DataFrame
        Any span table.
    width : int
        Words to the left and to the right.
    sort : {"position", "left", "right", "text"}
        `left` sorts by the word before the span, then the one before that; `right` by the words after it.

    Returns
    -------
    DataFrame
        Columns document, left, text, right, and the spans' other columns.

    Raises
    ------
    KitError
        If `sort` is none of the four or `width` is negative.
    """
    if sort not in SORTS or width < 0:
        raise KitError(f"A concordance is sorted by one of {', '.join(SORTS)}, and its width is 0 or more.")
    corpus = span_tables.corpus_of(spans)
    spans = _in_order(spans, corpus)
    places = zip(spans["document"], spans["start"], spans["end"], strict=True)
    sides = [_sides(corpus[name], start, end, width) for name, start, end in places]
    left, right = ([side[i] for side in sides] for i in (0, 1))
    lines = _beside(spans, {"document": spans["document"], "left": left, "text": spans["text"], "right": right})
    if sort == "position":
        return lines
    key = lines[sort].astype(str).str.lower().reset_index(drop=True)
    if sort == "left":  # the nearest word first
        key = key.map(lambda before: " ".join(reversed(before.split())))
    key = key.str.replace(r"^\W+", "", regex=True)
    return lines.iloc[key.sort_values(kind="stable").index]


def _sides(document: Document, start: int, end: int, width: int) -> tuple[str, str]:
    """The words before and after a span, within its heading or the text around headings and boilerplate.

    The rest of a word that the span only begins or ends belongs to the side.
    """
    words, (first, last) = document.words, document.block(start, end)
    before = max(bisect_right(words, start, key=lambda word: word.end) - width, 0)
    after = min(bisect_left(words, end, key=lambda word: word.start) + width, len(words)) - 1
    left = document.text[max(min(words[before].start, start), first) : start] if width and words else ""
    right = document.text[end : min(max(words[after].end, end), last)] if width and words else ""
    return _folded(left), _folded(right)


def check_columns(table: pd.DataFrame, names: Iterable[str], giver: str) -> None:
    """Raise KitError unless a table has the columns that a view needs; `giver` is what gives such a table."""
    if missing := [name for name in names if name not in table.columns]:
        raise KitError(f"This table has no column {missing[0]!r}; take what {giver} gives.")


def check_mentions(spans: pd.DataFrame, labels: Iterable[str] = ()) -> None:
    """Raise KitError unless a table is one of mentions, and each of some labels is known to it or its stylebook."""
    check_columns(spans, ["label", "voice"], "kit.mentions(…)")
    known = {*spans["label"], *(label for _, label in spans.attrs.get("labels", []))}
    if strange := sorted(set(labels) - known):
        raise KitError(f"No name is labelled {strange[0]!r} here.")


def _folded(text: str) -> str:
    return " ".join(text.split())
