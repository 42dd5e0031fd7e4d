"""A coder at work: what they have said, where they stopped, what is still open. The store is its only memory."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from textwrap import shorten

import pandas as pd

from ..documents import spans
from ..documents.corpus import Document
from ..documents.language import Piece
from ..errors import KitError, one_line
from . import store
from .codebooks import Book, as_codebook
from .store import Code, Place

_NUMBERS = re.compile(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?")


class Session:
    """Some documents, a codebook and a coder.

    Raises
    ------
    KitError
        If there is no document, the codebook cannot be read, or the coder has no name.
    """

    def __init__(self, documents: spans.Documents, codebook: Book, coder: str) -> None:
        self.corpus, self.book = spans.as_corpus(documents), as_codebook(codebook)
        if not len(self.corpus):
            raise KitError("There is no document to code.")
        self.coder = store.coder_name(coder)

    def codes(self) -> pd.DataFrame:
        """Return what the coder has said so far, as `store.codes` does."""
        return store.codes(self.corpus, coder=self.coder, codebook=self.book.name)

    def values(self, *, whole: bool) -> tuple[str, ...]:
        """Return what can be said of a whole text, or of a stretch of it.

        A stretch is not marked to say that there is nothing in it, unless every sentence is judged.
        """
        return self.book.values if whole or self.book.unit == "sentence" else self.book.values[1:]

    def unanswered(self, made: pd.DataFrame, document: Document) -> list[str]:
        """Return the questions on a whole text that the coder has not answered yet."""
        here = made[(made["document"] == document.name) & (made["end"] == 0)]
        answered = set(here["code"])
        return [code for code in self.book.codes if self.book.unit == "document" and code not in answered]

    def document(self, made: pd.DataFrame) -> str:
        """Return the name of the document that was coded last, or of the first."""
        return _newest(made)["document"] if len(made) else self.corpus.names[0]

    def stopped(self, made: pd.DataFrame, document: Document) -> int:
        """Return the number of the sentence behind the one that was coded last, counted from 0."""
        here = made[(made["document"] == document.name) & (made["end"] > 0)]
        return bisect_right(sentences(document), _newest(here)["start"], key=lambda s: s.start) if len(here) else 0

    def places(self, document: Document, chosen: Sequence[Piece], words: str) -> list[Place]:
        """Return what is to be coded: the sentences chosen, or only some words, first looked for in these sentences."""
        if not words.strip():
            if not chosen:
                raise KitError("Choose a sentence in the list, or write the words you mean.")
            return list(chosen)
        found = store.find_words(document.text, words)
        inside = [place for place in found if any(s.start <= place[0] and place[1] <= s.end for s in chosen)]
        return [inside[0] if len(inside) == 1 else words]

    def add(self, document: Document, code: str, value: str, place: Place, note: str = "") -> Code:
        """Keep a code."""
        return store.add(document, self.book, code, place, coder=self.coder, value=value, note=note)


def sentences(document: Document) -> list[Piece]:
    """Return the sentences that can be coded: headings included, boilerplate left out."""
    return [piece for piece in document.sentences if document.position(*piece)]


def numbers(written: str, most: int) -> set[int]:
    """Read the numbers of sentences: “4-6, 9”. Raises KitError if there are no such sentences."""
    found: set[int] = set()
    for part in filter(None, (part.strip() for part in re.split("[,;]", written))):
        match = _NUMBERS.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 0 < first <= last <= most:
            raise KitError(
                f"{one_line(part)[:40]!r} is no number of a sentence; write such as 4-6, 9 (there are {most})."
            )
        found |= set(range(first, last + 1))
    return found


def told(text: str, code: str, value: str) -> str:
    """Return in words what was said of a stretch, or of the whole text."""
    return f"{code} = {value}: {shorten(text, 60, placeholder=' …') or spans.WHOLE}"


def _newest(made: pd.DataFrame) -> pd.Series:
    return made.sort_values("made").iloc[-1]
