"""The file of figures that the cards show: how figures come into it, and which of them are not what is measured now."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from kit.folders import PACKAGE

FILE = PACKAGE / "metrics" / "measured.csv"
COLUMNS = ["instrument", "measure", "on", "n", "value"]


def as_shown(rows: Iterable[tuple[str, str, str, int, float]]) -> pd.DataFrame:
    """Return figures as the file has them: a row each, values to three digits."""
    return pd.DataFrame(rows, columns=COLUMNS).round({"value": 3})


def shown() -> pd.DataFrame:
    """Read the figures that the cards show."""
    return pd.read_csv(FILE, encoding="utf-8")


def write(now: pd.DataFrame) -> None:
    """Put figures in the place of those of the same instruments on the same texts; new ones stand behind the others."""
    before = shown()
    place = {pair: number for number, pair in enumerate(dict.fromkeys([*_pairs(before), *_pairs(now)]))}
    others = before[[pair not in set(_pairs(now)) for pair in _pairs(before)]]
    merged = pd.concat([others, now])
    merged = merged.assign(place=[place[pair] for pair in _pairs(merged)])
    merged = merged.sort_values(["instrument", "place"], kind="stable")
    merged[COLUMNS].to_csv(FILE, index=False, lineterminator="\n")


def _pairs(table: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(table["instrument"], table["on"], strict=True))


def unlike(now: pd.DataFrame) -> pd.DataFrame:
    """Return the figures that the cards show otherwise than they are measured now, or not at all, or no longer rightly.

    Of what is shown only the instruments and texts that were measured now are looked at.
    """
    before = shown().merge(now[["instrument", "on"]].drop_duplicates())
    both = now.merge(before, on=["instrument", "measure", "on"], how="outer", suffixes=("", "_shown"))
    return both[~((both["value"] == both["value_shown"]) & (both["n"] == both["n_shown"]))]
