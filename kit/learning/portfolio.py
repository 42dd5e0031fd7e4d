"""What a learner has done so far: as a page, and in their own words as a portfolio. Nothing leaves the machine."""

from __future__ import annotations

import json
import re
import unicodedata
import warnings
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from html import escape
from itertools import groupby
from pathlib import Path
from textwrap import shorten
from typing import NamedTuple, TypeVar

import pandas as pd

from .. import html
from ..coding import store
from ..documents.spans import WHOLE
from ..errors import KitError, KitWarning, one_line
from ..files import write_text
from ..folders import shipped
from ..views.shown import Page
from . import progress
from .tasks import PASSED

# In reading order: the column that counts it, its heading, and what stands before an answer.
KINDS = {
    "prediction": ("predictions", "Predictions", "I expected"),
    "code": ("codes", "Coded by hand", "I coded"),
    "verdict": ("verdicts", "Rightly not counted?", "My verdict"),
    "quiz": ("quiz", "Check yourself", "I chose"),
    "check": ("exercises", "Exercises", "My answer"),
    "answer": ("own words", "In my own words", "I wrote"),
}
_HOME = {"verdict": "03", "code": "05"}  # the lessons of those whose key is a place in a text
_LONG = 100  # characters of a cell
_KEPT = f"Kept in your own folder ({progress.FILE}, {store.FILE}), and sent nowhere."
_NOTHING = "Nothing yet. What you predict, choose or write will be listed here."
_T = TypeVar("_T")


class Answer(NamedTuple):
    """An answer, when it was given (ISO 8601), and what became of it."""

    time: str
    answer: str
    result: str


class Item(NamedTuple):
    """A question of a lesson, and the answers that the learner gave to it, oldest first."""

    lesson: str
    kind: str
    asked: str
    answers: list[Answer]


# ---- the page --------------------------------------------------------------------------------------------------


def my_progress() -> Page:
    """Show what was predicted, coded, judged, chosen, checked and written so far, lesson by lesson, with times.

    Whatever cannot be read is said on the page.
    """
    items, problems = gathered()
    notes = problems or ([] if items else [_NOTHING])
    page = "".join(f"<p>{escape(note)}</p>" for note in notes)
    if items:
        page += html.table(overview(items), "How many, by lesson")
        page += "".join(f"<details><summary>{escape(title)}</summary>{_listed(i)}</details>" for title, i in _by(items))
    page += f"<p><small>{_KEPT}</small></p>"
    return Page(page, "\n".join([*problems, *([told(items)] if items or not problems else [])]))


def told(items: list[Item]) -> str:
    """Return the same in short, as plain text."""
    table = overview(items).set_index("lesson").rename_axis(None).to_string() if items else _NOTHING
    return f"{table}\n{_KEPT}"


def overview(items: Iterable[Item]) -> pd.DataFrame:
    """Return how many questions of each kind have an answer, a row a lesson, with the first and the last time."""
    rows = []
    for title, group in _by(items):
        times = sorted(answer.time for item in group for answer in item.answers)
        counts = {column: sum(i.kind == kind for i in group) for kind, (column, _, _) in KINDS.items()}
        rows.append({"lesson": title, **counts, "first": _clock(times[0]), "last": _clock(times[-1])})
    return pd.DataFrame(rows)


def _listed(items: list[Item]) -> str:
    rows = [
        {
            "when": _clock(item.answers[-1].time),
            "what": KINDS[item.kind][1],
            "question": shorten(item.asked, _LONG, placeholder=" …"),
            "your answer": shorten(item.answers[-1].answer, _LONG, placeholder=" …"),
            "result": item.answers[-1].result,
        }
        for item in items
    ]
    return html.table(pd.DataFrame(rows))


def _by(items: Iterable[Item]) -> list[tuple[str, list[Item]]]:
    """Put the items of a lesson together under its title."""
    titles = _titles()
    grouped = groupby(items, key=lambda item: item.lesson)
    return [(titles.get(lesson, lesson and f"Lesson {lesson}") or "Other", list(found)) for lesson, found in grouped]


def _clock(time: str) -> str:
    """Return a time as it was on this machine's clock, or as it stands there."""
    try:
        return f"{datetime.fromisoformat(time).astimezone():%Y-%m-%d %H:%M}"
    except (ValueError, OverflowError, OSError):
        return one_line(time)[:40]


# ---- gathering -------------------------------------------------------------------------------------------------


def gathered() -> tuple[list[Item], list[str]]:
    """Return all that a learner did, in reading order, and in words what could not be read."""
    problems: list[str] = []
    events = [event for event in _tried(progress.events, problems) if event["kind"] in KINDS]
    codes = _tried(store.kept, problems)
    asked: dict[str, str] = {}
    found: dict[tuple[str, str, str], list[Answer]] = {}
    for event in events:
        kind, key = event["kind"], event["key"]
        number = re.match(r"\d\d(?=-)", key)
        lesson = _HOME.get(kind, number[0] if number else "")
        said = Answer(event["time"], event["answer"], _plainly(kind, event["result"]))
        found.setdefault((lesson, kind, key), []).append(said)
        asked[kind + key] = event["asked"] or key
    items = [
        Item(lesson, kind, asked[kind + key], said)
        for (lesson, kind, key), said in sorted(found.items(), key=lambda entry: _place(*entry[0]))
    ]
    items += map(_coded, codes)
    order = list(KINDS)
    return sorted(items, key=lambda item: (not item.lesson, item.lesson, order.index(item.kind))), problems


def _tried(read: Callable[[], list[_T]], problems: list[str]) -> list[_T]:
    """Read something; note what went wrong, or was said aloud."""
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            return read()
        except KitError as error:
            problems.append(str(error))
            return []
        finally:
            problems.extend(str(warning.message) for warning in warned)


def _place(lesson: str, kind: str, key: str) -> tuple[object, ...]:
    """Sort numbers in keys as numbers, however long they are: 02-9 before 02-10."""
    return lesson, kind, re.sub(r"\d+", "", key), [(len(n), n) for n in re.findall(r"\d+", key)]


def _plainly(kind: str, result: str) -> str:
    """Return the result of a check without the names of hints and mistakes, which mean nothing to a learner."""
    return result if kind != "check" or result in ("", *PASSED) else "not yet"


def _coded(code: store.Code) -> Item:
    stretch = f"“{shorten(code.text, 3 * _LONG, placeholder=' …')}”" if code.text else WHOLE
    answer = Answer(code.made, ". ".join(filter(None, [code.value, code.note])), f"as {code.coder}")
    return Item(_HOME["code"], "code", f"{code.code} in {code.document}: {stretch}", [answer])


def _titles() -> dict[str, str]:
    """Return the title of each lesson by its number."""
    found = {}
    for path in sorted(shipped("notebooks").glob("[0-9][0-9]-*.ipynb")):
        heading = "".join(json.loads(path.read_bytes())["cells"][0]["source"])
        found[path.stem[:2]] = heading.partition("\n")[0].lstrip("# ")
    return found


# ---- the portfolio ---------------------------------------------------------------------------------------------


def portfolio(file: str | Path) -> Path:
    """Write the learner's own words, with the questions they answer, as a page that needs nothing else.

    Parameters
    ----------
    file : str or Path
        A new file that ends in `.html`.

    Returns
    -------
    Path

    Raises
    ------
    KitError
        If there is nothing to write yet, the file is there already or has another ending, or it cannot be written.

    Warns
    -----
    KitWarning
        If a part of the work could not be read and is not in the portfolio.
    """
    path = Path(file)
    if path.suffix.lower() != ".html":
        raise KitError(f"{path} should end in .html; name it such as portfolio.html.")
    if path.exists():
        raise KitError(f"{path} is there already and is left as it is; give another name.")
    items, problems = gathered()
    if not items:
        raise KitError(" ".join(problems) or "There is nothing to write yet; make a prediction in a lesson first.")
    for problem in problems:
        warnings.warn(f"Not in the portfolio: {problem}", KitWarning, stacklevel=2)
    write_text(path, html.page("My portfolio", _KEPT, "", "\n".join(_page(items))))
    return path


def _page(items: list[Item]) -> Iterator[str]:
    yield "<h1>My portfolio</h1>"
    for title, of_lesson in _by(items):
        yield f"<h2>{_escaped(title)}</h2>"
        for kind, group in groupby(of_lesson, key=lambda item: item.kind):
            yield f"<h3>{KINDS[kind][1]}</h3>"
            for item in group:
                yield f"<h4>{_escaped(item.asked) or '…'}</h4>"
                yield from _answers(item)


def _answers(item: Item) -> Iterator[str]:
    """Yield the last answer, and before it the first of a prediction that was changed."""
    *_, last = item.answers
    lead, first = KINDS[item.kind][2], item.answers[0]
    if item.kind == "prediction" and first.answer != last.answer:
        yield from _quoted(f"First: {lead}", first)
        lead = f"Last: {lead}"
    yield from _quoted(lead, last)


def _quoted(lead: str, given: Answer) -> Iterator[str]:
    details = ", ".join(filter(None, [_clock(given.time), given.result]))
    lines = list(filter(None, map(_escaped, given.answer.splitlines()))) or ["…"]
    yield f"<p><em>{lead} ({_escaped(details) or '…'}):</em></p>"
    yield '<blockquote dir="auto">'  # a learner may write from right to left
    yield from (f"<p>{line}</p>" for line in lines)
    yield "</blockquote>"


def _escaped(text: str) -> str:
    """Return one line of anything as HTML that says just that."""
    line = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text)
    return escape(" ".join(line.split()), quote=False)
