"""Whose words a span is in: the author's, a quoted speaker's, somebody's retold, or a word held at arm's length.

The voices are `author` (the outlet's own words), `quoted` (inside quotation marks or a block quotation that reports
somebody), `reported` (inside indirect speech: whose wording it is stays undecided between source and outlet) and
`scare` (a quoted word or short phrase with no speaker: distance, not quotation).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from . import spans
from .corpus import Document, touching
from .language import count_words
from .sourcing import BLOCK_AFTER_COLON, attributions_in

VOICES = ("author", "quoted", "reported", "scare")
SCARE_WORDS = 4


class Stretch(NamedTuple):
    """A stretch of text in somebody else's voice; `why` names the rule that says so."""

    start: int
    end: int
    voice: str
    why: str


def stretches(document: Document) -> list[Stretch]:
    """Return the stretches of a document that are not in its author's own words, by start; they may nest.

    `quoted` is a marked block quotation, a paragraph that a speaker and a colon introduce, and what stands in quotation
    marks, except a phrase of up to four words that is nobody's: it is `scare`. `reported` is what an attribution
    (`kit.attributions`) gives as said; quotations inside it stay `quoted`.
    """
    said = _said(document)
    blocks = [s for s in said if s.voice == "quoted"]
    found = [Stretch(r.start, r.end, "quoted", "block quotation") for r in document.of_kind("blockquote")]
    contents = list(_joined(said))
    for quotation in document.quotations:
        nobodys = not quotation.continues and not touching(contents, quotation.start, quotation.end)
        short = count_words(document.text[quotation.inner_start : quotation.inner_end]) <= SCARE_WORDS
        voice, why = ("scare", "a short phrase with no speaker") if nobodys and short else ("quoted", "quotation marks")
        found.append(Stretch(quotation.start, quotation.end, voice, why))
    return sorted([*found, *blocks, *(s for s in said if s.voice == "reported")])


def _said(document: Document) -> list[Stretch]:
    """The contents of all attributions, by start: a block is quoted, the rest reported."""
    counted = [a for a in attributions_in(document) if not a.reason]
    return sorted(
        Stretch(start, end, "quoted" if block else "reported", f"{a.cue or 'said'}: {a.rule}")
        for a in counted
        for start, end in a.content_at
        for block in [a.rule == BLOCK_AFTER_COLON and "\n" in document.text[a.cue_at[0][1] : start]]
    )


def _joined(found: list[Stretch]) -> Iterator[Stretch]:
    """Join stretches that overlap; they are sorted by start."""
    current: Stretch | None = None
    for stretch in found:
        if current and stretch.start < current.end:
            current = current._replace(end=max(current.end, stretch.end))
        else:
            if current:
                yield current
            current = stretch
    if current:
        yield current


class Voiced:
    """The voices of a document, to ask many spans whose words they are."""

    def __init__(self, document: Document) -> None:
        found = stretches(document)
        # What has one voice may overlap with its like (a block in a block); joined, it can be searched by halving.
        self._by_voice = {
            voice: list(_joined([s for s in found if s.voice == voice])) for voice in ("quoted", "scare", "reported")
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
