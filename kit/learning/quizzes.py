"""The questions at the end of each lesson: each option answers back, and each choice is kept.

JupyterQuiz (2.9.6) does not fit: a choice stays in its page's JavaScript and never reaches the kernel that would record
it, and its feedback stands in no live region, so that no screen reader speaks it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import partial
from html import escape
from typing import Any, NamedTuple

import ipywidgets as w

from ..documents.readers import read_text
from ..errors import KitError, one_line
from ..folders import shipped, work_folder
from ..views.controls import WIDE, Panel, alert, safely
from . import progress

FILE = "quizzes.toml"
_STYLE = (
    "<style>.kit-quiz .widget-radio-box label {height: auto; line-height: 1.4}"
    " .kit-quiz .widget-html-content {line-height: 1.4}"
    " .kit-quiz p {margin: .2em 0 1em; padding-left: .8em; border-left: 4px solid #1a4f8a}</style>"
)


class Option(NamedTuple):
    """What can be chosen, and what whoever chooses it reads."""

    text: str
    feedback: str
    right: bool = False


class TaughtAt(NamedTuple):
    """Where a lesson teaches an answer: a heading, and words that stand below it."""

    heading: str
    words: list[str]


class Question(NamedTuple):
    """A question with its options, and where in the lesson its answer is taught."""

    key: str
    question: str
    options: list[Option]
    answerable_from: list[TaughtAt]

    @property
    def lesson(self) -> str:
        """The number of its lesson, such as `02`."""
        return self.key.partition("-")[0]


# ---- the panel -------------------------------------------------------------------------------------------------


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
    known = questions()
    asked = list(enumerate([question for question in known if question.lesson == lesson], 1))
    if not asked:
        lessons = ", ".join(dict.fromkeys(question.lesson for question in known))
        raise KitError(f"There are no questions for lesson {one_line(lesson)[:20]!r}; there are some for: {lessons}.")
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
        if before in options:
            choice.value = before
            reply.value = _reply(question, options[before])
    except KitError as error:
        reply.value = alert(error)

    def answer(change: dict[str, Any]) -> None:
        option = options[change["new"]]
        reply.value = _reply(question, option, "alert") + safely(partial(_record, question, option))

    choice.observe(answer, "value")
    return w.VBox([w.HTML(_asked(number, question)), choice, reply])


def _asked(number: int, question: Question) -> str:
    return f"<strong>{number}. {escape(question.question)}</strong>"


def _record(question: Question, option: Option) -> str:
    progress.record("quiz", question.key, option.text, "right" if option.right else "not yet", question.question)
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


# ---- the file --------------------------------------------------------------------------------------------------


def questions() -> list[Question]:
    """Return the questions of all lessons: of the learner's own copy of the file, where there is one.

    Raises KitError, which names the file and the question, if something in it is missing, unknown or of a wrong kind.
    """
    mine = work_folder() / "notebooks" / FILE
    path = mine if mine.is_file() else shipped("notebooks") / FILE
    text = read_text(path)
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise KitError(f"{path} is no valid TOML: {error}.") from None
    for problem in _problems(given):
        raise KitError(f"{path}: {problem}.")
    return [_question(**entry) for entry in given["quiz"]]


def _question(key: str, question: str, options: list[Any], answerable_from: list[Any]) -> Question:
    return Question(key, question, [Option(**o) for o in options], [TaughtAt(**place) for place in answerable_from])


def _problems(given: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong, each with the question it is wrong in."""
    entries: Any = given.get("quiz")
    if set(given) != {"quiz"} or not _tables(entries):
        yield "it holds questions and nothing else, and each begins with a line [[quiz]]"
    seen: set[str] = set()
    for number, entry in enumerate(entries, 1):
        called = one_line(entry.get("key", f"question {number}"))
        for problem in _fields(entry, Question, _filled, _filled, _tables, _tables):
            yield f"{called}: {problem}"
        if entry["key"] in seen:
            yield f"the key {called!r} stands there twice; give each question its own"
        seen.add(entry["key"])
        for option in entry["options"]:
            for problem in _fields(option, Option, _filled, _filled, lambda value: isinstance(value, bool)):
                yield f"{called}, an option: {problem}"
        for place in entry["answerable_from"]:
            for problem in _fields(place, TaughtAt, _filled, _texts):
                yield f"{called}, answerable_from: {problem}"
        texts = [option["text"] for option in entry["options"]]
        if len(set(texts)) < max(len(texts), 2):
            yield f"{called}: it needs two options or more, each with another text"
        if not any(option.get("right") for option in entry["options"]):
            yield f"{called}: no option is right; write right = true in one or more"


def _fields(given: dict[str, Any], kind: Any, *checks: Any) -> Iterator[str]:
    """Yield which field of a table is unknown, missing or of a wrong type."""
    for field in given:
        if field not in kind._fields:
            yield f"{one_line(field)!r} is no field here; there are: {', '.join(kind._fields)}"
    for field, fits in zip(kind._fields, checks, strict=True):
        if field not in given and field not in kind._field_defaults:
            yield f"{field} is missing; write it"
        elif field in given and not fits(given[field]):
            yield f"{field} is empty or of a wrong kind; the other questions show how it is written"


def _filled(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_filled, value))


def _tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(entry, dict) for entry in value)
