"""Hints on our own texts: the shipped figures are what our reading gives, and no list is praised that earned none."""

import numpy as np
import pandas as pd

from kit.coding.codebooks import codebook_names, read_codebook

from . import own_hints
from .figures import unlike
from .own_hints import TABLE, by_length, judgements, lists

SHIPPED = pd.read_csv(TABLE, encoding="utf-8", keep_default_na=False, na_values={"alpha": "", "ahead": ""})


def test_every_list_of_cues_that_ships_is_scored():
    scored = {(book, code) for _, book, _, asked in lists() for code in asked}
    shipped = {
        (name, category.code)
        for name in codebook_names()
        for category in read_codebook(name).categories
        if category.terms
    }
    assert scored == shipped


def test_every_list_is_labelled_by_whether_it_beats_the_machines_that_know_nothing():
    for what, own in SHIPPED.groupby("what"):
        by_judge = own.set_index("judge")
        hints, rival = by_judge.loc["hints"], by_judge.loc[["always yes", "length"], "f1"].max()
        assert (hints["beats_baselines"] != "no") == (hints["f1"] > rival), what
        assert (hints["beats_baselines"] == "yes") == (float(hints["ahead_low"]) > 0), what


def test_a_judgement_is_a_question_asked_of_a_text_or_of_a_sentence():
    texts = judgements("generic-frames", "document", ["morality-message"])
    assert len(texts) == texts["document"].nunique() == 7
    sentences = judgements("entman", "sentence", ["remedy"])
    assert sentences["document"].nunique() == 7
    assert 0 < sentences["hinted"].sum() < len(sentences)


def test_how_many_words_make_a_yes_is_chosen_on_the_other_texts():
    judged = pd.DataFrame(
        {"document": ["a", "b", "c", "d"], "right": [True, True, False, False], "words": [50, 40, 30, 60]}
    )
    # For b, what tells a from c and d best is 50 words or more; for all others it is 40.
    np.testing.assert_array_equal(by_length(judged), [True, False, False, True])


def test_the_table_and_the_card_have_not_drifted():
    now = own_hints.figures()
    pd.testing.assert_frame_equal(now, pd.read_csv(TABLE, encoding="utf-8"), check_dtype=False, atol=0.0011)
    assert unlike(own_hints.measured(now)).empty
