"""Coding by people: codes are kept as they are made, in one SQLite file in the folder a learner works in.

The file is a log: a code that is made again replaces the former, taking a code back is one more entry, and `undo`
takes the last entry away. A code for a whole text is the empty span at its beginning. If the file cannot be read or
written, a KitError names it and says what to do; what was in it is untouched.
"""

from __future__ import annotations

import hashlib
import operator
import re
import sqlite3
import unicodedata
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pandas as pd

from ..documents import spans
from ..documents.corpus import Document
from ..errors import KitError, KitWarning, one_line
from ..folders import work_folder
from .codebooks import Book, as_codebook

FILE = "codes.sqlite"
VERSION = 1
PATIENCE = 10.0  # seconds to wait for another notebook that is writing
Place = str | tuple[int, int] | None  # a stretch by its words or by its start and end, or the whole text
_REMOVED = ""  # the value of an entry that takes a code back
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

    @property
    def mark(self) -> object:
        """What tells whose it is if several people have one name: no two make a code at the same microsecond."""
        return self.made or self._replace(coder="")


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


# ---- the store -------------------------------------------------------------------------------------------------


@contextmanager
def _said(path: Path) -> Iterator[None]:
    """Say with advice whatever goes wrong with the store."""
    try:
        yield
    except sqlite3.Error as error:
        kind = getattr(error, "sqlite_errorname", "").removeprefix("SQLITE_").partition("_")[0]
        if "Could not decode" in str(error):  # Python's own error, which has no name and repeats somebody's note
            kind = "CORRUPT"
        raise KitError(f"{path} {_ADVICE.get(kind, f'cannot be used ({error}); it is left as it is')}.") from None
    except OSError as error:
        raise KitError(f"{path} cannot be used: {error.strerror or error}.") from None


@contextmanager
def _store(*, writing: bool = False) -> Iterator[sqlite3.Connection]:
    """Open the store for one transaction; if anything goes wrong, nothing is written."""
    path = work_folder() / FILE
    with _said(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as connection:
            _prepare(connection, path)
            connection.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
            yield connection
            connection.commit()


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Make the table in a new file; refuse a file of another version before anything is written to it."""
    seen = "SELECT user_version, (SELECT count(*) FROM sqlite_master) FROM pragma_user_version"
    version, tables = connection.execute(seen).fetchone()
    if version > VERSION:
        raise KitError(f"{path} was written by a newer kit; update this one (it is left as it is).")
    if version < VERSION and tables:
        raise KitError(f"{path} is no store of this kit; give it another name (it is left as it is).")
    if version < VERSION:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(_SCHEMA)


def _insert(connection: sqlite3.Connection, codes: Iterable[Code]) -> None:
    connection.executemany(f"INSERT INTO code VALUES (NULL{', ?' * len(COLUMNS)})", codes)


def _entries(connection: sqlite3.Connection, called: object = "") -> list[Code]:
    """Every entry, oldest first; what is none is left in the store, and said."""
    rows = connection.execute("SELECT * FROM code ORDER BY number").fetchall()
    found = [code for row in rows if (code := entry(row[1:]))]
    if wrong := len(rows) - len(found):
        told = f"{called or work_folder() / FILE} holds {wrong} damaged entries, which are left aside"
        warnings.warn(f"{told}; the others are all there.", KitWarning, stacklevel=4)
    return found


def entry(row: Sequence[Any]) -> Code | None:
    """Return a row as a code; None if it is none."""
    kinds = [int if column in ("start", "end") else str for column in COLUMNS]
    fits = len(row) == len(kinds) and all(map(isinstance, row, kinds))
    return Code(*row) if fits else None


def log() -> list[Code]:
    """Return every entry of the store, oldest first, also those that were replaced or taken back.

    A KitWarning tells of what is no code, and is left aside.
    """
    path = work_folder() / FILE
    with _said(path):
        try:
            path.stat()
        except FileNotFoundError:
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
                    raise KitError(f"{called} is no store of codes, or one of a newer kit.")
                return latest(_entries(connection, called))
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
        has no name, or the note is no text.
    """
    book = as_codebook(codebook)
    if not value and len(book.values) > 2:
        raise KitError(f"{book.name} has several values; choose one: value=… ({', '.join(book.values)}).")
    book.check(code, value or book.values[1])
    if not isinstance(note, str):
        raise KitError(f"A note is a text in quotation marks, not {one_line(note)}; leave it out if there is none.")
    note = "".join(c if c.isprintable() or c == "\n" else " " for c in note)  # a CSV file can hold nothing else
    start, end = _stretch(document, where)
    said = (coder_name(coder), book.name, code, value or book.values[1], note, _now(), text_version(document))
    made = Code(document.name, start, end, document.text[start:end], *said)
    with _store(writing=True) as connection:
        _insert(connection, [made])
    return made


def remove(document: Document, codebook: Book, code: str, where: Place = None, *, coder: str) -> Code:
    """Take a code back, wherever it stands now; `undo` brings it back. Parameters and errors are those of `add`."""
    about = (coder_name(coder), as_codebook(codebook).name, document.name, code)
    place = _stretch(document, where)
    with _store(writing=True) as connection:
        mine = [c for c in latest(_entries(connection)) if (c.coder, c.codebook, c.document, c.code) == about]
        there = [c for c in mine if (now := anchored(c, document)) and (now.start, now.end) == place]
        if not there:
            raise KitError(f"{about[0]} has not coded {one_line(code)!r} there; nothing was taken back.")
        _insert(connection, (kept._replace(value=_REMOVED, note="", made=_now()) for kept in there))
    return there[-1]


def undo(coder: str) -> Code | None:
    """Take away the last thing that a coder did, and return it; None if there is nothing left."""
    name = coder_name(coder)
    with _store(writing=True) as connection:
        rows = connection.execute("SELECT * FROM code WHERE coder = ? ORDER BY number DESC", [name]).fetchall()
        number, last = next(((row[0], code) for row in rows if (code := entry(row[1:]))), (None, None))
        connection.execute("DELETE FROM code WHERE number = ?", [number])
    return last


def coder_name(coder: str) -> str:
    """Return a coder's name as it is kept, in one line. Raises KitError if it is none."""
    if not isinstance(coder, str) or not (name := one_line(coder)):
        raise KitError("A code needs a coder; say who codes: coder='…'.")
    return name


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


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
    try:
        start, end = map(operator.index, where)  # NumPy's whole numbers, as tables hold them, become Python's
    except (TypeError, ValueError):
        said = f"{one_line(where)[:80]} is no stretch of {document.name!r}"
        raise KitError(f"{said}; give its words, or two whole numbers: (start, end).") from None
    if not 0 <= start < end <= len(document.text):
        raise KitError(f"{start}–{end} is no stretch of {document.name!r}, which has {len(document.text)} characters.")
    return start, end


def find_words(text: str, words: str) -> list[tuple[int, int]]:
    """Tell where some words stand, as whole words, whatever white space lies between them."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    return [match.span() for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text)] if pattern else []


def text_version(document: Document) -> str:
    """Return what tells one version of a document's text from another."""
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

    Warns
    -----
    KitWarning
        If codes were made on another version of a text: how many moved or were set aside. And as `log`.
    """
    corpus = spans.as_corpus(documents)
    name = coder if coder is None else one_line(coder)
    mine = [c for c in latest(log()) if name in (None, c.coder) and codebook in (None, c.codebook)]
    wanted = [code for code in mine if code.document in corpus]
    found = [placed for code in wanted if (placed := anchored(code, corpus[code.document]))]
    versions = {document.name: text_version(document) for document in corpus}
    changed = sum(code.version not in ("", versions[code.document]) for code in found)
    aside = len(wanted) - len(found)
    if changed or aside:
        told = f"codes kept or moved with their words: {changed}; set aside: {aside} (they stay in the store)"
        warnings.warn(f"A text has changed since it was coded: {told}.", KitWarning, stacklevel=2)
    return spans.make(latest(found), COLUMNS[4:], corpus)


def kept() -> list[Code]:
    """Return all codes that are kept, of whatever documents and coders."""
    return latest(log())


def anchored(code: Code, document: Document) -> Code | None:
    """Put a code where its words stand now; None if they stand nowhere, or in several places."""
    start, end = code.start, code.end
    if 0 <= start <= end <= len(document.text) and document.text[start:end].split() == code.text.split():
        return code._replace(text=document.text[start:end]) if code.text or start == end == 0 else None
    found = find_words(document.text, code.text)
    if len(found) != 1:
        return None
    start, end = found[0]
    return code._replace(start=start, end=end, text=document.text[start:end])


# ---- codes from elsewhere --------------------------------------------------------------------------------------


def take_in(entries: Iterable[Code]) -> tuple[int, list[str]]:
    """Put entries of another store into this one; what is there and later stays.

    A coder is taken for the one of that name here if they have a time in common, at which a code was made, or say
    nothing else of the same; otherwise for somebody else, who is called `Name (2)`, so that nobody's code is replaced.
    Returns how many entries were new, and a sentence for each coder who was called otherwise.
    """
    given = _by_coder(entries)
    new, said = 0, []
    with _store(writing=True) as connection:
        kept = _by_coder(_entries(connection))
        people = {name: {entry.mark for entry in here} for name, here in kept.items()}
        for coder, theirs in given.items():
            name = known_as(coder, {entry.mark for entry in theirs}, people, partial(_unopposed, theirs, kept))
            if name != coder:
                why = f"{coder!r} has said otherwise here, and no code of theirs was made at the same time"
                said.append(f"{why}: taken for somebody else, whose codes are kept under the name {name!r}")
            last = {entry.key: entry for entry in kept.get(name, ())}
            renamed = [entry._replace(coder=name) for entry in theirs]
            added = [entry for entry in renamed if entry.key not in last or last[entry.key].made < entry.made]
            _insert(connection, added)
            new += len(added)
    return new, said


def _by_coder(entries: Iterable[Code]) -> dict[str, list[Code]]:
    found: dict[str, list[Code]] = defaultdict(list)
    for entry in entries:
        found[entry.coder].append(entry)
    return dict(found)


def _unopposed(theirs: Iterable[Code], kept: Mapping[str, list[Code]], name: str) -> bool:
    """Tell whether nobody of a name here said something else of the same, whichever of them was later."""
    last = {entry.key[1:]: (entry.value, entry.note) for entry in kept.get(name, ())}
    mine = {entry.key[1:]: (entry.value, entry.note) for entry in theirs}
    return all(last.get(key, said) == said for key, said in mine.items())


def known_as(coder: str, marks: set[object], people: Mapping[str, set[object]], free: Callable[[str], bool]) -> str:
    """Return by which name a coder is known: that of a namesake who has a mark in common, or a new one.

    A namesake is called alike, or so with a number behind, such as `Ana (2)`. The new name is the coder's own, or the
    first with a number that is free.
    """
    alike = re.compile(rf"{re.escape(folded(coder))}( \(\d+\))?")
    known = next((name for name in people if alike.fullmatch(folded(name)) and marks & people[name]), None)
    return known or next(filter(free, chain([coder], (f"{coder} ({number})" for number in count(2)))))


def folded(coder: str) -> str:
    """Return a name as names are compared: capitals, white space and how an accent is written make no difference."""
    return unicodedata.normalize("NFC", " ".join(coder.casefold().split()))
