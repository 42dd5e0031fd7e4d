"""The measured figures of the instruments, as the cards and some tables show them."""

from kit.metrics.accuracy import measured_accuracy


def test_the_figures_of_one_instrument_are_its_own():
    found = measured_accuracy("stance")
    assert list(found.columns) == ["measure", "on", "n", "value"]
    assert set(found["measure"]) == {"stance accuracy"}


def test_an_instrument_that_was_not_measured_has_no_figures():
    assert measured_accuracy("nothing").empty
