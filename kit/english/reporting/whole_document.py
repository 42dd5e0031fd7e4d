"""The clauses of a whole document."""

from __future__ import annotations

from bisect import bisect_left

from ...documents.corpus import Document
from ..phrases import Sentence, Tokens, token_sentences
from .candidate import Candidate
from .clause import Clause, Found, Rejected, Span
from .cue_table import forms_of_cues
from .cue_verdicts import judged_cues
from .extents import content_start
from .headlines import mark_of_heading
from .transcripts import with_turns
from .uncued import with_quotations


def clauses(document: Document) -> tuple[list[Clause], list[Rejected]]:
    """Find who says what in a document.

    Parameters
    ----------
    document : Document
        Any text; the cues are English.

    Returns
    -------
    list of Clause
        By the place of their cues.
    list of Rejected
        What can report speech and does not here, in order.
    """
    tokens = Tokens(document)
    rejected: list[Rejected] = []
    found: list[Found] = []
    headings = {0, *(region.start for region in document.of_kind("heading"))}
    every = tokens.among(forms_of_cues())
    wanted = sorted({*headings, *map(tokens.starts.__getitem__, every)})
    for s in token_sentences(document, tokens, wanted):
        places = every[bisect_left(every, s.start) : bisect_left(every, s.end)]
        s.is_heading = tokens.starts[s.start] in headings
        headline = mark_of_heading(s) if s.is_heading else []
        if places or headline:
            found += [Found(x.cue.start, x.host, _clause(s, x)) for x in judged_cues(s, places, headline, rejected)]
    found = with_quotations(document, tokens, with_turns(document, tokens, headings, sorted(found)))
    number = {item.place: n for n, item in enumerate(found)}
    nested = [(item.clause, number.get(item.host, -1)) for item in found]
    told = [clause._replace(nested=True, host=host) if host >= 0 else clause for clause, host in nested]
    return told, sorted(rejected)


def _source(s: Sentence, x: Candidate) -> tuple[Span, ...]:
    """Return the characters of a source; a relative pronoun behind it stands apart: “the agency”, “which”."""
    if not x.source:
        return ()
    start, end = x.source
    starts, ends = s.tokens.starts, s.tokens.ends
    if end - start > 1 and "relative" in s.kinds[end - 1]:
        head = end - 2 if s.words[end - 2] == "," else end - 1
        return (starts[start], ends[head - 1]), (starts[end - 1], ends[end - 1])
    return ((starts[start], ends[end - 1]),)


def _clause(s: Sentence, x: Candidate) -> Clause:
    """Turn positions of tokens into characters."""
    start, end = x.content
    content = [_span(s, start if x.is_before else content_start(s, x), end)]
    if x.is_before and x.more:
        content.append(_span(s, *x.more))
    cue = (s.tokens.starts[x.cue.start], s.tokens.ends[x.cue.end - 1])
    entry = x.entry
    stance = "forceful" if s.word(x.cue.end) in entry.forceful_with else entry.stance
    return Clause(_source(s, x), cue, tuple(filter(None, content)), entry.lemma, entry.frame, stance, x.rule)


def _span(s: Sentence, start: int, end: int) -> Span | None:
    """Return the characters of what is said, without marks and conjunctions at its edges; quotations are whole."""
    while start < end and s.quotation[start] < 0 and "leading" in s.kinds[start]:
        start += 1
    while start < end and s.quotation[end - 1] < 0 and "trailing" in s.kinds[end - 1]:
        end -= 1
    word = start
    while word < end and not s.is_word(word):
        word += 1
    if word >= end:
        return None
    first, last = s.tokens.starts[start], s.tokens.ends[end - 1]
    if s.quotation[start] >= 0:
        first = min(first, s.tokens.quotations[s.quotation[start]].start)
    if s.quotation[end - 1] >= 0:
        last = max(last, s.tokens.quotations[s.quotation[end - 1]].end)
    return first, last
