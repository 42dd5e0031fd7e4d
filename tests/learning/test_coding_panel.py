"""Coding in a panel: each code is kept as it is made, nothing is lost, and keys suffice."""

import sqlite3
from contextlib import closing

import ipywidgets as w
import pytest

import kit
from kit.coding import store
from kit.documents.readers import markdown_document, plain_document
from kit.folders import work_folder
from tests.learning.test_panels import every, said

TEXT = "# Gang cut\n\nThe gang was cut. A pallet slipped, said the cook.\n\nThe gang was cut again.\n\nTheme: Gangs\n"
NATIVE = (w.RadioButtons, w.ToggleButtons, w.Combobox, w.Checkbox, w.Text, w.Button)
WHOLE, CHOSEN = "the whole text", "sentences, or words of them"


@pytest.fixture
def documents():
    return [markdown_document(TEXT, "a"), plain_document("The port closed. The port opened.", "b")]


def control(panel, description):
    (found,) = [part for part in every(panel) if getattr(part, "description", None) == description]
    return found


def choose(panel, **values):
    for description, value in values.items():
        control(panel, description.replace("_", " ")).value = value


def press(panel, description):
    control(panel, description).click()


def keep(panel, **values):
    choose(panel, **values)
    press(panel, "Keep this code")


def kept(*documents, **wanted):
    table = kit.coding.codes(documents, **wanted)
    return list(zip(table["document"], table["code"], table["value"], table["text"], strict=True))


def lines(panel):
    """The codes that the panel lists."""
    return [
        row.children[1].value
        for row in every(panel)
        if isinstance(row, w.HBox)
        and isinstance(row.children[0], w.Button)
        and row.children[0].description[-1].isdigit()
    ]


# What is shown -------------------------------------------------------------------------------------------------------


def test_headings_and_sentences_are_listed_with_their_numbers_and_boilerplate_is_not(documents):
    panel = kit.code(documents, "actors", "Ana")
    ticks = [part.description for part in every(panel) if isinstance(part, w.Checkbox)]
    assert ticks == ["1", "2", "3", "4"]
    assert "<strong>Gang cut</strong>" in said(panel)
    assert "Theme" not in said(panel)


def test_the_codebook_is_shown_with_its_examples_and_without_its_cues(documents):
    panel = kit.code(documents, "generic-frames", "Ana")
    (category, *_) = kit.read_codebook("generic-frames").categories
    for part in (category.definition, category.indicator, category.example, category.counter_example):
        assert part in said(panel)
    assert "<details>" in said(panel)
    assert not any(cue in said(panel) for cue in ("disagree*", "controvers*"))


def test_where_it_cannot_be_shown_a_sentence_says_what_would_be_here(documents):
    assert "to code a, b with the codebook “How actors are represented”" in repr(kit.code(documents, "actors", "Ana"))


def test_markup_in_a_document_and_in_a_note_stays_text():
    document = plain_document("The <script>x</script> came.", "<b>name")
    panel = kit.code(document, "actors", "<i>Ana")
    keep(panel, Sentences="1", Code="named", Note="<u>why")
    assert not any(tag in said(panel) for tag in ("<script>", "<b>", "<i>", "<u>"))
    assert "&lt;script&gt;" in said(panel)
    assert "&lt;u&gt;why" in lines(panel)[0]


# Making codes --------------------------------------------------------------------------------------------------------


def test_a_question_on_the_whole_text_is_answered_also_with_an_explicit_no(documents):
    panel = kit.code(documents, "entman", "Ana")
    assert control(panel, "Of").value == WHOLE
    assert control(panel, "Value").options == ("absent", "present", "prominent")
    assert control(panel, "Value").value is None
    keep(panel, Code="remedy", Value="absent", Note="not a word")
    assert kept(*documents) == [("a", "remedy", "absent", "")]
    assert "Answered for the whole text: 1 of 4; still open: problem, cause, judgement." in said(panel)
    assert kit.coding.codes(documents)["note"].iloc[0] == "not a word"


def test_every_question_of_every_codebook_on_documents_can_be_answered_with_its_first_value(documents):
    for name in ("entman", "generic-frames", "war-peace-journalism"):
        book = kit.read_codebook(name)
        panel = kit.code(documents[0], book, "Ana")
        for code in book.codes:
            keep(panel, Code=code, Value=book.values[0])
        assert f"Answered for the whole text: {len(book.codes)} of {len(book.codes)}." in said(panel)


def test_several_sentences_are_chosen_by_ticking_or_by_their_numbers(documents):
    panel = kit.code(documents, "actors", "Ana")
    choose(panel, **{"2": True, "4": True})
    assert control(panel, "Sentences").value == "2, 4"
    choose(panel, Sentences="3-4")
    assert [control(panel, number).value for number in "1234"] == [False, False, True, True]
    keep(panel, Code="left-out")
    assert [text for *_, text in kept(*documents)] == ["A pallet slipped, said the cook.", "The gang was cut again."]
    assert control(panel, "Sentences").value == ""
    assert control(panel, "4").value is False


def test_ticking_a_sentence_says_that_not_the_whole_text_is_meant(documents):
    panel = kit.code(documents, "entman", "Ana")
    choose(panel, **{"2": True})
    assert control(panel, "Of").value == CHOSEN
    assert control(panel, "Value").options == ("present", "prominent")


def test_words_are_looked_for_in_the_sentence_chosen_and_else_in_the_text(documents):
    panel = kit.code(documents, "actors", "Ana")
    keep(panel, Code="function", Sentences="4", Only_these_words="The gang")
    keep(panel, Only_these_words="the  cook")
    start = TEXT.index("The gang was cut again") - 2  # the heading's mark is no text
    table = kit.coding.codes(documents)
    assert list(table["text"]) == ["the cook", "The gang"]
    assert table["start"].iloc[1] == start


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"Only_these_words": "The gang"}, "stands 2 times"),
        ({"Only_these_words": "nowhere"}, "stands 0 times"),
        ({"Sentences": "9"}, "no number of a sentence"),
        ({"Sentences": "x"}, "there are 4"),
        ({}, "Choose a sentence"),
    ],
)
def test_what_cannot_be_coded_is_said_and_loses_nothing(documents, values, message):
    panel = kit.code(documents, "actors", "Ana")
    keep(panel, Note="mine", **values)
    assert 'role="alert"' in said(panel)
    assert message in said(panel)
    assert control(panel, "Note").value == "mine"
    assert kept(*documents) == []


def test_a_value_must_be_chosen(documents):
    panel = kit.code(documents, "entman", "Ana")
    keep(panel)
    assert "Choose a value first" in said(panel)
    assert kept(*documents) == []


def test_a_code_made_again_shows_what_was_said_and_replaces_it(documents):
    panel = kit.code(documents, "entman", "Ana")
    keep(panel, Code="cause", Value="present", Note="first")
    choose(panel, Code="remedy")
    assert (control(panel, "Value").value, control(panel, "Note").value) == (None, "")
    choose(panel, Code="cause")
    assert (control(panel, "Value").value, control(panel, "Note").value) == ("present", "first")
    keep(panel, Value="prominent")
    assert kept(*documents) == [("a", "cause", "prominent", "")]


def test_what_somebody_is_writing_is_not_replaced(documents):
    panel = kit.code(documents, "entman", "Ana")
    choose(panel, Note="half a thou")
    choose(panel, Code="judgement")
    assert control(panel, "Note").value == "half a thou"


# Taking back ---------------------------------------------------------------------------------------------------------


def test_undo_takes_away_the_last_and_says_what_it_was(documents):
    panel = kit.code(documents, "entman", "Ana")
    keep(panel, Code="cause", Value="present")
    keep(panel, Value="absent")
    press(panel, "Undo the last")
    assert "Undone: cause = absent" in said(panel)
    assert kept(*documents) == [("a", "cause", "present", "")]
    press(panel, "Undo the last")
    press(panel, "Undo the last")
    assert "nothing left to undo" in said(panel)


def test_undo_says_where_if_it_was_elsewhere(documents):
    panel = kit.code(documents, "entman", "Ana")
    kit.coding.add(documents[1], "actors", "named", "The port closed.", coder="Ana")
    press(panel, "Undo the last")
    assert "in b (actors)" in said(panel)


def test_the_codes_made_are_listed_and_one_can_be_taken_back(documents):
    panel = kit.code(documents, "entman", "Ana")
    for code in ("cause", "remedy"):
        keep(panel, Code=code, Value="present")
    assert lines(panel) == ["cause = present: the whole text", "remedy = present: the whole text"]
    press(panel, "Take back 1")
    assert kept(*documents) == [("a", "remedy", "present", "")]
    assert lines(panel) == ["remedy = present: the whole text"]


# Going on ------------------------------------------------------------------------------------------------------------


def test_who_opens_it_again_goes_on_where_they_stopped(documents):
    first = kit.code(documents, "entman", "Ana")
    keep(first, Code="problem", Value="present")
    choose(first, Document="b")
    keep(first, Code="problem", Value="present")
    keep(first, Sentences="1", Value="present")
    again = kit.code(documents, "entman", "Ana")
    assert control(again, "Document").value == "b"
    assert control(again, "Code").value == "cause"
    assert "The sentence coded last is 1 of 2." in said(again)
    assert "[problem = present]" in said(again)
    other = kit.code(documents, "entman", "Bo")
    assert control(other, "Document").value == "a"
    assert lines(other) == []


def test_a_locked_store_is_said_and_what_was_written_stays(documents, monkeypatch):
    monkeypatch.setattr(store, "PATIENCE", 0.05)
    panel = kit.code(documents, "entman", "Ana")
    keep(panel, Code="cause", Value="present")
    with closing(sqlite3.connect(work_folder() / store.FILE)) as other:
        other.execute("BEGIN IMMEDIATE")
        keep(panel, Code="remedy", Value="prominent", Note="why")
        assert 'role="alert"' in said(panel)
        assert "is in use by another program" in said(panel)
        assert (control(panel, "Value").value, control(panel, "Note").value) == ("prominent", "why")
        other.rollback()
    press(panel, "Keep this code")
    assert [code for _, code, *_ in kept(*documents)] == ["cause", "remedy"]


def test_a_damaged_store_is_said_when_the_panel_opens(documents):
    (work_folder()).mkdir(parents=True)
    (work_folder() / store.FILE).write_bytes(b"no database" * 100)
    panel = kit.code(documents, "entman", "Ana")
    assert "is damaged and left as it is" in said(panel)
    keep(panel, Code="cause", Value="present")
    assert (work_folder() / store.FILE).read_bytes() == b"no database" * 100


def test_a_long_text_is_coded_by_a_click_like_a_short_one():
    panel = kit.code(plain_document("The port closed. " * 1500, "long"), "actors", "Ana")
    keep(panel, Sentences="1-3")
    assert len(lines(panel)) == 3


def test_a_text_that_has_changed_is_said(documents):
    store.add(documents[1], "actors", "function", "The port closed.", coder="Ana")
    panel = kit.code(plain_document("The port opened.", "b"), "actors", "Ana")
    assert "A text has changed since it was coded" in said(panel)


def test_without_documents_or_coder_or_codebook_it_is_refused(documents, refusal):
    refusal(lambda: kit.code([], "entman", "Ana"), "no document")
    refusal(lambda: kit.code(documents, "entman", " "), "coder")
    refusal(lambda: kit.code(documents, "none", "Ana"), "none", "entman")


def test_an_empty_document_opens():
    assert "Codes in this document: 0." in said(kit.code(plain_document("", "empty"), "actors", "Ana"))


# Without a mouse, without eyes ---------------------------------------------------------------------------------------


def test_every_control_is_a_native_one_with_a_label_of_its_own(documents):
    panel = kit.code(documents, "entman", "Ana")
    keep(panel, Code="cause", Value="present")
    controls = [part for part in every(panel) if not isinstance(part, (w.Box, w.HTML))]
    assert all(isinstance(part, NATIVE) for part in controls)
    assert all(part.description for part in controls)
    assert len({part.description for part in controls}) == len(controls)


SIX = "One came. Two came. Three came. Four came. Five came. Six came."


@pytest.mark.parametrize(
    ("written", "found"),
    [("", ""), ("3", "3"), ("2-4", "2 3 4"), ("1, 3–4;6", "1 3 4 6"), (" 2 - 3 ,", "2 3")],
)
def test_numbers_of_sentences_are_read(written, found):
    panel = kit.code(plain_document(SIX, "a"), "actors", "Ana")
    choose(panel, Sentences=written)
    assert [number for number in "123456" if control(panel, number).value] == found.split()


@pytest.mark.parametrize("written", ["0", "7", "4-2", "two", "-3", "1-", "9" * 40])
def test_numbers_that_are_none_are_refused(written):
    panel = kit.code(plain_document(SIX, "a"), "actors", "Ana")
    choose(panel, Sentences=written)
    assert "is no number of a sentence" in said(panel)
    assert "there are 6" in said(panel)
