"""A lesson reads easily: its prose is for a school class, the harbour strike's texts for a young one."""

import pytest

import kit
from tests.reading import ROOT, grade, of_document, of_notebook, syllables

NOTEBOOKS = sorted([*(ROOT / "notebooks").glob("*.ipynb"), *(ROOT / "exercises").glob("*.ipynb")])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_notebook_reads_easily(path):
    assert of_notebook(path) <= 8


@pytest.mark.parametrize("document", kit.load("harbour-strike"), ids=lambda document: document.name)
def test_the_harbour_strike_can_be_read_at_thirteen(document):
    assert of_document(document) <= 8


def test_the_grade_is_the_published_formula():
    # Ten words of one syllable in two sentences: 0.39 × 5 + 11.8 × 1 − 15.59.
    assert grade(["The cat sat on mats.", "The dog ran to town."]) == pytest.approx(0.39 * 5 + 11.8 - 15.59)


@pytest.mark.parametrize(("word", "number"), [("named", 1), ("wanted", 2), ("table", 2), ("Aleppo", 3), ("the", 1)])
def test_syllables_are_those_one_hears(word, number):
    assert syllables(word) == number
