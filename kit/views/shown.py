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
from .evidence import PLACES, evidence

MOST_DOCUMENTS = 12
_AROUND = {
    "boilerplate": '<p style="color:#767676"><small>{}</small></p>',
    "heading": '<p role="heading" aria-level="4"><strong>{}</strong></p>',
    "blockquote": "<blockquote>{}</blockquote>",
}


class Page:
    """Something to read: HTML in a notebook, plain text in a terminal."""

    def __init__(self, in_a_notebook: str, in_a_terminal: str) -> None:
        self._html, self._text = in_a_notebook, in_a_terminal

    def _repr_html_(self) -> str:
        return self._html

    def __repr__(self) -> str:
        return self._text


def show(what: span_tables.Documents | pd.DataFrame, marked: pd.DataFrame | None = None) -> Page:
    """Show documents, with spans marked in them if some are given, or a table with nothing cut short.

    Whatever a document or a table holds is escaped.

    Parameters
    ----------
    what : Document, Corpus, list of Document, or DataFrame
        The documents (of many the first twelve), their boilerplate in small grey print; or any table.
    marked : DataFrame, optional
        Any span table; only the documents in which its spans stand are shown. Its columns `label` and `voice`, where
        it has them, name each mark. Of attributions, source, cue and content are marked, each with a line of its own.
        Codes are named with their coder and note; those of a whole text stand above it.

    Raises
    ------
    KitError
        If spans are to be marked in a table, are no span table, or stand in other documents than these.
    """
    if marked is not None and (isinstance(what, pd.DataFrame) or not isinstance(marked, pd.DataFrame)):
        raise KitError("A span table is marked in documents: kit.show(corpus, spans).")
    if isinstance(what, pd.DataFrame):
        return Page(html.table(what), what.to_string(index=any(what.index.names)))
    corpus = span_tables.as_corpus(what)
    if marked is None:
        nothing = pd.DataFrame(columns=span_tables.COLUMNS)
        return Page(_pages(list(corpus), nothing), "\n\n".join(document.text for document in corpus))
    if marked.empty:
        return Page("<p>No spans to show.</p>", "No spans to show.")
    spans = span_tables.remember(marked, corpus)
    lines = [f"{r['document']}: {r['sentence']}{_coded(r)}" for r in evidence(spans).to_dict("records")]
    spans = _parts(spans, corpus) if any(c.endswith(PLACES) for c in spans.columns) else spans
    documents = [document for document in corpus if document.name in set(spans["document"])]
    return Page(html.legend(spans.columns) + _pages(documents, spans), "\n".join(lines))


def _pages(documents: list[Document], spans: pd.DataFrame) -> str:
    pages = [_page(document, spans[spans["document"] == document.name]) for document in documents[:MOST_DOCUMENTS]]
    more = len(documents) - MOST_DOCUMENTS
    if more > 0:
        pages.append(f"<p>{more} more documents are not shown; name those that you want to see.</p>")
    return "".join(pages)


def _parts(spans: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Make a span of each part of an attribution: its source, its cue, its content."""
    columns = [c for c in spans.columns if c.endswith(PLACES)]
    rows = [
        (name, start, end, corpus[name].text[start:end], column.removesuffix(PLACES))
        for column in columns
        for name, places in zip(spans["document"], spans[column], strict=True)
        for start, end in places
    ]
    return span_tables.make(rows, ["part"], corpus)


def _page(document: Document, spans: pd.DataFrame) -> str:
    label = document.meta.get("label", "")
    heading = escape(document.title + (f" [{label}]" if label else ""))
    size = f"{document.word_count} words" + (f", {len(spans)} marked" if len(spans) else "")
    whole = _of_the_whole(spans) if "coder" in spans else ""
    text = "".join(_paragraph(document, spans, start, end) for start, end in document.paragraphs)
    summary = f"<summary><strong>{heading}</strong> ({escape(document.name)}, {size})</summary>"
    return f"<details open>{summary}{whole}{text}</details>"


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


def _paragraph(document: Document, spans: pd.DataFrame, start: int, end: int) -> str:
    kinds = {r.kind for r in document.regions if r.start < end and start < r.end}
    around = next((tags for kind, tags in _AROUND.items() if kind in kinds), "<p>{}</p>")
    return around.format("".join(_pieces(document.text, spans, start, end)))


def _pieces(text: str, spans: pd.DataFrame, start: int, end: int) -> Iterator[str]:
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
