"""Who a source is: the speaker behind a name, a surname, a pronoun or “the company”, of which type, and named or not.

What kind of source words make is told by `source_types`, the names of the text and what introduces them by `names`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Set
from functools import cache, cached_property
from operator import attrgetter
from typing import NamedTuple

from ..documents.corpus import Document, touching
from .names import (
    ARTICLES,
    BODY_NAME,
    MOST_KNOWN,
    PLACE_OF,
    RELATIVE,
    Names,
    behind_function_words,
    gender_of,
    head_of,
    is_placed,
    is_plural,
    is_somebody,
    lower_words,
    name_beside_role,
    name_of_medium,
    no_name,
    trailing_name,
    words_of,
)
from .source_types import COMPLEMENT, UNNAMED, WORD, kind_of, source_words, type_of, type_of_name, type_of_named

NEAR_SENTENCES = 4
_START_OF = attrgetter("start")
_PLACE = re.compile(r"\s(?:from|at|in|inside|within|with|on)\s|\s\(")
_BASED_IN = re.compile(r"([A-Z][a-z]+-based) ")
_MONITOR = re.compile(r"(?:[A-Z][a-z]+-based )?(?:war |(?:human )?rights )?(?:monitor|monitoring group)")
_SMALL = re.compile(r"(?<![\w’'])[a-z][\w-]*")
_LIST = re.compile(r",? and |, ")
_PERSON = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she"}
_BODIES = frozenset({"it", "its"})
_SEVERAL = frozenset({"they", "their", "them"})
_THIRD_PERSON = _BODIES | _SEVERAL | _PERSON.keys()
_AUTHOR = frozenset({"i", "we", "my", "our", "me", "us"})
_LEADING_ARTICLE = re.compile(rf"^(?:{'|'.join(ARTICLES)})\s+", re.IGNORECASE)


class Speaker(NamedTuple):
    """Who speaks: a name or a description, the type of source, and whether it is a name."""

    name: str
    source_type: str
    named: bool


class _Known:
    """A speaker that a text has introduced: where, and under which words; these are only read where it is asked for."""

    def __init__(self, speaker: Speaker, at: int, said: tuple[str, ...], called: Set[str]) -> None:
        self.speaker, self.at = speaker, at
        self._said, self._called = said, called

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word with which it is introduced there."""
        return frozenset(lower_words(" ".join(self._said)))

    @cached_property
    def heads(self) -> frozenset[str]:
        """What it is called there: mayor."""
        return self.words & self._called | {head_of(self.speaker.name)}


NOBODY = Speaker("", UNNAMED, False)


class Speakers:
    """The speakers of one document, asked in the order of the text."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._known: list[_Known] = []  # by place
        self._by_name: dict[str, Speaker] = {}
        self._short: dict[str, str] = {}  # the fullest names of whom is known, by shorter ones
        self._heads: dict[str, set[str]] = {}  # by name: mayor, secretary, what their appositions and titles call them
        self._pronouns: dict[Speaker, str] = {}  # who was she is not he
        self._bodies: dict[str, Speaker | None] = {}  # by what they are, and where: company, London-based

    def of(self, start: int, end: int) -> Speaker | None:
        """Return who the source at a place is; None if it is the author, `NOBODY` if nobody can tell."""
        phrase = RELATIVE.split(self._document.text[start:end], maxsplit=1)[0]
        words = WORD.findall(phrase)
        if not words:
            return NOBODY
        first = words[0].lower()
        if first in ("who", "what", "which"):  # a question
            return NOBODY
        if (first in _AUTHOR and (len(words) == 1 or first in ("i", "we"))) or words[-1] in ("me", "us"):
            return None
        if len(words) == 1 and first in _THIRD_PERSON:
            return self._antecedent(first, start)
        if several := self._several(phrase, start):
            return several
        name = self._name(phrase, start)
        speaker, said = self._named(name, phrase) if name else self._described(phrase, words, start)
        self._remember(speaker, start, said)
        return speaker

    def _remember(self, speaker: Speaker, at: int, said: tuple[str, ...]) -> None:
        insort(self._known, _Known(speaker, at, said, self._heads.get(speaker.name, frozenset())), key=PLACE_OF)

    @cached_property
    def _names(self) -> Names:
        return Names(self._document.text)

    # A name ------------------------------------------------------------------------------------------------------

    def _several(self, phrase: str, start: int) -> Speaker | None:
        """Return the speakers of a list of names as one: “Russia and the US”. Their type is the one they share."""
        if " and " not in phrase:
            return None
        parts = _LIST.split(phrase)
        names = [trailing_name(part) for part in parts]
        pairs = list(zip(names, parts, strict=True))
        if not all(n and p.endswith(n) and self._is_name(n, start + phrase.find(n)) for n, p in pairs):
            return None
        if any(words_of("preposition") & set(part.removesuffix(name).split()) for name, part in pairs):
            return None  # officials in Moscow and Damascus
        speakers = [self._named(name, part)[0] for name, part in pairs]
        *others, last = (speaker.name for speaker in speakers)
        types = {speaker.source_type for speaker in speakers}
        speaker = Speaker(f"{', '.join(others)} and {last}", types.pop() if len(types) == 1 else UNNAMED, True)
        self._pronouns[speaker] = "they"
        self._remember(speaker, start, ())
        return speaker

    def _name(self, phrase: str, start: int) -> str:
        """Return the proper name that is the head of a phrase, without title, article and apposition; or ''."""
        for number, part in enumerate(phrase.split(",")):
            if number and " and " in part:  # a list: “officials in Moscow, Damascus and Washington”
                continue
            core = _PLACE.split(part, maxsplit=1)[0]
            left, _, right = core.partition(" for ")
            body = left.split()[-1:] if right[:1].isupper() else []
            whole = [core] if any(word[0].isupper() and kind_of(word).who == "body" for word in body) else []
            for piece in (*whole, left):  # the Observatory for Human Rights, but: a spokesman for Omar Haddad
                name = trailing_name(piece) or name_of_medium(piece)
                if name and self._is_name(name, start + max(phrase.find(name), 0)):
                    return name
        if "," in self._document.text:
            return ""
        name = name_beside_role(phrase)
        return name if name and self._is_name(name, start + phrase.find(name)) else ""

    def _is_name(self, name: str, start: int) -> bool:
        """Tell a name from a word that only begins a sentence with its capital."""
        words = name.split()
        if kind_of(words[0]).source_type in ("public", UNNAMED) and self._begins_sentence(start):
            return False  # Residents of Homs
        if name.lower() in words_of("day") and name not in self._names.full:
            return False
        if len(words) > 1 or not self._begins_sentence(start):
            return words[0].lower() not in ARTICLES
        known = source_words().get(name.lower())
        if known:
            return known.is_state or name.lower() in words_of("proper") or name.isupper()
        return name.lower() not in no_name() and name.lower() not in self._written_small

    def _begins_sentence(self, start: int) -> bool:
        before = self._document.text[max(0, start - 12) : start].rstrip("\"“‘' \n")
        return not before or before[-1] in ".!?:…"

    def _named(self, name: str, phrase: str) -> tuple[Speaker, tuple[str, ...]]:
        """Return who has a name, and what is said of it: here and, of who is known, earlier."""
        full = self._fullest(name)
        if earlier := self._by_name.get(full):
            return earlier, (phrase, full, *self._heads[full])
        said = [part for part in phrase.replace(name, " ").split(",") if part.strip()]
        introductions = self._names.introductions(full)
        self._heads[full] = {head_of(part) for part in (*said, *introductions)}
        source_type = type_of_named(full, ",".join(said), introductions)
        if not source_type:
            is_acronym = (full.isupper() and len(full) > 1) or self._names.has_initials(full)
            source_type = "organisation" if is_acronym else "person"
        speaker = Speaker(full, source_type, True)
        self._by_name[full] = speaker
        for short in _shorter(full):
            self._short.setdefault(short, full)
        genders = {gender_of(head) for head in self._heads[full]} - {""}
        if len(genders) == 1:
            self._pronouns[speaker] = genders.pop()
        return speaker, (phrase, full, *introductions)

    def _fullest(self, name: str) -> str:
        """Return the fullest form of a surname, a short name or initials: of a known speaker, else in the text."""
        if name in self._by_name:
            return name
        if known := self._short.get(name):
            return known
        if of_initials := self._names.of_initials(name.replace(".", "")):
            return of_initials
        if " " in name:
            return self._names.longer(name)
        kind = kind_of(name)
        common = kind.who == "body" and kind.strength != "alone" and name.lower() not in words_of("proper")
        if common and (body := self._body(name.lower())):
            return body.name
        return name if name.isupper() else self._names.full.get(name, name)

    @cached_property
    def _written_small(self) -> frozenset[str]:
        """Every word of the text that stands somewhere in small letters."""
        return frozenset(_SMALL.findall(self._document.text))

    # A description -----------------------------------------------------------------------------------------------

    def _described(self, phrase: str, words: list[str], start: int) -> tuple[Speaker, tuple[str, ...]]:
        core = " ".join(phrase.split(",")[0].split())
        description = _LEADING_ARTICLE.sub("", core)
        known = self._same(description, start) if words[0].lower() == "the" else None
        if known := known or self._monitor(description):
            return known, (description,)
        speaker = Speaker(description, type_of(phrase) or "public", False)
        if gender := gender_of(head_of(description)):
            self._pronouns.setdefault(speaker, gender)
        return speaker, (description,)

    def _same(self, description: str, start: int) -> Speaker | None:
        """Return whom "the company" or "the harbour master" means: a known speaker, or a name of the text.

        Where the text has given a title to several people, "the captain" could be any of them.
        """
        if based := _BASED_IN.match(description):
            if body := self._based_there(based[1]):
                return body
            description = description[based.end() :]  # the London-based observatory
        head, content = head_of(description), set(lower_words(description)) - {"same"}
        for known in reversed(self._known[-MOST_KNOWN:]):
            if head in known.heads and content <= known.words:
                return known.speaker
        if kind_of(head).who == "body":
            body = self._body(head)
            return body if body and content <= set(lower_words(body.name)) else self._medium(head, start)
        places = self._names.roles.get(head, [])
        near = places[: bisect_left(places, start, key=PLACE_OF)][-MOST_KNOWN:]
        names = {place.name for place in near if content <= set(lower_words(" ".join(place.phrases)))}
        return self._named(name := names.pop(), name)[0] if len(names) == 1 else None

    def _based_there(self, where: str) -> Speaker | None:
        """Return the body that the text first calls based somewhere: “the London-based Harbour Watch”."""
        if where not in self._bodies:
            found = re.search(rf"{re.escape(where)} (?:[a-z-]+ )?({BODY_NAME.pattern})", self._document.text)
            name = found[1].partition(" (")[0] if found else ""
            self._bodies[where] = self._named(name, name)[0] if type_of_name(name) else None
        return self._bodies[where]

    def _monitor(self, description: str) -> Speaker | None:
        """Return the only body of the text that has a name of monitors: “a monitoring group” is the Observatory."""
        if not _MONITOR.fullmatch(description):
            return None
        bodies = {body for word in words_of("name of monitors") if (body := self._body(word))}
        return bodies.pop() if len(bodies) == 1 else None

    def _medium(self, head: str, start: int) -> Speaker | None:
        """Return the only medium named in the sentences before one that speaks of the broadcaster or the newspaper."""
        if kind_of(head).source_type != "media" or is_plural(head):
            return None
        last = bisect_right(self._document.sentences, start, key=_START_OF)
        near, own = (self._document.sentences[max(last - back, 0)].start for back in (NEAR_SENTENCES, 1))
        names = {place.name for place in self._names.within(near, own) if type_of_name(place.name) == "media"}
        return self._named(name := names.pop(), name)[0] if len(names) == 1 else None

    def _body(self, head: str) -> Speaker | None:
        """Return the body whose name in the text holds a word: the company is the Harbour Company."""
        if head not in self._bodies:
            self._bodies[head] = self._search(head.capitalize())
        return self._bodies[head]

    def _search(self, word: str) -> Speaker | None:
        if word not in self._document.text:  # a look for a string is quick
            return None
        capital = r"\b[A-Z][\w’']++(?:-[A-Z]\w++)*+"
        before, behind = rf"(?:(?<![-’']){capital} (?:(?:of|for|and) )?)", rf"(?: (?:of|for)(?: {capital}){{1,4}})"
        found = re.search(rf"{before}{{1,4}}{word}\b{behind}?|{word}{behind}", self._document.text)
        name = " ".join(behind_function_words(found.group().split())) if found else ""
        return Speaker(name, type_of(name) or "organisation", True) if " " in name else None

    # A pronoun ---------------------------------------------------------------------------------------------------

    def _antecedent(self, pronoun: str, start: int) -> Speaker:
        """Return the speaker before a pronoun that fits it, else the only name that does, or `NOBODY`.

        The nearest sentence with somebody who fits decides; if it has two, the pronoun could be either's.
        """
        last = bisect_right(self._document.sentences, start, key=_START_OF)
        for sentence in reversed(self._document.sentences[max(last - NEAR_SENTENCES, 0) : last]):
            stop = min(sentence.end, start)
            first, behind = (bisect_left(self._known, at, key=PLACE_OF) for at in (sentence.start, stop))
            near = self._known[max(first, behind - MOST_KNOWN) : behind]
            speaking = {k.speaker for k in near if k.speaker.name and self._fits(k.speaker, pronoun)}
            mentioned = {s for s in self._mentioned(sentence.start, stop) if self._fits(s, pronoun)}
            sure = {s for s in speaking | mentioned if self._pronouns.get(s) == _class_of(pronoun)}
            fitting = speaking & sure or (speaking | sure if speaking else sure or mentioned)
            if len(fitting) == 1:
                self._pronouns[speaker := fitting.pop()] = _class_of(pronoun)
                return speaker
            if fitting:
                return NOBODY
        return NOBODY

    def _mentioned(self, start: int, stop: int) -> Iterator[Speaker]:
        """Yield whom the beginning of a sentence describes, and whom it names up to a place."""
        text = self._document.text
        if found := _somebody().match(text, start, stop):
            yield self._described(found.group(), found.group().split(), stop)[0]
        for place in self._names.within(start, stop):
            if touching(self._document.quotations, place.at, place.at + 1):
                continue  # nobody who speaks is meant by whom he names
            if (place.is_person() or place.name in self._names.full) and not is_placed(text, place.at):
                yield self._named(place.name, place.name)[0]

    def _fits(self, speaker: Speaker, pronoun: str) -> bool:
        which = _class_of(pronoun)
        if self._pronouns.get(speaker, which) != which:
            return False
        plural = not speaker.named and (" and " in speaker.name or is_plural(head_of(speaker.name)))
        if which == "they":
            return plural or speaker.source_type in ("group", "public") or speaker in self._pronouns
        if plural or speaker.source_type in ("media", "document"):
            return which == "it" and not plural
        return self._is_body(speaker) == (which == "it")

    def _is_body(self, speaker: Speaker) -> bool:
        """Tell whether a speaker is a body rather than somebody: by its name, or a single word that nobody explains."""
        if not speaker.named:
            return kind_of(head_of(speaker.name)).who == "body"
        if type_of_name(speaker.name) or self._names.has_initials(speaker.name):
            return True
        return " " not in speaker.name and not any(map(is_somebody, self._heads[speaker.name]))


@cache
def _somebody() -> re.Pattern[str]:
    """Compile the pattern of a description of one person: “the harbour master”; no name and no noun follows it."""
    words = "|".join(word for word, kind in source_words().items() if kind.who == "somebody" and not is_plural(word))
    return re.compile(rf"(?:The|An?) (?:[a-z-]+ ){{0,2}}?(?:{words})\b(?![’'-]| [A-Z])")


def _class_of(pronoun: str) -> str:
    return _PERSON.get(pronoun, "it" if pronoun in _BODIES else "they")


def _shorter(name: str) -> Iterator[str]:
    """Yield the shorter forms of a name: Haddad; the Observatory, the Syrian Observatory; the Harbour Company."""
    words = name.split()
    if len(words) == 1:
        return
    if not type_of_name(name):
        yield words[-1]
        return
    core = COMPLEMENT.split(name, maxsplit=1)[0].split()
    yield from {" ".join(core[number:]) for number in range(len(core))} | {" ".join(core)}
