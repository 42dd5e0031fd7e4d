"""Codebooks, by which people code what story a text tells. They are data (`datasets/codebooks/*.toml`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from ..documents.catalogues import read_toml
from ..errors import KitError, one_line
from ..folders import shipped

UNITS = ("document", "sentence", "span")
LEVELS = ("nominal", "ordinal", "interval")
_TEXTS = ("title", "unit", "level", "scoring", "reliability", "citation")
_CODE = re.compile(r"[^\W_][\w-]*")
_TERM_WORD = re.compile(r"[^*‐‑-](?:[^*]*[^*‐‑-])?\*?")


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
        Naming the file, the category and what to do: no valid TOML, a field that is missing, unknown or of a wrong
        kind, no category, a code or a term that stands there twice.
    """
    path = Path(source)
    if not path.is_file() and str(source) in codebook_names():
        path = shipped("datasets") / "codebooks" / f"{source}.toml"
    elif not path.exists():
        known = ", ".join(codebook_names())
        raise KitError(f"{one_line(source)} is no file, and no codebook of that name is bundled (there are: {known}).")
    given = read_toml(path)
    for problem in _problems(given):
        raise KitError(f"{path}: {problem}.")
    categories = tuple(Category(**c | {"terms": tuple(c.get("terms", ()))}) for c in given.pop("category"))
    return Codebook(path.stem, categories=categories, values=tuple(given.pop("values")), **given)


def as_codebook(codebook: Book) -> Codebook:
    """Return a codebook as it is, and read one that is named."""
    return codebook if isinstance(codebook, Codebook) else read_codebook(codebook)


def codebooks_by_name(own: Iterable[Book] = ()) -> dict[str, Codebook]:
    """Return the bundled codebooks and those of one's own by name."""
    return {book.name: book for book in map(as_codebook, [*codebook_names(), *own])}


def _problems(given: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong, and what to do; whoever asks for the second problem has solved the first."""
    if not tables(given.get("category")):
        yield "there is no category; begin each with a line [[category]]"
    yield from wrong_fields(given, dict.fromkeys(_TEXTS, filled) | {"values": texts, "category": tables})
    for field, known in {"unit": UNITS, "level": LEVELS}.items():
        if given[field] not in known:
            yield f"the {field} {one_line(given[field])!r} is none of {', '.join(known)}"
    values = given["values"]
    if len(set(values)) < max(len(values), 2):
        yield 'the values must be two or more, each another, such as ["no", "yes"]'
    if given["level"] == "interval" and not all(re.fullmatch(r"-?\d+(\.\d+)?", value) for value in values):
        yield 'values of an interval level must be numbers, such as ["0", "1", "2"]'
    seen: set[str] = set()
    for number, category in enumerate(given["category"], 1):
        for problem in wrong_fields(category, _OF_CATEGORY, Category._field_defaults):
            yield f"category {number}: {problem}"
        if not _CODE.fullmatch(category["code"]):
            yield f"the code {one_line(category['code'])!r} may hold letters, digits, - and _ only"
        if category["code"] in seen:
            yield f"the code {category['code']!r} stands there twice; give each category its own"
        seen.add(category["code"])
        if problem := _term_problem(category.get("terms", [])):
            yield f"category {number}: {problem}"


def _term_problem(terms: list[str]) -> str:
    alike = [" ".join(term.casefold().split()) for term in terms]
    for term, words in zip(terms, alike, strict=True):
        if alike.count(words) > 1:
            return f"the term {one_line(term)!r} stands there twice; keep one of them"
        if not all(_TERM_WORD.fullmatch(word) for word in words.split()):
            return f"the term {one_line(term)!r} must be words, each of which may end in *, such as blame*"
    return ""


# ---- what is data in TOML files --------------------------------------------------------------------------------


def wrong_fields(
    given: dict[str, Any], checks: Mapping[str, Callable[[object], bool]], optional: Collection[str] = ()
) -> Iterator[str]:
    """Yield which field of a table is unknown, missing or of a wrong kind."""
    for field in given:
        if field not in checks:
            yield f"{one_line(field)!r} is no field here; there are: {', '.join(checks)}"
    for field, fits in checks.items():
        if field not in given and field not in optional:
            yield f"{field} is missing; write it"
        elif field in given and not fits(given[field]):
            yield f"{field} is empty or of a wrong kind; the files that come with the kit show how it is written"


def filled(value: object) -> bool:
    """Tell whether a value is a text, and not empty."""
    return isinstance(value, str) and bool(value.strip())


def texts(value: object) -> bool:
    """Tell whether a value is a list of such texts, and not empty."""
    return isinstance(value, list) and bool(value) and all(map(filled, value))


def tables(value: object) -> bool:
    """Tell whether a value is a list of tables, and not empty."""
    return isinstance(value, list) and bool(value) and all(isinstance(entry, dict) for entry in value)


_OF_CATEGORY = dict.fromkeys(Category._fields, filled) | {"terms": lambda value: value == [] or texts(value)}
