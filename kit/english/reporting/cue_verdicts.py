"""Every cue of a sentence is judged: whether it reports speech here, and if not, why."""

from __future__ import annotations

from dataclasses import replace

from ..phrases import LONGEST_NICKNAME, Phrase, Sentence
from .candidate import (
    A_NOUN,
    FINITE,
    INSIDE,
    INVERTED,
    NOT_SAID,
    NOUN,
    OPENING,
    PARTICIPLE,
    PASSIVE,
    Candidate,
    Use,
    refused,
)
from .clause import Rejected
from .complements import are_words_near, has_what_it_needs, in_own_words, is_shunned, is_told, that_follows
from .cue_table import QUOTED, Cue, cue_table, is_to_say, words_for_sources
from .extents import around_noun, around_phrase, around_verb
from .nesting import placed, swallowed
from .order import is_finite
from .verb_forms import use_of


def judged_cues(s: Sentence, places: list[int], live: list[Candidate], rejected: list[Rejected]) -> list[Candidate]:
    """Judge the cues of a sentence from left to right, and settle which stands inside which.

    `live` holds what is known to report speech from the start: a headline's colon or dash.
    """
    for k in places:
        candidate, reason = _judge(s, k, live)
        if reason:
            rejected.append(refused(s, k, reason))
        if candidate and candidate.is_before:
            live = [*swallowed(s, live, candidate, rejected), candidate]
        elif candidate:
            live = placed(s, live, candidate, rejected)
    return [candidate for candidate in live if candidate.entry.frame != "belief"]


def _judge(s: Sentence, k: int, earlier: list[Candidate]) -> tuple[Candidate | None, str]:
    """Return what belongs to a cue, or why it reports nothing. A belief has both: what is believed is not said."""
    word = s.words[k]
    if s.quotation[k] >= 0:
        return None, "inside a quotation"
    verbs, nouns, phrases = cue_table()
    phrase = phrases.get(word)
    if phrase and (cue := _phrase_at(s, k, phrase)):
        found = around_phrase(s, cue, phrase)
        return (found, "") if _can_speak(s, found.source) else (None, "it cannot speak")
    verb, noun = verbs.get(word), nouns.get(word)
    if verb and not noun and verb.frame in ("that", *QUOTED) and not has_what_it_needs(s, k, verb):
        return None, ""  # only with another word it is a cue: “put it”, “made clear”
    if verb and not noun and verb.frame == "words" and not are_words_near(s, k):
        return None, ""  # to attack or to support is mostly done, not said
    result: Candidate | str = A_NOUN
    if verb:
        result = _verb_at(s, k, verb, earlier)
        if result == A_NOUN and verb.frame == "words" and not noun:
            return None, ""  # an attack, their support
        if verb.frame == "belief":
            if isinstance(result, str) or not in_own_words(s, k):
                return (None if isinstance(result, str) else result), "belief"
            result = replace(result, entry=replace(verb, frame="say", stance="neutral"))
    if noun and result == A_NOUN:
        if remark := _quoted_remark(s, k, noun):
            return remark, ""
        if s.word(k - 1) in ("no", "any"):
            return None, NOT_SAID
        if is_told(s, k, noun):
            return around_noun(s, k, noun), ""
    return (None, result) if isinstance(result, str) else (result, "")


def _quoted_remark(s: Sentence, k: int, noun: Cue) -> Candidate | None:
    """Return what belongs to a noun with somebody's words before it: “Lind's “very wet town” remark”."""
    if not s.is_quoted(k - 1):
        return None
    quoted = s.tokens.quoted[s.quotation[k - 1]]
    last = quoted.start - 1
    source = s.subject(last - 1) if s.word(last) == "'s" else None
    if "possessive" in s.kind(last):
        source = Phrase(last, last + 1)
    return Candidate(Phrase(k, k + 1), noun, NOUN, "noun", source, quoted.start, quoted, True) if source else None


def _phrase_at(s: Sentence, k: int, entry: Cue) -> Phrase | None:
    """Return where a phrase stands whose longest word is found at a token."""
    parts = entry.lemma.split()
    start = k - parts.index(s.words[k])
    if parts == ["per"] and not _is_per_source(s, k):
        return None
    if start < s.start or s.words[start : min(start + len(parts), s.end)] != parts:
        return None
    return Phrase(start, start + len(parts))


def _is_per_source(s: Sentence, k: int) -> bool:
    """Tell whether “per” stands before a source: “per the Observatory”, not “ten dollars per barrel”."""
    opens = k == s.start or s.words[k - 1] in (",", "(", "—")
    return opens and s.starts_phrase(k + 1) and not s.words[k + 1][0].isdigit()


def _verb_at(s: Sentence, k: int, entry: Cue, earlier: list[Candidate]) -> Candidate | str:
    """Return what belongs to a form of a verb, or why it reports nothing."""
    if _is_turn_of_phrase(s, k):
        return "a turn of phrase"
    if s.words[k] == "saying" and s.word(k - 1) == "as":
        return _quoted_as_saying(s, k, entry, earlier)
    if entry.frame == "belief" and not that_follows(s, k, far_quotation=False):
        return "belief"
    use = use_of(s, k, entry)
    if isinstance(use, str):
        return use
    if "negation" in use.auxiliaries or ("refusal" in s.kinds[k] and is_to_say(s.word(k + 2))):
        return NOT_SAID
    if s.word(use.before) == "we" and use.role is FINITE:
        return "the author's own words"
    if not has_what_it_needs(s, k, entry):
        return "nothing is said"
    if is_shunned(s, k, entry):
        return "nothing is said"
    found = around_verb(s, k, entry, use, earlier)
    return found if isinstance(found, str) else _is_said_by_nobody(s, k, use, found) or found


def _quoted_as_saying(s: Sentence, k: int, entry: Cue, earlier: list[Candidate]) -> Candidate | str:
    """Return what somebody is quoted as saying: “The paper quoted a nurse as saying that …”."""
    host = earlier[-1] if earlier else None
    if not host or host.entry.lemma != "quote" or host.role is PASSIVE or host.content.start >= k - 1:
        return INSIDE
    who = Phrase(host.content.start, k - 1)
    content = Phrase(k + 1, host.content.end)
    return Candidate(Phrase(k, k + 1), entry, FINITE, "verb", who, who.start, content, host=host.cue.start)


def _is_said_by_nobody(s: Sentence, k: int, use: Use, found: Candidate) -> str:
    """Return why what a verb reports has no speaker: nobody says it, or anything, or it is asked who said it."""
    if s.word(k + 1) == "nothing" and not is_finite(s, k + 2 if k + 2 < s.end else k):
        return NOT_SAID
    if use.role in (PARTICIPLE, OPENING):
        instead = s.word(k - 1) == "of" and s.word(k - 2) in ("short", "instead")
        return NOT_SAID if instead or "unsaid" in s.kind(k - 1) else ""
    subject = s.subject(use.before) if use.role is PASSIVE else found.source
    if not subject or found.role is INVERTED:
        return ""
    is_aside = s.words[subject.end - 2 : subject.end] == [",", "who"]  # no word from Lind, who said …
    nobody = not is_aside and (_is_nobody(s, subject.start) or _holds_no(s, subject))
    if nobody or s.word(subject.start - 1) == "neither" or _is_denied(s, subject.start):
        return NOT_SAID
    last = subject.end - 1
    if s.words[last] == "who" and (last == s.start or "settled" in s.kinds[last - 1]):
        return "a question"
    is_thing = subject == found.source and "mere things" in s.kinds[_head(s, subject)]
    is_fact = s.words[subject.start : subject.end] in (["this"], ["that"])  # this indicates that
    return "it cannot speak" if is_thing or is_fact else ""


def _can_speak(s: Sentence, phrase: Phrase | None) -> bool:
    """Tell whether what follows “according to” can be a source: one small singular word is a measure (“to size”)."""
    if not phrase or phrase.end - phrase.start > 1 or s.is_capital(phrase.start) or s.kinds[phrase.start]:
        return True
    word = s.words[phrase.start]
    return word.endswith("s") or word in words_for_sources()


def _head(s: Sentence, phrase: Phrase) -> int:
    """Return the noun at the head of a noun phrase: the last word before a preposition, a relative or a comma."""
    k = phrase.start
    last = phrase.end - 1
    while k < last and s.is_word(k + 1) and not s.words[k + 1].endswith("ing"):
        if "preposition" in s.kinds[k + 1] or "relative" in s.kinds[k + 1]:
            break
        k += 1
    return k


def _is_denied(s: Sentence, first: int) -> bool:
    """Tell whether a negation and an auxiliary stand before a subject: “Not once has Lind said”."""
    if not s.start < first or not s.is_verbal(first - 1):
        return False
    near = range(max(s.start, first - LONGEST_NICKNAME), first - 1)
    return any("negation" in s.kinds[x] and (x == s.start or s.kinds[x - 1] & {"mark", "coordinator"}) for x in near)


def _is_nobody(s: Sentence, k: int) -> bool:
    return "nobody" in s.kind(k) or (s.word(k) == "one" and s.word(k - 1) == "no")


def _holds_no(s: Sentence, phrase: Phrase) -> bool:
    """Tell whether a subject is denied inside it: “so far no ministry”; not “a man of no importance”."""
    denied = [k for k in range(phrase.start, phrase.end) if s.words[k] == "no" and s.word(k + 1) != "."]
    return any("preposition" not in s.kind(k - 1) and s.word(k - 1) != "," for k in denied)


def _is_turn_of_phrase(s: Sentence, k: int) -> bool:
    """Tell whether nobody says anything: “That said, …”, “up to, say, ten”, “the so called army”."""
    if s.words[k] == "called" and s.word(k - 1) == "so":
        return True
    if s.words[k] == "say":
        return s.word(k - 1) == "," and s.word(k + 1) == ","
    opens = s.words[k] in ("said", "told") and k - 1 == s.start and s.words[k - 1] in ("that", "all")
    return opens and s.word(k + 1) == ","
