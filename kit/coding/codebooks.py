"""Codebooks, by which people code what story a text tells. They are data (`datasets/codebooks/*.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from ..documents.readers import read_text
from ..errors import KitError, one_line
from ..folders import shipped

UNITS = ("document", "sentence", "span")
LEVELS = ("nominal", "ordinal", "interval")
_TEXTS = ("title", "unit", "level", "scoring", "reliability", "citation")
_CODE = re.compile(r"[^\W_][\w-]*")
_TERM_WORD = re.compile(r"[^*‐‑-](?:[^*]*[^*‐‑-])?\*?")
_HEAD = re.compile(r"\s*\[\[\s*category\s*\]\]")


class Category(NamedTuple):
    """What can be coded: its code, what it means, how to tell it, and what is and what is not an instance of it.

    `group` is what several categories measure together, such as a frame that is asked for in three questions. `terms`
    are words that often stand where people say yes to it: `kit.hints` finds them.
    """

    code: str
    definition: str
    indicator: str
    example: str
    counter_example: str
    group: str = ""
    terms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Codebook:
    """Categories by which people code, and how what they coded is counted.

    Attributes
    ----------
    name, title : str
        What codes call it (its file's stem), and what readers call it.
    unit : {"document", "sentence", "span"}
        What is judged: a whole text, each sentence, or whatever stretch a coder marks.
    values : tuple of str
        What a coder may say of a category, from least to most. The first stands where nothing is marked.
    level : {"nominal", "ordinal", "interval"}
        The level of measurement of `values`: different, in an order, or numbers.
    scoring, reliability, citation : str
        How codes become figures, which statistic tells the coders' agreement, and where all this comes from.
    categories : tuple of Category
    """

    name: str
    title: str
    unit: str
    values: tuple[str, ...]
    level: str
    scoring: str
    reliability: str
    citation: str
    categories: tuple[Category, ...]

    @property
    def codes(self) -> list[str]:
        """The codes of its categories, in their order."""
        return [category.code for category in self.categories]

    def table(self) -> pd.DataFrame:
        """Return the categories, a row each; not their terms: people code before they see what a machine looks at."""
        return pd.DataFrame(self.categories).drop(columns="terms")

    def check(self, code: str, value: str) -> None:
        """Raise a KitError that names what there is, if there is no such code or value."""
        for what, given, known in (("code", code, self.codes), ("value", value, self.values)):
            if given not in known:
                raise KitError(f"{self.name} has no {what} {one_line(given)!r}; it has: {', '.join(known)}.")


Book = Codebook | str | Path  # a codebook, its name, or the way to its file


def codebook_names() -> list[str]:
    """Return the names of the bundled codebooks."""
    return sorted(path.stem for path in (shipped("datasets") / "codebooks").glob("*.toml"))


def read_codebook(source: str | Path) -> Codebook:
    """Read a codebook: the name of a bundled one, or the way to a TOML file.

    Raises
    ------
    KitError
        Naming the file, the line and what to do: no valid TOML, a field that is missing, unknown or of a wrong type,
        no category, a code or a term that stands there twice.
    """
    path = Path(source)
    if not path.is_file() and str(source) in codebook_names():
        path = shipped("datasets") / "codebooks" / f"{source}.toml"
    elif not path.exists():
        known = ", ".join(codebook_names())
        raise KitError(f"{one_line(source)} is no file, and no codebook of that name is bundled (there are: {known}).")
    text = read_text(path)
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise KitError(f"{path} is no valid TOML: {error}.") from None
    for number, field, problem in _problems(given):
        raise KitError(f"{path}, line {_line(text, number, field)}: {problem}.")
    categories = tuple(Category(**c | {"terms": tuple(c.get("terms", ()))}) for c in given.pop("category"))
    return Codebook(path.stem, categories=categories, values=tuple(given.pop("values")), **given)


def as_codebook(codebook: Book) -> Codebook:
    """Return a codebook as it is, and read one that is named."""
    return codebook if isinstance(codebook, Codebook) else read_codebook(codebook)


def codebooks_by_name(own: Iterable[Book] = ()) -> dict[str, Codebook]:
    """Return the bundled codebooks and those of one's own by name."""
    return {book.name: book for book in map(as_codebook, [*codebook_names(), *own])}


def _problems(given: dict[str, Any]) -> Iterator[tuple[int, str, str]]:
    """Yield what is wrong: in which category (from 1; 0 is the codebook itself), in which field, and what to do."""
    yield from ((0, *problem) for problem in _fields(given, [*_TEXTS, "values"], ["category"], _TEXTS))
    for field, known in {"unit": UNITS, "level": LEVELS}.items():
        if given[field] not in known:
            yield 0, field, f"the {field} {one_line(given[field])!r} is none of {', '.join(known)}"
    values = given["values"]
    if not isinstance(values, list) or not all(_filled(value) for value in values) or len(set(values)) < 2:
        yield 0, "values", 'the values must be two or more texts, such as ["no", "yes"]'
    if len(set(values)) < len(values):
        yield 0, "values", "a value stands there twice; keep one of them"
    if given["level"] == "interval" and not all(re.fullmatch(r"-?\d+(\.\d+)?", value) for value in values):
        yield 0, "values", 'values of an interval level must be numbers, such as ["0", "1", "2"]'
    categories: Any = given.get("category")
    if not isinstance(categories, list) or not categories or not all(isinstance(c, dict) for c in categories):
        yield 0, "category", "there is no category; begin each with a line [[category]]"
    seen: set[str] = set()
    required, optional = list(Category._fields[:5]), list(Category._fields[5:])
    for number, category in enumerate(categories, 1):
        for field, problem in _fields(category, required, optional, (*required, "group")):
            yield number, field, f"category {number}: {problem}"
        if not _CODE.fullmatch(category["code"]):
            yield number, "code", f"the code {one_line(category['code'])!r} may hold letters, digits, - and _ only"
        if category["code"] in seen:
            yield number, "code", f"the code {category['code']!r} stands there twice; give each category its own"
        seen.add(category["code"])
        if problem := _term_problem(category.get("terms", [])):
            yield number, "terms", f"category {number}: {problem}"


def _fields(
    given: dict[str, Any], required: list[str], optional: list[str], texts: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    for field in given:
        if field not in required + optional:
            yield field, f"{one_line(field)!r} is no field here; there are: {', '.join(required + optional)}"
    for field in required:
        if field not in given:
            yield field, f"the {field} is missing; write it"
    for field in texts:
        if field in given and not _filled(given[field]):
            yield field, f"the {field} must be a text in quotation marks, and not empty"


def _term_problem(terms: object) -> str:
    if not isinstance(terms, list) or not all(_filled(term) for term in terms):
        return 'the terms must be texts, such as ["blame*", "at fault"]'
    alike = [" ".join(term.casefold().split()) for term in terms]
    for term, words in zip(terms, alike, strict=True):
        if alike.count(words) > 1:
            return f"the term {one_line(term)!r} stands there twice; keep one of them"
        if not all(_TERM_WORD.fullmatch(word) for word in words.split()):
            return f"the term {one_line(term)!r} must be words, each of which may end in *, such as blame*"
    return ""


def _filled(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _line(text: str, number: int, field: str) -> int:
    """Tell where a field of a category stands, or else where its category begins."""
    lines = text.splitlines()
    heads = [0, *(at for at, line in enumerate(lines, 1) if _HEAD.match(line)), len(lines) + 1]
    begin, end = heads[number : number + 2] if number + 2 <= len(heads) else (0, len(lines) + 1)
    found = (at for at in range(max(begin, 1), end) if re.match(rf"\s*{re.escape(field)}\s*=", lines[at - 1]))
    return next(found, max(begin, 1))
