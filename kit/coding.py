"""Coding by people: codes are kept as they are made, in one SQLite file in the folder a learner works in.

The file is a log: a code that is made again replaces the former, taking a code back is one more entry, and `undo`
takes the last entry away. A code for a whole text is the empty span at its beginning.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import sqlite3
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import NamedTuple

import pandas as pd

from . import spans
from .corpus import Document
from .encoding import decode
from .errors import KitError, KitWarning, one_line
from .files import write_text
from .framing import Book, Codebook, as_codebook, codebook_names
from .progress import work_folder
from .readers import read_bytes

FILE = "codes.sqlite"
VERSION = 1
PATIENCE = 10.0  # seconds to wait for another notebook that is writing
REPORT_COLUMNS = ["file", "line", "problem", "coder", "document", "code", "text", "detail"]
Place = str | tuple[int, int] | None  # a stretch by its words or by its start and end, or the whole text
_REMOVED = ""  # the value of an entry that takes a code back
_FORMULA = re.compile(r"'*\s*[=+\-@\t\r＝＋－＠]")
_ADVICE = {
    "BUSY": "is in use by another program; wait a moment and do it again",
    "READONLY": "may not be written; copy its folder to where you may write, and work there",
    "CANTOPEN": "cannot be opened; see whether you may write in its folder, or work in another",
    "FULL": "does not fit on the disk; make room and do it again",
} | dict.fromkeys(
    ("NOTADB", "CORRUPT"), "is damaged and left as it is; give it another name, and import the CSV files you exported"
)


class Code(NamedTuple):
    """What a coder said of a stretch of a document, or of all of it (start and end 0, no text).

    `made` is when (ISO 8601, UTC), `version` a fingerprint of the document's text as it was then.
    """

    document: str
    start: int
    end: int
    text: str
    coder: str
    codebook: str
    code: str
    value: str
    note: str
    made: str
    version: str

    @property
    def key(self) -> tuple[str, str, str, int, int, str]:
        """What it is about: of two codes with the same key the later counts."""
        return self.coder, self.codebook, self.document, self.start, self.end, self.code


Lines = list[tuple[int, Code | str]]  # of a CSV file: the number of each line, its code or what is wrong with it
COLUMNS = list(Code._fields)
_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS code (
    number INTEGER PRIMARY KEY, document TEXT, start INTEGER, "end" INTEGER, text TEXT, coder TEXT, codebook TEXT,
    code TEXT, value TEXT, note TEXT, made TEXT, version TEXT
);
PRAGMA user_version = {VERSION};
COMMIT;
"""
_OPTIONAL = {"note", "made", "version"}


# ---- the store -------------------------------------------------------------------------------------------------


@contextmanager
def _store(*, writing: bool = False) -> Iterator[sqlite3.Connection]:
    """Open the store for one transaction; whatever goes wrong is said with advice, and nothing is written then."""
    path = work_folder() / FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as connection:
            _prepare(connection, path)
            connection.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
            yield connection
            connection.commit()
    except sqlite3.Error as error:
        kind = getattr(error, "sqlite_errorname", "").removeprefix("SQLITE_").partition("_")[0]
        raise KitError(f"{path} {_ADVICE.get(kind, f'cannot be used ({error}); it is left as it is')}.") from None
    except OSError as error:
        raise KitError(f"{path} cannot be used: {error.strerror or error}.") from None


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Make the table in a new file; refuse a file of another version before anything is written to it."""
    seen = "SELECT user_version, (SELECT count(*) FROM sqlite_master) FROM pragma_user_version"
    version, tables = connection.execute(seen).fetchone()
    if version > VERSION:
        raise KitError(f"{path} was written by a newer kit; update this one (it is left as it is).")
    if version < VERSION and tables:
        advice = "open it with the kit that wrote it and export it, or give it another name"
        raise KitError(f"{path} is no store of this kit, or one of an older kit; {advice} (it is left as it is).")
    if version < VERSION:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(_SCHEMA)


def _insert(connection: sqlite3.Connection, codes: Iterable[Code]) -> None:
    connection.executemany(f"INSERT INTO code VALUES (NULL{', ?' * len(COLUMNS)})", codes)


def _entries(connection: sqlite3.Connection) -> list[Code]:
    """Every entry, oldest first."""
    return [Code(*row[1:]) for row in connection.execute("SELECT * FROM code ORDER BY number")]


def log() -> list[Code]:
    """Return every entry of the store, oldest first, also those that were replaced or taken back; `keep` adds them."""
    if not (work_folder() / FILE).exists():
        return []
    with _store() as connection:
        return _entries(connection)


def latest(entries: Iterable[Code]) -> list[Code]:
    """Of entries with the same key keep the last, and leave out what was taken back."""
    last: dict[tuple[object, ...], Code] = {}
    for code in entries:
        last.pop(code.key, None)  # the order is that of the last entries
        last[code.key] = code
    return [code for code in last.values() if code.value != _REMOVED]


def stored(data: bytes, called: str, unsaved: bytes = b"") -> list[Code]:
    """Return the codes that are kept in somebody else's store, of which only a copy is opened.

    `unsaved` is the file `…-wal` beside it, in which a notebook that still runs has its last codes. Raises KitError if
    it is damaged or of another version.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        path.write_bytes(data)
        path.with_name(f"{FILE}-wal").write_bytes(unsaved)
        try:
            with closing(sqlite3.connect(path)) as connection:
                if connection.execute("PRAGMA user_version").fetchone() != (VERSION,):
                    raise KitError(f"{called} is no store of codes, or one of another version of the kit.")
                return latest(_entries(connection))
        except sqlite3.Error:
            raise KitError(f"{called} is damaged; ask for it, or for an export as CSV, once more.") from None


# ---- making codes ----------------------------------------------------------------------------------------------


def add(
    document: Document, codebook: Book, code: str, where: Place = None, *, coder: str, value: str = "", note: str = ""
) -> Code:
    """Keep a code that somebody made; one for the same stretch and category replaces their former one.

    Parameters
    ----------
    document : Document
        The document that is coded.
    codebook : Codebook, str or Path
        A codebook, its name, or the way to its file.
    code : str
        One of its codes.
    where : str or (start, end), optional
        The stretch: its words, if they occur once, or its place, such as ``document.sentences[3]``; otherwise the
        whole text is coded.
    coder : str
        Who codes.
    value : str, optional
        One of the codebook's values; needed if it has more than two, otherwise the second (yes).
    note : str
        Why, or what else could be said.

    Raises
    ------
    KitError
        If the codebook has no such code or value, the stretch is not in the text or occurs more than once, the coder
        has no name, or the store cannot be written. What was coded before is untouched.
    """
    book = as_codebook(codebook)
    if not value and len(book.values) > 2:
        raise KitError(f"{book.name} has several values; choose one: value=… ({', '.join(book.values)}).")
    book.check(code, value or book.values[1])
    made = _made(document, book, code, where, coder, value or book.values[1], note)
    with _store(writing=True) as connection:
        _insert(connection, [made])
    return made


def remove(document: Document, codebook: Book, code: str, where: Place = None, *, coder: str) -> Code:
    """Take a code back, wherever it stands; `undo` brings it back. Parameters are those of `add`.

    Raises
    ------
    KitError
        If there is no such code, and as `add`.
    """
    taken = _made(document, as_codebook(codebook), code, where, coder, _REMOVED)
    with _store(writing=True) as connection:
        mine = [kept for kept in latest(_entries(connection)) if kept.document == document.name]
        there = [kept for kept in mine if (placed := _anchored(kept, document)) and placed.key == taken.key]
        if not there:
            raise KitError(f"{taken.coder} has not coded {one_line(code)!r} there; nothing was taken back.")
        _insert(connection, (kept._replace(value=_REMOVED, note="", made=taken.made) for kept in there))
    return there[-1]


def undo(coder: str) -> Code | None:
    """Take away the last thing that a coder did, and return it; None if there is nothing left.

    Raises
    ------
    KitError
        If the store cannot be written.
    """
    coder = one_line(coder)
    with _store(writing=True) as connection:
        newest = "FROM code WHERE number = (SELECT max(number) FROM code WHERE coder = ?)"
        row = connection.execute(f"SELECT * {newest}", [coder]).fetchone()
        connection.execute(f"DELETE {newest}", [coder])
    return Code(*row[1:]) if row else None


def _made(document: Document, book: Codebook, code: str, where: Place, coder: str, value: str, note: str = "") -> Code:
    coder = one_line(coder)
    if not coder:
        raise KitError("A code needs a coder; say who codes: coder='…'.")
    start, end = _stretch(document, where)
    note = "".join(c if c.isprintable() or c == "\n" else " " for c in note)  # a CSV file can hold nothing else
    made = datetime.now(UTC).isoformat(timespec="microseconds")
    text = document.text[start:end]
    return Code(document.name, start, end, text, coder, book.name, code, value, note, made, _version(document))


def _stretch(document: Document, where: Place) -> tuple[int, int]:
    if where is None:
        return 0, 0
    if isinstance(where, str):
        found = find_words(document.text, where)
        if len(found) != 1:
            advice = "give more words, or its place" if found else "copy the words as they are"
            said = f"{one_line(where)[:80]!r} stands {len(found)} times in {document.name!r}"
            raise KitError(f"{said}; {advice}.")
        return found[0]
    start, end = where
    if not 0 <= start < end <= len(document.text):
        raise KitError(f"{start}–{end} is no stretch of {document.name!r}, which has {len(document.text)} characters.")
    return start, end


def find_words(text: str, words: str) -> list[tuple[int, int]]:
    """Tell where some words stand, as whole words, whatever white space lies between them."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    return [match.span() for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text)] if pattern else []


def _version(document: Document) -> str:
    return hashlib.sha256(document.text.encode("utf-8")).hexdigest()[:12]


# ---- reading codes ---------------------------------------------------------------------------------------------


def codes(documents: spans.Documents, *, coder: str | None = None, codebook: str | None = None) -> pd.DataFrame:
    """Return the codes that are kept for some documents, as a span table with the columns of `Code`.

    Codes of a text that has changed since move with their words where these stand once; the others are set aside.

    Parameters
    ----------
    documents : Corpus, Document or iterable of Document
        The documents that were coded.
    coder, codebook : str, optional
        Only codes by this coder, or from the codebook of this name.

    Raises
    ------
    KitError
        If the store cannot be read.

    Warns
    -----
    KitWarning
        If codes were made on another version of a text: how many moved or were set aside.
    """
    corpus = spans.as_corpus(documents)
    mine = [c for c in latest(log()) if coder in (None, c.coder) and codebook in (None, c.codebook)]
    wanted = [code for code in mine if code.document in corpus]
    found = [placed for code in wanted if (placed := _anchored(code, corpus[code.document]))]
    versions = {document.name: _version(document) for document in corpus}
    changed = sum(code.version not in ("", versions[code.document]) for code in found)
    aside = len(wanted) - len(found)
    if changed or aside:
        told = f"codes kept or moved with their words: {changed}; set aside: {aside} (kit.coding.set_aside shows them)"
        warnings.warn(f"A text has changed since it was coded: {told}.", KitWarning, stacklevel=2)
    return spans.make(latest(found), COLUMNS[4:], corpus)


def kept() -> list[Code]:
    """Return all codes that are kept, of whatever documents and coders. Raises KitError if the store cannot be read."""
    return latest(log())


def set_aside(documents: spans.Documents) -> pd.DataFrame:
    """Return the kept codes that have no place in these documents: the columns of `Code`, and the reason."""
    corpus = spans.as_corpus(documents)
    rows = []
    for code in latest(log()):
        if code.document not in corpus:
            rows.append((*code, "no document of that name"))
        elif _anchored(code, corpus[code.document]) is None:
            rows.append((*code, "the text has changed, and its words stand there no more or more than once"))
    return pd.DataFrame(rows, columns=[*COLUMNS, "reason"])


def _anchored(code: Code, document: Document) -> Code | None:
    """Put a code where its words stand now; None if they stand nowhere, or in several places."""
    start, end = code.start, code.end
    if 0 <= start <= end <= len(document.text) and document.text[start:end].split() == code.text.split():
        return code._replace(text=document.text[start:end]) if code.text or start == end == 0 else None
    found = find_words(document.text, code.text)
    if len(found) != 1:
        return None
    start, end = found[0]
    return code._replace(start=start, end=end, text=document.text[start:end])


# ---- CSV -------------------------------------------------------------------------------------------------------


def export(folder: str | Path, *, coder: str | None = None) -> list[Path]:
    """Write the kept codes as CSV, one file a coder (`codes-NAME.csv`), and return the files.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front, which `merge` takes off again.

    Raises
    ------
    KitError
        If there are no codes, a file cannot be written, or one of that name is somebody else's: it holds no code of
        this store.
    """
    entries = log()
    by_coder: dict[str, list[Code]] = defaultdict(list)
    for code in latest(entries):
        if coder in (None, code.coder):
            by_coder[code.coder].append(code)
    if not by_coder:
        raise KitError(f"There are no codes {'to export' if coder is None else f'by {one_line(coder)!r}'}.")
    files: dict[Path, list[Code]] = {}
    for name, made in by_coder.items():
        plain = re.sub(r"\W+", "-", name.casefold()).strip("-")
        path = Path(folder) / f"codes-{plain or 'coder'}.csv"
        while path in files:
            path = path.with_stem(f"{path.stem}-2")
        files[path] = made
    for path in files:
        if path.exists() and {code for _, code in parse(read_bytes(path), str(path))}.isdisjoint(entries):
            raise KitError(f"{path} holds none of the codes made here; move it away, or name another folder.")
    for path, made in files.items():
        write_text(path, spreadsheet(COLUMNS, made))
    return list(files)


def spreadsheet(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return rows as a CSV that a spreadsheet reads well: with a byte order mark, and no cell a formula."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow("'" + c if isinstance(c, str) and _FORMULA.match(c) else c for c in row)
    return "\ufeff" + text.getvalue()


def parse(data: bytes, called: str) -> Lines:
    """Return line number and code of each line of a CSV file, or what is wrong with the line.

    Columns may stand in any order.

    Raises
    ------
    KitError
        If it is no text, or has not the columns of codes.
    """
    return list(_parsed_lines(decode(data, called), called))


def _parsed_lines(text: str, called: str) -> Iterator[tuple[int, Code | str]]:
    header = text.lstrip().partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count))
    rows.fieldnames = [name.strip().casefold() for name in rows.fieldnames or []]
    missing = [column for column in COLUMNS if column not in {*rows.fieldnames, *_OPTIONAL}]
    if missing:
        raise KitError(f"{called} has no column {', '.join(missing)}; the first line must name {', '.join(COLUMNS)}.")
    try:
        for row in rows:
            yield rows.line_num, _parsed(row)
    except csv.Error as error:
        raise KitError(f"{called}, line {rows.line_num}: {error}.") from None


def _parsed(row: dict[str, str]) -> Code | str:
    if None in row:
        return "more cells than columns; put quotation marks around a cell that holds a comma"
    cells = {column: row.get(column) or "" for column in COLUMNS}
    cells = {column: c[1:] if c.startswith("'") and _FORMULA.match(c) else c for column, c in cells.items()}
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
        self.people: dict[str, list[set[Code]]] = defaultdict(list)
        self.unreadable: list[str] = []
        self.report: list[tuple[object, ...]] = []

    def read(self, path: Path) -> None:
        """Take in one file."""
        try:
            self.take(parse(read_bytes(path), str(path)), str(path))
        except KitError as error:
            self.unreadable.append(str(error))
            self.report.append((str(path), 0, "unreadable", "", "", "", "", str(error)))

    def take(self, lines: Lines, called: str, names: Mapping[str, str] = MappingProxyType({})) -> None:
        """Take in the lines of one file; `names` says what to call its coders, where that is known."""
        by_coder: dict[str, list[tuple[int, Code]]] = defaultdict(list)
        for line, code in lines:
            if isinstance(code, str):
                self.report.append((called, line, "not a code", "", "", "", "", code))
            elif placed := self._placed(called, line, code):
                by_coder[code.coder].append((line, placed))
        for coder, made in by_coder.items():
            name = names.get(coder) or self._person(called, coder, {code for _, code in made})
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
            self._say(file, line, "unknown document", code, f"no document is called {code.document!r}")
            return None
        if code.codebook not in self.books:
            self._say(file, line, "unknown codebook", code, f"no codebook is called {code.codebook!r}")
            return None
        try:
            self.books[code.codebook].check(code.code, code.value)
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

    def _person(self, file: str, coder: str, made: set[Code]) -> str:
        """Return what to call a coder: two files without a common code under one name are two people's."""
        people = self.people[coder]
        number = next((i for i, theirs in enumerate(people) if made & theirs), len(people))
        if number == len(people):
            people.append(set())
        people[number] |= made
        if number == 0:
            return coder
        name = f"{coder} ({number + 1})"
        detail = f"no code in common with the other {coder!r}; this one is called {name!r}"
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
    """
    if missing := [column for column in COLUMNS if column not in merged.columns]:
        raise KitError(f"These are no codes: they have no column {', '.join(missing)}.")
    with _store(writing=True) as connection:
        last = {code.key: code for code in _entries(connection)}
        given = [Code(*row) for row in merged[COLUMNS].itertuples(index=False)]
        new = [code for code in given if code.key not in last or last[code.key].made < code.made]
        _insert(connection, new)
    return len(new)
