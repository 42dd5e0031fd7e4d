"""The originals that a reader holds: recognised by checksum or by their words, and kept beside the editions."""

from __future__ import annotations

import hashlib
import os
import warnings
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import platformdirs

from ..errors import KitError, KitWarning
from ..files import write_bytes
from ..folders import in_checkout
from .catalogues import bundled_names, corpus_folder, particulars, read_toml
from .corpus import Document, Region
from .encoding import decode
from .likeness import is_alike, likeness
from .readers import document_of, in_order, read_bytes

LONGEST = 100_000  # characters; no article is longer
MOST_TOLD = 3  # differences between a file and our copy


def originals(name: str) -> dict[str, dict[str, Any]]:
    """Return what is known of a corpus' originals: bibliography, checksum, where the body begins and ends."""
    path = corpus_folder(name) / "originals.toml"
    known = read_toml(path) if path.is_file() else {}
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


def original_path(name: str, key: str) -> Path:
    """Return where an original is kept, or would be."""
    return originals_folder(name) / f"{key}.txt"


def fingerprint(data: bytes) -> str:
    """Return the SHA-256 of a text file, whatever its line ends and byte order mark."""
    return hashlib.sha256(data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")).hexdigest()


def add_original(data: bytes, corpus: str, called: str = "This file") -> str:
    """Keep an original that the reader holds beside a corpus' editions, recognised by its checksum or by its words.

    Parameters
    ----------
    data : bytes
        The file, as it is.
    corpus : str
        Name of a bundled corpus.
    called : str
        What messages call the file.

    Returns
    -------
    str
        The title of the article that was recognised.

    Raises
    ------
    KitError
        If the corpus is unknown or the text is none of its originals.

    Warns
    -----
    KitWarning
        If it is one, but not word for word the one that we worked from; it says where they differ.
    """
    known = originals(corpus)
    key = _match(data, known)
    if key is None:
        titles = "; ".join(f"“{facts['title']}” ({facts['outlet']})" for facts in known.values()) or "none"
        raise KitError(
            f"{called} is none of the originals that {corpus} knows ({titles}); "
            f"to work on it as a document of your own, name the file itself: kit compare {called}"
        )
    write_bytes(original_path(corpus, key), data)
    _say_what_differs(data, called, known[key])
    return str(known[key]["title"])


def _match(data: bytes, known: Mapping[str, Any]) -> str | None:
    """Return the key of the original that a file is, letter for letter or by most of its words; None if it is none."""
    digest = fingerprint(data)
    exact = next((key for key, facts in known.items() if facts["sha256"] == digest), None)
    if exact is not None:
        return exact
    try:
        text = decode(data, "This file")
    except KitError:  # no text, so none of them
        return None
    return next((key for key, facts in known.items() if is_alike(text, facts.get("runs", []))), None)


def _say_what_differs(data: bytes, called: str, facts: Mapping[str, Any]) -> None:
    if fingerprint(data) == facts["sha256"]:
        return
    differences = likeness(decode(data, called), facts["runs"]).differences
    some = "; ".join(differences[:MOST_TOLD]) + f"; and {len(differences) - MOST_TOLD} more" * (
        len(differences) > MOST_TOLD
    )
    what = f"{some}. The figures and offsets that we ship are those of our copy"
    warnings.warn(
        f"{called} is “{facts['title']}”, but not letter for letter the text that we worked from: "
        + (f"{what}." if differences else "only marks, capitals or spaces differ, or what stands around the article."),
        KitWarning,
        stacklevel=3,
    )


def recognised(path: Path, corpus: str) -> str | None:
    """Keep a file if it is one of a corpus' originals, and return its title; otherwise return None."""
    data = read_bytes(path)
    return add_original(data, corpus, str(path)) if _match(data, originals(corpus)) else None


def corpus_of_original(text: str) -> str:
    """Return the bundled corpus of which a text is an original, also if it was touched; "" if it is none."""
    if len(text) > LONGEST:
        return ""
    known = ((name, runs) for name, every in _known().items() for runs in every)
    return next((name for name, runs in known if is_alike(text, runs)), "")


@cache
def _known() -> dict[str, list[list[str]]]:
    """Return the runs of every original, by corpus; read once, for whoever reads a thousand files."""
    return {name: [facts.get("runs", []) for facts in originals(name).values()] for name in bundled_names()}


def read_original(name: str, key: str, facts: Mapping[str, Any]) -> Document:
    """Read an original that is kept here; what stands around the article is boilerplate."""
    path = original_path(name, key)
    data = read_bytes(path)
    if _match(data, {key: facts}) is None:
        raise KitError(f"{path} was changed; add the original again: kit add FILE --to {name}.")
    _say_what_differs(data, str(path), facts)
    document = document_of(decode(data, str(path)), path)
    begin, end = _body(document.text, facts)
    title = next((r for r in document.of_kind("heading") if r.end <= begin), Region("heading", begin, begin))
    apart = [(0, title.start), (title.end, begin), (end, len(document.text))]
    outside = [Region("boilerplate", s, e, "outside the article") for s, e in apart if document.text[s:e].strip()]
    inside = [r for r in document.regions if r == title or begin <= r.start < r.end <= end]
    inside = [r for r in inside if r.kind != "boilerplate"] + [
        r for r in document.of_kind("boilerplate") if begin <= r.start < end
    ]
    return Document(key, document.text, particulars(facts) | {"label": "ORIGINAL"}, in_order([*outside, *inside]))


def _body(text: str, facts: Mapping[str, Any]) -> tuple[int, int]:
    """Return where an article begins and ends: by its first and last words, else by the first and last that we know."""
    known = likeness(text, facts.get("runs", []))
    begin, last = text.find(facts["begins"]), text.rfind(facts["ends"])
    return begin if begin >= 0 else known.start, last + len(facts["ends"]) if last >= 0 else known.end
