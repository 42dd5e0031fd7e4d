"""The originals that a reader holds: recognised by their checksum, and kept beside the editions."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import platformdirs

from ..errors import KitError
from ..files import write_bytes
from ..folders import in_checkout
from .catalogues import corpus_folder, particulars, read_toml
from .corpus import Document, Region
from .encoding import decode
from .readers import document_of, in_order, read_bytes


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
    write_bytes(original_path(corpus, key), data)
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


def read_original(name: str, key: str, facts: Mapping[str, Any]) -> Document:
    """Read an original that is kept here; what stands around the article is boilerplate."""
    path = original_path(name, key)
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
    return Document(key, document.text, particulars(facts) | {"label": "ORIGINAL"}, in_order([*outside, *inside]))
