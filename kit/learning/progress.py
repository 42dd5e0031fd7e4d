"""What a learner predicted, checked and answered, kept on their machine: one small file in the folder they work in."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from ..errors import KitError, KitWarning
from ..files import write_text
from ..folders import work_folder

FILE = "progress.json"
VERSION = 2
PATIENCE = 10  # seconds to wait for another notebook that is writing
_PARTS = ("time", "kind", "key", "asked", "answer", "result")


def events(kind: str | None = None) -> list[dict[str, Any]]:
    """Return what was recorded, oldest first; each has time (ISO 8601, UTC), kind, key, asked, answer and result.

    `kind` is `prediction`, `verdict`, `check` (of an exercise), `answer` (an open one) or `quiz`; `asked` is the
    question; `result` says what became of a check (`right`, a hint, a known mistake), and is empty where nothing is
    right or wrong. A damaged file is set aside, with a warning, and nothing is lost; one of a newer kit is refused.
    """
    path = work_folder() / FILE
    try:
        recorded = parse(path.read_bytes(), str(path))
    except FileNotFoundError:
        return []
    except ValueError:
        _set_aside(path)
        return []
    except OSError as error:
        raise KitError(f"{path} cannot be read: {error.strerror or error}.") from None
    return [event for event in recorded if kind in (None, event["kind"])]


def parse(data: bytes, called: str) -> list[dict[str, Any]]:
    """Return the events of a progress file. Raises ValueError if it is damaged, KitError if it is of a newer kit."""
    try:
        kept = json.loads(data)
        if int(kept["version"]) > VERSION:
            raise KitError(f"{called} was written by a newer kit; update this one (it is left as it is).")
        return [{part: str(event[part]) for part in _PARTS} for event in kept["events"]]
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"{called} is damaged: {error!r}") from None


def _set_aside(path: Path) -> None:
    """Keep a damaged file under another name, and say so."""
    names = (path.with_name(f"progress.damaged-{number}.json") for number in count(1))
    aside = next(name for name in names if not name.exists())
    try:
        path.replace(aside)
    except OSError as error:
        raise KitError(f"{path} is damaged and cannot be set aside: {error.strerror or error}.") from None
    warnings.warn(f"{path} was damaged; it is kept as {aside.name}, and a new one begins.", KitWarning, stacklevel=3)


def record(kind: str, key: str, answer: str, result: str = "", asked: str = "") -> None:
    """Add an event to the learner's file. Two notebooks that record at once wait for each other."""
    time = datetime.now(UTC).isoformat(timespec="milliseconds")
    event = {"time": time, "kind": kind, "key": key, "asked": asked, "answer": answer, "result": result}
    with _alone() as path:
        _write(path, [*events(), event])


def take_in(recorded: list[dict[str, Any]]) -> int:
    """Add what was recorded elsewhere and is not here yet, in order of time, and return how many events that were."""
    with _alone() as path:
        kept = events()
        new = [event for event in recorded if event not in kept]
        if new:
            _write(path, sorted([*kept, *new], key=lambda event: str(event["time"])))
    return len(new)


@contextmanager
def _alone() -> Iterator[Path]:
    """Let every other notebook wait while the learner's file is renewed."""
    path = work_folder() / FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        taken = FileLock(path.with_name(f".{FILE}.lock")).acquire(timeout=PATIENCE)
    except Timeout:
        raise KitError(f"{path} is in use by another notebook; try again.") from None
    except OSError as error:
        raise KitError(f"{path} cannot be written ({error.strerror or error}); nothing there was changed.") from None
    with taken:
        yield path


def _write(path: Path, recorded: list[dict[str, Any]]) -> None:
    write_text(path, json.dumps({"version": VERSION, "events": recorded}, ensure_ascii=False, indent=1) + "\n")


def latest(kind: str, key: str) -> str | None:
    """Return the latest answer of a kind to a question, or None."""
    return next((str(event["answer"]) for event in reversed(events(kind)) if event["key"] == key), None)
