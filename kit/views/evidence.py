"""Every number opens: the sentences behind it, the document with its spans marked, the lines of a concordance."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from html import escape
from itertools import pairwise
from typing import Any

import pandas as pd

from .. import html
from ..documents import spans as span_tables
from ..documents.corpus import Corpus, Document
from ..errors import KitError
from ..html import AFTER, BEFORE

MOST_DOCUMENTS = 12
_AT = "_at"  # columns that hold the places of a span's parts
_BOOKKEEPING = ("made", "version")  # of codes
SORTS = ("position", "left", "right", "text")


def evidence(spans: pd.DataFrame, corpus: span_tables.Documents | None = None) -> pd.DataFrame:
    """Return the sentences behind a number, the span in each between >> and <<, in the order of the documents.

    Of an attribution, which may be the whole sentence, the cue is marked. For a code of a whole text the sentence says
    that it is one.

    Parameters
    ----------
    spans : DataFrame
        Any span table.
    corpus : Corpus, optional
        Where the spans stand, if the table no longer knows.

    Returns
    -------
    DataFrame
        `document`, `sentence`, and the columns that the spans' layer gave them.
    """
    corpus = span_tables.corpus_of(spans, corpus)
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


def concordance(
    spans: pd.DataFrame, width: int = 8, sort: str = "position", corpus: span_tables.Documents | None = None
) -> pd.DataFrame:
    """Return each span in its line (keyword in context), with `width` words on either side.

    Parameters
    ----------
    spans : DataFrame
        Any span table.
    width : int
        Words to the left and to the right.
    sort : {"position", "left", "right", "text"}
        `left` sorts by the word before the span, then the one before that; `right` by the words after it.
    corpus : Corpus, optional
        Where the spans stand, if the table no longer knows.

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
    corpus = span_tables.corpus_of(spans, corpus)
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


class Shown:
    """Documents with their spans marked: a page in a notebook, sentences in a terminal."""

    def __init__(self, spans: pd.DataFrame, corpus: Corpus) -> None:
        self._spans, self._corpus = spans, corpus

    def _repr_html_(self) -> str:
        names = [name for name in self._corpus.names if name in set(self._spans["document"])]
        pages = [_page(self._corpus[n], self._spans[self._spans["document"] == n]) for n in names[:MOST_DOCUMENTS]]
        left_out = len(names) - len(pages)
        note = (
            f"<p>{left_out} more documents are not shown; choose some of the spans to see them.</p>" if left_out else ""
        )
        return html.legend(self._spans.columns) + "".join(pages) + note if names else "<p>No spans to show.</p>"

    def __repr__(self) -> str:
        lines = evidence(self._spans, self._corpus).to_dict("records")
        return "\n".join(f"{r['document']}: {r['sentence']}{_coded(r)}" for r in lines) or "No spans to show."


def show(spans: pd.DataFrame, corpus: span_tables.Documents | None = None) -> Shown:
    """Show the documents in which spans stand, with the spans marked; whatever a document holds is escaped.

    Parameters
    ----------
    spans : DataFrame
        Any span table; its columns `label` and `voice`, where it has them, name each mark. Of attributions, source,
        cue and content are marked, each with a line of its own. Codes are named with their coder and note; those of a
        whole text stand above it.
    corpus : Corpus, optional
        Where the spans stand, if the table no longer knows.
    """
    corpus = span_tables.corpus_of(spans, corpus)
    return Shown(_parts(spans, corpus) if any(c.endswith(_AT) for c in spans.columns) else spans, corpus)


def _parts(spans: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Make a span of each part of an attribution: its source, its cue, its content."""
    columns = [c for c in spans.columns if c.endswith(_AT)]
    rows = [
        (name, start, end, corpus[name].text[start:end], column.removesuffix(_AT))
        for column in columns
        for name, places in zip(spans["document"], spans[column], strict=True)
        for start, end in places
    ]
    return span_tables.make(rows, ["part"], corpus)


class Page:
    """Something to read: HTML in a notebook, plain text in a terminal."""

    def __init__(self, html: str, text: str) -> None:
        self._html, self._text = html, text

    def _repr_html_(self) -> str:
        return self._html

    def __repr__(self) -> str:
        return self._text


def read(what: Document | pd.DataFrame) -> Page:
    """Show a document, or a table with nothing cut short; whatever it holds is escaped.

    Parameters
    ----------
    what : Document or DataFrame
        A document's boilerplate appears in small grey print.
    """
    if isinstance(what, Document):
        return Page(_page(what, pd.DataFrame(columns=span_tables.COLUMNS)), what.text)
    return Page(html.table(what), what.to_string(index=any(what.index.names)))


def _page(document: Document, spans: pd.DataFrame) -> str:
    label = document.meta.get("label", "")
    heading = escape(document.title + (f" [{label}]" if label else ""))
    details = f"{escape(document.name)}, {document.word_count} words" + (f", {len(spans)} marked" if len(spans) else "")
    blocks = "".join(_block(document, spans, start, end) for start, end in document.paragraphs)
    whole = _of_the_whole(spans) if "coder" in spans else ""
    return f"<details open><summary><strong>{heading}</strong> ({details})</summary>{whole}{blocks}</details>"


def _of_the_whole(codes: pd.DataFrame) -> str:
    """List the codes of a whole text, which have no place in it."""
    lines = [escape(_coded(row).strip()) for row in codes[codes["end"] == 0].to_dict("records")]
    return f"<p>Of {span_tables.WHOLE}:</p><ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>" if lines else ""


def _coded(row: dict[Any, Any]) -> str:
    """Say in brackets what a coder said of a stretch; nothing for other spans."""
    if "coder" not in row:
        return ""
    note = f": {row['note']}" if row["note"] else ""
    return f" [{row['coder']}: {row['code']} = {row['value']}{note}]"


def _block(document: Document, spans: pd.DataFrame, start: int, end: int) -> str:
    inner = "".join(_marked(document.text, spans, start, end))
    kinds = {r.kind for r in document.regions if r.start < end and start < r.end}
    if "boilerplate" in kinds:
        return f'<p style="color:#767676"><small>{inner}</small></p>'
    if "heading" in kinds:
        return f'<p role="heading" aria-level="4"><strong>{inner}</strong></p>'
    if "blockquote" in kinds:
        return f"<blockquote>{inner}</blockquote>"
    return f"<p>{inner}</p>"


def _marked(text: str, spans: pd.DataFrame, start: int, end: int) -> Iterator[str]:
    """Yield the pieces of a paragraph, each escaped, those inside spans in a mark that names them."""
    inside = spans[(spans["start"] < end) & (spans["end"] > start)].to_dict("records")
    edges = sorted({start, end, *(min(max(s[k], start), end) for s in inside for k in ("start", "end"))})
    labels_differ = len(set(spans.get("label", []))) > 1
    for a, b in pairwise(edges):
        here = [s for s in inside if s["start"] <= a and b <= s["end"]]
        if not here:
            yield escape(text[a:b])
            continue
        title = ", ".join(str(s[k]) for s in here for k in ("label", "voice", "part") if s.get(k))
        yield html.mark(escape(text[a:b]), str(here[-1].get("voice") or here[-1].get("part") or ""), title)
        if labels_differ and here[-1]["end"] == b:
            yield f" <small>[{escape(str(here[-1]['label']))}]</small>"
        for code in filter(None, (_coded(s) for s in here if s["end"] == b)):
            yield f"<small>{escape(code)}</small>"
