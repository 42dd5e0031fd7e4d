"""The lessons are the product: executed, complete, within what a learner can take in, and true on every corpus."""

import contextlib
import io
import json
import re
import warnings
from pathlib import Path

import nbformat
import pytest
from IPython.core.displayhook import CapturingDisplayHook
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell

from tests import SHARED

ROOT = Path(__file__).resolve().parent.parent
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
ORIGINALS = SHARED / "documents"
TAGS = {"nbval-check-output", "nbval-ignore-output"}
SECTIONS = [
    "question",
    "First think|First by hand",
    "evidence|belongs to the article",
    "cannot tell",
    "Check yourself",
    "Discuss",
    "Exercise",
]
CLASS = "90-minutes"  # one notebook for a first class, with a question for each pillar
PILLARS = ["Naming", "Sourcing", "Framing"]

lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)


def cells(path, kind="code"):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def prose(path):
    return "\n".join(cell.source for cell in cells(path, "markdown"))


@pytest.fixture
def here(tmp_path):
    """An empty folder to run in; what a learner does is kept in another."""
    (tmp_path / "here").mkdir()
    return tmp_path / "here"


def run(notebook, folder):
    """Run every cell as a learner would, in a folder of its own, and return all that is shown; an error raises.

    It runs in IPython as a kernel has it, but in this process: to start a kernel and import everything in it takes
    longer than most lessons. In kernels of their own nbval runs them all.
    """
    printed = io.StringIO()
    shell = InteractiveShell.instance()
    shell.display_pub = CapturingDisplayPublisher()
    try:
        with contextlib.chdir(folder), contextlib.redirect_stdout(printed), warnings.catch_warnings():
            warnings.simplefilter("default")  # a learner is warned, not stopped
            for cell in notebook.cells:
                if cell.cell_type == "code":
                    cell.outputs = shell.display_pub.outputs = []
                    shell.display_trap.hook = CapturingDisplayHook(shell=shell, outputs=cell.outputs)
                    shell.run_cell(cell.source, store_history=True).raise_error()
    finally:
        InteractiveShell.clear_instance()
    return printed.getvalue() + json.dumps([cell.outputs for cell in notebook.cells if cell.cell_type == "code"])


def on_another_corpus(notebook, name):
    """Change what the lesson tells to change: the name in its first cell, and nothing else."""
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    assert 'kit.load("aleppo-2016")' in first.source
    first.source = first.source.replace("aleppo-2016", name)
    return notebook


def test_the_lessons_are_there():
    assert [path.stem for path in LESSONS] == [
        "00-start-here",
        "01-meet-the-documents",
        "02-naming",
        "03-who-says-so",
        "04-whose-voice",
        "05-what-is-the-story",
        "06-what-can-a-machine-see",
        CLASS,
    ]


@lesson
def test_every_cell_was_run_in_order_and_none_failed(path):
    assert [cell.execution_count for cell in cells(path)] == list(range(1, len(cells(path)) + 1))
    kinds = {output.output_type for cell in cells(path) for output in cell.outputs}
    assert "error" not in kinds
    assert not any(output.get("name") == "stderr" for cell in cells(path) for output in cell.outputs)


@lesson
def test_what_nbval_checks_has_something_to_check(path):
    tags = {tag for cell in cells(path) for tag in cell.metadata.get("tags", [])}
    assert tags <= TAGS
    for cell in cells(path):
        if "nbval-check-output" in cell.metadata.get("tags", []):
            assert cell.outputs, cell.source


@lesson
def test_a_cell_holds_one_idea(path):
    for cell in cells(path):
        lines = [line for line in cell.source.splitlines() if line.strip() and not line.startswith("#")]
        assert len(lines) <= 6, cell.source


@lesson
def test_a_lesson_has_all_its_parts(path):
    text = prose(path)
    assert re.search(r"\*\*Time:\*\* \d+ minutes", text)
    assert "**When you have finished, you can**" in text
    headings = re.findall(r"^###? (.*)$", text, re.MULTILINE)
    for part in SECTIONS:
        assert any(re.search(part, heading) for heading in headings), part
    code = "".join(cell.source for cell in cells(path))
    assert "kit.predict(" in code
    assert f'kit.quiz("{path.stem[:2]}")' in code


@pytest.mark.parametrize("pillar", PILLARS)
def test_the_class_predicts_looks_and_doubts_for_each_pillar(pillar):
    cells = nbformat.read(ROOT / "notebooks" / f"{CLASS}.ipynb", as_version=4).cells
    text = "\n".join(cell.source for cell in cells)
    part = re.search(rf"^## {pillar}: .*?(?=^## )", text, re.MULTILINE | re.DOTALL)[0]
    steps = ["kit.predict(", "kit.prediction(", "### Look at the evidence", "cannot tell you"]
    assert [part.find(step) for step in steps] == sorted(part.index(step) for step in steps)


@lesson
def test_links_to_other_lessons_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)#]+\.ipynb)\)", prose(path)):
        assert (path.parent / target).is_file(), target


@pytest.mark.slow
@lesson
@pytest.mark.skipif(not ORIGINALS.is_dir(), reason="needs ../shared/documents")
def test_a_lesson_runs_on_the_originals(path, here):
    from kit.documents.originals import recognised

    for file in ORIGINALS.glob("*.txt"):
        assert recognised(file, "aleppo-2016")
    page = run(nbformat.read(path, as_version=4), here)
    assert list(here.iterdir()) == []
    assert "The ORIGINAL articles that you added" in page or path.stem.startswith("00")


@pytest.mark.slow
def test_the_first_lesson_writes_nothing_beside_it(here):
    run(nbformat.read(LESSONS[0], as_version=4), here)
    assert list(here.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", [path.stem for path in LESSONS[1:]])
def test_a_lesson_also_runs_on_the_harbour_strike_and_writes_nothing_beside_it(name, here):
    notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    assert "Harbour Gazette" in run(on_another_corpus(notebook, "harbour-strike"), here)
    assert list(here.iterdir()) == []


@pytest.mark.slow
def test_the_stylebook_exercise_works_as_it_says(here):
    notebook = nbformat.read(ROOT / "notebooks" / "02-naming.ipynb", as_version=4)
    cell = next(cell for cell in notebook.cells if "book.save(" in cell.source and cell.cell_type == "code")
    cell.source = cell.source.replace("# ", "")
    run(notebook, here)
    assert [path.name for path in here.iterdir()] == ["my-aleppo-2016.csv"]
    assert (here / "my-aleppo-2016.csv").stat().st_size > 1000
    assert "terrorist" in cell.outputs[0]["data"]["text/plain"]
