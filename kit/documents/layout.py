"""How documents are laid out, as span tables: headings, block quotations, links, boilerplate; and their sentences."""

from __future__ import annotations

import pandas as pd

from ..errors import KitError
from . import spans

KINDS = ("heading", "blockquote", "link", "boilerplate")


def layout(documents: spans.Documents, kind: str | None = None) -> pd.DataFrame:
    """Return what the layout of documents sets off, as a span table.

    Parameters
    ----------
    documents : Corpus, Document or iterable of Document
        Where to look.
    kind : {"heading", "blockquote", "link", "boilerplate"}, optional
        Only regions of this kind.

    Returns
    -------
    DataFrame
        Columns document, start, end, text, kind and detail: a link's target, or why a stretch is boilerplate.

    Raises
    ------
    KitError
        If there is no such kind.
    """
    if kind not in (None, *KINDS):
        raise KitError(f"Layout has no kind {kind!r}; there are: {', '.join(KINDS)}.")
    corpus = spans.as_corpus(documents)
    rows = [
        (d.name, r.start, r.end, d.text[r.start : r.end], r.kind, r.detail)
        for d in corpus
        for r in d.regions
        if kind in (None, r.kind)
    ]
    return spans.make(rows, ["kind", "detail"], corpus)


def sentences(documents: spans.Documents) -> pd.DataFrame:
    """Return the sentences of documents, boilerplate left out, as a span table with the column `position`."""
    corpus = spans.as_corpus(documents)
    rows = [
        (d.name, s.start, s.end, d.text[s.start : s.end], d.position(*s)) for d in corpus for s in d.counted_sentences
    ]
    return spans.make(rows, ["position"], corpus)
