"""Cards: what an instrument measures, in which unit, what it cannot tell, and how often it is right."""

from __future__ import annotations

import tomllib
from html import escape

import pandas as pd

from .. import html
from ..errors import KitError, one_line
from ..folders import PACKAGE
from ..metrics.accuracy import measured_accuracy

_PARTS = {"definition": "What it is", "formula": "Formula", "unit": "Unit", "cannot_tell": "What it cannot tell you"}


_NOTHING = "nothing; it is counted from the marks of the page itself"


class Card:
    """What an instrument measures, and its measured accuracy (`measured`, a DataFrame)."""

    def __init__(self, name: str, texts: dict[str, str], measured: pd.DataFrame) -> None:
        self.name, self.texts, self.measured = name, texts, measured

    def __repr__(self) -> str:
        lines = [f"{label}: {self.texts[part]}" for part, label in _PARTS.items()]
        figures = self.measured.to_string(index=False) if len(self.measured) else _NOTHING
        return "\n".join([self.texts["title"], *lines, "Measured:", figures])

    def _repr_html_(self) -> str:
        lines = "".join(f"<dt>{label}</dt><dd>{escape(self.texts[part])}</dd>" for part, label in _PARTS.items())
        table = html.table(self.measured) if len(self.measured) else f"<dd>{_NOTHING}</dd>"
        return f"<p><strong>{escape(self.texts['title'])}</strong></p><dl>{lines}<dt>Measured</dt></dl>{table}"


def about(instrument: str) -> Card:
    """Return the card of an instrument, such as ``kit.about("naming")``.

    Raises
    ------
    KitError
        If there is no such card; the message names those there are.
    """
    cards = tomllib.loads((PACKAGE / "views" / "cards.toml").read_text(encoding="utf-8"))
    if instrument not in cards:
        raise KitError(f"There is no card about {one_line(instrument)!r}; there are: {', '.join(cards)}.")
    return Card(instrument, cards[instrument], measured_accuracy(instrument))
