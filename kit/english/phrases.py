"""Tokens of a document and the phrases around a verb: its subject, what follows it turned round, appositions.

There is no parser here. English news is regular enough around verbs of speech that the classes of a few hundred
function words (`kit/words/function-words.csv`), capitals and commas tell where a noun phrase begins and ends; where a
text has lost its commas, names and the words for roles (`kit/words/sources.csv`) help. Positions
are numbers of tokens, `end` exclusive. No walk leaves its sentence, and no sentence is longer than `LONGEST_SENTENCE`,
so that everything takes time in proportion to the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, compress, count, repeat
from typing import NamedTuple

from ..documents.corpus import Document
from ..words import word_table
from .names import is_role
from .source_types import kind_of

LONGEST_SENTENCE = 250
LONGEST_PHRASE = 40
LONGEST_RELATIVE = 12  # tokens of a relative clause between a noun and its verb
LONGEST_WITHOUT_COMMA = 100  # tokens of an ordinary text
LONGEST_NICKNAME = 6  # tokens with their quotation marks: Joe “the plumber” Smith

# Python's `\w` leaves out combining marks; these are the ones of Latin, Greek and Cyrillic letters and Arabic vowels.
_JOINS = r"[\u0300-\u036f\u064b-\u065f]++\w*+|(?:[-‐‑.&]|(?<=\d),(?=\d))\w++"
# Quick where there is least to do: at white space, and behind a word that white space follows.
_TOKEN = re.compile(rf"(?!\s)(\w++(?:(?=\s)|(?:{_JOINS})*+)|'(?:s|re|ve|ll|d|m|t)(?!\w)|.)")
_NO_KINDS: frozenset[str] = frozenset()
_VERBAL = frozenset({"be", "have", "do", "modal"})
_OPENING_PHRASES = frozenset({"determiner", "pronoun", "object"})
_ENDING_PHRASES = frozenset({"subordinator", "have", "do", "modal"})
_BEFORE_ARTICLE = frozenset({"preposition", "coordinator", "determiner", "past"})
_AMBIGUOUS = frozenset({"-", "will", "may"})  # a hyphen or a dash, a modal verb or a name
_OPENING_OR_CLOSING = frozenset({"(", ")", "—", "–"})
_STOPS = (",", ".", "?", "!")
_OPENS = {")": "(", "]": "[", "—": "—", "–": "–"}


class Phrase(NamedTuple):
    """A stretch of tokens, `end` exclusive."""

    start: int
    end: int


@cache
def kinds_of_words() -> dict[str, frozenset[str]]:
    """Read the classes of function words: {word: the classes it belongs to}."""
    classes = {row["class"]: row["words"].split() for row in word_table("function-words")}
    every = {word for words in classes.values() for word in words}
    return {word: frozenset(name for name, words in classes.items() if word in words) for word in every}


class Tokens:
    """The tokens of a document.

    Attributes
    ----------
    starts, ends : list of int
        Their characters in the document's text.
    words : list of str
        In small letters, apostrophes straight, every kind of dash between words as "—".
    kinds : list of frozenset of str
        The classes of function words that each belongs to.
    quotation : list of int
        Which of `quotations` each stands in, -1 for none.
    quotations : list of Quotation
        The outer ones.
    quoted : list of Phrase
        The tokens of each of `quotations`.
    lack_commas : bool
        Whether the text is one that has lost its commas.
    """

    def __init__(self, document: Document) -> None:
        text = self.text = document.text
        # In turn what stands between tokens and a token; to add up their lengths is quicker than to ask for spans.
        parts = _TOKEN.split(text.replace("_", " ").replace("’", "'"))
        edges = list(accumulate(map(len, parts)))
        self.starts, self.ends = edges[0:-1:2], edges[1::2]
        self.words = list(map(str.lower, parts[1::2]))
        self.kinds = list(map(kinds_of_words().get, self.words, repeat(_NO_KINDS)))
        for k in self.among(_AMBIGUOUS):
            if self.words[k] == "-" and self._stands_off(k):
                self.words[k], self.kinds[k] = "—", kinds_of_words().get("—", _NO_KINDS)
            elif self.words[k] != "-" and self._is_surname(k):
                self.kinds[k] = _NO_KINDS
        self.lack_commas = "," not in text and len(self.words) > LONGEST_WITHOUT_COMMA
        self.quotations = document.quotations
        self.quoted = [self.within(q.start, q.end) for q in self.quotations]
        self.quotation = [-1] * len(self.words)
        for number, (start, end) in enumerate(self.quoted):
            self.quotation[start:end] = [number] * (end - start)

    def among(self, words: frozenset[str]) -> list[int]:
        """Return the tokens that are one of some words."""
        return list(compress(count(), map(words.__contains__, self.words)))

    def _stands_off(self, k: int) -> bool:
        """Tell whether a hyphen is used as a dash: white space or another hyphen beside it."""
        around = self.text[max(self.starts[k] - 1, 0) : self.starts[k]] + self.text[self.ends[k] : self.ends[k] + 1]
        return any(character.isspace() or character == "-" for character in around)

    def _is_surname(self, k: int) -> bool:
        """Tell whether a modal verb with a capital is a name: “while Will acknowledged it”, “he met May”."""
        if not (self.is_capital(k) and k > 0 and self.words[k - 1][0].isalpha()):
            return False
        return not self.is_capital(k - 1) or "subordinator" in self.kinds[k - 1]

    def within(self, start: int, end: int) -> Phrase:
        """Return the tokens that begin within a span of characters."""
        first = bisect_left(self.starts, start)
        return Phrase(first, bisect_left(self.starts, end, first))

    def is_capital(self, k: int) -> bool:
        """Tell whether a token begins with a capital letter."""
        return self.text[self.starts[k]].isupper()

    def is_initial(self, k: int) -> bool:
        """Tell whether a token is the full stop behind an initial."""
        return self.words[k] == "." and len(self.words[k - 1]) == 1

    def touch(self, k: int) -> bool:
        """Tell whether nothing stands between a token and the next."""
        return self.ends[k] == self.starts[k + 1]


class _Walk(NamedTuple):
    """A way over tokens: where it began and ended, and up to where it would have been the same begun later."""

    start: int
    end: int
    same_until: int


_NO_WALK = _Walk(-1, -1, -1)


def token_sentences(document: Document, tokens: Tokens, wanted: Sequence[int] | None = None) -> Iterator[Sentence]:
    """Yield the sentences of a document as tokens; one that is longer than any real one comes in pieces.

    If there are `wanted` places of the text, which are sorted, only those come that hold one.
    """
    behind = start = end = 0
    for first, last in document.sentences:
        if wanted is not None:
            if behind == len(wanted):
                return
            if wanted[behind] >= last:
                continue
            behind = bisect_left(wanted, last, behind)
        start = bisect_left(tokens.starts, first, end)
        end = bisect_left(tokens.starts, last, start)
        while end - start > LONGEST_SENTENCE:
            yield Sentence(tokens, start, start + LONGEST_SENTENCE)
            start += LONGEST_SENTENCE
        if start < end:
            yield Sentence(tokens, start, end)


class Sentence:
    """One sentence, and the phrases that can be found in it. Attributes as in `Tokens`."""

    is_heading = False

    def __init__(self, tokens: Tokens, start: int, end: int) -> None:
        self.tokens, self.start, self.end = tokens, start, end
        self.words, self.kinds, self.quotation = tokens.words, tokens.kinds, tokens.quotation
        self.is_capital = tokens.is_capital
        self._walk = _NO_WALK

    # One token ------------------------------------------------------------------------------------------------------

    def word(self, k: int) -> str:
        """Return a word of the sentence, "" outside it."""
        return self.words[k] if self.start <= k < self.end else ""

    def kind(self, k: int) -> frozenset[str]:
        """Return the classes of a word of the sentence, none outside it."""
        return self.kinds[k] if self.start <= k < self.end else _NO_KINDS

    def is_quoted(self, k: int) -> bool:
        """Tell whether a token of the sentence stands in quotation marks."""
        return self.start <= k < self.end and self.quotation[k] >= 0

    def is_word(self, k: int) -> bool:
        """Tell whether a token is a word or a number."""
        return self.words[k][0].isalnum()

    def is_name(self, k: int) -> bool:
        """Tell whether a token of the sentence is a word with a capital."""
        return self.start <= k < self.end and self.is_capital(k)

    def is_adverb(self, k: int) -> bool:
        """Tell whether a token is an adverb."""
        word, kinds = self.words[k], self.kinds[k]
        if "adverb" in kinds:
            return True
        return len(word) > 4 and word.endswith("ly") and "no adverb" not in kinds and not self.is_capital(k)

    def is_verbal(self, k: int) -> bool:
        """Tell whether a token is a form of be, have, do, or a modal verb; a possessive “'s” is not."""
        kinds = self.kinds[k]
        return bool(kinds) and not kinds.isdisjoint(_VERBAL) and self.words[k] != "'s"

    def holds_verbal(self, phrase: Phrase) -> bool:
        """Tell whether an auxiliary stands in a phrase of the sentence."""
        return any(map(self.is_verbal, range(*phrase)))

    def holds_quotation(self) -> bool:
        """Tell whether anything in the sentence stands in quotation marks."""
        return max(self.quotation[self.start : self.end]) >= 0

    def starts_phrase(self, k: int) -> bool:
        """Tell whether a noun phrase or a quotation can begin at a token."""
        if not self.start <= k < self.end:
            return False
        kinds = self.kinds[k]
        if self.quotation[k] >= 0 or self.words[k][0].isdigit() or (kinds and kinds & _OPENING_PHRASES):
            return True
        return self.is_capital(k) and "preposition" not in kinds

    def goes_on(self, k: int) -> bool:
        """Tell whether a participle follows that is of whoever spoke before, in a text that has lost its commas."""
        return self.tokens.lack_commas and "goes on" in self.kind(k)

    def is_nickname(self, k: int) -> bool:
        """Tell whether a quoted token stands in a quotation so short that it can be a part of a noun phrase."""
        start, end = self.tokens.quoted[self.quotation[k]]
        return end - start <= LONGEST_NICKNAME and self.words[max(end - 2, start)] not in _STOPS

    def back_over_adverbs(self, k: int) -> int:
        """Return the last token at `k` or before it that is no adverb."""
        while k >= self.start and self.is_adverb(k):
            k -= 1
        return k

    def after_semicolon(self, k: int) -> int:
        """Return where the part of the sentence begins that a token stands in; semicolons divide it."""
        while k > self.start and not (self.words[k - 1] == ";" and self.quotation[k - 1] < 0):
            k -= 1
        return max(k, self.start)

    def next_comma(self, k: int) -> int:
        """Return the first comma behind a token that is not quoted, else the end of the sentence."""
        for x in range(k + 1, self.end):
            if self.words[x] == "," and self.quotation[x] < 0:
                return x
        return self.end

    def end_of_aside(self, k: int) -> int:
        """Return where the bracket or the dash closes that a token stands behind, else the end of the sentence."""
        opening = k - 1
        while opening >= self.start and self.words[opening] not in _OPENING_OR_CLOSING:
            opening -= 1
        mark = self.word(opening)
        if mark in ("", ")"):
            return self.end
        close = ")" if mark == "(" else mark
        if close == mark and sum(self.words[x] == mark for x in range(self.start, opening + 1)) % 2 == 0:
            return self.end
        while k < self.end and not (self.words[k] == close and self.quotation[k] < 0):
            k += 1
        return k

    # Phrases before a verb ------------------------------------------------------------------------------------------

    def subject(self, last: int) -> Phrase | None:
        """Return the noun phrase that ends at a token, or before the aside that ends there."""
        if last < self.start:
            return None
        word = self.words[last]
        if self.quotation[last] >= 0 and not self._opens_inside(last):
            return None
        if word in _OPENS:
            opening = self._opening(last)
            if word == "]" and opening >= self.start and self.is_capital(opening + 1):  # “[He] said”
                return Phrase(opening + 1, last)
            inner = self.subject(opening - 1) if opening > self.start else None
            return Phrase(inner.start, last + 1) if inner and word in ")]" else inner
        if word == ",":
            return self.apposition(last)
        last = self._before_time(last)
        kinds = self.kinds[last]
        if "relative" in kinds:
            return self._antecedent(last)
        if "coordinator" in kinds or not (self.is_word(last) or self.quotation[last] >= 0 or word in "%.'"):
            return None
        if "pronoun" in kinds:
            return Phrase(last, last + 1)
        start = self._phrase_start(last)
        if self.tokens.lack_commas and (close := self._name_with_role(start, last)):
            return Phrase(close, last + 1)
        is_apart = self.tokens.lack_commas and "own phrase" in self.kinds[start]
        relative = None if is_apart else self._relative_before(start)
        first = self._phrase_start(relative - 1) if relative else self._with_list(start, last)
        return Phrase(first, last + 1)

    def _name_with_role(self, start: int, last: int) -> int | None:
        """Return where a name with its role begins that no comma parts from a clause: “… the war | envoy Ana Lind”."""
        k = last + 1
        while k > start and (self.is_capital(k - 1) or self._joins_name(k - 1) or is_role(self.words[k - 1])):
            k -= 1
        if not self.is_capital(last) or k <= start:
            return None
        if self.words[k - 1] == "the":
            k -= 1
        if "preposition" not in self.kind(k - 1):
            return k
        is_place = k < last and kind_of(self.words[k]).is_state  # in Syria | Ana Lind
        return k + 1 if is_place else None

    def _joins_name(self, k: int) -> bool:
        return self.words[k] in ("of", "for") and self.is_name(k - 1) and self.is_name(k + 1)

    def _with_list(self, start: int, last: int) -> int:
        """Return where a list of noun phrases begins: “Officials in Moscow, | Damascus and Washington”."""
        while self.word(start - 1) == "," and any(self.words[k] == "and" for k in range(start, last)):
            before = self._phrase_start(start - 2) if start - 2 >= self.start else start
            leads = self.kind(before) & {"lead", "day", "preposition", "subordinator"} or self.is_adverb(start - 2)
            if before == start or leads or start - before > LONGEST_NICKNAME or not self.is_word(start - 2):
                break
            start = before
        return start

    def _relative_before(self, start: int) -> int | None:
        """Return where a relative clause begins, without a comma, that a noun phrase ends: “a man | who follows it”."""
        for k in range(start - 1, max(self.start, start - LONGEST_RELATIVE), -1):
            if self.quotation[k] >= 0 or not self.is_word(k) or self.words[k] in ("the", "a", "an"):
                return None
            opens = self.words[k] in ("who", "whose") or (self.words[k] == "that" and not self.starts_phrase(k + 1))
            if opens and self.is_word(k - 1) and not self.is_adverb(k - 1):
                return k
        return None

    def _opens_inside(self, k: int) -> bool:
        return self.is_nickname(k) and self.tokens.quoted[self.quotation[k]].start > self.start

    def _opening(self, last: int) -> int:
        """Return where the bracket or dash opens that closes at a token; before the sentence if nowhere."""
        k = last - 1
        while k >= self.start and self.words[k] != _OPENS[self.words[last]]:
            k -= 1
        return k

    def _before_time(self, last: int) -> int:
        """Step back over a time between a subject and its verb: “Smith on Tuesday”, “the army late Friday”."""
        k = last
        in_may = self.words[k] == "may" and self.is_capital(k) and "preposition" in self.kind(k - 1)
        while k > self.start and ("day" in self.kinds[k] or self.words[k].isdigit() or (in_may and k == last)):
            k -= 1
        if k == last:
            return last
        if "before time" in self.kinds[k]:
            while k > self.start and ("before time" in self.kinds[k] or self.words[k] == "like"):
                k = self.back_over_adverbs(k - 1)
            return last if self.words[k] == "," else k
        noun = self.words[k].isalpha() and not self.kinds[k] & {"preposition", "determiner"}
        return k if noun and not self.words[last].isdigit() else last

    def _antecedent(self, relative: int) -> Phrase | None:
        """Return the noun phrase that a relative pronoun stands for, the pronoun with it."""
        k = relative - 1
        if self.word(k) == ",":
            k -= 1
        if "relative" in self.kind(k) or self.word(k) == ",":
            return None
        head = self.subject(k)
        if not head:
            return None
        start = head.start
        while "preposition" in self.kinds[start]:  # met with reactions of | the critics
            start = next((x + 1 for x in range(k - 1, start, -1) if "preposition" in self.kinds[x]), start + 1)
        return Phrase(start, relative + 1)

    def _phrase_start(self, last: int) -> int:
        """Return where the noun phrase begins whose last token this is."""
        first = max(self.start, last - LONGEST_PHRASE)
        k = last
        while k > first:
            if self.quotation[k - 1] >= 0:
                opening = self.tokens.quoted[self.quotation[k - 1]].start
                if opening <= first or not self.is_nickname(k - 1):
                    break
                k = opening
            elif self._ends_before(k - 1) or ("own phrase" in self.kinds[k] and self._begins_phrase(k, last)):
                break
            else:
                k -= 1
        k = self._behind_adverbial(k, last)
        while k < last and (self.words[k] == "and" or (self.is_adverb(k) and "determiner" not in self.kinds[k])):
            k += 1
        return k

    def _begins_phrase(self, k: int, last: int) -> bool:
        """Tell whether a noun phrase of its own begins at an article: “in Aleppo on Friday | the army”."""
        if "own phrase" not in self.kinds[k] or k == last:
            return False
        before = self.kinds[k - 1]
        participle = self.words[k - 1].endswith("ing")
        if self.words[k] != "the" and self.is_capital(k):  # CBS This Morning
            return False
        return self.is_word(k - 1) and not participle and not before & _BEFORE_ARTICLE

    def _ends_before(self, k: int) -> bool:
        """Tell whether a token cannot belong to the noun phrase that follows it."""
        word, kinds = self.words[k], self.kinds[k]
        if not kinds and word[0].isalnum():
            return False
        if word == "what":
            return True
        if word == ".":
            return not (k > self.start and self.is_capital(k - 1) and len(self.words[k - 1]) <= 5)
        if not (self.is_word(k) or word in ("'s", "'", "&")):
            return True
        if not kinds.isdisjoint(_ENDING_PHRASES) or word == "but":
            return True
        if self._is_past(k) and "relative" not in self.kind(k - 1):
            return True
        if "be" in kinds and word not in ("'s", "being"):
            return True
        if "pronoun" in kinds and not kinds & {"determiner", "countable"}:
            return True
        if "object" in kinds and word != "her":
            return True
        return "coordinator" in kinds and k > self.start and self.is_word(k - 1) and self._is_verb(k - 1)

    def _is_past(self, k: int) -> bool:
        return "past" in self.kinds[k] and not self.is_capital(k)

    def _is_verb(self, k: int) -> bool:
        kinds = self.kinds[k]
        return "be" in kinds or "have" in kinds or (self.words[k].endswith("ed") and not self.is_capital(k))

    def _behind_adverbial(self, start: int, last: int) -> int:
        """Skip what leads into a phrase without a comma: “In Ohio Smith”, “Since April Smith”."""
        opening = start if "preposition" in self.kinds[start] else start - 1  # no phrase reaches over “since”
        if start == last or "preposition" not in self.kind(opening):
            return start
        k = opening + 1
        while k < last and ("day" in self.kinds[k] or self.words[k].isdigit()):
            k += 1
        if k > opening + 1 or opening < start:
            return k
        for k in range(start + 2, last + 1):
            after_preposition = "preposition" in self.kinds[k - 1]
            if after_preposition:
                continue
            if "determiner" in self.kinds[k] or (self.is_capital(k) and not self.is_capital(k - 1)):
                return k
        return last if self.is_capital(last) else start

    def apposition(self, comma: int) -> Phrase | None:
        """Return the noun phrase with the apposition or the aside that a comma closes.

        What follows its first comma belongs to it only if it is an apposition: a relative clause does not.
        """
        commas, left = self._commas_before(comma)
        for k in reversed(commas):
            if start := self._head_before(k, left):
                return Phrase(start.start, start.end if self._opens_aside(k + 1) else comma)
        return None

    def _opens_aside(self, k: int) -> bool:
        """Tell whether what begins at a token is a clause, a participle or a time, and no apposition."""
        participle = self.words[k].endswith(("ing", "ed")) and not self.is_capital(k)
        return participle or bool(self.kinds[k] & {"subordinator", "preposition", "day"})

    def _commas_before(self, comma: int) -> tuple[list[int], int]:
        """Return the commas before one, the last first, and where the stretch begins that they divide."""
        commas: list[int] = []
        k = comma - 1
        first = max(self.start, comma - LONGEST_PHRASE)
        while k >= first:
            word = self.words[k]
            if self.quotation[k] >= 0:
                if not self.is_nickname(k):
                    break
                k = self.tokens.quoted[self.quotation[k]].start - 1
                continue
            if word in (";", ":", "—") or (word in ("that", "because") and k not in commas[-1:]):
                break
            if word == ",":
                commas.append(k)
            k -= 1
        return commas, k + 1

    def _head_before(self, comma: int, left: int) -> Phrase | None:
        """Return the noun phrase before a comma, if an apposition can follow it."""
        last = comma - 1
        if last < left or "coordinator" in self.kinds[comma + 1] or self.words[comma + 1] in ("while", "so"):
            return None
        start = self._phrase_start(last)
        if start > left and not self._can_stand_before_subject(start - 1):
            return None
        kinds = self.kinds[start]
        if "lead" in kinds and (start == self.start or not self.is_capital(last)):
            return None
        if "subordinator" in kinds or "day" in self.kinds[last] or (start == last and self.is_adverb(last)):
            return None
        if self.words[last].isdigit() and not self.words[comma + 1][0].isalpha():
            return None
        return Phrase(start, comma)

    def _can_stand_before_subject(self, k: int) -> bool:
        return (
            self.words[k] in (",", "—", ";")
            or self._is_past(k)
            or bool({"coordinator", "before subject"} & self.kinds[k])
        )

    def first_phrase(self, start: int, end: int) -> Phrase | None:
        """Return the noun phrase that opens the main clause of a stretch: what leads into it is skipped."""
        k = start
        if k < end and self.is_adverb(k) and "lead" in self.kind(k + 1):  # even when
            k += 1
        if k < end and ("lead" in self.kinds[k] or self.words[k].endswith("ing")):
            comma = next((x for x in range(k, end) if self.words[x] == ","), end)
            k = comma if comma < end - 1 else self._second_clause(k, end)  # the comma before a participle ends no lead
        while k < end and (self.is_adverb(k) or self.words[k] in (",", "but", "and", "so") or self.quotation[k] >= 0):
            k += 1
        if k >= end:
            return None
        if "pronoun" in self.kinds[k]:
            return Phrase(k, k + 1)
        last = k
        while last < end and not self._ends_phrase(k, last):
            last += 1
        return Phrase(k, last) if last > k else None

    def _second_clause(self, start: int, end: int) -> int:
        """Return where a clause begins without a comma: “Even when it rains in the hills | the army continues to …”."""
        for k in range(start + 2, end):
            if self._begins_phrase(k, -1):
                last = next((x for x in range(k + 1, end) if self._ends_phrase(k, x)), end)
                if last < end and (self.is_verbal(last) or self._is_past(last) or self._is_present(last)):
                    return k
        return end

    def _is_present(self, k: int) -> bool:
        """Tell whether a word in -s is a verb by what follows: “continues to”, “kills a child”."""
        if not self.words[k].endswith("s") or self.is_capital(k) or self.kinds[k] - {"chain", "intention", "refusal"}:
            return False
        following = self.kind(k + 1)
        return bool(following & {"own phrase", "object"}) or ("chain" in self.kinds[k] and self.word(k + 1) == "to")

    def _ends_phrase(self, start: int, k: int) -> bool:
        """Tell whether the noun phrase that begins at `start` ends before a token."""
        word, kinds = self.words[k], self.kinds[k]
        if self.quotation[k] >= 0 or not (self.is_word(k) or word in ("'s", ".")):
            return True
        if self.is_verbal(k) or "subordinator" in kinds or self.is_adverb(k):
            return True
        if k == start:
            return False
        if self._is_past(k) or self._is_present(k):
            return True
        if word.endswith("ed") and not self.is_capital(k) and "determiner" not in self.kinds[k - 1]:
            return True
        return "preposition" in kinds and word != "of"

    # Phrases behind a verb ------------------------------------------------------------------------------------------

    def phrase_after(self, k: int) -> Phrase | None:
        """Return the noun phrase, with its apposition, that follows a verb before its source, or a preposition."""
        start = k + 1
        while start < self.end and self.is_adverb(start):
            start += 1
        k = self._end_of_walk(start)
        while k > start and self.words[k - 1] in (".", ","):
            k -= 1
        return Phrase(start, k) if k > start else None

    def _end_of_walk(self, start: int) -> int:
        """Return the token at which a phrase ends, a mark before it included.

        Where the last walk came by on its way, this one would go the same way; so “said said said” takes linear time.
        """
        known = self._walk
        if start == known.start or known.start < start < known.same_until:
            return known.end
        k = start
        comma, turned = False, 0
        while k < self.end:
            word, kinds = self.words[k], self.kinds[k]
            if self.quotation[k] >= 0:
                if not (k > start and self.is_nickname(k)):
                    break
                turned = turned or k
                k = self.tokens.quoted[self.quotation[k]].end
                continue
            if word == "(" and k > start and (closing := self._closing(k)):
                turned = turned or k
                k = closing + 1
                continue
            if word in ";:—–(?!" or (word == "." and self._is_stop(k)):
                break
            if word == ",":
                if comma or not self._opens_apposition(k + 1):
                    break
                comma, turned = True, turned or k
            elif kinds:
                if word == "of" and self.word(k + 1).endswith("ing"):
                    break
                if k > start and ("day" in kinds or (not comma and "behind source" in kinds)):
                    break
                if k > start and self.tokens.lack_commas and ("subject" in kinds or self.goes_on(k)):
                    break
                if k > start and self._begins_phrase(k, -1):
                    break
            k += 1
        self._walk = _Walk(start, min(k, self.end), turned or k)
        return self._walk.end

    def _closing(self, opening: int) -> int | None:
        """Return where a short bracket closes: “(R-Ky.)”."""
        near = range(opening + 1, min(opening + LONGEST_NICKNAME, self.end))
        return next((k for k in near if self.words[k] == ")"), None)

    def _is_stop(self, k: int) -> bool:
        """Tell whether a full stop inside a sentence is none of an abbreviation or an initial."""
        return k + 1 < self.end and not (self.is_capital(k - 1) and len(self.words[k - 1]) <= 5)

    def _opens_apposition(self, k: int) -> bool:
        if k >= self.end or self.quotation[k] >= 0 or self.is_verbal(k):
            return False
        return "no apposition" not in self.kinds[k] and not self.words[k].endswith("ing")

    def by_phrase(self, k: int) -> Phrase | None:
        """Return the noun phrase of the “by” that follows a participle."""
        for by in range(k + 1, min(k + 7, self.end)):
            if self.words[by] == "by":
                return self._before_verb(self.phrase_after(by))
            if self.words[by] in (",", ".", ";", "that", ":") or self.quotation[by] >= 0:
                return None
        return None

    def _before_verb(self, phrase: Phrase | None) -> Phrase | None:
        """Return a noun phrase up to the verb that it seems to hold: “announced by Lind | and attacked the port”."""
        if not phrase:
            return None
        for k in range(phrase.start + 1, phrase.end):
            if self.is_verbal(k) or self._is_past(k):
                return Phrase(phrase.start, k - (self.words[k - 1] == "and"))
            verb = self.words[k - 1] == "and" and self._is_verb(k)
            if verb and (self.kind(k + 1) & {"own phrase", "preposition"} or self.is_name(k + 1)):
                return Phrase(phrase.start, k - 1)
        return phrase
