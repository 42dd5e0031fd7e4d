"""The names of a text, what introduces them, and the name in a noun phrase.

A name is a run of capitalised words. What stands beside it says what it is: a title before it, an apposition behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from operator import attrgetter

from ..words import word_list, word_table
from .source_types import COMPLEMENT, WORD, bare, kind_of, source_words, type_of_name

INTRODUCTIONS = 3
MOST_KNOWN = 50  # how many of the last speakers or names a description or a pronoun may mean
LONGEST_NAME = 6
PLACE_OF = attrgetter("at")
# A search goes quickly to the set of characters with which a pattern begins; what stands before is looked at then.
_NAME = re.compile(
    r"\b(?=[A-Zabdev])(?<!\.)(?:(?:[A-Z][\w’'-]*|(?:[A-Z]|Mrs?|Ms|Dr|Prof|Gen|Col|Capt|Lt|Sgt|Gov|Sen|Rep)\.) ){0,9}"
    r"(?:(?:al|el|bin|ibn|de|van|von) ?-?){0,3}[A-Z][\w’'-]+(?:\.[A-Z])*"
)
_APPOSITION = re.compile(r",\s([^,.;:!?()“”\"\n]{1,80})[,.;]")
_BREAK = re.compile(r"[,;:!?()\n“”\"]|(?<![A-Z])\.")
_FULL = re.compile(r"([A-Z](?<![\w.].)(?=[\w’'-]*[a-z])[\w’'-]++)(?=( (?:[A-Z]\. )?)((?:al-|el-)?[A-Z][\w’'-]+))")
BODY_NAME = re.compile(
    r"[A-Z](?<![\w.].)[\w’-]++(?: (?:(?:of|for|and|the|sans) ){0,2}[A-Z][\w’-]+){1,9}(?: \(([A-Z]{2,7})\))?"
)
_BEFORE_NAME = re.compile(r"\b(?:known(?: \w+){0,4} as|alias|formerly|called|(?P<title>\w+) of) \Z")
_ENDS = ("as ", "alias ", "formerly ", "called ", "of ")  # of what _BEFORE_NAME finds: quicker to ask for
_PLACED = re.compile(r"(?i)\b(?:in|at|from|near|across|around|of|for) (?:the )?\Z")
_REPRESENTS = re.compile(
    r",\swho (?:now |also )?(?:leads?|led|heads?|headed|runs?|ran|chairs?|speaks|spoke|represents) ([^,.;:!?\n]{1,60})"
)
_TWO_NAMES = r"(?P<name>[A-Z][\w’'-]+(?: (?:al-|el-)?[A-Z][\w’'-]+){1,2})"
_BEFORE_ROLE = re.compile(rf"{_TWO_NAMES} (?:the |an? )?(?P<role>[a-z]+) (?:of|for|at|in|from)\b")
_BEFORE_ARTICLE = re.compile(rf"(?:The )?(?P<name>{BODY_NAME.pattern}) (?:an?|another) ")
_BEHIND_ROLE = re.compile(rf"(?P<before>[\w’'-]+) (?P<role>[a-z]+) {_TWO_NAMES}\Z")
_BASED = re.compile(r"-(?:[a-z]+ed|run|held|born)$")
_ACRONYM = re.compile(r"[A-Z](?<![\w.].)[A-Z]{1,6}(?![\w])")
_NATIONALITY = re.compile(r"(?:an|ish|ese|ch|[adelnqr]i|ek)$")  # Russian, British, Chinese, Dutch, Iraqi, Greek
RELATIVE = re.compile(r"\s+(?:who|which|that|whose)\b")
ARTICLES = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "one", "his", "her", "their", "its", "my", "our"}
)


@cache
def words_of(kind: str) -> frozenset[str]:
    """Return the words of a kind of title, or of a class of function words."""
    rows = [*word_table("titles"), *word_table("function-words")]
    return frozenset(w for row in rows if kind in (row.get("kind"), row.get("class")) for w in row["words"].split())


@cache
def _function_words() -> frozenset[str]:
    return frozenset(word for row in word_table("function-words") for word in row["words"].split())


@cache
def _small_words() -> frozenset[str]:
    return ARTICLES | _function_words()


@cache
def no_name() -> frozenset[str]:
    """Words that are no name though a sentence begins with them: each, both, they."""
    return ARTICLES.union(*(words_of(kind) for kind in ("determiner", "pronoun", "pronominal")))


@cache
def _joining() -> frozenset[str]:
    """Words that stand in no name, but between names in headings: “Media And Omar Haddad”."""
    return (words_of("coordinator") | words_of("preposition")) - {"of", "for"}


class _Place:
    """Where a name stands; what stands beside it is only read where it is asked for."""

    def __init__(self, text: str, at: int, name: str, run: re.Match[str], titles: str) -> None:
        self.at, self.name = at, name
        self._text, self._run, self._titles = text, run, titles
        self._phrases: list[str] | None = None  # no cached property: these lock in Python 3.11, which takes longer

    @property
    def phrases(self) -> list[str]:
        """The phrases beside the name that say what it is: a title, an apposition."""
        if self._phrases is None:
            self._phrases = list(_beside(self._text, *self._run.span(), self._titles))
        return self._phrases

    def is_person(self) -> bool:
        """Tell whether the name has two words, or what stands beside it says that it is somebody's."""
        return " " in self.name or any(is_somebody(head_of(phrase)) for phrase in self.phrases)


class Names:
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
        """The names of three words by their last two, of which the first can begin a surname: Rami | Abdel Rahman."""
        found: dict[str, str] = {}
        for full in self._by_name:
            words = full.split()
            if len(words) == 3 and words[1].lower() in words_of("begins surnames"):
                short = " ".join(words[1:])
                found[short] = short if short in found else full  # of two people nobody can tell who is meant
        return found

    @cached_property
    def roles(self) -> dict[str, list[_Place]]:
        """The places of persons by what they are called there: captain."""
        roles = defaultdict(list)
        for place in self.places:
            if not place.is_person() or type_of_name(place.name):
                continue
            if " " in place.name or not is_placed(self._text, place.at):  # “In Homs, the mayor, …”
                for head in set(map(head_of, place.phrases)):
                    roles[head].append(place)
        return roles

    def within(self, start: int, end: int) -> list[_Place]:
        """Return the last places within a stretch of the text, the last first."""
        first, last = (bisect_left(self.places, offset, key=PLACE_OF) for offset in (start, end))
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
                name = " ".join(behind_function_words(rest.split()))
        if name:
            yield _Place(text, at, name, found, titles)


@lru_cache(maxsize=10_000)
def _title_and_name(run: str) -> tuple[str, str, int]:
    """Divide a run of capitalised words into titles and the name behind them; tell where in the run the name begins."""
    words = bare(run).split()
    if _is_title(words[-1]):
        return "", "", 0
    first = len(words) - 1
    while first and not (_leads_to_name(words[first - 1]) or _BASED.search(words[first - 1])):
        first -= 1
    name = behind_function_words(words[first:])
    return " ".join(words[:first]), " ".join(name), run.index(name[0]) if name else 0


@lru_cache(maxsize=10_000)
def _leads_to_name(word: str) -> bool:
    """Tell whether a capitalised word before a name is no part of it: a title, or a joining word of a heading."""
    return _is_title(word) or word.lower() in _joining()


def _beside(text: str, start: int, end: int, titles: str) -> Iterator[str]:
    """Yield the noun phrases that introduce a name: before it, behind it, or before the comma before it."""
    near = text[max(0, start - 60) : start]
    parts, last = [], ""
    if near.rstrip().rpartition(" ")[2].lower() not in _outside_noun_phrases():  # which often leaves nothing
        *parts, last = _BREAK.split(near)
    if before := " ".join([*_noun_phrase(last.split()), *titles.split()]):
        if titles or _is_source(WORD.findall(before)[-1:]):
            yield before
    elif parts and not last.strip() and near.rstrip().endswith(",") and text[end : end + 1] in (",", "."):
        words = parts[-1].split()
        if any(word.lower() in ARTICLES for word in words):
            yield " ".join(_noun_phrase(words))
    if not text.startswith(",", end):
        return
    after = _APPOSITION.match(text, end, end + 90)
    if after and (apposition := RELATIVE.split(after[1])[0].strip()) and _is_noun_phrase(apposition):
        yield apposition
    if text.startswith(", who ", end):
        yield "who"
    if represents := _REPRESENTS.match(text, end, end + 90):
        yield represents[1]


def is_placed(text: str, at: int) -> bool:
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
    """Words that are no part of a noun phrase without its article: one begins behind the last of them."""
    return ARTICLES | (_function_words() - {"of", "for"}) | _verbs()


def _is_noun_phrase(words: str) -> bool:
    """Tell a noun phrase with an article, or an age, from a clause: “the mayor”, not “the army closed the road”."""
    first, *rest = words.split()
    if first.isdigit() and not rest:
        return True
    if first.lower() not in ARTICLES | {"former"} and bare(first) == first and not is_role(head_of(words)):
        return False
    for before, word in zip([first, *rest], rest, strict=False):
        small = word.lower()
        if small in ARTICLES:
            if before.lower() not in _function_words():
                return False
        elif small in no_name():
            return False
        if small in _verbs():
            return False
        if word.endswith("ed") and before.lower() not in ARTICLES and not before.endswith(("ly", "’s", "'s")):
            return False
    return True


def is_role(head: str) -> bool:
    """Tell whether a word is a role of one person: director."""
    return kind_of(head).who == "somebody" and not is_plural(head)


def behind_function_words(words: list[str]) -> list[str]:
    """Return a run of capitalised words without those that only begin a sentence with their capital."""
    first, small = 0, _small_words()
    while first < len(words) and words[first].lower() in small:
        first += 1
    return words[first:]


@cache
def _verbs() -> frozenset[str]:
    return word_list("speech-tags").union(*(words_of(kind) for kind in ("be", "have", "do", "modal")))


@lru_cache(maxsize=10_000)
def _is_title(word: str) -> bool:
    """Tell whether a capitalised word before a name says what somebody is (“Secretary of State John Kerry”)."""
    word = word.lower().rstrip(".")
    return word in words_of("title") or kind_of(word).who == "somebody"


def _is_source(words: list[str]) -> bool:
    return any(kind_of(bare(w)).source_type or _is_title(w) for w in words)


def is_somebody(head: str) -> bool:
    """Tell whether a word before or behind a name shows that it is somebody's: a title, a role, an age, “who”."""
    return head.isdigit() or head == "who" or bool(gender_of(head)) or (_is_title(head) and not is_plural(head))


def _full_names(text: str) -> dict[str, str]:
    """Return for each surname the full name with which the text has it first."""
    names: dict[str, str] = {}
    no_name = words_of("title") | _small_words()
    for found in _FULL.finditer(text):
        first = found[1].lower()
        is_name = first not in no_name and not kind_of(first).source_type and not _is_title(found[3])
        if is_name and not first.endswith(("’s", "'s")):
            names.setdefault(found[3].removesuffix("’s"), "".join(found.groups()).removesuffix("’s"))
    return names


def _initials(text: str) -> dict[str, str]:
    """Return for the initials of each name of a body that name: MSF is Médecins Sans Frontières.

    Two initials could be anybody's: they are taken only where a word of the name is one for a body.
    """
    names: dict[str, str] = {}
    written = set(_ACRONYM.findall(text))
    for found in BODY_NAME.finditer(text) if written else ():
        words = behind_function_words(found.group().partition(" (")[0].split())
        if not found[1] and not any(map(_initials_of(words).__contains__, written)):
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


def gender_of(head: str) -> str:
    """Return the pronoun for whom a word like “spokeswoman”, “Mr” or “father” means, if it tells."""
    if head in words_of("she") or head.endswith("woman"):
        return "she"
    return "he" if head in words_of("he") or head.endswith("sman") else ""


def is_plural(head: str) -> bool:
    """Tell whether a word is one for several."""
    return (head.endswith("s") and not head.endswith("ss")) or head in words_of("plural")


def lower_words(text: str) -> list[str]:
    """Return the words of a text in small letters."""
    return [word.lower() for word in WORD.findall(text)]


@lru_cache(maxsize=1_000)  # the speakers of a document are asked for again and again
def head_of(phrase: str) -> str:
    """Return the word that a noun phrase is about: the last one before a preposition, in small letters."""
    words = lower_words(COMPLEMENT.split(phrase.strip(), maxsplit=1)[0])
    return words[-1] if words else ""


@lru_cache(maxsize=1_000)
def trailing_name(part: str) -> str:
    """Return the run of capitalised words that ends a phrase, without title; "Union of Harbour Hands" is one."""
    words = part.split()
    run: list[str] = []
    for word in reversed(words):
        plain = word.strip("“”\"‘’'().")
        joins = plain.lower() in words_of("particle") and run
        if (
            not plain
            or ("-" in plain and _BASED.search(plain))
            or not (plain[0].isupper() or joins or (plain[:3].lower() == "al-" and len(plain) > 3))
        ):
            break
        run.insert(0, word)
    if not run:
        return ""
    while run and run[0].lower() in words_of("particle") and not run[0][0].isupper():
        run.pop(0)
    while run and run[0].lower() in ARTICLES | _joining():
        run.pop(0)
    if len(run) > 1 and run[0].lower() in words_of("day") and any(kind_of(w).source_type for w in map(bare, run[1:])):
        run.pop(0)  # “on 3 April Russia’s ministry”
    before = [word for word in words[: len(words) - len(run)] if word.lower() not in ARTICLES]
    if before and before[-1] in words_of("preposition"):  # the skipper of the Dotty Ann has no name
        body = max((i for i, word in enumerate(run) if type_of_name(word)), default=-1)
        if not (
            any(kind_of(word).who == "somebody" for word in before)
            and 0 <= body < len(run) - 2
            and run[body + 1][0].isupper()
        ):
            return ""
        run = run[body + 1 :]  # the envoy to the United Nations | Omar Haddad
    titles = [i for i, word in enumerate(run[:-1]) if word.lower().rstrip(".") in words_of("title")]
    if not titles and len(run) > 2 and _is_title(run[0]) and not is_plural(run[0].lower()):  # Journalist Nora Lind
        titles = [0]
    if titles:
        run = run[titles[-1] + 1 :]
        if run[0].lower() == "of":  # Secretary of State John Kerry, but not: Director of the Port
            run = [] if len(run) < 2 or run[1].lower() in ARTICLES or any(map(type_of_name, run[2:])) else run[2:]
    of = next((i for i, word in enumerate(run) if word.lower() == "of"), 0)
    if of == 2 and not any(w.lower() in source_words() for w in run[:2]):  # Tam Orrick of the Union
        run = run[:2]
    return " ".join(run[-LONGEST_NAME:]).strip("“”\"'‘(),")


def name_beside_role(phrase: str) -> str:
    """Return the name before or behind a role in a text without commas: “Rami Lind | head of the port”; else ''.

    Of “a lawyer for president Lina Saab” it is not hers.
    """
    if (body := _BEFORE_ARTICLE.match(phrase)) and type_of_name(body["name"]):
        return body["name"]
    found = _BEFORE_ROLE.match(phrase) or _BEHIND_ROLE.search(phrase)
    if not found or not is_role(found["role"]) or type_of_name(found["name"]):
        return ""
    before = (found.groupdict().get("before") or "").lower()
    is_part = found["name"].split()[0].lower() in _small_words() or before in words_of("preposition")
    return "" if is_part else found["name"]


def name_of_medium(part: str) -> str:
    """Return the name before what it is the name of: “Russia’s | Interfax | news agency”, not “the Russian agency”."""
    words = part.split()
    if not words or kind_of(words[-1])[::2] != ("media", "body"):  # no reporter of an agency
        return ""
    last = next((i for i in range(len(words), 0, -1) if not words[i - 1][0].islower()), 0)
    if not 0 < last < len(words):
        return ""
    owner = max((i for i in range(last) if words[i].endswith(("’s", "'s"))), default=-1)
    name = trailing_name(" ".join(words[owner + 1 : last]))
    return "" if " " not in name and _NATIONALITY.search(name) else name
