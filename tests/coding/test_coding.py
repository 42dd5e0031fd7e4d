"""Codes that people made are never lost, move with their words, and come together again with every doubt reported."""

import csv
import io
import os
import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kit
from kit import KitError, KitWarning
from kit.coding import exchange, store
from kit.coding.codebooks import read_codebook
from kit.coding.exchange import export, merge
from kit.coding.store import COLUMNS, FILE, add, codes, remove, undo
from kit.documents import spans
from kit.documents.readers import plain_document
from kit.errors import one_line
from kit.folders import work_folder

ROOT = Path(__file__).resolve().parents[2]
TEXT = "The gang was cut. A pallet slipped.\nThe gang was cut again. “Shame,” said the cook."


@pytest.fixture
def document():
    return plain_document(TEXT, "d")


@pytest.fixture
def path():
    return work_folder() / FILE


def coded(*documents, **wanted):
    table = spans.verify(codes(documents, **wanted))
    return list(zip(table["code"], table["value"], table["text"], strict=True))


# Making codes --------------------------------------------------------------------------------------------------------


def test_before_anything_is_coded_there_is_no_file_and_no_code(document, path):
    table = codes(document)
    assert list(table.columns) == [*spans.COLUMNS, "coder", "codebook", "code", "value", "note", "made", "version"]
    assert table.empty
    assert not path.parent.exists()


def test_a_whole_text_a_sentence_and_some_words_can_be_coded(document):
    add(document, "entman", "problem", coder="Ana", value="prominent", note="twice")
    add(document, "entman", "cause", document.sentences[1], coder="Ana", value="present")
    add(document, "entman", "judgement", "“Shame,” said", coder="Ana", value="present")
    assert coded(document) == [
        ("problem", "prominent", ""),
        ("cause", "present", "A pallet slipped."),
        ("judgement", "present", "“Shame,” said"),
    ]
    first = codes(document).iloc[0]
    assert (first["coder"], first["note"], first["codebook"]) == ("Ana", "twice", "entman")
    assert datetime.fromisoformat(first["made"]).utcoffset().total_seconds() == 0


def test_of_two_values_the_second_is_meant(document):
    assert add(document, "actors", "function", "cook", coder="Ana").value == "yes"


def test_words_may_run_over_a_line_break(document):
    assert add(document, "actors", "left-out", "slipped. The gang", coder="Ana").text == "slipped.\nThe gang"


def test_a_code_made_again_replaces_the_former_and_undo_brings_that_back(document):
    for value in ("present", "prominent"):
        add(document, "entman", "cause", coder="Ana", value=value)
    add(document, "entman", "cause", coder="Bo", value="absent")
    assert [value for _, value, _ in coded(document, coder="Ana")] == ["prominent"]
    assert undo("Ana").value == "prominent"
    assert [value for _, value, _ in coded(document, coder="Ana")] == ["present"]
    assert undo(" Ana ").value == "present"
    assert undo("Ana") is None
    assert coded(document) == [("cause", "absent", "")]


def test_a_code_taken_back_is_gone_and_undo_brings_it_back(document):
    add(document, "actors", "function", "cook", coder="Ana", note="him")
    add(document, "actors", "function", "gang was cut again", coder="Ana")
    assert remove(document, "actors", "function", "cook", coder="Ana").note == "him"
    assert [text for *_, text in coded(document)] == ["gang was cut again"]
    assert undo("Ana").value == ""
    assert [text for *_, text in coded(document)] == ["gang was cut again", "cook"]


def test_what_was_not_coded_cannot_be_taken_back(document, refusal):
    add(document, "actors", "function", "cook", coder="Ana")
    refusal(lambda: remove(document, "actors", "function", "cook", coder="Bo"), "Bo", "function")
    refusal(lambda: remove(document, "actors", "named", "cook", coder="Ana"), "Ana", "named")
    assert len(coded(document)) == 1


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("The gang", "2 times"),
        ("the ganG", "0 times"),
        ("gan", "0 times"),
        ("", "0 times"),
        ((5, 5), "5–5"),
        ((-3, 4), "-3–4"),
        ((0, 10_000), "10000"),
    ],
)
def test_a_stretch_that_is_not_there_or_not_the_only_one_is_refused(document, refusal, where, said):
    refusal(lambda: add(document, "actors", "named", where, coder="Ana"), said, "'d'")
    assert coded(document) == []


def test_a_place_that_a_table_of_the_kit_tells_can_be_coded(document):
    row = kit.sentences(document).iloc[1]
    made = add(document, "actors", "named", (row["start"], row["end"]), coder="Ana")
    assert [type(offset) for offset in (made.start, made.end)] == [int, int]
    assert coded(document) == [("named", "yes", "A pallet slipped.")]
    taken = remove(document, "actors", "named", (np.int32(made.start), np.int64(made.end)), coder="Ana")
    assert taken == made


@pytest.mark.parametrize("where", [(0.0, 8.0), ("0", "8"), (0, 8, 9), (0,), (None, 8), 7, (np.nan, 8)])
def test_a_place_that_is_not_two_whole_numbers_is_refused(document, refusal, where):
    refusal(lambda: add(document, "actors", "named", where, coder="Ana"), "'d'", "(start, end)")
    assert coded(document) == []


@pytest.mark.parametrize("note", [None, 3, np.nan, ["why"]])
def test_a_note_that_is_no_text_is_refused(document, refusal, note):
    refusal(lambda: add(document, "actors", "named", coder="Ana", note=note), "note")
    assert coded(document) == []


def test_a_name_with_a_stray_space_is_the_same_name_everywhere(document, tmp_path):
    add(document, "actors", "named", coder="Ana ")
    add(document, "actors", "named", coder="Bo")
    assert list(codes(document, coder="Ana ")["coder"]) == ["Ana"]
    assert list(codes(document, coder=" Ana\n")["coder"]) == ["Ana"]
    assert [file.name for file in export(tmp_path, coder="Ana ")] == ["codes-ana.csv"]
    assert remove(document, "actors", "named", coder="Ana ").coder == "Ana"
    assert undo("Ana ").value == ""


@pytest.mark.parametrize("nobody", [None, 3, " "])
def test_nobody_is_no_coder(document, refusal, nobody):
    refusal(lambda: add(document, "actors", "named", coder=nobody), "coder='…'")
    refusal(lambda: remove(document, "actors", "named", coder=nobody), "coder='…'")
    refusal(lambda: undo(nobody), "coder='…'")


def test_a_code_needs_a_coder_a_known_code_and_a_known_value(document, refusal):
    refusal(lambda: add(document, "actors", "named", coder=" "), "coder")
    refusal(lambda: add(document, "actors", "hero", coder="Ana"), "'hero'", "named")
    refusal(lambda: add(document, "actors", "named", coder="Ana", value="maybe"), "'maybe'", "no, yes")
    refusal(lambda: add(document, "entman", "cause", coder="Ana"), "absent, present, prominent")


# Never lost ----------------------------------------------------------------------------------------------------------

WRITER = f"""
import sys
from itertools import count
from kit.coding import add
from kit.documents.readers import plain_document
document, coder, times = plain_document({TEXT!r}, "d"), sys.argv[1], int(sys.argv[2])
for number in range(times) if times else count():
    where = (number % 50, number % 50 + 10)
    add(document, "entman", "cause", where, coder=f"{{coder}} {{number // 50}}", value="present", note=str(number))
    print(number, flush=True)
"""


def writer(coder, times):
    command = [sys.executable, "-c", WRITER, coder, str(times)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def numbers(document, coder):
    table = codes(document)
    return sorted(table.loc[table["coder"].str.startswith(coder), "note"].astype(int))


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX systems do")
@pytest.mark.parametrize("lines", [1, 7, 60])
def test_a_kill_in_the_middle_of_writing_loses_no_earlier_code(document, lines):
    with writer("Ana", 0) as running:
        for _ in range(lines):
            acknowledged = int(running.stdout.readline())
        running.send_signal(signal.SIGKILL)
    kept = numbers(document, "Ana")
    assert kept[: acknowledged + 1] == list(range(acknowledged + 1))
    assert kept == list(range(len(kept))), "a code is there whole or not at all"
    add(document, "entman", "cause", coder="Bo", value="present")
    assert len(coded(document)) == len(kept) + 1


KILLED = f"""
import os, signal
from kit.coding import store
from kit.documents.readers import plain_document
insert = store._insert
def insert_and_die(*given):
    insert(*given)
    os.kill(os.getpid(), signal.SIGKILL)
store._insert = insert_and_die
store.add(plain_document({TEXT!r}, "d"), "entman", "remedy", coder="Ana", value="present")
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX systems do")
def test_a_kill_between_writing_and_committing_leaves_the_former_state(document):
    add(document, "entman", "cause", coder="Ana", value="present")
    for _ in range(2):
        assert subprocess.run([sys.executable, "-c", KILLED], cwd=ROOT, check=False).returncode == -signal.SIGKILL
        assert coded(document) == [("cause", "present", "")]
    add(document, "entman", "problem", coder="Ana", value="present")
    assert len(coded(document)) == 2


@pytest.mark.slow
def test_several_notebooks_that_write_at_once_lose_no_code(document):
    """They also begin at once: each of them may be the one that makes the file."""
    names = ["Ana", "Bo", "Cem"]
    running = [writer(name, 40) for name in names]
    for one in running:
        one.communicate(timeout=120)
    assert [one.returncode for one in running] == [0, 0, 0]
    assert [numbers(document, name) for name in names] == [list(range(40))] * 3


def test_a_store_in_use_is_refused_with_advice_and_the_code_can_be_made_again(document, path, monkeypatch, refusal):
    add(document, "entman", "cause", coder="Ana", value="present")
    monkeypatch.setattr(store, "PATIENCE", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    refusal(lambda: add(document, "entman", "problem", coder="Ana", value="present"), path, "in use", "again")
    refusal(lambda: undo("Ana"), path)
    other.rollback()
    other.close()
    add(document, "entman", "problem", coder="Ana", value="present")
    assert len(coded(document)) == 2


def test_a_store_that_may_only_be_read_is_refused_with_advice(document, path, monkeypatch, refusal):
    add(document, "entman", "cause", coder="Ana", value="present")
    connect = sqlite3.connect
    monkeypatch.setattr(
        sqlite3, "connect", lambda path, **options: connect(f"file:{path}?mode=ro", uri=True, **options)
    )
    refusal(lambda: add(document, "entman", "problem", coder="Ana", value="present"), path, "copy its folder")
    assert len(coded(document)) == 1


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_store_in_a_folder_that_may_only_be_read_is_refused_with_advice_and_stays(document, path, refusal):
    add(document, "entman", "cause", coder="Ana", value="present")
    before = path.read_bytes()
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        refusal(lambda: add(document, "entman", "problem", coder="Ana", value="present"), path, "write")
        refusal(lambda: undo("Ana"), path, "write")
    finally:
        path.parent.chmod(0o755)
        path.chmod(0o644)
    assert path.read_bytes() == before
    assert coded(document) == [("cause", "present", "")]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everywhere")
def test_a_store_in_a_folder_that_may_not_be_read_is_refused(document, path, tmp_path, refusal):
    add(document, "entman", "cause", coder="Ana", value="present")
    path.parent.chmod(0o000)
    try:
        for action in (lambda: codes(document), store.kept, store.log, lambda: export(tmp_path)):
            refusal(action, path, "ermission")
    finally:
        path.parent.chmod(0o755)


def test_a_store_that_the_system_does_not_show_is_refused(document, path, forbid, refusal):
    add(document, "entman", "cause", coder="Ana", value="present")
    with forbid(path, stat=True):
        for action in (lambda: codes(document), store.kept, store.log):
            refusal(action, path, "Permission denied")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows only says that nothing is there")
def test_a_file_in_place_of_the_folder_is_refused(document, tmp_path, monkeypatch, refusal):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("KIT_WORK", str(tmp_path / "file"))
    for action in (
        lambda: codes(document),
        store.kept,
        store.log,
        lambda: add(document, "actors", "named", coder="A"),
    ):
        refusal(action, tmp_path / "file")


def test_a_folder_that_cannot_be_made_is_refused(document, tmp_path, monkeypatch, refusal):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("KIT_WORK", str(tmp_path / "file" / "work"))
    refusal(lambda: add(document, "entman", "cause", coder="Ana", value="present"), FILE)


def test_a_full_disk_is_said_and_what_was_coded_stays(document, path, monkeypatch, refusal):
    add(document, "entman", "cause", coder="Ana", value="present")
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorname = "SQLITE_FULL"

    def insert(*_):
        raise full

    with monkeypatch.context() as patch:
        patch.setattr(store, "_insert", insert)
        refusal(lambda: add(document, "entman", "problem", coder="Ana", value="present"), path, "make room")
    assert len(coded(document)) == 1


def database(path, *statements):
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def all_refuse(document, refusal, path, *said):
    """Nothing may be written to it, nothing read from it, and it stays as it is."""
    before = path.read_bytes()
    for action in (
        lambda: add(document, "entman", "cause", coder="Ana", value="present"),
        lambda: undo("Ana"),
        lambda: codes(document),
        lambda: export(path.parent),
    ):
        refusal(action, path, *said)
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", [b"no database at all, whatever it is called", b"SQLite format 3\0" + b"x" * 5000])
def test_a_damaged_store_is_refused_with_advice_and_left_as_it_is(document, path, refusal, damage):
    path.parent.mkdir(parents=True)
    path.write_bytes(damage)
    all_refuse(document, refusal, path, "damaged", "CSV")


def test_a_store_damaged_in_the_middle_is_refused_and_left_as_it_is(document, path, refusal):
    for number in range(200):
        add(document, "entman", "cause", (number % 50, 60), coder=f"Ana {number}", value="present", note="n" * 200)
    data = bytearray(path.read_bytes())
    data[4096:20_000] = b"\xaa" * (20_000 - 4096)
    path.write_bytes(data)
    before = path.read_bytes()
    refusal(lambda: codes(document), path, "damaged", "CSV")
    assert path.read_bytes() == before


def changed_by_hand(path, statement, *values):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement, values)
        connection.commit()


@pytest.mark.parametrize("edit", ["note = NULL", "start = 1.5", "start = x'00'", "coder = x'41'", "start = 'one'"])
def test_an_entry_that_is_no_code_is_left_aside_with_a_warning_and_the_others_are_read(document, path, edit):
    add(document, "entman", "cause", coder="Ana", value="present")
    add(document, "entman", "problem", coder="Ana", value="present")
    changed_by_hand(path, f"UPDATE code SET {edit} WHERE code = 'problem'")
    with pytest.warns(KitWarning, match="1 damaged"):
        assert coded(document) == [("cause", "present", "")]
    with pytest.warns(KitWarning, match="1 damaged"):
        assert [code.code for code in store.stored(path.read_bytes(), "theirs")] == ["cause"]
    assert undo("Ana").code == "cause"


def test_a_store_with_a_text_that_cannot_be_read_is_damaged_and_the_text_is_not_repeated(document, path, refusal):
    add(document, "entman", "cause", coder="Ana", value="present")
    changed_by_hand(path, "UPDATE code SET note = CAST(x'736563726574ff' AS TEXT)")
    assert "secret" not in refusal(lambda: codes(document), path, "damaged", "CSV")


def test_a_store_of_a_newer_kit_is_refused_and_left_as_it_is(document, path, refusal):
    database(path, "CREATE TABLE code (number INTEGER, more TEXT)", "PRAGMA user_version = 2")
    all_refuse(document, refusal, path, "newer kit", "update")


def test_a_database_that_is_no_store_is_refused_and_left_as_it_is(document, path, refusal):
    database(path, "CREATE TABLE recipes (soup TEXT)")
    all_refuse(document, refusal, path, "no store", "another name")


def test_a_store_that_was_begun_and_no_more_is_used(document, path):
    path.parent.mkdir(parents=True)
    path.write_bytes(b"")
    assert coded(document) == []
    add(document, "entman", "cause", coder="Ana", value="present")
    assert len(coded(document)) == 1


# Texts that change ---------------------------------------------------------------------------------------------------


def changed(text):
    return plain_document(text, "d")


def test_a_code_moves_with_its_words(document):
    add(document, "entman", "cause", "A pallet slipped.", coder="Ana", value="present")
    with pytest.warns(KitWarning, match="kept or moved with their words: 1; set aside: 0"):
        assert coded(changed("New first words. " + TEXT)) == [("cause", "present", "A pallet slipped.")]
    assert coded(document) == [("cause", "present", "A pallet slipped.")]


@pytest.mark.parametrize("text", ["A pallet fell.", "A pallet slipped. " * 2 + "No more.", "Xa pallet slipped.y"])
def test_a_code_whose_words_are_gone_or_stand_twice_is_set_aside_and_reported(document, text):
    add(document, "entman", "cause", "A pallet slipped.", coder="Ana", value="present")
    with pytest.warns(KitWarning, match="set aside: 1"):
        assert coded(changed("Well. " + text)) == []
    assert [code.text for code in store.kept()] == ["A pallet slipped."]
    assert len(coded(document)) == 1


def test_a_code_for_the_whole_text_stays_and_the_change_is_said(document):
    add(document, "entman", "cause", coder="Ana", value="present")
    with pytest.warns(KitWarning, match="changed since"):
        assert len(coded(changed(TEXT + " More."))) == 1


def test_codes_of_other_documents_are_not_shown_here_and_not_lost(document):
    add(document, "entman", "cause", coder="Ana", value="present")
    other = plain_document(TEXT, "other")
    assert coded(other) == []
    assert len(coded(document)) == 1


def test_a_code_that_moved_can_be_made_again_and_taken_back(document):
    add(document, "entman", "cause", "A pallet slipped.", coder="Ana", value="present")
    moved = changed("Oh. " + TEXT)
    add(moved, "entman", "cause", "A pallet slipped.", coder="Ana", value="prominent")
    with pytest.warns(KitWarning):
        assert coded(moved) == [("cause", "prominent", "A pallet slipped.")]
    remove(moved, "entman", "cause", "A pallet slipped.", coder="Ana")
    assert coded(moved) == []


# CSV -----------------------------------------------------------------------------------------------------------------


def table_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def problems(merged):
    return list(merged.report["problem"])


def test_there_is_one_file_a_coder(document, tmp_path):
    for coder in ("Ana", "Bo Öz", "ana", "…"):
        add(document, "entman", "cause", coder=coder, value="present")
    files = export(tmp_path / "out")
    assert [file.name for file in files] == ["codes-ana.csv", "codes-bo-öz.csv", "codes-ana-2.csv", "codes-coder.csv"]
    assert [row["coder"] for file in files for row in table_of(file)] == ["Ana", "Bo Öz", "ana", "…"]
    assert export(tmp_path / "out", coder="Bo Öz") == [tmp_path / "out" / "codes-bo-öz.csv"]


def test_names_of_files_do_not_change_places_whoever_codes_last(document, tmp_path, refusal):
    for coder in ("Ana", "ana", "Ana"):
        add(document, "entman", "cause", coder=coder, value="present")
    files = export(tmp_path)
    assert {file.name: table_of(file)[0]["coder"] for file in files} == {
        "codes-ana.csv": "Ana", "codes-ana-2.csv": "ana",
    }  # fmt: skip
    add(document, "entman", "cause", coder="ana", value="absent")
    assert [file.name for file in export(tmp_path, coder="ana")] == ["codes-ana-2.csv"]
    (tmp_path / "codes-ana-2.csv").replace(tmp_path / "codes-ana.csv")
    before = (tmp_path / "codes-ana.csv").read_bytes()
    refusal(lambda: export(tmp_path, coder="Ana"), tmp_path / "codes-ana.csv", "'Ana'")
    assert (tmp_path / "codes-ana.csv").read_bytes() == before


def test_a_file_that_holds_codes_of_others_as_well_is_not_replaced(document, tmp_path, refusal):
    for coder in ("Ana", "Bo"):
        add(document, "entman", "cause", coder=coder, value="present")
    ana, bo = export(tmp_path)
    ana.write_bytes(ana.read_bytes() + b"\n".join(bo.read_bytes().splitlines()[1:]))
    refusal(lambda: export(tmp_path, coder="Ana"), ana)
    assert len(table_of(ana)) == 2


def test_a_long_name_makes_no_long_name_of_a_file(document, tmp_path):
    for coder in ("Ö" * 300, "Ö" * 300 + "x"):
        add(document, "entman", "cause", coder=coder, value="present")
    files = export(tmp_path)
    assert len(set(files)) == 2
    assert len(merge(files, document).codes) == 2


def test_an_export_can_be_repeated_but_does_not_write_over_somebody_elses(document, tmp_path, monkeypatch, refusal):
    add(document, "entman", "cause", coder="Ana", value="present")
    add(document, "entman", "remedy", coder="Ana", value="present")
    (file,) = export(tmp_path)
    undo("Ana")
    assert export(tmp_path) == [file]
    assert len(table_of(file)) == 1
    before = file.read_bytes()
    monkeypatch.setenv("KIT_WORK", str(tmp_path / "elsewhere"))
    add(document, "entman", "problem", coder="Ana", value="present")
    refusal(lambda: export(tmp_path), file)
    assert file.read_bytes() == before


def test_without_codes_there_is_nothing_to_export(document, tmp_path, refusal):
    refusal(lambda: export(tmp_path), "no codes")
    add(document, "entman", "cause", coder="Ana", value="present")
    refusal(lambda: export(tmp_path, coder="Bo"), "'Bo'")


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    " =HYPERLINK(1)",
    "'=1",
    "''+1",
    "'tis",
    "＝1",
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("note", FORMULAS)
def test_no_note_is_a_formula_in_a_spreadsheet_and_comes_back_as_it_was(document, tmp_path, note):
    kept = add(document, "entman", "cause", coder="Ana", value="present", note=note).note
    (file,) = export(tmp_path)
    assert not any(re.match(r"\s*[=+\-@＝]", cell) for cell in table_of(file)[0].values())
    assert list(merge([file], document).codes["note"]) == [kept]


@given(st.text(alphabet=" ;\t\n\r'\"=+-@＝a,"))
def test_what_is_put_before_formulas_is_exactly_what_is_taken_off(cell):
    code = store.Code("d", 0, 0, "", "Ana", "entman", "cause", "present", cell, "", "")
    written = exchange.spreadsheet(COLUMNS, [code])
    assert exchange.rows(written.encode(), "codes.csv") == [(2, code, "")]
    (_, row) = csv.reader(io.StringIO(written, newline=""))
    assert not re.match(r"[\s\"]*[=+\-@＝]", row[COLUMNS.index("note")])


def test_a_coder_and_a_stretch_cannot_be_formulas_either(tmp_path):
    document = plain_document("He said: =2 and -3, no more.", "=d")
    add(document, "entman", "cause", "=2 and", coder="=Ana", value="present")
    (file,) = export(tmp_path)
    assert {table_of(file)[0][name] for name in ("document", "coder", "text")} == {"'=d", "'=Ana", "'=2 and"}
    assert coded(document) == [("cause", "present", "=2 and")]
    assert merge([file], document).report.empty


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(note=st.text(), coder=st.text(min_size=1))
def test_any_note_and_any_name_survive_export_and_merge(document, tmp_path_factory, note, coder):
    try:
        made = add(document, "entman", "cause", (0, 8), coder=coder, value="present", note=note)
    except KitError:
        assert not one_line(coder)
        return
    files = export(tmp_path_factory.mktemp("out"), coder=made.coder)
    (row,) = merge(files, document).codes.itertuples(index=False)
    assert tuple(row) == tuple(made)
    undo(made.coder)


def test_thirty_coders_come_together_without_a_word_if_all_is_well(document, tmp_path):
    for number in range(30):
        for code in ("problem", "cause"):
            add(document, "entman", code, document.sentences[number % 3], coder=f"Coder {number}", value="present")
    merged = merge(export(tmp_path), document)
    assert spans.verify(merged.codes)["coder"].nunique() == 30
    assert len(merged.codes) == 60
    assert merged.report.empty


def spreadsheet(file, delimiter=";", encoding="utf-8-sig", newline="\r\n", order=COLUMNS[::-1], edit=lambda row: row):
    """Save a file as a spreadsheet does: other separators, line ends, encoding and columns."""
    rows = [edit(row) for row in table_of(file)]
    with file.open("w", encoding=encoding, newline="") as out:
        writing = csv.DictWriter(out, order, delimiter=delimiter, lineterminator=newline, extrasaction="ignore")
        writing.writerow({name: f" {name.title()} " for name in order})
        writing.writerows(rows)
    return file


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8-sig"), ("\t", "utf-16"), (",", "utf-8")])
def test_a_file_that_a_spreadsheet_saved_is_read(document, tmp_path, delimiter, encoding):
    add(document, "entman", "cause", "slipped. The gang", coder="Ana", value="present", note="a; b, “c”\nd")
    expected = codes(document)
    (file,) = export(tmp_path)

    def with_its_line_ends(row):
        return row | {"text": row["text"].replace("\n", "\r\n")}

    merged = merge([spreadsheet(file, delimiter, encoding, edit=with_its_line_ends)], document)
    assert merged.codes.to_dict("records") == expected.to_dict("records")
    assert merged.report.empty


def test_notes_and_times_may_be_missing_from_a_file_made_by_hand(document, tmp_path):
    path = tmp_path / "hand.csv"
    path.write_text(
        "coder,codebook,document,start,end,text,code,value\n"
        "Ana,entman,d,0,0,,cause,present\nAna,entman,d,,,A pallet slipped.,problem,present\n",
        encoding="utf-8",
    )
    merged = merge([path], document)
    assert list(merged.codes["text"]) == ["", "A pallet slipped."]
    assert problems(merged) == ["moved"]


@pytest.mark.parametrize(
    ("edit", "problem", "said"),
    [
        ({"document": "e"}, "unknown document", "'e'; there are: d"),
        ({"codebook": "mine"}, "unknown codebook", "'mine'"),
        ({"codebook": "/etc/hosts"}, "unknown codebook", "'/etc/hosts'"),
        ({"code": "hero"}, "unknown code", "'hero'"),
        ({"value": "yes"}, "unknown code", "'yes'"),
        ({"value": ""}, "unknown code", "''"),
        ({"text": "Something else."}, "no place", "not at"),
        ({"start": "9999999", "end": "99999999", "text": "x"}, "no place", "9999999"),
        ({"start": "5", "end": "5", "text": ""}, "no place", "5–5"),
        ({"start": "first"}, "not a code", "whole numbers"),
        ({"start": "-1"}, "not a code", "whole numbers"),
        ({"coder": " "}, "not a code", "coder"),
    ],
)
def test_what_cannot_be_used_is_left_out_and_reported_with_its_line(document, tmp_path, edit, problem, said):
    add(document, "entman", "cause", "A pallet slipped.", coder="Ana", value="present")
    add(document, "entman", "problem", "A pallet slipped.", coder="Ana", value="present")
    (file,) = export(tmp_path)
    spreadsheet(file, edit=lambda row: row | edit if row["code"] == "problem" else row)
    merged = merge([file], document)
    assert list(merged.codes["code"]) == ["cause"]
    (row,) = merged.report.to_dict("records")
    assert (row["file"], row["line"], row["problem"]) == (str(file), 3, problem)
    assert said in row["detail"]


def test_a_comma_that_is_not_quoted_is_reported(document, tmp_path):
    path = tmp_path / "hand.csv"
    header = "coder,codebook,document,start,end,text,code,value,note\n"
    path.write_text(header + "Ana,entman,d,0,0,,cause,present,well, perhaps\n", encoding="utf-8")
    (row,) = merge([path], document).report.to_dict("records")
    assert (row["line"], row["problem"]) == (2, "not a code")
    assert "quotation marks" in row["detail"]


HEADER = "coder,codebook,document,start,end,text,code,value,note\n"
ROWS = [f"Ana,entman,d,0,0,,{code},present," for code in ("cause", "problem", "judgement", "remedy")]


@pytest.mark.parametrize(
    ("broken", "line", "left", "said"),
    [
        ({0: '"why'}, 2, 0, "up to line 5"),
        ({0: '"why', 2: 'because "x'}, 2, 1, "up to line 4"),
        ({0: '"why', 2: 'because"'}, 2, 1, "look like other rows"),
        ({1: '"why" he said'}, 3, 3, "not closed"),
    ],
)
def test_a_quotation_mark_that_is_not_closed_swallows_no_code_in_silence(document, tmp_path, broken, line, left, said):
    path = tmp_path / "hand.csv"
    rows = [row + broken.get(number, "") for number, row in enumerate(ROWS)]
    path.write_text(HEADER + "\n".join(rows), encoding="utf-8")
    merged = merge([path], document)
    (row,) = merged.report.to_dict("records")
    assert (row["line"], row["problem"], len(merged.codes)) == (line, "not a code", left)
    assert said in row["detail"]


def test_a_cell_beyond_every_measure_is_reported_and_the_other_rows_are_read(document, tmp_path):
    path = tmp_path / "hand.csv"
    path.write_text(HEADER + "\n".join([ROWS[0] + "x" * 200_000, *ROWS[1:]]), encoding="utf-8")
    merged = merge([path], document)
    (row,) = merged.report.to_dict("records")
    assert (row["line"], len(merged.codes)) == (2, 3)
    assert "longer than 131,072 characters; shorten it" in row["detail"]


@pytest.mark.parametrize("above", ["\n\n", "sep=,\n", "SEP=,\r\n\r\n", ",,,,\n", '"sep=,"\n'])
def test_blank_lines_and_the_line_that_tells_excel_the_separator_may_stand_above(document, tmp_path, above):
    path = tmp_path / "hand.csv"
    path.write_text(above + HEADER + "\n".join([*ROWS, "Ana,entman,e,0,0,,cause,present,"]), encoding="utf-8")
    merged = merge([path], document)
    assert len(merged.codes) == 4
    assert list(merged.report["line"]) == [len(above.splitlines()) + 6]


def test_a_row_of_several_lines_is_reported_with_its_first(document, tmp_path):
    path = tmp_path / "hand.csv"
    second = 'Ana,entman,e,0,0,,cause,present,"one\ntwo\nthree"'
    path.write_text(HEADER + "\n".join([ROWS[0], second, ROWS[1].replace(",d,", ",f,")]), encoding="utf-8")
    assert list(merge([path], document).report["line"]) == [3, 6]


def test_spaces_around_a_value_do_no_harm(document, tmp_path):
    path = tmp_path / "hand.csv"
    path.write_text(HEADER + "Ana,entman,d,0,0,,cause, present ,\n", encoding="utf-8")
    assert list(merge([path], document).codes["value"]) == ["present"]


def test_a_codebook_of_ones_own_is_named_when_merging(document, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_bytes((ROOT / "datasets" / "codebooks" / "entman.toml").read_bytes())
    add(document, path, "cause", coder="Ana", value="present")
    files = export(tmp_path)
    assert problems(merge(files, document)) == ["unknown codebook"]
    assert len(merge(files, document, [path]).codes) == 1
    assert len(merge(files, document, [read_codebook(path)]).codes) == 1


def test_codes_of_a_changed_text_move_in_a_merge_too_and_it_is_said(document, tmp_path):
    add(document, "entman", "cause", "A pallet slipped.", coder="Ana", value="present")
    add(document, "entman", "problem", coder="Ana", value="present")
    merged = merge(export(tmp_path), changed("Oh. " + TEXT))
    assert sorted(problems(merged)) == ["moved", "other version"]
    assert list(spans.verify(merged.codes)["text"]) == ["", "A pallet slipped."]


def test_an_older_export_of_the_same_coder_is_double_where_equal_and_a_clash_where_not(document, tmp_path):
    for code in ("cause", "problem", "remedy"):
        add(document, "entman", code, coder="Ana", value="present")
    (old,) = export(tmp_path / "old")
    add(document, "entman", "cause", coder="Ana", value="prominent")
    (new,) = export(tmp_path / "new")
    for files in ([old, new], [new, old]):
        merged = merge(files, document)
        assert sorted(problems(merged)) == ["clash", "double", "double"]
        assert merged.codes.set_index("code")["value"].to_dict() == {
            "cause": "prominent", "problem": "present", "remedy": "present",
        }  # fmt: skip
        assert set(merged.codes["coder"]) == {"Ana"}


def test_exports_of_one_person_are_known_even_if_every_code_was_changed_between_them(document, tmp_path):
    for number, value in enumerate(("present", "absent", "prominent")):
        for code in ("cause", "problem"):
            add(document, "entman", code, coder="Ana", value=value)
        export(tmp_path / str(number))
    files = [tmp_path / number / "codes-ana.csv" for number in "201"]
    merged = merge(files, document)
    assert set(merged.codes["coder"]) == {"Ana"}
    assert set(merged.codes["value"]) == {"prominent"}
    assert problems(merged) == ["clash"] * 4


def test_a_code_whose_note_was_changed_in_a_spreadsheet_is_still_the_same_persons(document, tmp_path):
    add(document, "entman", "cause", coder="Ana", value="present", note="n")
    (old,) = export(tmp_path / "old")
    (new,) = export(tmp_path / "new")
    spreadsheet(new, edit=lambda row: row | {"note": "more"})
    assert problems(merge([old, new], document)) == ["clash"]


def test_two_coders_with_one_name_stay_two_and_are_reported(document, tmp_path, monkeypatch):
    files = []
    for number, value in enumerate(("present", "absent", "prominent")):
        monkeypatch.setenv("KIT_WORK", str(tmp_path / f"machine-{number}"))
        add(document, "entman", "cause", coder="Ana", value=value)
        files += export(tmp_path / f"out-{number}")
    merged = merge([*files, files[1]], document)
    assert merged.codes.set_index("coder")["value"].to_dict() == {
        "Ana": "present", "Ana (2)": "absent", "Ana (3)": "prominent",
    }  # fmt: skip
    assert problems(merged) == ["two coders, one name", "two coders, one name", "two coders, one name", "double"]


@pytest.mark.parametrize(
    ("name", "written"), [("Ana", "ana"), ("Zoë Öz", "Zoe\u0308 O\u0308z"), ("Ana B.", " ANA\u00a0 b.")]
)
def test_one_coder_whose_name_is_written_otherwise_is_one_under_the_first_spelling(document, tmp_path, name, written):
    for code in ("cause", "problem"):
        add(document, "entman", code, coder=name, value="present")
    (old,) = export(tmp_path / "old")
    add(document, "entman", "cause", coder=name, value="absent")
    (new,) = export(tmp_path / "new")
    spreadsheet(new, edit=lambda row: row | {"coder": written})
    merged = merge([old, new], document)
    assert set(merged.codes["coder"]) == {name}
    assert merged.codes.set_index("code")["value"].to_dict() == {"cause": "absent", "problem": "present"}
    assert sorted(problems(merged)) == ["clash", "double"]


def test_one_coder_is_known_by_their_codes_where_no_times_are_told(document, tmp_path):
    for name in ("Ana", "ana"):
        (tmp_path / f"{name}-1.csv").write_text(HEADER + ROWS[0].replace("Ana", name), encoding="utf-8")
    merged = merge([tmp_path / "Ana-1.csv", tmp_path / "ana-1.csv"], document)
    assert (problems(merged), set(merged.codes["coder"])) == (["double"], {"Ana"})


def test_two_coders_whose_names_differ_in_capitals_only_stay_two_and_are_reported(document, tmp_path):
    for coder, value in (("Ana", "present"), ("ana", "absent")):
        add(document, "entman", "cause", coder=coder, value=value)
    merged = merge(export(tmp_path), document)
    assert merged.codes.set_index("coder")["value"].to_dict() == {"Ana": "present", "ana (2)": "absent"}
    assert problems(merged) == ["two coders, one name"]


def test_a_coder_who_is_really_called_so_is_not_taken_for_the_second_of_two(document, tmp_path, monkeypatch):
    files = []
    for coder, value in (("Ana", "present"), ("Ana", "absent"), ("Ana (2)", "prominent")):
        monkeypatch.setenv("KIT_WORK", str(tmp_path / f"machine-{len(files)}"))
        add(document, "entman", "cause", coder=coder, value=value)
        files += export(tmp_path / f"out-{len(files)}")
    merged = merge(files, document)
    assert list(merged.codes["value"]) == ["present", "absent", "prominent"]
    assert problems(merged) == ["two coders, one name"] * 2


def test_rows_in_which_nothing_stands_are_passed_over(document, tmp_path):
    path = tmp_path / "hand.csv"
    path.write_text(HEADER + "\n".join([ROWS[0], ",,,,,,,,", " ,,,,,,,,", ROWS[1]]), encoding="utf-8")
    merged = merge([path], document)
    assert (len(merged.codes), problems(merged)) == (2, [])


def test_a_file_that_cannot_be_read_is_reported_and_the_others_are_merged(document, tmp_path, refusal):
    add(document, "entman", "cause", coder="Ana", value="present")
    files = export(tmp_path)
    empty, strange = tmp_path / "empty.csv", tmp_path / "strange.csv"
    empty.write_bytes(b"")
    strange.write_text("name,colour\na,b\n", encoding="utf-8")
    merged = merge([empty, *files, strange, tmp_path / "gone.csv"], document)
    assert problems(merged) == ["unreadable"] * 3
    assert [Path(file).name for file in merged.report["file"]] == ["empty.csv", "strange.csv", "gone.csv"]
    assert "coder" in merged.report["detail"].iloc[1]
    assert len(merged.codes) == 1
    refusal(lambda: merge([strange], document), strange, "coder")
    refusal(lambda: merge([], document), "No file")


# Codes from another store --------------------------------------------------------------------------------------------


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """Go to another machine, or back to one."""
    return lambda name: monkeypatch.setenv("KIT_WORK", str(tmp_path / name))


def test_codes_of_another_store_are_taken_in_once(document, machine):
    add(document, "entman", "cause", "A pallet slipped.", coder="Ana", value="present", note="n")
    expected, theirs = codes(document).to_dict("records"), store.log()
    machine("another")
    assert store.take_in(theirs) == (1, [])
    assert store.take_in(theirs) == (0, [])
    assert codes(document).to_dict("records") == expected


def test_an_older_store_brings_back_neither_an_old_value_nor_what_was_taken_back(document):
    add(document, "entman", "cause", coder="Ana", value="present")
    add(document, "entman", "problem", coder="Ana", value="present")
    older = store.log()
    add(document, "entman", "cause", coder="Ana", value="prominent")
    remove(document, "entman", "problem", coder="Ana")
    assert store.take_in(older) == (0, [])
    assert coded(document) == [("cause", "prominent", "")]


def test_codes_of_somebody_else_of_the_same_name_replace_none_and_it_is_said(document, machine):
    add(document, "entman", "cause", coder="Ana", value="present")
    theirs = store.log()
    machine("another")
    add(document, "entman", "cause", coder="Ana", value="absent")
    for new in (1, 0):
        taken, (said,) = store.take_in(theirs)
        assert taken == new
        assert "somebody else" in said
        assert "'Ana (2)'" in said
    assert dict(zip(codes(document)["coder"], codes(document)["value"], strict=True)) == {
        "Ana": "absent", "Ana (2)": "present",
    }  # fmt: skip


def test_what_differs_in_nothing_gives_nobody_another_name(document, machine):
    add(document, "entman", "cause", coder="Ana", value="present")
    add(document, "entman", "problem", coder="Ana", value="present")
    theirs = store.log()
    machine("another")
    add(document, "entman", "cause", coder="Ana", value="present")
    add(document, "entman", "remedy", coder="Ana", value="present")
    store.take_in(theirs)
    assert sorted(codes(document)["code"]) == ["cause", "problem", "remedy"]
    assert set(codes(document)["coder"]) == {"Ana"}
