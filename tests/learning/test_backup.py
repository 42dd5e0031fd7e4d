"""A learner's work goes with them and comes back whole; nothing that is here already is ever lost by it."""

import errno
import io
import json
import re
import sqlite3
import stat
import sys
import zipfile
from base64 import b64decode
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

import kit
from kit.cli import main
from kit.coding import store
from kit.learning import backup, progress, uploads
from kit.learning.backup import ABOUT, CODES, PROGRESS, pack, restore
from kit.learning.workspace import prepare

NOW = datetime(2031, 5, 14, tzinfo=UTC)


def notebook(source, outputs=()):
    cell = {"cell_type": "code", "source": source, "metadata": {}, "outputs": list(outputs), "execution_count": None}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


class Desk:
    """The folder a learner works in; `move` takes them to an empty one, as on another machine."""

    def __init__(self, tmp_path, monkeypatch):
        self._home, self._patch, self._machines = tmp_path, monkeypatch, 0
        self.shipped = tmp_path / "shipped"
        monkeypatch.setattr("kit.learning.workspace.shipped", lambda kind: self.shipped / kind)
        (self.shipped / "exercises").mkdir(parents=True)
        for name in ("00", "01"):
            self.ship(notebook("one"), f"notebooks/{name}.ipynb")
        self.move()

    def ship(self, text, name="notebooks/00.ipynb"):
        (self.shipped / name).parent.mkdir(exist_ok=True)
        (self.shipped / name).write_text(text, encoding="utf-8")

    def move(self, *, laid_out=True):
        self._machines += 1
        self.folder = self._home / f"machine-{self._machines}" / "work"
        self._patch.setenv("KIT_WORK", str(self.folder))
        if laid_out:
            prepare(self.folder)

    def write(self, name, text):
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text, encoding="utf-8")

    def read(self, name):
        return (self.folder / name).read_text(encoding="utf-8")

    def files(self):
        """Everything there is, by name, but for what notebooks use to wait for each other."""
        every = (path for path in self.folder.rglob("*") if path.is_file())
        names = {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in every}
        return {name: data for name, data in names.items() if not name.startswith((".progress", "codes.sqlite-"))}


@pytest.fixture
def desk(tmp_path, monkeypatch):
    return Desk(tmp_path, monkeypatch)


@pytest.fixture
def corpus():
    return kit.load("harbour-strike")


@pytest.fixture
def worked(desk, corpus):
    """A desk at which somebody has predicted, coded, changed a lesson and added files of their own."""
    progress.record("prediction", "02-1", "“the first” – ö")
    progress.record("check", "02-1", "3", "right")
    store.add(corpus[0], "entman", "problem", coder="Ana", value="prominent", note="=why?")
    store.add(corpus[0], "entman", "cause", coder="Ana", value="present")
    store.remove(corpus[0], "entman", "cause", coder="Ana")
    desk.write("notebooks/00.ipynb", notebook("mine"))
    desk.write("my-stylebook.csv", "referent,label\n")
    desk.write("corpora/school/texts/one.txt", "The pupils went home.")
    return desk


def names(data):
    return set(zipfile.ZipFile(io.BytesIO(data)).namelist())


def zipped(**changes):
    """A backup in which some members are replaced, added, or left out (None)."""
    members = {
        ABOUT: json.dumps({"version": 1, "laid_out": {}}),
        PROGRESS: json.dumps({"version": 2, "events": []}),
        CODES: "[]",
        "files/mine.csv": "a,b\n",
    } | {name.replace("__", "/"): content for name, content in changes.items()}
    return archive({name: content for name, content in members.items() if content is not None})


def archive(members):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return made.getvalue()


# ---- away and back ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("laid_out", [True, False], ids=["a fresh working copy", "an empty folder"])
def test_everything_comes_back_on_another_machine(worked, corpus, laid_out):
    events, entries, codes = progress.events(), store.log(), kit.coding.codes(corpus)
    data, left_out = pack()
    assert left_out == []
    worked.move(laid_out=laid_out)
    assert not progress.events()
    restore(data, "my-work.zip")
    assert progress.events() == events
    assert store.log() == entries
    assert kit.coding.codes(corpus).equals(codes)
    assert worked.read("notebooks/00.ipynb").split() == json.dumps(json.loads(notebook("mine")), indent=1).split()
    assert worked.read("my-stylebook.csv") == "referent,label\n"
    assert worked.read("corpora/school/texts/one.txt") == "The pupils went home."
    assert ("notebooks/01.ipynb" in worked.files()) == laid_out
    assert not [name for name in worked.files() if ".new" in name]


def test_what_was_done_can_be_undone_after_coming_back(worked, corpus):
    data = pack().data
    worked.move()
    restore(data, "my-work.zip")
    store.undo("Ana")
    assert set(kit.coding.codes(corpus)["code"]) == {"problem", "cause"}


def test_bringing_it_back_where_it_is_already_changes_nothing(worked):
    data = pack().data
    before = worked.files()
    assert not [line for line in restore(data, "my-work.zip") if "0 of" not in line]
    restore(data, "my-work.zip")
    assert worked.files() == before


def test_an_empty_desk_can_be_packed_and_restored(desk):
    data = pack().data
    assert names(data) == {ABOUT, PROGRESS, CODES}
    before = desk.files()
    assert restore(data, "my-work.zip") == ["everything was here already"]
    assert desk.files() == before


# ---- what is packed --------------------------------------------------------------------------------------------


def test_only_what_the_learner_made_or_changed_is_packed(worked):
    for name in (".ipynb_checkpoints/00.ipynb", "__pycache__/a.csv", "notebooks/.hidden.csv", "my-work-2031-01-01.zip"):
        worked.write(name, "x")
    assert names(pack().data) == {
        *(ABOUT, PROGRESS, CODES),
        *("files/notebooks/00.ipynb", "files/my-stylebook.csv", "files/corpora/school/texts/one.txt"),
    }


def test_codes_that_another_notebook_is_just_writing_are_not_waited_for_nor_torn(worked):
    connection = sqlite3.connect(worked.folder / store.FILE)
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO code (document, coder, value) VALUES ('half', 'B', 'done')")
        packed = json.loads(zipfile.ZipFile(io.BytesIO(pack().data)).read(CODES))
    finally:
        connection.rollback()
        connection.close()
    assert [entry["value"] for entry in packed] == ["prominent", "present", ""]


def test_results_of_cells_are_not_packed(worked):
    shown = [{"output_type": "stream", "name": "stdout", "text": "a whole article"}]
    worked.write("notebooks/mine.ipynb", notebook("kit.show(corpus[0])", shown))
    data = pack().data
    packed = zipfile.ZipFile(io.BytesIO(data)).read("files/notebooks/mine.ipynb")
    assert b"kit.show(corpus[0])" in packed
    assert b"a whole article" not in packed


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_originals_stay_where_they_are(worked, shared, newline):
    for number, article in enumerate(shared("documents").glob("*.txt")):
        text = article.read_text(encoding="utf-8").replace("\n", newline)
        (worked.folder / f"copy-{number}.txt").write_bytes(text.encode("utf-8"))
    assert number > 0
    assert not [name for name in names(pack().data) if "copy" in name]


def test_what_has_no_room_or_is_of_another_kind_is_left_out_and_named(worked, monkeypatch):
    monkeypatch.setattr("kit.learning.backup.MOST", 40_000)
    worked.write("large.csv", "x" * 39_990)
    worked.write("film.mp4", "x")
    data, left_out = pack()
    assert sorted(left_out) == ["film.mp4", "large.csv"]
    assert "files/my-stylebook.csv" in names(data)
    worked.move()
    assert "restored my-stylebook.csv" in restore(data, "my-work.zip")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_a_name_that_another_system_cannot_write_is_left_out_and_named(worked):
    worked.write("why?.csv", "x")
    worked.write("folder /a.csv", "x")
    assert sorted(pack().left_out) == ["folder /a.csv", "why?.csv"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a right on Windows")
def test_links_are_not_followed(worked, tmp_path):
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (worked.folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    assert "files/link.txt" not in names(pack().data)


def test_of_a_folder_that_is_no_working_copy_only_progress_and_codes_are_packed(worked):
    worked.move(laid_out=False)
    worked.write("private.txt", "a letter")
    progress.record("prediction", "02-1", "a")
    assert names(pack().data) == {ABOUT, PROGRESS, CODES}


def test_a_notebook_that_the_learner_broke_is_packed_as_it_is(worked):
    worked.write("notebooks/00.ipynb", "{ broken")
    data = pack().data
    assert zipfile.ZipFile(io.BytesIO(data)).read("files/notebooks/00.ipynb") == b"{ broken"


# ---- nothing is lost -------------------------------------------------------------------------------------------


def test_a_file_that_differs_here_is_kept_beside_the_restored_one(worked):
    data = pack().data
    worked.move()
    worked.write("notebooks/00.ipynb", notebook("other work"))
    worked.write("my-stylebook.csv", "mine, newer\n")
    said = restore(data, "my-work.zip")
    assert "kept my-stylebook.csv, which differs here; the restored one is my-stylebook.new.csv" in said
    assert worked.read("my-stylebook.csv") == "mine, newer\n"
    assert worked.read("my-stylebook.new.csv") == "referent,label\n"
    assert "other work" in worked.read("notebooks/00.ipynb")
    assert "mine" in worked.read("notebooks/00.new.ipynb")
    before = worked.files()
    restore(data, "my-work.zip")
    assert worked.files() == before


def test_a_newer_version_of_a_lesson_is_kept_beside_the_restored_one(worked):
    data = pack().data
    worked.ship(notebook("two"))
    worked.move()
    restore(data, "my-work.zip")
    assert "two" in worked.read("notebooks/00.ipynb")
    assert "mine" in worked.read("notebooks/00.new.ipynb")


def test_a_restored_lesson_counts_as_changed_by_the_learner(worked):
    data = pack().data
    worked.move()
    restore(data, "my-work.zip")
    assert prepare(worked.folder) == ["kept notebooks/00.ipynb, which you changed"]


def event(time, answer):
    at = f"2031-05-14T{time}+00:00"
    return {"time": at, "kind": "check", "key": "02-1", "asked": "", "answer": answer, "result": "right"}


def test_predictions_and_answers_of_both_are_kept_in_order_of_time(desk):
    progress.take_in([event("10:00:00", "b"), event("12:00:00", "d")])
    there = {"version": 2, "events": [event("09:00:00", "a"), event("10:00:00", "b"), event("11:00:00", "c")]}
    restore(zipped(**{PROGRESS: json.dumps(there)}), "my-work.zip")
    assert [e["answer"] for e in progress.events()] == ["a", "b", "c", "d"]
    assert [e["result"] for e in progress.events()] == ["right"] * 4


def test_a_later_code_here_is_not_replaced_by_an_earlier_one_from_the_file(worked, corpus):
    data = pack().data
    store.add(corpus[0], "entman", "problem", coder="Ana", value="absent")
    restore(data, "my-work.zip")
    codes = kit.coding.codes(corpus)
    assert dict(zip(codes["code"], codes["value"], strict=True)) == {"problem": "absent"}


def test_codes_of_somebody_else_of_the_same_name_are_kept_under_another_and_it_is_said(worked, corpus):
    data = pack().data
    worked.move()
    store.add(corpus[0], "entman", "problem", coder="Ana", value="absent")
    for new in (3, 0):
        said = restore(data, "my-work.zip")
        assert f"restored codes: {new} of 3 were not here" in said
        assert [sentence for sentence in said if "'Ana (2)'" in sentence]
    table = kit.coding.codes(corpus)
    assert dict(zip(table["coder"], table["value"], strict=True)) == {"Ana": "absent", "Ana (2)": "prominent"}


def test_later_codes_of_the_same_person_win(worked, corpus):
    earlier = pack().data
    store.add(corpus[0], "entman", "problem", coder="Ana", value="absent")
    later = pack().data
    worked.move()
    restore(earlier, "my-work.zip")
    assert not [sentence for sentence in restore(later, "my-work.zip") if "(2)" in sentence]
    assert list(kit.coding.codes(corpus)["value"]) == ["absent"]


def test_what_is_written_is_whole_or_not_there(worked, monkeypatch, refusal):
    data = pack().data
    worked.move()
    before = worked.files()

    def full_disk(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full_disk)
        assert "No space" in refusal(lambda: restore(data, "my-work.zip"))
    assert worked.files() == before
    restore(data, "my-work.zip")
    assert "mine" in worked.read("notebooks/00.ipynb")


# ---- what is no backup -----------------------------------------------------------------------------------------

OUTSIDE = ["../x.csv", "a/../../x.csv", "/etc/x.csv", "C:/x.csv", "..\\x.csv", "C:x.csv", "a//x.csv", "x\n.csv"]
UNFIT = [".kit-work.json", "a/.hidden/x.csv", "kit.py", "notebooks/kit.py", "run.exe", "noending", "aux /x.csv"]


def linked():
    info = zipfile.ZipInfo("files/link.csv")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    made = io.BytesIO(zipped())
    with zipfile.ZipFile(made, "a") as file:
        file.writestr(info, "/etc/passwd")
    return made.getvalue()


def doubled():
    made = io.BytesIO(zipped())
    with zipfile.ZipFile(made, "a") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr("files/mine.csv", "other")
    return made.getvalue()


def flipped():
    """A backup with one wrong byte in the middle of a file."""
    data = bytearray(zipped(**{"files/mine.csv": "".join(map(chr, range(32, 127)))}))
    data[data.index(b"files/mine.csv") + 50] ^= 1
    return bytes(data)


BAD = {
    "nothing": b"",
    "a text": b"no ZIP at all",
    "half a backup": zipped()[: len(zipped()) // 2],
    "a flipped byte": flipped(),
    "another ZIP": archive({"readme.txt": "hello"}),
    "an empty ZIP": archive({}),
    "no version": zipped(**{ABOUT: "{}"}),
    "about a list": zipped(**{ABOUT: "[]"}),
    "deep JSON": zipped(**{ABOUT: "[" * 100_000}),
    "no progress": zipped(**{PROGRESS: None}),
    "damaged progress": zipped(**{PROGRESS: '{"version": 2, "events": 5}'}),
    "damaged codes": zipped(**{CODES: '[{"document": 1}]'}),
    "codes of numbers": zipped(**{CODES: json.dumps([dict.fromkeys(store.COLUMNS, 1)])}),
    "a stray member": zipped(**{"stray.csv": "x"}),
    "a link": linked(),
    **{f"outside: {name!r}": zipped(**{f"files/{name}": "x"}) for name in OUTSIDE},
    **{f"unfit: {name!r}": zipped(**{f"files/{name}": "x"}) for name in UNFIT},
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD.keys())
def test_what_is_damaged_or_no_backup_is_refused_in_one_line_and_nothing_is_changed(worked, refusal, data):
    before = worked.files()
    assert "nothing was changed" in refusal(lambda: restore(data, "odd\n.zip"), "odd .zip")
    assert worked.files() == before


def test_two_files_of_one_name_are_refused(worked, refusal):
    before = worked.files()
    data = doubled()
    assert "nothing was changed" in refusal(lambda: restore(data, "odd.zip"))
    assert worked.files() == before


def test_a_backup_of_a_newer_kit_is_refused(desk, refusal):
    assert "newer kit" in refusal(lambda: restore(zipped(**{ABOUT: '{"version": 99, "laid_out": {}}'}), "a.zip"))
    assert "newer kit" in refusal(lambda: restore(zipped(**{PROGRESS: '{"version": 99, "events": []}'}), "a.zip"))


def test_what_is_too_large_is_refused_packed_or_unpacked(desk, refusal, tmp_path):
    before = desk.files()
    bomb = zipped(**{"files/zeros.csv": b"0" * (backup.MOST + 1)})
    assert len(bomb) < 200_000
    refusal(lambda: restore(bomb, "bomb.zip"), "bomb.zip")
    assert "50 MB" in refusal(lambda: restore(b"PK" + b"0" * backup.MOST, "large.zip"), "large.zip")
    with (tmp_path / "large.zip").open("wb") as file:
        file.truncate(backup.MOST + 1)
    assert "50 MB" in refusal(lambda: backup.read_backup(tmp_path / "large.zip"), "large.zip")
    assert desk.files() == before


@pytest.mark.skipif(sys.platform == "win32", reason="needs a right on Windows")
def test_a_link_in_the_folder_does_not_lead_a_file_out_of_it(desk, tmp_path, refusal):
    (tmp_path / "outside").mkdir()
    (desk.folder / "corpora").symlink_to(tmp_path / "outside")
    refusal(lambda: restore(zipped(**{"files/corpora/x.csv": "x"}), "a.zip"), "corpora/x.csv")
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_backup_that_macos_unpacked_and_packed_again_is_one(worked):
    plain = zipfile.ZipFile(io.BytesIO(pack().data))
    again = {f"my-work-2031-05-14/{name}": plain.read(name) for name in reversed(plain.namelist())}
    again |= {"__MACOSX/my-work-2031-05-14/._codes.json": b"x", "my-work-2031-05-14/.DS_Store": b"x"}
    worked.move()
    restore(archive(again), "my-work.zip")
    assert "mine" in worked.read("notebooks/00.ipynb")
    assert len(progress.events()) == 2


# ---- in a notebook and in a terminal ---------------------------------------------------------------------------


def uploaded(name, data):
    """What a browser hands over."""
    return ({"name": name, "type": "", "size": len(data), "content": memoryview(data), "last_modified": NOW},)


def controls(panel):
    _, pack_button, upload, status = panel.children
    return pack_button, upload, status


def test_the_button_makes_a_link_that_holds_the_zip_and_keeps_it_in_the_folder(worked):
    pack_button, _, status = controls(kit.learning.pack_my_work())
    pack_button.click()
    name, encoded = re.search(r'download="([^"]+)" href="data:application/zip;base64,([^"]+)"', status.value).groups()
    data = b64decode(encoded)
    assert "files/my-stylebook.csv" in names(data)
    assert (worked.folder / name).read_bytes() == data
    worked.move()
    restore(data, name)
    assert worked.read("my-stylebook.csv") == "referent,label\n"


def test_a_folder_that_is_full_or_read_only_does_not_keep_work_from_being_downloaded(worked, monkeypatch):
    pack_button, _, status = controls(kit.learning.pack_my_work())
    monkeypatch.setattr("os.fsync", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOSPC, "No space left")))
    pack_button.click()
    assert "href=" in status.value
    assert "No space left" in status.value


def test_what_is_too_large_for_a_link_lies_in_the_folder_and_the_page_says_so(worked, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_LINKED", 10)
    pack_button, _, status = controls(kit.learning.pack_my_work())
    pack_button.click()
    assert "href=" not in status.value
    assert "right-click" in status.value.lower()
    assert [name for name in worked.files() if name.startswith("my-work-")]


def test_an_upload_brings_work_back_and_says_what_it_did(worked):
    data = pack().data
    worked.move()
    _, upload, status = controls(kit.learning.pack_my_work())
    upload.value = uploaded("my-work.zip", data)
    assert "restored notebooks/00.ipynb" in status.value
    assert progress.latest("prediction", "02-1") == "“the first” – ö"


def test_what_an_upload_is_called_is_escaped_and_a_refusal_is_spoken(desk):
    _, upload, status = controls(kit.learning.pack_my_work())
    upload.value = uploaded("<img src=x>.zip", b"odd")
    assert "&lt;img src=x&gt;.zip" in status.value
    assert 'role="alert"' in status.value


def test_in_a_terminal_work_is_packed_into_a_new_file_and_restored(worked, tmp_path):
    file = str(tmp_path / "work.zip")
    run = CliRunner().invoke
    assert run(main, ["backup", file]).exit_code == 0
    again = run(main, ["backup", file])
    assert (again.exit_code, len(again.stderr.splitlines())) == (2, 1)
    worked.move()
    told = run(main, ["restore", file])
    assert told.exit_code == 0
    assert "restored my-stylebook.csv" in told.output
    assert run(main, ["restore", str(tmp_path / "none.zip")]).exit_code == 2


def test_where_there_is_no_working_copy_yet_restoring_lays_one_out(worked, tmp_path, monkeypatch):
    file = tmp_path / "work.zip"
    file.write_bytes(pack().data)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.delenv("KIT_WORK")
    assert CliRunner().invoke(main, ["restore", str(file)]).exit_code == 0
    assert "mine" in (tmp_path / "here" / "my-work" / "notebooks" / "00.ipynb").read_text(encoding="utf-8")
    assert (tmp_path / "here" / "my-work" / "notebooks" / "01.ipynb").is_file()
