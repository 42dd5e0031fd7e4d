"""A corpus of one's own: a folder with texts, catalogue and stylebook to fill in, and checks that say what is open."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ..documents.catalogues import CATALOGUE, CORPORA, bundled_names, corpus_folder
from ..documents.corpus import Corpus
from ..documents.encoding import decode
from ..documents.library import load
from ..documents.readers import TEXT_SUFFIXES, document_of, free_name, read_bytes, read_text
from ..errors import KitError, one_line
from ..files import write_text
from ..findings.focus import focus, most_named
from ..findings.naming import NOT_COUNTED, Entry, Stylebook, mentions, read_stylebook, stylebook_for
from ..folders import work_folder

STYLEBOOK = "stylebook.csv"
TODO = "TODO"
WHO = "who is this?"  # the party of every proposed name, until somebody says who is meant
MOST_NAMES = 30
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# In capitals behind a small letter, so it opens no sentence; or people by what they do.
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w-]+(?: [A-Z][\w-]+)*|\b(?!others)[a-z]{3,}(?:er|ist|ant|ian)s\b")

_HEAD = """\
# The catalogue of this corpus: what your class should know of the texts. Wherever a line says TODO, write between the
# quotation marks (keep them, and keep them straight), then delete everything from the # to the end of the line.
# Use a text editor or JupyterLab, no word processor. What is still open: kit new-corpus {name}

title = {title} # TODO: what are these texts about?
content_note = "" # TODO: what in them may be hard to read, such as war; if nothing is, say so
neutrality = "The kit takes no side; a claim in a document is a claim."
stylebook = "stylebook.csv"

[focus] # what lessons and exercises look at: one party of the stylebook, and one of its names (its columns 1 and 2)
referent = {referent} # TODO: is this the party that you want to look at?
word = {word} # TODO: and this the name?

[provenance]
made_by = "" # TODO: your name or your school
how = "" # TODO: where you took the texts from and when, and whether you shortened them
licence = "The texts are their publishers'; for use in our class only, not to be passed on" # TODO: is that so?
"""

_ENTRY = """
[[document]]
name = {name}
file = {file}
title = {title}
outlet = "" # TODO: where it appeared
date = "" # TODO: when, such as 2016-08-04; if you cannot know, write undated
label = "ORIGINAL" # TODO: or SHORTENED, TRANSLATED, RETOLD, if you changed it
note = "" # TODO: what kind of text it is, such as a news report or a comment
"""


# ---- making one ------------------------------------------------------------------------------------------------


def make(name: str, files: Sequence[Path], stylebook: str | Path | None = None) -> Path:
    """Make a corpus of two or more articles in the folder that one works in, and return the new folder.

    In it are copies of the text or Markdown files as UTF-8, and a catalogue and a stylebook to fill in. The stylebook
    begins with the rows of one that is named, of all parties that these texts name and of what is not counted. Without
    one names are proposed: names in capitals, and words for people such as strikers, that occur twice or more.

    Raises KitError if the name is bad or taken, a file cannot be read or repeats another, or the folder cannot be
    written. Then nothing was written.
    """
    folder = work_folder() / CORPORA / name
    _check_name(name, folder)
    texts = _read(files)
    documents = [replace(document_of(text, Path(file)), name=Path(file).stem) for file, text in texts.items()]
    corpus = Corpus(documents, name)
    book = _proposed(corpus) if stylebook is None else _of_its_parties(corpus, read_stylebook(stylebook))
    contents = {f"texts/{file}": text for file, text in texts.items()}
    # With the mark by which spreadsheets know UTF-8. The catalogue comes last: with it the folder becomes a corpus.
    contents |= {STYLEBOOK: "\ufeff" + _as_csv(book), CATALOGUE: _catalogue(corpus, list(texts), book)}
    _write(folder, contents)
    return folder


def _check_name(name: str, folder: Path) -> None:
    if not _SLUG.fullmatch(name):
        raise KitError(f"{name!r} cannot be a corpus' name; use small letters, digits and hyphens: port-strike-2.")
    if name in bundled_names():
        raise KitError(f"{name} is a corpus that comes with the kit; choose another name.")
    if folder.exists():
        advice = f"choose another name, or see what is open in it: kit new-corpus {name}"
        raise KitError(f"{folder} is there already, and nothing in it was changed; {advice}")


def _read(files: Sequence[Path]) -> dict[str, str]:
    """Read all the files, each under the name that its copy will have; one that is bad keeps all from being made."""
    texts: dict[str, str] = {}
    taken: dict[str, int] = {}
    source: dict[str, Path] = {}
    problems = []
    for path in files:
        try:
            text = _article(path)
            if text in source:
                raise KitError(f"{path} is the same text as {source[text]}; name it once.")
        except KitError as error:
            problems.append(str(error))
            continue
        source[text] = path
        texts[free_name(slug(path.stem), taken) + path.suffix.lower()] = text
    if problems:
        raise KitError(" ".join([*problems, "Nothing was written."]))
    if len(texts) < 2:
        raise KitError("A corpus is made to compare: name two files or more, an article each.")
    return texts


def _article(path: Path) -> str:
    data = read_bytes(path)
    if path.suffix.lower() not in TEXT_SUFFIXES:
        raise KitError(f"{path} is neither .txt nor .md; open it, and save its text as plain text (.txt).")
    return decode(data, str(path))


def slug(name: str) -> str:
    """Return a name in small letters, digits and hyphens: `Überfall (2).txt` becomes `uberfall-2-txt`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain)) or "text"


def _write(folder: Path, contents: dict[str, str]) -> None:
    """Write a new folder, all of it or nothing."""
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise KitError(f"{folder} cannot be made: {error.strerror or error}.") from None
    try:
        for file, text in contents.items():
            write_text(folder / file, text)
    except KitError:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _catalogue(corpus: Corpus, files: Sequence[str], book: Stylebook) -> str:
    # Of proposed names the first is the commonest; a stylebook that was named knows the parties.
    party, word = book.labels[0] if book.labels[0][0] == WHO else most_named(corpus, book)
    values = {"title": corpus.name, "referent": party, "word": word}
    head = _HEAD.format(name=corpus.name, **{key: _toml(value) for key, value in values.items()})
    entries = (
        _ENTRY.format(name=_toml(d.name), file=_toml(f"texts/{file}"), title=_toml(d.title))
        for d, file in zip(corpus, files, strict=True)
    )
    return head + "".join(entries)


def _toml(text: str) -> str:
    """Write a text as a TOML string, which is written as in JSON."""
    return json.dumps(one_line(text), ensure_ascii=False)


def _as_csv(book: Stylebook) -> str:
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerows([Entry._fields, *book.entries])
    return lines.getvalue()


# ---- its first stylebook ---------------------------------------------------------------------------------------


def _of_its_parties(corpus: Corpus, book: Stylebook) -> Stylebook:
    """Keep the rows of the parties that the texts name, used or not: a zero is a finding; and what is not counted."""
    parties = {*mentions(corpus, book)["referent"], NOT_COUNTED}
    kept = tuple(entry for entry in book.entries if entry.referent in parties)
    if parties == {NOT_COUNTED}:
        raise KitError(f"The stylebook {book.name} has no name that stands in these texts; make the corpus without it.")
    return Stylebook(book.name, kept)


def _proposed(corpus: Corpus) -> Stylebook:
    """Propose names by one plain rule: names in capitals, and words such as strikers, each used twice or more."""
    found = (name for d in corpus for s, e in d.sentences if d.position(s, e) for name in _NAME.findall(d.text[s:e]))
    often = Counter(name.removesuffix("s") if name.islower() else name for name in found).most_common(MOST_NAMES)
    rows = [Entry(WHO, name, name, f"{n} times; write here what the name says") for name, n in often if n > 1]
    return Stylebook("stylebook", tuple(rows) or (Entry(WHO, "people", "people", "an example"),))


# ---- checking one ----------------------------------------------------------------------------------------------


def still_open(name: str) -> list[str]:
    """Return, in sentences, what has to be done before a class works with a corpus of one's own."""
    corpus = load(name)
    return [*_unfilled(corpus_folder(name) / CATALOGUE), *_wrong_texts(corpus), *_wrong_names(corpus)]


def _unfilled(path: Path) -> Iterator[str]:
    lines = read_text(path).splitlines()
    waiting = [str(number) for number, line in enumerate(lines, 1) if f"# {TODO}" in line]
    if waiting:
        plural = "s" * (len(waiting) > 1)
        yield f"{path.name}, line{plural} {', '.join(waiting)}: fill in what is asked, then delete from the # on."


def _wrong_texts(corpus: Corpus) -> Iterator[str]:
    if len(corpus) < 2:
        yield "There is only one text; the lessons compare two or more."
    for key in ("outlet", "date", "label"):
        without = [d.name for d in corpus if not d.meta.get(key) and not d.meta.get(f"{key}_note")]
        if without:
            yield f"{CATALOGUE} gives no {key} for {', '.join(without)}."
    for document in corpus:
        if not document.word_count:
            yield f"{document.name}: there is no word to count in its text."
        elif not document.english:
            yield f"{document.name} does not seem to be English; the kit knows only English."
    for name, earlier in corpus.duplicates().items():
        yield f"{name} is the same text as {earlier}."


def _wrong_names(corpus: Corpus) -> Iterator[str]:
    try:
        book = stylebook_for(corpus)
        party, word = focus(corpus)
    except KitError as error:
        yield str(error)
        return
    unnamed = sum(entry.referent == WHO for entry in book.entries)
    if unnamed:
        yield f"{STYLEBOOK}: {unnamed} rows still ask “{WHO}”; say which party is meant, or delete the row."
    found = mentions(corpus, book)
    if not (found["referent"] == party).any():
        yield f"No text names “{party}”, which the lessons look at; mend the stylebook, or [focus] in {CATALOGUE}."
    elif not ((found["referent"] == party) & (found["label"] == word)).any():
        yield f"No text calls “{party}” by the name “{word}”; choose another word under [focus] in {CATALOGUE}."
