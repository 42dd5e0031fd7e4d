"""Cards: each instrument says what it measures, what it cannot tell, and how often it is right."""

import re

import pytest

import kit
from tests.views.test_evidence import Page

INSTRUMENTS = ["naming", "voice", "frames", "framing hints", "agreement", "agency"]


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_a_card_says_what_it_is_its_formula_unit_and_limits_and_how_often_it_is_right(name):
    card = kit.about(name)
    for shown in (repr(card), Page(card._repr_html_()).text):
        for part in ("What it is", "Formula", "Unit", "What it cannot tell you", "Measured"):
            assert re.search(rf"{part}:?\s*\w+", shown), part
    assert re.search(r"measure +on +n +value\n.+ [1-9]\d* +[\d.]+$", repr(card), re.DOTALL)


def test_an_unknown_card_names_those_there_are():
    with pytest.raises(kit.KitError, match=r"nothing.*naming, voice") as caught:
        kit.about("nothing\nat all")
    assert "\n" not in str(caught.value)
