"""The words that say that somebody speaks: one table, `kit/words/cues.csv`, and a pattern that is built from it."""

from __future__ import annotations

import re
from functools import cache

from ..words import word_table


@cache
def speech_cue() -> re.Pattern[str]:
    """Return a pattern that finds any form of a cue of speech; "so-called" is none."""
    forms = {form for row in word_table("cues") if row["frame"] != "belief" for form in _forms(row)}
    alternatives = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?!\w)", re.IGNORECASE)


def _forms(row: dict[str, str]) -> list[str]:
    return [row["forms"]] if row["frame"] == "preposition" else row["forms"].split()
