"""Figures of names: how often, in whose voice and where, in words, in numbers and in black and white."""

from itertools import combinations, pairwise

import pytest

import kit
from kit.documents.readers import plain_document
from kit.findings.naming import Entry, Stylebook
from kit.findings.voice import VOICES
from tests.views.test_figure import EVIL, PNG, STYLEBOOK, luminance, quietly

TEXT = (
    "The rebels came. The rebels left. He said “terrorists” had come. "
    "The so-called “militants” fled. The insurgents stayed."
)
DRAW = [kit.views.names_by_voice, kit.views.dispersion]
draws = pytest.mark.parametrize("draw", DRAW, ids=["names by voice", "strip"])


def mentions(*texts):
    return kit.mentions([plain_document(text, f"text-{i}") for i, text in enumerate(texts)], STYLEBOOK)


# In words and numbers ------------------------------------------------------------------------------------------------


def test_the_text_alternative_tells_names_numbers_and_voices():
    figure = kit.views.names_by_voice(mentions(TEXT, "Nothing was heard."))
    for said in (
        "text-0",
        "rebel 2 (2 author)",
        "terrorist 1 (1 quoted)",
        "militant 1 (1 scare)",
        "text-1: no such name",
    ):
        assert said in figure.alt
    for said in ("text-0", "rebel 2 times", "text-1: none of these names"):
        assert said in kit.views.dispersion(mentions(TEXT, "Nothing was heard.")).alt


def test_the_table_holds_every_name_in_every_voice_also_zeros():
    figure = kit.views.names_by_voice(mentions(TEXT), "armed groups")
    assert figure.table.loc[("rebel", "author"), "text-0"] == 2
    assert figure.table.loc[("mercenary", "quoted"), "text-0"] == 0
    labels = {label for referent, label in STYLEBOOK.labels if referent == "armed groups"}
    assert set(figure.table.index.get_level_values("label")) == labels
    assert "n = 5" in figure.title


def test_the_table_of_the_strip_holds_every_mention_with_its_place():
    table = kit.views.dispersion(mentions(TEXT)).table
    assert list(table.columns) == ["document", "label", "voice", "place"]
    assert len(table) == 5
    assert table["place"].between(0, 1).all()
    assert list(kit.views.dispersion(mentions(TEXT), labels=["rebel"]).table["label"]) == ["rebel", "rebel"]


def test_unit_and_n_are_said():
    for figure in (kit.views.names_by_voice(mentions(TEXT)), kit.views.dispersion(mentions(TEXT))):
        assert "n = 5" in figure.title
        assert all(axis.get_xlabel() for axis in figure.canvas.axes)
    assert "18 words" in kit.views.names_by_voice(mentions(TEXT)).canvas.axes[0].get_title()


# In black and white --------------------------------------------------------------------------------------------------


def test_the_voices_can_be_told_apart_by_grey_and_by_hatch():
    (axis,) = kit.views.names_by_voice(mentions(TEXT)).canvas.axes
    styles = [(luminance(bars[0].get_facecolor()[:3]), bars[0].get_hatch()) for bars in axis.containers]
    assert len(styles) == len(VOICES)
    for (one, hatch), (other, another) in combinations(styles, 2):
        assert abs(one - other) > 0.1
        assert hatch != another


def test_the_strip_tells_names_by_marker_and_voices_by_filling():
    (axis,) = kit.views.dispersion(mentions(TEXT)).canvas.axes
    legend = axis.figure.legends[0]
    assert len(legend.get_texts()) == 4
    paths = [marks.get_paths()[0] for marks in axis.collections if marks.get_paths()]
    shapes = {str(path.vertices.round(3).tolist()) for path in paths}
    assert len(shapes) == 4
    assert "hollow" in legend.get_title().get_text()


# Whatever is found ---------------------------------------------------------------------------------------------------


@draws
def test_a_name_that_never_occurs_is_drawn_and_counted(draw):
    figure = quietly(lambda: draw(mentions(TEXT).query("label == 'mercenary'")))
    assert quietly(figure.png).startswith(PNG)
    assert "n = 0" in figure.title


def test_the_voices_of_one_name_stand_beside_each_other_and_add_up():
    text = "The rebels came. He said “rebels” came. The “rebels” came."
    (axis,) = kit.views.names_by_voice(mentions(text)).canvas.axes
    bars = [container[0] for container in axis.containers]
    for left, right in pairwise(bars):
        assert right.get_x() == pytest.approx(left.get_x() + left.get_width())
    assert sum(bar.get_width() for bar in bars) == 3


@draws
@pytest.mark.parametrize("name", ["cost $5 or $6", r"a$\frac$b", "_under_", "{brace}", "50 %", EVIL])
def test_a_name_is_drawn_as_it_is_and_never_as_a_formula_or_as_markup(draw, name):
    stylebook = Stylebook("own", (Entry("party", name, "rebel"),))
    figure = draw(kit.mentions(plain_document("The rebels came.", "d"), stylebook))
    assert figure.png().startswith(PNG)
    assert name in figure.alt
    assert "<script>" not in figure._repr_html_()


def test_the_strip_draws_at_most_as_many_names_as_it_has_marks_and_says_how_many():
    names = "Terrorists rebels insurgents militants fighters jihadists extremists mercenaries attackers proxies"
    table = mentions(", ".join(names.split()))
    figure = kit.views.dispersion(table, labels=list(table["label"]))
    assert len(figure.table) == 8
    assert "n = 8" in figure.title


def test_a_name_that_nobody_knows_is_refused(refusal):
    refusal(lambda: kit.views.dispersion(mentions(TEXT), labels=["rebel", "pirate"]), "'pirate'")


@draws
def test_a_referent_can_be_chosen(draw):
    table = mentions("The rebels and the army came.")
    assert "n = 1" in draw(table, referent="Syrian state").title
    assert "rebel" not in draw(table, referent="Syrian state").alt
