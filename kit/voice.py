"""Whose words a span is in: the author's, a quoted speaker's, or a word held at arm's length.

The voices are `author` (the outlet's own words), `quoted` (inside quotation marks or a marked block quotation that
reports somebody) and `scare` (a quoted word or short phrase with no speaker: distance, not quotation). Indirect speech
(`reported`) is not told apart from the author's words yet.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from . import spans
from .corpus import Document, touching
from .cues import speech_cue
from .language import Piece, Quotation, count_words, quotations

VOICES = ("author", "quoted", "scare")
SCARE_WORDS = 4
NEAR_WORDS = 8
BLOCK = "block quotation"


class Stretch(NamedTuple):
    """A stretch of text in somebody else's voice; `why` names the rule that says so."""

    start: int
    end: int
    voice: str
    why: str


def stretches(document: Document) -> list[Stretch]:
    """Return the stretches of a document that are not in its author's own words, by start; they may nest.

    A marked block quotation is `quoted`. So is what stands in quotation marks, except a phrase of up to four words
    with no speaker near: it is `scare`. A speaker is near if a cue of speech (`kit/words/speech.csv`) stands earlier
    in the same sentence, or within eight words after the closing mark.
    """
    outer = [q for q in quotations(document.text) if q.depth == 0]
    openings = [q.start for q in outer]
    found = [Stretch(r.start, r.end, "quoted", BLOCK) for r in document.of_kind("blockquote")]
    found += [Stretch(q.start, q.end, *_judge(document, q, outer, openings)) for q in outer]
    return sorted(found)


def _judge(document: Document, quotation: Quotation, outer: list[Quotation], openings: list[int]) -> tuple[str, str]:
    text = document.text
    inside = text[quotation.inner_start : quotation.inner_end]
    if quotation.continues or count_words(inside) > SCARE_WORDS:
        return "quoted", "quotation marks"
    start, end = _sentence_around(document.sentences, quotation)
    near = outer[bisect_left(openings, start) : bisect_left(openings, end)]
    before = _without(text, start, quotation.start, near)
    after = _without(text, quotation.end, end, near)
    if speech_cue().search(before):
        return "quoted", "a speaker before it"
    cue = speech_cue().search(after)
    if cue and count_words(after[: cue.start()]) < NEAR_WORDS:
        return "quoted", "a speaker after it"
    return "scare", "a short phrase with no speaker"


def _sentence_around(frames: list[Piece], quotation: Quotation) -> tuple[int, int]:
    """From the start of the sentence in which a quotation begins to the end of the one in which it ends."""
    first = max(bisect_right(frames, quotation.start, key=_start) - 1, 0)
    last = max(bisect_right(frames, quotation.end - 1, key=_start) - 1, 0)
    return frames[first].start, max(frames[last].end, quotation.end)


def _start(piece: Piece) -> int:
    return piece.start


def _without(text: str, start: int, end: int, outer: list[Quotation]) -> str:
    """The text between two places without what is quoted there."""
    edges = [start, *(x for q in outer if start <= q.start and q.end <= end for x in (q.start, q.end)), end]
    return " ".join(text[a:b] for a, b in list(pairwise(edges))[::2])


class Voiced:
    """The voices of a document, to ask many spans whose words they are."""

    def __init__(self, document: Document) -> None:
        found = stretches(document)
        self._quotations = [s for s in found if s.why != BLOCK]  # outer ones: none overlaps another
        self._blocks: list[Stretch] = []
        for block in (s for s in found if s.why == BLOCK):
            if self._blocks and block.start < self._blocks[-1].end:
                block = block._replace(start=self._blocks[-1].start, end=max(block.end, self._blocks.pop().end))
            self._blocks.append(block)

    def at(self, start: int, end: int) -> str:
        """Return the voice of a span: a speaker's before a scare quote's, and the author's if it is in neither."""
        around = {s.voice for s in touching(self._quotations, start, end) + touching(self._blocks, start, end)}
        return next((voice for voice in ("quoted", "scare") if voice in around), "author")


def voices(documents: spans.Documents) -> pd.DataFrame:
    """Return what is not in the authors' own words, as a span table with the columns `voice` and `why`."""
    corpus = spans.as_corpus(documents)
    rows = [(d.name, s.start, s.end, d.text[s.start : s.end], s.voice, s.why) for d in corpus for s in stretches(d)]
    return spans.make(rows, ["voice", "why"], corpus)
