"""What learners expect before they compute: asked, recorded, and shown again."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import ipywidgets as w

from ..errors import KitError
from ..views.controls import WIDE, Panel, alert, safely
from . import progress


def predict(key: str, question: str, options: Sequence[str]) -> Panel:
    """Ask for a prediction and record each choice in the learner's progress file.

    Parameters
    ----------
    key : str
        Number of the question, such as `02-1`.
    question : str
        What is asked.
    options : sequence of str
        What can be chosen. Nothing is chosen for the learner, and a former choice is shown again.
    """
    before, status = _remembered(key)
    value = before if before in options else None
    choice = w.RadioButtons(
        options=list(options), value=value, description="I expect:", style=WIDE, layout={"width": "auto"}
    )

    def keep(change: dict[str, Any]) -> None:
        status.value = safely(lambda: _record(key, change["new"]))

    choice.observe(keep, "value")
    asked = f"<strong>Your prediction ({escape(key)}):</strong> {escape(question)}"
    offered = "".join(f"<li>{escape(str(option))}</li>" for option in options)
    on_paper = f"<p>{asked}</p><ul>{offered}</ul><p>I expect: {'_' * 30}</p>"
    return Panel(f"question {key}: {question}", [w.HTML(asked), choice, status], on_paper)


def _remembered(key: str) -> tuple[str | None, w.HTML]:
    """The learner's former choice, and a line that says so, or what is wrong with their file."""
    try:
        before = progress.predicted(key)
    except KitError as error:
        return None, w.HTML(alert(error))
    return before, w.HTML(_status(before))


def _record(key: str, answer: str) -> str:
    progress.record("prediction", key, answer)
    return _status(answer)


def _status(answer: str | None) -> str:
    return f"Recorded: <em>{escape(answer)}</em>" if answer else "Choose one; there is no mark for being right."


class Said(str):
    """A sentence that a notebook shows without quotation marks."""

    def __repr__(self) -> str:
        return str(self)


def prediction(key: str) -> Said:
    """Return, as a sentence, what the learner predicted."""
    answer = progress.predicted(key)
    return Said(
        f"You predicted: {answer}" if answer else "You made no prediction here. You can still go back and make one."
    )
