"""Who says what: the clauses of a text that report speech or writing, found by rules.

Every form of a cue (`kit/words/cues.csv`: verbs with what they take, nouns, prepositions) is a candidate. Four
questions decide: how is the form used, who is its source, where does what is said stand, and is it itself a part of
what somebody else says? Each candidate ends as a `Clause` or as `Rejected` with the reason in plain words.

The frame of a verb says what makes it report speech: `say` always does; `tell` names who is told; `act` is an act done
by speaking and has an object; `that` needs a clause or a quotation; `quote` needs a quotation; so does `words`, where
it may also be a part of what the verb is about (“attacked it as “a sham””). What follows a `belief` is not said by
anybody, and what stands inside it is not counted either.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from .corpus import Document, touching
from .grammar import LONGEST_NICKNAME, LONGEST_SENTENCE, Phrase, Sentence, Tokens, sentences
from .language import Quotation
from .resources import word_table

Span = tuple[int, int]
LONGEST_SPEAKER = 8  # tokens before the colon of a headline
LONGEST_SPEAKER_BEHIND = 5  # tokens from its dash to its end
LONGEST_OCCASION = 15  # tokens between a cue and “that”: “told reporters in Geneva on Tuesday that”
LONGEST_CREDIT = 6  # tokens of a name behind a quotation
LONGEST_CREDIT_LINE = 300  # characters from its dash
SHORTEST_CLAUSE = 5  # tokens
_DASHES = ("—", "–", "―", "-")
_INSIDE = "inside another's words"
_QUOTED = ("quote", "words")  # frames of verbs that report nothing without a quotation


class Clause(NamedTuple):
    """Something that is reported as said.

    Attributes
    ----------
    source, content : tuple of (int, int)
        Who says it and what, as characters of the document's text; empty where nobody is named, or nothing is told.
        A relative pronoun is a stretch of its own behind what it stands for: “the agency”, “which”.
    cue : (int, int)
        The word that says that it is said.
    lemma, frame, stance : str
        The cue's row in `kit/words/cues.csv`.
    rule : str
        How it was found: "verb", "verb before its source", "coordinated verb", "participle", "passive", "asked",
        "noun", "colon", "headline colon", "headline dash", "credit" (a name behind a quotation and a dash),
        "turn" (of a transcript), or a phrase such as "according to".
    nested : bool
        Whether it is the main clause of what another says: “The agency reported that the envoy *had said* …”.
    host : int
        That other, as its place in the list of clauses; -1 if there is none.
    """

    source: tuple[Span, ...]
    cue: Span
    content: tuple[Span, ...]
    lemma: str
    frame: str
    stance: str
    rule: str
    nested: bool
    host: int


class Rejected(NamedTuple):
    """A word that can report speech and does not here, with the reason."""

    start: int
    end: int
    reason: str


# Cues ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Cue:
    """One form of a row of the cue table.

    `form` is "base", "s", "past", "ing", "participle", "noun" or "phrase"; `is_noun_too` tells that the form of a verb
    can be a noun; one of `needs` has to follow, none of `shuns` may.
    """

    lemma: str
    frame: str
    stance: str
    form: str
    is_noun_too: bool
    needs: frozenset[str]
    shuns: frozenset[str]
    forceful_with: frozenset[str]


class _Cues(NamedTuple):
    """The cue table by form; a phrase stands under its longest word."""

    verbs: dict[str, _Cue]
    nouns: dict[str, _Cue]
    phrases: dict[str, _Cue]


@cache
def _cues() -> _Cues:
    cues = _Cues({}, {}, {})
    for row in word_table("cues"):
        nouns, *rest = (frozenset(row[column].split()) for column in ("noun", "needs", "shuns", "forceful_with"))
        for name, forms in _forms(row):
            for form in forms.split("/"):
                cue = _Cue(row["lemma"], row["frame"], row["stance"], name, form in nouns, *rest)
                {"noun": cues.nouns, "phrase": cues.phrases}.get(name, cues.verbs)[form] = cue
    return cues


def _forms(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the forms of a cue with their names; spelling variants stand together, divided by slashes."""
    forms = row["forms"].split()
    if row["frame"] == "preposition":
        yield "phrase", max(forms, key=len)
    elif row["frame"] == "noun":
        yield from (("noun", form) for form in forms)
    else:
        yield from zip(("base", "s", "past", "ing", "participle"), forms, strict=False)


@cache
def _forms_of_cues() -> frozenset[str]:
    return frozenset().union(*_cues())


# Candidates ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)  # not frozen: that makes them five times as slowly
class _Candidate:
    """A cue that reports speech, while it is settled what belongs to it. Positions are tokens.

    `first` is where its clause begins: at its subject, at a conjunction, or at the cue. What is said is `content`;
    `is_before` tells that it stands before the clause, and then `more` is what goes on behind it. `host` is where the
    cue stands in whose content this is the main clause.
    """

    cue: Phrase
    entry: _Cue
    role: _Role
    rule: str
    source: Phrase | None
    first: int
    content: Phrase
    is_before: bool = False
    more: Phrase | None = None
    host: int = -1


# How the form of a verb is used --------------------------------------------------------------------------------------


class _Role(Enum):
    """How a cue is used."""

    FINITE = "finite"
    INVERTED = "inverted"
    INFINITIVE = "infinitive"
    PASSIVE = "passive"
    REDUCED = "reduced passive"
    ASKED = "asked"
    PARTICIPLE = "participle"
    OPENING = "opening participle"
    NOUN = "noun"
    PHRASE = "phrase"


# To ask an Enum for a member takes Python 3.11 as long as ten comparisons.
FINITE, INVERTED, INFINITIVE, PASSIVE, REDUCED, ASKED, PARTICIPLE, OPENING, NOUN, PHRASE = _Role


@dataclass(slots=True)
class _Use:
    """How the form of a verb is used, the token before its auxiliaries and adverbs, and the classes of these."""

    role: _Role
    before: int
    auxiliaries: frozenset[str]


_AUXILIARIES = frozenset({"negation", "be", "have", "do", "modal"})
_IN_CLAUSES = frozenset({"be", "have", "modal", "do", "pronoun", "past"})
_LIGHT = frozenset({"pronoun", "object", "determiner"})
_NOT_IN_NOUN = frozenset({"preposition", "subordinator", "coordinator", "be", "determiner"})
_INVERTED = "verb before its source"
_NOUN, _BEFORE_NOUN, _NOT_SAID = "a noun", "a participle before a noun", "not said"


def _use(s: Sentence, k: int, entry: _Cue) -> _Use | str:
    """Tell how the form of a verb at a token is used, or why it reports nothing."""
    before, auxiliaries = _auxiliaries(s, k)
    verdict: _Role | str
    match entry.form:
        case "base":
            verdict = _use_of_base(s, k, entry, before, auxiliaries)
        case "s":
            verdict = _NOUN if auxiliaries & {"modal", "do", "to", "be", "have"} else _plain(s, k, entry, before)
        case "ing":
            verdict = _use_of_ing(s, k, entry, before, auxiliaries)
        case _:
            verdict = _use_of_past(s, k, entry, before, auxiliaries)
    return verdict if isinstance(verdict, str) else _Use(verdict, before, auxiliaries)


def _auxiliaries(s: Sentence, k: int) -> tuple[int, frozenset[str]]:
    """Walk back over adverbs and auxiliaries: what stands before them, and of which classes they are."""
    found: set[str] = set()
    before = k - 1
    while before >= s.start and s.quotation[before] < 0:
        word, kinds = s.words[before], s.kinds[before]
        if word == "'s" and not s.kind(before - 1) & {"pronoun", "relative"}:
            break  # a possessive
        if kinds and (auxiliary := kinds & _AUXILIARIES):
            found |= auxiliary
        elif word == "to" and not found & {"to", "be"}:
            found.add("to")
        elif "to" in found and "chain" in kinds:
            found.add("chain")
        elif not (
            s.is_adverb(before)
            or (word == "so" and s.word(before + 1) == "far")
            or (word == "on" and "chain" in s.kind(before - 1))
        ):
            break
        before -= 1
    return before, frozenset(found)


def _use_of_base(s: Sentence, k: int, entry: _Cue, before: int, auxiliaries: frozenset[str]) -> _Role | str:
    if "to" in auxiliaries:
        if entry.is_noun_too and s.word(k + 1) == "of":
            return _NOUN
        return _use_of_infinitive(s, k)
    if "modal" in auxiliaries and any("prospect" in s.kinds[x] for x in range(max(before + 1, s.start), k)):
        return "an intention"
    return FINITE if auxiliaries & {"modal", "do"} else _plain(s, k, entry, before)


def _use_of_infinitive(s: Sentence, k: int) -> _Role | str:
    """Tell whether an infinitive is done (“went on to say”), meant (“hoped to say”) or refused (“declined to say”)."""
    to = k - 1
    while to > s.start and s.words[to] != "to":
        to -= 1
    if "refusal" in s.kind(to - 1):
        return _NOT_SAID
    if "have" in s.kind(to - 1) and s.word(s.end - 1) == ":" and _colon_follows(s, k):
        return FINITE  # what she had to say:
    return "an intention" if s.kind(to - 1) & {"intention", "be", "have"} else INFINITIVE


def _use_of_past(s: Sentence, k: int, entry: _Cue, before: int, auxiliaries: frozenset[str]) -> _Role | str:
    if "be" in auxiliaries:
        return PASSIVE if s.word(before) != "to" else "an intention"
    aside = s.word(k - 1) == "," and "behind asked" in s.kind(k + 1)
    if "asked" in s.kinds[k] and (k == s.start or aside or "before asked" in s.kind(k - 1)):
        return ASKED
    if k == s.start or (k == s.start + 1 and s.words[s.start] == "so"):
        return INVERTED if s.starts_phrase(k + 1) and not s.words[k + 1].isdigit() else "no source"
    if _stands_before_noun(s, k, before, auxiliaries):
        return _BEFORE_NOUN
    if s.word(k + 1) == "by" and "means" not in s.kind(k + 2):
        return REDUCED
    return "a name" if "naming" in s.kinds[k] and not auxiliaries and _names(s, k) else FINITE


def _stands_before_noun(s: Sentence, k: int, before: int, auxiliaries: frozenset[str]) -> bool:
    """Tell whether a past form is an adjective: “the alleged attack”, “Syria's promised reforms”."""
    if s.word(k - 1) == "'s" or "to" in auxiliaries:
        return True
    previous, following = s.kind(k - 1), s.word(k + 1)
    if "preposition" in previous and following.isalpha() and following != "that" and not s.starts_phrase(k + 1):
        return True
    return _is_determiner(previous) or _is_determiner(s.kind(before))


def _is_determiner(kinds: frozenset[str]) -> bool:
    """Tell whether a word of some classes needs a noun behind it."""
    return "determiner" in kinds and "pronoun" not in kinds and "pronominal" not in kinds


def _names(s: Sentence, k: int) -> bool:
    """Tell whether a past form only gives a name: “a group called Nusra”."""
    noun = s.is_word(k - 1) and not s.is_capital(k - 1) and "pronoun" not in s.kinds[k - 1]
    named = s.is_quoted(k + 1) or s.is_name(k + 1)
    return noun and named and any("indefinite" in s.kinds[x] for x in range(max(s.start, k - 6), k))


def _use_of_ing(s: Sentence, k: int, entry: _Cue, before: int, auxiliaries: frozenset[str]) -> _Role | str:
    if "be" in auxiliaries:
        return FINITE
    if k == s.start:
        return OPENING
    if "," in (s.word(k - 1), s.word(before)):
        return PARTICIPLE
    if "degree" in s.kind(k - 1):
        return _BEFORE_NOUN  # the most telling sign
    governs = _opens_words(s, k + 1) or s.starts_phrase(k + 1) or "question" in s.kind(k + 1)
    return _NOUN if "article" in s.kind(k - 1) or (entry.is_noun_too and not governs) else PARTICIPLE


def _plain(s: Sentence, k: int, entry: _Cue, before: int) -> _Role | str:
    """Tell whether a base or -s form without an auxiliary is a verb or a noun (claims, reports)."""
    word, kinds = s.word(before), s.kind(before)
    abbreviated = word == "." and s.is_name(before - 1)  # in the U.S.
    if not word or s.quotation[before] >= 0 or not (s.is_word(before) or word in ("'s", "%") or abbreviated):
        return _plain_at_edge(s, k, entry, word)
    if entry.form == "s" and not entry.is_noun_too and word != "'s":
        return FINITE
    if word in ("who", "which") or ("pronoun" in kinds and "pronominal" not in kinds):
        return FINITE
    if word == "'s" or "preposition" in kinds or _is_determiner(kinds):
        return _NOUN
    if not entry.is_noun_too or s.word(k + 1) in entry.needs - {"to"} or s.word(k + 2) == "follows":
        return FINITE
    if s.is_heading and _is_verb_of_heading(s, k, entry, before):
        return FINITE
    if _is_antecedent(s, k):
        return _NOUN
    if s.words[before].endswith("ed") and s.is_capital(before) and s.is_capital(k):
        return _NOUN  # the United States
    if "coordinator" in kinds:
        verb = _opens_words(s, k + 1) or (s.starts_phrase(k + 1) and (entry.form == "s" or s.is_name(k + 1)))
    elif s.word(k + 1) in (".", ",", ""):
        subject = s.subject(before)
        edge = subject.start - 1 if subject else s.start - 1
        whole = s.is_capital(before) or (subject is not None and "determiner" in s.kinds[subject.start])
        after_words = (whole and s.is_quoted(edge)) or (s.is_capital(before) and s.word(edge) == ",")
        verb = entry.form == "s" and after_words
    else:
        verb = _agrees(s, k, entry, before)
    return FINITE if verb else _NOUN


def _is_verb_of_heading(s: Sentence, k: int, entry: _Cue, subject: int) -> bool:
    """Tell whether a form follows its source in a heading: “Rebels claim downing of jet”, “Hill taken, army claims”."""
    word = s.words[subject]
    if word not in _words_for_sources() or (entry.form == "base") != (
        word.endswith("s") or "plural" in s.kinds[subject]
    ):
        return False
    return s.word(subject - 1) == "," if k == s.end - 1 else subject - s.start < 3 and s.word(k + 1).isalpha()


@cache
def _words_for_sources() -> frozenset[str]:
    return frozenset(word for row in word_table("sources") for word in row["words"].split())


def _closes_heading(s: Sentence, k: int) -> bool:
    """Tell whether a verb and who speaks end a heading behind a comma: “Hill taken, say police”."""
    rest = range(k + 1, s.end)
    is_short = 0 < len(rest) < LONGEST_SPEAKER_BEHIND and all(s.is_word(x) for x in rest)
    return s.is_heading and is_short and s.words[s.end - 1] in _words_for_sources()


def _plain_at_edge(s: Sentence, k: int, entry: _Cue, mark: str) -> _Role | str:
    """Tell the same where a sentence, a quotation or a mark ends before the form."""
    if mark and mark in ",”’'" and _closes_heading(s, k):
        return FINITE
    if entry.is_noun_too:
        after_words = mark and mark in '”",?!'
        return FINITE if entry.form == "s" and after_words and s.starts_phrase(k + 1) else _NOUN
    if entry.form == "s" or _stands_between_commas(s, k):
        return FINITE
    return FINITE if mark in (",", ")", "—", "–") and s.subject(s.back_over_adverbs(k - 1)) else _NOUN


def _stands_between_commas(s: Sentence, k: int) -> bool:
    """Tell whether a verb and its source interrupt what is said: “The bridge, say experts, is closed.”."""
    source = s.phrase_after(k) if s.word(k - 1) == "," and "inverting" in s.kinds[k] else None
    return source is not None and s.word(source.end) in (",", ".") and s.words[source.end - 1].endswith("s")


def _agrees(s: Sentence, k: int, entry: _Cue, subject: int) -> bool:
    """Tell whether a form has the noun before it as its subject: “the army claims that”, not “jobless claims”."""
    word, following = s.words[subject], s.kind(k + 1)
    if word == "that" and s.is_word(subject - 1) and s.starts_phrase(k + 1):
        return True  # a tweet that blasts the mayor
    after_name = s.is_capital(subject) and not s.is_capital(k)
    is_plural = (word.endswith("s") and not word.endswith("ss")) or "plural" in s.kinds[subject]
    if is_plural != (entry.form == "base") and not (after_name and entry.form == "s"):
        return False
    if _opens_words(s, k + 1) or following & {"pronoun", "determiner", "question", "there"}:
        return True
    if entry.form == "s" and not s.is_capital(subject):
        phrase = s.subject(subject)  # “the advertisement mocks Lind”
        determined = phrase is not None and phrase.start < subject and "determiner" in s.kinds[phrase.start]
        return determined and not s.kinds[subject] and s.is_name(k + 1) and not s.is_capital(k)
    if after_name and entry.form == "s" and _opens_clause(s, subject) and s.word(k + 1).isalpha():
        return not s.is_verbal(k + 1) and s.words[k + 1] not in ("of", "from")  # “Lind claims victory”
    return s.starts_phrase(k + 1) or ("after verb" in following and not s.is_capital(k))


def _opens_clause(s: Sentence, last: int) -> bool:
    """Tell whether a name that ends at a token opens a clause, with no article or preposition before it."""
    while last > s.start and s.is_capital(last - 1) and s.is_word(last - 1) and not s.kinds[last - 1]:
        last -= 1
    return not s.kinds[last] and (last == s.start or bool(s.kinds[last - 1] & {"coordinator", "mark", "subordinator"}))


def _opens_words(s: Sentence, k: int) -> bool:
    """Tell whether “that” or a quotation follows, the latter also behind a comma or a colon."""
    return s.word(k) == "that" or s.is_quoted(k) or (s.word(k) in (",", ":") and s.is_quoted(k + 1))


# What belongs to a cue -----------------------------------------------------------------------------------------------


def _around_phrase(s: Sentence, cue: Phrase, entry: _Cue) -> _Candidate:
    """Settle what belongs to a phrase such as “according to”."""
    source = s.phrase_after(cue.end - 1)
    behind = Phrase(source.end if source else cue.end, s.end)
    if cue.start == s.start or "opens clause" in s.kinds[cue.start - 1]:
        comma = s.next_comma(cue.end)
        if source and comma < source.end and (s.word(source.end) != "," or s.holds_verbal(source)):
            source, behind = Phrase(source.start, comma), Phrase(comma, s.end)
        return _Candidate(cue, entry, PHRASE, entry.lemma, source, cue.start, behind)
    before = Phrase(s.after_semicolon(cue.start), cue.start)
    more = behind if s.word(behind.start) == "," else None
    return _Candidate(cue, entry, PHRASE, entry.lemma, source, cue.start, before, True, more)


def _around_noun(s: Sentence, k: int, entry: _Cue) -> _Candidate:
    """Settle what belongs to a noun such as “claim”."""
    first = k
    while first > s.start and s.words[first - 1].isalpha() and not s.kinds[first - 1] & _NOT_IN_NOUN:
        first -= 1
    return _Candidate(
        Phrase(k, k + 1),
        entry,
        NOUN,
        "noun",
        _source_of_noun(s, k, first),
        first,
        Phrase(k + 1, _end_of_noun(s, k)),
    )


def _end_of_noun(s: Sentence, k: int) -> int:
    """Return where the sentence goes on of which a noun is the subject: “The claim that it fell | was false”."""
    if "be" in s.kind(k + 1) or any(_is_finite(s, x) for x in range(s.start, k)):
        return s.end
    clauses = 0
    for x in range(k + 1, s.end):
        if s.quotation[x] >= 0 or s.words[x] in (",", ";"):
            return s.end
        if "subordinator" in s.kinds[x] or ("pronoun" in s.kinds[x] and "subordinator" not in s.kinds[x - 1]):
            clauses += 1
        elif _is_finite(s, x) and not (s.is_verbal(x - 1) or s.is_adverb(x - 1) or "coordinator" in s.kinds[x - 1]):
            if clauses == 0 and s.is_verbal(x):
                return x
            clauses -= 1
    return s.end


def _source_of_noun(s: Sentence, k: int, first: int) -> Phrase | None:
    """Return whose claim it is: “Syria's”, “his”, “by the army”, else the subject of the sentence."""
    if s.word(first - 1) == "'s":
        return s.subject(first - 2)
    if "possessive" in s.kind(first - 1):
        return Phrase(first - 1, first)
    for by in range(k + 1, min(k + 6, s.end)):
        if s.words[by] in ("by", "from"):
            return s.phrase_after(by)
    return s.first_phrase(s.start, k)


def _around_verb(s: Sentence, k: int, entry: _Cue, use: _Use, earlier: list[_Candidate]) -> _Candidate | str:
    """Settle what belongs to a verb, or say why nothing is reported. `earlier` are the cues before it."""
    cue = Phrase(k, k + 1)
    last = k + 1 if entry.frame == "quote" and s.word(k + 1) in entry.needs else k  # put it, fired back
    if use.role is INVERTED:
        source = s.phrase_after(k)
        behind = Phrase(source.end if source else k + 1, s.end)
        return _Candidate(cue, entry, use.role, _INVERTED, source, k, behind)
    if use.role is FINITE and _is_inverted(s, k, entry, use):
        source = s.phrase_after(k)
        before = Phrase(_start_before(s, k, earlier), k)
        return _Candidate(cue, entry, INVERTED, _INVERTED, source, k, before, True, _more(s, source, k))
    # Most of what lacks a quotation lacks it whoever speaks: what follows need not be found then.
    no_words = entry.frame in _QUOTED and not s.holds_quotation()
    if no_words and s.word(k + 1) != "it" and s.word(s.end - 1) != "?" and (lack := _lacks(s, last, entry, use, False)):
        return lack
    rule, source, first = _source_of_verb(s, k, use, earlier)
    if first == s.start + 1 and s.is_verbal(s.start) and s.word(s.end - 1) == "?":
        return "a question"  # “Did the mayor say that …?”
    has_subject = use.role is FINITE and rule == "verb"
    is_before = has_subject and _follows_its_content(s, last, entry, first, earlier)
    quoted = is_before and _quoted_before(s, first)
    as_told = is_before and s.word(k + 1) == "it" and s.word(first - 1) == "as"  # as the mayor put it
    if not (is_before and entry.frame not in _QUOTED) and not as_told and (lack := _lacks(s, last, entry, use, quoted)):
        return lack
    if is_before:
        before = Phrase(_start_before(s, first, earlier), first)
        return _Candidate(cue, entry, use.role, rule, source, first, before, True, _more(s, None, k))
    if use.role is PASSIVE and s.words[s.start] == "as" and first <= s.start + 2:  # As was announced last week, …
        return _Candidate(cue, entry, use.role, rule, source, first, Phrase(s.next_comma(k), s.end))
    is_agent = use.role in (PASSIVE, REDUCED) and entry.frame == "say" and "asked" not in s.kinds[k]
    is_agent = is_agent and not any(_holds(host, k) for host in earlier)
    told = _told_before(s, k, use, source) if is_agent and source else None
    if told and not any(told.start <= host.cue.start for host in earlier):
        return _Candidate(cue, entry, use.role, rule, source, first, told, True)
    leads = first - 1 == s.start and "subordinator" in s.kinds[s.start] and s.words[s.start] != "as"
    aside = use.role is ASKED or (use.role is REDUCED and s.word(k - 1) == ",")
    end = min(s.next_comma(k), s.end_of_aside(k)) if leads or aside else s.end_of_aside(k)
    if use.role is OPENING and source:
        end = min(end, source.start)
    if use.role is not FINITE and s.word(k + 1) == "as" and s.word(k + 2) == "saying":
        source = s.subject(use.before) if use.role is PASSIVE else s.subject(k - 1)  # Lind was quoted as saying
        return _Candidate(cue, entry, FINITE, "passive", source, first, Phrase(k + 3, end))
    return _Candidate(cue, entry, use.role, rule, source, first, Phrase(k + 1, end))


def _told_before(s: Sentence, k: int, use: _Use, source: Phrase) -> Phrase | None:
    """Return the noun phrase that somebody announces: “the truce announced by Lind”; None if what is said follows."""
    following = source.end
    if not (s.word(following) in ("", ".", ",", "and", "but") or _is_finite(s, following)) or _opens_words(
        s, following
    ):
        return None
    if use.role is PASSIVE and s.words[s.start] == "that":
        return Phrase(s.start, use.before + 1)  # That the bridge had been mined | was confirmed by …
    last = s.back_over_adverbs(k - 1)
    return s.subject(use.before if use.role is PASSIVE else last - (s.word(last) == ","))


def _lacks(s: Sentence, k: int, entry: _Cue, use: _Use, quoted: bool) -> str:
    """Return what a verb lacks to report speech, "" if nothing. `quoted` tells that it follows a quotation."""
    quotes = quoted or (s.word(k + 1) == "," and s.is_quoted(k + 2)) or _colon_follows(s, k)
    quotes = quotes or (_words_follow(s, k) if entry.frame == "words" else s.is_quoted(k + 1))
    told = s.word(k + 1) == "that" and not entry.is_noun_too
    if entry.frame in _QUOTED and not (quotes or told):
        return "no words are quoted"
    if entry.frame == "that" and not (quotes or _that_follows(s, k)):
        return "nothing is said"
    if entry.frame == "tell" and entry.form == "ing" and "preposition" in s.kind(k + 1):
        return "nothing is said"  # telling in its own right
    takes_object = entry.frame == "act" or use.role is PASSIVE
    following = k + 1
    while following < s.end and s.is_adverb(following):
        following += 1
    return "nothing is said" if takes_object and s.word(following) in ("", ".", "and", "without") else ""


def _are_words_near(s: Sentence, k: int) -> bool:
    """Tell whether a quotation or a colon stands in the sentence of a verb, or “that” behind it."""
    return s.word(k + 1) == "that" or s.holds_quotation() or ":" in s.words[s.start : s.end]


def _words_follow(s: Sentence, k: int) -> bool:
    """Tell whether somebody's words are a part of what follows a verb: “attacked the plan as “a sham deal””."""
    for x in range(k + 1, min(k + LONGEST_OCCASION, s.end)):
        if s.quotation[x] >= 0:
            start, end = s.tokens.quoted[s.quotation[x]]
            words = [y for y in range(start, min(end, s.end)) if s.is_word(y)]
            return len(words) > 1 and 2 * sum(map(s.is_capital, words)) < len(words)
        if not (s.is_word(x) or s.words[x] == "'s") or _is_only_verb(s.words[x]):
            return False
    return False


def _colon_follows(s: Sentence, k: int) -> bool:
    """Tell whether a colon and a quotation follow: “He continued:”, “He continued on the same note: …”."""
    colon, last = k + 1, min(k + LONGEST_OCCASION, s.end)
    if ":" not in s.words[colon : last + 1]:  # as nearly always
        return False
    while colon < last and s.is_word(colon) and s.words[colon] != "to":
        colon += 1
    introduces = colon == s.end - 1 and all("as follows" in s.kinds[x] for x in range(k + 1, colon))
    return s.word(colon) == ":" and (s.is_quoted(colon + 1) or introduces)


def _is_inverted(s: Sentence, k: int, entry: _Cue, use: _Use) -> bool:
    """Tell whether a verb stands before its source: “…,” said the mayor."""
    last = s.back_over_adverbs(k - 1)
    if s.is_word(last) and entry.form == "past" and entry.frame == "say" and entry.stance == "neutral":
        return _ends_with_name(s, k) and _is_clause_before(s, k)
    if not (s.is_quoted(last) or s.word(last) in (",", "?", "!", "—")) or s.is_quoted(k + 1):
        return False
    if _closes_heading(s, k):
        return True
    closes_heading = "inverting" in s.kinds[k] and s.end - k <= LONGEST_SPEAKER and s.word(k + 1).isalpha()
    if not (s.starts_phrase(k + 1) or closes_heading) or s.kind(k + 1) & {"object", "no source"}:
        return False
    if entry.frame == "act" or use.auxiliaries & {"have", "be", "modal", "do"}:
        return False
    if s.word(last) != ",":
        return True
    if s.is_quoted(last):
        return not s.is_nickname(last) or not s.apposition(last)
    if entry.stance != "neutral" or "inverting" not in s.kinds[k] or (s.apposition(last) and not s.is_quoted(last - 1)):
        return False
    source = s.phrase_after(k)
    if not source or s.holds_verbal(source):
        return False
    return s.word(source.end) in ("", ".", ",", ";")


def _ends_with_name(s: Sentence, k: int) -> bool:
    """Tell whether nothing but a name follows a verb in its sentence, as in texts without commas."""
    source = s.phrase_after(k)
    if not source or not s.is_name(source.start) or "day" in s.kinds[source.start]:
        return False
    return s.word(source.end) in ("", ".") and not s.holds_verbal(source)


def _more(s: Sentence, source: Phrase | None, k: int) -> Phrase | None:
    """Return what goes on behind a clause that a comma closes: “…,” she said, “…”."""
    end = source.end if source else _resumes(s, k) or k + 1
    for comma in range(end, min(end + LONGEST_OCCASION, s.end)):
        if s.quotation[comma] >= 0:
            break
        if s.words[comma] == "," and s.is_quoted(comma + 1):
            return Phrase(comma, s.end_of_aside(k))
    opens_aside = s.kind(end + 1) & {"relative", "no apposition"} or s.word(end + 1).endswith("ing")
    return Phrase(end, s.end_of_aside(k)) if s.word(end) == "," and not opens_aside else None


def _source_of_verb(s: Sentence, k: int, use: _Use, earlier: list[_Candidate]) -> tuple[str, Phrase | None, int]:
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


def _subject(s: Sentence, before: int, earlier: list[_Candidate]) -> Phrase | None:
    """Return the subject that ends at a token; what stands inside what an earlier cue reports begins anew behind “and”.

    No cue stands within it but in an aside: “the agency said the envoy”.
    """
    source = _around_aside(s, before, earlier) or s.subject(before)
    if not source or not earlier or s.word(before) == ",":
        return source
    last = earlier[-1]
    start = max(source.start, last.cue.end) if last.cue.start < source.end else source.start
    if _holds(last, start) and not s.kind(start - 1) & {"subordinator", "coordinator", "mark"} and start > last.cue.end:
        start = next((x + 1 for x in range(source.end - 2, start, -1) if s.words[x] == "and"), start)
    return Phrase(start, source.end) if start < source.end else None


def _around_aside(s: Sentence, before: int, earlier: list[_Candidate]) -> Phrase | None:
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


def _follows_its_content(s: Sentence, k: int, entry: _Cue, first: int, earlier: list[_Candidate]) -> bool:
    """Tell whether what is said stands before a clause: “…, the ministry said”."""
    quoted = _quoted_before(s, first)
    if entry.frame in ("act", "belief") and not quoted:
        return False
    edge = first - 1
    while "adverb" in s.kind(edge):
        edge -= 1
    if entry.frame == "tell":
        near = range(k + 1, min(k + LONGEST_OCCASION, s.end))
        if quoted:
            return not any(s.words[x] == "that" or s.quotation[x] >= 0 for x in near)
        told = s.word(edge) == "," and s.word(k + 1) not in ("of", "to") and bool(_end_of_occasion(s, k))
        return told and (not _leads_in(s, edge) or bool(_resumes(s, k)))
    tail = _tail(s, k)
    if s.word(edge) == "as" and tail == "end":  # “…, as Smith put it.”
        edge -= 1
    divided = s.is_quoted(edge) or s.word(edge) in (",", "?", "!", "—", "–", "…")
    if s.word(edge) == "," and tail and (_resumes(s, k) or (edge > s.start and s.is_verbal(edge - 1))):
        return True  # “The bridge, the mayor said on Monday, is closed.”
    if not divided:
        ends = tail == "end" or all("day" in s.kinds[x] or not s.is_word(x) for x in range(k + 1, s.end))
        return ends and _is_clause_before(s, first) and not any(_holds(host, k) for host in earlier)
    if not quoted and entry.frame == "that" and (tail == "adverbial" or (entry.form == "s" and entry.is_noun_too)):
        return False
    if not tail or (s.word(edge) == "," and _leads_in(s, edge, short=entry.frame == "say" and tail != "adverbial")):
        return False
    if not quoted and _opens_words(s, k + 1) and s.word(k + 1) != "that":
        return False
    if tail != "adverbial":
        return True
    if quoted and s.word(k + 1) != "that" and not _opens_later(s, k):
        return True
    return not _clause_follows(s, k) and (quoted or not any(_holds(host, k) for host in earlier))


def _end_of_occasion(s: Sentence, k: int) -> int:
    """Return the mark up to which only to whom, when and where something is said follows a verb; else 0."""
    for x in range(k + 1, min(k + LONGEST_OCCASION, s.end)):
        if s.words[x] in (",", ".", "?", "!") and s.quotation[x] < 0:
            return x
        if s.quotation[x] >= 0 or s.words[x] in ("that", "to", ":", ";") or "question" in s.kinds[x]:
            return 0
        if _is_finite(s, x) or ("pronoun" in s.kinds[x] and "object" not in s.kinds[x]):
            return 0
    return s.end if s.end - k <= LONGEST_OCCASION else 0


def _resumes(s: Sentence, k: int) -> int:
    """Return the comma behind a verb and its occasion at which what is said goes on at or behind its verb, else 0."""
    comma = _end_of_occasion(s, k)
    if s.word(comma) != "," or comma + 1 >= s.end:
        return 0
    opening = k - 1
    while opening > s.start and s.words[opening] != ",":
        opening -= 1
    return comma if s.is_verbal(comma + 1) or (opening > s.start and s.is_verbal(opening - 1)) else 0


def _is_finite(s: Sentence, k: int) -> bool:
    """Tell whether a word is most likely a finite verb."""
    if s.is_verbal(k) or "past" in s.kinds[k]:
        return True
    return s.words[k].endswith("ed") and not s.is_capital(k) and not s.kind(k + 1) & {"preposition", "day"}


def _opens_later(s: Sentence, k: int) -> bool:
    """Tell whether “that” or a quotation follows in the same part of the sentence."""
    comma = s.next_comma(k)
    return any(s.words[x] == "that" or s.quotation[x] >= 0 for x in range(k + 1, min(comma + 2, s.end)))


def _is_clause_before(s: Sentence, first: int) -> bool:
    """Tell whether a clause stands before a subject that no comma divides from it, as in texts without commas."""
    start = s.after_semicolon(first)
    if "subordinator" in s.kind(start) or first - start < SHORTEST_CLAUSE:
        return False
    return any(s.is_verbal(x) or s.words[x].endswith("ed") for x in range(max(start, first - LONGEST_OCCASION), first))


def _tail(s: Sentence, k: int) -> str:
    """Tell what follows a cue that has nothing more to say: "end", a "mark", an "adverbial"; else nothing."""
    word = s.word(k + 1)
    if word in ("", ".", "?", "!"):
        return "end"
    if word in (",", ";", "—", "–", ")", "…"):
        return "mark"
    return "adverbial" if s.kinds[k + 1] & {"day", "adverbial"} or s.is_adverb(k + 1) else ""


def _leads_in(s: Sentence, comma: int, *, short: bool = False) -> bool:
    """Tell whether a comma only closes what leads into the sentence: “In a statement, Smith said”.

    `short` tells that nothing is said behind the cue, so that only a few words without a verb can lead in.
    """
    start = s.after_semicolon(comma)
    while start < comma and "coordinator" in s.kinds[start]:
        start += 1
    if any(s.quotation[x] >= 0 and not s.is_nickname(x) for x in range(start, comma)):
        return False
    if comma - start == 1:
        return True
    if short and (s.is_heading or comma - start >= SHORTEST_CLAUSE):
        return False
    if "lead" in s.kinds[start]:
        return not _has_main_clause(s, start, comma)
    if s.words[start].endswith("ing"):
        return True
    if s.words[start].endswith("ed") and ("preposition" in s.kind(start + 1) or "asked" in s.kinds[start]):
        return True
    if s.is_adverb(start) and comma - start <= 4:
        return True
    return not any(_looks_like_clause(s, x) for x in range(start, comma))


def _has_main_clause(s: Sentence, start: int, end: int) -> bool:
    """Tell whether a clause stands beside the one that a conjunction opens: “If it rains, the dam will burst”."""
    inner = False
    for k in range(start, end):
        if s.words[k] == ",":
            inner = False
        elif "subordinator" in s.kinds[k]:
            inner = True
        elif not inner and _is_finite(s, k):
            return True
    return False


def _looks_like_clause(s: Sentence, k: int) -> bool:
    """Tell whether a word hints that a stretch is a clause: a pronoun, an auxiliary, an ending of verbs."""
    return s.words[k].endswith(("ed", "s")) or not s.kinds[k].isdisjoint(_IN_CLAUSES)


def _start_before(s: Sentence, first: int, earlier: list[_Candidate]) -> int:
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


def _quoted_before(s: Sentence, k: int) -> bool:
    return s.is_quoted(k - 1) or s.is_quoted(k - 2)


def _that_follows(s: Sentence, k: int) -> bool:
    """Tell whether “that”, a quotation or a clause with a pronoun follows a verb."""
    for x in range(k + 1, min(k + 9, s.end)):
        if s.words[x] == "that" or s.quotation[x] >= 0 or (s.words[x] == ":" and x + 1 == s.end):
            return True
        if s.words[x] in (".", ";") or (s.words[x] == ":" and not s.is_quoted(x + 1)):
            return False
    kinds = s.kind(k + 1)
    return ("pronoun" in kinds and "object" not in kinds) or bool(kinds & {"question", "there"})


def _clause_follows(s: Sentence, k: int) -> bool:
    """Tell whether a clause with a verb of its own follows an adverbial after a verb."""
    if "no clause" in s.kind(k + 1):
        return False
    for x in range(k + 1, s.end):
        word, kinds = s.words[x], s.kinds[x]
        if word == ",":
            return False
        if word == "that" or s.quotation[x] >= 0 or s.is_verbal(x):
            return True
        if "pronoun" in kinds and "object" not in kinds and word not in ("one", "who"):
            return True
    return False


# One sentence --------------------------------------------------------------------------------------------------------


def _read(s: Sentence, places: list[int], live: list[_Candidate], rejected: list[Rejected]) -> list[_Candidate]:
    """Judge the cues of a sentence from left to right, and settle which stands inside which.

    `live` holds what is known to report speech from the start: a headline's colon or dash.
    """
    for k in places:
        candidate, reason = _judge(s, k, live)
        if reason:
            rejected.append(_refused(s, k, reason))
        if candidate and candidate.is_before:
            live = [*_swallow(s, live, candidate, rejected), candidate]
        elif candidate:
            live = _place(s, live, candidate, rejected)
    return [candidate for candidate in live if candidate.entry.frame != "belief"]


def _headline(s: Sentence) -> list[_Candidate]:
    """Return the mark by which a heading gives somebody's words: “Kremlin: no ceasefire”, “Bridge closed – mayor”."""
    colon = next((k for k in range(s.start, min(s.start + LONGEST_SPEAKER, s.end)) if s.words[k] == ":"), s.end)
    apart = colon + 2 < s.end and s.starts_phrase(s.start) and not s.tokens.touch(colon)
    if apart and _is_speaker(s, range(s.start, colon)) and _speaks(s, colon):
        return [_by_mark(s, colon, Phrase(s.start, colon), Phrase(colon + 1, s.end), "headline colon")]
    first = max(s.end - LONGEST_SPEAKER_BEHIND, s.start + SHORTEST_CLAUSE - 2)
    dash = next((k for k in range(s.end - 2, first - 1, -1) if s.words[k] in ("—", "–")), s.end)
    if dash < s.end and _is_speaker(s, range(dash + 1, s.end)):
        return [_by_mark(s, dash, Phrase(dash + 1, s.end), Phrase(s.start, dash), "headline dash")]
    return []


def _speaks(s: Sentence, colon: int) -> bool:
    """Tell whether what stands before the colon of a headline is no topic: a known source, or a name and a clause."""
    if s.words[colon - 1] in _words_for_sources() and s.words[s.start] != s.words[colon - 1]:
        return True
    if any("mere things" in s.kinds[x] for x in range(s.start, colon)) or not s.is_capital(colon - 1):
        return False
    content = range(colon + 1, s.end)
    return (
        not s.kinds[content[0]] & {"question"}
        and s.words[content[0]] != "what"
        and (s.words[colon - 1] in _words_for_sources() or any(_is_said_in_heading(s, x) for x in content))
    )


def _is_said_in_heading(s: Sentence, k: int) -> bool:
    return s.quotation[k] >= 0 or _looks_like_clause(s, k) or s.words[k] == "no" or "object" in s.kinds[k]


def _is_speaker(s: Sentence, tokens: range) -> bool:
    """Tell whether what stands at the mark of a headline can be who speaks; behind a dash it bears no article."""
    strange = {"no speaker", "preposition", "pronoun", "determiner"} if tokens.start > s.start else {"no speaker"}
    return not any(
        not s.is_word(k) or s.kinds[k] & strange or s.quotation[k] >= 0 or _is_only_verb(s.words[k]) for k in tokens
    )


def _is_only_verb(word: str) -> bool:
    cue = _cues().verbs.get(word)
    return cue is not None and not cue.is_noun_too


def _is_to_say(word: str) -> bool:
    cue = _cues().verbs.get(word)
    return cue is not None and cue.frame in ("say", "tell")


def _by_mark(s: Sentence, k: int, source: Phrase, content: Phrase, rule: str) -> _Candidate:
    entry = _Cue(s.words[k], "colon", "neutral", "phrase", False, frozenset(), frozenset(), frozenset())
    first, is_before = min(source.start, content.start), content.start < k
    return _Candidate(Phrase(k, k + 1), entry, PHRASE, rule, source, first, content, is_before)


def _refused(s: Sentence, k: int, reason: str) -> Rejected:
    return Rejected(s.tokens.starts[k], s.tokens.ends[k], reason)


def _judge(s: Sentence, k: int, earlier: list[_Candidate]) -> tuple[_Candidate | None, str]:
    """Return what belongs to a cue, or why it reports nothing. A belief has both: what is believed is not said."""
    word = s.words[k]
    if s.quotation[k] >= 0:
        return None, "inside a quotation"
    verbs, nouns, phrases = _cues()
    phrase = phrases.get(word)
    if phrase and (cue := _phrase_at(s, k, phrase)):
        found = _around_phrase(s, cue, phrase)
        return (found, "") if _can_speak(s, found.source) else (None, "it cannot speak")
    verb, noun = verbs.get(word), nouns.get(word)
    if verb and not noun and verb.frame in ("that", *_QUOTED) and not _has_what_it_needs(s, k, verb):
        return None, ""  # only with another word it is a cue: “put it”, “made clear”
    if verb and not noun and verb.frame == "words" and not _are_words_near(s, k):
        return None, ""  # to attack or to support is mostly done, not said
    result: _Candidate | str = _NOUN
    if verb:
        result = _verb_at(s, k, verb, earlier)
        if result == _NOUN and verb.frame == "words" and not noun:
            return None, ""  # an attack, their support
        if verb.frame == "belief":
            if isinstance(result, str) or not _in_own_words(s, k):
                return (None if isinstance(result, str) else result), "belief"
            result = replace(result, entry=replace(verb, frame="say", stance="neutral"))
    if noun and result == _NOUN:
        if remark := _quoted_remark(s, k, noun):
            return remark, ""
        if s.word(k - 1) in ("no", "any"):
            return None, _NOT_SAID
        if _is_told(s, k, noun):
            return _around_noun(s, k, noun), ""
    return (None, result) if isinstance(result, str) else (result, "")


def _quoted_remark(s: Sentence, k: int, noun: _Cue) -> _Candidate | None:
    """Return what belongs to a noun with somebody's words before it: “Lind's “very wet town” remark”."""
    if not s.is_quoted(k - 1):
        return None
    quoted = s.tokens.quoted[s.quotation[k - 1]]
    last = quoted.start - 1
    source = s.subject(last - 1) if s.word(last) == "'s" else None
    if "possessive" in s.kind(last):
        source = Phrase(last, last + 1)
    return _Candidate(Phrase(k, k + 1), noun, NOUN, "noun", source, quoted.start, quoted, True) if source else None


def _is_antecedent(s: Sentence, k: int) -> bool:
    """Tell whether a relative clause follows: “the states that had voted”."""
    if s.word(k + 1) != "that" or k + 2 >= s.end:
        return False
    return s.is_verbal(k + 2) or (s.words[k + 2].endswith("ed") and not s.starts_phrase(k + 2))


def _is_told(s: Sentence, k: int, noun: _Cue) -> bool:
    """Tell whether what is said follows a noun: “the claim that”, “her answer was that”."""
    if "be" in s.kind(k + 1):
        return _opens_words(s, k + 2)
    if s.word(k + 1) == "by":
        return any(s.words[x] == "that" for x in range(k + 2, min(k + LONGEST_SPEAKER, s.end)))
    return "after noun" in s.kind(k + 1) and s.words[k + 1] not in noun.shuns and not _is_antecedent(s, k)


def _in_own_words(s: Sentence, k: int) -> bool:
    """Tell whether a quotation follows a verb: nobody can quote what was only thought."""
    quoted = k + 2 if s.word(k + 1) in ("that", ",", ":") else k + 1
    return s.is_quoted(quoted) and not s.is_nickname(quoted)


def _phrase_at(s: Sentence, k: int, entry: _Cue) -> Phrase | None:
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


def _verb_at(s: Sentence, k: int, entry: _Cue, earlier: list[_Candidate]) -> _Candidate | str:
    """Return what belongs to a form of a verb, or why it reports nothing."""
    if _is_turn_of_phrase(s, k):
        return "a turn of phrase"
    if s.words[k] == "saying" and s.word(k - 1) == "as":
        return _quoted_as_saying(s, k, entry, earlier)
    if entry.frame == "belief" and not _that_follows(s, k):
        return "belief"
    use = _use(s, k, entry)
    if isinstance(use, str):
        return use
    if "negation" in use.auxiliaries or ("refusal" in s.kinds[k] and _is_to_say(s.word(k + 2))):
        return _NOT_SAID
    if s.word(use.before) == "we" and use.role is FINITE:
        return "the author's own words"
    if not _has_what_it_needs(s, k, entry):
        return "nothing is said"
    if _is_shunned(s, k, entry):
        return "nothing is said"
    found = _around_verb(s, k, entry, use, earlier)
    return found if isinstance(found, str) else _is_said_by_nobody(s, k, use, found) or found


def _quoted_as_saying(s: Sentence, k: int, entry: _Cue, earlier: list[_Candidate]) -> _Candidate | str:
    """Return what somebody is quoted as saying: “The paper quoted a nurse as saying that …”."""
    host = earlier[-1] if earlier else None
    if not host or host.entry.lemma != "quote" or host.role is PASSIVE or host.content.start >= k - 1:
        return _INSIDE
    who = Phrase(host.content.start, k - 1)
    content = Phrase(k + 1, host.content.end)
    return _Candidate(Phrase(k, k + 1), entry, FINITE, "verb", who, who.start, content, host=host.cue.start)


def _has_what_it_needs(s: Sentence, k: int, entry: _Cue) -> bool:
    """Tell whether one of the words follows that a cue needs, perhaps behind another: “put it”, “made that clear”."""
    if not entry.needs or s.word(k + 1) in entry.needs:
        return True
    return s.word(k + 2) in entry.needs and (s.is_adverb(k + 1) or bool(s.kinds[k + 1] & _LIGHT))


def _is_shunned(s: Sentence, k: int, entry: _Cue) -> bool:
    """Tell whether a word follows with which a verb reports nothing: a noun of its object also a few words behind."""
    if not entry.shuns:
        return False
    near = range(k + 1, min(k + LONGEST_NICKNAME, s.end))
    return any(s.words[x] in entry.shuns and (x == k + 1 or not s.kinds[x]) for x in near)


def _is_said_by_nobody(s: Sentence, k: int, use: _Use, found: _Candidate) -> str:
    """Return why what a verb reports has no speaker: nobody says it, or anything, or it is asked who said it."""
    if s.word(k + 1) == "nothing" and not _is_finite(s, k + 2 if k + 2 < s.end else k):
        return _NOT_SAID
    if use.role in (PARTICIPLE, OPENING):
        instead = s.word(k - 1) == "of" and s.word(k - 2) in ("short", "instead")
        return _NOT_SAID if instead or "unsaid" in s.kind(k - 1) else ""
    subject = s.subject(use.before) if use.role is PASSIVE else found.source
    if not subject or found.role is INVERTED:
        return ""
    is_aside = s.words[subject.end - 2 : subject.end] == [",", "who"]  # no word from Lind, who said …
    nobody = _is_nobody(s, subject.start) and not is_aside
    if nobody or s.word(subject.start - 1) == "neither" or _is_denied(s, subject.start):
        return _NOT_SAID
    last = subject.end - 1
    if s.words[last] == "who" and (last == s.start or "settled" in s.kinds[last - 1]):
        return "a question"
    is_thing = subject == found.source and "mere things" in s.kinds[_head(s, subject)]
    return "it cannot speak" if is_thing else ""


def _can_speak(s: Sentence, phrase: Phrase | None) -> bool:
    """Tell whether what follows “according to” can be a source: one small singular word is a measure (“to size”)."""
    if not phrase or phrase.end - phrase.start > 1 or s.is_capital(phrase.start) or s.kinds[phrase.start]:
        return True
    word = s.words[phrase.start]
    return word.endswith("s") or word in _words_for_sources()


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


def _is_turn_of_phrase(s: Sentence, k: int) -> bool:
    """Tell whether nobody says anything: “That said, …”, “up to, say, ten”."""
    if s.words[k] == "say":
        return s.word(k - 1) == "," and s.word(k + 1) == ","
    opens = s.words[k] in ("said", "told") and k - 1 == s.start and s.words[k - 1] in ("that", "all")
    return opens and s.word(k + 1) == ","


# What stands inside what ---------------------------------------------------------------------------------------------


def _holds(host: _Candidate, k: int) -> bool:
    return not host.is_before and host.content.start <= k < host.content.end


def _breaks(s: Sentence, host: _Candidate, inner: _Candidate) -> bool:
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
        return divides or "before participle" in kinds or ("coordinator" in kinds and (alike or behind_mark))
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


def _encloses(host: _Candidate, inner: _Candidate) -> bool:
    """Tell whether a host stands between the inner verb and its subject: “Smith, who said …, argued”."""
    if inner.role is not FINITE or not inner.source:
        return False
    return inner.source.start < host.cue.start < inner.cue.start and inner.rule == "verb"


def _place(s: Sentence, live: list[_Candidate], inner: _Candidate, rejected: list[Rejected]) -> list[_Candidate]:
    """Add a cue to those before it, as one of its own, as nested, or not at all."""
    if inner.host >= 0:
        return [*live, inner]
    host = next((x for x in reversed(live) if x.host < 0 and _holds(x, inner.cue.start)), None)
    if not host:
        return [*(_ending(x, inner.first) for x in live), inner]
    if _breaks(s, host, inner):
        edge = inner.cue.start if _encloses(host, inner) else inner.first
        return [*(_ending(x, edge) for x in live), inner]
    if _opens_content(s, host, inner):
        return [*live, replace(inner, host=host.cue.start)]
    rejected.append(_refused(s, inner.cue.start, _INSIDE))
    return live


def _ending(candidate: _Candidate, edge: int) -> _Candidate:
    """Return a cue whose content ends before a token."""
    if candidate.more and candidate.more.start <= edge < candidate.more.end:
        return replace(candidate, more=Phrase(candidate.more.start, edge))
    if candidate.is_before or not candidate.content.start <= edge < candidate.content.end:
        return candidate
    return replace(candidate, content=Phrase(candidate.content.start, edge))


def _swallow(s: Sentence, live: list[_Candidate], outer: _Candidate, rejected: list[Rejected]) -> list[_Candidate]:
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
            rejected.append(_refused(s, x.cue.start, _INSIDE))
    return kept


def _leads_up(s: Sentence, x: _Candidate, outer: _Candidate) -> bool:
    """Tell whether a cue stands in what leads up to a clause: “Asked about it, Lind said”, “As Lind said, …”."""
    if x.role in (ASKED, OPENING):
        return x.first == outer.content.start
    return x.first - 1 == s.start and s.words[s.start] == "as" and s.next_comma(x.cue.end) < outer.first


def _opens(inner: _Candidate, content: Phrase) -> bool:
    """Tell whether a cue is that of the main clause of what stands before another."""
    if inner.entry.frame == "belief" or inner.host >= 0 or not inner.source:
        return False
    return content.start in (inner.source.start, inner.content.start)


def _opens_content(s: Sentence, host: _Candidate, inner: _Candidate) -> bool:
    """Tell whether a cue is that of the main clause of what a host says."""
    if host.entry.frame in ("belief", "act", "noun") or inner.rule not in ("verb", "passive"):
        return False
    start = _content_start(s, host)
    while start < inner.first and (s.is_adverb(start) or s.words[start] == ","):
        start += 1
    return inner.first == start


def _content_start(s: Sentence, cue: _Candidate) -> int:
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


# The whole document --------------------------------------------------------------------------------------------------


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
    found: list[_Found] = []
    headings = {0, *(region.start for region in document.of_kind("heading"))}
    every = tokens.among(_forms_of_cues())
    wanted = sorted({*headings, *map(tokens.starts.__getitem__, every)})
    for s in sentences(document, tokens, wanted):
        places = every[bisect_left(every, s.start) : bisect_left(every, s.end)]
        s.is_heading = tokens.starts[s.start] in headings
        headline = _headline(s) if s.is_heading else []
        if places or headline:
            found += [_Found(x.cue.start, x.host, _clause(s, x)) for x in _read(s, places, headline, rejected)]
    found = _with_quotations(document, tokens, _with_turns(document, tokens, headings, sorted(found)))
    number = {item.place: n for n, item in enumerate(found)}
    nested = [(item.clause, number.get(item.host, -1)) for item in found]
    told = [clause._replace(nested=True, host=host) if host >= 0 else clause for clause, host in nested]
    return told, sorted(rejected)


class _Found(NamedTuple):
    """A clause with the tokens of its cue and of its host's."""

    place: int
    host: int
    clause: Clause


def _found_by_mark(mark: str, place: int, source: tuple[Span, ...], cue: Span, content: Span, rule: str) -> _Found:
    """Return the clause of a colon or a dash, which no verb or noun helps to tell that something is said."""
    return _Found(place, -1, Clause(source, cue, (content,), mark, "colon", "neutral", rule, False, -1))


def _source(s: Sentence, x: _Candidate) -> tuple[Span, ...]:
    """Return the characters of a source; a relative pronoun behind it stands apart: “the agency”, “which”."""
    if not x.source:
        return ()
    start, end = x.source
    starts, ends = s.tokens.starts, s.tokens.ends
    if end - start > 1 and "relative" in s.kinds[end - 1]:
        head = end - 2 if s.words[end - 2] == "," else end - 1
        return (starts[start], ends[head - 1]), (starts[end - 1], ends[end - 1])
    return ((starts[start], ends[end - 1]),)


def _clause(s: Sentence, x: _Candidate) -> Clause:
    """Turn positions of tokens into characters."""
    start, end = x.content
    content = [_span(s, start if x.is_before else _content_start(s, x), end)]
    if x.is_before and x.more:
        content.append(_span(s, *x.more))
    cue = (s.tokens.starts[x.cue.start], s.tokens.ends[x.cue.end - 1])
    entry = x.entry
    return Clause(
        _source(s, x),
        cue,
        tuple(filter(None, content)),
        entry.lemma,
        entry.frame,
        "forceful" if s.word(x.cue.end) in entry.forceful_with else entry.stance,
        x.rule,
        False,
        -1,
    )


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


# Transcripts ---------------------------------------------------------------------------------------------------------

_TURN = re.compile(r"[\"“”]?(?P<who>[A-Z][A-Z’'.-]+(?: [A-Z][A-Z’'.-]+){0,3}|[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){1,3}): ")
FEWEST_TURNS = 3
TURN = "turn"


def _with_turns(document: Document, tokens: Tokens, headings: set[int], found: list[_Found]) -> list[_Found]:
    """Add the turns of a transcript, and put what is said to be said in them inside: “LIND: He said that …”.

    A paragraph that begins with a name and a colon is one, if there are others and somebody has more than one.
    """
    labels = [(p, m) for p in document.paragraphs if (m := _TURN.match(document.text, p.start, p.end))]
    turns = [(p, m) for p, m in labels if p.start not in headings and not _is_label(tokens, *m.span("who"))]
    if len(turns) < FEWEST_TURNS or len({m["who"] for _, m in turns}) == len(turns):
        return found
    added = []
    places = [item.clause.cue[0] for item in found]
    for paragraph, match in turns:
        who, content = match.span("who"), (match.end(), paragraph.end)
        colon = tokens.within(who[1], paragraph.end).start
        added.append(_found_by_mark(":", colon, (who,), (who[1], who[1] + 1), content, TURN))
        inside = slice(*(bisect_left(places, edge) for edge in content))
        found[inside] = [item._replace(host=colon) for item in found[inside]]
    return sorted([*found, *added])


def _is_label(tokens: Tokens, start: int, end: int) -> bool:
    """Tell whether what stands before a colon is no name: “LIVE UPDATES: …”, “Monday May 2: …”."""
    words = range(*tokens.within(start, end))
    return any(tokens.kinds[k] & {"no speaker", "day", "determiner", "preposition", "question"} for k in words)


# Quotations without a cue of their own -------------------------------------------------------------------------------


class _Held(NamedTuple):
    """A stretch of what is said, and the place of its cue in the text."""

    start: int
    end: int
    cue: int


def _with_quotations(document: Document, tokens: Tokens, found: list[_Found]) -> list[_Found]:
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


def _with_content(item: _Found, spans: list[Span]) -> _Found:
    if not spans and len(item.clause.content) < 2:
        return item
    return item._replace(clause=item.clause._replace(content=tuple(sorted({*item.clause.content, *spans}))))


def _held(found: list[_Found]) -> list[_Held]:
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
    document: Document, tokens: Tokens, found: list[_Found], held: list[_Held], added: defaultdict[int, list[Span]]
) -> Iterator[_Found]:
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


def _introduced(tokens: Tokens, sentence: Phrase, content: Span) -> _Found:
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
    return _found_by_mark(":", colon, source, cue, content, "colon")


def _is_somebody(s: Sentence, phrase: Phrase) -> bool:
    """Tell whether a noun phrase is a pronoun for a person, a name, or ends with a word for sources."""
    first, last = phrase.start, phrase.end - 1
    if "pronoun" in s.kinds[first]:
        return s.words[first] in ("he", "she", "they")
    return s.words[first][0].isalpha() and (s.is_capital(last) or s.words[last] in _words_for_sources())


def _credits(tokens: Tokens, held: list[_Held]) -> Iterator[_Found]:
    """Yield the dashes behind a quotation that a name and the end of its line follow: ““It rains.” — Ana Lind”."""
    for quotation in tokens.quotations:
        dash = tokens.within(quotation.start, quotation.end).end
        if not (dash < len(tokens.words) and tokens.words[dash] in _DASHES and _is_long(tokens, quotation)):
            continue
        name = _credited(tokens, dash)
        if name and not touching(held, quotation.start, quotation.end):
            source = (tokens.starts[name.start], tokens.ends[name.end - 1])
            cue, content = (tokens.starts[dash], tokens.ends[dash]), (quotation.start, quotation.end)
            yield _found_by_mark("—", dash, (source,), cue, content, "credit")


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
    tells = any(_is_only_verb(tokens.words[k]) or "no speaker" in tokens.kinds[k] for k in range(start, end))
    return None if tells else Phrase(start, end)
