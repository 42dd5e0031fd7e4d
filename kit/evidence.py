"""Every number opens: the sentences behind it, the document with its spans marked, the lines of a concordance."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import pairwise

import pandas as pd

from . import spans as span_tables
from .corpus import Corpus, Document
from .errors import KitError
from .language import paragraphs, sentences, words

MOST_DOCUMENTS = 12
_SORTS = ("position", "left", "right", "text")
_MARK = "background:#ffe08a;color:#000;padding:0 .15em;border-bottom:.18em "
_LINE = {"author": "solid #000", "quoted": "double #000", "scare": "dotted #000"}


def evidence(spans: pd.DataFrame, corpus: span_tables.Documents | None = None) -> pd.DataFrame:
    """Return the sentences behind a number: the spans with a column `sentence`, the span in it marked 【so】.

    Parameters
    ----------
    spans : DataFrame
        Any span table.
    corpus : Corpus, optional
        Where the spans stand, if the table no longer knows.

    Returns
    -------
    DataFrame
        The spans' own columns but their offsets, and `sentence` in front.
    """
    corpus = span_tables.corpus_of(spans, corpus)
    around = []
    for name, part in spans.groupby("document", sort=False):
        text = corpus[str(name)].text
        frames = sentences(text)
        for index, start, end in zip(part.index, part["start"], part["end"], strict=True):
            touched = [f for f in frames if f.start < end and start < f.end]
            first, last = (touched[0].start, touched[-1].end) if touched else (start, end)
            around.append((index, f"{text[first:start]}【{text[start:end]}】{text[end:last]}".replace("\n", " ")))
    sentence = pd.Series(dict(around), name="sentence", dtype=object).reindex(spans.index)
    others = [c for c in spans.columns if c not in ("document", "start", "end", "text")]
    return pd.concat([spans["document"], sentence, spans[others]], axis=1)


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
    if sort not in _SORTS or width < 0:
        raise KitError(f"A concordance is sorted by one of {', '.join(_SORTS)}, and its width is 0 or more.")
    corpus = span_tables.corpus_of(spans, corpus)
    rows = []
    for name, part in spans.groupby("document", sort=False):
        text = corpus[str(name)].text
        places = words(text)
        for index, start, end in zip(part.index, part["start"], part["end"], strict=True):
            before = [w for w in places if w.end <= start][-width:] if width else []
            after = [w for w in places if w.start >= end][:width] if width else []
            left = text[before[0].start : start] if before else ""
            right = text[end : after[-1].end] if after else ""
            rows.append((index, _folded(left), _folded(right)))
    sides = pd.DataFrame(rows, columns=["index", "left", "right"]).set_index("index").reindex(spans.index)
    others = [c for c in spans.columns if c not in ("document", "start", "end", "text")]
    lines = pd.concat([spans["document"], sides["left"], spans["text"], sides["right"], spans[others]], axis=1)
    if sort == "position":
        return lines
    key = lines[sort].str.lower()
    if sort == "left":  # the nearest word first
        key = key.map(lambda left: " ".join(reversed(left.split())))
    return lines.loc[key.sort_values(kind="stable").index]


def _folded(text: str) -> str:
    return " ".join(text.split())


class Shown:
    """Documents with their spans marked: a page in a notebook, sentences in a terminal."""

    def __init__(self, spans: pd.DataFrame, corpus: Corpus) -> None:
        self._spans, self._corpus = spans, corpus

    def _repr_html_(self) -> str:
        names = list(dict.fromkeys(self._spans["document"]))
        pages = [_page(self._corpus[n], self._spans[self._spans["document"] == n]) for n in names[:MOST_DOCUMENTS]]
        left_out = len(names) - len(pages)
        note = (
            f"<p>{left_out} more documents are not shown; choose some of the spans to see them.</p>" if left_out else ""
        )
        return _LEGEND + "".join(pages) + note if names else "<p>No spans to show.</p>"

    def __repr__(self) -> str:
        lines = evidence(self._spans, self._corpus)
        return (
            "\n".join(f"{d}: {s}" for d, s in zip(lines["document"], lines["sentence"], strict=True))
            or "No spans to show."
        )


_LEGEND = (
    "<p><small>Marked, with its label: "
    + " · ".join(f'<mark style="{_MARK}{line}">{voice}</mark>' for voice, line in _LINE.items())
    + " (the line below a mark tells the voice). Small grey text is set apart and not counted.</small></p>"
)


def show(spans: pd.DataFrame, corpus: span_tables.Documents | None = None) -> Shown:
    """Show the documents in which spans stand, with the spans marked; whatever a document holds is escaped.

    Parameters
    ----------
    spans : DataFrame
        Any span table; its columns `label` and `voice`, where it has them, name each mark.
    corpus : Corpus, optional
        Where the spans stand, if the table no longer knows.
    """
    return Shown(spans, span_tables.corpus_of(spans, corpus))


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
    with pd.option_context("display.max_colwidth", None):
        html = what.to_html(index=False, escape=True).replace("<td>", '<td style="text-align:left">')
        return Page(html, what.to_string(index=False))


def _page(document: Document, spans: pd.DataFrame) -> str:
    label = document.meta.get("label", "")
    heading = escape(document.title + (f" [{label}]" if label else ""))
    details = f"{escape(document.name)}, {document.word_count} words" + (f", {len(spans)} marked" if len(spans) else "")
    blocks = "".join(_block(document, spans, start, end) for start, end in paragraphs(document.text))
    return f"<details open><summary><strong>{heading}</strong> ({details})</summary>{blocks}</details>"


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
    for a, b in pairwise(edges):
        here = [s for s in inside if s["start"] <= a and b <= s["end"]]
        if not here:
            yield escape(text[a:b])
            continue
        names = ", ".join(str(s[k]) for s in here for k in ("label", "voice") if s.get(k))
        line = _LINE.get(str(here[-1].get("voice")), "solid #000")
        tag = f"<sub>{escape(str(here[-1]['label']))}</sub>" if here[-1].get("label") and here[-1]["end"] == b else ""
        yield f'<mark style="{_MARK}{line}" title="{escape(names)}">{escape(text[a:b])}</mark>{tag}'
