"""Hints: where the words of a codebook stand. A hint is where to read, never what a text says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import pandas as pd

from ..coding.codebooks import Book, Codebook, as_codebook
from ..documents import spans
from ..documents.corpus import Document
from ..documents.language import Piece
from ..documents.memory import remembered
from ..errors import KitError
from .voice import Voiced

HINT_COLUMNS = ["code", "term", "voice", "position"]
# What a plainly written character of a term also stands for. Possessive: nothing is given back and tried again, so that
# time stays in proportion to the text.
_COURTESIES = {"*": r"\w*+", " ": r"[\s‐‑-]++", "-": r"[\s‐‑-]++", "'": "['’ʼ]", "’": "['’ʼ]"}


@lru_cache(maxsize=1024)  # compiling takes longer than reading an article
def _any_of(terms: tuple[str, ...]) -> re.Pattern[str]:
    """Compile the pattern of the terms of a category, a group each."""
    generous = ("".join(_COURTESIES.get(c) or re.escape(c) for c in " ".join(term.split())) for term in terms)
    return re.compile(rf"(?<!\w)(?:{'|'.join(f'({term})' for term in generous)})(?!\w)", re.IGNORECASE)


def _find(terms: tuple[str, ...], text: str, pieces: Iterable[Piece]) -> Iterator[tuple[int, int, str]]:
    """Yield each match in some pieces of a text as start, end, term."""
    longest_first = tuple(sorted(terms, key=len, reverse=True))  # where several begin, the longest is tried first
    pattern = _any_of(longest_first)
    for piece in pieces:
        for match in pattern.finditer(text, *piece):
            yield *match.span(), longest_first[(match.lastindex or 1) - 1]


@remembered
def _hints_in(document: Document, book: Codebook) -> tuple[tuple[object, ...], ...]:
    """Return the rows of the hints in one document; none runs from a sentence into the next."""
    voiced, text = Voiced(document), document.text
    return tuple(
        (document.name, start, end, text[start:end], category.code, term, voiced.at(start, end), position)
        for category in book.categories
        if category.terms
        for start, end, term in _find(category.terms, text, document.sentences)
        if (position := document.position(start, end))
    )


def hints(documents: spans.Documents, codebook: Book) -> pd.DataFrame:
    """Find the terms of a codebook: a span table, a row a hint. A hint is where to read, not what a text says.

    A term is a word or several. A `*` stands for any further letters of a word, a space or a hyphen for either, case is
    ignored, and only whole words match. Within a category no two hints overlap (the earlier, then the longer term, is
    kept); two categories may point at the same words. Boilerplate is left out.

    Parameters
    ----------
    documents : Corpus, Document or iterable of Document
        Where to look.
    codebook : Codebook, str or Path
        The codebook, its name, or the way to its file.

    Returns
    -------
    DataFrame
        Columns document, start, end, text, code, term (as the codebook has it), voice and position.

    Raises
    ------
    KitError
        If the codebook cannot be read, or none of its categories has terms.
    """
    corpus, book = spans.as_corpus(documents), as_codebook(codebook)
    if not any(category.terms for category in book.categories):
        raise KitError(f'{book.name} has no terms; give some to a category: terms = ["blame*", "at fault"].')
    return spans.make((row for document in corpus for row in _hints_in(document, book)), HINT_COLUMNS, corpus)
