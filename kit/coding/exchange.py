"""The exchange of codes: a CSV file a coder, and several coders’ files merged, with a report of every doubt."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from ..documents import spans
from ..documents.corpus import Corpus
from ..documents.encoding import decode
from ..documents.readers import read_bytes
from ..errors import KitError, one_line
from ..files import write_text
from .codebooks import Book, Codebook, codebooks_by_name
from .store import COLUMNS, Code, anchored, folded, known_as, latest, log, text_version

REPORT_COLUMNS = ["file", "line", "problem", "coder", "document", "code", "text", "detail"]
BEGAN = "began"  # a column of exported files: when their coder made the first code
_REQUIRED = set(COLUMNS) - {"note", "made", "version"}
_EXCELS = re.compile(r'"?sep=', re.IGNORECASE)  # a first line that only tells Excel the separator
# What a spreadsheet runs. Apostrophes are among what may stand before it: so a cell that begins with a guard of its own
# gets one more, and what is taken off is always what was put there.
_FORMULA = re.compile(r"[\s\"']*[=+\-@＝＋－＠]")

Lines = list[tuple[int, Code]]  # the codes of a file, each with the number of its line
Report = list[tuple[object, ...]]  # what was found wrong, in the order of `REPORT_COLUMNS`


# ---- files -----------------------------------------------------------------------------------------------------


def export(folder: str | Path, *, coder: str | None = None) -> list[Path]:
    """Write the kept codes as CSV, one file a coder (`codes-NAME.csv`), and return the files.

    Of coders whose names differ only in capitals or punctuation, whoever coded first has the plain name. A cell that a
    spreadsheet would take for a formula gets an apostrophe in front, which `merge` takes off again. A last column,
    `began`, says when the coder made their first code, so that `merge` knows two exports of one person.

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
    there = [row.code for row in rows(read_bytes(path), str(path)) if isinstance(row.code, Code)]
    made_here = {entry.mark for entry in entries if entry.coder == coder}
    return {code.coder for code in there} == {coder} and not made_here.isdisjoint(code.mark for code in there)


def spreadsheet(columns: Iterable[str], table: Iterable[Iterable[object]]) -> str:
    """Return a table as a CSV that a spreadsheet reads well: with a byte order mark, and no cell a formula."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerow(columns)
    for row in table:
        writer.writerow(f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell for cell in row)
    return "\ufeff" + text.getvalue()


class Row(NamedTuple):
    """A row of a CSV file: its first line, its code or what is wrong with it, and when its coder began."""

    line: int
    code: Code | str
    began: str = ""


def rows(data: bytes, called: str) -> list[Row]:
    """Read a CSV file of codes. Raises KitError if it is no text, or has not the columns of codes.

    Columns may stand in any order; blank lines and Excel's `sep=;` may stand above their names.
    """
    return list(_rows(decode(data, called), called))


def _rows(text: str, called: str) -> Iterator[Row]:
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
            yield Row(line, _csv_problem(error) + (f" (nothing was read up to line {last})" if last > line else ""))
            continue
        if len(cells) > len(columns):
            yield Row(line, "more cells than columns; put quotation marks around a cell that holds a comma")
        elif any(_like_a_row(inner, columns, delimiter) for cell in cells for inner in cell.splitlines()[1:]):
            yield Row(line, "a cell holds lines that look like other rows; close its quotation mark")
        elif any(cell.strip() for cell in cells):  # a spreadsheet may add rows in which nothing stands
            row = dict(zip(columns, cells, strict=False))
            yield Row(line, _parsed(row), row.get(BEGAN, ""))


def _csv_problem(error: csv.Error) -> str:
    if "field limit" in str(error):
        return f"a cell is longer than {csv.field_size_limit():,} characters; shorten it, or close its quotation mark"
    return "a quotation mark that is not closed, or stands within a cell without being doubled"


def _like_a_row(line: str, columns: list[str], delimiter: str) -> bool:
    row = dict(zip(columns, line.split(delimiter), strict=False))
    return row.keys() >= _REQUIRED and isinstance(_parsed(row), Code)


def _parsed(row: dict[str, str]) -> Code | str:
    cells = {column: _without_guard(row.get(column, "")) for column in COLUMNS}
    offsets = {column: cells[column].strip() or "0" for column in ("start", "end")}
    if not all(re.fullmatch(r"\d{1,9}", offset) for offset in offsets.values()):
        return f"start and end must be whole numbers, not {' and '.join(offsets.values())}"
    if not (coder := one_line(cells["coder"])):
        return "the coder is missing"
    return Code(**cells | {"coder": coder, **{column: int(offset) for column, offset in offsets.items()}})  # type: ignore[arg-type]


def _without_guard(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell, 1) else cell


# ---- merging ---------------------------------------------------------------------------------------------------


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

        Names are one whatever their capitals, white space and ways of writing an accent; the first spelling counts.
        Files under one name are taken for one person's if they have a time in common, at which a code was made or the
        coder began, or, where no times are told, a whole code; else for two people's, even if both coded the same
        units: it is better to see one person twice than to lose somebody.

    Raises
    ------
    KitError
        If no file can be read, or a codebook of your own is wrong.
    """
    report: Report = []
    paths = [Path(file) for file in files]
    merged = put_together(_works(paths, report), documents, codebooks, report)
    unreadable = [row[-1] for row in report if row[2] == "unreadable"]
    if len(unreadable) == len(paths):
        raise KitError("; ".join(map(str, unreadable)) or "No file to merge; name the CSV files of the coders.")
    return merged


def _works(paths: list[Path], report: Report) -> Iterator[tuple[str, Lines]]:
    """Yield what each file is called, and its codes, under the names by which their coders are known."""
    people: dict[str, set[object]] = {}
    for path in paths:
        try:
            found = rows(read_bytes(path), str(path))
        except KitError as error:
            report.append(_doubt(str(path), 0, "unreadable", str(error)))
            continue
        by_coder: dict[str, Lines] = defaultdict(list)
        marks: dict[str, set[object]] = defaultdict(set)
        for line, code, began in found:
            if isinstance(code, str):
                report.append(_doubt(str(path), line, "not a code", code))
            else:
                by_coder[folded(code.coder)].append((line, code))
                marks[folded(code.coder)] |= {code.mark, began} - {""}
        for coder, lines in by_coder.items():
            name = _person(lines[0][1].coder, marks[coder], people, str(path), report)
            yield str(path), [(line, code._replace(coder=name)) for line, code in lines]


def _person(coder: str, marks: set[object], people: dict[str, set[object]], file: str, report: Report) -> str:
    """Return what to call a coder: files under one name without a common mark (see `merge`) are two people's."""
    taken = {folded(name) for name in people}
    name = known_as(coder, marks, people, lambda new: folded(new) not in taken)
    if folded(name) != folded(coder):
        told = f"no code and no time in common with the other {coder!r}, so taken for somebody else and called {name!r}"
        detail = f"{told}; if it is one person, leave out the older file"
        report.append((file, 0, "two coders, one name", coder, "", "", "", detail))
    people.setdefault(name, set()).update(marks)
    return name


def put_together(
    works: Iterable[tuple[str, Lines]],
    documents: spans.Documents,
    codebooks: Iterable[Book],
    report: Report,
) -> Merged:
    """Put codes together whose coders are known by their names; `works` yields what a file is called, and its codes.

    What is doubtful is added to the report. Otherwise as `merge`.
    """
    corpus, books = spans.as_corpus(documents), codebooks_by_name(codebooks)
    versions = {document.name: text_version(document) for document in corpus}
    kept: dict[tuple[object, ...], Code] = {}
    for file, lines in works:
        for line, given in lines:
            code, problem, detail = _placed(given, corpus, books, versions)
            if problem:
                report.append(_doubt(file, line, problem, detail, given))
            if code and (former := kept.setdefault(code.key, code)) is not code:
                kept[code.key], problem, detail = _one_of(former, code)
                report.append(_doubt(file, line, problem, detail, code))
    return Merged(spans.make(kept.values(), COLUMNS[4:], corpus), pd.DataFrame(report, columns=REPORT_COLUMNS))


def _placed(
    code: Code, corpus: Corpus, books: dict[str, Codebook], versions: dict[str, str]
) -> tuple[Code | None, str, str]:
    """Return a code where it stands in the documents, or None; and what is doubtful about it, with the detail."""
    if code.document not in corpus:
        some = ", ".join(corpus.names[:3]) + " …" * (len(corpus) > 3) or "none"
        return None, "unknown document", f"no document is called {code.document!r}; there are: {some}"
    if code.codebook not in books:
        return None, "unknown codebook", f"no codebook is called {code.codebook!r}"
    book = books[code.codebook]
    if code.value not in book.values:  # a hand that filled in a cell may have left spaces in it
        code = code._replace(value=code.value.strip())
    try:
        book.check(code.code, code.value)
    except KitError as error:
        return None, "unknown code", str(error)
    placed = anchored(code, corpus[code.document])
    if placed is None:
        return None, "no place", f"not at {code.start}–{code.end}, and not once elsewhere"
    if placed.start != code.start:
        return placed, "moved", f"from {code.start} to {placed.start}"
    if not code.text and code.version not in ("", versions[code.document]):
        return placed, "other version", "the whole text was coded, and has changed since"
    return placed, "", ""


def _one_of(former: Code, code: Code) -> tuple[Code, str, str]:
    """Of two codes of one coder for the same return the one that counts, what is doubtful, and the detail."""
    if (former.value, former.note) == (code.value, code.note):
        return former, "double", "counted once"
    later = max(former, code, key=lambda c: c.made)
    return later, "clash", f"{former.value!r} and {code.value!r}; {later.value!r} is the later"


def _doubt(file: str, line: int, problem: str, detail: str, code: Code | None = None) -> tuple[object, ...]:
    about = (code.coder, code.document, code.code, code.text) if code else ("", "", "", "")
    return file, line, problem, *about, detail
