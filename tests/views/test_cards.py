"""Cards: each instrument says what it measures, what it cannot tell, and how often it is right."""

import pandas as pd
import pytest

import kit
from kit.views.cards import Card

INSTRUMENTS = ["naming", "voice", "frames", "framing hints", "agreement", "agency"]


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_a_card_says_what_it_is_its_formula_unit_and_limits(name):
    card = kit.about(name)
    for shown in (repr(card), card._repr_html_()):
        assert all(part in shown for part in ("What it is", "Formula", "Unit", "What it cannot tell you", "Measured"))
    assert all(text.strip() for text in card.texts.values())


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_a_card_carries_the_accuracy_that_was_measured(name):
    measured = kit.about(name).measured
    assert list(measured.columns) == ["measure", "on", "n", "value"]
    assert len(measured)
    assert measured.notna().all(axis=None)
    assert (measured["n"] > 0).all()


def test_an_unknown_card_names_those_there_are():
    with pytest.raises(kit.KitError, match=r"nothing.*naming, voice") as caught:
        kit.about("nothing\nat all")
    assert "\n" not in str(caught.value)


def test_a_card_is_escaped():
    texts = dict.fromkeys(["title", "definition", "formula", "unit", "cannot_tell"], "a < b & <script>")
    html = Card("x", texts, pd.DataFrame({"measure": ["<script>"], "value": [1]}))._repr_html_()
    assert "<script>" not in html
    assert html.count("&lt;script&gt;") == 6
