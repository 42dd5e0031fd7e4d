"""The shelf: corpora by name, bundled or one's own, the originals that a reader holds, and `load()` for the rest."""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
import platformdirs

from ..errors import KitError, KitWarning, one_line
from ..files import write_bytes
from ..folders import in_checkout, shipped, work_folder
from .corpus import Corpus, Document, Region
from .encoding import decode
from .readers import (
    TABLE_SUFFIXES,
    Problem,
    document_of,
    documents_in,
    free_name,
    in_order,
    read_bytes,
    read_file,
    read_text,
)

CORPORA = "corpora"  # in the folder that a learner works in: corpora of their own, or their teacher's
CATALOGUE = "catalogue.toml"
EXAMPLE = "harbour-strike"  # has every table, and is fit for everybody
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_EDITIONS = ("teaching", "original")


def load(
    source: str | Path | Sequence[str | Path],
    /,
    *,
    edition: str | None = None,
    read_as: str | None = None,
    **columns: str,
) -> Corpus:
    """Load a corpus by its name, a file, a folder, a table of articles, or several of them.

    Parameters
    ----------
    source : str, Path or list of them
        The name of a corpus, bundled or your own (`kit.corpora()` lists them), or the way to a .txt or .md file, to a
        folder of them, or to a .csv, .tsv, .jsonl or .parquet table.
    edition : {"teaching", "original"}, optional
        For a bundled corpus: our retelling, or the original where you have added it (`kit add`). Without it, the
        originals are taken as soon as all of them are there, and the corpus says so.
    read_as : {"text", "markdown"}, optional
        How to read text files, where the kit's own guess is wrong.
    **columns : str
        For a table: what its columns are called, such as ``text="article_content", document="unit_id",
        outlet="source"``. `text` is needed.

    Returns
    -------
    Corpus

    Raises
    ------
    KitError
        In one line, if something is missing, unreadable or not what it should be.

    Examples
    --------
    >>> import kit
    >>> kit.load("harbour-strike").names
    ['harbour-gazette', 'quayside-voice', 'coast-wire', 'north-shore-blog']
    """
    if isinstance(source, str) and source in corpus_names() and not columns:
        return _by_name(source, edition)
    if edition is not None:
        raise KitError(f"Only corpora with a name have editions ({', '.join(corpus_names())}), not {source!r}.")
    sources = [source] if isinstance(source, (str, Path)) else list(source)
    corpus = Corpus(stream(sources, read_as=read_as, columns=columns), _called(sources))
    if not len(corpus):
        raise KitError(f"{_called(sources) or 'Nothing was named'}: no document found.")
    repeated = corpus.duplicates()
    if repeated:
        some = ", ".join(list(repeated)[:5]) + (" …" if len(repeated) > 5 else "")
        advice = "corpus.without_duplicates() drops them"
        message = f"{len(repeated)} documents repeat another's text exactly ({some}); {advice}."
        warnings.warn(message, KitWarning, stacklevel=2)
    return corpus


def stream(
    sources: Sequence[str | Path],
    problem: Problem | None = None,
    *,
    read_as: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Document]:
    """Read corpora by name, files, folders and tables document by document, so that thousands need no more room.

    Parameters
    ----------
    sources, read_as, columns
        As for `load`.
    problem : callable, optional
        Called with the KitError of each source that cannot be read; without it the error is raised.

    Yields
    ------
    Document
    """
    if read_as not in (None, "text", "markdown"):
        raise KitError(f"Files are read as text or as markdown, not as {read_as!r}.")
    problem = problem or _raise
    taken: dict[str, int] = {}
    names = corpus_names()
    if columns and not any(_may_be_table(source) for source in sources):
        raise KitError(f"Only a table has columns; there is none for {next(iter(columns))}=….")
    for source in sources:
        if str(source) in names:
            try:
                named = _by_name(str(source), None)
            except KitError as error:
                problem(error)
                continue
            yield from (replace(document, name=free_name(document.name, taken)) for document in named)
            continue
        try:
            there = bool(str(source).strip()) and Path(source).exists()
        except OSError as error:
            problem(KitError(f"{str(source)[:100]} cannot be read: {error.strerror or error}."))
            continue
        if there:
            yield from documents_in([Path(source)], columns or {}, read_as, problem, taken)
        else:
            known = ", ".join(names)
            what = str(source)[:100] or "An empty name"
            problem(KitError(f"{what}: no such file or folder, and no corpus of that name (there are: {known})."))


def _may_be_table(source: str | Path) -> bool:
    return Path(source).suffix.lower() in TABLE_SUFFIXES


def _raise(error: KitError) -> None:
    raise error


def _called(sources: Sequence[str | Path]) -> str:
    return ", ".join(Path(s).name for s in sources[:3]) + (" …" if len(sources) > 3 else "")


# ---- corpora by name -------------------------------------------------------------------------------------------


def corpus_names() -> list[str]:
    """Return the names of the corpora: those that are bundled, and one's own in `work_folder()`."""
    return sorted(_folders())


def bundled_names() -> list[str]:
    """Return the names of the bundled corpora."""
    return sorted(_bundled())


def _bundled() -> dict[str, Path]:
    return {path.parent.name: path.parent for path in shipped("datasets").glob(f"*/{CATALOGUE}")}


def _folders() -> dict[str, Path]:
    """Where each corpus lies. A folder of one's own may stand in another of its name, as unpacking a ZIP leaves it."""
    own = work_folder() / CORPORA
    found = [*own.glob(f"*/*/{CATALOGUE}"), *own.glob(f"*/{CATALOGUE}")]
    return {path.parent.name: path.parent for path in found if _NAME.fullmatch(path.parent.name)} | _bundled()


def corpora() -> pd.DataFrame:
    """Return the corpora, a row each: title, documents, licence, content note, whether originals are here.

    One's own that cannot be read is left out, with a warning.
    """
    rows = {}
    for name in corpus_names():
        try:
            about = catalogue(name)
        except KitError as error:
            if name in _bundled():
                raise
            warnings.warn(str(error), KitWarning, stacklevel=2)
            continue
        known = originals(name)
        here = sum(_original_path(name, key).exists() for key in known)
        rows[name] = {
            "title": about["title"],
            "documents": len(about["document"]),
            "originals": f"{here} of {len(known)}" if known else "none",
            "licence": about["provenance"]["licence"],
            "content_note": about["content_note"],
        }
    return pd.DataFrame(list(rows.values()), index=pd.Index(list(rows), name="corpus"))


def catalogue(name: str) -> dict[str, Any]:
    """Return what a corpus says of itself (`catalogue.toml` in its folder).

    Raises
    ------
    KitError
        If there is no such corpus, or its catalogue is damaged or incomplete.
    """
    folder = corpus_folder(name)
    about = _toml(folder / CATALOGUE)
    needed = ("title", "content_note", "neutrality", "stylebook", "provenance", "document")
    missing = [key for key in needed if key not in about]
    tables = {"provenance": dict, "focus": dict, "document": list}
    wrong = [key for key, kind in tables.items() if not isinstance(about.get(key, kind()), kind)]
    if not missing and not wrong:
        missing = [] if "licence" in about["provenance"] else ["the licence in provenance"]
        missing += [
            f"the {key} of a document" for entry in about["document"] for key in ("name", "file") if key not in entry
        ]
    if missing or wrong:
        what = (
            f"lacks {', '.join(missing)}" if missing else f"has {wrong[0]} in another form than the bundled catalogues"
        )
        raise KitError(f"{folder / CATALOGUE} {what}.")
    if str(about["stylebook"]).endswith(".csv"):  # the corpus' own, not one of the kit's by its name
        about["stylebook"] = str(_inside(folder, about["stylebook"]))
    return about


def table(folder: str, name: str) -> pd.DataFrame:
    """Return a table that lies with a corpus or is shipped, such as ``kit.table("aleppo-2016", "timeline")``.

    Parameters
    ----------
    folder : str
        A corpus, or another folder of figures such as `fa-kes`.
    name : str
        A table in it; one of a corpus' reference annotation is called `reference/attributions`.

    Raises
    ------
    KitError
        If there is no such folder, or no such table in it; the message names those there are.
    """
    known = _tables(folder)
    if name not in known:
        raise KitError(f"{folder} has no table {one_line(name)!r}; it has: {', '.join(known) or 'none'}.")
    try:
        return pd.read_csv(StringIO(read_text(known[name])), keep_default_na=False)
    except ValueError as error:
        raise KitError(f"{known[name]} cannot be read as a table: {error}") from None


def _tables(folder: str) -> dict[str, Path]:
    """Where each table of a corpus, or of another folder of figures, lies."""
    figures = {path.parent.name: path.parent for path in shipped("datasets").glob("*/*.csv")}
    shelves = {name: path for name, path in figures.items() if name != "stylebooks"} | _folders()
    if folder not in shelves:
        raise KitError(f"No tables are there for {one_line(folder)!r}; there are: {', '.join(sorted(shelves))}.")
    inside = shelves[folder]
    return {path.relative_to(inside).with_suffix("").as_posix(): path for path in sorted(inside.rglob("*.csv"))}


def with_table(corpus: Corpus, name: str) -> Corpus:
    """Return a corpus in our edition if it has a table; else the harbour strike, which has it, and print why.

    So every lesson runs on every corpus, also where it needs what only somebody who annotated the texts can give.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    name : str
        The table, such as `reference/frames`.
    """
    if corpus.name in corpus_names() and name in _tables(corpus.name):
        return load(corpus.name, edition="teaching")
    print(f"This part does not apply to your corpus, {corpus.name}: nobody has made a table “{name}” for it.")
    print(f"So that you can see how it is done, it is shown with the texts of {EXAMPLE}.")
    return load(EXAMPLE)


def about(sources: Sequence[str]) -> dict[str, Any]:
    """Return what the catalogue says of a corpus, if the sources are one corpus by name, else nothing."""
    return _about(sources[0], _edition(sources[0], None)) if len(sources) == 1 and sources[0] in corpus_names() else {}


def corpus_folder(name: str) -> Path:
    """Return where a corpus lies. Raises KitError if there is none of that name."""
    folders = _folders()
    if name not in folders:
        raise KitError(f"No corpus is called {one_line(name)!r}; there are: {', '.join(sorted(folders))}.")
    return folders[name]


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise KitError(f"{path} is no valid TOML: {error}.") from None


def _by_name(name: str, edition: str | None) -> Corpus:
    known, edition = originals(name), _edition(name, edition)
    documents = []
    for entry in catalogue(name)["document"]:
        key = entry.get("retells", "")
        if key and key not in known:
            raise KitError(f"{corpus_folder(name) / CATALOGUE}: {key!r} is not in originals.toml.")
        use_original = key and edition == "original"
        documents.append(_original(name, key, known[key]) if use_original else _document(name, entry))
    return Corpus(documents, name, _about(name, edition))


def _edition(name: str, wanted: str | None) -> str:
    """Tell which edition to read: the one wanted, or the originals as soon as all of them are here."""
    if wanted not in (None, *_EDITIONS):
        raise KitError(f"There is no edition {wanted!r}; there are: {', '.join(_EDITIONS)}.")
    known = originals(name)
    absent = [key for key in known if not _original_path(name, key).exists()]
    if wanted == "original" and (absent or not known):
        raise KitError(_without_originals(name, known, absent))
    return wanted or ("original" if known and not absent else "teaching")


def _about(name: str, edition: str) -> dict[str, Any]:
    note = {
        "original": "The ORIGINAL articles that you added.",
        "teaching": "Teaching editions: retold in our own words.",
    }
    details = {key: value for key, value in catalogue(name).items() if key != "document"} | {"edition": edition}
    return details | ({"edition_note": note[edition]} if originals(name) else {})


def _without_originals(name: str, known: Mapping[str, Any], absent: list[str]) -> str:
    if not known:
        return f"{name} has no originals: its texts are shipped whole."
    titles = "; ".join(f"“{known[key]['title']}”" for key in absent)
    return f"The originals of {name} are not here: {titles}. If you hold them: kit add FILE --to {name}."


def _document(name: str, entry: Mapping[str, Any]) -> Document:
    document = read_file(_inside(corpus_folder(name), entry["file"]))
    return Document(str(entry["name"]), document.text, _details(entry), document.regions)


def _inside(folder: Path, file: object) -> Path:
    """Return the way to a file that a catalogue names; it has to be in the corpus' own folder."""
    path = (folder / str(file)).resolve()
    if folder.resolve() not in path.parents or not path.is_file():
        raise KitError(f"{folder / CATALOGUE} names {str(file)!r}, which is not in its folder.")
    return path


def _details(entry: Mapping[str, Any]) -> dict[str, str]:
    plain = {k: v.isoformat() if isinstance(v, date) else str(v) for k, v in entry.items()}
    return {k: v for k, v in plain.items() if k not in ("name", "file", "sha256", "begins", "ends")}


# ---- originals -------------------------------------------------------------------------------------------------


def originals(name: str) -> dict[str, dict[str, Any]]:
    """Return what is known of a corpus' originals: bibliography, checksum, where the body begins and ends."""
    path = corpus_folder(name) / "originals.toml"
    known = _toml(path) if path.is_file() else {}
    for key, facts in known.items():
        missing = [fact for fact in ("title", "outlet", "sha256", "begins", "ends") if fact not in facts]
        if missing:
            raise KitError(f"{path}: {key} lacks {', '.join(missing)}.")
    return known


def originals_folder(name: str) -> Path:
    """Return where a corpus' originals are kept: beside its editions in a checkout, else with the user's data.

    The environment variable `KIT_ORIGINALS` names another place, such as a class' shared drive.
    """
    if elsewhere := os.environ.get("KIT_ORIGINALS"):
        return Path(elsewhere) / name
    if in_checkout():
        return corpus_folder(name) / "originals"
    return platformdirs.user_data_path("media-analysis-kit") / "originals" / name


def _original_path(name: str, key: str) -> Path:
    return originals_folder(name) / f"{key}.txt"


def fingerprint(data: bytes) -> str:
    """Return the SHA-256 of a text file, whatever its line ends and byte order mark."""
    return hashlib.sha256(data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")).hexdigest()


def add_original(data: bytes, corpus: str, called: str = "This file") -> str:
    """Keep an original that the reader holds beside a corpus' editions, recognised by its checksum.

    Parameters
    ----------
    data : bytes
        The file, as it is.
    corpus : str
        Name of a bundled corpus.
    called : str
        What error messages call the file.

    Returns
    -------
    str
        The title of the article that was recognised.

    Raises
    ------
    KitError
        If the corpus is unknown or the checksum is none of its originals'.
    """
    key = _match(data, corpus)
    known = originals(corpus)
    if key is None:
        titles = "; ".join(f"“{facts['title']}” ({facts['outlet']})" for facts in known.values()) or "none"
        raise KitError(
            f"{called} is none of the originals that {corpus} knows by checksum ({titles}); "
            f"to work on it as a document of your own, name the file itself: kit compare {called}"
        )
    write_bytes(_original_path(corpus, key), data)
    return str(known[key]["title"])


def _match(data: bytes, corpus: str) -> str | None:
    digest = fingerprint(data)
    return next((key for key, facts in originals(corpus).items() if facts["sha256"] == digest), None)


def add_original_file(path: Path, corpus: str) -> str:
    """Keep an original that lies in a file. Returns and raises as `add_original`, and as `readers.read_file`."""
    return add_original(read_bytes(path), corpus, str(path))


def recognised(path: Path, corpus: str) -> str | None:
    """Keep a file if it is one of a corpus' originals, and return its title; otherwise return None."""
    data = read_bytes(path)
    return add_original(data, corpus) if _match(data, corpus) else None


def _original(name: str, key: str, facts: Mapping[str, Any]) -> Document:
    path = _original_path(name, key)
    data = read_bytes(path)
    if fingerprint(data) != facts["sha256"]:
        raise KitError(f"{path} was changed; add the original again: kit add FILE --to {name}.")
    document = document_of(decode(data, str(path)), path)
    begin = document.text.index(facts["begins"])
    end = document.text.rindex(facts["ends"]) + len(facts["ends"])
    title = next((r for r in document.of_kind("heading") if r.end <= begin), Region("heading", begin, begin))
    apart = [(0, title.start), (title.end, begin), (end, len(document.text))]
    outside = [Region("boilerplate", s, e, "outside the article") for s, e in apart if document.text[s:e].strip()]
    inside = [r for r in document.regions if r == title or begin <= r.start < r.end <= end]
    inside = [r for r in inside if r.kind != "boilerplate"] + [
        r for r in document.of_kind("boilerplate") if begin <= r.start < end
    ]
    return Document(key, document.text, _details(facts) | {"label": "ORIGINAL"}, in_order([*outside, *inside]))
