"""What teachers plan with is true: links lead somewhere, minutes add up, and every lesson is accounted for."""

import re
from pathlib import Path

import nbformat
import pytest

from kit.learning import marking

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "exercises" / "for-teachers"
PAGES = sorted(FOLDER.glob("*.md"))
PLANS = {"plan-90-minutes": [90], "plan-3x45": [45] * 3, "plan-10-weeks": [90] * 10}
CLASS = "90-minutes"

page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)


def text(stem):
    return (FOLDER / f"{stem}.md").read_text(encoding="utf-8")


def prose(notebook):
    return "\n".join(c.source for c in nbformat.read(notebook, as_version=4).cells if c.cell_type == "markdown")


@pytest.fixture(scope="module")
def minutes():
    """Minutes of each lesson as its first lines say, and those for *Discuss* and *Exercise*; 0 where there are none."""
    times = {}
    for notebook in (ROOT / "notebooks").glob("*.ipynb"):
        said = re.search(r"\*\*Time:\*\* (\d+) minutes(?:[^.]*? and (\d+) for)?", prose(notebook))
        times[notebook.stem] = (int(said[1]), int(said[2] or 0))
    return times


def timetables(page):
    """The tables of minutes below headings that say how many there are: (minutes, rows of (from, to, what))."""
    for part in re.split(r"^## ", page, flags=re.MULTILINE):
        if total := re.match(r".*\((\d+) minutes\)$", part, re.MULTILINE):
            rows = re.findall(r"^\| (\d+)–(\d+) \| ([^|]*) \|", part, re.MULTILINE)
            yield int(total[1]), [(int(start), int(end), what) for start, end, what in rows]


def spent(rows, on):
    return sum(end - start for start, end, what in rows if on in what)


@page
def test_every_link_leads_somewhere(path):
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        if not target.startswith("https://"):
            assert (path.parent / target.partition("#")[0]).exists(), target


def test_the_index_leads_to_every_page():
    linked = set(re.findall(r"\]\(([\w-]+)\.md\)", text("README")))
    assert {path.stem for path in PAGES} - {"README"} <= linked


@pytest.mark.parametrize(("stem", "lengths"), PLANS.items(), ids=PLANS)
def test_the_minutes_of_a_plan_add_up_to_what_it_says(stem, lengths):
    tables = list(timetables(text(stem)))
    assert [total for total, _ in tables] == lengths
    for total, rows in tables:
        assert [start for start, _, _ in rows] == [0, *(end for _, end, _ in rows[:-1])]
        assert rows[-1][1] == total


@pytest.mark.parametrize("stem", PLANS)
def test_a_plan_says_what_goes_wrong_and_what_to_say_then(stem):
    for part in (
        "**Print",
        "**Project",
        "Afterwards learners can",
        "## What usually goes wrong",
        "## Variants",
        "omework",
    ):
        assert part in text(stem), part


def test_the_headings_of_the_class_take_the_minutes_that_its_plan_gives_them():
    notebook = prose(ROOT / "notebooks" / f"{CLASS}.ipynb")
    parts = [int(n) for n in re.findall(r"^## (?!Exercise).*\((\d+) minutes\)$", notebook, re.MULTILINE)]
    assert sum(parts) == 90
    [(_, rows)] = timetables(text("plan-90-minutes"))
    assert {sum(parts[:n]) for n in range(1, 8)} <= {end for _, end, _ in rows}


@page
def test_a_lesson_takes_as_long_as_the_lesson_itself_says(path, minutes):
    quoted = re.findall(
        r"\(\.\./\.\./notebooks/([\w-]+)\.ipynb\) \| (\d+)(?: \+ (\d+))? \|", path.read_text(encoding="utf-8")
    )
    for lesson, long, more in quoted:
        assert (int(long), int(more or 0)) == minutes[lesson], lesson


def test_an_exercise_takes_as_long_as_its_tasks():
    said = re.findall(r"exercise (\d\d), (\d+)[;.]", text("README"))
    exercises = marking.exercises().values()
    assert said == [(e.lesson, str(sum(task.minutes for task in e.tasks.values()))) for e in exercises]


def test_the_term_gives_every_lesson_its_minutes(minutes):
    rows = [row for _, table in timetables(text("plan-10-weeks")) for row in table]
    lessons = {name: time for name, time in minutes.items() if name != CLASS}
    for name, (long, _) in lessons.items():
        assert spent(rows, f"Lesson {name[:2]}") == long, name
    assert spent(rows, "*Discuss* and *Exercise*") == sum(more for _, more in lessons.values())


def test_the_outcomes_cover_every_lesson(minutes):
    rows = re.findall(r"^\| \[[^]]*\]\(\.\./\.\./notebooks/([\w-]+)\.ipynb\)", text("outcomes"), re.MULTILINE)
    assert sorted(rows) == sorted(minutes)


def test_the_outcomes_say_what_the_kit_does_not_do():
    assert len(re.findall(r"^\| \*\*[1-5]\. ", text("outcomes"), re.MULTILINE)) == 5
    assert "barely" in re.search(r"^\| \*\*5\. .*$", text("outcomes"), re.MULTILINE)[0]


def test_no_two_comments_are_the_same():
    rows = text("rubrics").partition("## Comments to paste")[2]
    comments = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", rows, re.MULTILINE)[1:]
    assert len(comments) >= 25
    assert len({said for _, said in comments}) == len(comments)
