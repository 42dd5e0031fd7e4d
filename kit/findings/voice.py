"""Whose words a span is in: the author's, a quoted speaker's, somebody's retold, or a word held at arm's length.

The voices are `author` (the outlet's own words), `quoted` (inside quotation marks or a block quotation that reports
somebody), `reported` (inside indirect speech: whose wording it is stays undecided between source and outlet) and
`scare` (a quoted word or short phrase with no speaker: distance, not quotation).
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from ..documents import spans
from ..documents.corpus import Document, touching
from ..documents.memory import remembered
from ..english.reporting import TURN
from .sourcing import BLOCK_AFTER_COLON, SCARE, Attribution, attributions_in, joined

VOICES = ("author", "quoted", "reported", "scare")


class Stretch(NamedTuple):
    """A stretch of text in somebody else's voice; `why` names the rule that says so."""

    start: int
    end: int
    voice: str
    why: str


@remembered
def stretches(document: Document) -> tuple[Stretch, ...]:
    """Return the stretches of a document that are not in its author's own words, by start; they may nest.

    `quoted` is a marked block quotation, a paragraph that a speaker and a colon introduce, a turn of a transcript, and
    what stands in quotation marks, except a phrase of up to four words that is nobody's: it is `scare`. `reported` is
    what an attribution (`kit.attributions`) gives as said; quotations inside it stay `quoted`.
    """
    rows = attributions_in(document)
    said = _said(document, rows)
    nobodys = {row.start for row in rows if row.reason == SCARE}
    blocks = [s for s in said if s.voice == "quoted"]
    found = [Stretch(r.start, r.end, "quoted", "block quotation") for r in document.of_kind("blockquote")]
    for quotation in document.quotations:
        is_nobodys = quotation.start in nobodys
        voice, why = ("scare", "a short phrase with no speaker") if is_nobodys else ("quoted", "quotation marks")
        found.append(Stretch(quotation.start, quotation.end, voice, why))
    return tuple(sorted([*found, *blocks, *(s for s in said if s.voice == "reported")]))


def _said(document: Document, rows: tuple[Attribution, ...]) -> list[Stretch]:
    """The contents of all attributions, by start: a block and a turn of a transcript are quoted, the rest reported."""
    counted = [a for a in rows if not a.reason]
    return sorted(
        Stretch(start, end, "quoted" if block else "reported", f"{a.cue or 'said'}: {a.rule}")
        for a in counted
        for start, end in a.content_at
        for block in [a.rule == TURN or (a.rule == BLOCK_AFTER_COLON and "\n" in document.text[a.cue_at[0][1] : start])]
    )


class Voiced:
    """The voices of a document, to ask many spans whose words they are."""

    def __init__(self, document: Document) -> None:
        found = stretches(document)
        # What has one voice may overlap with its like (a block in a block); joined, it can be searched by halving.
        self._by_voice = {
            voice: joined((s.start, s.end) for s in found if s.voice == voice)
            for voice in ("quoted", "scare", "reported")
        }

    def at(self, start: int, end: int) -> str:
        """Return the voice of a span: a speaker's before a scare quote's before indirect speech, else the author's."""
        return next((voice for voice, around in self._by_voice.items() if touching(around, start, end)), "author")


def words_by_voice(document: Document) -> dict[str, int]:
    """Count the counted words of a document in each voice."""
    voiced = Voiced(document)
    counted = dict.fromkeys(VOICES, 0)
    for word in document.words:
        if document.position(word.start, word.end):
            counted[voiced.at(word.start, word.end)] += 1
    return counted


def voices(documents: spans.Documents) -> pd.DataFrame:
    """Return what is not in the authors' own words, as a span table with the columns `voice` and `why`."""
    corpus = spans.as_corpus(documents)
    rows = [(d.name, s.start, s.end, d.text[s.start : s.end], s.voice, s.why) for d in corpus for s in stretches(d)]
    return spans.make(rows, ["voice", "why"], corpus)
