"""Catalogues: which corpora there are, where they lie, what each says of itself, and the tables that lie with it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd

from ..errors import KitError, one_line
from ..folders import shipped, work_folder
from .readers import read_text

CORPORA = "corpora"  # in the folder that a learner works in: corpora of their own, or their teacher's
CATALOGUE = "catalogue.toml"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")


def corpus_names() -> list[str]:
    """Return the names of the corpora: those that are bundled, and one's own in `work_folder()`."""
    return sorted(_folders())


def bundled_names() -> list[str]:
    """Return the names of the bundled corpora."""
    return sorted(bundled())


def bundled() -> dict[str, Path]:
    """Where each bundled corpus lies."""
    return {path.parent.name: path.parent for path in shipped("datasets").glob(f"*/{CATALOGUE}")}


def _folders() -> dict[str, Path]:
    """Where each corpus lies. A folder of one's own may stand in another of its name, as unpacking a ZIP leaves it."""
    own = work_folder() / CORPORA
    found = [*own.glob(f"*/*/{CATALOGUE}"), *own.glob(f"*/{CATALOGUE}")]
    return {path.parent.name: path.parent for path in found if _NAME.fullmatch(path.parent.name)} | bundled()


def catalogue(name: str) -> dict[str, Any]:
    """Return what a corpus says of itself (`catalogue.toml` in its folder).

    Raises
    ------
    KitError
        If there is no such corpus, or its catalogue is damaged or incomplete.
    """
    folder = corpus_folder(name)
    about = read_toml(folder / CATALOGUE)
    needed = ("title", "content_note", "neutrality", "provenance", "document")
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
    if str(about.get("stylebook", "")).endswith(".csv"):  # the corpus' own, not one of the kit's by its name
        about["stylebook"] = str(inside(folder, about["stylebook"]))
    return about


def reference(folder: str, name: str) -> pd.DataFrame:
    """Return a table that lies with a corpus or is shipped, such as ``kit.reference("aleppo-2016", "timeline")``.

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
    known = tables_of(folder)
    if name not in known:
        raise KitError(f"{folder} has no table {one_line(name)!r}; it has: {', '.join(known) or 'none'}.")
    try:
        return pd.read_csv(StringIO(read_text(known[name])), keep_default_na=False)
    except ValueError as error:
        raise KitError(f"{known[name]} cannot be read as a table: {error}") from None


def tables_of(folder: str) -> dict[str, Path]:
    """Where each table of a corpus, or of another folder of figures, lies."""
    figures = {path.parent.name: path.parent for path in shipped("datasets").glob("*/*.csv")}
    shelves = {name: path for name, path in figures.items() if name != "stylebooks"} | _folders()
    if folder not in shelves:
        raise KitError(f"No tables are there for {one_line(folder)!r}; there are: {', '.join(sorted(shelves))}.")
    inside = shelves[folder]
    return {path.relative_to(inside).with_suffix("").as_posix(): path for path in sorted(inside.rglob("*.csv"))}


def corpus_folder(name: str) -> Path:
    """Return where a corpus lies. Raises KitError if there is none of that name."""
    folders = _folders()
    if name not in folders:
        raise KitError(f"No corpus is called {one_line(name)!r}; there are: {', '.join(sorted(folders))}.")
    return folders[name]


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file. Raises KitError if it is none."""
    try:
        return tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise KitError(f"{path} is no valid TOML: {error}.") from None


def inside(folder: Path, file: object) -> Path:
    """Return the way to a file that a catalogue names; it has to be in the corpus' own folder."""
    path = (folder / str(file)).resolve()
    if folder.resolve() not in path.parents or not path.is_file():
        raise KitError(f"{folder / CATALOGUE} names {str(file)!r}, which is not in its folder.")
    return path


def particulars(entry: Mapping[str, Any]) -> dict[str, str]:
    """Return what a catalogue says of a document, as texts; not what only tells where it lies."""
    plain = {k: v.isoformat() if isinstance(v, date) else str(v) for k, v in entry.items()}
    return {k: v for k, v in plain.items() if k not in ("name", "file", "sha256", "begins", "ends", "runs")}
