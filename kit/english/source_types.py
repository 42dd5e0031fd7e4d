"""What kind of source words make: official, military, media, ….

`kit/words/sources.csv` says it word by word: `strong` words name a body or an office, `weak` ones a body or a role of
many kinds (a council, a director, a commander), which what stands beside them tells; `alone` are states and capitals,
which speak for a government only where nothing else speaks. `who` tells a body from somebody. A word with a capital in
the table is one in names only: the Post, Human Rights Watch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from ..words import word_table

SOURCE_TYPES = (
    "person",
    "official",
    "military",
    "group",
    "media",
    "organisation",
    "document",
    "public",
    "unnamed",
)
UNNAMED = "unnamed"

WORD = re.compile(r"[^\W_]++(?:[-‐‑.'’&][^\W_]++)*+")
_BEHIND_HEAD = (
    "of|for|from|at|in|inside|within|with|on|to|by|about|near|who|which|that|close|familiar"
    "|reached|based|released|published|leaked|seen"
)
COMPLEMENT = re.compile(rf"\s(?:{_BEHIND_HEAD})\s")
_BEHIND = re.compile(rf"\s({_BEHIND_HEAD})\s")
_BELONGS_TO = frozenset({"of", "for", "from", "at", "in", "inside", "within"})
_STANDS_IN = _BELONGS_TO - {"of", "for"}  # critics of the army do not belong to it, sources in the army do
_PARTS_OF_STATES = frozenset({"north", "south", "united", "new", "the", "and"})
_STRENGTHS = ("", "alone", "weak", "strong")
_ONE_OF_MANY = frozenset({"public", "person", UNNAMED})


class Word(NamedTuple):
    """What kind of source a word makes, how strongly, and whether it is a body or somebody."""

    source_type: str = ""
    strength: str = ""
    who: str = ""

    @property
    def is_state(self) -> bool:
        """Whether it is a state or a capital."""
        return (self.strength, self.who) == ("alone", "body")


_NO_SOURCE = Word()


@cache
def source_words() -> dict[str, Word]:
    """Read the table of words for sources; compounds are joined by hyphens."""
    rows = word_table("sources")
    return {w: Word(row["type"], row["strength"], row["who"]) for row in rows for w in row["words"].split()}


@lru_cache(maxsize=10_000)
def kind_of(word: str) -> Word:
    """Return what kind of source a word makes."""
    word = word.rstrip(".")
    return source_words().get(word) or source_words().get(word.lower(), _NO_SOURCE)


@cache
def _compounds() -> re.Pattern[str]:
    joined = (word.replace("-", "[- ]") for word in source_words() if "-" in word)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(joined)})\b", re.IGNORECASE)


def _joined(phrase: str) -> str:
    """Write as one word what the table has as one: think tank."""
    return _compounds().sub(lambda found: found.group().replace(" ", "-"), phrase)


def bare(word: str) -> str:
    """Return a word without the ending of a possessive."""
    return word.removesuffix("’s").removesuffix("'s")


def _words(phrase: str) -> list[str]:
    return [bare(word) for word in WORD.findall(phrase)]


def _stretches(phrase: str) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """Divide a noun phrase: the words up to its head, and what stands behind each preposition."""
    first, *behind = _BEHIND.split(f" {phrase} ")
    return _words(first), list(zip(behind[::2], map(_words, behind[1::2]), strict=True))


def _told(words: Iterable[str]) -> Word:
    """Return what the last word for a body or one of a kind tells; a weak one gives way to a strong one before it."""
    known = [k for word in words if (k := kind_of(word)).who and (k.who == "body" or k.source_type not in _ONE_OF_MANY)]
    strong = [k for k in known if k.strength == "strong"]
    return strong[-1] if strong and known[-1].strength == "weak" else known[-1] if known else _NO_SOURCE


def _strongest(told: Iterable[Word]) -> Word:
    """Return the first of the strongest."""
    return max(told, key=lambda word: _STRENGTHS.index(word.strength), default=_NO_SOURCE)


@lru_cache(maxsize=1_000)  # the speakers of a document are asked for again and again
def _of_phrase(phrase: str) -> Word:
    """Return what the words of a noun phrase tell, appositions behind commas included."""
    return _strongest(map(_of_part, _joined(phrase).split(",")))


def type_of(phrase: str) -> str:
    """Return the type that the words of a noun phrase make, or ''."""
    return _of_phrase(phrase).source_type


def _of_part(phrase: str) -> Word:
    """Return what a noun phrase without appositions makes.

    Its head decides: by itself if it is strong, or one of many (residents of Aleppo, critics of the army); a role by
    the body that it stands in (an army spokesman, the director of a school); a weak body by what it is a body of.
    """
    words, behind = _stretches(phrase)
    head = kind_of(words[-1]) if words else _NO_SOURCE
    if words and words[-1].lower() == "coalition" and any(word.endswith("led") for word in words):
        return Word("military", "strong", "body")  # led by some state
    if head.who == "body":
        told = _told(words)
        whose = [_told(stretch) for preposition, stretch in behind[:1] if preposition in _BELONGS_TO]
        return whose[0] if told.strength == "weak" and whose and whose[0].strength == "strong" else told
    if head.strength == "strong" or head.source_type == "public":
        return head
    belonging = _STANDS_IN if head == Word(UNNAMED, "weak", "somebody") else _BELONGS_TO
    others = (stretch for preposition, stretch in behind if preposition in belonging)
    stretches = [words[:-1] if head.who else words, *others]
    told = _strongest(map(_told, stretches))
    if told.strength in ("weak", "strong"):
        return told
    return told if told.strength and head.strength in ("", "alone") else head


@lru_cache(maxsize=1_000)
def type_of_name(name: str) -> str:
    """Return the type of the body or people that a name by itself tells, or ''; a state's only if it is all of it."""
    words, behind = _stretches(_joined(name))
    if words and kind_of(words[-1]).strength == "alone" and all(map(_is_part_of_state, words)):
        return kind_of(words[-1]).source_type
    for stretch in (words, *(stretch for preposition, stretch in behind if preposition in ("of", "for", "to"))):
        bodies = [word for word in stretch if kind_of(word).who == "body" or word.endswith("s")]
        bodies = [word for word in bodies if kind_of(word).source_type != "document" or word == stretch[-1]]
        if (told := _told(bodies)).strength in ("weak", "strong"):
            return told.source_type
    return ""


def _is_part_of_state(word: str) -> bool:
    return kind_of(word).strength == "alone" or word.lower() in _PARTS_OF_STATES


def type_of_named(name: str, said: str, introductions: Sequence[str]) -> str:
    """Return the type of a source with a name, or '': what its phrase says, its own words, how the text introduces it.

    Nothing is told by all this of one of many: once named, it is mostly a person.
    """
    stated, own = _of_phrase(said), type_of_name(name)
    head = COMPLEMENT.split(said.strip(), maxsplit=1)[0].split()
    if stated.source_type and (not own or (stated.strength != "alone" and head and kind_of(head[-1]).source_type)):
        source_type = stated.source_type
    else:
        introduced = type_of(" , ".join(introductions))
        source_type = own or (introduced if introduced != "document" else "") or stated.source_type
    return "" if source_type in ("public", UNNAMED) else source_type
