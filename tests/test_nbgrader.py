"""nbgrader itself, unchanged: it hands our exercises out, marks what comes back, and tells learners why."""

import json
import os
import re
import shutil
import subprocess
import sys
from html import unescape
from importlib.util import find_spec
from pathlib import Path

import nbformat
import pytest

from exercises import make
from kit.learning import marking
from kit.learning.tasks import Open

EXERCISES = marking.exercises()
EXERCISE = EXERCISES["02"]  # goes the whole way
NAME = make.solution_path(EXERCISE).stem
[OPEN] = [key for key, task in EXERCISE.tasks.items() if isinstance(task, Open)]
MARKED = [key for key in EXERCISE.tasks if key != OPEN]
STUB = "\n# YOUR CODE HERE\nraise NotImplementedError()"

pytestmark = pytest.mark.slow
every_exercise = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)

GRADES = """
import json
from nbgrader.api import Gradebook

with Gradebook("sqlite:///gradebook.db") as book:
    found = [
        (submission.student.id, notebook.name, part.name, part.auto_score, part.max_score, part.needs_manual_grade)
        for submission in book.assignment_submissions("exercises")
        for notebook in submission.notebooks
        for part in notebook.grades
    ]
print(json.dumps(found))
"""


class Course:
    """A teacher's course folder, with nbgrader in an environment of its own."""

    def __init__(self, folder, environment):
        self.folder, self._environment = folder, environment

    def python(self, *command):
        """Run Python where nbgrader is, and return what it prints."""
        command = [self._environment["PYTHON"], *command]
        done = subprocess.run(
            command, cwd=self.folder, env=self._environment, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def nbgrader(self, *command):
        self.python("-m", "nbgrader", *command)

    def cells(self, exercise):
        """The cells of a notebook as learners get it."""
        path = self.folder / "release" / "exercises" / make.solution_path(exercise).name
        return nbformat.read(path, as_version=4).cells

    def hand_in(self, learner, answers):
        """Hand in what was handed out, with the answers to some tasks written into it."""
        notebook = nbformat.v4.new_notebook(cells=self.cells(EXERCISE), metadata=make.METADATA)
        for cell in notebook.cells:
            cell.source = answers.get(cell_name(cell).removeprefix("answer-"), cell.source)
        folder = self.folder / "submitted" / learner / "exercises"
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{NAME}.ipynb")

    def mark(self):
        self.nbgrader("autograde", "exercises", "--create")
        self.nbgrader("generate_feedback", "exercises")
        self._grades = json.loads(self.python("-c", GRADES))

    def points(self, learner):
        """Points by cell: given, of how many, and whether a person has to look."""
        return {cell: tuple(rest) for who, name, cell, *rest in self._grades if (who, name) == (learner, NAME)}

    def told(self, learner):
        """The page of feedback for a learner, as text."""
        path = self.folder / "feedback" / learner / "exercises" / f"{NAME}.html"
        page = re.sub(r"<style.*?</style>|<[^>]*>", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        return " ".join(unescape(page).split())


def cell_name(cell):
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """Make an environment with nbgrader, which learners do not have: it would add itself to their JupyterLab."""
    uv = os.environ.get("UV") or shutil.which("uv")
    if not uv and not find_spec("uv"):
        pytest.skip("needs uv: python3 -m pip install uv")
    command = [uv] if uv else [sys.executable, "-m", "uv"]
    home = tmp_path_factory.mktemp("nbgrader")
    made = home / "environment"
    for step in (
        ["venv", "--python", sys.executable, made],
        ["pip", "install", "--python", made, "--group", "nbgrader", "--editable", "."],
    ):
        done = subprocess.run(
            [*command, *step, "--quiet"], cwd=make.FOLDER.parent, capture_output=True, encoding="utf-8", check=False
        )
        if done.returncode:
            pytest.skip(f"nbgrader cannot be installed: {done.stderr.strip()}")
    programs = made / ("Scripts" if os.name == "nt" else "bin")
    places = {"JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "runtime"}
    places |= {"IPYTHONDIR": "ipython", "KIT_WORK": "work", "KIT_ORIGINALS": "originals"}
    settings = {name: str(home / place) for name, place in places.items()}
    settings["PATH"] = os.pathsep.join([str(programs), os.environ["PATH"]])  # where nbgrader looks for alembic
    return os.environ | settings | {"PYTHON": str(programs / "python"), "PYTHONUTF8": "1"}


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory, environment):
    course = Course(tmp_path_factory.mktemp("course"), environment)
    shutil.copytree(make.FOLDER / "solutions", course.folder / "source" / "exercises")
    course.nbgrader("generate_assignment", "exercises")
    return course


@pytest.fixture(scope="module")
def marked(handed_out):
    """Ana does everything. Bo gets one wrong, one breaks, one is right; the rest Bo leaves as it was handed out."""
    solved = nbformat.read(make.solution_path(EXERCISE), as_version=4).cells
    right = {cell_name(cell).removeprefix("answer-"): cell.source for cell in solved if "answer" in cell_name(cell)}
    handed_out.hand_in("ana", right)
    handed_out.hand_in("bo", {"02-1": "answer_1 = len(mentions)", "02-2": "answer_2 = 1 / 0", "02-3": right["02-3"]})
    handed_out.mark()
    return handed_out


@every_exercise
def test_what_nbgrader_hands_out_is_our_starter(exercise, handed_out):
    starter = nbformat.reads(make.notebook(exercise, solved=False), as_version=4).cells
    for ours, theirs in zip(starter, handed_out.cells(exercise), strict=True):
        assert theirs.source.removesuffix(STUB).rstrip() == ours.source
        assert theirs.source.endswith(STUB) == cell_name(theirs).startswith("answer-")
        assert not theirs.get("outputs")


@every_exercise
def test_learners_can_change_their_answers_and_not_the_checks(exercise, handed_out):
    cells = {cell_name(cell): cell for cell in handed_out.cells(exercise) if cell_name(cell)}
    for key, task in exercise.tasks.items():
        assert cells[f"answer-{key}"].metadata.get("editable", True)
        if not isinstance(task, Open):
            assert cells[f"check-{key}"].metadata.editable is False


def test_right_answers_get_their_points_and_an_open_one_waits_for_a_person(marked):
    assert marked.points("ana") == {f"check-{key}": (1, 1, False) for key in MARKED} | {
        f"answer-{OPEN}": (None, 2, True)
    }


def test_what_is_wrong_broken_or_left_out_gets_no_points(marked):
    assert marked.points("bo") == {f"check-{key}": (int(key == "02-3"), 1, False) for key in MARKED} | {
        f"answer-{OPEN}": (0, 2, False)
    }


def test_feedback_gives_the_hint_and_no_traceback_of_ours(marked):
    told = marked.told("bo")
    hint = next(mistake.hint for mistake in EXERCISE.tasks["02-1"].mistakes if mistake.name == "all_mentions")
    assert f"02-1: Not yet. {hint}" in told
    assert "ZeroDivisionError" in told
    assert "feedback.py" not in told


def test_feedback_shows_an_open_answer_beside_the_rubric(marked):
    told = marked.told("ana")
    for line in EXERCISE.tasks[OPEN].rubric:
        assert line in told


def test_marking_is_kept_in_nobodys_progress(marked, environment):
    assert not [path for folder in (environment["KIT_WORK"], marked.folder) for path in Path(folder).rglob("progress*")]
