"""What belongs to a cue: its source, and from where to where what is said reaches."""

from __future__ import annotations

from ..phrases import Phrase, Sentence
from .candidate import (
    ASKED,
    FINITE,
    INVERTED,
    LONGEST_OCCASION,
    NOUN,
    OPENING,
    PASSIVE,
    PHRASE,
    REDUCED,
    Candidate,
    Use,
    holds,
)
from .complements import lacks, opens_words
from .cue_table import QUOTED, Cue
from .order import follows_its_content, is_finite, is_inverted, quoted_before, resumes
from .source_of import source_of_noun, source_of_verb

_NOT_IN_NOUN = frozenset({"preposition", "subordinator", "coordinator", "be", "determiner"})
_BEFORE_ITS_SOURCE = "verb before its source"


def around_phrase(s: Sentence, cue: Phrase, entry: Cue) -> Candidate:
    """Settle what belongs to a phrase such as “according to”."""
    source = s.phrase_after(cue.end - 1)
    behind = Phrase(source.end if source else cue.end, s.end)
    if cue.start == s.start or "opens clause" in s.kinds[cue.start - 1]:
        comma = s.next_comma(cue.end)
        if source and comma < source.end and (s.word(source.end) != "," or s.holds_verbal(source)):
            source, behind = Phrase(source.start, comma), Phrase(comma, s.end)
        return Candidate(cue, entry, PHRASE, entry.lemma, source, cue.start, behind)
    before = Phrase(s.after_semicolon(cue.start), cue.start)
    more = behind if s.word(behind.start) == "," else None
    return Candidate(cue, entry, PHRASE, entry.lemma, source, cue.start, before, True, more)


def around_noun(s: Sentence, k: int, entry: Cue) -> Candidate:
    """Settle what belongs to a noun such as “claim”."""
    first = k
    while first > s.start and s.words[first - 1].isalpha() and not s.kinds[first - 1] & _NOT_IN_NOUN:
        first -= 1
    behind = Phrase(k + 1, _end_of_noun(s, k))
    return Candidate(Phrase(k, k + 1), entry, NOUN, "noun", source_of_noun(s, k, first), first, behind)


def _end_of_noun(s: Sentence, k: int) -> int:
    """Return where the sentence goes on of which a noun is the subject: “The claim that it fell | was false”."""
    if "be" in s.kind(k + 1) or any(is_finite(s, x) for x in range(s.start, k)):
        return s.end
    clauses = 0
    for x in range(k + 1, s.end):
        if s.quotation[x] >= 0 or s.words[x] in (",", ";"):
            return s.end
        if "subordinator" in s.kinds[x] or ("pronoun" in s.kinds[x] and "subordinator" not in s.kinds[x - 1]):
            clauses += 1
        elif is_finite(s, x) and not (s.is_verbal(x - 1) or s.is_adverb(x - 1) or "coordinator" in s.kinds[x - 1]):
            if clauses == 0 and s.is_verbal(x):
                return x
            clauses -= 1
    return s.end


def around_verb(s: Sentence, k: int, entry: Cue, use: Use, earlier: list[Candidate]) -> Candidate | str:
    """Settle what belongs to a verb, or say why nothing is reported. `earlier` are the cues before it."""
    cue = Phrase(k, k + 1)
    last = k + 1 if entry.frame == "quote" and s.word(k + 1) in entry.needs else k  # put it, fired back
    if use.role is INVERTED:
        source = s.phrase_after(k)
        behind = Phrase(source.end if source else k + 1, s.end)
        return Candidate(cue, entry, use.role, _BEFORE_ITS_SOURCE, source, k, behind)
    if use.role is FINITE and is_inverted(s, k, entry, use):
        source = s.phrase_after(k)
        before = Phrase(_start_before(s, k, earlier), k)
        return Candidate(cue, entry, INVERTED, _BEFORE_ITS_SOURCE, source, k, before, True, _more(s, source, k))
    # Most of what lacks a quotation lacks it whoever speaks: what follows need not be found then.
    no_words = entry.frame in QUOTED and not s.holds_quotation()
    if no_words and s.word(k + 1) != "it" and s.word(s.end - 1) != "?" and (lack := lacks(s, last, entry, use, False)):
        return lack
    rule, source, first = source_of_verb(s, k, use, earlier)
    if first == s.start + 1 and s.is_verbal(s.start) and s.word(s.end - 1) == "?":
        return "a question"  # “Did the mayor say that …?”
    has_subject = use.role is FINITE and rule == "verb"
    is_before = has_subject and follows_its_content(s, last, entry, first, earlier)
    quoted = is_before and quoted_before(s, first)
    as_told = is_before and s.word(k + 1) == "it" and s.word(first - 1) == "as"  # as the mayor put it
    if not (is_before and entry.frame not in QUOTED) and not as_told and (lack := lacks(s, last, entry, use, quoted)):
        return lack
    if is_before:
        before = Phrase(_start_before(s, first, earlier), first)
        return Candidate(cue, entry, use.role, rule, source, first, before, True, _more(s, None, k))
    if use.role is PASSIVE and s.words[s.start] == "as" and first <= s.start + 2:  # As was announced last week, …
        return Candidate(cue, entry, use.role, rule, source, first, Phrase(s.next_comma(k), s.end))
    is_agent = use.role in (PASSIVE, REDUCED) and entry.frame == "say" and "asked" not in s.kinds[k]
    is_agent = is_agent and not any(holds(host, k) for host in earlier)
    told = _told_before(s, k, use, source) if is_agent and source else None
    if told and not any(told.start <= host.cue.start for host in earlier):
        return Candidate(cue, entry, use.role, rule, source, first, told, True)
    leads = first - 1 == s.start and "subordinator" in s.kinds[s.start] and s.words[s.start] != "as"
    aside = use.role is ASKED or (use.role is REDUCED and s.word(k - 1) == ",")
    end = min(s.next_comma(k), s.end_of_aside(k)) if leads or aside else s.end_of_aside(k)
    if use.role is OPENING and source:
        end = min(end, source.start)
    if use.role is not FINITE and s.word(k + 1) == "as" and s.word(k + 2) == "saying":
        source = s.subject(use.before) if use.role is PASSIVE else s.subject(k - 1)  # Lind was quoted as saying
        return Candidate(cue, entry, FINITE, "passive", source, first, Phrase(k + 3, end))
    return Candidate(cue, entry, use.role, rule, source, first, Phrase(k + 1, end))


def _told_before(s: Sentence, k: int, use: Use, source: Phrase) -> Phrase | None:
    """Return the noun phrase that somebody announces: “the truce announced by Lind”; None if what is said follows."""
    following = source.end
    if not (s.word(following) in ("", ".", ",", "and", "but") or is_finite(s, following)) or opens_words(s, following):
        return None
    if use.role is PASSIVE and s.words[s.start] == "that":
        return Phrase(s.start, use.before + 1)  # That the bridge had been mined | was confirmed by …
    last = s.back_over_adverbs(k - 1)
    return s.subject(use.before if use.role is PASSIVE else last - (s.word(last) == ","))


def _more(s: Sentence, source: Phrase | None, k: int) -> Phrase | None:
    """Return what goes on behind a clause that a comma closes: “…,” she said, “…”."""
    end = source.end if source else resumes(s, k) or k + 1
    for comma in range(end, min(end + LONGEST_OCCASION, s.end)):
        if s.quotation[comma] >= 0:
            break
        if s.words[comma] == "," and s.is_quoted(comma + 1):
            return Phrase(comma, s.end_of_aside(k))
    opens_aside = s.kind(end + 1) & {"relative", "no apposition"} or s.word(end + 1).endswith("ing")
    return Phrase(end, s.end_of_aside(k)) if s.word(end) == "," and not opens_aside else None


def _start_before(s: Sentence, first: int, earlier: list[Candidate]) -> int:
    """Return where what is said begins that a clause follows: a quotation behind a mark, else the whole part before."""
    last = first - 1 if s.is_quoted(first - 1) else first - 2
    if s.is_quoted(last):
        start = s.tokens.quoted[s.quotation[last]].start
        if s.word(start - 1) in (",", ":", "—"):
            return start
    last = earlier[-1].cue.end if earlier and earlier[-1].is_before else first
    if s.word(last) == "," and "new clause" in s.kind(last + 1) and last + 1 < first:
        return last + 1  # “…, the army said, while …, rebels said.”
    return s.after_semicolon(first)


def content_start(s: Sentence, cue: Candidate) -> int:
    """Return where what is said begins behind a cue: after the addressee, the occasion and “that”."""
    start, end = cue.content
    if cue.source and cue.source.start > cue.cue.start and cue.role is not OPENING:
        start = max(start, cue.source.end)
    while start < end and s.words[start] in cue.entry.needs:
        start += 1
    if cue.role is PHRASE:
        return start
    if s.words[end - 1] == ":" and all("as follows" in s.kinds[x] for x in range(start, end - 1)):
        return end
    if cue.entry.frame == "noun" and "be" in s.kind(start):
        return start + 1
    if cue.entry.frame in ("act", "noun"):
        return start + 1 if "preposition" in s.kind(start) and s.words[start] not in ("as", "to") else start
    for k in range(start, min(start + LONGEST_OCCASION, end)):
        word = s.words[k]
        if word == "that" and not (k == start and s.word(k + 1) in (".", ",", "")):
            return k + 1
        if word == "whether":
            return k
        if word in (",", ":") and s.is_quoted(k + 1):
            return k + 1
        if s.quotation[k] >= 0 or word in (",", ";") or s.is_verbal(k):
            break
        if "pronoun" in s.kinds[k] and "object" not in s.kinds[k]:
            break
    return _behind_addressee(s, start, end) if cue.entry.frame == "tell" else start


def _behind_addressee(s: Sentence, start: int, end: int) -> int:
    """Return where the noun phrase ends that names who is told."""
    if "object" in s.kind(start):
        return start + 1
    for k in range(start + 1, min(start + LONGEST_OCCASION, end)):
        if (
            s.quotation[k] >= 0
            or s.kinds[k] & {"pronoun", "determiner", "subordinator"}
            or s.words[k] in (",", ":", "to")
        ):
            return k
    return min(start + 1, end)
