"""The shelf: corpora by name, bundled or one's own, the originals that a reader holds, and `load()` for the rest."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from ..errors import KitError, KitWarning
from .catalogues import CATALOGUE, bundled, catalogue, corpus_folder, corpus_names, inside, particulars, tables_of
from .corpus import Corpus, Document
from .originals import corpus_of_original, original_path, originals, read_original
from .readers import TABLE_SUFFIXES, Problem, documents_in, free_name, read_file

EXAMPLE = "harbour-strike"  # has every table, and is fit for everybody
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
        The name of a corpus, bundled or your own (`kit.documents.corpora()` lists them), or the way to a .txt or .md
        file, to a folder of them, or to a .csv, .tsv, .jsonl or .parquet table.
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
            found = documents_in([Path(source)], columns or {}, read_as, problem, taken)
            yield from found if _may_be_table(source) else map(_recognised, found)
        else:
            known = ", ".join(names)
            what = str(source)[:100] or "An empty name"
            problem(KitError(f"{what}: no such file or folder, and no corpus of that name (there are: {known})."))


def _may_be_table(source: str | Path) -> bool:
    return Path(source).suffix.lower() in TABLE_SUFFIXES


def _raise(error: KitError) -> None:
    raise error


def _recognised(document: Document) -> Document:
    """Return a document that a file holds, with the stylebook of its corpus if it is an original that we know."""
    corpus = corpus_of_original(document.text)
    return _with_stylebook(document, catalogue(corpus).get("stylebook", "")) if corpus else document


def _with_stylebook(document: Document, book: str) -> Document:
    return replace(document, meta={**document.meta, "stylebook": book}) if book else document


def _called(sources: Sequence[str | Path]) -> str:
    return ", ".join(Path(s).name for s in sources[:3]) + (" …" if len(sources) > 3 else "")


# ---- corpora by name -------------------------------------------------------------------------------------------


def corpora() -> pd.DataFrame:
    """Return the corpora, a row each: title, documents, licence, content note, whether originals are here.

    One's own that cannot be read is left out, with a warning.
    """
    rows = {}
    for name in corpus_names():
        try:
            about = catalogue(name)
        except KitError as error:
            if name in bundled():
                raise
            warnings.warn(str(error), KitWarning, stacklevel=2)
            continue
        known = originals(name)
        here = sum(original_path(name, key).exists() for key in known)
        rows[name] = {
            "title": about["title"],
            "documents": len(about["document"]),
            "originals": f"{here} of {len(known)}" if known else "none",
            "licence": about["provenance"]["licence"],
            "content_note": about["content_note"],
        }
    return pd.DataFrame(list(rows.values()), index=pd.Index(list(rows), name="corpus"))


def with_reference(corpus: Corpus, name: str) -> Corpus:
    """Return a corpus in our edition if it has a table; else the harbour strike, which has it, and print why.

    So every lesson runs on every corpus, also where it needs what only somebody who annotated the texts can give.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    name : str
        The table, such as `reference/frames`.
    """
    if corpus.name in corpus_names() and name in tables_of(corpus.name):
        return load(corpus.name, edition="teaching")
    print(f"This part does not apply to your corpus, {corpus.name}: nobody has made a table “{name}” for it.")
    print(f"So that you can see how it is done, it is shown with the texts of {EXAMPLE}.")
    return load(EXAMPLE)


def about(sources: Sequence[str]) -> dict[str, Any]:
    """Return what the catalogue says of a corpus, if the sources are one corpus by name, else nothing."""
    if len(sources) != 1 or sources[0] not in corpus_names():
        return {}
    described, known = catalogue(sources[0]), originals(sources[0])
    return _about(described, known, _edition(sources[0], known, None))


def _by_name(name: str, edition: str | None) -> Corpus:
    described, known = catalogue(name), originals(name)
    edition = _edition(name, known, edition)
    documents = []
    for entry in described["document"]:
        key = entry.get("retells", "")
        if key and key not in known:
            raise KitError(f"{corpus_folder(name) / CATALOGUE}: {key!r} is not in originals.toml.")
        use_original = key and edition == "original"
        document = read_original(name, key, known[key]) if use_original else _document(name, entry)
        documents.append(_with_stylebook(document, described.get("stylebook", "")))
    return Corpus(documents, name, _about(described, known, edition))


def _edition(name: str, known: Mapping[str, Any], wanted: str | None) -> str:
    """Tell which edition to read: the one wanted, or the originals as soon as all of them are here."""
    if wanted not in (None, *_EDITIONS):
        raise KitError(f"There is no edition {wanted!r}; there are: {', '.join(_EDITIONS)}.")
    absent = [key for key in known if not original_path(name, key).exists()]
    if wanted == "original" and (absent or not known):
        raise KitError(_without_originals(name, known, absent))
    return wanted or ("original" if known and not absent else "teaching")


def _about(described: Mapping[str, Any], known: Mapping[str, Any], edition: str) -> dict[str, Any]:
    note = {
        "original": "The ORIGINAL articles that you added.",
        "teaching": "Teaching editions: retold in our own words.",
    }
    details = {key: value for key, value in described.items() if key != "document"} | {"edition": edition}
    return details | ({"edition_note": note[edition]} if known else {})


def _without_originals(name: str, known: Mapping[str, Any], absent: list[str]) -> str:
    if not known:
        return f"{name} has no originals: its texts are shipped whole."
    titles = "; ".join(f"“{known[key]['title']}”" for key in absent)
    return f"The originals of {name} are not here: {titles}. If you hold them: kit add FILE --to {name}."


def _document(name: str, entry: Mapping[str, Any]) -> Document:
    document = read_file(inside(corpus_folder(name), entry["file"]))
    return Document(str(entry["name"]), document.text, particulars(entry), document.regions)
