"""Who a source is: its type, whether it is named, and the speaker behind a pronoun, a surname or "the company".

Word lists say what kind of source a word makes (`kit/words/sources.csv`): `strong` words name a body or an office and
win over `weak` ones, which name a role that any body may give ("rebel commander"); `alone` are names of states and
capitals, which speak for a government only where nothing else does. `who` tells a body from somebody.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from .corpus import Document
from .resources import word_table

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
NEAR_SENTENCES = 4
INTRODUCTIONS = 3
MOST_KNOWN = 50  # how many of the last speakers a description or a pronoun may mean
LONGEST_NAME = 6

_WORD = re.compile(r"[^\W_]++(?:[-‐‑.'’&][^\W_]++)*+")
_NAME = re.compile(r"(?<![\w.])(?:[A-Z][\w’'-]*\.? )*(?:(?:al|el|bin|ibn|de|van|von) ?-?)*[A-Z][\w’'-]+")
_COMPLEMENT = re.compile(r"\s(?:of|for|from|at|in|with|on|who|which|that|reached)\s")
_PLACE = re.compile(r"\s(?:from|at|in|with|on)\s")
_NEAR = re.compile(r"\s(?:in|near|from|at)\s")
_APPOSITION = re.compile(r",\s([^,.;:!?\n]{1,80})[,.]")
_BREAK = re.compile(r"[,;:!?\n“”\"]|(?<![A-Z])\.")
_FULL = re.compile(r"([A-Z](?<![\w.].)(?=[\w’'-]*[a-z])[\w’'-]++)(?=( (?:[A-Z]\. )?)((?:al-|el-)?[A-Z][\w’'-]+))")
_SMALL = re.compile(r"[a-z](?<![\w’'].)[\w-]*+")
_RELATIVE = re.compile(r"\s+(?:who|which|that|whose)\b")
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


class _Known(NamedTuple):
    """A speaker that a text has introduced: where, and under which words."""

    speaker: Speaker
    at: int
    words: frozenset[str]
    heads: frozenset[str]


UNNAMED = "unnamed"
NOBODY = Speaker("", UNNAMED, False)


class _Word(NamedTuple):
    """What kind of source a word makes, how strongly, and whether it is a body or somebody."""

    source_type: str = ""
    strength: str = ""
    who: str = ""


_NO_SOURCE = _Word()


@cache
def _types() -> dict[str, _Word]:
    rows = word_table("sources")
    return {w: _Word(row["type"], row["strength"], row["who"]) for row in rows for w in row["words"].split()}


@lru_cache(maxsize=10_000)
def _kind(word: str) -> _Word:
    return _types().get(word.lower().rstrip("."), _NO_SOURCE)


@cache
def _small_words() -> frozenset[str]:
    return _ARTICLES.union(*(row["words"].split() for row in word_table("function-words")))


@cache
def _words_of(kind: str) -> frozenset[str]:
    return frozenset(word for row in word_table("titles") if row["kind"] == kind for word in row["words"].split())


class Speakers:
    """The speakers of one document, asked in the order of the text."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._known: list[_Known] = []  # by place
        self._by_name: dict[str, Speaker] = {}
        self._heads: dict[str, set[str]] = {}  # by name: mayor, secretary, what their appositions and titles call them
        self._pronouns: dict[Speaker, str] = {}  # who was she is not he
        self._bodies: dict[str, Speaker | None] = {}  # by what they are: company

    def of(self, start: int, end: int) -> Speaker | None:
        """Return who the source at a place is; None if it is the author, `NOBODY` if nobody can tell."""
        phrase = _RELATIVE.split(self._document.text[start:end], maxsplit=1)[0]
        words = [w.group() for w in _WORD.finditer(phrase)]
        if not words:
            return NOBODY
        first = words[0].lower()
        if first in ("who", "what", "which"):  # a question
            return NOBODY
        if first in _AUTHOR and (len(words) == 1 or first in ("i", "we")):
            return None
        if len(words) == 1 and first in _THIRD_PERSON:
            return self._antecedent(first, start)
        name = self._name(phrase, start)
        speaker, described = self._named(name, phrase, start) if name else self._described(phrase, words, start)
        self._remember(speaker, start, described)
        return speaker

    def _remember(self, speaker: Speaker, at: int, described: set[str]) -> None:
        insort(self._known, self._entry(speaker, at, described), key=lambda k: k.at)

    def _entry(self, speaker: Speaker, at: int, described: set[str]) -> _Known:
        heads = frozenset(described & self._heads.get(speaker.name, set()) | {_head(speaker.name)})
        return _Known(speaker, at, frozenset(described), heads)

    # A name ------------------------------------------------------------------------------------------------------

    def _name(self, phrase: str, start: int) -> str:
        """Return the proper name that is the head of a phrase, without title, article and apposition; or ''."""
        for number, part in enumerate(phrase.split(",")):
            if number and " and " in part:  # a list: “officials in Moscow, Damascus and Washington”
                continue
            core = _PLACE.split(part)[0]
            left, _, right = core.partition(" for ")
            if not (right and left[:1].isupper() and _kind(left.split()[-1]).who == "body" and right[:1].isupper()):
                core = left  # not the Observatory for Human Rights
            name = _trailing_name(core)
            if name and self._is_name(name, start + max(phrase.find(name), 0)):
                return name
        return ""

    def _is_name(self, name: str, start: int) -> bool:
        """Tell a name from a word that only begins a sentence with its capital."""
        words = name.split()
        if len(words) > 1 or not self._begins_sentence(start):
            return words[0].lower() not in _ARTICLES
        known = _types().get(name.lower())
        if known:
            return known.strength == "alone" or name.lower() in _words_of("proper") or name.isupper()
        return name.lower() not in self._written_small and name.lower() not in _ARTICLES

    def _begins_sentence(self, start: int) -> bool:
        before = self._document.text[max(0, start - 12) : start].rstrip("\"“‘' \n")
        return not before or before[-1] in ".!?:…"

    def _named(self, name: str, phrase: str, start: int) -> tuple[Speaker, set[str]]:
        full = self._fullest(name)
        earlier = self._by_name.get(full)
        described = {w.lower() for w in _WORD.findall(phrase)} | {w.lower() for w in _WORD.findall(full)}
        if earlier:
            return earlier, described | self._heads[full]
        around = phrase + " , " + self._introduced(full)
        described |= {w.lower() for w in _WORD.findall(around)}
        self._heads[full] = {_head(part) for part in around.split(",") if part.strip()}
        self._by_name[full] = Speaker(full, _type_of_named(around, full), True)
        return self._by_name[full], described

    def _fullest(self, name: str) -> str:
        """Return the fullest form of a surname or a short name that the text has anywhere."""
        if " " in name:
            return name
        return self._full_names.get(name, name)

    @cached_property
    def _written_small(self) -> frozenset[str]:
        """Every word of the text that stands somewhere in small letters."""
        return frozenset(_SMALL.findall(self._document.text))

    @cached_property
    def _full_names(self) -> dict[str, str]:
        """For each surname the full name with which the text has it first."""
        names: dict[str, str] = {}
        no_name = _words_of("title") | _small_words()
        for found in _FULL.finditer(self._document.text):
            first = found[1].lower()
            if first not in no_name and not _kind(first).source_type:
                names.setdefault(found[3].removesuffix("’s"), "".join(found.groups()).removesuffix("’s"))
        return names

    def _introduced(self, name: str) -> str:
        """Return the words before a name where it first stands, a few times over, and the appositions after it."""
        text, at, said = self._document.text, -1, []
        for _ in range(INTRODUCTIONS):
            at = text.find(name, at + 1)
            if at < 0:
                break
            before = _BREAK.split(text[max(0, at - 60) : at])[-1]
            after = _APPOSITION.match(text, at + len(name), at + len(name) + 90)
            apposition = after[1] if after and not after[1].split()[0].endswith(("ing", "ed")) else ""
            said += [" ".join(before.split()[-4:]), apposition]
        return " , ".join(filter(None, said))

    # A description -----------------------------------------------------------------------------------------------

    def _described(self, phrase: str, words: list[str], start: int) -> tuple[Speaker, set[str]]:
        core = " ".join(phrase.split(",")[0].split())
        description = _LEADING_ARTICLE.sub("", core)
        content = {w.lower() for w in _WORD.findall(description)}
        if words[0].lower() == "the" and (earlier := self._same(content, description)):
            return earlier, content
        return Speaker(description, _type_of(phrase) or "public", False), content

    def _same(self, content: set[str], description: str) -> Speaker | None:
        """Return whom "the company" or "the harbour master" means: a body by its name, a person by what they are."""
        head = _head(description)
        if _kind(head).who == "body" and (body := self._body(head)):
            return body
        for known in reversed(self._known[-MOST_KNOWN:]):
            if head in known.heads and content <= known.words:
                return known.speaker
        return None

    def _body(self, head: str) -> Speaker | None:
        """Return the body whose name in the text holds a word: the company is the Harbour Company."""
        if head not in self._bodies:
            self._bodies[head] = self._search(head.capitalize())
        return self._bodies[head]

    def _search(self, word: str) -> Speaker | None:
        if "." not in word and word not in self._document.text:
            return None
        proper = rf"(?:[A-Z][\w’'-]+ (?:(?:of|for|and) )?){{1,4}}{word}\b|{word} (?:of|for) (?:[A-Z][\w’'-]+ ?){{1,4}}"
        found = re.search(proper, self._document.text)
        name = re.sub(r"^(?:The|A|An) ", "", found.group().strip()) if found else ""
        return Speaker(name, _type_of(name) or "organisation", True) if " " in name else None

    # A pronoun ---------------------------------------------------------------------------------------------------

    def _antecedent(self, pronoun: str, start: int) -> Speaker:
        """Return the nearest speaker or name before a pronoun that fits it, or `NOBODY`."""
        text = self._document.text
        last = bisect_right(self._document.sentences, start, key=lambda s: s.start)
        for sentence in reversed(self._document.sentences[max(last - NEAR_SENTENCES, 0) : last]):
            stop = min(sentence.end, start)
            first = bisect_left(self._known, sentence.start, key=lambda k: k.at)
            for known in reversed(self._known[max(first, len(self._known) - MOST_KNOWN) :]):
                if known.at < stop and known.speaker.name and self._fits(known.speaker, pronoun):
                    return self._bind(known.speaker, pronoun)
            for name, at in _names_in(text[sentence.start : stop], sentence.start):
                speaker, described = self._named(name, name, at)
                if self._fits(speaker, pronoun):
                    self._remember(speaker, at, described)
                    return self._bind(speaker, pronoun)
        return NOBODY

    def _bind(self, speaker: Speaker, pronoun: str) -> Speaker:
        """Remember as what a speaker was spoken of."""
        self._pronouns[speaker] = _class_of(pronoun)
        return speaker

    def _fits(self, speaker: Speaker, pronoun: str) -> bool:
        which = _class_of(pronoun)
        if self._pronouns.get(speaker, which) != which:
            return False
        plural = not speaker.named and _head(speaker.name).endswith("s")
        if which == "they":
            return plural or speaker.source_type in ("group", "public")
        if plural or speaker.source_type in ("media", "document"):
            return which == "it" and not plural
        return _is_body(speaker) == (which == "it")


def _class_of(pronoun: str) -> str:
    return _PERSON.get(pronoun, "it" if pronoun in _BODIES else "they")


def _names_in(sentence: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield the names of two or more words in a sentence, and surnames after a title, with their places."""
    for found in _NAME.finditer(sentence):
        words = found.group().split()
        titles = [i for i, word in enumerate(words[:-1]) if word.lower().rstrip(".") in _words_of("title")]
        name = words[titles[-1] + 1 :] if titles else words
        while name and (name[0].lower() in _small_words() or _is_title(name[0])):
            name = name[1:]
        if (len(name) > 1 or (titles and name)) and name[-1].lower() not in _words_of("title"):
            yield " ".join(name), start + found.start()


def _is_title(word: str) -> bool:
    """Tell whether a capitalised word before a name says what somebody is (“Secretary of State John Kerry”)."""
    return _kind(word).who == "somebody" or word.lower() in ("state", "u.s", "us")


def _is_body(speaker: Speaker) -> bool:
    """Tell whether a speaker is a body rather than somebody: its name holds the word for one, or is a single word."""
    words = _WORD.findall(speaker.name)
    if speaker.named:
        return len(words) == 1 or any(_kind(w).who == "body" for w in words)
    return _kind(_head(speaker.name)).who == "body"


@lru_cache(maxsize=256)  # the speakers of a document are asked for again and again
def _head(phrase: str) -> str:
    """Return the word that a noun phrase is about: the last one before a preposition, in small letters."""
    words = _WORD.findall(_COMPLEMENT.split(phrase.strip(), maxsplit=1)[0])
    return words[-1].lower() if words else ""


def _trailing_name(part: str) -> str:
    """Return the run of capitalised words that ends a phrase, without title; "Union of Harbour Hands" is one."""
    words = part.replace("’s ", "’s ").split()
    run: list[str] = []
    for word in reversed(words):
        bare = word.strip("“”\"‘’'().")
        joins = bare.lower() in _words_of("particle") and run
        if not bare or not (bare[0].isupper() or joins or (bare[:3].lower() == "al-" and len(bare) > 3)):
            break
        run.insert(0, word)
    while run and run[0].lower() in _words_of("particle") and not run[0][0].isupper():
        run.pop(0)
    while run and run[0].lower() in _ARTICLES:
        run.pop(0)
    before = [word for word in words[: len(words) - len(run)] if word.lower() not in _ARTICLES]
    if before and before[-1].lower() == "of":  # the skipper of the Dotty Ann has no name
        return ""
    titles = [i for i, word in enumerate(run[:-1]) if word.lower().rstrip(".") in _words_of("title")]
    if titles:
        run = run[titles[-1] + 1 :]
        if len(run) > 2 and run[0].lower() == "of":
            run = run[2:]
    else:
        of = next((i for i, word in enumerate(run) if word.lower() == "of"), 0)
        if of == 2 and not any(w.lower() in _types() for w in run[:2]):  # Tam Orrick of the Union
            run = run[:2]
    return " ".join(run[-LONGEST_NAME:]).strip("“”\"'‘(),")


def _type_of(phrase: str) -> str:
    """Return the type that the words of a phrase make, or ''.

    The head of the phrase or of its apposition decides if it names a body; else any body in the phrase, then the role
    that somebody has, then the state or capital that stands for its government.
    """
    heads = [_kind(_head(part)) for part in phrase.split(",")]
    if bodies := [head.source_type for head in heads if head.strength == "strong"]:
        return bodies[0]
    found: dict[str, str] = {}
    for part in (_NEAR.split(phrase)[0], phrase):
        for word in _WORD.findall(part.replace("’s", "").replace("'s", "")):
            if (kind := _kind(word)).source_type not in ("", UNNAMED):
                found.setdefault(kind.strength, kind.source_type)
        if "strong" in found or "weak" in found:
            break
    unnamed = UNNAMED if any(head.source_type == UNNAMED for head in heads) else ""
    return found.get("strong") or found.get("weak") or unnamed or found.get("alone", "")


def _type_of_named(phrase: str, name: str) -> str:
    """Return the type of a source with a name: one of many, once named, is a person."""
    source_type = _type_of(phrase.replace(name, " ")) or _type_of(name)
    if source_type in ("", "public", "unnamed"):
        return "organisation" if name.isupper() and len(name) > 1 else "person"
    return source_type
