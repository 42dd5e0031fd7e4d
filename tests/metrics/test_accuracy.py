"""The measured figures of the instruments, as the cards and some tables show them."""

import kit
from kit.metrics.accuracy import measured_accuracy


def test_the_figures_of_one_instrument_are_those_of_its_card():
    found = measured_accuracy("stance")
    assert list(found.columns) == ["measure", "on", "n", "value"]
    assert set(found["measure"]) == {"stance accuracy"}
    assert all(f"{value:.3f}" in repr(kit.about("stance")) for value in found["value"])


def test_an_instrument_that_was_not_measured_has_no_figures():
    assert measured_accuracy("nothing").empty
