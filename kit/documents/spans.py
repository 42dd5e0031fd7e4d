"""The span table: the one thing that layers make and measures, views and exports take.

A span table is a pandas DataFrame, a row a span, sorted by document and start, with at least the columns `document`
(str), `start`, `end` (int, characters of the document's text, end exclusive) and `text` (str), and always
``corpus[document].text[start:end] == text``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

import pandas as pd

from ..errors import KitError
from .corpus import Corpus, Document

COLUMNS = ["document", "start", "end", "text"]
_TYPES = {"document": "str", "start": "int64", "end": "int64", "text": "str"}
WHOLE = "the whole text"  # how the empty span at a text's beginning is called, which stands for all of it
Documents = Corpus | Document | Iterable[Document]


class _Remembered(str):
    """A corpus' name that knows its corpus.

    As a str it survives pandas' comparing and copying of attrs, and `to_parquet` can write it.
    """

    corpus: Corpus

    def __deepcopy__(self, memo: object) -> _Remembered:
        return self

    def __eq__(self, other: object) -> bool:
        """Tables of two corpora, joined, must not count as one corpus', whatever these are called."""
        return isinstance(other, _Remembered) and self.corpus is other.corpus

    def __ne__(self, other: object) -> bool:
        """Not what a str says of its letters."""
        return not self == other

    def __hash__(self) -> int:
        return super().__hash__()


def as_corpus(documents: Documents) -> Corpus:
    """Return a corpus as it is, and make one of a document or of several."""
    if isinstance(documents, Corpus):
        return documents
    several = [documents] if isinstance(documents, Document) else list(documents)
    if not all(isinstance(document, Document) for document in several):
        raise KitError("Documents are wanted here: a corpus that kit.load(…) gives, or some of its documents.")
    return Corpus(several)


def make(rows: Iterable[Sequence[Any]], columns: Sequence[str], corpus: Corpus) -> pd.DataFrame:
    """Make a span table of rows that begin with document, start, end and text.

    Parameters
    ----------
    rows : iterable of sequences
        Each holds document, start, end, text and then a value for each of `columns`.
    columns : sequence of str
        The layer's own columns.
    corpus : Corpus
        Where the spans stand; the table remembers it.
    """
    # It is quicker to sort rows than a table, and to convert only columns whose type is not right, as in an empty one.
    ordered = sorted(rows, key=itemgetter(0, 1, 2))
    table = pd.DataFrame(ordered, columns=[*COLUMNS, *columns])
    if wrong := {name: kind for name, kind in _TYPES.items() if table[name].dtype != kind}:
        table = table.astype(wrong)
    return remember(table, corpus)


def remember(table: pd.DataFrame, corpus: Documents) -> pd.DataFrame:
    """Return a table that knows in which corpus its spans stand.

    A span table that the kit makes knows it (in its `attrs`), also when rows or columns are chosen, so that whatever
    takes span tables needs no second argument. After a merge or `concat`, or read from a file, it knows it no longer.

    Examples
    --------
    >>> import kit
    >>> corpus = kit.load("harbour-strike")
    >>> table = kit.mentions(corpus).merge(corpus.meta["outlet"], left_on="document", right_index=True)
    >>> len(kit.evidence(kit.remember(table, corpus))) == len(table)
    True
    """
    known = table.copy(deep=False)
    corpus = as_corpus(corpus)
    name = _Remembered(corpus.name or "corpus")
    name.corpus = corpus
    known.attrs = {**table.attrs, "corpus": name}
    return known


def corpus_of(spans: pd.DataFrame) -> Corpus:
    """Return the corpus in which a table's spans stand.

    Raises
    ------
    KitError
        If it is no span table, has lost its corpus (see `remember`), or has documents that the corpus does not know.
    """
    missing = [name for name in COLUMNS if name not in spans.columns]
    if missing:
        raise KitError(f"Not a span table: it has no column {', '.join(missing)}.")
    known: Corpus | None = getattr(spans.attrs.get("corpus"), "corpus", None)
    if known is None:
        raise KitError("This table no longer knows its documents; say which: kit.remember(table, corpus).")
    strange = [name for name in spans["document"].unique() if name not in known]
    if strange:
        raise KitError(f"No document of the corpus is called {strange[0]!r}; is it the corpus of this table?")
    return known


def details(spans: pd.DataFrame, *names: str) -> pd.DataFrame:
    """Return a span table with what its corpus knows of each document, such as ``kit.details(mentions, "outlet")``.

    Parameters
    ----------
    spans : DataFrame
        Any span table; the new columns stand behind its own.
    *names : str
        What its source or its catalogue says of a document, such as title, outlet, date or label.

    Raises
    ------
    KitError
        If nothing is known of that name, or the table has a column of that name.

    Examples
    --------
    >>> import kit
    >>> mentions = kit.details(kit.mentions(kit.load("harbour-strike")), "outlet")
    >>> mentions.loc[mentions["document"] == "coast-wire", "outlet"].unique().item()
    'Coast Wire (invented)'
    """
    corpus = corpus_of(spans)
    known = corpus.meta.assign(title=[document.title for document in corpus]).fillna("")
    for name in names:
        if name in spans:
            raise KitError(f"This table has a column {name!r} already.")
        if name not in known:
            raise KitError(f"The corpus does not know {name!r} of its documents; it knows: {', '.join(known.columns)}.")
    return spans.assign(**{name: spans["document"].map(known[name]) for name in names})


def verify(spans: pd.DataFrame) -> pd.DataFrame:
    """Return the table if it keeps the contract of span tables.

    Raises
    ------
    KitError
        Naming the first row that breaks it: a missing column, an unknown document, offsets outside the text, a
        text that does not stand there, or rows out of order.
    """
    corpus = corpus_of(spans)
    for row, (name, start, end, text) in enumerate(spans[COLUMNS].itertuples(index=False)):
        if not 0 <= start <= end <= len(corpus[name].text):
            raise KitError(f"Row {row}: {start}–{end} is outside {name!r}.")
        if corpus[name].text[start:end] != text:
            raise KitError(f"Row {row}: {text!r} does not stand at {start}–{end} of {name!r}.")
    order = list(zip(spans["document"], spans["start"], strict=True))
    if order != sorted(order):
        raise KitError("Not a span table: its rows are not sorted by document and start.")
    return spans
