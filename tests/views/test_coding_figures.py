"""Figures of codes, agreement and agency: in words, in numbers and in black and white."""

from itertools import combinations

import pandas as pd
import pytest

import kit
from kit.coding import store
from kit.documents.readers import plain_document
from tests.views.test_figure import PNG, luminance, quietly

TEXT = "The gang was cut. A pallet slipped. The gang was restored by the port. The killing of gulls, too."


@pytest.fixture
def documents():
    return kit.Corpus([plain_document(TEXT, "a"), plain_document("The port closed.", "b")])


@pytest.fixture
def codes(documents):
    answers = {"Ana": ("prominent", "absent"), "Bo": ("present", "absent"), "Cem": ("present", "prominent")}
    for coder, (problem, remedy) in answers.items():
        store.add(documents["a"], "entman", "problem", coder=coder, value=problem)
        store.add(documents["a"], "entman", "remedy", coder=coder, value=remedy)
        store.add(documents["a"], "entman", "problem", documents["a"].sentences[0], coder=coder, value="present")
    store.add(documents["a"], "entman", "problem", documents["a"].sentences[1], coder="Ana", value="present")
    store.add(documents["b"], "entman", "cause", coder="Ana", value="present")
    return kit.coding.codes(documents)


# In words and numbers ------------------------------------------------------------------------------------------------


def test_the_grid_of_frames_holds_the_value_most_gave_and_the_sentences_marked(codes):
    figure = kit.views.frame_grid(codes, "entman")
    rows = figure.table.set_index(["document", "code"])
    assert rows.loc["a", "problem"].tolist() == ["present", 3, 2, 2]
    assert rows.loc["a", "remedy"].tolist() == ["absent", 3, 2, 0]
    assert rows.loc["a", "cause"].tolist() == ["no answer", 0, 0, 0]
    assert rows.loc["b", "cause"].tolist() == ["present", 1, 1, 0]
    assert "a: problem present (2 of 3), 2 sentences; cause no answer" in figure.alt
    assert "n = 3 coders" in figure.title


def test_values_that_were_given_as_often_are_all_told(documents, codes):
    figure = kit.views.frame_grid(codes[codes["coder"] != "Cem"], "entman")
    assert figure.table.loc[0, "value"] == "present / prominent"
    assert "(1 of 2 each)" in figure.alt


def test_one_coder_s_grid_counts_no_coders(codes):
    assert "problem prominent, 2 sentences" in kit.views.frame_grid(codes[codes["coder"] == "Ana"], "entman").alt


def test_the_grid_of_coders_sets_them_side_by_side(codes):
    figure = kit.views.coder_grid(codes, "entman", "a")
    rows = figure.table.set_index(["coder", "code"])
    assert rows.loc["Ana", "problem"].tolist() == ["prominent", 2]
    assert rows.loc["Cem", "problem"].tolist() == ["present", 1]
    assert rows.loc["Bo", "judgement"].tolist() == ["no answer", 0]
    assert "Cem: problem present, 1 sentence;" in figure.alt


def test_stretches_are_gathered_by_document_for_a_codebook_of_stretches(documents):
    for words, value in (("gang was cut", "unfavourable"), ("restored", "favourable")):
        store.add(documents["a"], "predication", "deed", words, coder="Ana", value=value)
    table = kit.views.frame_grid(kit.coding.codes(documents["a"]), "predication").table.set_index("code")
    assert table.loc["deed", ["value", "sentences"]].tolist() == ["favourable + unfavourable", 2]
    assert table.loc["quality", ["value", "sentences"]].tolist() == ["none", 0]


def test_the_figure_of_agreement_names_the_customary_limits_and_where_they_are_from(codes):
    table = kit.metrics.agreement(codes, "entman")
    figure = kit.views.agreement_figure(table)
    pd.testing.assert_frame_equal(figure.table, table)
    for said in ("0.667", "0.8", "Krippendorff", "2004", "2019", "not a law", "cause not defined, 0 units"):
        assert said in figure.alt
    (legend,) = figure.canvas.legends
    assert "not a law" in legend.get_title().get_text()
    texts = [text.get_text() for text in figure.canvas.axes[0].texts]
    assert "not defined: nothing to compare" in texts


def test_who_acts_is_counted_in_passives_with_a_subject_and_in_nouns(documents):
    figure = kit.views.agency_by_document(kit.agency(documents))
    rows = figure.table.set_index(["document", "of"])
    assert rows.loc["a", "passive clauses"].tolist() == [1, 1, 0.5]
    assert rows.loc["a", "violence as a noun"].tolist() == [0, 1, 1]
    assert rows.loc["b", "passive clauses"].tolist()[:2] == [0, 0]
    assert "passive clauses 2 (who acts unnamed in 1)" in figure.alt
    assert "n = 2 passive clauses, 1 nouns" in figure.title


# In black and white --------------------------------------------------------------------------------------------------


def test_values_are_told_by_grey_and_every_cell_says_its_own(codes):
    (axis,) = kit.views.frame_grid(codes[codes["coder"] == "Ana"], "entman").canvas.axes
    greys = {luminance(cell.get_facecolor()[:3]) for cell in axis.patches}
    assert all(abs(one - other) > 0.2 for one, other in combinations(greys, 2))
    assert len(axis.texts) == len(axis.patches) == 8
    for cell, text in zip(axis.patches, axis.texts, strict=True):
        assert abs(luminance(cell.get_facecolor()[:3]) - luminance(text.get_color())) > 0.3


# Whatever is found ---------------------------------------------------------------------------------------------------


def test_codes_that_are_none_are_refused(codes, refusal):
    refusal(lambda: kit.views.frame_grid(codes, "actors"), "actors")
    refusal(lambda: kit.views.coder_grid(codes, "actors", "a"), "actors")
    refusal(lambda: kit.views.coder_grid(codes, "entman"), "a, b")
    refusal(lambda: kit.views.coder_grid(codes, "entman", "c"), "'c'")


def test_more_coders_than_there_is_room_for_are_refused_in_one_line(refusal):
    document = plain_document("The port closed.", "d0")
    for number in range(13):
        store.add(document, "entman", "cause", coder=f"coder {number}", value="present")
    codes = kit.coding.codes(document)
    refusal(lambda: kit.views.coder_grid(codes, "entman"), "room for 1 to 12", "coders of 'd0', and these are 13")


def test_a_text_in_which_nothing_is_found_is_drawn():
    figure = quietly(lambda: kit.views.agency_by_document(kit.agency(plain_document("Gulls came.", "d"))))
    assert quietly(figure.png).startswith(PNG)
    assert "n = 0 passive clauses" in figure.title


def test_agreement_that_is_nowhere_defined_is_drawn(documents):
    store.add(documents["a"], "entman", "cause", coder="Ana", value="present")
    figure = quietly(lambda: kit.views.agreement_figure(kit.metrics.agreement(kit.coding.codes(documents), "entman")))
    assert quietly(figure.png).startswith(PNG)
    assert figure.alt.count("not defined") == 4
