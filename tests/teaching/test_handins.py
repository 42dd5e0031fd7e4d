"""What thirty students hand in is read as they hand it in; what cannot be read is said, and the rest goes on."""

import io
import json
import os
import shutil
import zipfile
from pathlib import Path

import pytest

import kit
from kit.coding import exchange, store
from kit.documents.readers import MOST_BYTES
from kit.learning import backup, progress
from kit.teaching.handins import collect, student_name

CORPUS = kit.load("harbour-strike")
TEXT = CORPUS[0]


@pytest.fixture
def pile(tmp_path):
    return Pile(tmp_path)


class Pile:
    """Students who work, and the folder in which they hand it in."""

    def __init__(self, tmp_path):
        self.home, self.folder = tmp_path / "homes", tmp_path / "in"
        self.folder.mkdir()

    def work(self, name, prediction="rebel", *, coder=None, value="present"):
        """Let a student predict, and code a text if there is a coder; return their folder."""
        folder = self.home / name
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("KIT_WORK", str(folder))
            progress.record("prediction", "02-1", prediction)
            progress.record("check", "02-1", "3", f"right, said {name}")
            if coder:
                store.add(TEXT, "entman", "problem", coder=coder, value=value)
        return folder

    def packed(self, name, **options):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("KIT_WORK", str(self.work(name, **options)))
            return backup.pack().data

    def exported(self, name, **options):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("KIT_WORK", str(self.work(name, **options)))
            return exchange.export(self.home / name)[0].read_bytes()

    def hand_in(self, path, data):
        """Put a file into the folder; `data` may be a file to copy."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data.read_bytes() if isinstance(data, Path) else data)
        return target

    def collect(self, place=None):
        return collect(place or self.folder)


def names(found):
    return [student.name for student in found.students]


def zipped(files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


# How work is handed in ------------------------------------------------------------------------------------------------


def test_progress_and_codes_are_read_from_files_with_a_name_and_from_a_folder_a_student(pile):
    pile.hand_in("ana-progress.json", pile.work("Ana") / progress.FILE)
    pile.hand_in("codes-ana.csv", pile.exported("Ana", coder="Ana"))
    pile.hand_in("Bo Berg/progress.json", pile.work("Bo") / progress.FILE)
    pile.hand_in("Bo Berg/codes-bo.csv", pile.exported("Bo", coder="Bo"))
    found = pile.collect()
    assert found.problems == []
    assert names(found) == ["ana", "Bo Berg"]
    assert [len(student.codes) for student in found.students] == [1, 1]
    assert found.students[0].events[0]["answer"] == "rebel"


def test_work_that_the_kit_packed_is_read_with_its_codes(pile):
    pile.hand_in("ana.zip", pile.packed("Ana", coder="Ana"))
    [ana] = pile.collect().students
    assert (ana.name, len(ana.events), {code.coder for code in ana.codes}) == ("ana", 2, {"Ana"})


def test_a_backup_that_a_browser_unpacked_by_itself_is_read_as_well(pile):
    with zipfile.ZipFile(io.BytesIO(pile.packed("Ana", coder="Ana"))) as archive:
        archive.extractall(pile.folder / "Ana" / "my-work-2026-11-25")
    pile.hand_in("Bo.zip", pile.packed("Bo"))
    found = pile.collect()
    assert (names(found), found.problems) == (["Ana", "Bo"], [])
    assert len(found.students[0].codes) == 1


def test_a_copy_of_a_students_folder_is_read_with_its_store(pile):
    shutil.copytree(pile.work("Ana", coder="Ana"), pile.folder / "Ana")
    before = {path: path.read_bytes() for path in pile.folder.rglob("*") if path.is_file()}
    [ana] = pile.collect().students
    assert len(ana.codes) == 1
    assert {path: path.read_bytes() for path in pile.folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "entry",
    [
        "Ana Lima_123_assignsubmission_file_/my-work-2026-11-25.zip",
        "Ana Lima_123_assignsubmission_file_my-work-2026-11-25.zip",
        "Ana Lima_late_4711_815_my-work-2026-11-25.zip",
        "Ana Lima_4711_815_my-work-2026-11-25 (1).zip",
        "Group 7/Ana Lima/my-work.zip",
    ],
)
def test_the_zip_of_a_learning_platform_is_read_where_it_lies(pile, entry, tmp_path):
    other = entry.replace("Ana Lima", "Bo").replace("4711", "4712")
    place = tmp_path / "download.zip"
    place.write_bytes(zipped({entry: pile.packed("Ana"), other: pile.packed("Bo", prediction="fighter")}))
    for way in (place, tmp_path / "folder"):
        if way is not place:
            way.mkdir()
            shutil.copy(place, way)
        found = collect(way)
        assert (names(found), found.problems) == (["Ana Lima", "Bo"], [])


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        ("progress.json", ""),
        ("my-work-2026-11-25.zip", ""),
        ("Zoë.json", "Zoë"),
        ("Zoe\u0308", "Zoë"),
        ("Ana_Lima", "Ana_Lima"),
        ("Progressa.zip", "Progressa"),
        ("ana's progress (2).json", "ana's"),
    ],
)
def test_a_name_is_what_is_left_of_a_files(entry, name):
    assert student_name(entry) == name


def test_capital_letters_make_no_two_students(pile):
    pile.hand_in("Ana/progress.json", pile.work("Ana") / progress.FILE)
    pile.hand_in("codes-ana.csv", pile.exported("Ana", coder="A."))
    assert names(pile.collect()) == ["Ana"]


def test_of_an_earlier_and_a_later_file_the_later_counts(pile):
    earlier = (pile.work("Ana") / progress.FILE).read_bytes()
    pile.hand_in("Ana/progress.json", earlier)
    pile.hand_in("Ana/progress (1).json", pile.work("Ana", "fighter") / progress.FILE)
    [ana] = pile.collect().students
    assert len(ana.events) == 4


# What is set aside ----------------------------------------------------------------------------------------------------


@pytest.fixture
def good(pile):
    """Somebody whose work is read whatever the others hand in."""
    pile.hand_in("Good/progress.json", pile.work("Good") / progress.FILE)
    return pile


def set_aside(pile, *told):
    """Return the one sentence about what was set aside; the good student is still there."""
    found = pile.collect()
    assert "Good" in names(found)
    [problem] = found.problems
    assert len(problem.splitlines()) == 1
    for words in told:
        assert words in problem
    return problem


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("Bo/progress.json", b"{", "damaged"),
        ("Bo/progress.json", b"", "damaged"),
        ("Bo/progress.json", b"\xff\xfe\x00", "damaged"),
        ("Bo/progress.json", json.dumps({"version": 99, "events": []}).encode(), "newer kit"),
        ("Bo/codes-bo.csv", b"a,b\n1,2\n", "has no column"),
        ("Bo/codes.json", b"[{}]", "damaged"),
        ("Bo/codes.sqlite", b"no database at all", "damaged"),
        ("Bo/work.docx", b"x", "no work of a learner"),
        ("readme.txt", b"x", "no work of a learner"),
        ("Bo/notes.json", b"{}", "neither progress nor codes"),
        ("Bo.zip", b"PK no zip", "no ZIP, or a damaged one"),
        ("Bo.zip", zipped({"kit-backup.json": "{}"}), "damaged"),
        ("progress.json", b"{}", "does not say whose it is"),
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_goes_on(good, name, data, told):
    good.hand_in(name, data)
    set_aside(good, told, "Bo" if "neither" in told else name.split("/")[-1].split(".")[0])


@pytest.mark.parametrize("place", ["../../progress.json", "/progress.json", "C:\\progress.json"])
def test_what_a_zip_would_put_elsewhere_is_read_where_it_lies_and_never_written(good, place):
    good.hand_in("Bo.zip", zipped({place: (good.work("Bo") / progress.FILE).read_bytes()}))
    before = {path: path.read_bytes() for path in good.folder.parent.rglob("*") if path.is_file()}
    assert names(good.collect()) == ["Bo", "Good"]
    assert {path: path.read_bytes() for path in good.folder.parent.rglob("*") if path.is_file()} == before


def test_a_file_of_fifty_megabytes_is_set_aside_unread(good):
    path = good.folder / "Bo" / "progress.json"
    path.parent.mkdir()
    with path.open("wb") as file:
        file.truncate(50_000_000)
    set_aside(good, "larger than 20 MB", "progress.json")


def test_a_zip_that_unpacks_to_more_than_it_may_is_set_aside(good):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("progress.json", b" " * (MOST_BYTES + 1))
    good.hand_in("Bo.zip", packed.getvalue())
    set_aside(good, "larger than 20 MB")


def test_a_file_that_may_not_be_read_is_set_aside(good, forbid):
    path = good.hand_in("Bo/progress.json", b"{}")
    with forbid(path):
        set_aside(good, "cannot be read", "Permission denied")


def test_a_line_that_is_no_code_is_left_out_and_the_others_count(good):
    lines = good.exported("Bo", coder="Bo").decode("utf-8-sig").splitlines()
    good.hand_in("Bo/codes-bo.csv", "\n".join([*lines, lines[-1].replace(",0,", ",x,", 1)]).encode())
    set_aside(good, "codes-bo.csv, line 3", "whole numbers")
    assert [(len(s.codes), s.aside) for s in good.collect().students] == [(1, ""), (0, "")]


def test_different_work_under_one_name_is_set_aside_for_both(good):
    good.hand_in("Bo/progress.json", good.work("Bo") / progress.FILE)
    good.hand_in("bo-progress.json", good.work("Bo the other", "fighter") / progress.FILE)
    set_aside(good, "differ under one name", "Bo/progress.json", "bo-progress.json")


def test_the_same_work_under_two_names_is_set_aside_for_both(good):
    for name in ("Bo", "Cem"):
        good.hand_in(
            f"{name}/progress.json",
            good.work("Bo") / progress.FILE if name == "Bo" else good.home / "Bo" / progress.FILE,
        )
    set_aside(good, "Bo, Cem", "same progress")
    assert [(s.name, s.events, s.aside) for s in good.collect().students][:2] == [
        (name, [], "the same progress under several names") for name in ("Bo", "Cem")
    ]


def test_an_empty_folder_is_named(good):
    (good.folder / "Bo").mkdir()
    set_aside(good, "Bo", "nothing in this folder")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_is_no_ordinary_file_is_set_aside(good):
    (good.folder / "Bo").mkdir()
    os.mkfifo(good.folder / "Bo" / "progress.json")
    set_aside(good, "no ordinary file")


def test_what_systems_leave_behind_is_passed_over(good):
    for name in (
        ".DS_Store",
        "__MACOSX/._x.json",
        "~$codes.csv",
        "Good/.progress.json.lock",
        "Good/progress.damaged-1.json",
    ):
        good.hand_in(name, b"x")
    assert good.collect().problems == []


def test_a_place_that_is_not_there_or_no_zip_is_refused(pile, refusal, tmp_path):
    refusal(lambda: collect(tmp_path / "nowhere"), "nowhere", "no such folder or ZIP")
    refusal(lambda: collect(pile.hand_in("in.zip", b"x")), "in.zip", "no ZIP")
