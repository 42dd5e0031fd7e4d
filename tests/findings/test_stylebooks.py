"""The shipped stylebooks: every row finds what it says, none is dead, and they name what the annotations name."""

import csv
import string
from pathlib import Path

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

import kit
from kit.documents.catalogues import catalogue, corpus_names
from kit.documents.readers import plain_document
from kit.findings.naming import NOT_COUNTED, read_stylebook

DATASETS = Path(__file__).resolve().parents[2] / "datasets"
BOOKS = {path.stem: read_stylebook(path.stem) for path in sorted((DATASETS / "stylebooks").glob("*.csv"))}
ROWS = [
    pytest.param(book, entry, id=f"{name}-{entry.pattern}") for name, book in BOOKS.items() for entry in book.entries
]
WRITTEN = string.ascii_letters + string.digits + " -'’."


def renderings(entry):
    """Texts that a row's pattern matches as they stand."""
    return st.from_regex(entry.pattern, fullmatch=True, alphabet=WRITTEN)


def whole(book, text):
    """The entry that takes the whole of a text, if one does."""
    return next((entry for start, end, entry in book.find(text) if (start, end) == (0, len(text))), None)


def test_a_stylebook_is_shipped_for_every_corpus():
    assert {catalogue(name)["stylebook"] for name in corpus_names()} <= set(BOOKS)
    assert {"aleppo-2016", "harbour-strike"} <= set(BOOKS)


@pytest.mark.parametrize(("book", "entry"), ROWS)
def test_every_row_wins_at_least_one_rendering_of_its_pattern(book, entry):
    assert find(renderings(entry), lambda text: whole(book, text) == entry)


@pytest.mark.parametrize(("book", "entry"), ROWS)
@settings(max_examples=20)
@given(data=st.data())
def test_every_rendering_of_a_pattern_is_taken_whole(book, entry, data):
    assert whole(book, data.draw(renderings(entry)))


@pytest.mark.parametrize(("book", "entry"), [row for row in ROWS if row.values[1].referent == NOT_COUNTED])
def test_what_is_not_counted_gives_its_reason_as_a_sentence(book, entry):
    assert entry.note.endswith(".")


@pytest.mark.parametrize(
    ("name", "referent"), [("aleppo-2016", "armed groups"), ("harbour-strike", "the dock workers")]
)
def test_every_name_that_the_lessons_compare_is_explained(name, referent):
    explained = {entry.label for entry in BOOKS[name].entries if entry.note}
    assert [label for who, label in BOOKS[name].labels if who == referent and label not in explained] == []


@pytest.mark.parametrize("name", BOOKS)
def test_no_cell_has_white_space_around_it_and_every_row_is_complete(name):
    with (DATASETS / "stylebooks" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["referent", "label", "pattern", "note"]
    assert all(len(row) == 4 and row[:3] == [cell.strip() for cell in row[:3]] for row in rows)


# The annotation guide and the annotations ----------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "names"), [
    ("the insurgents", [("insurgents", "insurgent")]),
    ("Jabhat al-Nusra militants", [("Jabhat al-Nusra", "Nusra Front"), ("militants", "militant")]),
    ("insurgent areas", [("insurgent", "insurgent")]),
    ("government-held", [("government", "government")]),
    ("terrorist-held", [("terrorist", "terrorist")]),
    ("terrorist groups near the city", [("terrorist groups", "terrorist")]),
    ("President Assad", [("President Assad", "Assad")]),
    ("Syrian army", [("Syrian army", "Syrian army")]),
    ("moderate rebels", [("rebels", "rebel")]),
    ("armed opposition", [("armed opposition", "opposition")]),
    ("rebel fighters", [("rebel fighters", "rebel")]),
    ("these groups, the other side, both sides, one of them", []),
    ("Damascus and Moscow", []),
    ("terrorist attack", []),
    ("regime change", []),
    ("the Russian government", []),
])  # fmt: skip
def test_the_examples_of_the_annotation_guide_are_named_as_it_says(text, names):
    found = kit.mentions(plain_document(f"So {text} came.", "d"), BOOKS["aleppo-2016"])
    assert list(zip(found["text"], found["label"], strict=True)) == names


@pytest.mark.parametrize(
    "text", ["fire-fighters and firefighters", "a counter-insurgency campaign", "the Salvation Army"]
)
def test_what_only_looks_like_a_name_names_no_party_to_the_war(text):
    found = kit.mentions(plain_document(f"So {text} came.", "d"), BOOKS["aleppo-2016"])
    assert set(found["referent"]) <= {"the government's campaign"}


@pytest.mark.parametrize(("text", "referent"), [
    ("ISIS terrorist group", "Islamic State"), ("YPG fighters", "Kurdish forces"), ("dock workers", "the dock workers"),
    ("ferry workers", "the ferry crew"), ("the night gang", "the night gang"),
])  # fmt: skip
def test_a_name_that_says_who_another_party_is_is_that_partys(text, referent):
    book = BOOKS["aleppo-2016" if text.isupper() or text.split()[0].isupper() else "harbour-strike"]
    assert list(kit.mentions(plain_document(f"So {text} came.", "d"), book)["referent"]) == [referent]


ANNOTATIONS = sorted(path for name in ("mentions", "pass-?") for path in DATASETS.glob(f"*/reference/{name}.csv"))


@pytest.mark.parametrize("path", ANNOTATIONS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_the_annotations_use_the_stylebooks_labels(path):
    book = BOOKS[catalogue(path.parts[-3])["stylebook"]]
    with path.open(encoding="utf-8", newline="") as file:
        used = {(row["referent"], row["label"]) for row in csv.DictReader(file)}
    assert used
    assert {pair for pair in used - set(book.labels) if pair[1] != "other"} == set()
