"""What a class handed in: each student's progress and codes, from a folder or a ZIP in which nothing is changed."""

from __future__ import annotations

import os
import re
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from ..coding import exchange, store
from ..documents.readers import MOST_BYTES, Problem
from ..errors import KitError, one_line
from ..learning import backup, progress

# What a learning platform puts behind a student's name: Moodle, then Canvas.
_ADDED = re.compile(r"(_\d+_assignsubmission_|(_late)?_\d+_\d+_).*$", re.IGNORECASE)
_OURS = r"(progress|codes|my[-_ ]work)(?=[\W_]|$)"
_BEFORE = re.compile(rf"^{_OURS}([-_ ]?\d{{4}}-\d\d-\d\d)?", re.IGNORECASE)
_AFTER = re.compile(rf"[\W_]+{_OURS}.*$", re.IGNORECASE)


@dataclass
class Student:
    """One student's work: what they recorded, oldest first (see `progress.events`), and the codes in their files.

    `aside` says in a few words why something, or all, of what they handed in does not count.
    """

    name: str
    events: list[dict[str, Any]] = field(default_factory=list)
    codes: set[store.Code] = field(default_factory=set)
    aside: str = ""


class HandIns(NamedTuple):
    """The students whose work could be read, by name, and a sentence for all that was set aside."""

    students: list[Student]
    problems: list[str]


class _File(NamedTuple):
    """A file: the folders, ZIPs and file name that lead to it, and how to read it."""

    path: tuple[str, ...]
    read: Callable[[], bytes]

    @property
    def called(self) -> str:
        return one_line("/".join(self.path))

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.path[-1]).suffix.lower()


def collect(place: str | Path) -> HandIns:
    """Read what a class handed in, from a folder or a learning platform's ZIP: a sub-folder, a ZIP or files a student.

    A student's work is a ZIP that `kit backup` packed, or a progress file with codes as CSV, or a copy of their folder.
    Nothing that they handed in is changed. Of several progress files under one name, the one that holds all the
    others' events counts. Set aside, with a sentence each, is what is damaged, locked, too large or of a newer kit;
    work that differs under one name; the same progress under several names; and what is no work of a learner. Whoever
    handed in something stands among the students, also if none of it counts.
    """
    place, problems = Path(place), list[str]()

    def problem(error: KitError) -> None:
        problems.append(str(error))

    with ExitStack() as stack:
        if place.is_dir():
            files = _in_folder(place, problem)
        elif place.is_file():
            files = _in_zip(stack.enter_context(_archive(place, str(place))), ())
        else:
            raise KitError(f"{place}: no such folder or ZIP; check the name.")
        groups = _by_student(list(_opened(files)))
        read = [_student(name, files, problem) for name, files in groups.items()]
    students = [student for student in read if student]
    _set_copies_aside(students, problem)
    return HandIns(sorted(students, key=lambda s: s.name.casefold()), problems)


def student_name(entry: str) -> str:
    """Tell a student's name from that of their sub-folder, ZIP or file; empty if it says none.

    Left off is what a learning platform adds, and the words progress, codes and my-work.

    Examples
    --------
    >>> entries = "Ana Lima_123_assignsubmission_file_", "ana-progress.json", "codes-ana.csv", "my-work-2026-11-25.zip"
    >>> [student_name(entry) for entry in entries]
    ['Ana Lima', 'ana', 'ana', '']
    """
    name = one_line(unicodedata.normalize("NFC", entry))
    name = re.sub(r"\s*(\(\d+\))?\.(json|csv|zip)$", "", name, flags=re.IGNORECASE)
    for left_off in (_ADDED, _AFTER, _BEFORE):
        name = left_off.sub("", name)
    return name.strip(" _-.")


# ---- files -----------------------------------------------------------------------------------------------------


def _in_folder(folder: Path, problem: Problem) -> Iterator[_File]:
    def unreadable(error: OSError) -> None:
        problem(KitError(f"{error.filename} cannot be read: {error.strerror or error}."))

    for root, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not _hidden(name))
        if not (folders or names):
            problem(KitError(f"{root}: there is nothing in this folder."))
        for path in (Path(root, name) for name in sorted(names) if not _hidden(name)):
            yield _File(path.relative_to(folder).parts, partial(_of_disk, path))


def _hidden(name: str) -> bool:
    """Tell what systems and editors leave behind."""
    return name.startswith((".", "__MACOSX", "~$"))


def _of_disk(path: Path) -> bytes:
    most = backup.MOST if path.suffix.lower() == ".zip" else MOST_BYTES
    try:
        if not path.is_file():
            raise KitError(f"{path} is no ordinary file.")
        if path.stat().st_size > most:
            raise _too_large(str(path), most)
        return path.read_bytes()
    except OSError as error:
        raise KitError(f"{path} cannot be read: {error.strerror or error}.") from None


def _too_large(called: str, most: int = MOST_BYTES) -> KitError:
    return KitError(f"{called} is larger than {most // 1_000_000} MB; ask for what the button in lesson 00 packs.")


def _archive(source: Path | BytesIO, called: str) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(source)
    except backup.DAMAGE:
        raise KitError(f"{called} is no ZIP, or a damaged one; download it, or ask for it, once more.") from None
    if any(info.flag_bits & 1 for info in archive.infolist()):
        raise KitError(f"{called} is locked with a password; ask for it without, or unpack it by hand.")
    return archive


def _in_zip(archive: zipfile.ZipFile, at: tuple[str, ...]) -> Iterator[_File]:
    for info in archive.infolist():
        parts = [part for part in info.filename.replace("\\", "/").split("/") if part not in ("", ".", "..")]
        if parts and not info.is_dir() and not any(map(_hidden, parts)):
            yield _File((*at, *parts), partial(_unpacked, archive, info, "/".join((*at, *parts))))


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, called: str) -> bytes:
    """Unpack a file into memory; however much it holds, no more is read than it says."""
    most = backup.MOST if info.filename.lower().endswith(".zip") else MOST_BYTES
    if info.file_size > most:
        raise _too_large(called, most)
    if info.compress_type not in backup.PACKED:
        raise KitError(f"{called} is packed in an unusual way; ask for an ordinary ZIP.")
    try:
        return archive.read(info)
    except backup.DAMAGE:
        raise KitError(f"{called} is damaged in its ZIP; ask for it once more.") from None


def _opened(files: Iterable[_File]) -> Iterator[_File]:
    """Put what a ZIP holds in its place, but for work that the kit packed. ZIPs within that are left shut."""
    for file in files:
        if file.suffix != ".zip":
            yield file
            continue
        try:
            data = file.read()
            archive = _archive(BytesIO(data), file.called)
        except KitError as error:
            yield _File(file.path, partial(_refuse, error))
            continue
        if backup.is_backup(archive.namelist()):
            yield _File(file.path, partial(bytes, data))
        else:
            yield from _in_zip(archive, file.path)


def _refuse(error: KitError) -> bytes:
    raise error


# ---- students --------------------------------------------------------------------------------------------------


def _by_student(files: list[_File]) -> dict[str, list[_File]]:
    """Group files by student; capital letters make no difference, and a name that is written with them keeps them."""
    below = _depth(files)
    groups = defaultdict(list)
    for file in files:
        groups[store.folded(student_name(file.path[below]))].append(file)
    return {min(student_name(file.path[below]) for file in group): group for group in groups.values()}


def _depth(files: list[_File]) -> int:
    """Tell how many folders or ZIPs lie around all students', as packing or a learning platform leaves them."""
    work = list(filter(_may_be_work, files))
    for depth in range(min((len(file.path) for file in files), default=0)):
        if len({student_name(file.path[depth]).casefold() for file in work} - {""}) > 1:
            return 0 if any(not student_name(file.path[depth]) for file in work) else depth
        if len({file.path[depth] for file in files}) > 1:
            return 0
    return 0


def _may_be_work(file: _File) -> bool:
    return file.suffix in (".json", ".csv", ".zip", ".sqlite")


def _student(name: str, files: list[_File], problem: Problem) -> Student | None:
    """Read a student's files; None if they are nobody's, or no work of a learner."""
    work = list(filter(_may_be_work, files))
    if not name or not work:
        why = (
            "does not say whose it is; name it such as ana-{0}" if work else "is no work of a learner; it was left out"
        )
        for file in (work or files)[:3]:
            problem(KitError(f"{file.called} {why.format(file.path[-1])}."))
        return None
    student, logs = Student(name), dict[str, list[dict[str, Any]]]()
    for file in work:
        try:
            events, codes = _read(file, files, problem)
            student.codes |= set(codes)
            logs |= {file.called: events} if events else {}
        except KitError as error:
            student.aside = "a file that cannot be read"
            problem(error)
    try:
        student.events = _fullest(logs)
    except KitError as error:
        student.aside = "different progress under one name"
        problem(error)
    if not (student.events or student.codes or student.aside):
        student.aside = "neither progress nor codes"
        problem(KitError(f"{name}: neither progress nor codes in what was handed in."))
    return student


def _read(file: _File, files: list[_File], problem: Problem) -> tuple[list[dict[str, Any]], Iterable[store.Code]]:
    """Return the events and the codes in a file of work."""
    data = file.read()
    if file.suffix == ".zip":
        work = backup.checked(data, file.called)
        return work.events, store.latest(work.codes)
    if file.suffix == ".csv":
        return [], _csv(data, file, problem)
    if file.suffix == ".sqlite":  # in a copy of somebody's folder, with what a running notebook has beside it
        unsaved = next((other for other in files if other.path == (*file.path[:-1], f"{file.path[-1]}-wal")), None)
        return [], store.stored(data, file.called, unsaved.read() if unsaved else b"")
    return _json(data, file)


def _json(data: bytes, file: _File) -> tuple[list[dict[str, Any]], list[store.Code]]:
    """Read a progress file, or the codes of a backup that somebody unpacked; other files may lie beside them."""
    name = file.path[-1].casefold()
    try:
        if name == backup.CODES:
            return [], store.latest(backup.codes(data))
        ours = "progress" in name or b'"events"' in data
        return (progress.parse(data, file.called) if ours and ".damaged-" not in name else []), []
    except (ValueError, TypeError, LookupError):
        raise KitError(f"{file.called} is damaged, or no file of this kit; ask for it once more.") from None


def _csv(data: bytes, file: _File, problem: Problem) -> Iterator[store.Code]:
    """Read a file of codes, also a damaged one; other tables may lie in a folder of work."""
    if "codes" in file.path[-1].casefold() or b"codebook" in data[:500]:
        for number, code, _ in exchange.rows(data, file.called):
            if isinstance(code, store.Code):
                yield code
            else:
                problem(KitError(f"{file.called}, line {number}: {code}; the line was left out."))


def _fullest(logs: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Return the events of the file that holds all the others'."""
    fullest = max(logs.values(), key=len, default=[])
    if any(event not in fullest for log in logs.values() for event in log):
        raise KitError(f"{' and '.join(logs)} differ under one name; if they are two students', give them two names.")
    return fullest


def _set_copies_aside(students: list[Student], problem: Problem) -> None:
    """Set aside the same progress under several names: whose it is, the files do not say."""
    by_events: dict[str, list[Student]] = defaultdict(list)
    for student in students:
        by_events[repr(student.events)].append(student)
    for same in by_events.values():
        if len(same) > 1 and same[0].events:
            names = ", ".join(student.name for student in same)
            advice = "it counts for none of them until the copies are taken away"
            problem(KitError(f"{names}: the same progress under several names; {advice}."))
            for student in same:
                student.events, student.aside = [], "the same progress under several names"
