"""Documents and tables to read: whole, escaped, with spans marked where they are given."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import pairwise
from typing import Any

import pandas as pd

from .. import html
from ..documents import spans as span_tables
from ..documents.corpus import Corpus, Document
from ..errors import KitError
from .evidence import _AT, evidence

MOST_DOCUMENTS = 12


class Page:
    """Something to read: HTML in a notebook, plain text in a terminal."""

    def __init__(self, html: str, text: str) -> None:
        self._html, self._text = html, text

    def _repr_html_(self) -> str:
        return self._html

    def __repr__(self) -> str:
        return self._text


def show(what: span_tables.Documents | pd.DataFrame, marked: pd.DataFrame | None = None) -> Page:
    """Show documents, with spans marked in them if some are given, or a table with nothing cut short.

    Whatever a document or a table holds is escaped.

    Parameters
    ----------
    what : Document, Corpus or DataFrame
        The documents (of many the first twelve), their boilerplate in small grey print; or any table.
    marked : DataFrame, optional
        Any span table; only the documents in which its spans stand are shown. Its columns `label` and `voice`, where
        it has them, name each mark. Of attributions, source, cue and content are marked, each with a line of its own.
        Codes are named with their coder and note; those of a whole text stand above it.

    Raises
    ------
    KitError
        If spans are to be marked in a table, or stand in other documents than these.
    """
    if isinstance(what, pd.DataFrame):
        if marked is not None:
            raise KitError("Spans are marked in documents, not in a table: kit.show(corpus, spans).")
        return Page(html.table(what), what.to_string(index=any(what.index.names)))
    corpus = span_tables.as_corpus(what)
    if marked is None:
        pages = [
            _page(document, pd.DataFrame(columns=span_tables.COLUMNS)) for document in list(corpus)[:MOST_DOCUMENTS]
        ]
        return Page("".join(pages) + _left_out(len(corpus)), "\n\n".join(document.text for document in corpus))
    if marked.empty:
        return Page("<p>No spans to show.</p>", "No spans to show.")
    return _with_marks(corpus, span_tables.remember(marked, corpus))


def _with_marks(corpus: Corpus, spans: pd.DataFrame) -> Page:
    lines = [f"{r['document']}: {r['sentence']}{_coded(r)}" for r in evidence(spans).to_dict("records")]
    spans = _parts(spans, corpus) if any(c.endswith(_AT) for c in spans.columns) else spans
    names = [name for name in corpus.names if name in set(spans["document"])]
    pages = [_page(corpus[name], spans[spans["document"] == name]) for name in names[:MOST_DOCUMENTS]]
    return Page(html.legend(spans.columns) + "".join(pages) + _left_out(len(names)), "\n".join(lines))


def _left_out(documents: int) -> str:
    more = documents - MOST_DOCUMENTS
    return f"<p>{more} more documents are not shown; name those that you want to see.</p>" if more > 0 else ""


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
