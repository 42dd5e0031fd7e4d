"""Who says what: the clauses of a text that report speech or writing, found by rules.

Every form of a cue (`kit/words/cues.csv`: verbs with what they take, nouns, prepositions) is a candidate. Four
questions decide: how is the form used, who is its source, where does what is said stand, and is it itself a part of
what somebody else says? Each candidate ends as a `Clause` or as `Rejected` with the reason in plain words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from .corpus import Document, touching
from .grammar import LONGEST_NICKNAME, Phrase, Sentence, Tokens, sentences
from .language import Quotation
from .resources import word_table

Span = tuple[int, int]
LONGEST_SPEAKER = 8  # tokens before the colon of a headline
LONGEST_OCCASION = 15  # tokens between a cue and “that”: “told reporters in Geneva on Tuesday that”
_INSIDE = "inside another's words"


class Clause(NamedTuple):
    """Something that is reported as said.

    Attributes
    ----------
    source, content : tuple of (int, int)
        Who says it and what, as characters of the document's text; empty where nobody is named, or nothing is told.
    cue : (int, int)
        The word that says that it is said.
    lemma, frame, stance : str
        The cue's row in `kit/words/cues.csv`.
    rule : str
        How it was found: "verb", "verb before its source", "according to", "noun", "passive", "participle",
        "coordinated verb", "asked", "colon".
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


class _Cue(NamedTuple):
    """A form of a cue: its row in the table, which form it is, whether that can be a noun, what has to follow it."""

    lemma: str
    frame: str
    stance: str
    form: str
    is_noun_too: bool = False
    needs: frozenset[str] = frozenset()
    shuns: frozenset[str] = frozenset()


class _Cues(NamedTuple):
    """The cue table by form; a phrase stands under its longest word."""

    verbs: dict[str, _Cue]
    nouns: dict[str, _Cue]
    phrases: dict[str, list[_Cue]]


FORMS = ("base", "s", "past", "ing", "participle")


@cache
def _cues() -> _Cues:
    cues = _Cues({}, {}, {})
    for row in word_table("cues"):
        lemma, frame, stance = row["lemma"], row["frame"], row["stance"]
        if frame == "preposition":
            longest = max(lemma.split(), key=len)
            cues.phrases.setdefault(longest, []).append(_Cue(lemma, frame, stance, "phrase"))
        elif frame == "noun":
            cues.nouns.update(
                (form, _Cue(lemma, frame, stance, "noun", shuns=frozenset(row["shuns"].split())))
                for form in row["forms"].split()
            )
        elif frame != "adverb":
            nouns = row["noun"].split()
            needs, shuns = frozenset(row["needs"].split()), frozenset(row["shuns"].split())
            for name, forms in zip(FORMS, row["forms"].split(), strict=False):
                for form in forms.split("/"):
                    cues.verbs[form] = _Cue(lemma, frame, stance, name, form in nouns, needs, shuns)
    return cues


# Candidates ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Candidate:
    """A cue that reports speech, while it is settled what belongs to it. Positions are tokens.

    `first` is where its clause begins: at its subject, at a conjunction, or at the cue. What is said is `content`;
    `is_before` tells that it stands before the clause, and then `more` is what goes on behind it. `host` is where the
    cue stands in whose content this is the main clause.
    """

    cue: Phrase
    entry: _Cue
    role: str
    rule: str
    source: Phrase | None
    first: int
    content: Phrase
    is_before: bool = False
    more: Phrase | None = None
    host: int = -1


# How the form of a verb is used --------------------------------------------------------------------------------------


class _Use(NamedTuple):
    """How the form of a verb is used: its role, or the reason why it reports nothing; and what stands before it.

    `before` is the token in front of its auxiliaries and adverbs, `auxiliaries` their classes.
    """

    role: str
    before: int
    auxiliaries: frozenset[str]


class _Role(StrEnum):
    FINITE = "finite"
    INVERTED = "inverted"
    INFINITIVE = "infinitive"
    PASSIVE = "passive"
    REDUCED = "reduced passive"
    ASKED = "asked"
    PARTICIPLE = "participle"
    GERUND = "gerund"
    OPENING = "opening participle"
    NOUN = "noun"
    PHRASE = "phrase"


_AUXILIARIES = frozenset({"negation", "be", "have", "do", "modal"})
_NOT_IN_NOUN = frozenset({"preposition", "subordinator", "coordinator", "be", "determiner"})
_INVERTED = "verb before its source"
_NOUN, _BEFORE_NOUN = "a noun", "a participle before a noun"


def _use(s: Sentence, k: int, entry: _Cue) -> _Use:
    """Tell how the form of a verb at a token is used."""
    before, auxiliaries = _auxiliaries(s, k)
    if _in_compound(s, k):
        return _Use("a noun", before, auxiliaries)
    match entry.form:
        case "base":
            verdict = _use_of_base(s, k, entry, before, auxiliaries)
        case "s":
            verdict = _NOUN if auxiliaries & {"modal", "do", "to", "be", "have"} else _plain(s, k, entry, before)
        case "ing":
            verdict = _use_of_ing(s, k, entry, before, auxiliaries)
        case _:
            verdict = _use_of_past(s, k, entry, before, auxiliaries)
    return _Use(verdict, before, auxiliaries)


def _auxiliaries(s: Sentence, k: int) -> tuple[int, frozenset[str]]:
    """Walk back over adverbs and auxiliaries: what stands before them, and of which classes they are."""
    found: set[str] = set()
    before = k - 1
    while before >= s.start and s.quotation[before] < 0:
        word, kinds = s.words[before], s.kinds[before]
        if word == "'s" and not s.kind(before - 1) & {"pronoun", "relative"}:
            break  # a possessive
        if auxiliary := kinds & _AUXILIARIES:
            found |= auxiliary
        elif word == "to" and not found & {"to", "be"}:
            found.add("to")
        elif "to" in found and "chain" in kinds:
            found.add("chain")
        elif not (s.is_adverb(before) or (word == "on" and s.word(before - 1) in ("go", "goes", "going", "went"))):
            break
        before -= 1
    return before, frozenset(found)


def _in_compound(s: Sentence, k: int) -> bool:
    """Tell whether a hyphen joins a word to what stands beside it."""
    if s.word(k - 1) == "-" and s.tokens.touch(k - 1):
        return True
    return s.word(k + 1) == "-" and s.tokens.touch(k) and k + 2 < s.end and s.tokens.touch(k + 1)


def _use_of_base(s: Sentence, k: int, entry: _Cue, before: int, auxiliaries: frozenset[str]) -> str:
    if "to" in auxiliaries:
        if entry.is_noun_too and s.word(k + 1) == "of":
            return _NOUN
        return _Role.INFINITIVE if _is_said(s, k, auxiliaries) else "an intention"
    return _Role.FINITE if auxiliaries & {"modal", "do"} else _plain(s, k, entry, before)


def _is_said(s: Sentence, k: int, auxiliaries: frozenset[str]) -> bool:
    """Tell whether an infinitive is done (“went on to say”) rather than meant (“wanted to say”)."""
    if "chain" in auxiliaries:
        return any("goes on" in s.kinds[x] for x in range(max(s.start, k - 5), k))
    to = k - 1
    while to > s.start and s.words[to] != "to":
        to -= 1
    return not s.kind(to - 1) & {"intention", "be", "have"}


def _use_of_past(s: Sentence, k: int, entry: _Cue, before: int, auxiliaries: frozenset[str]) -> str:
    following = s.word(k + 1)
    question = entry.lemma in ("ask", "tell", "quote", "question", "press")
    aside = s.word(k - 1) == "," and "about asked" in s.kind(k + 1)
    if "be" in auxiliaries:
        return _Role.PASSIVE
    if question and (k == s.start or aside or "before participle" in s.kind(k - 1)):
        return _Role.ASKED
    if k == s.start:
        return _Role.INVERTED if s.starts_phrase(k + 1) else "no source"
    if _stands_before_noun(s, k, entry, before, auxiliaries):
        return _BEFORE_NOUN
    if following == "by" or (entry.lemma == "accuse" and following == "of"):
        return _Role.REDUCED
    if entry.lemma == "call" and following in (".", ","):
        return "nothing is said"
    if entry.lemma in ("call", "dub") and not auxiliaries and _names(s, k):
        return "a name"
    return _Role.FINITE


def _stands_before_noun(s: Sentence, k: int, entry: _Cue, before: int, auxiliaries: frozenset[str]) -> bool:
    """Tell whether a past form is an adjective: “the alleged attack”, “Syria's promised reforms”."""
    previous = s.kind(k - 1)
    if "determiner" in previous and "pronominal" not in previous:
        return True
    if "preposition" in previous and s.word(k - 1) not in ("after", "before", "as", "like", "than"):
        return True
    if s.word(k - 1) == "'s" and entry.lemma not in ("say", "tell"):
        return True
    if "to" in auxiliaries:
        return True
    kinds = s.kind(before)
    return "determiner" in kinds and not kinds & {"pronoun", "pronominal"}


def _names(s: Sentence, k: int) -> bool:
    """Tell whether a past form only gives a name: “a group called Nusra”."""
    if not (s.is_quoted(k + 1) or s.is_name(k + 1)) or s.is_capital(k - 1) or not s.is_word(k - 1):
        return False
    if "pronoun" in s.kinds[k - 1]:
        return False
    return any(s.words[x] in ("a", "an", "another") for x in range(max(s.start, k - 6), k))


def _use_of_ing(s: Sentence, k: int, entry: _Cue, before: int, auxiliaries: frozenset[str]) -> str:
    previous, following = s.word(k - 1), s.word(k + 1)
    if "be" in auxiliaries:
        return _Role.FINITE
    if previous == "," or s.word(before) == ",":
        return _Role.PARTICIPLE
    if k == s.start:
        return _Role.OPENING
    if "determiner" in s.kind(k - 1) or previous == "'s":
        return _NOUN if entry.is_noun_too or previous in ("a", "an", "the", "any", "no") else _Role.GERUND
    if entry.is_noun_too and not (s.starts_phrase(k + 1) or following == "that"):
        return _NOUN
    if entry.frame == "say" and entry.lemma != "say" and _opens_plural(s, k + 1):
        return _BEFORE_NOUN
    if "preposition" in s.kind(before) or s.word(before) in ("while", "when", "after", "before", "without"):
        return _Role.GERUND
    return _Role.PARTICIPLE


def _opens_plural(s: Sentence, k: int) -> bool:
    """Tell whether a token is a bare plural noun: “protesting delegates”."""
    bare = s.word(k).endswith("s") and s.word(k).isalpha() and not s.starts_phrase(k) and not s.is_adverb(k)
    return bare and not s.kind(k) & {"preposition", "subordinator", "coordinator"}


def _plain(s: Sentence, k: int, entry: _Cue, before: int) -> str:
    """Tell whether a base or -s form without an auxiliary is a verb or a noun (claims, reports)."""
    word, kinds = s.word(before), s.kind(before)
    if not word or s.quotation[before] >= 0 or not (s.is_word(before) or word in ("'s", "%")):
        return _plain_at_edge(s, k, entry, before)
    if word in ("who", "which") or ("pronoun" in kinds and "pronominal" not in kinds):
        return _Role.FINITE
    if word in ("and", "or", "but"):
        if not entry.is_noun_too or _opens_words(s, k + 1):
            return _Role.FINITE
        verb = entry.form == "s" and s.starts_phrase(k + 1) and not s.word(before - 1).endswith("s")
        return _Role.FINITE if verb else _NOUN
    if word == "'s" or "preposition" in kinds or ("determiner" in kinds and "pronominal" not in kinds):
        return _NOUN
    if not entry.is_noun_too or s.word(k + 1) in entry.needs - {"to"}:
        return _Role.FINITE
    is_plural = (word.endswith("s") and not word.endswith("ss")) or "plural" in kinds or word.isdigit()
    if entry.form == "s":
        return _Role.FINITE if _is_singular_verb(s, k, entry, before, is_plural) else _NOUN
    takes = _opens_words(s, k + 1) or s.starts_phrase(k + 1) or "after verb" in s.kind(k + 1)
    return _Role.FINITE if is_plural and takes else _NOUN


def _plain_at_edge(s: Sentence, k: int, entry: _Cue, before: int) -> str:
    """Tell the same where a sentence, a quotation or a mark ends before the form."""
    word = s.word(before)
    if entry.form == "s" and s.starts_phrase(k + 1) and (s.is_quoted(before) or word in (",", "?", "!")):
        return _Role.FINITE
    if entry.is_noun_too:
        return _NOUN
    if not word:
        return _Role.FINITE if entry.form == "s" and s.is_name(k + 1) else _NOUN
    return _Role.FINITE if entry.form == "s" or word in (",", ")", "—", "–") else _NOUN


def _is_singular_verb(s: Sentence, k: int, entry: _Cue, before: int, is_plural: bool) -> bool:
    """Tell whether an -s form that can be a plural noun is a verb: “the army claims”, not “jobless claims”."""
    following = s.word(k + 1)
    after_name = s.is_capital(before)
    if s.words[before] == "united" or (is_plural and not after_name):
        return False
    if entry.lemma in ("state", "email", "tweet", "post") and not after_name:
        return following == "that" and "written" in s.kinds[before]
    if _opens_words(s, k + 1) or following in ("whether", "how", "why"):
        return True
    if entry.lemma == "state":
        return False
    if following in (".", ",", ""):
        subject = s.subject(before)
        edge = subject.start - 1 if subject else s.start - 1
        return after_name and (s.is_quoted(edge) or s.word(edge) == ",")
    if s.starts_phrase(k + 1) or "after verb" in s.kind(k + 1):
        if after_name and not s.is_capital(k):
            return True
        determined = bool(s.kind(k + 1) & {"pronoun", "determiner"})
        return not is_plural and s.starts_phrase(k + 1) and (after_name or determined)
    return False


def _opens_words(s: Sentence, k: int) -> bool:
    """Tell whether “that” or a quotation follows, the latter also behind a comma or a colon."""
    return s.word(k) == "that" or s.is_quoted(k) or (s.word(k) in (",", ":") and s.is_quoted(k + 1))


# What belongs to a cue -----------------------------------------------------------------------------------------------


def _around_phrase(s: Sentence, cue: Phrase, entry: _Cue) -> _Candidate:
    """Settle what belongs to a phrase such as “according to”."""
    source = s.phrase_after(cue.end - 1)
    behind = Phrase(source.end if source else cue.end, s.end)
    if cue.start == s.start or "opens clause" in s.kinds[cue.start - 1]:
        comma = next((k for k in range(cue.end, behind.start) if s.words[k] == ","), None)
        if source and comma and s.word(source.end) != ",":
            source, behind = Phrase(source.start, comma), Phrase(comma, s.end)
        return _Candidate(cue, entry, _Role.PHRASE, entry.lemma, source, cue.start, behind)
    before = Phrase(s.after_semicolon(cue.start), cue.start)
    more = behind if s.word(behind.start) == "," else None
    return _Candidate(cue, entry, _Role.PHRASE, entry.lemma, source, cue.start, before, True, more)


def _around_noun(s: Sentence, k: int, entry: _Cue) -> _Candidate:
    """Settle what belongs to a noun such as “claim”."""
    first = k
    while first > s.start and s.words[first - 1].isalpha() and not s.kinds[first - 1] & _NOT_IN_NOUN:
        first -= 1
    return _Candidate(
        Phrase(k, k + 1), entry, _Role.NOUN, "noun", _source_of_noun(s, k, first), first, Phrase(k + 1, s.end)
    )


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
    if use.role == _Role.INVERTED:
        source = s.phrase_after(k)
        behind = Phrase(source.end if source else k + 1, s.end)
        return _Candidate(cue, entry, use.role, _INVERTED, source, k, behind)
    if use.role == _Role.FINITE and _is_inverted(s, k, entry, use):
        source = s.phrase_after(k)
        before = Phrase(_start_before(s, k), k)
        return _Candidate(cue, entry, _Role.INVERTED, _INVERTED, source, k, before, True, _more(s, source, k))
    rule, source, first = _source_of_verb(s, k, use, earlier)
    has_subject = use.role == _Role.FINITE and rule == "verb"
    is_before = has_subject and _follows_its_content(s, k, entry, first, earlier)
    quotes = s.is_quoted(k + 1) or (s.word(k + 1) in (",", ":") and s.is_quoted(k + 2))
    if entry.frame == "quote" and not (quotes or s.is_quoted(k - 1) or (is_before and _quoted_before(s, first))):
        return "no words are quoted"
    if entry.frame == "that" and not (is_before or quotes or _that_follows(s, k)):
        return "nothing is said"
    if entry.frame == "act" and not is_before and s.word(k + 1) in ("", ".", "and"):
        return "nothing is said"
    if is_before:
        before = Phrase(_start_before(s, first), first)
        return _Candidate(cue, entry, use.role, rule, source, first, before, True, _more(s, None, k))
    return _Candidate(cue, entry, use.role, rule, source, first, Phrase(k + 1, s.end_of_aside(k)))


def _is_inverted(s: Sentence, k: int, entry: _Cue, use: _Use) -> bool:
    """Tell whether a verb stands before its source: “…,” said the mayor."""
    last = s.back_over_adverbs(k - 1)
    if not (s.is_quoted(last) or s.word(last) in (",", "?", "!", "—")) or s.is_quoted(k + 1):
        return False
    if not s.starts_phrase(k + 1) or s.kind(k + 1) & {"object", "no source"}:
        return False
    if entry.frame == "act" or use.auxiliaries & {"have", "be", "modal", "do"}:
        return False
    if s.word(last) != ",":
        return True
    if s.is_quoted(last):
        return not s.is_nickname(last) or not s.apposition(last)
    if entry.frame not in ("say", "quote", "that") or (s.apposition(last) and not s.is_quoted(last - 1)):
        return False
    source = s.phrase_after(k)
    if not source or any(s.is_verbal(x) for x in range(*source)):
        return False
    return s.word(source.end) in ("", ".", ",", ";") or bool({"day", "behind source"} & s.kind(source.end))


def _more(s: Sentence, source: Phrase | None, k: int) -> Phrase | None:
    """Return what goes on behind a clause that a comma closes: “…,” she said, “…”."""
    end = source.end if source else k + 1
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
    match use.role:
        case _Role.FINITE | _Role.INFINITIVE:
            if source := _subject(s, use.before, earlier):
                return "verb", source, source.start
            first = use.before if s.word(use.before) in (*"—,", "and", "but", "or", "then", "yet") else k
            if earlier:
                return "coordinated verb", inherited, first
            return "verb", s.first_phrase(s.start, max(use.before + 1, s.start)), first
        case _Role.PASSIVE:
            subject = s.subject(use.before)
            return "passive", s.by_phrase(k), subject.start if subject else k
        case _Role.REDUCED:
            return "passive", s.by_phrase(k), k
        case _Role.ASKED:
            return "asked", None, k
        case _Role.OPENING:
            comma = next((x for x in range(k, s.end) if s.words[x] == "," and s.quotation[x] < 0), s.end)
            return "participle", s.first_phrase(comma + 1, s.end), k
        case _:
            return "participle", inherited if earlier else s.first_phrase(s.start, k), k


def _subject(s: Sentence, before: int, earlier: list[_Candidate]) -> Phrase | None:
    """Return the subject that ends at a token; no cue stands within it but in an aside: “the agency said the envoy”."""
    source = _around_aside(s, before, earlier) or s.subject(before)
    if s.word(before) == "," or not source or not earlier or not source.start <= earlier[-1].cue.start < source.end:
        return source
    return Phrase(earlier[-1].cue.end, source.end) if earlier[-1].cue.end < source.end else None


def _around_aside(s: Sentence, before: int, earlier: list[_Candidate]) -> Phrase | None:
    """Return the source of a verb if the cue before it stands in an aside between the two: “Smith, who said …, argued”."""
    if not earlier or not earlier[-1].source or earlier[-1].is_before:
        return None
    aside = earlier[-1]
    relative = aside.source.end - 1 if aside.source else 0
    if "relative" in s.kinds[relative] and aside.source.end <= aside.cue.start:
        start = relative
    elif aside.role == _Role.PARTICIPLE:
        start = aside.cue.start
    else:
        return None
    if s.word(before) == "," and s.word(start - 1) == ",":
        return s.subject(start - 2)
    if s.word(before) == "," or s.word(start - 1) == "," or aside.entry.frame != "act" or s.words[start] == "that":
        return None
    if any(s.is_verbal(x) or "subordinator" in s.kinds[x] or s.words[x] == "," for x in range(aside.cue.end, before)):
        return None
    return s.subject(start - 1) if start == relative else None


def _follows_its_content(s: Sentence, k: int, entry: _Cue, first: int, earlier: list[_Candidate]) -> bool:
    """Tell whether what is said stands before a clause: “…, the ministry said”."""
    if entry.frame in ("act", "belief", "tell") and not _quoted_before(s, first):
        return False
    if entry.frame == "tell":
        return not any(
            s.words[x] == "that" or s.quotation[x] >= 0 for x in range(k + 1, min(k + LONGEST_OCCASION, s.end))
        )
    edge = first - 1
    while "adverb" in s.kind(edge):
        edge -= 1
    tail = _tail(s, k)
    if s.word(edge) in ("and", "but", "as") and tail == "end" and (s.word(edge - 1) == "," or s.is_quoted(edge - 1)):
        divided = s.words[edge] == "as"
    else:
        divided = s.is_quoted(edge) or s.word(edge) in (*",?!—–…",)
    if not divided or not tail or (s.word(edge) == "," and _leads_in(s, edge)):
        return False
    quoted = _quoted_before(s, first)
    if not quoted and _opens_words(s, k + 1) and s.word(k + 1) != "that":
        return False
    if tail != "adverbial":
        return True
    return not _clause_follows(s, k) and (quoted or not any(_holds(host, k) for host in earlier))


def _tail(s: Sentence, k: int) -> str:
    """Tell what follows a cue that has nothing more to say: "end", a "mark", an "adverbial"; else nothing."""
    word = s.word(k + 1)
    if word in ("", ".", "?", "!"):
        return "end"
    if word in (*",;—–)…",):
        return "mark"
    return "adverbial" if s.kinds[k + 1] & {"day", "adverbial"} or s.is_adverb(k + 1) else ""


def _leads_in(s: Sentence, comma: int) -> bool:
    """Tell whether a comma only closes what leads into the sentence: “In a statement, Smith said”."""
    start = s.after_semicolon(comma)
    while start < comma and "coordinator" in s.kinds[start]:
        start += 1
    if any(s.quotation[x] >= 0 and not s.is_nickname(x) for x in range(start, comma)):
        return False
    if "lead" in s.kinds[start] or s.words[start].endswith("ing") or comma - start <= 2:
        return True
    if s.words[start].endswith("ed") and "preposition" in s.kind(start + 1):
        return True
    if s.is_adverb(start) and comma - start <= 4:
        return True
    return not any(_looks_like_clause(s, x) for x in range(start, comma))


def _looks_like_clause(s: Sentence, k: int) -> bool:
    """Tell whether a word hints that a stretch is a clause: a pronoun, an auxiliary, an ending of verbs."""
    return bool(s.kinds[k] & {"be", "have", "modal", "do", "pronoun"}) or s.words[k].endswith(("ed", "s"))


def _start_before(s: Sentence, first: int) -> int:
    """Return where what is said begins that a clause follows: a quotation behind a mark, else the whole part before."""
    if _quoted_before(s, first):
        number = max(s.quotation[first - 1], s.quotation[first - 2])
        start = s.tokens.quoted[number].start
        if s.word(start - 1) in (",", ":", "—"):
            return start
    return s.after_semicolon(first)


def _quoted_before(s: Sentence, k: int) -> bool:
    return s.is_quoted(k - 1) or s.is_quoted(k - 2)


def _that_follows(s: Sentence, k: int) -> bool:
    """Tell whether “that”, a quotation or a clause with a pronoun follows a verb."""
    for x in range(k + 1, min(k + 9, s.end)):
        if s.words[x] == "that" or s.quotation[x] >= 0:
            return True
        if s.words[x] in (".", ";", ":"):
            return False
    kinds = s.kind(k + 1)
    return ("pronoun" in kinds and "object" not in kinds) or s.word(k + 1) in ("there", "whether", "how", "why")


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

    `live` holds what is known to report speech from the start: a headline's colon.
    """
    for k in places:
        candidate, reason = _judge(s, k, live)
        if reason:
            rejected.append(_refused(s, k, reason))
        if candidate and candidate.is_before:
            live = _swallow(s, live, candidate, rejected) + [candidate]
        elif candidate:
            live = _place(s, live, candidate, rejected)
    return [candidate for candidate in live if candidate.entry.frame != "belief"]


def _headline(s: Sentence) -> list[_Candidate]:
    """Return the colon of a heading that gives somebody's words: “Kremlin: no ceasefire”."""
    colon = next((k for k in range(s.start, min(s.start + LONGEST_SPEAKER, s.end)) if s.words[k] == ":"), s.end)
    speaker = range(s.start, colon)
    if colon + 2 >= s.end or not s.starts_phrase(s.start) or s.tokens.touch(colon):
        return []
    if any("no speaker" in s.kinds[k] or s.words[k] in _cues().verbs or s.quotation[k] >= 0 for k in speaker):
        return []
    entry = _Cue(":", "colon", "neutral", "phrase")
    source, content = Phrase(s.start, colon), Phrase(colon + 1, s.end)
    return [_Candidate(Phrase(colon, colon + 1), entry, _Role.PHRASE, "headline colon", source, s.start, content)]


def _refused(s: Sentence, k: int, reason: str) -> Rejected:
    return Rejected(s.tokens.starts[k], s.tokens.ends[k], reason)


def _judge(s: Sentence, k: int, earlier: list[_Candidate]) -> tuple[_Candidate | None, str]:
    """Return what belongs to a cue, or why it reports nothing. A belief has both: what is believed is not said."""
    word = s.words[k]
    if s.quotation[k] >= 0:
        return None, "inside a quotation"
    for entry in _cues().phrases.get(word, ()):
        if cue := _phrase_at(s, k, entry):
            return _around_phrase(s, cue, entry), ""
    verb, noun = _cues().verbs.get(word), _cues().nouns.get(word)
    result: _Candidate | str = _NOUN
    if verb:
        result = _verb_at(s, k, verb, earlier)
        if verb.frame == "belief":
            return (None if isinstance(result, str) else result), "belief"
    if result == _NOUN and noun and "after noun" in s.kind(k + 1) and s.word(k + 1) not in noun.shuns:
        return _around_noun(s, k, noun), ""
    return (None, result) if isinstance(result, str) else (result, "")


def _phrase_at(s: Sentence, k: int, entry: _Cue) -> Phrase | None:
    """Return where a phrase stands whose longest word is found at a token."""
    parts = entry.lemma.split()
    start = k - parts.index(s.words[k])
    if start < s.start or s.words[start : min(start + len(parts), s.end)] != parts:
        return None
    return Phrase(start, start + len(parts))


def _verb_at(s: Sentence, k: int, entry: _Cue, earlier: list[_Candidate]) -> _Candidate | str:
    """Return what belongs to a form of a verb, or why it reports nothing."""
    if _is_turn_of_phrase(s, k):
        return "a turn of phrase"
    if entry.frame == "belief" and not _that_follows(s, k):
        return "belief"
    use = _use(s, k, entry)
    if use.role not in list(_Role):
        return use.role
    if use.role == _Role.FINITE and "negation" in use.auxiliaries:
        return "not said"
    if entry.needs and not entry.needs & {s.word(k + 1), s.word(k + 2)}:
        return "nothing is said"
    if s.word(k + 1) in entry.shuns:
        return "nothing is said"
    return _around_verb(s, k, entry, use, earlier)


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
    if _encloses(host, inner):
        return True
    edge = inner.first - 1
    while edge > host.cue.start and s.is_adverb(edge) and s.words[edge] != "yet":
        edge -= 1
    if edge < host.content.start or (host.role == _Role.PHRASE and edge == host.content.start):
        return False
    word = "”" if s.quotation[edge] >= 0 else s.words[edge]
    previous = edge - 1
    divided = previous >= host.content.start and (s.quotation[previous] >= 0 or s.words[previous] == ",")
    is_act = host.entry.frame == "act" and s.word(host.cue.end) != "that"
    alike = _is_alike(host.entry.form, inner.entry.form)
    match inner.role:
        case _Role.PARTICIPLE | _Role.GERUND | _Role.OPENING:
            if word in (",", "”", "—"):
                return True
            is_gerund = inner.role == _Role.GERUND
            return (word in ("and", "but") and (alike or divided)) or (is_gerund and word in ("by", "while", "after"))
        case _Role.INFINITIVE:
            return is_act and word == "and"
        case _Role.ASKED:
            return True
        case _Role.NOUN | _Role.PASSIVE | _Role.REDUCED | _Role.PHRASE:
            return False
    if inner.rule == "coordinated verb" or inner.first == inner.cue.start:
        opener = s.words[inner.first] if inner.first < inner.cue.start else word
        if word in (",", "”", "—", ";"):
            return True
        return opener in ("and", "but", "then", ",", "or") and (alike or is_act)
    if "new clause" in s.kinds[edge] or word in (",", ";", "—", "”", "-"):
        return True
    if divided and word in ("as", "so", "after", "before", "though"):
        return True
    return is_act and word in ("as", "after", "because", "who")


def _is_alike(form: str, other: str) -> bool:
    """Tell whether two forms can be coordinated: “said … and added”."""
    return form == other or {form, other} <= {"past", "participle", "s"}


def _encloses(host: _Candidate, inner: _Candidate) -> bool:
    """Tell whether a host stands between the inner verb and its subject: “Smith, who said …, argued”."""
    if inner.role != _Role.FINITE or not inner.source:
        return False
    return inner.source.start < host.cue.start < inner.cue.start and inner.rule == "verb"


def _place(s: Sentence, live: list[_Candidate], inner: _Candidate, rejected: list[Rejected]) -> list[_Candidate]:
    """Add a cue to those before it, as one of its own, as nested, or not at all."""
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
        elif _opens(x, outer.content):
            kept.append(replace(_ending(x, outer.content.end), host=outer.cue.start))
        elif x.entry.frame != "belief":
            rejected.append(_refused(s, x.cue.start, _INSIDE))
    return kept


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
    while start < end and s.words[start] in cue.entry.needs:
        start += 1
    if cue.role == _Role.PHRASE:
        return start
    if cue.entry.frame in ("act", "noun"):
        return start + 1 if "preposition" in s.kind(start) and s.words[start] not in ("as", "to") else start
    for k in range(start, min(start + LONGEST_OCCASION, end)):
        word = s.words[k]
        if word == "that" and not (k == start and s.word(k + 1) in (".", ",", "")):
            return k + 1
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
    forms = _cues().verbs.keys() | _cues().nouns.keys() | _cues().phrases.keys()
    rejected: list[Rejected] = []
    found: list[_Found] = []
    headings = {0, *(region.start for region in document.of_kind("heading"))}
    for s in sentences(document, tokens):
        places = [k for k in range(s.start, s.end) if s.words[k] in forms]
        headline = _headline(s) if tokens.starts[s.start] in headings else []
        if places or headline:
            found += [_Found(x.cue.start, x.host, _clause(s, x)) for x in _read(s, places, headline, rejected)]
    found = _with_quotations(document, tokens, sorted(found))
    number = {item.place: n for n, item in enumerate(found)}
    nested = [(item.clause, number.get(item.host, -1)) for item in found]
    return [clause._replace(nested=host >= 0, host=host) for clause, host in nested], sorted(rejected)


class _Found(NamedTuple):
    """A clause with the tokens of its cue and of its host's."""

    place: int
    host: int
    clause: Clause


def _source(s: Sentence, x: _Candidate) -> Iterator[Span]:
    """Yield the characters of a source; a relative pronoun behind it stands apart: “the agency”, “which”."""
    if not x.source:
        return
    start, end = x.source
    if end - start > 1 and "relative" in s.kinds[end - 1]:
        head = end - 2 if s.words[end - 2] == "," else end - 1
        yield s.tokens.starts[start], s.tokens.ends[head - 1]
        start = end - 1
    yield s.tokens.starts[start], s.tokens.ends[end - 1]


def _clause(s: Sentence, x: _Candidate) -> Clause:
    """Turn positions of tokens into characters."""
    if x.is_before:
        content = [_span(s, *x.content), *([_span(s, *x.more)] if x.more else [])]
    else:
        content = [_span(s, _content_start(s, x), x.content.end)]
    cue = (s.tokens.starts[x.cue.start], s.tokens.ends[x.cue.end - 1])
    entry = x.entry
    return Clause(
        tuple(_source(s, x)),
        cue,
        tuple(c for c in content if c),
        entry.lemma,
        entry.frame,
        entry.stance,
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
    if not any(s.is_word(k) for k in range(start, end)):
        return None
    first, last = s.tokens.starts[start], s.tokens.ends[end - 1]
    if s.quotation[start] >= 0:
        first = min(first, s.tokens.quotations[s.quotation[start]].start)
    if s.quotation[end - 1] >= 0:
        last = max(last, s.tokens.quotations[s.quotation[end - 1]].end)
    return first, last


# Quotations without a cue of their own -------------------------------------------------------------------------------


class _Held(NamedTuple):
    """A stretch of what is said, and the place of its clause in the list."""

    start: int
    end: int
    owner: int


def _with_quotations(document: Document, tokens: Tokens, found: list[_Found]) -> list[_Found]:
    """Add the quotations that no cue introduces: to the clause whose speaker goes on, or after a colon as their own.

    A quotation goes on from the last clause before it in its paragraph, else from the paragraph before if it resumes
    its quotation, else it leads up to the first clause after it in its paragraph.
    """
    found += _colons(document, tokens, found)
    found.sort()
    held = _held(found)
    starts, ends = ({piece[side] for piece in document.sentences} for side in (0, 1))
    places = [item.clause.cue[0] for item in found]
    speaking = -1
    for paragraph in document.paragraphs:
        first, last = bisect_left(places, paragraph.start), bisect_left(places, paragraph.end) - 1
        for quotation in reversed(touching(tokens.quotations, *paragraph)):
            if holders := touching(held, quotation.start, quotation.end):
                speaking = holders[0].owner
            elif quotation.start in starts and (quotation.end in ends or _is_long(tokens, quotation)):
                before = bisect_left(places, quotation.start) - 1
                if before >= first:
                    speaking = before
                elif not quotation.continues:
                    speaking = first if first <= last else -1
                if speaking >= 0:
                    found[speaking] = _speaking_on(found[speaking], quotation)
    return found


def _held(found: list[_Found]) -> list[_Held]:
    """Return the stretches of what is said, by start; where some overlap, only the first."""
    held: list[_Held] = []
    for stretch in sorted(_Held(*span, n) for n, item in enumerate(found) for span in item.clause.content):
        if not held or stretch.start >= held[-1].end:
            held.append(stretch)
    return held


def _is_long(tokens: Tokens, quotation: Quotation) -> bool:
    start, end = tokens.within(quotation.start, quotation.end)
    return end - start > LONGEST_NICKNAME


def _speaking_on(item: _Found, quotation: Quotation) -> _Found:
    content = tuple(sorted({*item.clause.content, (quotation.start, quotation.end)}))
    return item._replace(clause=item.clause._replace(content=content))


def _colons(document: Document, tokens: Tokens, found: list[_Found]) -> list[_Found]:
    """Give the quotations behind a colon to the clause before it, and return those that only a colon introduces."""
    held = _held(found)
    colons = []
    sentence_starts = [piece.start for piece in document.sentences]
    places = [item.clause.cue[0] for item in found]
    for quotation in tokens.quotations:
        k = tokens.within(quotation.start, quotation.end).start - 1
        if k < 0 or tokens.words[k] != ":" or not _is_long(tokens, quotation):
            continue
        if touching(held, quotation.start, quotation.end):
            continue
        speaking = bisect_left(places, tokens.starts[k]) - 1
        sentence = sentence_starts[bisect_left(sentence_starts, tokens.ends[k]) - 1]
        if speaking >= 0 and places[speaking] >= sentence:
            found[speaking] = _speaking_on(found[speaking], quotation)
        else:
            cue, content = (tokens.starts[k], tokens.ends[k]), (quotation.start, quotation.end)
            colons.append(_Found(k, -1, Clause((), cue, (content,), ":", "colon", "neutral", "colon", False, -1)))
    return colons
