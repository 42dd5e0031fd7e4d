"""Quotations that no cue introduces: a speaker goes on, a colon leads up to them, a name stands behind."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from operator import itemgetter
from typing import NamedTuple

from ...documents.corpus import Document, touching
from ...documents.language import Quotation
from ..phrases import LONGEST_NICKNAME, LONGEST_SENTENCE, Phrase, Sentence, Tokens
from .candidate import LONGEST_OCCASION, LONGEST_SPEAKER
from .clause import Found, Span, found_by_mark
from .cue_table import is_only_verb, words_for_sources

LONGEST_CREDIT = 6  # tokens of a name behind a quotation
LONGEST_CREDIT_LINE = 300  # characters from its dash
_DASHES = ("—", "–", "―", "-")


class _Held(NamedTuple):
    """A stretch of what is said, and the place of its cue in the text."""

    start: int
    end: int
    cue: int


def with_quotations(document: Document, tokens: Tokens, found: list[Found]) -> list[Found]:
    """Add the quotations that no cue introduces: to the clause whose speaker goes on, or after a colon as their own.

    A quotation goes on from the last clause before it in its paragraph, else from the paragraph before if it resumes
    its quotation, else it leads up to the first clause after it in its paragraph.
    """
    added: defaultdict[int, list[Span]] = defaultdict(list)  # by the place of the clause's cue in the text
    held = _held(found)
    if more := [*_colons(document, tokens, found, held, added), *_credits(tokens, held)]:
        found = sorted([*found, *more])
        held = _held(found)
    starts, ends = (set(map(itemgetter(side), document.sentences)) for side in (0, 1))
    cues = [item.clause.cue[0] for item in found]
    speaking = -1
    waiting: list[Span] = []  # what is quoted before its speaker is known, in paragraphs that the next resumes
    for paragraph in document.paragraphs:
        inside = cues[bisect_left(cues, paragraph.start) : bisect_left(cues, paragraph.end)]
        for quotation in reversed(touching(tokens.quotations, *paragraph)):
            waiting = waiting if quotation.continues else []
            if holders := touching(held, quotation.start, quotation.end):
                speaking = holders[0].cue
                added[speaking] += waiting
            elif quotation.start in starts and (quotation.end in ends or _is_long(tokens, quotation)):
                before = bisect_left(inside, quotation.start)
                if before:
                    speaking = inside[before - 1]
                elif not quotation.continues:
                    speaking = inside[0] if inside else -1
                (added[speaking] if speaking >= 0 else waiting).append((quotation.start, quotation.end))
    return [_with_content(item, added.get(item.clause.cue[0], [])) for item in found]


def _with_content(item: Found, spans: list[Span]) -> Found:
    if not spans and len(item.clause.content) < 2:
        return item
    return item._replace(clause=item.clause._replace(content=tuple(sorted({*item.clause.content, *spans}))))


def _held(found: list[Found]) -> list[_Held]:
    """Return the stretches of what is said, by start; where some overlap, only the first."""
    held: list[_Held] = []
    end = 0
    for stretch in sorted([(*span, item.clause.cue[0]) for item in found for span in item.clause.content]):
        if stretch[0] >= end:
            held.append(_Held(*stretch))
            end = stretch[1]
    return held


def _is_long(tokens: Tokens, quotation: Quotation) -> bool:
    start, end = tokens.within(quotation.start, quotation.end)
    return end - start > LONGEST_NICKNAME


def _colons(
    document: Document, tokens: Tokens, found: list[Found], held: list[_Held], added: defaultdict[int, list[Span]]
) -> Iterator[Found]:
    """Yield the colons that alone introduce a quotation; behind a cue in its sentence one adds to that cue's clause."""
    cues = [item.clause.cue[0] for item in found]
    for quotation in tokens.quotations:
        k = tokens.within(quotation.start, quotation.end).start - 1
        if k < 0 or tokens.words[k] != ":" or not _is_long(tokens, quotation):
            continue
        if touching(held, quotation.start, quotation.end):
            continue
        content, colon = (quotation.start, quotation.end), (tokens.starts[k], tokens.ends[k])
        speaking = bisect_left(cues, colon[0]) - 1
        sentence = document.sentences[bisect_left(document.sentences, colon[1], key=itemgetter(0)) - 1].start
        if speaking >= 0 and cues[speaking] >= sentence:
            added[cues[speaking]].append(content)
        else:
            yield _introduced(tokens, tokens.within(sentence, colon[1]), content)


def _introduced(tokens: Tokens, sentence: Phrase, content: Span) -> Found:
    """Return what a colon introduces; who does anything before it speaks: “Lind | gave a short answer: | “No.””."""
    colon = sentence.end - 1
    first = max(sentence.start, colon - LONGEST_SENTENCE)
    s = Sentence(tokens, first, colon)
    byline = max((k + 1 for k in range(first, colon) if s.words[k] in (*_DASHES, "by")), default=first)
    is_named = 0 < colon - byline < LONGEST_SPEAKER and tokens.is_capital(colon - 1)
    speaker = Phrase(byline, colon) if is_named else s.first_phrase(first, colon)
    if not speaker or not (is_named or _is_somebody(s, speaker)) or colon - speaker.end > LONGEST_OCCASION:
        speaker = None
    source = ((tokens.starts[speaker.start], tokens.ends[speaker.end - 1]),) if speaker else ()
    cue = (tokens.starts[speaker.end if speaker else colon], tokens.ends[colon])
    return found_by_mark(":", colon, source, cue, content, "colon")


def _is_somebody(s: Sentence, phrase: Phrase) -> bool:
    """Tell whether a noun phrase is a pronoun for a person, a name, or ends with a word for sources."""
    first, last = phrase.start, phrase.end - 1
    if "pronoun" in s.kinds[first]:
        return s.words[first] in ("he", "she", "they")
    return s.words[first][0].isalpha() and (s.is_capital(last) or s.words[last] in words_for_sources())


def _credits(tokens: Tokens, held: list[_Held]) -> Iterator[Found]:
    """Yield the dashes behind a quotation that a name and the end of its line follow: ““It rains.” — Ana Lind”."""
    for quotation in tokens.quotations:
        dash = tokens.within(quotation.start, quotation.end).end
        if not (dash < len(tokens.words) and tokens.words[dash] in _DASHES and _is_long(tokens, quotation)):
            continue
        name = _credited(tokens, dash)
        if name and not touching(held, quotation.start, quotation.end):
            source = (tokens.starts[name.start], tokens.ends[name.end - 1])
            cue, content = (tokens.starts[dash], tokens.ends[dash]), (quotation.start, quotation.end)
            yield found_by_mark("—", dash, (source,), cue, content, "credit")


def _credited(tokens: Tokens, dash: int) -> Phrase | None:
    """Return the name behind a dash that nothing but a place or an occasion divides from the end of its line."""
    start = dash + 1
    while start < len(tokens.words) and tokens.words[start] in _DASHES:
        start += 1
    line = tokens.text[tokens.ends[dash] : tokens.ends[dash] + LONGEST_CREDIT_LINE].partition("\n")[0]
    last = tokens.within(tokens.ends[dash], tokens.ends[dash] + len(line)).end
    if not (start < last <= start + LONGEST_OCCASION and tokens.is_capital(start)):
        return None
    end = start
    while end < last and (tokens.words[end][0].isalnum() or tokens.is_initial(end)):
        end += 1
    if end - start > LONGEST_CREDIT or (end < last and tokens.words[end] not in (",", ".", "(")):
        return None
    tells = any(is_only_verb(tokens.words[k]) or "no speaker" in tokens.kinds[k] for k in range(start, end))
    return None if tells else Phrase(start, end)
