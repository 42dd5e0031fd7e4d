"""A learner's work as one ZIP to take away and bring back, for machines that forget: Binder, class-room computers."""

from __future__ import annotations

import io
import json
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path, PurePath, PurePosixPath
from typing import Any, NamedTuple

from .. import folders
from ..coding import store
from ..documents import catalogues, originals
from ..errors import KitError, one_line
from . import progress, workspace

MOST = 50 * 2**20  # bytes, packed as well as unpacked
VERSION = 1
NAME = "my-work-{}.zip"  # what it is called, with the day
ABOUT, PROGRESS, CODES, FILES = "kit-backup.json", progress.FILE, "codes.json", "files/"
# What lessons read and write. No programs: a file kit.py in a notebook's folder would be run in place of the kit.
KINDS = frozenset(
    ".ipynb .csv .tsv .toml .txt .md .markdown .json .jsonl .parquet .html .htm .pdf .docx .png .jpg .jpeg .svg".split()
)
_PART = re.compile(r'[^.<>:"|?*\\\x00-\x1f]([^<>:"|?*\\\x00-\x1f]*[^.<>:"|?*\\\x00-\x1f ])?')  # on every system
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others unpack without a limit
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    LookupError,
    ValueError,
    TypeError,
)


class Packed(NamedTuple):
    """A ZIP, and the names of files that are too large for it or of a kind that the kit does not restore."""

    data: bytes
    left_out: list[str]


# ---- packing ---------------------------------------------------------------------------------------------------


def pack() -> Packed:
    """Pack a learner's work: predictions and answers, codes, and in a working copy the files they made or changed.

    Notebooks are packed without their results, which come again when they are run. Articles that belong to their
    publishers and that the kit knows by checksum are never packed.
    """
    folder = folders.work_folder()
    about = {"version": VERSION, "laid_out": workspace.manifest(folder)}
    members = {
        ABOUT: _json(about),
        PROGRESS: _json({"version": progress.VERSION, "events": progress.events()}),
        CODES: _json([code._asdict() for code in store.log()]),
    }
    room, left_out = MOST - sum(map(len, members.values())), []
    found = [(name, path) for name, path in workspace.changed(folder) if not any(map(PurePath(name).match, _OWN))]
    for name, path in sorted(found, key=lambda file: file[1].stat().st_size):
        data = _content(name, path) if _allowed(name) and path.stat().st_size <= MOST else None
        if data is None or len(data) > room:
            left_out.append(name)
        elif originals.fingerprint(data) not in _originals():
            members[FILES + name] = data
            room -= len(data)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return Packed(packed.getvalue(), left_out)


# The kit's own: packed by what is in them, not as files that may be in use; and what was packed before.
_OWN = (PROGRESS, f"{store.FILE}*", NAME.format("*"))


def _json(what: object) -> bytes:
    return json.dumps(what, ensure_ascii=False, indent=1).encode("utf-8")


def _allowed(name: str) -> bool:
    """Whether a name leads to a file below a folder, on every system, and to one of a kind that lessons use."""
    return PurePosixPath(name).suffix.lower() in KINDS and all(map(_PART.fullmatch, name.split("/")))


def _content(name: str, path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise KitError(f"{path} cannot be read: {error.strerror or error}.") from None
    try:
        return workspace.without_answers(name, data)
    except (ValueError, KeyError, TypeError):  # a notebook that somebody broke is kept as it is
        return data


def _originals() -> set[str]:
    known = (originals.originals(name) for name in catalogues.bundled_names())
    return {facts["sha256"] for articles in known for facts in articles.values()}


def anything() -> bool:
    """Tell whether a learner has done anything that `pack` would pack."""
    folder = folders.work_folder()
    return bool(progress.events() or store.log() or list(workspace.changed(folder)))


# ---- restoring -------------------------------------------------------------------------------------------------


class Work(NamedTuple):
    """What a ZIP holds, read and checked."""

    events: list[dict[str, Any]]
    codes: list[store.Code]
    files: dict[str, bytes]
    laid_out: dict[str, str]


def restore(data: bytes, called: str) -> list[str]:
    """Bring a learner's work back, and return a sentence for each thing that was done.

    What is here and differs or is newer is never lost. Predictions, answers and codes of both are put together. A file
    that differs here is kept, and the restored one gets another name; so does a coder who seems to be somebody else of
    that name (see `store.take_in`). `called` is what messages call the ZIP.

    Raises KitError if it is no backup, damaged, too large or of a newer kit: nothing was changed. If something cannot
    be written, what is named in no sentence is to be restored once more, which does no harm.
    """
    work = checked(data, called)
    folder = folders.work_folder()
    for name in work.files:
        if not (folder / name).resolve().is_relative_to(folder.resolve()):
            raise KitError(f"{called}: {name!r} would lead out of {folder}; nothing was changed.")
    said = [workspace.bring_back(folder, name, file, work.laid_out.get(name, "")) for name, file in work.files.items()]
    if work.codes:
        new, renamed = store.take_in(work.codes)
        said += [f"restored codes: {new} of {len(work.codes)} were not here", *renamed]
    if work.events:
        new = progress.take_in(work.events)
        said.append(f"restored predictions and answers: {new} of {len(work.events)} were not here")
    return list(filter(None, said)) or ["everything was here already"]


def checked(data: bytes, called: str) -> Work:
    """Read all of a ZIP that `pack` made. Raises as `restore`; nothing is written."""
    called = one_line(called)
    if len(data) > MOST:
        raise KitError(f"{called} is larger than {MOST // 2**20} MB; nothing was changed.")
    try:
        members = _members(data)
        about = json.loads(members.pop(ABOUT))
        if int(about["version"]) > VERSION:
            raise KitError(f"{called} was made by a newer kit; update this one (nothing was changed).")
        recorded = progress.parse(members.pop(PROGRESS), f"{PROGRESS} in {called}")
        made = codes(members.pop(CODES))
        files = {_file_name(name): content for name, content in members.items()}
        return Work(recorded, made, files, {str(name): str(mark) for name, mark in about["laid_out"].items()})
    except (*DAMAGE, AttributeError, RecursionError):
        raise KitError(f"{called} is damaged, or no backup of this kit; nothing was changed.") from None


def is_backup(names: Iterable[str]) -> bool:
    """Tell by the names of its files whether a ZIP is one that `pack` made."""
    return any(PurePosixPath(name).name == ABOUT for name in names)


def codes(data: bytes) -> list[store.Code]:
    """Return every entry of the file of codes in a ZIP. Raises ValueError, and several others, if it is damaged."""
    rows = [[entry[column] for column in store.COLUMNS] for entry in json.loads(data)]
    found = [code for row in rows if (code := store.entry(row))]
    if len(found) < len(rows):
        raise ValueError("not a code")
    return found


def _members(data: bytes) -> dict[str, bytes]:
    """Return the files in a ZIP by name. One that macOS unpacked and packed again lies a folder deeper."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _of_macos(entry.filename)]
        if sum(entry.file_size for entry in entries) > MOST or not all(map(_is_plain, entries)):
            raise ValueError("too large, or not only plain files")
        tops = [entry.filename for entry in entries if PurePosixPath(entry.filename).name == ABOUT]
        above = min(tops, key=len).removesuffix(ABOUT)
        members = {entry.filename.removeprefix(above): archive.read(entry) for entry in entries}
    if len(members) < len(entries):
        raise ValueError("two files of one name")
    return members


def _of_macos(name: str) -> bool:
    return name.startswith("__MACOSX/") or PurePosixPath(name).name == ".DS_Store"


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    return entry.compress_type in PACKED and not stat.S_ISLNK(entry.external_attr >> 16)


def _file_name(member: str) -> str:
    name = member.removeprefix(FILES)
    if not member.startswith(FILES) or not _allowed(name):
        raise ValueError("not a file that a backup holds")
    return name


def read_backup(path: Path) -> bytes:
    """Read a ZIP from a file. Raises KitError if it is missing, unreadable or too large."""
    try:
        if path.stat().st_size > MOST:
            raise KitError(f"{path} is larger than {MOST // 2**20} MB; nothing was changed.")
        return path.read_bytes()
    except OSError as error:
        raise KitError(f"{path} cannot be read: {error.strerror or error}.") from None
