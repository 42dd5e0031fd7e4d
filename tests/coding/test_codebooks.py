"""Codebooks: those that are shipped are complete, and a wrong one is refused with its line and the reason."""

import pytest

import kit
from kit.coding.codebooks import UNITS, Category, codebook_names, read_codebook
from kit.coding.store import add
from kit.documents.readers import plain_document

SHIPPED = {"entman", "generic-frames", "war-peace-journalism", "actors", "predication"}
BOOKS = [read_codebook(name) for name in codebook_names()]

GOOD = """title = "Mine"
unit = "sentence"
values = ["no", "yes"]
level = "nominal"
scoring = "Count."
reliability = "Krippendorff's alpha"
citation = "Somebody (2020)."

[[category]]
code = "a"
definition = "D"
indicator = "I"
example = "E"
counter_example = "C"

[[category]]
code = "b"
group = "g"
definition = "D"
indicator = "I"
example = "E"
counter_example = "C"
"""


@pytest.fixture
def mine(tmp_path):
    """Write a codebook of one's own, with something replaced."""

    def written(old="", new="", text=GOOD):
        assert old in text
        path = tmp_path / "mine.toml"
        path.write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
        return path

    return written


# The shipped ones ----------------------------------------------------------------------------------------------------


def test_the_codebooks_of_the_lessons_are_shipped():
    assert set(codebook_names()) == SHIPPED


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.name)
def test_every_category_says_what_is_and_what_is_not_an_instance(book):
    assert book.unit in UNITS
    for category in book.categories:
        assert category.example != category.counter_example
        assert all(getattr(category, field).strip() for field in Category._fields[:5])
    assert len({category.definition for category in book.categories}) == len(book.codes)


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.name)
def test_every_codebook_cites_its_source_with_a_year(book):
    assert any(year in book.citation for year in ("1993", "1996", "2000", "2005", "2009"))


def test_entmans_functions_are_judged_for_the_whole_text():
    book = read_codebook("entman")
    assert (book.unit, book.level, book.codes) == (
        "document",
        "ordinal",
        ["problem", "cause", "judgement", "remedy"],
    )


def test_the_five_frames_are_asked_in_nineteen_questions():
    groups = read_codebook("generic-frames").table()["group"].value_counts(sort=False)
    assert groups.to_dict() == {
        "conflict": 4,
        "human interest": 4,
        "economic consequences": 3,
        "morality": 3,
        "responsibility": 5,
    }


def test_war_and_peace_indicators_come_in_pairs():
    groups = read_codebook("war-peace-journalism").table()["group"]
    assert list(groups) == ["war", "peace"] * 6


# One's own -----------------------------------------------------------------------------------------------------------


def test_a_codebook_of_ones_own_is_read_and_called_by_its_file(mine):
    book = read_codebook(mine())
    assert (book.name, book.codes, book.values) == ("mine", ["a", "b"], ("no", "yes"))
    assert book.categories[1] == Category("b", "D", "I", "E", "C", "g")
    document = plain_document("One. Two.", "d")
    assert add(document, mine(), "a", "One.", coder="Ana").codebook == "mine"


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('title = "Mine"', "title = Mine", 1, "TOML"),
        ('title = "Mine"\n', "", 1, "the title is missing"),
        ('title = "Mine"', "title = 3", 1, "the title must be a text"),
        ('title = "Mine"', 'title = " "', 1, "the title must be a text"),
        ('unit = "sentence"', 'unit = "clause"', 2, "document, sentence, span"),
        ('["no", "yes"]', '["no"]', 3, "two or more"),
        ('["no", "yes"]', '"no"', 3, "two or more"),
        ('["no", "yes"]', "[0, 1]", 3, "two or more"),
        ('["no", "yes"]', '["no", "no", "yes"]', 3, "twice"),
        ('"nominal"', '"interval"', 3, "numbers"),
        ('"nominal"', '"ratio"', 4, "nominal, ordinal, interval"),
        ('citation = "Somebody (2020)."', 'source = "Somebody"', 7, "'source' is no field"),
        ('code = "a"\n', "", 9, "category 1: the code is missing"),
        ('code = "b"', 'code = "a"', 17, "'a' stands there twice"),
        ('code = "b"', 'code = "b c"', 17, "letters"),
        ('example = "E"', "example = 3", 13, "category 1: the example must be a text"),
        ('code = "b"\n', 'code = "b"\nvalues = ["0", "1"]\n', 18, "category 2: 'values' is no field"),
    ],
)
def test_a_wrong_codebook_is_refused_with_its_line_and_the_reason(mine, refusal, old, new, line, said):
    path = mine(old, new)
    assert f"line {line}" in refusal(lambda: read_codebook(path), path, said)


@pytest.mark.parametrize("without", ["", 'category = "a"\n', "category = []\n", "category = [1]\n"])
def test_a_codebook_without_categories_is_refused(mine, refusal, without):
    path = mine(text=GOOD[: GOOD.index("[[category]]")] + without)
    refusal(lambda: read_codebook(path), path, "line", "[[category]]")


def test_categories_in_one_line_are_read_and_refused_like_others(mine, refusal):
    row = 'category = [{ code = "a", definition = "D", indicator = "I", example = "E", counter_example = "C" }]\n'
    above = GOOD[: GOOD.index("[[category]]")]
    assert read_codebook(mine(text=above + row)).codes == ["a"]
    refusal(lambda: read_codebook(mine(text=above + row.replace('"D"', "1"))), "category 1", "definition")


@pytest.mark.parametrize("name", ["entmann", "nowhere.toml", "a\nb", ""])
def test_a_codebook_that_is_not_there_is_refused_with_those_there_are(refusal, name):
    refusal(lambda: read_codebook(name), *([] if name == "" else ["entman"]))


def test_a_code_or_value_that_the_codebook_lacks_is_named_with_those_it_has(refusal):
    book = read_codebook("entman")
    refusal(lambda: book.check("hero", "present"), "entman", "'hero'", "problem, cause")
    refusal(lambda: book.check("cause", "yes"), "'yes'", "absent, present, prominent")


def test_a_codebook_is_shown_as_a_table():
    table = kit.read_codebook("entman").table()
    assert list(table.columns) == list(Category._fields[:6])  # without the terms: people code first
