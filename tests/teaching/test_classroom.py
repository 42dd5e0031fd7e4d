"""A class becomes one page and one table: who did what, predictions before and after, and where coders differ."""

import csv
import io
import re

import pandas as pd
import pytest
from click.testing import CliRunner

import kit
from kit.cli import main
from kit.coding import store
from kit.learning import backup, progress
from kit.teaching.classroom import classroom, write
from kit.teaching.handins import Student

CORPUS = kit.load("harbour-strike")
TEXT = CORPUS[0]


def event(kind, key, answer, result="", second=0):
    asked = "Which name does it use most?"
    time = f"2026-11-25T10:00:{second:02}+00:00"
    return {"time": time, "kind": kind, "key": key, "asked": asked, "answer": answer, "result": result}


def code(coder, value, where=(0, 0), *, note="", made="2026-11-25", category="problem"):
    start, end = where
    text = TEXT.text[start:end]
    return store.Code(TEXT.name, start, end, text, coder, "entman", category, value, note, made, "")


SENTENCE = TEXT.sentences[5]
ANA = Student(
    "Ana",
    [
        event("prediction", "02-1", "rebel", second=1),
        event("check", "02-1", "99", "mistake: all_mentions", 2),
        event("check", "02-1", "3", "right", 3),
        event("prediction", "02-1", "fighter", second=4),
        event("answer", "02-6", "words", "compared", 5),
        event("quiz", "02-q1", "that", "right", 6),
    ],
    {code("A.", "present", note="<b>why</b>"), code("A.", "present", SENTENCE)},
)
BO = Student(
    "Bo",
    [event("prediction", "02-1", "rebel"), event("check", "02-1", "99", "mistake: all_mentions")],
    {code("Bo", "absent"), code("Bo", "present", TEXT.sentences[6])},
)


def rows(text):
    return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


# Tables ---------------------------------------------------------------------------------------------------------------


def test_each_student_has_a_row_with_what_they_did_and_what_became_of_each_task():
    ana, bo = rows(classroom([ANA, BO], CORPUS).csv())
    assert (ana["student"], ana["predictions"], ana["tasks tried"], ana["tasks right"]) == ("Ana", "1", "1", "1")
    assert (ana["own words"], ana["quiz questions"], ana["codes"]) == ("1", "1", "2")
    assert (ana["02-1"], ana["02-6"], bo["02-1"], bo["02-6"]) == ("right", "compared", "not yet", "")
    assert ana["set aside"] == ""


def test_whoever_handed_in_something_that_does_not_count_stands_there_with_the_reason():
    found = classroom([ANA, Student("Bo", aside="a file that cannot be read")], CORPUS)
    assert rows(found.csv())[1]["set aside"] == "a file that cannot be read"
    assert "a file that cannot be read" in words(found.page())


def test_predictions_are_counted_by_the_first_and_by_the_last_choice():
    rows = classroom([ANA, BO], CORPUS).predictions
    assert {row.answer: (row.before, row.after) for row in rows} == {"rebel": (2, 1), "fighter": (0, 1)}
    assert "use most" in rows[0].question


def test_a_task_tells_who_did_it_and_its_most_usual_mistake_once_a_student():
    twice = Student("Cem", [event("check", "02-1", "9", "mistake: all_mentions", n) for n in range(2)])
    first = classroom([ANA, BO, twice], CORPUS).tasks.iloc[0]
    assert (first["task"], first["tried"], first["done"], first["students"]) == ("02-1", 3, 1, 3)
    assert first["usual mistake, and what was said"].startswith("You counted every name of every party")


def test_a_task_of_another_version_of_the_kit_is_still_counted():
    tasks = classroom([Student("Ana", [event("check", "77-1", "1", "mistake: odd_one")])]).tasks
    assert tasks[["task", "usual mistake, and what was said"]].to_numpy().tolist() == [["77-1", "odd one"]]


def test_codes_carry_the_students_name_whatever_they_called_themselves():
    found = classroom([ANA, BO], CORPUS)
    assert set(found.codes["coder"]) == {"Ana", "Bo"}
    assert found.doubts == []


def test_capital_letters_in_the_name_of_a_coder_make_no_second_one():
    mine = {code("ana", "present"), code("Ana", "absent", category="cause")}
    found = classroom([Student("Ana Lima", [], mine)], CORPUS)
    assert list(found.codes["coder"]) == ["Ana Lima"] * 2
    assert found.doubts == []


def test_what_two_students_coded_together_and_both_handed_in_counts_once():
    both = {code("the two", "present")}
    found = classroom([Student("Ana", [], set(both)), Student("Bo", [], set(both)), Student("Cem", [], BO.codes)])
    assert set(found.codes["coder"]) == {"Ana and Bo", "Cem"}


def test_codes_that_have_no_place_are_told_and_left_out():
    lost = code("Bo", "present")._replace(document="nowhere")
    found = classroom([ANA, Student("Bo", [], {lost})], CORPUS)
    assert set(found.codes["coder"]) == {"Ana"}
    assert "nowhere" in found.doubts[0]


def test_documents_are_found_by_name_among_the_corpora_of_the_kit():
    assert set(classroom([ANA]).codes["document"]) == {TEXT.name}


def test_a_codebook_of_ones_own_is_known_when_it_is_named(tmp_path):
    text = (kit.folders.shipped("datasets") / "codebooks" / "entman.toml").read_text(encoding="utf-8")
    (tmp_path / "ours.toml").write_text(text, encoding="utf-8")
    mine = Student("Ana", [], {code("Ana", "present")._replace(codebook="ours")})
    assert classroom([mine], CORPUS).codes.empty
    assert len(classroom([mine], CORPUS, [tmp_path / "ours.toml"]).codes) == 1


def test_nobodys_work_is_refused(refusal):
    refusal(lambda: classroom([]), "no work")


# The page -------------------------------------------------------------------------------------------------------------


def test_the_page_shows_who_did_what_the_predictions_agreement_and_the_most_divided():
    page = classroom([ANA, BO], CORPUS).page()
    shown = words(page)
    for heading in ("Who did what", "before and after", "Exercises", "How far we agree", "Most divided"):
        assert heading in shown
    assert "sentence by sentence" in shown
    assert TEXT.text[slice(*SENTENCE)] in shown.replace("&#x27;", "'")
    assert "absent 1; present 1" in shown


def test_what_students_and_documents_say_is_escaped_and_nothing_runs_or_loads():
    hostile = Student("<script>x</script>", [event("prediction", "<b>", "<img src=x>")], ANA.codes)
    page = classroom([hostile, BO], CORPUS).page()
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;b&gt;why&lt;/b&gt;" in page
    assert "default-src 'none'" in page


def test_one_coder_is_told_that_there_is_nobody_to_agree_with():
    assert "One coder alone" in classroom([ANA], CORPUS).page()


def test_without_predictions_tasks_or_codes_their_parts_are_left_out():
    page = words(classroom([Student("Ana", [event("quiz", "00-q1", "x", "right")])]).page())
    assert "Who did what" in page
    for part in ("before and after", "Exercises", "How far we agree"):
        assert part not in page


def test_with_pseudonyms_the_page_holds_no_name_and_the_table_holds_both():
    students = [
        Student(name, [event("quiz", "00-q1", "x", "right", n)], {code(name, value)})
        for n, (name, value) in enumerate((("Ana", "absent"), ("Bo", "present"), ("Cem", "prominent")))
    ]
    found = classroom(students, CORPUS, pseudonyms=True)
    assert not re.search(r"\b(Ana|Bo|Cem)\b", found.page())
    assert "student 3" in found.page()
    table = rows(found.csv())
    assert [row["student"] for row in table] == ["student 1", "student 2", "student 3"]
    assert {row["name"] for row in table} == {"Ana", "Bo", "Cem"}
    assert all(s.name in ("Ana", "Bo", "Cem") for s in students)


def test_a_name_that_a_spreadsheet_would_run_is_made_harmless():
    assert rows(classroom([Student("=1+1", [event("quiz", "00-q1", "x")])]).csv())[0]["student"] == "'=1+1"


@pytest.mark.browser
def test_the_page_is_read_by_a_screen_reader_and_fits_a_phone(tmp_path, obstacles, opened):
    path = tmp_path / "class.html"
    write(classroom([ANA, BO], CORPUS), path)
    assert obstacles(path) == []
    page = opened(path, viewport={"width": 360, "height": 740})
    assert page.wrong == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360


# The command ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def handed_in(tmp_path, monkeypatch):
    """Thirty students, as a learning platform packs them; one file is damaged, one doubled."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(30):
        monkeypatch.setenv("KIT_WORK", str(tmp_path / f"home-{number}"))
        progress.record("prediction", "02-1", "rebel" if number % 2 else "terrorist")
        store.add(TEXT, "entman", "problem", coder="me", value=["absent", "present"][number % 2], note=f"note {number}")
        data = backup.pack().data
        (folder / f"Student {number}_{number}_assignsubmission_file_my-work.zip").write_bytes(data)
    (folder / "Doubled.zip").write_bytes(data)
    (folder / "Damaged.zip").write_bytes(data[:100])
    monkeypatch.chdir(tmp_path)
    return folder


def test_kit_class_makes_one_page_and_one_table_and_names_what_was_set_aside(handed_in):
    result = CliRunner().invoke(main, ["class", str(handed_in)])
    assert result.exit_code == 1
    assert "32 students" in result.stdout
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == ["kit", "kit"]
    assert "Damaged.zip" in result.stderr
    assert "Doubled" in result.stderr
    table = pd.read_csv(handed_in.parent / "class.csv")
    assert table["predictions"].sum() == 29
    page = (handed_in.parent / "class.html").read_text(encoding="utf-8")
    assert "Coders: 30." in page
    again = CliRunner().invoke(main, ["class", str(handed_in), "--pseudonyms"])
    assert again.exit_code == 1
    assert "Student 7" not in (handed_in.parent / "class.html").read_text(encoding="utf-8")


def test_somebody_elses_file_of_that_name_is_left_as_it_is(handed_in):
    for name in ("class.csv", "class.html"):
        other = handed_in.parent / name
        other.write_text("grades", encoding="utf-8")
        result = CliRunner().invoke(main, ["class", str(handed_in)])
        assert result.exit_code == 2
        assert f"{name} is there already" in result.stderr.splitlines()[-1]
        assert other.read_text(encoding="utf-8") == "grades"
        other.unlink()


def test_the_page_ends_in_html(refusal, tmp_path):
    refusal(lambda: write(classroom([BO], CORPUS), tmp_path / "class.txt"), "class.txt", ".html")


def test_a_folder_with_nobodys_work_is_refused(tmp_path):
    result = CliRunner().invoke(main, ["class", str(tmp_path)])
    assert result.exit_code == 2
    assert "no work" in result.stderr
