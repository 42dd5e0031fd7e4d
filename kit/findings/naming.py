"""Naming: who is called what. A stylebook proposes, the longest match wins, and every mention knows its voice."""

from __future__ import annotations

import csv
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from ..documents import spans
from ..documents.corpus import Document
from ..documents.memory import remembered
from ..documents.readers import read_text
from ..errors import KitError, KitWarning
from ..files import write_text
from ..folders import shipped
from .voice import Voiced

MOST_TOLD = 3  # names of documents in a sentence
NOT_COUNTED = "not counted"
MENTION_COLUMNS = ["referent", "label", "voice", "position"]
_FIELDS = ["referent", "label", "pattern", "note"]

# What a plainly written character of a pattern also stands for. A space bridges a line break, but no blank line.
_COURTESIES = {
    " ": r"(?:[-‐‑]|(?![^\S\n]*\n[^\S\n]*\n)[^\S\u2029]+)",
    "-": r"[\s\-‐‑–]?",
    "'": "['’ʼ]",
    "’": "['’ʼ]",
}
# A run of capitals is an abbreviation (FSA, IS, U.S.) and meant as such; the rest may be written either way.
_TOKEN = re.compile(
    r"\\.|\[(?:\\.|[^\]\\])*\]|\(\?(?:[:=!]|<[=!])|(?<![^\W\d_])(?:[A-Z]{2,}(?![^\W\d_]|[?*+{])|[A-Z](?:\\\.[A-Z])+)|.",
    re.DOTALL,
)


class Entry(NamedTuple):
    """A row of a stylebook: a pattern that proposes a referent and the label it is given."""

    referent: str
    label: str
    pattern: str
    note: str = ""


class Mention(NamedTuple):
    """A naming: where it stands, who is meant, what they are called, in whose voice; `reason` if it is not counted."""

    document: str
    start: int
    end: int
    text: str
    referent: str
    label: str
    voice: str
    position: str
    reason: str = ""


@dataclass(frozen=True)
class Stylebook:
    """Patterns for who is called what, in the order of their file.

    A pattern is a regular expression, and the kit helps: only whole words match; case is ignored, but not in an
    abbreviation in capitals (`FSA`, `IS`); a plural -s, -es or -ies may follow; a space also stands for a line break
    or a hyphen, a hyphen for a space or nothing; any apostrophe is as good as another. The longest match wins. A row
    whose referent is `not counted` takes its words away, and its note says why.
    """

    name: str
    entries: tuple[Entry, ...]

    @cached_property
    def labels(self) -> list[tuple[str, str]]:
        """Every (referent, label) that is counted, once, in the order of the file."""
        return list(dict.fromkeys((e.referent, e.label) for e in self.entries if e.referent != NOT_COUNTED))

    def table(self) -> pd.DataFrame:
        """Return the rows of the stylebook: referent, label, pattern and note."""
        return pd.DataFrame(self.entries)

    def save(self, path: str | Path) -> None:
        """Write the stylebook to a new CSV file, to be edited.

        Raises
        ------
        KitError
            If there is a file of that name already (it may hold your changes), or it cannot be written.
        """
        if Path(path).exists():
            raise KitError(f"{path} exists already and may hold your changes; choose another name, or read it.")
        write_text(Path(path), self.table().to_csv(index=False, lineterminator="\n"))

    def find(self, text: str) -> Iterator[tuple[int, int, Entry]]:
        """Yield each match as start, end, entry; the longest wins, and of equals the earlier row."""
        cluster: list[tuple[int, int, int]] = []
        reach = 0
        for begin in self._anywhere.finditer(text):
            start = begin.start()
            found = [(start, m.end(), row) for row, p in self._patterns if (m := p.match(text, start))]
            if start >= reach:
                yield from self._longest(cluster)
                cluster = []
            cluster += found
            reach = max(reach, *(end for _, end, _ in found))
        yield from self._longest(cluster)

    def _longest(self, cluster: list[tuple[int, int, int]]) -> Iterator[tuple[int, int, Entry]]:
        """Of matches that run into each other, keep the longest, and then what is left beside it."""
        kept: list[tuple[int, int, int]] = []
        for start, end, row in sorted(cluster, key=lambda m: (m[0] - m[1], m[0], m[2])):
            if all(end <= s or e <= start for s, e, _ in kept):
                kept.append((start, end, row))
        yield from ((start, end, self.entries[row]) for start, end, row in sorted(kept))

    @cached_property
    def _patterns(self) -> list[tuple[int, re.Pattern[str]]]:
        """Each alternative of each row by itself, so that the longest of them can win."""
        return [(row, re.compile(one)) for row, entry in enumerate(self.entries) for one in _generous(entry.pattern)]

    @cached_property
    def _anywhere(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?={'|'.join(one for entry in self.entries for one in _generous(entry.pattern))})")


@lru_cache(maxsize=4096)  # the same few stylebooks are read again and again
def _generous(pattern: str) -> tuple[str, ...]:
    """Turn the alternatives of a stylebook's pattern into regular expressions with the courtesies of `Stylebook`."""
    alternatives, depth = [""], 0
    for token in _TOKEN.findall(pattern):
        depth += token.startswith("(") - (token == ")")
        if token == "|" and depth == 0:
            alternatives.append("")
        else:
            capitals = len(token) > 1 and token[0].isupper()
            alternatives[-1] += f"(?-i:{token})" if capitals else _COURTESIES.get(token, token)
    plural = [re.sub(r"(?<=[^\Waeiou])y(\)?)$", r"(?:y|ie)\1", alternative) for alternative in alternatives]
    return tuple(rf"(?<!\w)(?i:(?:{one})(?:s|es)?)(?!\w)" for one in plural)


def read_stylebook(source: str | Path) -> Stylebook:
    """Read a stylebook: the name of a bundled one, or the way to a CSV file `referent,label,pattern,note`.

    Raises
    ------
    KitError
        Naming the file, the line and what to do: a missing column, an empty field, a pattern that is no regular
        expression or matches nothing at all, a pattern that stands there twice.
    """
    path = Path(source)
    bundled = shipped("datasets") / "stylebooks" / f"{source}.csv"
    if not path.is_file() and re.fullmatch(r"[\w-]+", str(source)) and bundled.is_file():
        path = bundled
    lines = read_text(path).splitlines()
    rows = csv.DictReader(lines, delimiter=";" if ";" in lines[0] else ",")
    missing = [name for name in _FIELDS[:3] if name not in (rows.fieldnames or [])]
    if missing:
        raise KitError(f"{path}: the first line must name the columns {','.join(_FIELDS)}; {missing[0]} is missing.")
    entries: dict[str, Entry] = {}
    try:
        for row in rows:
            if None in row:
                advice = "put quotation marks around a cell that holds a comma"
                raise KitError(f"{path}, line {rows.line_num}: more cells than columns; {advice}.")
            entry = Entry(*((row.get(name) or "").strip() for name in _FIELDS))
            if problem := _problem(entry, entries):
                raise KitError(f"{path}, line {rows.line_num}: {problem}.")
            entries[entry.pattern.casefold()] = entry
    except csv.Error as error:
        raise KitError(f"{path}, line {rows.line_num}: {error}.") from None
    if all(entry.referent == NOT_COUNTED for entry in entries.values()):
        raise KitError(f"{path} has no patterns that are counted; add at least one line with a referent.")
    return Stylebook(path.stem, tuple(entries.values()))


def _problem(entry: Entry, earlier: dict[str, Entry]) -> str:
    for name in _FIELDS[:3]:
        if not getattr(entry, name):
            return f"the {name} is empty; write one, or take the line out"
    if entry.pattern.casefold() in earlier:
        return f"the pattern {entry.pattern!r} stands there twice; keep one of them"
    try:
        plain, generous = re.compile(entry.pattern), [re.compile(one) for one in _generous(entry.pattern)]
    except (re.error, RecursionError, OverflowError) as error:
        return f"the pattern {entry.pattern!r} is not valid ({error}); a bracket meant as such needs a backslash"
    if any(not any(c.isalnum() for c in m.group()) for one in generous for m in one.finditer("- a -")):
        return f"the pattern {entry.pattern!r} would match nothing at all; write the words themselves"
    if plain.groupindex or re.search(r"\\[1-9]|\(\?\(", entry.pattern):
        return f"the pattern {entry.pattern!r} names a group or refers back to one; write the words themselves"
    return ""


class Stylebooks:
    """The stylebook by which each of many documents is searched: one that was chosen, else its corpus' own.

    A document without one is not searched: patterns made for other parties would name the wrong ones in silence.
    `used` is the stylebook by which documents were searched so far, None if there was none.
    """

    def __init__(self, chosen: Stylebook | str | Path | None = None) -> None:
        self._chosen = chosen is not None
        self._name = ""  # of the stylebook that documents bring along
        self._without: list[str] = []
        self._not_searched = 0
        self.used = chosen if isinstance(chosen, Stylebook) or chosen is None else read_stylebook(chosen)

    def of(self, document: Document) -> Stylebook | None:
        """Return the stylebook of a document. Raises KitError if documents bring several along."""
        if self._chosen:
            return self.used
        name = document.meta.get("stylebook", "")
        if not name:
            self._not_searched += 1
            self._without = [*self._without, document.name][:MOST_TOLD]
            return None
        if self.used is None:
            self._name, self.used = name, read_stylebook(name)
        if name != self._name:
            several = ", ".join(Path(known).stem for known in (self._name, name))
            raise KitError(
                f"These texts have several stylebooks ({several}); choose one for all of them (--stylebook)."
            )
        return self.used

    def told(self) -> str:
        """Say which documents were not searched, and what to do; nothing if all were."""
        if not self._not_searched:
            return ""
        some = ", ".join(self._without) + " …" * (self._not_searched > MOST_TOLD)
        advice = "name one (stylebook=…, or --stylebook), or make one: kit new-corpus NAME FILE…"
        return f"No names are counted in {some}, for which no stylebook is known; {advice}."


def stylebook_for(documents: spans.Documents) -> Stylebook:
    """Return the stylebook that documents bring along: that of their corpus, or of an original that was recognised.

    Raises
    ------
    KitError
        If they bring none, or several.
    """
    books = Stylebooks()
    for document in spans.as_corpus(documents):
        books.of(document)
    if books.used is None:
        raise KitError(books.told() or "There is no document, and so no stylebook.")
    return books.used


@remembered
def mentions_in(document: Document, stylebook: Stylebook) -> tuple[Mention, ...]:
    """Return every mention of one document by place, those that are not counted with the reason.

    Not counted is what stands in boilerplate, and what a row of the stylebook takes away (`not counted`).
    """
    voiced = Voiced(document)
    found = []
    for start, end, entry in _in_paragraphs(document, stylebook):
        position = document.position(start, end)
        taken_away = entry.referent == NOT_COUNTED
        reason = "boilerplate" if position is None else (entry.note or entry.label) if taken_away else ""
        voice = voiced.at(start, end)
        text = document.text[start:end]
        found.append(
            Mention(document.name, start, end, text, entry.referent, entry.label, voice, position or "", reason)
        )
    return tuple(found)


def _in_paragraphs(document: Document, stylebook: Stylebook) -> Iterator[tuple[int, int, Entry]]:
    """Look for names paragraph by paragraph: none runs from a heading into the text below."""
    for paragraph in document.paragraphs:
        for start, end, entry in stylebook.find(document.text[paragraph.start : paragraph.end]):
            yield paragraph.start + start, paragraph.start + end, entry


def mentions(
    documents: spans.Documents, stylebook: Stylebook | str | Path | None = None, *, rejected: bool = False
) -> pd.DataFrame:
    """Find who is called what: a span table, a row a mention.

    Parameters
    ----------
    documents : Corpus, Document or iterable of Document
        Where to look.
    stylebook : Stylebook, str or Path, optional
        A stylebook, its name, or the way to a CSV file; otherwise the one that the corpus names. A document that has
        none is not searched.
    rejected : bool
        Return what was found but not counted instead, with a column `reason`.

    Returns
    -------
    DataFrame
        Columns document, start, end, text, referent, label, voice (`author`, `quoted`, `scare`) and position
        (`heading`, `body`).

    Raises
    ------
    KitError
        If the stylebook cannot be read, or the documents bring several along.

    Warns
    -----
    KitWarning
        If documents are not searched, because no stylebook is known for them.
    """
    corpus, books = spans.as_corpus(documents), Stylebooks(stylebook)
    columns = [*MENTION_COLUMNS, *(["reason"] if rejected else [])]
    pairs = [(document, book) for document in corpus if (book := books.of(document))]
    rows = (m for document, book in pairs for m in mentions_in(document, book) if bool(m.reason) == rejected)
    table = spans.make((m[: len(columns) + 4] for m in rows), columns, corpus)
    table.attrs["labels"] = [list(pair) for pair in books.used.labels] if books.used else []
    if told := books.told():
        warnings.warn(told, KitWarning, stacklevel=2)
    return table
