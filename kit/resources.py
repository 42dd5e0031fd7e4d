"""Where the shipped data lie: beside `kit/` in a checkout, inside it in an installed wheel."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
WORDS = PACKAGE / "words"


def in_checkout() -> bool:
    """Tell whether the package runs from a checkout rather than from an installed wheel."""
    return not (PACKAGE / "datasets").is_dir()


def shipped(folder: str) -> Path:
    """Return the path of a shipped folder: `datasets`, `notebooks` or `exercises`."""
    return (PACKAGE.parent if in_checkout() else PACKAGE) / folder


@cache
def word_list(name: str) -> frozenset[str]:
    """Read one of the kit's own word lists (`kit/words/NAME.txt`), one entry a line, `#` for comments."""
    lines = (WORDS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def word_table(name: str) -> list[dict[str, str]]:
    """Read one of the kit's own word tables (`kit/words/NAME.csv`), a dictionary a row."""
    with (WORDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
