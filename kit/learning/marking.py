"""Exercises that answer back: what a learner gave is judged, answered with the hint that fits, and kept."""

from __future__ import annotations

import os
import re
import warnings
from functools import cache
from html import escape
from importlib.util import module_from_spec, spec_from_file_location
from textwrap import shorten, wrap
from typing import Any

from markdown_it import MarkdownIt

from .. import html
from ..documents.corpus import Corpus
from ..documents.library import load
from ..documents.spans import Documents, as_corpus
from ..errors import KitError, one_line
from ..folders import shipped
from ..views.shown import Page
from . import progress
from .tasks import (
    COMPARED,
    HINT,
    MISTAKE,
    NO_ANSWER,
    NOT_APPLICABLE,
    PASSED,
    RIGHT,
    UNREADABLE,
    Coding,
    Exercise,
    Open,
    Task,
    Verdict,
    looked_at,
)

DEFAULT_CORPUS = "aleppo-2016"
_MARKS = MarkdownIt("zero").enable(["emphasis", "backticks"])  # all else in a hint is text, and escaped
_SAID = {
    RIGHT: "Right.",
    MISTAKE: "Not yet.",
    COMPARED: "Compare.",
    NO_ANSWER: "Your turn.",
    UNREADABLE: "Nearly.",
    NOT_APPLICABLE: "Leave this one out.",
}


class WrongAnswerError(KitError):
    """An answer that nbgrader is to mark as not right."""

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook shows of it: the sentence alone, in lines that a page of feedback can hold."""
        return wrap(str(self), 88)


class Feedback(Page):
    """What the kit says to an answer, and once an answer of one's own is there, the rubric and a model answer."""

    def __init__(self, task: Task, verdict: Verdict, note: str = "") -> None:
        self.outcome, self.message, self.mistake, self.table = verdict
        self.lines = [f"{task.key}: {_SAID.get(self.outcome) or f'Not yet. {self.outcome.capitalize()} of 3.'}"]
        self.lines += filter(None, [self.message, note])
        head, *more = map(_MARKS.renderInline, self.lines)
        page = f"<p><strong>{head}</strong></p>" + "".join(f"<p>{line}</p>" for line in more)
        text = list(self.lines)
        if isinstance(task, Open) and self.outcome == COMPARED:
            page += f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in task.rubric)}</ul>"
            page += f"<details><summary>One possible answer</summary><p>{escape(task.solution)}</p></details>"
            text += [*(f"- {line}" for line in task.rubric), task.solution]
        if self.table is not None:
            page, text = page + html.table(self.table), [*text, self.table.to_string()]
        super().__init__(f'<div role="status">{page}</div>', "\n".join(text))

    @property
    def passed(self) -> bool:
        """Whether the task is done: right, or kept and to be compared."""
        return self.outcome in PASSED


def check(key: str, answer: Any = None, documents: Documents | None = None) -> Feedback:
    """Answer a learner's answer: right, the hint of a usual mistake, or a hint that gets more concrete each time.

    What is right is computed from the documents at hand, so that a task also works on the originals or on a corpus of
    one's own. Each check is kept in the learner's progress file.

    Parameters
    ----------
    key : str
        The task, such as `02-3`.
    answer : object
        What the task asks for; `...` stands for no answer yet.
    documents : Corpus, Document or iterable of Document, optional
        What the exercise is done on; the accounts of the battle of Aleppo if nothing is said.

    Raises
    ------
    KitError
        If there is no such task; under nbgrader also if the answer is not right, so that it is marked.
    """
    task = find(key)
    corpus = load(DEFAULT_CORPUS) if documents is None else as_corpus(documents)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbgrader takes a warning for a wrong answer
        verdict = task.judge(answer, corpus)
    feedback = _answered(task, verdict, answer, corpus)
    if os.environ.get("NBGRADER_EXECUTION") and not feedback.passed:
        raise WrongAnswerError(" ".join(feedback.lines))
    return feedback


def _answered(task: Task, verdict: Verdict, answer: Any, corpus: Corpus) -> Feedback:
    """Choose the hint, keep what was given, and say if it could not be kept."""
    note, told = "", str(answer)[:2000]
    if verdict.outcome in (RIGHT, HINT, MISTAKE, COMPARED) and not os.environ.get("NBGRADER_EXECUTION"):
        kind = "answer" if isinstance(task, Open | Coding) else "check"
        try:
            if verdict.outcome == HINT:
                verdict = _hint(task, told)._replace(table=verdict.table)
            result = f"mistake: {verdict.mistake}" if verdict.mistake else verdict.outcome
            asked = f"{task.title}. {re.sub('[*`]', '', task.ask)}" if kind == "answer" else task.title
            progress.record(kind, task.key, told, result, asked)
        except KitError as error:
            note = f"(Not kept: {error})"
    if verdict.outcome == HINT:
        verdict = Verdict(f"{HINT} 1", task.hints[0], table=verdict.table)
    message = verdict.message
    for name, what in looked_at(corpus).items():
        message = message.replace(f"{{{name}}}", what)
    return Feedback(task, verdict._replace(message=message), note)


def _hint(task: Task, told: str) -> Verdict:
    """Return the next hint since the task was last right; the same answer once more does not move on."""
    step, before = 0, ""
    for event in progress.events("check"):
        kind, _, number = event["result"].partition(" ")
        if event["key"] == task.key and kind == HINT and number.isdigit():
            step, before = int(number), event["answer"]
        elif event["key"] == task.key and kind == RIGHT:
            step, before = 0, ""
    step = step if step and told == before else min(step + 1, len(task.hints))
    return Verdict(f"{HINT} {step}", task.hints[step - 1])


def find(key: str) -> Task:
    """Return a task by its key, such as `02-3`. Raises KitError if there is none."""
    lesson = one_line(key).partition("-")[0]
    known = exercises()
    if lesson not in known:
        raise KitError(f"There is no exercise {shorten(lesson, 20)!r}; there are: {', '.join(known)}.")
    if key not in known[lesson].tasks:
        raise KitError(f"There is no task {shorten(one_line(key), 20)!r}; there are: {', '.join(known[lesson].tasks)}.")
    return known[lesson].tasks[key]


@cache
def exercises() -> dict[str, Exercise]:
    """Return all exercises by lesson, read from their sources in `exercises/sources`."""
    found = {}
    for path in sorted((shipped("exercises") / "sources").glob("[0-9]*.py")):
        spec = spec_from_file_location(f"kit_exercise_{path.stem}", path)
        assert spec
        assert spec.loader
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        found[module.exercise.lesson] = module.exercise
    return found


def task(key: str, documents: Documents) -> Page:
    """Show what a task is about: its statements, sentences or paragraph, taken from the documents at hand.

    Raises
    ------
    KitError
        If there is no such task.
    """
    asked, corpus = find(key), as_corpus(documents)
    try:
        table = asked.material(corpus)
    except KitError as error:  # such as a catalogue without what is looked at
        said = f"This task does not apply to {corpus.name or 'these documents'}: {error}"
        return Page(f"<p>{escape(said)}</p>", said)
    return Page(html.table(table), table.to_string())
