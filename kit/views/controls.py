"""What groups of controls share: how they look, how they say what went wrong, what stands where none can be shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import ipywidgets as w

from ..errors import KitError

ALL = "all"
WIDE = {"description_width": "initial"}
BUTTONS = {"description_width": "initial", "button_width": "auto"}
MOST_BUTTONS = 7


class Panel(w.VBox):  # type: ignore[misc]
    """Controls one below the other; where they cannot be shown, a page or a sentence says what would be here."""

    def __init__(self, what: str, children: Sequence[w.Widget], page: str = "") -> None:
        super().__init__(children)
        self._what, self._page = what, page

    def __repr__(self) -> str:
        return f"Run this cell to see {self._what}"

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        shown: dict[str, Any] = super()._repr_mimebundle_(**options)
        return shown | ({"text/html": self._page} if self._page else {})


def safely(action: Callable[[], str]) -> str:
    """Return what an action says, or as an alert what went wrong with it."""
    try:
        return action()
    except KitError as error:
        return alert(error)


def alert(message: object) -> str:
    """Return a message as HTML that a screen reader speaks at once."""
    return f'<strong role="alert">{escape(str(message))}</strong>'


def document_menu(names: list[str]) -> w.Widget:
    """Return buttons for a few documents, a field to type in for many; the first is chosen."""
    documents = {"options": names, "description": "Document", "value": names[0]}
    if len(names) > MOST_BUTTONS:
        return w.Combobox(**documents, ensure_option=True, continuous_update=False, style=WIDE)
    return w.ToggleButtons(**documents, style=BUTTONS)
