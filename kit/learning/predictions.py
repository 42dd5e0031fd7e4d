"""What learners expect before they compute: asked, recorded, and shown again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape
from typing import Any

import ipywidgets as w

from ..views.controls import WIDE, Panel, safely
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
    choice = w.RadioButtons(
        options=list(options), value=None, description="I expect:", style=WIDE, layout={"width": "auto"}
    )
    asked = f"<strong>Your prediction ({escape(key)}):</strong> {escape(question)}"
    offered = "".join(f"<li>{escape(str(option))}</li>" for option in options)
    on_paper = f"<p>{asked}</p><ul>{offered}</ul><p>I expect: {'_' * 30}</p>"
    parts = [w.HTML(asked), choice, kept(choice, "prediction", key, question)]
    return Panel(f"question {key}: {question}", parts, on_paper)


def kept(choice: w.RadioButtons | w.ToggleButtons, kind: str, key: str, asked: str = "") -> w.HTML:
    """Choose what the learner chose before, keep what they choose from now on; return a line that says so."""
    status = w.HTML()

    def remembered() -> str:
        before = progress.latest(kind, key)
        if before in choice.options:
            choice.value = before
        return _said(before)

    def recorded(answer: str) -> str:
        progress.record(kind, key, answer, asked=asked)
        return _said(answer)

    def keep(change: dict[str, Any]) -> None:
        status.value = safely(partial(recorded, change["new"]))

    status.value = safely(remembered)
    choice.observe(keep, "value")
    return status


def _said(answer: str | None) -> str:
    return f"Recorded: <em>{escape(answer)}</em>" if answer else "Choose one; there is no mark for being right."


class PlainSentence(str):
    """A sentence that a notebook shows without quotation marks."""

    def __repr__(self) -> str:
        return str(self)


def prediction(key: str) -> PlainSentence:
    """Return, as a sentence, what the learner predicted."""
    answer = progress.latest("prediction", key)
    return PlainSentence(
        f"You predicted: {answer}" if answer else "You made no prediction here. You can still go back and make one."
    )
