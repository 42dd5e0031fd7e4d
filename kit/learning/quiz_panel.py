"""The questions at the end of a lesson: each option answers back, and each choice is kept."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import Any

import ipywidgets as w

from ..errors import KitError
from ..views.controls import WIDE, Panel, alert, safely
from . import progress
from .quizzes import Option, Question, questions_of

_STYLE = (
    "<style>.kit-quiz .widget-radio-box label {height: auto; line-height: 1.4}"
    " .kit-quiz .widget-html-content {line-height: 1.4}"
    " .kit-quiz p {margin: .2em 0 1em; padding-left: .8em; border-left: 4px solid #1a4f8a}</style>"
)


def quiz(lesson: str) -> Panel:
    """Ask the questions at the end of a lesson. Each option has an answer of its own, and each choice is kept.

    Parameters
    ----------
    lesson : str
        Number of the lesson, such as `02`. The questions are those of `notebooks/quizzes.toml`.

    Raises
    ------
    KitError
        If the lesson has no questions, or their file is wrong.
    """
    asked = list(enumerate(questions_of(lesson), 1))
    on_paper = "".join(_on_paper(number, question) for number, question in asked)
    style = w.HTML(_STYLE, layout={"display": "none"})
    panel = Panel(f"the questions of lesson {lesson}", [style, *(_ask(*numbered) for numbered in asked)], on_paper)
    panel.add_class("kit-quiz")
    return panel


def _ask(number: int, question: Question) -> w.Widget:
    """Ask one question, with the former choice and what there is to say to it."""
    options = {option.text: option for option in question.options}
    choice = w.RadioButtons(
        options=list(options), value=None, description=f"Answer {number}:", style=WIDE, layout={"width": "auto"}
    )
    reply = w.HTML()
    try:
        before = progress.latest("quiz", question.key)
        if before and before["answer"] in options:
            choice.value = before["answer"]
            reply.value = _reply(question, options[before["answer"]])
    except KitError as error:
        reply.value = alert(error)

    def answer(change: dict[str, Any]) -> None:
        option = options[change["new"]]
        reply.value = _reply(question, option, "alert") + safely(partial(_record_quiz, question.key, option))

    choice.observe(answer, "value")
    return w.VBox([w.HTML(_asked(number, question)), choice, reply])


def _asked(number: int, question: Question) -> str:
    return f"<strong>{number}. {escape(question.question)}</strong>"


def _record_quiz(key: str, option: Option) -> str:
    progress.record("quiz", key, option.text, "right" if option.right else "not yet")
    return ""


def _reply(question: Question, option: Option, role: str = "") -> str:
    """Say what there is to say to an option; a screen reader speaks an alert as soon as it appears."""
    again = " and ".join(f"“{escape(place.heading)}”" for place in question.answerable_from)
    said = escape(option.feedback) + ("" if option.right else f" <small>(Look again under {again}.)</small>")
    return f'<p role="{role}">{said}</p>' if role else f"<p>{said}</p>"


def _on_paper(number: int, question: Question) -> str:
    """Show a question where nothing can be chosen: each option opens to what there is to say to it."""
    opened = "".join(
        f"<details><summary>{escape(option.text)}</summary>{_reply(question, option)}</details>"
        for option in question.options
    )
    return f"<p>{_asked(number, question)}</p>{opened}"
