"""Where the shipped data lie (beside `kit/` in a checkout, inside it in an installed wheel), and a learner's work."""

from __future__ import annotations

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
MANIFEST = ".kit-work.json"  # marks a working copy laid out by `kit lab`
COPY = "my-work"  # what `kit lab` calls it


def in_checkout() -> bool:
    """Tell whether the package runs from a checkout rather than from an installed wheel."""
    return not (PACKAGE / "datasets").is_dir()


def shipped(folder: str) -> Path:
    """Return the path of a shipped folder: `datasets`, `notebooks` or `exercises`."""
    return (PACKAGE.parent if in_checkout() else PACKAGE) / folder


def work_folder() -> Path:
    """Return the folder a learner works in: `KIT_WORK`, else the working copy around, below or at home, else here."""
    if named := os.environ.get("KIT_WORK"):
        return Path(named)
    here = Path.cwd()
    places = [here, *here.parents, here / COPY, copy_at_home()]
    return next((folder for folder in places if (folder / MANIFEST).is_file() and os.access(folder, os.W_OK)), here)


def copy_at_home() -> Path:
    """Return where the working copy is if the kit lies where one may not write."""
    return Path(os.path.expanduser(f"~/{COPY}"))  # noqa: PTH111 (`Path.home` fails for a user who has none)
