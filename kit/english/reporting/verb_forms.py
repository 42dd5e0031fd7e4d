"""How the form of a verb is used: as a finite verb, a participle, an infinitive, a passive, or as no verb at all."""

from __future__ import annotations

from ..phrases import Sentence
from .candidate import (
    A_NOUN,
    ASKED,
    BEFORE_NOUN,
    FINITE,
    INFINITIVE,
    INVERTED,
    LONGEST_SPEAKER_BEHIND,
    NOT_SAID,
    OPENING,
    PARTICIPLE,
    PASSIVE,
    REDUCED,
    Role,
    Use,
)
from .complements import colon_follows, is_antecedent, opens_words
from .cue_table import Cue, words_for_sources

_AUXILIARIES = frozenset({"negation", "be", "have", "do", "modal"})


def use_of(s: Sentence, k: int, entry: Cue) -> Use | str:
    """Tell how the form of a verb at a token is used, or why it reports nothing."""
    before, auxiliaries = _auxiliaries(s, k)
    verdict: Role | str
    match entry.form:
        case "base":
            verdict = _use_of_base(s, k, entry, before, auxiliaries)
        case "s":
            verdict = A_NOUN if auxiliaries & {"modal", "do", "to", "be", "have"} else _plain(s, k, entry, before)
        case "ing":
            verdict = _use_of_ing(s, k, entry, before, auxiliaries)
        case _:
            verdict = _use_of_past(s, k, entry, before, auxiliaries)
    return verdict if isinstance(verdict, str) else Use(verdict, before, auxiliaries)


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


def _use_of_base(s: Sentence, k: int, entry: Cue, before: int, auxiliaries: frozenset[str]) -> Role | str:
    if "to" in auxiliaries:
        if entry.is_noun_too and s.word(k + 1) == "of":
            return A_NOUN
        return _use_of_infinitive(s, k)
    if "modal" in auxiliaries and any("prospect" in s.kinds[x] for x in range(max(before + 1, s.start), k)):
        return "an intention"
    return FINITE if auxiliaries & {"modal", "do"} else _plain(s, k, entry, before)


def _use_of_infinitive(s: Sentence, k: int) -> Role | str:
    """Tell whether an infinitive is done (“went on to say”), meant (“hoped to say”) or refused (“declined to say”)."""
    to = k - 1
    while to > s.start and s.words[to] != "to":
        to -= 1
    if "refusal" in s.kind(to - 1):
        return NOT_SAID
    if "have" in s.kind(to - 1) and s.word(s.end - 1) == ":" and colon_follows(s, k):
        return FINITE  # what she had to say:
    return "an intention" if s.kind(to - 1) & {"intention", "be", "have"} else INFINITIVE


def _use_of_past(s: Sentence, k: int, entry: Cue, before: int, auxiliaries: frozenset[str]) -> Role | str:
    if "be" in auxiliaries:
        return PASSIVE if s.word(before) != "to" else "an intention"
    aside = s.word(k - 1) == "," and "behind asked" in s.kind(k + 1)
    if "asked" in s.kinds[k] and (k == s.start or aside or "before asked" in s.kind(k - 1)):
        return ASKED
    if k == s.start or (k == s.start + 1 and s.words[s.start] == "so"):
        return INVERTED if s.starts_phrase(k + 1) and not s.words[k + 1].isdigit() else "no source"
    if _stands_before_noun(s, k, before, auxiliaries):
        return BEFORE_NOUN
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


def _use_of_ing(s: Sentence, k: int, entry: Cue, before: int, auxiliaries: frozenset[str]) -> Role | str:
    if "be" in auxiliaries:
        return FINITE
    if k == s.start:
        return OPENING
    if "," in (s.word(k - 1), s.word(before)):
        return PARTICIPLE
    if "degree" in s.kind(k - 1):
        return BEFORE_NOUN  # the most telling sign
    governs = opens_words(s, k + 1) or s.starts_phrase(k + 1) or "question" in s.kind(k + 1)
    return A_NOUN if "article" in s.kind(k - 1) or (entry.is_noun_too and not governs) else PARTICIPLE


def _plain(s: Sentence, k: int, entry: Cue, before: int) -> Role | str:
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
        return A_NOUN
    if not entry.is_noun_too or s.word(k + 1) in entry.needs - {"to"} or s.word(k + 2) == "follows":
        return FINITE
    if s.is_heading and _is_verb_of_heading(s, k, entry, before):
        return FINITE
    if is_antecedent(s, k):
        return A_NOUN
    if s.words[before].endswith("ed") and s.is_capital(before) and s.is_capital(k):
        return A_NOUN  # the United States
    if "coordinator" in kinds:
        verb = opens_words(s, k + 1) or (s.starts_phrase(k + 1) and (entry.form == "s" or s.is_name(k + 1)))
    elif s.word(k + 1) in (".", ",", ""):
        subject = s.subject(before)
        edge = subject.start - 1 if subject else s.start - 1
        whole = s.is_capital(before) or (subject is not None and "determiner" in s.kinds[subject.start])
        after_words = (whole and s.is_quoted(edge)) or (s.is_capital(before) and s.word(edge) == ",")
        verb = entry.form == "s" and after_words
    else:
        verb = _agrees(s, k, entry, before)
    return FINITE if verb else A_NOUN


def _is_verb_of_heading(s: Sentence, k: int, entry: Cue, subject: int) -> bool:
    """Tell whether a form follows its source in a heading: “Rebels claim downing of jet”, “Hill taken, army claims”."""
    word = s.words[subject]
    if word not in words_for_sources() or (entry.form == "base") != (
        word.endswith("s") or "plural" in s.kinds[subject]
    ):
        return False
    return s.word(subject - 1) == "," if k == s.end - 1 else subject - s.start < 3 and s.word(k + 1).isalpha()


def closes_heading(s: Sentence, k: int) -> bool:
    """Tell whether a verb and who speaks end a heading behind a comma: “Hill taken, say police”."""
    rest = range(k + 1, s.end)
    is_short = 0 < len(rest) < LONGEST_SPEAKER_BEHIND and all(s.is_word(x) for x in rest)
    return s.is_heading and is_short and s.words[s.end - 1] in words_for_sources()


def _plain_at_edge(s: Sentence, k: int, entry: Cue, mark: str) -> Role | str:
    """Tell the same where a sentence, a quotation or a mark ends before the form."""
    if mark and mark in ",”’'" and closes_heading(s, k):
        return FINITE
    if entry.is_noun_too:
        after_words = mark and mark in '”",?!'
        return FINITE if entry.form == "s" and after_words and s.starts_phrase(k + 1) else A_NOUN
    if entry.form == "s" or _stands_between_commas(s, k):
        return FINITE
    return FINITE if mark in (",", ")", "—", "–") and s.subject(s.back_over_adverbs(k - 1)) else A_NOUN


def _stands_between_commas(s: Sentence, k: int) -> bool:
    """Tell whether a verb and its source interrupt what is said: “The bridge, say experts, is closed.”."""
    source = s.phrase_after(k) if s.word(k - 1) == "," and "inverting" in s.kinds[k] else None
    return source is not None and s.word(source.end) in (",", ".") and s.words[source.end - 1].endswith("s")


def _agrees(s: Sentence, k: int, entry: Cue, subject: int) -> bool:
    """Tell whether a form has the noun before it as its subject: “the army claims that”, not “jobless claims”."""
    word, following = s.words[subject], s.kind(k + 1)
    if word == "that" and s.is_word(subject - 1) and s.starts_phrase(k + 1):
        return True  # a tweet that blasts the mayor
    after_name = s.is_capital(subject) and not s.is_capital(k)
    is_plural = (word.endswith("s") and not word.endswith("ss")) or "plural" in s.kinds[subject]
    if is_plural != (entry.form == "base") and not (after_name and entry.form == "s"):
        return False
    if opens_words(s, k + 1) or following & {"pronoun", "determiner", "question", "there"}:
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
