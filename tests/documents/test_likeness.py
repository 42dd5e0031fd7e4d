"""A text that we know is recognised without our holding it, and what differs is said in the reader's own words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kit
from kit.documents.likeness import ALIKE, RUN, likeness, runs_of
from kit.documents.originals import add_original

STORY = " ".join(
    f"On day {day} the ferry left pier {day} late, because crew {day} had not come, said the port office."
    for day in range(30)
)
TOUCHED = {
    "a word changed": (STORY.replace("day 7 the ferry", "day 7 the tanker"), "tanker"),
    "a line lost": (STORY.replace(STORY[400:700], ""), "missing"),
    "its end lost": (STORY[: len(STORY) * 2 // 3], "missing"),
    "a word added": (STORY.replace("day 9 the", "day 9 the old"), "old"),
}


def test_a_text_is_itself_whatever_stands_around_it():
    found = likeness(f"Menu. {STORY} Read more.", runs_of(STORY))
    assert found.share == 1
    assert found.differences == []
    assert found.start == len("Menu. ")


def test_marks_capitals_and_line_breaks_make_no_other_text():
    assert likeness(STORY.upper().replace(",", "\n\n"), runs_of(STORY)).share == 1


@pytest.mark.parametrize("what", TOUCHED)
def test_what_differs_is_said(what):
    text, told = TOUCHED[what]
    found = likeness(text, runs_of(STORY))
    assert ALIKE <= found.share < 1
    assert told in " ".join(found.differences)


@settings(deadline=None)
@given(st.text())
def test_any_text_can_be_compared(text):
    found = likeness(text, runs_of(STORY))
    assert 0 <= found.share <= 1
    assert 0 <= found.start <= found.end <= len(text)
    assert likeness(STORY, runs_of(text)).share <= 1


def test_no_run_shares_a_word_with_the_next():
    """Whoever knows seven words of a run could else find the eighth by trying, and so the whole text."""
    words = STORY.split()
    assert len(runs_of(STORY)) == len(words) // RUN


def test_an_original_with_a_word_changed_is_recognised_and_the_difference_said(shared):
    for file in sorted(shared("documents").glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        touched = text.replace("Aleppo", "Homs", 5)
        with pytest.warns(kit.KitWarning, match="Homs"):
            title = add_original(touched.encode("utf-8"), "aleppo-2016", file.name)
        assert title
    with pytest.warns(kit.KitWarning, match="Homs"):
        assert kit.load("aleppo-2016").about["edition"] == "original"


def test_an_original_that_lost_a_paragraph_is_recognised_and_read(shared):
    for file in sorted(shared("documents").glob("*.txt")):
        paragraphs = file.read_text(encoding="utf-8").split("\n\n")
        del paragraphs[len(paragraphs) // 2]
        with pytest.warns(kit.KitWarning, match="missing"):
            add_original("\n\n".join(paragraphs).encode("utf-8"), "aleppo-2016", file.name)
    with pytest.warns(kit.KitWarning, match="missing"):
        assert len(kit.load("aleppo-2016", edition="original")) == 3
