"""The working copy: an update adds what is new, keeps what the learner changed, and names each clash."""

import errno
import json

import pytest

from kit.folders import MANIFEST
from kit.learning.workspace import prepare


def notebook(source, outputs=(), **metadata):
    cell = {
        "cell_type": "code",
        "source": source,
        "outputs": list(outputs),
        "metadata": metadata,
        "execution_count": None,
    }
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1) + "\n"


class Lessons:
    """What the kit ships, and the learner's folder."""

    def __init__(self, shipped, work):
        self.shipped, self.work = shipped, work

    def ship(self, text, name="notebooks/00.ipynb"):
        (self.shipped / name).parent.mkdir(parents=True, exist_ok=True)
        (self.shipped / name).write_text(text, encoding="utf-8")

    def write(self, text, name="notebooks/00.ipynb"):
        (self.work / name).write_text(text, encoding="utf-8")

    def read(self, name="notebooks/00.ipynb"):
        return (self.work / name).read_text(encoding="utf-8")

    def prepare(self):
        return prepare(self.work)


@pytest.fixture
def lessons(tmp_path, monkeypatch):
    """A shelf with one lesson and one exercise, laid out once."""
    made = Lessons(tmp_path / "shipped", tmp_path / "my-work")
    monkeypatch.setattr("kit.learning.workspace.shipped", lambda folder: made.shipped / folder)
    made.ship(notebook("one"))
    made.ship(notebook("exercise"), "exercises/00.ipynb")
    made.said = made.prepare()
    return made


def test_a_new_copy_holds_every_lesson_and_exercise(lessons):
    assert lessons.said == ["added notebooks/00.ipynb", "added exercises/00.ipynb"]
    assert lessons.read() == notebook("one")
    assert lessons.read("exercises/00.ipynb") == notebook("exercise")


def test_a_lesson_comes_without_its_answers(lessons):
    answered = [{"output_type": "stream", "name": "stdout", "text": "three times"}]
    lessons.ship(notebook("two", outputs=answered), "notebooks/01.ipynb")
    lessons.prepare()
    assert lessons.read("notebooks/01.ipynb") == notebook("two")


def test_the_kit_s_own_lessons_are_never_the_working_copy(lessons, refusal):
    refusal(lambda: prepare(lessons.shipped), lessons.shipped)


def test_a_second_time_nothing_happens(lessons):
    assert lessons.prepare() == []


def test_an_update_adds_what_is_new_and_renews_what_was_not_touched(lessons):
    lessons.ship(notebook("two"))
    lessons.ship(notebook("new"), "notebooks/01.ipynb")
    assert lessons.prepare() == ["updated notebooks/00.ipynb", "added notebooks/01.ipynb"]
    assert lessons.read() == notebook("two")
    assert lessons.prepare() == []


def test_what_the_learner_changed_is_kept(lessons):
    lessons.write(notebook("mine"))
    assert lessons.prepare() == ["kept notebooks/00.ipynb, which you changed"]
    assert lessons.read() == notebook("mine")


def test_a_clash_keeps_both_and_names_them(lessons):
    lessons.write(notebook("mine"))
    lessons.ship(notebook("two"))
    (said,) = lessons.prepare()
    assert said.startswith("clash")
    assert "notebooks/00.ipynb" in said
    assert "00.new.ipynb" in said
    assert lessons.read() == notebook("mine")
    assert lessons.read("notebooks/00.new.ipynb") == notebook("two")
    assert lessons.prepare() == ["kept notebooks/00.ipynb, which you changed"]


def test_a_new_version_the_learner_has_begun_to_work_in_is_not_overwritten(lessons):
    lessons.write(notebook("mine"))
    lessons.ship(notebook("two"))
    lessons.prepare()
    lessons.write(notebook("mine, in two"), "notebooks/00.new.ipynb")
    lessons.ship(notebook("three"))
    lessons.prepare()
    texts = [path.read_text(encoding="utf-8") for path in (lessons.work / "notebooks").glob("*.ipynb")]
    assert sorted(texts) == sorted([notebook("mine"), notebook("mine, in two"), notebook("three")])


def test_running_a_notebook_is_no_change(lessons):
    ran = notebook(["o", "ne"], [{"output_type": "stream", "name": "stdout", "text": "1"}], collapsed=True)
    lessons.write(ran)
    assert lessons.prepare() == []
    assert lessons.read() == ran
    lessons.ship(notebook("two"))
    assert lessons.prepare() == ["updated notebooks/00.ipynb"]


def test_a_change_taken_back_is_no_change(lessons):
    lessons.write(notebook("mine"))
    lessons.prepare()
    lessons.write(notebook("one"))
    lessons.ship(notebook("two"))
    assert lessons.prepare() == ["updated notebooks/00.ipynb"]


def test_a_deleted_lesson_comes_back_and_the_learner_s_own_files_stay(lessons):
    (lessons.work / "notebooks" / "00.ipynb").unlink()
    lessons.write("mine", "notebooks/my-stylebook.csv")
    assert lessons.prepare() == ["added notebooks/00.ipynb"]
    assert lessons.read("notebooks/my-stylebook.csv") == "mine"


def test_a_lesson_that_is_no_longer_shipped_stays(lessons):
    (lessons.shipped / "notebooks" / "00.ipynb").unlink()
    assert lessons.prepare() == []
    assert lessons.read() == notebook("one")


@pytest.mark.parametrize("broken", ["", "{", "null", "[1]", '"text"', '{"notebooks/00.ipynb": 5}'])
def test_a_damaged_manifest_loses_nothing(lessons, broken):
    lessons.write(notebook("mine"))
    lessons.write(broken, MANIFEST)
    lessons.ship(notebook("two"))
    (said,) = lessons.prepare()
    assert said.startswith("clash")
    assert lessons.read() == notebook("mine")
    assert lessons.prepare() == ["kept notebooks/00.ipynb, which you changed"]


@pytest.mark.parametrize("broken", ["", "no JSON", "[]", '{"cells": 5}', '{"cells": [{"source": 5}]}'])
def test_a_notebook_the_learner_broke_is_kept(lessons, broken):
    lessons.write(broken)
    lessons.ship(notebook("two"))
    assert lessons.prepare()[0].startswith("clash")
    assert lessons.read() == broken


def test_only_notebooks_for_learners_are_laid_out(lessons):
    for name in ("notebooks/.ipynb_checkpoints/00-checkpoint.ipynb", "notebooks/.DS_Store", "notebooks/quizzes.toml"):
        lessons.ship("x", name)
    for name in ("solutions/00.ipynb", "sources/00.py", "for-teachers/README.md"):
        lessons.ship("x", f"exercises/{name}")
    assert lessons.prepare() == []


def test_a_kit_without_exercises_still_lays_out_its_lessons(lessons, tmp_path):
    (lessons.shipped / "exercises").rename(tmp_path / "elsewhere")
    assert prepare(tmp_path / "other") == ["added notebooks/00.ipynb"]


def test_a_target_that_is_a_file_is_refused(lessons, tmp_path, refusal):
    target = tmp_path / "taken"
    target.write_text("mine", encoding="utf-8")
    assert "file" in refusal(lambda: prepare(target), "taken")
    refusal(lambda: prepare(target / "below"), "taken")
    assert target.read_text(encoding="utf-8") == "mine"


def test_on_a_full_disk_what_the_learner_has_is_untouched(lessons, monkeypatch, refusal):
    lessons.ship(notebook("two"))

    def full_disk(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full_disk)
        assert "No space" in refusal(lessons.prepare)
    assert lessons.read() == notebook("one")
    assert lessons.prepare() == ["updated notebooks/00.ipynb"]


def test_an_interrupted_update_is_finished_the_next_time(lessons, monkeypatch, refusal):
    lessons.ship(notebook("two"))
    lessons.ship(notebook("new"), "exercises/00.ipynb")
    files = iter([*2 * [None], OSError(errno.ENOSPC, "No space left on device")])  # the third is the list of files

    def full_at_last(*_):
        if error := next(files):
            raise error

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full_at_last)
        refusal(lessons.prepare, "No space")
    assert lessons.prepare() == []
    lessons.ship(notebook("three"))
    assert lessons.prepare() == ["updated notebooks/00.ipynb"]


def test_a_file_in_the_working_copy_that_may_not_be_read_is_named(lessons, forbid, refusal):
    with forbid(lessons.work / "notebooks" / "00.ipynb"):
        refusal(lessons.prepare, "00.ipynb")
