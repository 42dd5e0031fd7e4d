"""Whether a text is one that we know without holding it: by its runs of eight words, each kept as a checksum.

The runs do not overlap, so that nobody who knows a few words can find out the next ones by trying.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from textwrap import shorten
from typing import NamedTuple

RUN = 8  # words
ALIKE = 0.5  # share of the runs from which on it is the same text
_WORD = re.compile(r"[^\W_]+")


class Likeness(NamedTuple):
    """How a text compares with one that we know.

    `share` of the known runs stand in it (0 to 1), from character `start` to `end`; `differences` say, one by one, in
    the text's own words what stands where runs are missing.
    """

    share: float
    start: int
    end: int
    differences: list[str]


def runs_of(text: str) -> list[str]:
    """Return the checksum of each run of eight words, from the first word on, what is left at the end left out."""
    words = [match.group().casefold() for match in _WORD.finditer(text)]
    return [_checksum(words[at : at + RUN]) for at in range(0, len(words) - RUN + 1, RUN)]


def is_alike(text: str, known: Sequence[str]) -> bool:
    """Tell whether half of the runs that we know stand in a text; one too short for that is not compared."""
    needed = ALIKE * RUN * len(known)
    return 0 < needed <= len(_WORD.findall(text)) and likeness(text, known).share >= ALIKE


def likeness(text: str, known: Sequence[str]) -> Likeness:
    """Compare a text with the runs of one that we know, whatever stands before, behind or between them."""
    words, at = _every_run(text)
    places = [at.get(run) for run in known]
    found = [place for place in places if place is not None]
    if not found:  # also if nothing is known
        return Likeness(0.0, 0, 0, [])
    start, end = words[min(found)].start(), words[max(found) + RUN - 1].end()
    told = [_told(text, words, *gap) for gap in _gaps(places)]
    return Likeness(len(found) / len(known), start, end, told)


@lru_cache(maxsize=2)  # a text is compared with every article that we know, and then read
def _every_run(text: str) -> tuple[list[re.Match[str]], dict[str, int]]:
    """Return the words of a text, and at which of them each of its runs begins first."""
    words = list(_WORD.finditer(text))
    folded = [word.group().casefold() for word in words]
    return words, {_checksum(folded[i : i + RUN]): i for i in range(len(words) - RUN, -1, -1)}


def _checksum(words: Sequence[str]) -> str:
    return hashlib.sha256(" ".join(words).encode("utf-8", "replace")).hexdigest()[:10]


def _gaps(places: Sequence[int | None]) -> Iterator[tuple[int, int | None, int | None]]:
    """Yield how many runs are missing one after the other, and the runs found before and behind them."""
    before, missing = None, 0
    for place in places:
        if place is None:
            missing += 1
            continue
        if missing:
            yield missing, before, place
        before, missing = place, 0
    if missing:
        yield missing, before, None


def _told(text: str, words: Sequence[re.Match[str]], missing: int, before: int | None, behind: int | None) -> str:
    """Say in the text's own words what stands where some runs should."""
    first = 0 if before is None else before + RUN
    last = len(words) if behind is None else behind
    lost = missing * RUN - (last - first)
    here = text[words[first].start() : words[last - 1].end()] if first < last else ""
    place = f"where “{shorten(here, 60, placeholder=' …')}” stands" if here else "of which nothing is there"
    return f"about {lost} words are missing, {place}" if lost > RUN else f"words differ {place}"
