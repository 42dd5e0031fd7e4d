"""The kit's own word lists: words and rules are data beside this file, one entry a line or a row."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent


@cache
def word_list(name: str) -> frozenset[str]:
    """Read a word list (`NAME.txt`), one entry a line, `#` for comments."""
    lines = (_HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def word_table(name: str) -> list[dict[str, str]]:
    """Read a word table (`NAME.csv`), a dictionary a row."""
    with (_HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
