"""Passive clauses with and without an agent, and violence turned into a noun ("the killing of")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from ..documents.language import Piece
from ..words import word_list, word_table

# How many tokens a rule looks ahead or back at most: few clauses are longer, and time stays linear.
GAP, GROUP, AHEAD, BACK, PHRASE = 8, 8, 16, 30, 12
_MARKS = {"quote": "\"“”„'‘’«»", "dash": "—–-", "open": "([", "close": ")]", "pause": ";:.!?", "sign": "%$€£"}
_NOTHING = (0, 0)
_TOKEN = re.compile(r"(?:[A-Z]\.){2,8}|[^\W_]++(?:(?:['’‑-]|(?<=\d)[.,](?=\d))[^\W_]++)*+|\S")
_CLITIC = re.compile(r"(?<=\w)(?:n['’]t|['’](?:s|re|m|ve|ll|d))\Z", re.IGNORECASE)


class _Token(NamedTuple):
    """A word or a mark: its place in the text, its letters in lower case, and what it can be."""

    start: int
    end: int
    word: str
    kinds: frozenset[str]
    capital: bool


class Deed(NamedTuple):
    """A passive clause or a noun of violence: where its verb stands, and the texts of its subject and its agent."""

    start: int
    end: int
    kind: str
    verb: str
    subject: str
    agent: str
    violence: bool


def deeds(text: str, sentence: Piece, *, heading: bool) -> Iterator[Deed]:
    """Yield every passive of a sentence, and every noun of violence; a heading may leave out the auxiliary."""
    return _PassiveRules(text, sentence, heading=heading).found()


@cache
def _lexicon() -> dict[str, frozenset[str]]:
    """Return what each word of the word lists can be."""
    found: dict[str, set[str]] = {}
    for table in ("grammar", "participles", "by-phrases"):
        for row in word_table(table):
            for word in row["words"].split():
                found.setdefault(word, set()).add(row["kind"])
    for row in word_table("violence"):
        for noun in row["nouns"].split():
            found.setdefault(noun, set()).add("violence")
    for kind, marks in _MARKS.items():
        for mark in marks:
            found.setdefault(mark, set()).add(kind)
    return {word: frozenset(kinds) for word, kinds in found.items()}


@cache
def _violence() -> dict[str, str]:
    """Return the verb that stands in the list for each participle and noun of violence."""
    rows = word_table("violence")
    return {form: row["lemma"] for row in rows for form in f"{row['participles']} {row['nouns']}".split()}


@lru_cache(maxsize=1 << 16)
def _kinds(word: str) -> frozenset[str]:
    """Return what a word or a mark can be, by the word lists and by its ending."""
    listed = _lexicon().get(word, frozenset())
    rules = {
        "number": word[0].isdigit(),
        "adverb": (word.endswith("ly") and len(word) > 4 and "not an adverb" not in listed)
        or word in word_list("adverbs"),
        "mark": not word[0].isalnum() and "'" not in word[:-1] and word != "&",
        "ing": word.endswith("ing") and "no gerund" not in listed,
        "plural": word.endswith("s") and not word.endswith("ss") and len(word) > 4,
        "participle": _is_participle(word, listed),
    }
    return listed | {kind for kind, holds in rules.items() if holds}


def _is_participle(word: str, listed: frozenset[str]) -> bool:
    prefix, _, stem = word.rpartition("-")
    kinds = _lexicon().get(stem, frozenset())
    if "never" in kinds or (word.startswith("un") and "verb in un-" not in listed):
        return False
    if prefix and "prefix" not in _lexicon().get(prefix, ()):
        return False
    return "irregular" in kinds or (stem.endswith("ed") and len(stem) > 3)


def _tokens(text: str, start: int, end: int) -> Iterator[_Token]:
    """Yield words and marks; what is joined to a word by an apostrophe ("isn’t", "he’s") is a token of its own."""
    for match in _TOKEN.finditer(text, start, end):
        clitic = _CLITIC.search(match.group()[-4:])
        cut = match.end() - len(clitic.group()) if clitic else match.end()
        for first, last in ((match.start(), cut), (cut, match.end())):
            if first < last:
                word = text[first:last].lower().replace("’", "'") if last - first > 1 else text[first:last].lower()
                capital = text[first].isupper()
                kinds = _kinds(word)
                name = capital and "name too" in kinds and first > start
                yield _Token(first, last, word, frozenset() if name else kinds, capital)


class _PassiveRules:
    """The tokens of a sentence, and the questions that the rules ask of them."""

    def __init__(self, text: str, sentence: Piece, *, heading: bool) -> None:
        self.text, self.heading = text, heading
        self.tokens = list(_tokens(text, *sentence))
        self.passive: set[int] = set()  # the participles of the clauses found so far

    def __len__(self) -> int:
        return len(self.tokens)

    def word(self, i: int) -> str:
        return self.tokens[i].word if 0 <= i < len(self) else ""

    def has(self, i: int, *kinds: str) -> bool:
        """Tell whether a token can be one of some kinds; outside the sentence nothing is anything."""
        return 0 <= i < len(self) and not self.tokens[i].kinds.isdisjoint(kinds)

    def ends(self, i: int) -> bool:
        return i >= len(self)

    def is_be(self, i: int) -> bool:
        return self.has(i, "be") or (self.word(i) == "'s" and self.has(i - 1, "host"))

    def is_auxiliary(self, i: int) -> bool:
        return self.is_be(i) or self.has(i, "have", "modal", "do")

    def is_participle(self, i: int) -> bool:
        """Tell whether a token can be a participle; with a capital it is a name, except where other words have one."""
        if not self.has(i, "participle"):
            return False
        return self.heading or i == 0 or not self.tokens[i].capital or self.tokens[i - 1].capital

    def is_abbreviation(self, i: int) -> bool:
        """Tell whether a full stop belongs to a short word: "Mr."."""
        return self.word(i) == "." and len(self.word(i - 1)) < 4

    def between(self, stretch: tuple[int, int]) -> str:
        """Return the text of a stretch of tokens."""
        first, stop = stretch
        return self.text[self.tokens[first].start : self.tokens[stop - 1].end] if first < stop else ""

    def back_over(self, i: int, *kinds: str) -> int:
        """Go back from a token past those of some kinds."""
        stop = max(i - GROUP, -1)
        while i > stop and self.has(i, *kinds):
            i -= 1
        return i

    def deed(self, kind: str, first: int, last: int, subject: tuple[int, int], agent: tuple[int, int]) -> Deed:
        """Return what stands from one token to another, with the texts of two stretches of tokens."""
        word = self.word(last)
        lemma = _violence().get(word, "")
        verb = lemma if kind == "noun" else word
        start, end = self.tokens[first].start, self.tokens[last].end
        return Deed(start, end, kind, verb, self.between(subject), self.between(agent), bool(lemma))

    def found(self) -> Iterator[Deed]:
        """Yield every passive, and every noun of violence."""
        for i in range(len(self)):
            if (self.is_be(i) or self.has(i, "get")) and (participle := self.participle_after(i)):
                yield self.clause(i, participle)
                self.passive.add(participle)
        verbless = not self.passive and not any(self.is_auxiliary(i) for i in range(len(self)))
        for i in range(len(self)):
            if self.is_participle(i) and i not in self.passive and not self.has(i - 1, "have"):
                yield from self.bare(i, headline=self.heading and verbless)
            if self.has(i, "violence") and self.is_noun(i):
                victim = self.victim(i)
                yield self.deed("noun", i, i, victim, self.doer(i, victim))

    # Passives with an auxiliary ----------------------------------------------------------------------------------

    def participle_after(self, be: int) -> int:
        """Return the participle that makes a form of "be" or "get" passive, 0 if there is none."""
        at = self.skip_adverbs(be + 1, be + 1 + GAP)
        if not self.is_participle(at) or self.is_be(at):
            at = self.participle_of_question(be)
        return 0 if not at or self.is_adjective(be, at) or self.is_perfect(be, at) else at

    def skip_adverbs(self, at: int, stop: int) -> int:
        """Go on past adverbs, short adverbial phrases, quotation marks, and what stands between two commas."""
        while at < min(stop, len(self)):
            if length := self.adverbial(at):
                at += length
            elif self.word(at) == "," and (close := self.closing_comma(at)):
                at = close + 1
            elif self.has(at, "quote"):
                at += 1
            else:
                break
        return at

    def adverbial(self, at: int) -> int:
        """Return how many tokens an adverb or adverbial phrase that begins here has."""
        for length in (4, 3, 2):
            if " ".join(self.word(i) for i in range(at, at + length)) in word_list("adverbs"):
                return length
        return int(self.has(at, "adverb", "negation"))

    def closing_comma(self, at: int) -> int:
        """Return the comma that closes an aside ("was, in the end, killed"), 0 if there is none."""
        if self.has(at + 1, "adverb", "preposition", "subordinator"):
            for i in range(at + 2, min(at + GAP, len(self))):
                if self.word(i) == ",":
                    return i
                if self.is_auxiliary(i) or self.has(i, "mark", "relative"):
                    break
        return 0

    def participle_of_question(self, be: int) -> int:
        """Return the participle behind the subject of a question, or after "nor": "Why were the men held?"."""
        before = self.back_over(be - 1, "adverb", "quote")
        opens = before < 0 or self.has(before, "question") or self.word(before) in {"nor", "neither", "so"}
        if not opens or not self.has(be + 1, "determiner", "pronoun") or self.word(be) in {"be", "been", "being"}:
            return 0
        for i in range(be + 2, min(be + GAP, len(self))):
            if self.has(i, "participle") and not self.has(i - 1, "determiner"):
                complete = self.ends(i + 1) or self.has(i + 1, "mark", "preposition")
                return i if complete or (i == be + 2 and self.has(be + 1, "pronoun")) else 0
            if self.is_auxiliary(i) or self.has(i, "preposition", "relative", "conjunction", "mark"):
                break
        return 0

    def is_adjective(self, be: int, at: int) -> bool:
        """Tell whether a participle says what something is like: "was very tired", and no agent makes it a passive."""
        used_to = self.word(at) == "used" and self.word(at + 1) == "to" and self.has(at + 2, "determiner", "ing")
        there_is = self.word(be - 1) == "there" and (be == 1 or self.has(be - 2, "mark", "conjunction", "subordinator"))
        of_person = self.has(at, "of persons") and self.has(be - 1, "nominative")
        described = self.has(at, "adjectival") or self.has(at - 1, "degree") or self.is_before_noun(at)
        return (used_to or there_is or of_person or described) and not self.is_agent(at + 1)

    def is_before_noun(self, at: int) -> bool:
        """Tell whether a participle belongs to a noun: "these were elected officials"."""
        noun = not self.has(at + 1, "adverb", "preposition", "number", "pronoun", "determiner")
        return noun and self.has(at + 1, "plural") and not self.has(at, "with an object")

    def is_perfect(self, be: int, at: int) -> bool:
        """Tell whether "'s" stands for "has": "it's informed my work"."""
        if self.has(at, "naming"):
            return False  # "it's called a truce"
        ends = self.ends(at + 1) or self.has(at + 1, "mark", "preposition", "adverb", "conjunction")
        return self.word(be) == "'s" and not (ends or self.word(at + 1) in {"that", "when", "because", "if", "as"})

    def clause(self, be: int, participle: int) -> Deed:
        first, finite = self.verb_group(be)
        subject = self.subject(first, be, participle) if finite else self.subject_of_infinitive(first)
        kind = "passive" if subject != _NOTHING else "subjectless"
        agent = self.agent(participle)
        if agent == _NOTHING:
            agent = self.agent_in_front(first)
        return self.deed(kind, first, participle, subject, agent)

    def verb_group(self, be: int) -> tuple[int, bool]:
        """Return where a verb group ("may not have been") begins, and whether it is finite and so has a subject."""
        first = be
        while be - first < GROUP:
            before = self.back_over(first - 1, "adverb", "negation")
            if self.has(before, "infinitive"):
                return before, False
            if not self.is_auxiliary(before):
                break
            first = before
        return first, self.word(first) not in {"being", "having", "getting"}

    # Subjects ------------------------------------------------------------------------------------------------------

    def subject(self, first: int, be: int, participle: int) -> tuple[int, int]:
        """Return the subject of a clause whose verb group begins at `first`, nothing if it stands with another verb."""
        if participle > be + 1 and self.participle_of_question(be) == participle:
            return be + 1, participle
        last = self.back_over(first - 1, "adverb", "negation", "quote")
        if self.has(last + 1, "determiner") and (last < 0 or self.has(last, "conjunction", "mark", "subordinator")):
            return last + 1, last + 2  # "All were freed"
        last = self.before_bracket(last)
        if last < 0 or self.has(last, "conjunction", "pause") or self.word(last) in {"as", "than"}:
            return _NOTHING
        if self.has(last, "relative") or self.word(last) == "that":
            return self.relative_subject(last)
        if self.word(last) == "it" and self.has(participle + 1, "announcer"):
            return _NOTHING  # "it was reported that"
        aside = self.word(last) == "," or self.has(last, "dash")
        if self.follows_conjunction(last - aside):
            return _NOTHING
        return self.subject_before_aside(last) if aside else (self.phrase_start(last), last + 1)

    def relative_subject(self, relative: int) -> tuple[int, int]:
        """Return "who" with what it refers to; nothing in "of what was said", where "what" is the object."""
        if self.has(relative - 1, "preposition") and self.word(relative) == "what":
            return _NOTHING
        apart = relative == 0 or self.has(relative - 1, "mark", "preposition")
        return relative if apart else self.phrase_start(relative - 1), relative + 1

    def before_bracket(self, last: int) -> int:
        """Return the token before the bracket that closes here, or the token itself."""
        if self.has(last, "close"):
            for i in range(last - 1, max(last - BACK, -1), -1):
                if self.has(i, "open"):
                    return i - 1
        return last

    def follows_conjunction(self, last: int) -> bool:
        """Tell whether only a time or the like stands between "and" and the verb: "and in 1683 was"."""
        for i in range(last, max(last - 5, 0), -1):
            before = self.back_over(i - 1, "adverb")
            before -= self.word(before) == ","
            if self.has(before, "conjunction") and self.has(i, "preposition"):
                inside = range(i + 1, last + 1)
                return all(self.has(j, "number", "time", "turn", "determiner", "preposition") for j in inside)
            if self.has(i, "pronoun"):
                break
        return False

    def subject_before_aside(self, mark: int) -> tuple[int, int]:
        """Return the subject that an aside parts from its verb ("Smith, a farmer, was"), nothing if it had a verb."""
        nearest = range(mark - 1, max(mark - BACK, -1), -1)
        start = next((i + 1 for i in nearest if self.has(i, "pause")), max(mark - BACK, 0))
        if self.has(start, "nominative") or any(i in self.passive for i in range(start, mark)):
            return _NOTHING
        introduced = self.has(start, "preposition", "adverb")
        stop = next((i for i in range(start + 1, mark) if self.word(i) == self.word(mark) and not introduced), mark)
        return (self.phrase_start(stop - 1), stop) if stop else _NOTHING

    def phrase_start(self, last: int) -> int:
        """Return where the noun phrase that ends here begins."""
        if self.has(last, "nominative") or self.word(last) == "it":
            return last
        start, stop = last, max(last - BACK, 0)
        while start > stop and not self.bounds_phrase(start - 1):
            start = max(min(start - 1, self.before_bracket(start - 1) + 1), stop)
        if self.is_auxiliary(start - 1):  # "two were killed and six others were hurt"
            start = next((i for i in range(last - 1, start, -1) if self.has(i, "conjunction")), start)
        return start + (self.has(start, "conjunction") and start < last)

    def bounds_phrase(self, i: int) -> bool:
        """Tell whether a token cannot belong to a noun phrase that ends behind it."""
        kinds = self.has(i, "relative", "subordinator", "saying", "pause", "open", "dash")
        return (kinds and not self.is_abbreviation(i)) or self.is_auxiliary(i) or self.word(i) in {",", "that"}

    def subject_of_infinitive(self, first: int) -> tuple[int, int]:
        """Return the subject of an infinitive behind "for": "for the road to be closed"."""
        for i in range(first - 1, max(first - 6, -1), -1):
            if self.word(i) == "for" and i + 1 < first:
                return i + 1, first
            if self.is_auxiliary(i) or self.has(i, "mark", "conjunction", "preposition"):
                break
        return _NOTHING

    # Agents --------------------------------------------------------------------------------------------------------

    def agent(self, participle: int) -> tuple[int, int]:
        """Return the agent of a participle, without its "by"; nothing if none is named."""
        for at in range(participle + 1, min(participle + AHEAD, len(self))):
            made = at > participle + 1 and self.has(at - 1, "maker", "violence")  # "held in an attack by rebels"
            if self.is_agent(at) and not made:
                return at + 1, self.phrase_end(at + 1)
            if self.word(at) != "by" and self.ends_clause(at, participle):
                break
        return _NOTHING

    def agent_in_front(self, first: int) -> tuple[int, int]:
        """Return "whom" in "by whom he was killed"."""
        places = range(max(first - GAP, 1), first)
        return next(((i, i + 1) for i in places if self.word(i - 1) == "by" and self.has(i, "relative")), _NOTHING)

    def ends_clause(self, at: int, participle: int) -> bool:
        """Tell whether a by-phrase behind this token would belong to something else than the participle."""
        if self.word(at) == ",":
            return self.word(self.skip_adverbs(at + 1, at + 3)) != "by"
        if self.has(at, "conjunction"):
            other = self.skip_adverbs(at + 1, at + 4)
            shares = at <= participle + 2 and self.word(other + 1) == "by"  # "arrested and beaten by"
            return self.has(other, "participle") and not shares
        if self.word(at) == "to":
            return self.is_infinitive(at)
        if self.has(at, "participle") and not self.has(at - 1, "conjunction", "adverb"):
            return self.has(at + 1, "preposition", "mark")
        leaves = self.has(at, "relative", "nominative", "clause opener") or self.word(at) in set(";:—–")
        return leaves or self.is_auxiliary(at)

    def is_infinitive(self, to: int) -> bool:
        """Tell whether "to" begins an infinitive that goes on: not in "sent to Homs by", "asked to leave by"."""
        noun = self.has(to + 1, "determiner", "pronoun", "number", "participle")
        return not (noun or self.ends(to + 1) or self.tokens[to + 1].capital or self.has(to + 2, "preposition"))

    def is_agent(self, by: int) -> bool:
        """Tell whether "by" stands here and names who or what did it: not "by Monday", "by 10 %", "by the river"."""
        at = by + 1
        if self.word(by) != "by" or self.word(by - 1) == self.word(at):  # "one by one"
            return False
        at += self.has(at, "quote", "open", "sign")
        if self.ends(at) or self.has(at, "mark") or (self.has(at, "ing") and not self.is_name(at)):
            return False
        head = self.head(at)
        if self.has(head, "number", "measure"):
            return self.counts_doers(head)
        alone = head == at or self.has(at + 1, "number")  # "by March", "by March 2016"
        excluded = self.has(head, "time", "manner", "place") or (self.has(at, "time") and alone)
        return not excluded or (self.has(head, "self") and not alone)

    def is_name(self, at: int) -> bool:
        return self.tokens[at].capital and not self.has(at + 1, "determiner", "pronoun")

    def counts_doers(self, head: int) -> bool:
        """Tell whether a number counts who did it ("by 15 to 20 men", "by 64 % of voters") and not how much."""
        if self.word(head + 1) in {"to", "or", "and"} and self.has(head + 2, "number"):
            head = self.head(head + 2)
            return not self.has(head, "number", "measure", "time")
        return self.word(head + 1) == "of" and not self.has(head + 2, "number")

    def head(self, start: int) -> int:
        """Return the head of the noun phrase that begins here: its last word before "of"."""
        stop = self.phrase_end(start)
        return next((i - 1 for i in range(start + 1, stop) if self.has(i, "preposition", "conjunction")), stop - 1)

    def phrase_end(self, start: int) -> int:
        """Return where the noun phrase that begins here ends: before a mark, a verb, any preposition but "of"."""
        inside = range(start + 1, min(start + PHRASE, len(self)))
        stop = next((i for i in inside if self.ends_phrase(i)), max(inside.stop, start))
        while stop - 1 > start and self.has(stop - 1, "conjunction", "determiner"):
            stop -= 1
        last = stop - 1
        day = last > start and self.has(last, "day") and not self.has(last - 1, "determiner", "number", "adverb")
        return min(stop - day, len(self))  # "by gunmen Tuesday"

    def ends_phrase(self, i: int) -> bool:
        """Tell whether a token cannot belong to a noun phrase that begins before it."""
        if self.has(i, "mark"):
            name = self.is_abbreviation(i) and not self.ends(i + 1) and self.tokens[i + 1].capital
            return not (name or self.has(i, "quote", "sign", "open"))
        if self.is_auxiliary(i) or self.has(i, "relative", "subordinator", "nominative"):
            return True
        if self.has(i - 1, "determiner"):
            return False
        verb = self.is_participle(i) and not self.has(i - 1, "adverb", "number")
        span = self.word(i) == "to" and self.has(i - 1, "number") and self.has(i + 1, "number")
        preposition = self.has(i, "preposition") and self.word(i) != "of" and not span
        return verb or preposition or self.has(i, "adverb", "ing")

    # Passives without an auxiliary -----------------------------------------------------------------------------------

    def bare(self, i: int, *, headline: bool) -> Iterator[Deed]:
        """Yield the passive of a participle with no form of "be", if it is one."""
        clear = not self.has(i, "same as present")
        if clear and headline and self.is_headline_passive(i):
            yield self.deed("passive", i, i, (self.phrase_start(i - 1), i), self.agent(i))
        elif clear and self.shares_auxiliary(i):
            yield self.deed("subjectless", i, i, _NOTHING, self.agent(i))
        elif clear and (subject := self.counted_subject(i)) != _NOTHING:
            yield self.deed("passive", i, i, subject, self.agent(i))
        elif self.is_reduced(i):
            yield self.deed("reduced", i, i, _NOTHING, self.agent(i))

    def is_headline_passive(self, i: int) -> bool:
        """Tell whether a heading leaves out the auxiliary: "Two men arrested after raid"."""
        if i == 0 or self.has(i, "adjectival", "intransitive"):
            return False
        if self.has(i - 1, "determiner", "pronoun", "preposition", "mark", "conjunction", "relative", "subordinator"):
            return False
        way_out = (
            self.has(j, "preposition") and self.word(j) not in {"of", "in", "at", "from", "near", "on"}
            for j in range(self.phrase_start(i - 1), i)
        )  # "Army seeks way out for men trapped in"
        complete = self.ends(i + 1) or self.has(i + 1, "preposition", "subordinator", "pause")
        return complete and not any(way_out)

    def shares_auxiliary(self, i: int) -> bool:
        """Tell whether a participle shares the auxiliary of the one before it: "were arrested and beaten"."""
        at = self.back_over(i - 1, "adverb")
        earlier = at - 1 - self.has(at - 1, "particle")
        return self.has(at, "conjunction") and (at - 1 in self.passive or earlier in self.passive)

    def counted_subject(self, i: int) -> tuple[int, int]:
        """Return the subject of a participle that shares the auxiliary of the clause before it: "and 30 wounded"."""
        if self.has(i, "intransitive") or not (self.ends(i + 1) or self.has(i + 1, "mark", "preposition")):
            return _NOTHING
        for start in range(i - 1, max(i - 6, 0), -1):
            if self.has(start, "conjunction"):
                counted = start + 1 < i and self.has(start + 1, "number", "determiner")
                return (start + 1, i) if counted and self.is_behind_passive(start) else _NOTHING
            if self.is_auxiliary(start) or self.has(
                start, "mark", "preposition", "relative", "nominative", "participle"
            ):
                break
        return _NOTHING

    def is_behind_passive(self, stop: int) -> bool:
        """Tell whether the last verb before a token is a passive."""
        verbs = (i for i in range(stop - 1, max(stop - BACK, -1), -1) if i in self.passive or self.is_auxiliary(i))
        return next(verbs, -1) in self.passive

    def is_reduced(self, i: int) -> bool:
        """Tell whether a participle stands alone with its agent: "a town held by rebels"."""
        by = self.skip_adverbs(i + 1 + self.has(i + 1, "particle"), i + 4)
        return not self.has(i, "passes by") and (self.is_agent(by) or (i == 0 and self.agent(i) != _NOTHING))

    # Nouns -----------------------------------------------------------------------------------------------------------

    def is_noun(self, i: int) -> bool:
        """Tell whether a word of violence is a noun: behind a determiner or possessor, before "of", "by" or "on"."""
        if self.word(i - 1) in {"that", "this"} and self.has(i, "plural"):
            return False  # "the army that attacks"
        before = self.has(i - 1, "determiner") or self.word(i - 1) == "'s"
        return before or self.word(i + 1) in {"of", "by"} or (self.word(i + 1) == "on" and not self.is_auxiliary(i - 1))

    def victim(self, i: int) -> tuple[int, int]:
        """Return who suffers the violence that a noun names: "the killing of civilians", "attacks on schools"."""
        of = self.word(i + 1) in {"of", "on", "against"} and not self.ends(i + 2)
        return (i + 2, self.phrase_end(i + 2)) if of else _NOTHING

    def doer(self, i: int, victim: tuple[int, int]) -> tuple[int, int]:
        """Return who does the violence that a noun names: "bombing by the army", "the army's bombing of schools"."""
        by = victim[1] or i + 1
        if self.is_agent(by):
            return by + 1, self.phrase_end(by + 1)
        possessor = self.word(i - 1) == "'s" and i > 1 and victim != _NOTHING
        return (self.phrase_start(i - 2), i - 1) if possessor else _NOTHING
