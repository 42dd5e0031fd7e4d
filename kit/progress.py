"""What a learner predicted, kept on the learner's machine: one small file in the folder they work in."""

from __future__ import annotations

import json
import os
import warnings
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from .errors import KitError, KitWarning
from .files import write_text

MANIFEST = ".kit-work.json"  # marks a working copy laid out by `kit lab`
FILE = "progress.json"
VERSION = 1
_PARTS = ("time", "kind", "key", "answer")


def work_folder() -> Path:
    """Return the folder a learner works in: `KIT_WORK`, else the working copy around here, else here."""
    if named := os.environ.get("KIT_WORK"):
        return Path(named)
    here = Path.cwd()
    return next((folder for folder in [here, *here.parents] if (folder / MANIFEST).is_file()), here)


def events(kind: str | None = None) -> list[dict[str, Any]]:
    """Return what was recorded, oldest first; each has time (ISO 8601, UTC), kind, key and answer.

    Raises
    ------
    KitError
        If the file is of a newer kit. A damaged one is set aside, with a warning, and nothing is lost.
    """
    path = work_folder() / FILE
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if int(kept["version"]) > VERSION:
            raise KitError(f"{path} was written by a newer kit; update this one (it is left as it is).")
        recorded = [{part: event[part] for part in _PARTS} for event in kept["events"]]
    except FileNotFoundError:
        return []
    except (ValueError, KeyError, TypeError):
        _set_aside(path)
        return []
    except OSError as error:
        raise KitError(f"{path} cannot be read: {error.strerror or error}.") from None
    return [event for event in recorded if kind in (None, event["kind"])]


def _set_aside(path: Path) -> None:
    """Keep a damaged file under another name, and say so."""
    names = (path.with_name(f"progress.damaged-{number}.json") for number in count(1))
    aside = next(name for name in names if not name.exists())
    try:
        path.replace(aside)
    except OSError as error:
        raise KitError(f"{path} is damaged and cannot be set aside: {error.strerror or error}.") from None
    warnings.warn(f"{path} was damaged; it is kept as {aside.name}, and a new one begins.", KitWarning, stacklevel=3)


def record(kind: str, key: str, answer: str) -> None:
    """Add an event to the learner's file, atomically: after a kill or on a full disk the former state is there.

    Raises
    ------
    KitError
        If the file cannot be written.
    """
    event = {"time": datetime.now(UTC).isoformat(timespec="seconds"), "kind": kind, "key": key, "answer": answer}
    kept = {"version": VERSION, "events": [*events(), event]}
    write_text(work_folder() / FILE, json.dumps(kept, ensure_ascii=False, indent=1) + "\n")


def predicted(key: str) -> str | None:
    """Return the latest prediction for a question, or None."""
    return next((str(e["answer"]) for e in reversed(events("prediction")) if e["key"] == key), None)
