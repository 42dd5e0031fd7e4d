"""What a learner predicted is never lost: not on a full disk, not after a kill, not to a damaged file."""

import errno
import json
import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import KitError, KitWarning
from kit.folders import MANIFEST, work_folder
from kit.learning.progress import FILE, VERSION, events, latest, record

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def kept():
    """The learner's file, with one prediction in it."""
    record("prediction", "02-1", "the first")
    return work_folder() / FILE


def visible():
    """The files beside the learner's, without the hidden one by which notebooks wait for each other."""
    return [path for path in work_folder().iterdir() if not path.name.startswith(".progress.json.lock")]


def answers():
    return [event["answer"] for event in events()]


def test_without_a_file_nothing_was_predicted():
    assert events() == []
    assert latest("prediction", "02-1") is None
    assert not work_folder().exists()


def test_the_latest_answer_to_each_question_counts_and_the_former_are_kept():
    for key, answer in (("02-1", "a"), ("02-2", "b"), ("02-1", "“c” – ö")):
        record("prediction", key, answer)
    record("check", "02-1", "d")
    assert latest("prediction", "02-1") == "“c” – ö"
    assert latest("prediction", "02-2") == "b"
    assert latest("prediction", "02-3") is None
    assert answers() == ["a", "b", "“c” – ö", "d"]
    assert [event["answer"] for event in events("check")] == ["d"]


def test_an_event_says_when_in_universal_time(kept):
    assert datetime.fromisoformat(events()[0]["time"]).utcoffset().total_seconds() == 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(st.text(), st.text())
def test_any_answer_comes_back_as_it_was_given(key, answer):
    record("prediction", key, answer)
    assert latest("prediction", key) == answer


# Where it is kept ----------------------------------------------------------------------------------------------------


def test_the_file_lies_in_the_working_copy_wherever_in_it_a_notebook_runs(tmp_path, monkeypatch):
    monkeypatch.delenv("KIT_WORK")
    (tmp_path / "my-work" / "notebooks").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "my-work" / "notebooks")
    assert work_folder() == tmp_path / "my-work" / "notebooks"
    (tmp_path / "my-work" / MANIFEST).write_text("{}", encoding="utf-8")
    assert work_folder() == tmp_path / "my-work"


# Whole or not at all -------------------------------------------------------------------------------------------------


def full_disk(*_args, **_kwargs):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("fails", ["os.fsync", "pathlib.Path.replace", "tempfile.mkstemp", "pathlib.Path.mkdir"])
def test_on_a_full_disk_the_former_state_stays_and_the_learner_is_told(kept, monkeypatch, refusal, fails):
    before = kept.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(fails, full_disk)
        assert "No space" in refusal(lambda: record("prediction", "02-1", "the second"), FILE)
    assert kept.read_bytes() == before
    assert [path.name for path in visible()] == [FILE]
    record("prediction", "02-1", "the second")
    assert answers() == ["the first", "the second"]


WRITER = """
from itertools import count
from kit.learning.progress import record
for number in count():
    record("prediction", "02-1", str(number))
    print(number, flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX systems do")
def test_a_kill_while_writing_loses_nothing_that_was_recorded():
    acknowledged = -1
    for lines in (1, 23):
        before = len(events())
        with subprocess.Popen([sys.executable, "-c", WRITER], cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
            for _ in range(lines):
                acknowledged = int(writer.stdout.readline())
            writer.send_signal(signal.SIGKILL)
        assert answers()[before : before + lines] == [str(number) for number in range(acknowledged + 1)]
        assert json.loads((work_folder() / FILE).read_text(encoding="utf-8"))["version"] == VERSION
    record("prediction", "02-1", "after it all")
    assert latest("prediction", "02-1") == "after it all"


TEN = """
from kit.learning.progress import record
for number in range(10):
    record("check", "02-1", str(number), "right")
"""


def test_two_notebooks_that_record_at_once_lose_nothing():
    both = [subprocess.Popen([sys.executable, "-c", TEN], cwd=ROOT) for _ in range(2)]
    assert [writer.wait(60) for writer in both] == [0, 0]
    assert sorted(answers()) == sorted(2 * [str(number) for number in range(10)])


def test_a_notebook_that_writes_for_too_long_is_named(kept, monkeypatch, refusal):
    monkeypatch.setattr("kit.learning.progress.PATIENCE", 0.01)
    with FileLock(kept.with_name(".progress.json.lock")):
        refusal(lambda: record("prediction", "02-1", "x"), FILE, "another notebook")
    assert answers() == ["the first"]


def test_a_folder_that_may_not_be_written_is_named_and_nothing_is_lost(kept, monkeypatch, refusal):
    def denied(*_args, **_kwargs):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("kit.learning.progress.FileLock.acquire", denied)
    assert "Permission denied" in refusal(lambda: record("prediction", "02-1", "x"), FILE)
    assert answers() == ["the first"]


# Damaged and newer files ---------------------------------------------------------------------------------------------

DAMAGED = [
    b"",
    b"{",
    b"\xff\xfe",
    b"null",
    b"[]",
    b"{}",
    b'{"version": 1}',
    b'{"version": 1, "events": 5}',
    b'{"version": "one", "events": []}',
    b'{"version": 1, "events": ["02-1"]}',
    b'{"version": 1, "events": [{"kind": "prediction", "key": "02-1"}]}',
]


@pytest.mark.parametrize("damage", DAMAGED, ids=repr)
def test_a_damaged_file_is_set_aside_aloud_and_a_new_one_begins(kept, damage):
    kept.write_bytes(damage)
    with pytest.warns(KitWarning, match=FILE):
        assert latest("prediction", "02-1") is None
    assert [path.read_bytes() for path in visible()] == [damage]
    record("prediction", "02-1", "again")
    assert latest("prediction", "02-1") == "again"


def test_two_damaged_files_are_both_kept(kept):
    for damage in (b"{first", b"{second"):
        kept.write_bytes(damage)
        with pytest.warns(KitWarning, match=FILE):
            events()
    assert {path.read_bytes() for path in visible()} == {b"{first", b"{second"}


def test_the_file_of_a_newer_kit_is_refused_and_left_as_it_is(kept, refusal):
    kept.write_text('{"version": 99, "events": {"new": "shape"}}', encoding="utf-8")
    before = kept.read_bytes()
    for action in (events, lambda: latest("prediction", "02-1"), lambda: record("prediction", "02-1", "x")):
        assert "newer" in refusal(action, FILE)
    assert kept.read_bytes() == before


def test_a_file_that_may_not_be_read_is_named_and_not_overwritten(kept, forbid, refusal):
    before = kept.read_bytes()
    with forbid(kept):
        refusal(events, FILE)
        refusal(lambda: record("prediction", "02-1", "x"), FILE)
    assert kept.read_bytes() == before


def test_a_damaged_file_that_cannot_be_set_aside_is_left_and_named(kept, monkeypatch):
    kept.write_bytes(b"{")
    monkeypatch.setattr("pathlib.Path.replace", full_disk)
    with pytest.raises(KitError, match=FILE):
        events()
    assert kept.read_bytes() == b"{"
