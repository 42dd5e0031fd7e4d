"""The exchange of codes: a CSV file a coder, and several coders’ files merged, with a report of every doubt."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pandas as pd

from ..documents import spans
from ..documents.encoding import decode
from ..documents.readers import read_bytes
from ..errors import KitError, KitWarning, one_line
from ..files import write_text
from .codebooks import Book, as_codebook, codebook_names
from .store import COLUMNS, Code, _anchored, _entry, _version, latest, log, take_in

REPORT_COLUMNS = ["file", "line", "problem", "coder", "document", "code", "text", "detail"]


BEGAN = "began"  # a column of exported files: when their coder made the first code


# Where a spreadsheet's list separator is ; or a tab, what stands behind one, or on a new line, is a cell of its own; an
# apostrophe changes neither where these cells begin nor which of them are formulas, so that it can be taken off again.
_CELL = r"(?:^|(?<=[;\t\r\n]))"


_FORMULA = r"(?=(?:[^\S\t\r\n]|[\"'])*[=+\-@＝＋－＠])"


_UNGUARDED, _GUARD = re.compile(_CELL + _FORMULA), re.compile(f"{_CELL}'{_FORMULA}")


_EXCELS = re.compile(r'"?sep=', re.IGNORECASE)  # a first line that only tells Excel the separator


Lines = list[tuple[int, Code | str]]  # of a CSV file: the number of each line, its code or what is wrong with it


_OPTIONAL = {"note", "made", "version"}


_REQUIRED = set(COLUMNS) - _OPTIONAL


def export(folder: str | Path, *, coder: str | None = None) -> list[Path]:
    """Write the kept codes as CSV, one file a coder (`codes-NAME.csv`), and return the files.

    Of coders whose names differ only in capitals or punctuation, whoever coded first has the plain name. A cell that a
    spreadsheet would take for a formula, or for several cells of which one is, gets an apostrophe in front of that,
    which `merge` takes off again. A last column, `began`, says when the coder made their first code, so that `merge`
    knows two exports of one person.

    Raises
    ------
    KitError
        If there are no codes, a file cannot be written, or one of that name is somebody else's: it does not hold codes
        that this coder made here, and no others.
    """
    entries = log()
    name = coder if coder is None else one_line(coder)
    by_coder: dict[str, list[Code]] = defaultdict(list)
    for code in latest(entries):
        if name in (None, code.coder):
            by_coder[code.coder].append(code)
    if not by_coder:
        raise KitError(f"There are no codes {'to export' if name is None else f'by {name!r}'}.")
    files = {who: Path(folder) / file for who, file in _file_names(entries).items() if who in by_coder}
    for who, path in files.items():
        if not _may_replace(path, who, entries):
            raise KitError(f"{path} does not hold codes that {who!r} made here; move it away, or name another folder.")
    for who, path in files.items():
        began = min((entry.made for entry in entries if entry.coder == who and entry.made), default="")
        write_text(path, spreadsheet([*COLUMNS, BEGAN], ((*code, began) for code in by_coder[who])))
    return [files[who] for who in by_coder]


def _file_names(entries: Iterable[Code]) -> dict[str, str]:
    """Return the name of each coder's file; of those that would share one, whoever coded first has it."""
    names: dict[str, str] = {}
    for coder in dict.fromkeys(entry.coder for entry in entries):
        plain = re.sub(r"\W+", "-", unicodedata.normalize("NFC", coder.casefold()))
        stem = f"codes-{plain[:40].strip('-') or 'coder'}"  # no system takes a name of any length
        free = (f"{stem}-{number}.csv" if number > 1 else f"{stem}.csv" for number in count(1))
        names[coder] = next(name for name in free if name not in names.values())
    return names


def _may_replace(path: Path, coder: str, entries: Iterable[Code]) -> bool:
    """Tell whether a file is not there, or holds what a coder made here, and nothing of others."""
    try:
        if not path.exists():
            return True
    except OSError as error:
        raise KitError(f"{path} cannot be written ({error.strerror or error}).") from None
    there = [code for _, code in parse(read_bytes(path), str(path)) if isinstance(code, Code)]
    made_here = {entry.mark for entry in entries if entry.coder == coder}
    return {code.coder for code in there} == {coder} and not made_here.isdisjoint(code.mark for code in there)


def spreadsheet(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return rows as a CSV that a spreadsheet reads well: with a byte order mark, and no cell a formula."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(_UNGUARDED.sub("'", cell) if isinstance(cell, str) else cell for cell in row)
    return "\ufeff" + text.getvalue()


def parse(data: bytes, called: str) -> Lines:
    """Return the number of its first line and the code of each row of a CSV file, or what is wrong with the row.

    Columns may stand in any order; blank lines and Excel's `sep=;` may stand above their names.

    Raises
    ------
    KitError
        If it is no text, or has not the columns of codes.
    """
    return [(row.line, row.code) for row in _rows(decode(data, called), called)]


class _Row(NamedTuple):
    """A row of a CSV file: its first line, its code or what is wrong with it, and when its coder began."""

    line: int
    code: Code | str
    began: str = ""


def _rows(text: str, called: str) -> Iterator[_Row]:
    lines = list(io.StringIO(text, newline=""))
    above = next((n for n, line in enumerate(lines) if line.strip(' ,;\t\r\n"') and not _EXCELS.match(line)), 0)
    delimiter = max(",;\t", key=lines[above].count)
    reader = csv.reader(lines[above:], delimiter=delimiter, strict=True)
    try:
        columns = [name.strip().casefold() for name in next(reader)]
    except csv.Error as error:
        raise KitError(f"{called}, line {above + 1}: {_csv_problem(error)}.") from None
    if missing := [column for column in COLUMNS if column in _REQUIRED and column not in columns]:
        raise KitError(f"{called} has no column {', '.join(missing)}; the first line must name {', '.join(COLUMNS)}.")
    while (line := above + reader.line_num + 1) <= len(lines):
        try:
            cells = next(reader)
        except csv.Error as error:  # it goes on with the line that follows
            last = above + reader.line_num
            yield _Row(line, _csv_problem(error) + (f" (nothing was read up to line {last})" if last > line else ""))
            continue
        if len(cells) > len(columns):
            yield _Row(line, "more cells than columns; put quotation marks around a cell that holds a comma")
        elif any(_like_a_row(inner, columns, delimiter) for cell in cells for inner in cell.splitlines()[1:]):
            yield _Row(line, "a cell holds lines that look like other rows; close its quotation mark")
        elif cells:
            row = dict(zip(columns, cells, strict=False))
            yield _Row(line, _parsed(row), row.get(BEGAN, ""))


def _csv_problem(error: csv.Error) -> str:
    if "field limit" in str(error):
        return f"a cell is longer than {csv.field_size_limit():,} characters; shorten it, or close its quotation mark"
    return "a quotation mark that is not closed, or stands within a cell without being doubled"


def _like_a_row(line: str, columns: list[str], delimiter: str) -> bool:
    row = dict(zip(columns, line.split(delimiter), strict=False))
    return row.keys() >= _REQUIRED and isinstance(_parsed(row), Code)


def _parsed(row: dict[str, str]) -> Code | str:
    cells = {column: _GUARD.sub("", row.get(column, "")) for column in COLUMNS}
    offsets = {column: cells[column].strip() or "0" for column in ("start", "end")}
    if not all(re.fullmatch(r"\d{1,9}", offset) for offset in offsets.values()):
        return f"start and end must be whole numbers, not {' and '.join(offsets.values())}"
    if not (coder := one_line(cells["coder"])):
        return "the coder is missing"
    return Code(**cells | {"coder": coder, **{column: int(offset) for column, offset in offsets.items()}})  # type: ignore[arg-type]


class Merged(NamedTuple):
    """Codes of several coders as one span table, and all that was found wrong, a row each (`REPORT_COLUMNS`)."""

    codes: pd.DataFrame
    report: pd.DataFrame


def merge(files: Iterable[str | Path], documents: spans.Documents, codebooks: Iterable[Book] = ()) -> Merged:
    """Put the CSV files of several coders together, and report every doubt. The store is not touched.

    Parameters
    ----------
    files : iterable of str or Path
        What `export` wrote, also if a spreadsheet saved it since.
    documents : Corpus, Document or iterable of Document
        The documents that were coded.
    codebooks : iterable of Codebook, str or Path
        Codebooks of your own; the bundled ones are known.

    Returns
    -------
    Merged
        The report's `problem` is one of: `unreadable` (a file), `not a code`, `unknown document`, `unknown codebook`,
        `unknown code`, `no place` (the words stand nowhere, or in several places): these are left out. `moved` (the
        text has changed and the code went with its words), `other version` (a code for a whole text that has
        changed), `double` (counted once), `clash` (the later counts), `two coders, one name` (the second is called
        `Name (2)`): these are kept.

        Files under one name are taken for one person's if they have a time in common, at which a code was made or the
        coder began, or, where no times are told, a whole code; else for two people's, even if both coded the same
        units: it is better to see one person twice than to lose somebody.

    Raises
    ------
    KitError
        If no file can be read, or a codebook of your own is wrong.
    """
    merging = Merging(documents, codebooks)
    paths = [Path(file) for file in files]
    for path in paths:
        merging.read(path)
    if len(merging.unreadable) == len(paths):
        raise KitError("; ".join(merging.unreadable) or "No file to merge; name the CSV files of the coders.")
    return merging.merged()


class Merging:
    """The codes of files read one after the other, and what was found wrong with them. Parameters as for `merge`."""

    def __init__(self, documents: spans.Documents, codebooks: Iterable[Book] = ()) -> None:
        self.corpus = spans.as_corpus(documents)
        self.books = {book.name: book for book in map(as_codebook, [*codebook_names(), *codebooks])}
        self.versions = {document.name: _version(document) for document in self.corpus}
        self.kept: dict[tuple[object, ...], Code] = {}
        self.people: dict[str, list[set[object]]] = defaultdict(list)
        self.unreadable: list[str] = []
        self.report: list[tuple[object, ...]] = []

    def read(self, path: Path) -> None:
        """Take in one file."""
        try:
            rows = list(_rows(decode(read_bytes(path), str(path)), str(path)))
            began = {row.code.coder: row.began for row in rows if isinstance(row.code, Code) and row.began}
            self.take([(row.line, row.code) for row in rows], str(path), began=began)
        except KitError as error:
            self.unreadable.append(str(error))
            self.report.append((str(path), 0, "unreadable", "", "", "", "", str(error)))

    def take(
        self,
        lines: Lines,
        called: str,
        names: Mapping[str, str] = MappingProxyType({}),
        began: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Take in the lines of one file; of its coders `names` says what to call them, `began` when they began."""
        by_coder: dict[str, list[tuple[int, Code]]] = defaultdict(list)
        for line, code in lines:
            if isinstance(code, str):
                self.report.append((called, line, "not a code", "", "", "", "", code))
            elif placed := self._placed(called, line, code):
                by_coder[code.coder].append((line, placed))
        for coder, made in by_coder.items():
            marks = {code.mark for _, code in made}
            name = names.get(coder) or self._person(
                called, coder, marks | ({began[coder]} if coder in began else set())
            )
            for line, code in made:
                self._keep(called, line, code._replace(coder=name))

    def merged(self) -> Merged:
        """Return what was taken in."""
        table = spans.make(self.kept.values(), COLUMNS[4:], self.corpus)
        return Merged(table, pd.DataFrame(self.report, columns=REPORT_COLUMNS))

    def _say(self, file: str, line: int, problem: str, code: Code, detail: str) -> None:
        self.report.append((file, line, problem, code.coder, code.document, code.code, code.text, detail))

    def _placed(self, file: str, line: int, code: Code) -> Code | None:
        """Return a code where it stands in the documents, or say why it has no place there."""
        if code.document not in self.corpus:
            some = ", ".join(self.corpus.names[:3]) + " …" * (len(self.corpus) > 3) or "none"
            self._say(
                file, line, "unknown document", code, f"no document is called {code.document!r}; there are: {some}"
            )
            return None
        if code.codebook not in self.books:
            self._say(file, line, "unknown codebook", code, f"no codebook is called {code.codebook!r}")
            return None
        book = self.books[code.codebook]
        if code.value not in book.values:  # a hand that filled in a cell may have left spaces in it
            code = code._replace(value=code.value.strip())
        try:
            book.check(code.code, code.value)
        except KitError as error:
            self._say(file, line, "unknown code", code, str(error))
            return None
        placed = _anchored(code, self.corpus[code.document])
        if placed is None:
            self._say(file, line, "no place", code, f"not at {code.start}–{code.end}, and not once elsewhere")
        elif placed.start != code.start:
            self._say(file, line, "moved", code, f"from {code.start} to {placed.start}")
        elif not code.text and code.version not in ("", self.versions[code.document]):
            self._say(file, line, "other version", code, "the whole text was coded, and has changed since")
        return placed

    def _person(self, file: str, coder: str, marks: set[object]) -> str:
        """Return what to call a coder: files under one name without a common mark (see `merge`) are two people's."""
        people = self.people[coder]
        number = next((i for i, theirs in enumerate(people) if marks & theirs), len(people))
        if number == len(people):
            people.append(set())
        people[number] |= marks
        if number == 0:
            return coder
        name = f"{coder} ({number + 1})"
        told = f"no code and no time in common with the other {coder!r}, so taken for somebody else and called {name!r}"
        detail = f"{told}; if it is one person, leave out the older file"
        self.report.append((file, 0, "two coders, one name", coder, "", "", "", detail))
        return name

    def _keep(self, file: str, line: int, code: Code) -> None:
        former = self.kept.setdefault(code.key, code)
        if former is code:
            return
        if (former.value, former.note) == (code.value, code.note):
            self._say(file, line, "double", code, "counted once")
            return
        later = max(former, code, key=lambda c: c.made)
        self._say(file, line, "clash", code, f"{former.value!r} and {code.value!r}; {later.value!r} is the later")
        self.kept[code.key] = later


def keep(merged: pd.DataFrame) -> int:
    """Put codes that `merge` read into the store, and return how many were new; what is there and later stays.

    Raises
    ------
    KitError
        If they are no codes, or the store cannot be written.

    Warns
    -----
    KitWarning
        If a coder is taken for somebody else of that name (see `take_in`).
    """
    if missing := [column for column in COLUMNS if column not in merged.columns]:
        raise KitError(f"These are no codes: they have no column {', '.join(missing)}.")
    given = list(map(_entry, merged[COLUMNS].itertuples(index=False, name=None)))
    codes = [code for code in given if code]
    if len(codes) < len(given):
        raise KitError("These are no codes: start and end must be whole numbers, and all else text; nothing was kept.")
    new, said = take_in(codes)
    for sentence in said:
        warnings.warn(sentence, KitWarning, stacklevel=2)
    return new
