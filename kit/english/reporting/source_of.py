"""Where the source of a verb or a noun stands."""

from __future__ import annotations

from ..phrases import Phrase, Sentence
from .candidate import ASKED, FINITE, INFINITIVE, OPENING, PARTICIPLE, PASSIVE, REDUCED, Candidate, Use, holds


def source_of_noun(s: Sentence, k: int, first: int) -> Phrase | None:
    """Return whose claim it is: “Syria's”, “his”, “by the army”, else the subject of the sentence."""
    if s.word(first - 1) == "'s":
        return s.subject(first - 2)
    if "possessive" in s.kind(first - 1):
        return Phrase(first - 1, first)
    for by in range(k + 1, min(k + 6, s.end)):
        if s.words[by] in ("by", "from"):
            return s.phrase_after(by)
    return s.first_phrase(s.start, k)


def source_of_verb(s: Sentence, k: int, use: Use, earlier: list[Candidate]) -> tuple[str, Phrase | None, int]:
    """Return the rule, the source and where the clause begins of a verb that stands behind its source or has none."""
    inherited = earlier[-1].source if earlier else None
    role = use.role
    if role is FINITE or role is INFINITIVE:
        source = _subject(s, use.before, earlier)
        if source and role is INFINITIVE:
            source = _of_verb_before(s, source) or source
        if source:
            return "verb", source, source.start
        first = use.before if s.kind(use.before) & {"coordinator", "mark"} else k
        if earlier:
            return "coordinated verb", inherited, first
        return "verb", s.first_phrase(s.start, max(use.before + 1, s.start)), first
    if role is PASSIVE:
        subject = s.subject(use.before)
        return "passive", s.by_phrase(k), subject.start if subject else k
    if role is REDUCED:
        return "passive", s.by_phrase(k), k
    if role is ASKED:
        return "asked", None, k
    if role is OPENING:
        comma = next((x for x in range(k + 1, s.end) if s.words[x] == ","), s.end)  # also “Hoping “it rains,” …”
        return "participle", s.first_phrase(comma + 1, s.end), k
    return "participle", inherited if earlier else s.first_phrase(s.start, k), k


def _of_verb_before(s: Sentence, phrase: Phrase) -> Phrase | None:
    """Return the subject of the verb behind which a noun phrase stands: “Lind | took to | the quay | to say”."""
    k = phrase.start - 1
    while k > s.start and s.is_word(k) and not s.kinds[k] & {"past", "subordinator"}:
        k -= 1
    return s.subject(s.back_over_adverbs(k - 1)) if "past" in s.kind(k) else None


def _subject(s: Sentence, before: int, earlier: list[Candidate]) -> Phrase | None:
    """Return the subject that ends at a token; what stands inside what an earlier cue reports begins anew behind “and”.

    No cue stands within it but in an aside: “the agency said the envoy”.
    """
    source = _around_aside(s, before, earlier) or s.subject(before)
    if not source or not earlier or s.word(before) == ",":
        return source
    last = earlier[-1]
    start = max(source.start, last.cue.end) if last.cue.start < source.end else source.start
    if holds(last, start) and not s.kind(start - 1) & {"subordinator", "coordinator", "mark"} and start > last.cue.end:
        start = next((x + 1 for x in range(source.end - 2, start, -1) if s.words[x] == "and"), start)
    return Phrase(start, source.end) if start < source.end else None


def _around_aside(s: Sentence, before: int, earlier: list[Candidate]) -> Phrase | None:
    """Return the source of a verb that an aside with a cue parts from it: “Smith, who said …, argued”."""
    aside = earlier[-1] if earlier else None
    if not aside or not aside.source or aside.is_before:
        return None
    relative = aside.source.end - 1
    is_relative = "relative" in s.kinds[relative] and aside.source.end <= aside.cue.start
    if not is_relative and aside.role is not PARTICIPLE:
        return None
    start = relative if is_relative else aside.cue.start
    commas = (s.word(start - 1) == ",") + (s.word(before) == ",")
    if commas == 2:
        return s.subject(start - 2)
    # Without commas (“the man who blamed the army said”) only where the aside holds no clause of its own.
    plain = not any(s.is_verbal(x) or s.kinds[x] & {"subordinator", "mark"} for x in range(aside.cue.end, before))
    return s.subject(start - 1) if plain and is_relative and not commas and s.words[relative] != "that" else None
