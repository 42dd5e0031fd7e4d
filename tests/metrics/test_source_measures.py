"""Density: every measure on documents that can be counted by hand, its zeros, its gaps and its intervals."""

from math import exp, isnan, log

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kit
from kit.documents.readers import markdown_document, plain_document
from kit.english.source_types import SOURCE_TYPES
from kit.metrics.source_measures import MEASURES

# 7 words, 4 of them reported · 7 words, 4 of them quoted · 6 words that are nobody's · 4 words, 2 of them reported.
ERRORS = ["error", "error of a difference", "measured on"]
TEXT = (
    "Lina Saab said the port was closed. “It is open now,” the mayor said. "
    "The dockers left for the hills. Saab said so again."
)
WORDS = 24
NOTHING = "The dockers left for the hills in the evening."


def document(text, name="d", **meta):
    return plain_document(text, name, meta)


def measured(text):
    return kit.sourcing_measures(kit.attributions(document(text)))["d"]


@pytest.fixture
def counted():
    return measured(TEXT)


# One document --------------------------------------------------------------------------------------------------------


def test_the_text_is_what_this_test_takes_it_for():
    found = kit.attributions(document(TEXT))
    assert document(TEXT).word_count == WORDS
    assert list(found["speaker"]) == ["Lina Saab", "mayor", "Lina Saab"]
    assert list(found["kind"]) == ["indirect", "direct", "indirect"]


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("attributions per 1,000 words", 3 / WORDS * 1000),
        ("distinct speakers per 1,000 words", 2 / WORDS * 1000),
        ("share of words in somebody else's voice", (4 + 4 + 2) / WORDS),
        ("share of named sources", 2 / 3),
        ("share of direct speech", 1 / 3),
        ("effective number of sources", exp(-(2 / 3 * log(2 / 3) + 1 / 3 * log(1 / 3)))),
        ("longest stretch without a source, in words", 6),
        ("links per 1,000 words", 0),
        ("share of sources: person", 2 / 3),
        ("share of sources: official", 1 / 3),
        ("share of sources: media", 0),
    ],
)
def test_a_measure_is_what_a_hand_counts(counted, measure, value):
    assert counted[measure] == pytest.approx(value)


def test_every_measure_and_every_type_of_source_has_a_row(counted):
    assert list(counted.index) == [*MEASURES, *(f"share of sources: {kind}" for kind in SOURCE_TYPES)]


def test_the_types_of_sources_add_up_to_all(counted):
    assert counted[[f"share of sources: {kind}" for kind in SOURCE_TYPES]].sum() == pytest.approx(1)


def test_links_are_counted_apart():
    linked = markdown_document("The [port](http://x.org/a) was [closed](#) and nobody knows why.", "d")
    found = kit.sourcing_measures(kit.attributions(linked))["d"]
    assert found["links per 1,000 words"] == pytest.approx(2 / 8 * 1000)
    assert found["attributions per 1,000 words"] == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (NOTHING, 9),
        (f"{NOTHING} The mayor said it was late.", 9),
        (f"The mayor said it was late. {NOTHING}", 9),
        (f"{NOTHING} The mayor said it was late. {NOTHING} {NOTHING}", 18),
        ("The mayor said it was late.", 0),
        ("", 0),
    ],
)
def test_the_longest_stretch_is_found_wherever_it_is(text, words):
    assert measured(text)["longest stretch without a source, in words"] == words


def test_boilerplate_is_not_counted(counted):
    assert measured(f"{TEXT}\n\nTheme: ports, dockers, hills\n").equals(counted)


def test_speakers_whom_nobody_can_tell_are_no_speakers():
    found = measured("It was said that the port was closed. He said that it was late.")
    assert found["attributions per 1,000 words"] > 0
    assert found["distinct speakers per 1,000 words"] == 0
    assert found["effective number of sources"] == 0
    assert found["share of sources: unnamed"] == 1


def test_some_attributions_can_be_measured_alone():
    found = kit.attributions(document(TEXT))
    named = kit.sourcing_measures(found[found["named"]])["d"]
    assert named["attributions per 1,000 words"] == pytest.approx(2 / WORDS * 1000)
    assert named["share of named sources"] == 1


# Effective number ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 2, 5, 40])
@pytest.mark.parametrize("times", [1, 7])
def test_equal_speakers_are_as_many_as_they_are(n, times):
    assert kit.metrics.effective_number([times] * n) == pytest.approx(n)


def test_nobody_is_no_effective_speaker():
    assert kit.metrics.effective_number([]) == kit.metrics.effective_number([0, 0]) == 0


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=30).filter(any))
def test_the_effective_number_is_between_one_and_the_number_of_speakers(counts):
    assert 1 - 1e-9 <= kit.metrics.effective_number(counts) <= sum(map(bool, counts)) + 1e-9


def test_the_busier_one_speaker_the_fewer_there_seem():
    assert (
        kit.metrics.effective_number([5, 5])
        > kit.metrics.effective_number([7, 3])
        > kit.metrics.effective_number([9, 1])
        > 1
    )


def test_one_speaker_who_says_everything_counts_as_one():
    assert measured("Lina Saab said so. Saab said more.")["effective number of sources"] == 1


# Zeros and gaps ------------------------------------------------------------------------------------------------------


def test_a_text_in_which_nobody_speaks_has_rates_of_zero_and_no_shares():
    found = measured(NOTHING)
    assert (found[[m for m in MEASURES if "per 1,000" in m]] == 0).all()
    assert found["share of words in somebody else's voice"] == found["effective number of sources"] == 0
    assert found[[m for m in found.index if "sources" in m and "share" in m]].isna().all()
    assert isnan(found["share of direct speech"])


@pytest.mark.parametrize("text", ["", " \n", "…"])
def test_a_text_without_words_is_no_error(text):
    found = measured(text)
    assert isnan(found["attributions per 1,000 words"])
    assert found["effective number of sources"] == found["longest stretch without a source, in words"] == 0


def test_no_documents_at_all_give_an_empty_table():
    assert list(kit.sourcing_measures(kit.attributions([])).columns) == ERRORS


def test_the_last_columns_are_the_errors_of_the_instrument_only_for_single_texts():
    corpus = [document(TEXT, "a", outlet="x"), document(NOTHING, "b", outlet="x")]
    found = kit.sourcing_measures(kit.attributions(corpus))
    assert list(found.columns) == ["a", "b", *ERRORS]
    assert (found["error"].dropna() >= 0).all()
    assert "error" not in kit.sourcing_measures(kit.attributions(corpus), "outlet").columns


def test_a_difference_of_two_texts_has_both_errors_in_it_as_the_root_of_their_squares():
    found = kit.sourcing_measures(kit.attributions(document(TEXT)))
    both = (found["error"] ** 2 * 2) ** 0.5
    assert np.allclose(found["error of a difference"], both, equal_nan=True)
    # The two densities that a first edition of our retellings had: no finding, whatever their order.
    assert found.loc["attributions per 1,000 words", "error of a difference"] > 14.1 - 10.9


def test_each_error_says_who_annotated_the_texts_on_which_it_was_measured():
    on = kit.sourcing_measures(kit.attributions(document(TEXT)))["measured on"]
    assert "annotated by people" in on["attributions per 1,000 words"]
    assert on.drop("attributions per 1,000 words").dropna().str.contains("annotated by a model").all()


@pytest.mark.parametrize("name", ["error", "error of a difference", "measured on"])
def test_a_document_called_like_a_column_of_errors_keeps_its_figures(name):
    found = kit.sourcing_measures(kit.attributions(document(TEXT, name)))
    as_usual = kit.sourcing_measures(kit.attributions(document(TEXT, "a")))["a"]
    assert np.allclose(found[name].astype(float), as_usual, equal_nan=True)
    assert f"{name} of the instrument" in found


def test_the_error_is_a_measured_figure():
    found = measured(TEXT)
    assert kit.sourcing_measures(kit.attributions(document(TEXT)))["error"].reindex(found.index).notna().any()


# Groups --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def outlets():
    texts = {"a": (TEXT, "x"), "b": (NOTHING, "x"), "c": (TEXT, "y"), "d": (f"{NOTHING} Moscow said so.", "x")}
    return kit.attributions([document(text, name, outlet=outlet) for name, (text, outlet) in texts.items()])


def test_the_rate_of_a_group_adds_up_its_articles(outlets):
    found = kit.sourcing_measures(outlets, "outlet")
    assert list(found.columns) == ["x", "y"]
    words = WORDS + 9 + 12
    assert found.loc["attributions per 1,000 words", "x"] == pytest.approx(4 / words * 1000)
    assert found.loc["share of named sources", "x"] == pytest.approx(3 / 4)
    assert found.loc["share of words in somebody else's voice", "x"] == pytest.approx(11 / words)
    assert found["y"].equals(kit.sourcing_measures(outlets)["c"].rename("y"))


def test_effective_number_and_longest_stretch_of_a_group_are_means_of_its_articles(outlets):
    alone = kit.sourcing_measures(outlets)[["a", "b", "d"]]
    group = kit.sourcing_measures(outlets, "outlet")["x"]
    for measure in ("effective number of sources", "longest stretch without a source, in words"):
        assert group[measure] == pytest.approx(alone.loc[measure].mean())


def test_a_detail_that_no_document_has_is_refused(outlets, refusal):
    refusal(lambda: kit.sourcing_measures(outlets, "colour"), "colour")


def test_a_table_that_lost_its_documents_is_refused_and_takes_them_by_name(outlets, refusal):
    lost = pd.DataFrame(outlets.to_dict("list"))
    corpus = [document(TEXT, name) for name in "abcd"]
    for measure in (kit.sourcing_measures, kit.metrics.sources):
        refusal(lambda measure=measure: measure(lost), "corpus")
        assert len(measure(kit.remember(lost, corpus)))


@pytest.mark.parametrize("measure", [kit.sourcing_measures, kit.metrics.sources])
def test_mentions_are_no_attributions(measure, refusal):
    refusal(lambda: measure(kit.mentions(document(f"{TEXT} The rebels left."), "aleppo-2016")))


# Any texts ----------------------------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore::kit.errors.KitWarning")
@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from([TEXT, NOTHING, "", "Moscow said so.", "“", "It was said so."]), min_size=1, max_size=4)
)
def test_any_collection_has_measures_within_their_bounds(texts):
    corpus = [document(text, f"d{i}", outlet="x") for i, text in enumerate(texts)]
    found = kit.sourcing_measures(kit.attributions(corpus)).drop(columns=ERRORS)
    shares = found[found.index.str.startswith("share")]
    assert (shares.isna() | (shares.ge(0) & shares.le(1))).all(axis=None)
    assert (found.isna() | found.ge(0)).all(axis=None)
    assert np.isfinite(found.fillna(0).to_numpy(dtype=float)).all()


# Sources -------------------------------------------------------------------------------------------------------------


def test_sources_are_ranked_by_how_often_they_are_given_the_word():
    found = kit.metrics.sources(kit.attributions([document(TEXT, "b"), document("It was said that we left.", "a")]))
    assert list(found.columns) == ["document", "speaker", "source_type", "named", "attributions", "words", "share"]
    assert found.values.tolist() == [
        ["b", "Lina Saab", "person", True, 2, 6, pytest.approx(2 / 3)],
        ["b", "mayor", "official", False, 1, 4, pytest.approx(1 / 3)],
        ["a", "(nobody named)", "unnamed", False, 1, 2, 1.0],
    ]


def test_nobody_is_no_source():
    found = kit.metrics.sources(kit.attributions(document(NOTHING)))
    assert found.empty
    assert "speaker" in found.columns
