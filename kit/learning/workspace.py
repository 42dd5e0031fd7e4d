"""The learner's working copy: lessons to change at will, kept apart from the reference notebooks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import chain, count
from pathlib import Path

from ..errors import KitError
from ..files import write_bytes, write_text
from ..folders import MANIFEST, shipped

FOLDERS = ("notebooks", "exercises")


def prepare(folder: Path) -> list[str]:
    """Lay out or update a working copy, and return a sentence for each file that was added, updated or kept.

    What the learner changed is kept, and each clash is named. Notebooks come without their outputs, so that learners
    can think first. Running one does not change it in this sense; only its cells' source counts.
    """
    if folder.exists() and not folder.is_dir():
        raise KitError(f"{folder} is a file; name a folder for your work (--into FOLDER).")
    if any((folder / kind).resolve() == shipped(kind).resolve() for kind in FOLDERS):
        raise KitError(f"{folder} holds the kit's own lessons; name another folder for your work (--into FOLDER).")
    laid_out = manifest(folder)
    said = []
    for name, source in _shipped_files():
        target = folder / name
        data = without_answers(name, source.read_bytes())
        new, mine = checksum(name, data), _of_file(name, target)
        if mine is None:
            said.append(f"added {name}")
        elif mine == new:
            laid_out[name] = new
            continue
        elif mine == laid_out.get(name):
            said.append(f"updated {name}")
        elif laid_out.get(name) == new:
            said.append(f"kept {name}, which you changed")
            continue
        else:
            target = _beside(name, target, new)
            said.append(
                f"clash: you changed {name} and it has a new version; yours is kept, the new one is {target.name}"
            )
        write_bytes(target, data)
        laid_out[name] = new
    write_text(folder / MANIFEST, json.dumps(laid_out, indent=1, sort_keys=True) + "\n")
    return said


def changed(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield name and place of each file that a learner made or changed in a working copy, hidden ones left out.

    A folder that is none may hold anything, so nothing of it is yielded.
    """
    laid_out = manifest(folder)
    for path in sorted(folder.rglob("*")) if laid_out else []:
        name = path.relative_to(folder).as_posix()
        hidden = any(part.startswith((".", "__")) for part in name.split("/"))
        if not hidden and path.is_file() and not path.is_symlink() and _of_file(name, path) != laid_out.get(name, ""):
            yield name, path


def bring_back(folder: Path, name: str, data: bytes, was: str) -> str:
    """Put a file that a learner changed elsewhere into their folder; if they have another one here, both are kept.

    `was` is its fingerprint as it had been laid out there, empty if it is the learner's own. Returns a sentence on what
    was done, empty if the file is here already.
    """
    target, new = folder / name, checksum(name, data)
    mine = _of_file(name, target)
    if mine == new:
        return ""
    if mine is None or mine == was == manifest(folder).get(name):
        said = f"restored {name}"
    else:
        target = _beside(name, target, new)
        said = f"kept {name}, which differs here; the restored one is {target.name}"
    write_bytes(target, data)
    return said


def _shipped_files() -> Iterator[tuple[str, Path]]:
    """Yield what a learner works with; sources, solutions and what is for teachers lie in folders of their own."""
    for kind in FOLDERS:
        for path in sorted(shipped(kind).glob("*.ipynb")):
            yield f"{kind}/{path.name}", path


def manifest(folder: Path) -> dict[str, str]:
    """Return the fingerprint of each file as it was laid out in a working copy; none if the folder is no such copy."""
    try:
        return dict(json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        # Missing or damaged: then every file that differs counts as changed by the learner, is kept, and is named.
        return {}


def _of_file(name: str, path: Path) -> str | None:
    try:
        return checksum(name, path.read_bytes()) if path.is_file() else None
    except OSError as error:
        raise KitError(f"{path} cannot be read: {error.strerror or error}.") from None


def _beside(name: str, path: Path, new: str) -> Path:
    """Return a place beside a file for its new version, where nothing else would be overwritten."""
    numbers = chain([".new"], (f".new-{number}" for number in count(2)))
    places = (path.with_name(f"{path.stem}{number}{path.suffix}") for number in numbers)
    return next(place for place in places if _of_file(name, place) in (None, new))


def without_answers(name: str, data: bytes) -> bytes:
    """Clear a notebook's outputs: a prediction is worth little with the answer below it."""
    if not name.endswith(".ipynb"):
        return data
    notebook = json.loads(data)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
    return (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def checksum(name: str, data: bytes) -> str:
    """Return a checksum of what a person writes in a file: of a notebook its cells' source, else all of it."""
    if name.endswith(".ipynb"):
        try:
            cells = json.loads(data)["cells"]
            data = json.dumps([[c["cell_type"], "".join(c["source"])] for c in cells]).encode("utf-8")
        except (ValueError, KeyError, TypeError):
            pass
    return hashlib.sha256(data).hexdigest()
