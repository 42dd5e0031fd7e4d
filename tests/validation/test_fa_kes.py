"""The figures of FA-KES that ship are those measured now, hold no text, and meet what is known from elsewhere."""

import pandas as pd
import pytest

from .fa_kes import ALL, FA_KES, TARGET, articles, by_article, figures

VOICES = ["author", "quoted", "reported", "scare"]
measured = pytest.mark.skipif(not FA_KES.is_file(), reason="needs ../shared/corpora/fa-kes")


@pytest.fixture(scope="module")
def corpus():
    return articles()


@pytest.fixture(scope="module")
def each(corpus):
    """What is counted in each article."""
    return by_article(corpus)


@pytest.fixture
def shipped():
    return pd.read_csv(TARGET, encoding="utf-8")


def test_every_outlet_is_there_in_every_voice_and_voices_add_up(shipped):
    counts = shipped.pivot(index="outlet", columns="voice", values="count")
    assert len(counts) == 15
    assert (counts[VOICES].sum(axis=1) == counts[ALL]).all()
    assert (shipped["low"] <= shipped["rate"]).all()
    assert (shipped["rate"] <= shipped["high"]).all()
    assert (shipped["articles_with_marks"] <= shipped["articles"]).all()


def test_only_figures_ship(shipped):
    assert set(shipped["voice"]) == {ALL, *VOICES}
    assert shipped["outlet"].str.fullmatch(r"[a-z]+").all()
    assert shipped.drop(columns=["outlet", "voice"]).dtypes.map(pd.api.types.is_numeric_dtype).all()


def test_shares_inside_quotation_marks_meet_the_known_answers(shipped):
    counts = shipped.pivot(index="outlet", columns="voice", values="count")
    inside_marks = (counts["quoted"] + counts["scare"]) / counts[ALL]
    assert counts.loc["ahram", ALL] == 27
    assert round(inside_marks["ahram"], 2) == 0.93
    assert inside_marks["sana"] == 0


@measured
def test_the_figures_that_ship_are_what_is_measured_now(each, shipped):
    """Where this fails, voices or quotations changed: python -m tests.validation fa_kes, then rebuild lesson 04."""
    pd.testing.assert_frame_equal(shipped, figures(each), check_dtype=False)


@measured
def test_the_file_has_lost_all_commas_and_many_quotation_marks(corpus, each):
    """What datasets/fa-kes/README.md and lesson 04 say of it."""
    assert not any(set(document.text) & set(",'’“”‘") for document in corpus)
    without = each.groupby("outlet")["with_marks"].sum()
    assert set(without[without == 0].index) == {"arabiya", "etilaf", "reuters", "sana"}
