"""Hints: where the words of a codebook stand. A hint is where to read, never what a text says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import pandas as pd

from ..coding.codebooks import Book, Codebook, as_codebook
from ..documents import spans
from ..documents.corpus import Document
from ..documents.memory import remembered
from ..errors import KitError
from .voice import Voiced

HINT_COLUMNS = ["code", "cue", "voice", "position"]


# What a plainly written character of a cue also stands for. Possessive: nothing is given back and tried again, so that
# time stays in proportion to the text.
_COURTESIES = {"*": r"\w*+", " ": r"[\s‐‑-]++", "-": r"[\s‐‑-]++", "'": "['’ʼ]", "’": "['’ʼ]"}


class _Cues:
    """The cues of a category, to look for all of them at once."""

    def __init__(self, cues: tuple[str, ...]) -> None:
        self._cues = sorted(cues, key=len, reverse=True)  # where several begin, the longest is tried first
        alternatives = "|".join(f"({self._generous(cue)})" for cue in self._cues)
        self._pattern = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)

    @staticmethod
    def _generous(cue: str) -> str:
        return "".join(_COURTESIES.get(c) or re.escape(c) for c in " ".join(cue.split()))

    def find(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """Yield each match in a stretch of a text as start, end, cue."""
        for match in self._pattern.finditer(text, start, end):
            yield *match.span(), self._cues[(match.lastindex or 1) - 1]


_cues = lru_cache(maxsize=1024)(_Cues)  # compiling takes longer than reading an article


@remembered
def _hints_in(document: Document, book: Codebook) -> tuple[tuple[object, ...], ...]:
    """Return the rows of the hints in one document; none runs from a sentence into the next."""
    voiced, text = Voiced(document), document.text
    return tuple(
        (document.name, start, end, text[start:end], category.code, cue, voiced.at(start, end), position)
        for category in book.categories
        if category.cues
        for sentence in document.sentences
        for start, end, cue in _cues(category.cues).find(text, *sentence)
        if (position := document.position(start, end))
    )


def hints(documents: spans.Documents, codebook: Book) -> pd.DataFrame:
    """Find the cues of a codebook: a span table, a row a hint. A hint is where to read, not what a text says.

    A cue is a word or several. A `*` stands for any further letters of a word, a space or a hyphen for either, case is
    ignored, and only whole words match. Within a category no two hints overlap (the earlier, then the longer cue, is
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
        Columns document, start, end, text, code, cue (as the codebook has it), voice and position.

    Raises
    ------
    KitError
        If the codebook cannot be read, or none of its categories has cues.
    """
    corpus, book = spans.as_corpus(documents), as_codebook(codebook)
    if not any(category.cues for category in book.categories):
        raise KitError(f'{book.name} has no cues; give some to a category: cues = ["blame*", "at fault"].')
    return spans.make((row for document in corpus for row in _hints_in(document, book)), HINT_COLUMNS, corpus)
