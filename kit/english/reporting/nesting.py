"""What stands inside what: which of two cues of a sentence reports the other."""

from __future__ import annotations

from dataclasses import replace

from ..phrases import Phrase, Sentence
from .candidate import (
    ASKED,
    FINITE,
    INFINITIVE,
    INSIDE,
    NOUN,
    OPENING,
    PARTICIPLE,
    PASSIVE,
    PHRASE,
    REDUCED,
    Candidate,
    holds,
    refused,
)
from .clause import Rejected
from .extents import content_start


def _breaks(s: Sentence, host: Candidate, inner: Candidate) -> bool:
    """Tell whether a cue inside a host's content begins something new, rather than being a part of it."""
    if _encloses(host, inner) or inner.role is ASKED:
        return True
    edge = inner.first - 1
    while edge > host.cue.start and s.is_adverb(edge) and "coordinator" not in s.kinds[edge]:
        edge -= 1
    if edge < host.content.start or (host.role is PHRASE and edge == host.content.start):
        return False
    kinds = s.kinds[edge]
    divides = s.quotation[edge] >= 0 or s.words[edge] in (",", ";", "—")
    behind_mark = edge > host.content.start and (s.quotation[edge - 1] >= 0 or s.words[edge - 1] == ",")
    after_act = host.entry.frame in ("act", "noun") and s.word(host.cue.end) != "that"
    alike = _is_alike(host.entry.form, inner.entry.form)
    role = inner.role
    if role is PARTICIPLE or role is OPENING:
        goes_on = divides or "before participle" in kinds or s.goes_on(inner.cue.start)
        return goes_on or ("coordinator" in kinds and (alike or behind_mark))
    if role is INFINITIVE:
        return after_act and s.words[edge] == "and"
    if role is PHRASE:
        return s.words[edge] == "but"
    if role in (NOUN, PASSIVE, REDUCED):
        return False
    if inner.rule == "coordinated verb" or inner.first == inner.cue.start:
        opener = inner.first if inner.first < inner.cue.start else edge
        return divides or (bool(s.kinds[opener] & {"coordinator", "mark"}) and (alike or after_act))
    if divides or "new clause" in kinds or (behind_mark and "new clause behind mark" in kinds):
        return True
    # “After Smith said it was over, on Monday the mayor said …”
    main_clause = "subordinator" in s.kinds[s.start] and s.next_comma(host.cue.start) < inner.first
    return main_clause or (after_act and "new clause after act" in kinds)


def _is_alike(form: str, other: str) -> bool:
    """Tell whether two forms can be coordinated: “said … and added”."""
    return form == other or {form, other} <= {"past", "participle", "s"}


def _encloses(host: Candidate, inner: Candidate) -> bool:
    """Tell whether a host stands between the inner verb and its subject: “Smith, who said …, argued”."""
    if inner.role is not FINITE or not inner.source:
        return False
    return inner.source.start < host.cue.start < inner.cue.start and inner.rule == "verb"


def placed(s: Sentence, live: list[Candidate], inner: Candidate, rejected: list[Rejected]) -> list[Candidate]:
    """Add a cue to those before it, as one of its own, as nested, or not at all."""
    if inner.host >= 0:
        return [*live, inner]
    host = next((x for x in reversed(live) if x.host < 0 and holds(x, inner.cue.start)), None)
    if not host:
        return [*(_ending(x, inner.first) for x in live), inner]
    if _breaks(s, host, inner):
        edge = inner.cue.start if _encloses(host, inner) else inner.first
        return [*(_ending(x, edge) for x in live), inner]
    if _opens_content(s, host, inner):
        return [*live, replace(inner, host=host.cue.start)]
    rejected.append(refused(s, inner.cue.start, INSIDE))
    return live


def _ending(candidate: Candidate, edge: int) -> Candidate:
    """Return a cue whose content ends before a token."""
    if candidate.more and candidate.more.start <= edge < candidate.more.end:
        return replace(candidate, more=Phrase(candidate.more.start, edge))
    if candidate.is_before or not candidate.content.start <= edge < candidate.content.end:
        return candidate
    return replace(candidate, content=Phrase(candidate.content.start, edge))


def swallowed(s: Sentence, live: list[Candidate], outer: Candidate, rejected: list[Rejected]) -> list[Candidate]:
    """Return the cues that stay when one follows that has all before it as its content."""
    kept = []
    for x in live:
        if not outer.content.start <= x.cue.start < outer.content.end:
            kept.append(x)
        elif _leads_up(s, x, outer):
            kept.append(_ending(x, s.next_comma(x.cue.end)))
        elif _opens(x, outer.content):
            kept.append(replace(_ending(x, outer.content.end), host=outer.cue.start))
        elif x.entry.frame != "belief":
            rejected.append(refused(s, x.cue.start, INSIDE))
    return kept


def _leads_up(s: Sentence, x: Candidate, outer: Candidate) -> bool:
    """Tell whether a cue stands in what leads up to a clause: “Asked about it, Lind said”, “As Lind said, …”."""
    if x.role in (ASKED, OPENING):
        return x.first == outer.content.start
    return x.first - 1 == s.start and s.words[s.start] == "as" and s.next_comma(x.cue.end) < outer.first


def _opens(inner: Candidate, content: Phrase) -> bool:
    """Tell whether a cue is that of the main clause of what stands before another."""
    if inner.entry.frame == "belief" or inner.host >= 0 or not inner.source:
        return False
    return content.start in (inner.source.start, inner.content.start)


def _opens_content(s: Sentence, host: Candidate, inner: Candidate) -> bool:
    """Tell whether a cue is that of the main clause of what a host says."""
    if host.entry.frame in ("belief", "act", "noun") or inner.rule not in ("verb", "passive"):
        return False
    start = content_start(s, host)
    while start < inner.first and (s.is_adverb(start) or s.words[start] == ","):
        start += 1
    return inner.first == start
