"""Every number opens: the sentences behind it, the document with its spans marked, the lines of a concordance."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Any

import pandas as pd

from ..documents import spans as span_tables
from ..documents.corpus import Corpus, Document
from ..errors import KitError
from ..html import AFTER, BEFORE

_AT = "_at"  # columns that hold the places of a span's parts
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
    marks = (
        [place[0] for place in spans["cue_at"]] if "cue_at" in spans else zip(spans["start"], spans["end"], strict=True)
    )
    sentence = [
        _in_its_sentence(corpus[name], start, end) for name, (start, end) in zip(spans["document"], marks, strict=True)
    ]
    return _beside(spans, {"document": spans["document"], "sentence": sentence})


def _in_its_sentence(document: Document, start: int, end: int) -> str:
    if start == end == 0:
        return f"({span_tables.WHOLE})"
    text, frames = document.text, document.sentences
    first = max(bisect_right(frames, start, key=lambda f: f.start) - 1, 0)
    last = max(bisect_left(frames, end, key=lambda f: f.start) - 1, first)
    a, b = (min(frames[first].start, start), max(frames[last].end, end)) if frames else (start, end)
    return _folded(f"{text[a:start]}{BEFORE}{text[start:end]}{AFTER}{text[end:b]}")


def _in_order(spans: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Sort spans as the corpus sorts its documents: what comes first in a lesson comes first in a table."""
    place = {name: i for i, name in enumerate(corpus.names)}
    order = sorted(range(len(spans)), key=[*zip(spans["document"].map(place), spans["start"], strict=True)].__getitem__)
    return spans.iloc[order]


def _beside(spans: pd.DataFrame, columns: dict[str, Any]) -> pd.DataFrame:
    """Return new columns, and after them those of the spans that are neither offsets nor a store's bookkeeping."""
    left_out = {*span_tables.COLUMNS, *columns, *(_BOOKKEEPING if "coder" in spans else ())}
    others = [c for c in spans.columns if c not in left_out and not c.endswith(_AT)]
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
    sides = [
        _sides(corpus[name], start, end, width)
        for name, start, end in zip(spans["document"], spans["start"], spans["end"], strict=True)
    ]
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
    places, (first, last) = document.words, document.block(start, end)
    before = max(bisect_right(places, start, key=lambda w: w.end) - width, 0)
    after = min(bisect_left(places, end, key=lambda w: w.start) + width, len(places)) - 1
    left = document.text[max(min(places[before].start, start), first) : start] if width and places else ""
    right = document.text[end : min(max(places[after].end, end), last)] if width and places else ""
    return _folded(left), _folded(right)


def _folded(text: str) -> str:
    return " ".join(text.split())
