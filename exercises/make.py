"""Make the notebooks of exercises, with and without solutions, from `exercises/sources`: `python -m exercises.make`."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import nbformat
from nbclient import NotebookClient

from kit.files import write_text
from kit.learning import marking
from kit.learning.tasks import Choice, Coding, Exercise, Open, Rewrite, Task

FOLDER = Path(__file__).resolve().parent
SHOWN = (Choice, Coding, Rewrite)  # tasks that come with something to look at
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
FIRST = """
import kit

kit.explain_errors()
corpus = kit.load("{corpus}")
referent, word = kit.focus(corpus)
"""
ABOUT = """
**Time:** about {minutes} minutes. **You need:** lesson {lesson}.

{intro}

The first grey cell chooses the accounts. `"aleppo-2016"` is about a war; `"harbour-strike"` is invented and gentler.
The name of a corpus of your own works as well.

Put your answer in place of the dots and run the cell. Then run the cell with `kit.check`. A wrong answer costs
nothing and gets a hint. Run both again after each change.
"""


def main() -> None:
    """Write a starter and a solution of each exercise."""
    for exercise in marking.exercises().values():
        for path, solved in ((starter_path(exercise), False), (solution_path(exercise), True)):
            write_text(path, executed(notebook(exercise, solved=solved)))
            print(path.relative_to(FOLDER.parent))


def executed(made: str) -> str:
    """Return a notebook with its outputs; run in an empty folder, so that nobody's progress is in them."""
    with tempfile.TemporaryDirectory() as folder:
        read = nbformat.reads(made, as_version=4)
        environment = os.environ | {"KIT_WORK": folder, "KIT_ORIGINALS": folder}
        client = NotebookClient(read, kernel_name="python3", resources={"metadata": {"path": folder}})
        client.execute(env=environment)
    for cell in read.cells:
        cell.metadata.pop("execution", None)
    read.metadata = nbformat.from_dict(METADATA)
    return json.dumps(read, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def starter_path(exercise: Exercise) -> Path:
    """Where the learner's notebook lies."""
    return FOLDER / f"{_name(exercise)}.ipynb"


def solution_path(exercise: Exercise) -> Path:
    """Where the teacher's notebook lies; it is also nbgrader's source."""
    return FOLDER / "solutions" / f"{_name(exercise)}.ipynb"


def _name(exercise: Exercise) -> str:
    return f"{exercise.lesson}-{'-'.join(exercise.title.lower().split())}"


def notebook(exercise: Exercise, *, solved: bool) -> str:
    """Return a notebook as JSON: the same on every run and system."""
    cells = [
        {**cell, "id": f"ex{exercise.lesson}-{number:02d}"}
        for number, cell in enumerate(_cells(exercise, solved=solved))
    ]
    made = {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _cells(exercise: Exercise, *, solved: bool) -> Iterator[dict[str, Any]]:
    minutes = sum(task.minutes for task in exercise.tasks.values())
    about = ABOUT.format(minutes=minutes, lesson=exercise.lesson, intro=dedent(exercise.intro).strip())
    yield _markdown(f"# Exercise {exercise.lesson} · {exercise.title}\n{about}")
    yield _code(FIRST.format(corpus=exercise.corpus))
    if exercise.setup:
        yield _code(dedent(exercise.setup))
    for task in exercise.tasks.values():
        yield _markdown(f"## {task.key} {task.title}\n\n*{task.minutes} minutes*\n\n{task.ask}")
        if isinstance(task, SHOWN):
            yield _code(f'kit.task("{task.key}", corpus)')
        if task.given:
            yield _code(task.given)
        yield _answer(task, solved=solved)
        yield _check(task)
    yield _markdown(
        "## Your work\n\nDownload your work here, on machines that forget, and next time bring it back here."
    )
    yield _code("kit.learning.pack_my_work()")


def _answer(task: Task, *, solved: bool) -> dict[str, Any]:
    """The learner's cell. nbgrader hands out what is before the solution; a person gives the points of an open one."""
    code = task.starter + (f"\n### BEGIN SOLUTION\n{_solution(task)}\n### END SOLUTION" if solved else "")
    graded = isinstance(task, Open)
    return _code(code, f"answer-{task.key}", solution=True, grade=graded, points=2 if graded else None)


def _solution(task: Task) -> str:
    return f'{task.variable} = """\n{task.solution}\n"""' if isinstance(task, Open) else task.solution


def _check(task: Task) -> dict[str, Any]:
    code = f'kit.check("{task.key}", {task.variable}, corpus)'
    if isinstance(task, Open):
        return _code(code)
    return _code(code, f"check-{task.key}", solution=False, grade=True, points=1)


def _markdown(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": text.strip()}


def _code(
    code: str, grade_id: str = "", *, solution: bool = False, grade: bool = False, points: int | None = None
) -> dict[str, Any]:
    metadata: dict[str, Any] = {}
    if grade_id:
        nbgrader = {"schema_version": 3, "grade_id": grade_id, "solution": solution, "grade": grade}
        nbgrader |= {"locked": not solution, "task": False} | ({"points": points} if points else {})
        metadata = {"nbgrader": nbgrader}
    return {
        "cell_type": "code",
        "metadata": metadata,
        "source": code.strip(),
        "outputs": [],
        "execution_count": None,
    }


if __name__ == "__main__":
    main()
