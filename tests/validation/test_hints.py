"""Hints on the Narrative Frames Corpus: the shipped figures are what its texts and answers give."""

import numpy as np
import pandas as pd
import pytest

from . import hint_scores
from .figures import unlike
from .hint_scores import HINTS, TEXTS, Pairs, best_rule, column, majority, of_the_others, scores

SHIPPED = pd.read_csv(HINTS, encoding="utf-8", keep_default_na=False)


def test_every_list_is_labelled_if_it_is_not_shown_to_beat_the_baselines():
    lists = SHIPPED[(SHIPPED["judge"] == "hints") & (SHIPPED["against"] == "majority")]
    assert list(lists["what"]) == [*hint_scores.FRAMES, *hint_scores.QUESTIONS]
    assert set(lists["beats_baselines"]) <= {"yes", "not shown", "no"}
    for _, row in lists.iterrows():
        rivals = SHIPPED[(SHIPPED["what"] == row["what"]) & SHIPPED["judge"].isin(["always yes", "length"])]
        assert (row["beats_baselines"] != "no") == (row["f1"] > rivals["f1"].max())
        assert (row["beats_baselines"] == "yes") == (float(row["ahead_low"]) > 0)


def test_an_even_split_has_no_majority_and_neither_has_silence():
    judged = pd.DataFrame({"1": [1, 1, 1, np.nan], "2": [0, 1, 0, np.nan], "3": [np.nan, np.nan, 0, np.nan]})
    np.testing.assert_array_equal(majority(judged), [np.nan, 1, 0, np.nan])
    np.testing.assert_array_equal(of_the_others(judged)["1"], [0, 1, 0, np.nan])
    np.testing.assert_array_equal(of_the_others(judged)["3"], [np.nan, np.nan, np.nan, np.nan])


def test_scores_are_those_counted_by_hand_and_follow_the_weights():
    said, right = pd.Series([1, 1, 0, 0, 1]), pd.Series([1, 0, 1, 0, np.nan])
    pairs = Pairs.of(column(said), column(right))
    np.testing.assert_allclose(scores(pairs, np.ones((1, 5)))[0], [1 / 2, 1 / 2, 1 / 2])
    np.testing.assert_allclose(scores(pairs, np.array([[2, 1, 0, 0, 9]]))[0], [2 / 3, 1, 4 / 5])


def test_the_best_rule_is_the_lowest_of_the_best():
    assert best_rule(pd.Series([0, 3, 5, 9]), pd.Series([0, 0, 1, 1])) == 5
    assert best_rule(pd.Series([0, 1, 2]), pd.Series([0, np.nan, 1])) == 1


def test_the_figures_on_the_cards_are_those_of_the_table():
    assert unlike(hint_scores.measured(pd.read_csv(HINTS, encoding="utf-8"))).empty


@pytest.mark.skipif(not TEXTS.is_file(), reason="needs ../shared/corpora/narrative-frames")
def test_the_table_has_not_drifted():
    pd.testing.assert_frame_equal(
        hint_scores.figures(), pd.read_csv(HINTS, encoding="utf-8").fillna({"rule": ""}), check_dtype=False, atol=0.0011
    )
