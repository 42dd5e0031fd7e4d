"""Cards: what an instrument measures, in which unit, what it cannot tell, and how often it is right."""

from __future__ import annotations

import tomllib
from html import escape

from .. import html
from ..errors import KitError, one_line
from ..folders import PACKAGE
from ..metrics.accuracy import measured_accuracy
from .shown import Page

_PARTS = {"definition": "What it is", "formula": "Formula", "unit": "Unit", "cannot_tell": "What it cannot tell you"}
_NOTHING = "nothing; it is counted from the marks of the page itself"


def about(instrument: str) -> Page:
    """Return the card of an instrument, such as ``kit.about("naming")``.

    Raises
    ------
    KitError
        If there is no such card; the message names those there are.
    """
    cards = tomllib.loads((PACKAGE / "views" / "cards.toml").read_text(encoding="utf-8"))
    if instrument not in cards:
        raise KitError(f"There is no card about {one_line(instrument)!r}; there are: {', '.join(cards)}.")
    title, told = cards[instrument]["title"], {label: cards[instrument][part] for part, label in _PARTS.items()}
    measured = measured_accuracy(instrument)
    lines = "".join(f"<dt>{label}</dt><dd>{escape(text)}</dd>" for label, text in told.items())
    table = html.table(measured) if len(measured) else f"<dd>{_NOTHING}</dd>"
    figures = measured.to_string(index=False) if len(measured) else _NOTHING
    return Page(
        f"<p><strong>{escape(title)}</strong></p><dl>{lines}<dt>Measured</dt></dl>{table}",
        "\n".join([title, *(f"{label}: {text}" for label, text in told.items()), "Measured:", figures]),
    )
