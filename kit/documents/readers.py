"""One file in, one document out; a table of articles in, a stream of documents out.

Text and Markdown are read in any encoding that can be told; the layout (headings, block quotations, links) and the
boilerplate of sites are kept as regions of the document, so that nothing is thrown away and nothing is counted twice.
"""

from __future__ import annotations

import codecs
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ..errors import KitError, KitWarning
from ..words import word_table
from .corpus import Document, Region, touching
from .encoding import BY_BYTE, Encoding, decode, encoding_of, say
from .language import LONGEST_WRAPPED_LINE, count_words, lines_of, paragraphs, quotations

TEXT_SUFFIXES = {".txt", ".md", ".markdown"}
TABLE_SUFFIXES = {".csv", ".tsv", ".jsonl", ".parquet"}
MOST_BYTES = 20_000_000  # far beyond any article; a larger file is an archive that someone took for a text
HEADING_WORDS = 12
LONGEST_LINE = 500
_MARKDOWN = re.compile(r"^#{1,6} \S|\[[^\[\]\n]{1,300}\]\([^()\s]{0,2000}\)", re.MULTILINE)
_SENTENCE_END = re.compile(r"[.!?…:。！？](?:\s?['\"”“’‘»«›‹」』)\]]|\[\d+\])*$")
_URL = re.compile(r"https?://[^\s<>\"”»)\]]+")


def read_file(path: Path, read_as: str | None = None) -> Document:
    """Read a text or Markdown file as one document, named after the file's stem.

    Parameters
    ----------
    path : Path
        A .txt, .md or .markdown file. A .txt file that holds Markdown links or headings is read as Markdown.
    read_as : {"text", "markdown"}, optional
        Decides it by hand.

    Raises
    ------
    KitError
        If the file is missing, unreadable, empty, binary, not a text, or over 20 MB.
    """
    if read_as is None and path.suffix.lower() not in TEXT_SUFFIXES and path.is_file():
        raise KitError(f"{path} is neither .txt nor .md; save it as text, or say how to read it (--as text).")
    return document_of(read_text(path), path, read_as)


def document_of(text: str, path: Path, read_as: str | None = None) -> Document:
    """Make a document of the text that a file holds: Markdown or plain, as its ending and its marks say, or by hand."""
    if read_as is None:
        read_as = "markdown" if path.suffix.lower() != ".txt" or _MARKDOWN.search(text) else "text"
    make = markdown_document if read_as == "markdown" else plain_document
    return make(text, path.stem)


def read_text(path: Path) -> str:
    """Read a file's characters, newlines untouched; a guessed encoding is said aloud. Raises as `read_file`."""
    return decode(read_bytes(path), str(path))


def read_bytes(path: Path) -> bytes:
    """Read a file of at most 20 MB. Raises KitError if it is missing, unreadable or larger."""
    try:
        if path.is_dir():
            raise KitError(f"{path} is a folder, not a file.")
        if path.exists() and not path.is_file():
            raise KitError(f"{path} is no ordinary file.")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise KitError(f"{path} is larger than {MOST_BYTES // 1_000_000} MB; split it into one file an article.")
        return data
    except FileNotFoundError:
        raise KitError(f"{path} does not exist; check the name and the folder.") from None
    except OSError as error:
        raise KitError(f"{path} cannot be read: {error.strerror or error}.") from None


# ---- plain text ------------------------------------------------------------------------------------------------


def plain_document(text: str, name: str, meta: Mapping[str, str] | None = None) -> Document:
    """Make a document of plain text; offsets are those of the text as it is.

    A first line, or a line alone between blank lines, of at most twelve words is a heading, unless it ends like a
    sentence or with a colon, or holds a quotation with a speaker.
    """
    boilerplate = list(_boilerplate(text))
    headings = [Region("heading", s, e) for s, e in _plain_headings(text) if not touching(boilerplate, s, e)]
    addresses = ((m.start(), m.group().rstrip(".,;:!?'’")) for m in _URL.finditer(text))
    links = [Region("link", start, start + len(address), address) for start, address in addresses]
    return Document(name, text, dict(meta or {}), in_order([*boilerplate, *headings, *links]))


def _plain_headings(text: str) -> Iterator[tuple[int, int]]:
    lines = [(start, end) for start, end, _ in lines_of(text)]
    blank = [start >= end for start, end in lines]
    first = next((i for i, empty in enumerate(blank) if not empty), None)
    for i, (start, end) in enumerate(lines):
        alone = (i == 0 or blank[i - 1]) and (i == len(lines) - 1 or blank[i + 1])
        if not blank[i] and (i == first or alone) and _reads_as_heading(text[start:end]):
            yield start, end


def _reads_as_heading(line: str) -> bool:
    if len(line) > 400 or not 0 < count_words(line) <= HEADING_WORDS or _SENTENCE_END.search(line):
        return False
    quoted = [q for q in quotations(line) if q.depth == 0]
    return not (quoted and any(not touching(quoted, *cue.span()) for cue in _speech_cue().finditer(line)))


@cache
def _speech_cue() -> re.Pattern[str]:
    """Compile the pattern of any form of a cue that says that somebody speaks; "so-called" is none."""
    rows = [row for row in word_table("cues") if row["frame"] != "belief"]
    forms = {f for row in rows for f in ([row["forms"]] if row["frame"] == "preposition" else row["forms"].split())}
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(forms)))})(?!\w)", re.IGNORECASE)


def in_order(regions: Iterable[Region]) -> tuple[Region, ...]:
    """Sort regions as documents hold them: by start, and what holds others before these."""
    return tuple(sorted(regions, key=lambda r: (r.start, -r.end)))


# ---- boilerplate -----------------------------------------------------------------------------------------------


@cache
def _boilerplate_rules() -> list[tuple[str, re.Pattern[str], str]]:
    return [(row["scope"], re.compile(row["pattern"]), row["note"]) for row in word_table("boilerplate")]


def _boilerplate(text: str) -> Iterator[Region]:
    """Find what belongs to the site and not to the article, paragraph by paragraph (`kit/words/boilerplate.csv`)."""
    for start, end in paragraphs(text):
        piece = text[start : min(end, start + 400)]
        for scope, pattern, note in _boilerplate_rules():
            if not pattern.match(piece):
                continue
            # A notice that ends a page swallows the rest of it, but never more than half of a text.
            if scope == "rest" and start >= len(text) / 2:
                yield Region("boilerplate", start, len(text), note)
                return
            # Neither is a long paragraph a line of the site, however it begins: line breaks may have been lost.
            if scope == "paragraph" and end - start < LONGEST_LINE:
                yield Region("boilerplate", start, end, note)
                break


# ---- Markdown --------------------------------------------------------------------------------------------------


@cache
def _markdown() -> MarkdownIt:
    # HTML stays text, so that it is shown escaped; an indented paragraph of a news text is no program code.
    return MarkdownIt("commonmark", {"html": False}).disable(["code"])


def markdown_document(text: str, name: str, meta: Mapping[str, str] | None = None) -> Document:
    """Make a document of Markdown: its text without the marks, its headings, block quotations and links as regions."""
    found = _MarkdownText()
    for token in _markdown().parse(text):
        found.take(token)
    plain = "".join(found.pieces)
    boilerplate = list(_boilerplate(plain))
    inside = [r for r in found.regions if r.kind == "link" or not touching(boilerplate, r.start, r.end)]
    return Document(name, plain, dict(meta or {}), in_order([*boilerplate, *inside]))


class _MarkdownText:
    """Collects the text of Markdown tokens, and where headings, quotations and links stand in it."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.regions: list[Region] = []
        self._open: list[int | None] = []
        self._link: tuple[int, str] = (0, "")
        self._separator = ""

    def take(self, token: Token) -> None:
        if token.type in ("heading_open", "blockquote_open"):
            self._open.append(None)
        elif token.type in ("heading_close", "blockquote_close"):
            start = self._open.pop()
            if start is not None:
                self.regions.append(Region(token.type.removesuffix("_close"), start, self.length))
        elif token.type == "inline":
            self._begin_block()
            wrapped = max(len(line) for line in token.content.split("\n")) <= LONGEST_WRAPPED_LINE
            for child in token.children or []:
                self._take_inline(child, " " if wrapped else "\n")
        elif token.type == "fence":
            self._begin_block()
            self._add(token.content.rstrip("\n"))

    def _begin_block(self) -> None:
        self._add(self._separator)
        self._separator = "\n\n"
        self._open = [self.length if start is None else start for start in self._open]

    def _take_inline(self, token: Token, soft_break: str) -> None:
        if token.type == "link_open":
            self._link = (self.length, str(token.attrGet("href") or ""))
        elif token.type == "link_close":
            self.regions.append(Region("link", self._link[0], self.length, self._link[1]))
        elif token.type in ("softbreak", "hardbreak"):
            self._add(soft_break if token.type == "softbreak" else "\n")
        else:
            self._add(token.content)

    def _add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)


# ---- tables of articles ----------------------------------------------------------------------------------------


def read_table(path: Path, columns: Mapping[str, str]) -> Iterator[Document]:
    """Read a CSV, TSV, JSONL or Parquet table, a document a row; all but Parquet a piece of the table at a time.

    Parameters
    ----------
    path : Path
        The table. CSV, TSV and JSONL are read in any encoding that `decode` can tell.
    columns : mapping of str to str
        What the table's columns are called: ``{"text": "article_content", "document": "unit_id", …}``. `text` is
        needed; `document` names the documents (otherwise their row does); anything else becomes a detail of theirs.

    Raises
    ------
    KitError
        If a named column is not in the table, or the table cannot be read.
    """
    row = 0
    for piece in _pieces(path):
        missing = [name for name in columns.values() if name not in piece.columns]
        if missing or "text" not in columns:
            wrong = (
                f"has no column {missing[0]!r}" if missing else "is a table: say which column holds the text (text=…)"
            )
            raise KitError(f"{path} {wrong}; its columns: {', '.join(map(str, piece.columns[:20]))}.")
        for record in piece.to_dict("records"):
            row += 1
            details = {key: _cell(record[name]) for key, name in columns.items()}
            text, name = details.pop("text"), details.pop("document", "") or f"row-{row}"
            if "\0" in text:
                raise KitError(f"{path}: row {row} holds NUL characters, so it is no text.")
            if text.strip():
                yield plain_document(text, name, details)
            else:
                warnings.warn(f"{path}: row {row} has no text and is left out.", KitWarning, stacklevel=2)


def _cell(value: Any) -> str:
    return "" if pd.api.types.is_scalar(value) and pd.isna(value) else str(value)


def _pieces(path: Path) -> Iterator[pd.DataFrame]:
    suffix = path.suffix.lower()
    try:
        if suffix == ".parquet":
            yield pd.read_parquet(path)
            return
        encoding = _table_encoding(path)
        options: dict[str, Any] = {"dtype": str, "chunksize": 500, "encoding": encoding, "encoding_errors": BY_BYTE}
        if suffix == ".jsonl":
            yield from pd.read_json(path, lines=True, **options | {"dtype": False} | _as_written())
            return
        for piece in pd.read_csv(path, sep="\t" if suffix == ".tsv" else ",", keep_default_na=False, **options):
            if not isinstance(piece.index, pd.RangeIndex):
                raise KitError(f"{path} has rows with more cells than its first line has names; mend the table.")
            yield piece
    except ImportError:
        raise KitError(f"{path}: reading Parquet needs pyarrow; install media-analysis-kit[parquet].") from None
    except (OSError, ValueError, pd.errors.ParserError) as error:
        raise KitError(f"{path} cannot be read as a table: {error}") from None


def _as_written() -> dict[str, Any]:
    """Keep pandas from making dates of strings: before version 3 that needs a word of its own."""
    return {"convert_dates": False} if int(pd.__version__.split(".")[0]) < 3 else {}


def _table_encoding(path: Path) -> str:
    """Tell a table's encoding without holding it: UTF-8 piece by piece, else by the first piece that is not."""
    found = Encoding("utf-8-sig", False)
    try:
        with path.open("rb") as file:
            piece = file.read(1 << 20)
            if not piece.strip():
                raise KitError(f"{path} is empty; there is nothing to read.")
            if (first := encoding_of(piece[:4], str(path))).name == "utf-16":
                return first.name
            decoder = codecs.getincrementaldecoder("utf-8")()
            while piece:
                if b"\0" in piece:
                    raise KitError(f"{path} holds NUL characters, so it is no text table; save it as UTF-8.")
                decoder.decode(piece)
                piece = file.read(1 << 20)
    except UnicodeDecodeError:
        found = encoding_of(piece, str(path))
        say(found, str(path))
    except OSError as error:
        raise KitError(f"{path} cannot be read: {error.strerror or error}.") from None
    return found.name


Problem = Callable[[KitError], None]


def documents_in(
    paths: list[Path],
    columns: Mapping[str, str],
    read_as: str | None,
    problem: Problem,
    taken: dict[str, int] | None = None,
) -> Iterator[Document]:
    """Read files, folders and tables document by document, each under a name that is not `taken` yet.

    What cannot be read is handed to `problem`, and the rest goes on.
    """
    taken = {} if taken is None else taken
    for file, name in chain.from_iterable(_files(path, problem) for path in paths):
        try:
            is_table = file.suffix.lower() in TABLE_SUFFIXES
            for document in read_table(file, columns) if is_table else [replace(read_file(file, read_as), name=name)]:
                yield replace(document, name=free_name(document.name, taken))
        except KitError as error:
            problem(error)


def _files(path: Path, problem: Problem) -> Iterator[tuple[Path, str]]:
    """Yield each file to read with the name of its document: its stem, below a folder with the way to it."""
    try:
        folder = path.is_dir()
        below = sorted(path.rglob("*")) if folder else []
        found = [p for p in below if p.suffix.lower() in TEXT_SUFFIXES and not _hidden(p, path) and p.is_file()]
    except OSError as error:
        problem(KitError(f"{path} cannot be read: {error.strerror or error}."))
        return
    if not folder:
        yield path, path.stem
    elif not found:
        problem(KitError(f"{path} holds no .txt or .md file."))
    for file in found:
        yield file, file.relative_to(path).with_suffix("").as_posix()


def _hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def free_name(name: str, taken: dict[str, int]) -> str:
    """Return the name, numbered if another document has it already; `taken` keeps the last number of each."""
    free = name
    while free in taken:
        taken[name] += 1
        free = f"{name}-{taken[name]}"
    taken[free] = 1
    return free
