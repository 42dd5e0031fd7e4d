"""What a learner predicted, kept on the learner's machine: one small file in the folder they work in."""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .errors import KitError, KitWarning
from .files import write_text

MANIFEST = ".kit-work.json"  # marks a working copy laid out by `kit lab`
FILE = "progress.json"
VERSION = 1


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
        version, recorded = kept["version"], list(kept["events"])
    except FileNotFoundError:
        return []
    except (ValueError, KeyError, TypeError):
        aside = path.with_name(f"progress.damaged-{datetime.now(UTC):%Y%m%d-%H%M%S}.json")
        path.replace(aside)
        warnings.warn(f"{path} was damaged; it is kept as {aside.name}, and a new one begins.", KitWarning, 2)
        return []
    except OSError as error:
        raise KitError(f"{path} cannot be read: {error.strerror or error}.") from None
    if version > VERSION:
        raise KitError(f"{path} was written by a newer kit; update this one (it is left as it is).")
    return [event for event in recorded if kind in (None, event.get("kind"))]


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
    answers: Iterator[str] = (e["answer"] for e in reversed(events("prediction")) if e.get("key") == key)
    return next(answers, None)
