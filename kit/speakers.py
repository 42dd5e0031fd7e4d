"""Who a source is: its type, whether it is named, and the speaker behind a pronoun, a surname or "the company".

Word lists say what kind of source a word makes (`kit/words/sources.csv`): `strong` words name a body or an office and
win over `weak` ones, which name a role that any body may give ("rebel commander"); `alone` are names of states and
capitals, which speak for a government only where nothing else does. `who` tells a body from somebody.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterator, Set
from functools import cache, cached_property, lru_cache
from operator import attrgetter
from typing import NamedTuple

from .corpus import Document, touching
from .resources import word_list, word_table
from .source_types import COMPLEMENT, UNNAMED, WORD, bare, kind_of, table, type_of, type_of_name, type_of_named

NEAR_SENTENCES = 4
INTRODUCTIONS = 3
MOST_KNOWN = 50  # how many of the last speakers or names a description or a pronoun may mean
LONGEST_NAME = 6
_START_OF, _PLACE_OF = attrgetter("start"), attrgetter("at")

# A search goes quickly to the set of characters with which a pattern begins; what stands before is looked at then.
_NAME = re.compile(
    r"\b(?=[A-Zabdev])(?<!\.)(?:(?:[A-Z][\w’'-]*|(?:[A-Z]|Mrs?|Ms|Dr|Prof|Gen|Col|Capt|Lt|Sgt|Gov|Sen|Rep)\.) ){0,9}"
    r"(?:(?:al|el|bin|ibn|de|van|von) ?-?){0,3}[A-Z][\w’'-]+(?:\.[A-Z])*"
)
_PLACE = re.compile(r"\s(?:from|at|in|with|on)\s|\s\(")
_APPOSITION = re.compile(r",\s([^,.;:!?()“”\"\n]{1,80})[,.;]")
_BREAK = re.compile(r"[,;:!?()\n“”\"]|(?<![A-Z])\.")
_FULL = re.compile(r"([A-Z](?<![\w.].)(?=[\w’'-]*[a-z])[\w’'-]++)(?=( (?:[A-Z]\. )?)((?:al-|el-)?[A-Z][\w’'-]+))")
_BODY_NAME = re.compile(
    r"[A-Z](?<![\w.].)[\w’-]++(?: (?:(?:of|for|and|the|sans) ){0,2}[A-Z][\w’-]+){1,9}(?: \(([A-Z]{2,7})\))?"
)
_BEFORE_NAME = re.compile(r"\b(?:known(?: \w+){0,4} as|alias|formerly|called|(?P<title>\w+) of) \Z")
_ENDS = ("as ", "alias ", "formerly ", "called ", "of ")  # of what _BEFORE_NAME finds: quicker to ask for
_PLACED = re.compile(r"(?i)\b(?:in|at|from|near|across|around|of|for) (?:the )?\Z")
_REPRESENTS = re.compile(
    r",\swho (?:now |also )?(?:leads?|led|heads?|headed|runs?|ran|chairs?|speaks|spoke|represents) ([^,.;:!?\n]{1,60})"
)
_TWO_NAMES = r"(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,2})"
_BEFORE_ROLE = re.compile(rf"{_TWO_NAMES} (?:the |an? )?(?P<role>[a-z]+)\b")
_BEHIND_ROLE = re.compile(rf"\b(?P<role>[a-z]+) {_TWO_NAMES}\Z")
_BASED_IN = re.compile(r"([A-Z][a-z]+-based) ")
_BASED = re.compile(r"-(?:[a-z]+ed|run|held|born)$")
_ACRONYM = re.compile(r"[A-Z](?<![\w.].)[A-Z]{1,6}(?![\w])")
_SMALL = re.compile(r"(?<![\w’'])[a-z][\w-]*")
_NATIONALITY = re.compile(r"(?:an|ish|ese|ch|[adelnqr]i|ek)$")  # Russian, British, Chinese, Dutch, Iraqi, Greek
_RELATIVE = re.compile(r"\s+(?:who|which|that|whose)\b")
_LIST = re.compile(r",? and |, ")
_PERSON = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she"}
_BODIES = frozenset({"it", "its"})
_SEVERAL = frozenset({"they", "their", "them"})
_THIRD_PERSON = _BODIES | _SEVERAL | _PERSON.keys()
_AUTHOR = frozenset({"i", "we", "my", "our", "me", "us"})
_ARTICLES = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "one", "his", "her", "their", "its", "my", "our"}
)
_LEADING_ARTICLE = re.compile(rf"^(?:{'|'.join(_ARTICLES)})\s+", re.IGNORECASE)


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
        return frozenset(_lower(" ".join(self._said)))

    @cached_property
    def heads(self) -> frozenset[str]:
        """What it is called there: mayor."""
        return self.words & self._called | {_head(self.speaker.name)}


NOBODY = Speaker("", UNNAMED, False)


@cache
def _words_of(kind: str) -> frozenset[str]:
    """Return the words of a kind of title, or of a class of function words."""
    rows = [*word_table("titles"), *word_table("function-words")]
    return frozenset(w for row in rows if kind in (row.get("kind"), row.get("class")) for w in row["words"].split())


@cache
def _function_words() -> frozenset[str]:
    return frozenset(word for row in word_table("function-words") for word in row["words"].split())


@cache
def _small_words() -> frozenset[str]:
    return _ARTICLES | _function_words()


@cache
def _no_name() -> frozenset[str]:
    """Words that are no name though a sentence begins with them: each, both, they."""
    return _ARTICLES.union(*(_words_of(kind) for kind in ("determiner", "pronoun", "pronominal")))


@cache
def _joining() -> frozenset[str]:
    """Words that stand in no name, but between names in headings: “Media And Omar Haddad”."""
    return (_words_of("coordinator") | _words_of("preposition")) - {"of", "for"}


# The names of a text -------------------------------------------------------------------------------------------------


class _Place:
    """Where a name stands; what stands beside it is only read where it is asked for."""

    def __init__(self, text: str, at: int, name: str, run: re.Match[str], titles: str) -> None:
        self.at, self.name = at, name
        self._text, self._run, self._titles = text, run, titles
        self._phrases: list[str] | None = None

    @property
    def phrases(self) -> list[str]:
        """The phrases beside the name that say what it is: a title, an apposition."""
        if self._phrases is None:
            self._phrases = list(_beside(self._text, *self._run.span(), self._titles))
        return self._phrases

    def is_person(self) -> bool:
        """Tell whether the name has two words, or what stands beside it says that it is somebody's."""
        return " " in self.name or any(_is_somebody(_head(phrase)) for phrase in self.phrases)


class _Names:
    """The names of a text with their introductions."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.places = list(_places(text))
        self._by_name: defaultdict[str, list[_Place]] = defaultdict(list)
        for place in self.places:
            self._by_name[place.name].append(place)

    @cached_property
    def full(self) -> dict[str, str]:
        """The full names by surname."""
        return _full_names(self._text)

    @cached_property
    def _initials(self) -> dict[str, str]:
        """The names of bodies by their initials."""
        return _initials(self._text)

    def of_initials(self, initials: str) -> str:
        """Return the name of the body that has some initials, or ''; what cannot be initials is not looked up."""
        return self._initials.get(initials, "") if initials.isupper() and _ACRONYM.fullmatch(initials) else ""

    def has_initials(self, name: str) -> bool:
        """Tell whether a name is that of a body with initials."""
        return " " in name and name in self._with_initials

    @cached_property
    def _with_initials(self) -> frozenset[str]:
        return frozenset(self._initials.values())

    def introductions(self, name: str) -> list[str]:
        """Return what the first places that introduce a name call it."""
        known: list[str] = []
        surname = name.rpartition(" ")[2]
        by_surname = self._by_name.get(surname, []) if surname != name else []
        if by_surname and self.full.get(surname) != name:
            by_surname = []
        for place in [*self._by_name.get(name, []), *by_surname]:
            known += place.phrases
            if len(known) >= INTRODUCTIONS:
                break
        return known

    def longer(self, name: str) -> str:
        """Return the name of three words that ends with a name of two, else that: Rami | Abdel Rahman."""
        full = self._of_three.get(name, name)
        return name if type_of_name(name) or type_of_name(full) else full

    @cached_property
    def _of_three(self) -> dict[str, str]:
        """The names of three words by their last two."""
        return {full.partition(" ")[2]: full for full in self._by_name if full.count(" ") == 2}

    @cached_property
    def roles(self) -> dict[str, list[_Place]]:
        """The places of persons by what they are called there: captain."""
        roles = defaultdict(list)
        for place in self.places:
            if not place.is_person() or type_of_name(place.name):
                continue
            if " " in place.name or not _is_placed(self._text, place.at):  # “In Homs, the mayor, …”
                for head in set(map(_head, place.phrases)):
                    roles[head].append(place)
        return roles

    def within(self, start: int, end: int) -> list[_Place]:
        """Return the last places within a stretch of the text, the last first."""
        first, last = (bisect_left(self.places, offset, key=_PLACE_OF) for offset in (start, end))
        return self.places[max(first, last - MOST_KNOWN) : last][::-1]


def _places(text: str) -> Iterator[_Place]:
    for found in _NAME.finditer(text):
        titles, name, offset = _title_and_name(found.group())
        if not name:  # as most words that begin a sentence
            continue
        start = found.start()
        at, near = start + offset, max(0, start - 60)
        if text.endswith(_ENDS, near, start) and (before := _BEFORE_NAME.search(text, near, start)):
            if not before["title"]:  # the other name of somebody
                continue
            first, _, rest = bare(found.group()).partition(" ")
            if rest and titles in ("", first) and _is_title(before["title"]):  # Secretary of | State | John Kerry
                at, titles = before.start(), f"{before['title']} of {first}"
                name = " ".join(_behind_function_words(rest.split()))
        if name:
            yield _Place(text, at, name, found, titles)


@lru_cache(maxsize=10_000)
def _title_and_name(run: str) -> tuple[str, str, int]:
    """Divide a run of capitalised words into titles and the name behind them; tell where in the run the name begins."""
    words = bare(run).split()
    if _is_title(words[-1]):
        return "", "", 0
    first = len(words) - 1
    while first and not _leads_to_name(words[first - 1]):
        first -= 1
    name = _behind_function_words(words[first:])
    return " ".join(words[:first]), " ".join(name), run.index(name[0]) if name else 0


@lru_cache(maxsize=10_000)
def _leads_to_name(word: str) -> bool:
    """Tell whether a capitalised word before a name is no part of it: a title, or a joining word of a heading."""
    return _is_title(word) or word.lower() in _joining()


def _beside(text: str, start: int, end: int, titles: str) -> Iterator[str]:
    """Yield the noun phrases that introduce a name: before it, behind it, or before the comma before it."""
    near = text[max(0, start - 60) : start]
    parts, last = [], ""
    if near.rstrip().rpartition(" ")[2].lower() not in _outside_noun_phrases():  # as nearly half of them are
        *parts, last = _BREAK.split(near)
    if before := " ".join([*_noun_phrase(last.split()), *titles.split()]):
        if titles or _is_source(WORD.findall(before)[-1:]):
            yield before
    elif parts and not last.strip() and near.rstrip().endswith(",") and text[end : end + 1] in (",", "."):
        words = parts[-1].split()
        if any(word.lower() in _ARTICLES for word in words):
            yield " ".join(_noun_phrase(words))
    if not text.startswith(",", end):
        return
    after = _APPOSITION.match(text, end, end + 90)
    if after and (apposition := _RELATIVE.split(after[1])[0]) and _is_noun_phrase(apposition):
        yield apposition
    if text.startswith(", who ", end):
        yield "who"
    if represents := _REPRESENTS.match(text, end, end + 90):
        yield represents[1]


def _is_placed(text: str, at: int) -> bool:
    """Tell whether a name says where somebody or something is: “in Homs”."""
    return bool(_PLACED.search(text, max(0, at - 20), at))


def _noun_phrase(words: list[str]) -> list[str]:
    """Return the words of a noun phrase that ends a stretch."""
    for number in range(len(words), 0, -1):
        if words[number - 1].lower() in _outside_noun_phrases():
            return words[number:]
    return words


@cache
def _outside_noun_phrases() -> frozenset[str]:
    """The words before which a noun phrase begins at the latest; behind an article it is one without it."""
    return _ARTICLES | (_function_words() - {"of", "for"}) | _verbs()


def _is_noun_phrase(words: str) -> bool:
    """Tell a noun phrase with an article, or an age, from a clause: “the mayor”, not “the army closed the road”."""
    first, *rest = words.split()
    if first.isdigit() and not rest:
        return True
    if first.lower() not in _ARTICLES | {"former"} and bare(first) == first and not _is_role(_head(words)):
        return False
    for before, word in zip([first, *rest], rest, strict=False):
        small = word.lower()
        if small in _ARTICLES:
            if before.lower() not in _function_words():
                return False
        elif small in _no_name():
            return False
        if small in _verbs():
            return False
        if word.endswith("ed") and before.lower() not in _ARTICLES and not before.endswith(("ly", "’s", "'s")):
            return False
    return True


def _is_role(head: str) -> bool:
    return kind_of(head).who == "somebody" and not _is_plural(head)


def _behind_function_words(words: list[str]) -> list[str]:
    """Return a run of capitalised words without those that only begin a sentence with their capital."""
    first, small = 0, _small_words()
    while first < len(words) and words[first].lower() in small:
        first += 1
    return words[first:]


@cache
def _verbs() -> frozenset[str]:
    return word_list("speech-tags").union(*(_words_of(kind) for kind in ("be", "have", "do", "modal")))


@lru_cache(maxsize=10_000)
def _is_title(word: str) -> bool:
    """Tell whether a capitalised word before a name says what somebody is (“Secretary of State John Kerry”)."""
    word = word.lower().rstrip(".")
    return word in _words_of("title") or kind_of(word).who == "somebody"


def _is_source(words: list[str]) -> bool:
    return any(kind_of(bare(w)).source_type or _is_title(w) for w in words)


def _is_somebody(head: str) -> bool:
    """Tell whether a word before or behind a name shows that it is somebody's: a title, a role, an age, “who”."""
    return head.isdigit() or head == "who" or bool(_gender(head)) or (_is_title(head) and not _is_plural(head))


def _full_names(text: str) -> dict[str, str]:
    """Return for each surname the full name with which the text has it first."""
    names: dict[str, str] = {}
    no_name = _words_of("title") | _small_words()
    for found in _FULL.finditer(text):
        first = found[1].lower()
        if first not in no_name and not kind_of(first).source_type and not first.endswith(("’s", "'s")):
            names.setdefault(found[3].removesuffix("’s"), "".join(found.groups()).removesuffix("’s"))
    return names


def _initials(text: str) -> dict[str, str]:
    """Return for the initials of each name of a body that name: MSF is Médecins Sans Frontières.

    Two initials could be anybody's: they are taken only where a word of the name is one for a body.
    """
    names: dict[str, str] = {}
    written = set(_ACRONYM.findall(text))
    for found in _BODY_NAME.finditer(text) if written else ():
        words = _behind_function_words(found.group().partition(" (")[0].split())
        if not found[1] and not _are_written(words, written):
            continue
        capitals = [number for number, word in enumerate(words) if word[0].isupper()]
        if found[1] and len(capitals) > 1:
            names.setdefault(found[1], " ".join(words))
        for i, number in enumerate(capitals[:-1]):
            for last in capitals[i + 1 : i + 1 + LONGEST_NAME]:
                part = words[number : last + 1]
                initials = _initials_of(part)
                whole = last == capitals[-1] and number in capitals[-LONGEST_NAME:]
                if (whole and len(initials) > 2) or (initials in written and kind_of(part[-1]).who == "body"):
                    names.setdefault(initials, " ".join(part))
    return {initials: name for initials, name in names.items() if initials in written}


def _initials_of(words: list[str]) -> str:
    return "".join(w[:1] for word in words if word[0].isupper() for w in word.split("-"))


def _are_written(words: list[str], written: set[str]) -> bool:
    """Tell whether the text has the initials of some of the words: nearly always it has not."""
    initials = _initials_of(words)
    return any(acronym in initials for acronym in written)


# The speakers of a text ----------------------------------------------------------------------------------------------


class Speakers:
    """The speakers of one document, asked in the order of the text."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._known: list[_Known] = []  # by place
        self._by_name: dict[str, Speaker] = {}
        self._short: dict[str, str] = {}  # the fullest names of whom is known, by shorter ones
        self._heads: dict[str, set[str]] = {}  # by name: mayor, secretary, what their appositions and titles call them
        self._pronouns: dict[Speaker, str] = {}  # who was she is not he
        self._bodies: dict[str, Speaker | None] = {}  # by what they are: company

    def of(self, start: int, end: int) -> Speaker | None:
        """Return who the source at a place is; None if it is the author, `NOBODY` if nobody can tell."""
        phrase = _RELATIVE.split(self._document.text[start:end], maxsplit=1)[0]
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
        insort(self._known, _Known(speaker, at, said, self._heads.get(speaker.name, frozenset())), key=_PLACE_OF)

    @cached_property
    def _names(self) -> _Names:
        return _Names(self._document.text)

    # A name ------------------------------------------------------------------------------------------------------

    def _several(self, phrase: str, start: int) -> Speaker | None:
        """Return the speakers of a list of names as one: “Russia and the US”. Their type is the one they share."""
        if " and " not in phrase:
            return None
        parts = _LIST.split(phrase)
        names = [_trailing_name(part) for part in parts]
        pairs = list(zip(names, parts, strict=True))
        if not all(n and p.endswith(n) and self._is_name(n, start + phrase.find(n)) for n, p in pairs):
            return None
        if any(_words_of("preposition") & set(part.removesuffix(name).split()) for name, part in pairs):
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
                name = _trailing_name(piece) or _name_of_medium(piece)
                if name and self._is_name(name, start + max(phrase.find(name), 0)):
                    return name
        return _name_beside_role(phrase)

    def _is_name(self, name: str, start: int) -> bool:
        """Tell a name from a word that only begins a sentence with its capital."""
        words = name.split()
        if name.lower() in _words_of("day") and name not in self._names.full:
            return False
        if len(words) > 1 or not self._begins_sentence(start):
            return words[0].lower() not in _ARTICLES
        known = table().get(name.lower())
        if known:
            return (
                (known.strength, known.who) == ("alone", "body")
                or name.lower() in _words_of("proper")
                or name.isupper()
            )
        return name.lower() not in _no_name() and name.lower() not in self._written_small

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
        self._heads[full] = {_head(part) for part in (*said, *introductions)}
        source_type = type_of_named(full, ",".join(said), introductions)
        if not source_type:
            is_acronym = (full.isupper() and len(full) > 1) or self._names.has_initials(full)
            source_type = "organisation" if is_acronym else "person"
        speaker = Speaker(full, source_type, True)
        self._by_name[full] = speaker
        for short in _shorter(full):
            self._short.setdefault(short, full)
        genders = {_gender(head) for head in self._heads[full]} - {""}
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
        common = kind.who == "body" and kind.strength != "alone" and name.lower() not in _words_of("proper")
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
        if gender := _gender(_head(description)):
            self._pronouns.setdefault(speaker, gender)
        return speaker, (description,)

    def _same(self, description: str, start: int) -> Speaker | None:
        """Return whom "the company" or "the harbour master" means: a known speaker, or a name of the text.

        Where the text has given a title to several people, "the captain" could be any of them.
        """
        if based := _BASED_IN.match(description):
            if behind := re.search(rf"{re.escape(based[1])} (?:[a-z-]+ )?({_BODY_NAME.pattern})", self._document.text):
                return self._named(name := behind[1].partition(" (")[0], name)[0]
            description = description[based.end() :]  # the London-based observatory
        head, content = _head(description), set(_lower(description))
        for known in reversed(self._known[-MOST_KNOWN:]):
            if head in known.heads and content <= known.words:
                return known.speaker
        if kind_of(head).who == "body":
            body = self._body(head)
            return body if body and content <= set(_lower(body.name)) else self._medium(head, start)
        places = self._names.roles.get(head, [])
        near = places[: bisect_left(places, start, key=_PLACE_OF)][-MOST_KNOWN:]
        names = {place.name for place in near if content <= set(_lower(" ".join(place.phrases)))}
        return self._named(name := names.pop(), name)[0] if len(names) == 1 else None

    def _monitor(self, description: str) -> Speaker | None:
        """Return the only body of the text that has a name of monitors: “a monitoring group” is the Observatory."""
        if _words_of("monitoring").isdisjoint(_lower(description)):
            return None
        bodies = {body for word in _words_of("name of monitors") if (body := self._body(word))}
        return bodies.pop() if len(bodies) == 1 else None

    def _medium(self, head: str, start: int) -> Speaker | None:
        """Return the only medium named in the sentences before one that speaks of the broadcaster or the newspaper."""
        if kind_of(head).source_type != "media" or _is_plural(head):
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
        capital = r"[A-Z][\w’']+(?:-[A-Z]\w+)*"
        before, behind = rf"(?:(?<![-’']){capital} (?:(?:of|for|and) )?)", rf"(?: (?:of|for)(?: {capital}){{1,4}})"
        found = re.search(rf"{before}{{1,4}}{word}\b{behind}?|{word}{behind}", self._document.text)
        name = " ".join(_behind_function_words(found.group().split())) if found else ""
        return Speaker(name, type_of(name) or "organisation", True) if " " in name else None

    # A pronoun ---------------------------------------------------------------------------------------------------

    def _antecedent(self, pronoun: str, start: int) -> Speaker:
        """Return the speaker before a pronoun that fits it, else the only name that does, or `NOBODY`.

        The nearest sentence with somebody who fits decides; if it has two, the pronoun could be either's.
        """
        last = bisect_right(self._document.sentences, start, key=_START_OF)
        for sentence in reversed(self._document.sentences[max(last - NEAR_SENTENCES, 0) : last]):
            stop = min(sentence.end, start)
            first, behind = (bisect_left(self._known, at, key=_PLACE_OF) for at in (sentence.start, stop))
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
            if (place.is_person() or place.name in self._names.full) and not _is_placed(text, place.at):
                yield self._named(place.name, place.name)[0]

    def _fits(self, speaker: Speaker, pronoun: str) -> bool:
        which = _class_of(pronoun)
        if self._pronouns.get(speaker, which) != which:
            return False
        plural = not speaker.named and (" and " in speaker.name or _is_plural(_head(speaker.name)))
        if which == "they":
            return plural or speaker.source_type in ("group", "public") or speaker in self._pronouns
        if plural or speaker.source_type in ("media", "document"):
            return which == "it" and not plural
        return self._is_body(speaker) == (which == "it")

    def _is_body(self, speaker: Speaker) -> bool:
        """Tell whether a speaker is a body rather than somebody: by its name, or a single word that nobody explains."""
        if not speaker.named:
            return kind_of(_head(speaker.name)).who == "body"
        if type_of_name(speaker.name) or self._names.has_initials(speaker.name):
            return True
        return " " not in speaker.name and not any(map(_is_somebody, self._heads[speaker.name]))


@cache
def _somebody() -> re.Pattern[str]:
    """Compile the pattern of a description of one person: “the harbour master”; no name and no noun follows it."""
    words = "|".join(word for word, kind in table().items() if kind.who == "somebody" and not _is_plural(word))
    return re.compile(rf"(?:The|An?) (?:[a-z-]+ ){{0,2}}?(?:{words})\b(?![’'-]| [A-Z])")


def _class_of(pronoun: str) -> str:
    return _PERSON.get(pronoun, "it" if pronoun in _BODIES else "they")


def _gender(head: str) -> str:
    """Return the pronoun for whom a word like “spokeswoman”, “Mr” or “father” means, if it tells."""
    if head in _words_of("she") or head.endswith("woman"):
        return "she"
    return "he" if head in _words_of("he") or head.endswith("sman") else ""


def _is_plural(head: str) -> bool:
    return (head.endswith("s") and not head.endswith("ss")) or head in _words_of("plural")


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


def _lower(text: str) -> list[str]:
    return [word.lower() for word in WORD.findall(text)]


@lru_cache(maxsize=1_000)  # the speakers of a document are asked for again and again
def _head(phrase: str) -> str:
    """Return the word that a noun phrase is about: the last one before a preposition, in small letters."""
    words = _lower(COMPLEMENT.split(phrase.strip(), maxsplit=1)[0])
    return words[-1] if words else ""


@lru_cache(maxsize=1_000)
def _trailing_name(part: str) -> str:
    """Return the run of capitalised words that ends a phrase, without title; "Union of Harbour Hands" is one."""
    words = part.split()
    run: list[str] = []
    for word in reversed(words):
        plain = word.strip("“”\"‘’'().")
        joins = plain.lower() in _words_of("particle") and run
        if (
            not plain
            or ("-" in plain and _BASED.search(plain))
            or not (plain[0].isupper() or joins or (plain[:3].lower() == "al-" and len(plain) > 3))
        ):
            break
        run.insert(0, word)
    if not run:
        return ""
    while run and run[0].lower() in _words_of("particle") and not run[0][0].isupper():
        run.pop(0)
    while run and run[0].lower() in _ARTICLES | _joining():
        run.pop(0)
    if len(run) > 1 and run[0].lower() in _words_of("day") and any(kind_of(w).source_type for w in map(bare, run[1:])):
        run.pop(0)  # “on 3 April Russia’s ministry”
    before = [word for word in words[: len(words) - len(run)] if word.lower() not in _ARTICLES]
    if before and before[-1] in _words_of("preposition"):  # the skipper of the Dotty Ann has no name
        body = max((i for i, word in enumerate(run) if type_of_name(word)), default=-1)
        if not (
            any(kind_of(word).who == "somebody" for word in before)
            and 0 <= body < len(run) - 2
            and run[body + 1][0].isupper()
        ):
            return ""
        run = run[body + 1 :]  # the envoy to the United Nations | Omar Haddad
    titles = [i for i, word in enumerate(run[:-1]) if word.lower().rstrip(".") in _words_of("title")]
    if not titles and len(run) > 2 and _is_title(run[0]) and not _is_plural(run[0].lower()):  # Journalist Nora Lind
        titles = [0]
    if titles:
        run = run[titles[-1] + 1 :]
        if run[0].lower() == "of":  # Secretary of State John Kerry, but not: Director of the Port
            run = [] if run[1].lower() in _ARTICLES or any(map(type_of_name, run[2:])) else run[2:]
    of = next((i for i, word in enumerate(run) if word.lower() == "of"), 0)
    if of == 2 and not any(w.lower() in table() for w in run[:2]):  # Tam Orrick of the Union
        run = run[:2]
    return " ".join(run[-LONGEST_NAME:]).strip("“”\"'‘(),")


def _name_beside_role(phrase: str) -> str:
    """Return the name before or behind a role where commas are lost: “Rami Lind | head of the port”; else ''."""
    found = _BEFORE_ROLE.match(phrase) or _BEHIND_ROLE.search(phrase)
    return found["name"] if found and _is_role(found["role"]) and not type_of_name(found["name"]) else ""


def _name_of_medium(part: str) -> str:
    """Return the name before what it is the name of: “Russia’s | Interfax | news agency”, not “the Russian agency”."""
    words = part.split()
    if not words or kind_of(words[-1]).source_type != "media":
        return ""
    last = next((i for i in range(len(words), 0, -1) if not words[i - 1][0].islower()), 0)
    if not 0 < last < len(words):
        return ""
    owner = max((i for i in range(last) if words[i].endswith(("’s", "'s"))), default=-1)
    name = _trailing_name(" ".join(words[owner + 1 : last]))
    return "" if " " not in name and _NATIONALITY.search(name) else name
