"""The file of figures: what is measured again stands where it stood, and what is not stays."""

import pandas as pd
import pytest

from . import figures
from .figures import as_shown, shown, unlike, write


@pytest.fixture(autouse=True)
def file(tmp_path, monkeypatch):
    """A file of three instruments."""
    monkeypatch.setattr(figures, "FILE", tmp_path / "measured.csv")
    rows = [("frames", "alpha", "a", 7, 0.5), ("voice", "F1", "b", 3, 0.9), ("voice", "F1", "a", 2, 0.8)]
    as_shown(rows).to_csv(figures.FILE, index=False)


def test_what_is_measured_again_stands_where_it_stood_and_nothing_else_is_touched():
    before = shown()
    write(as_shown([("voice", "F1", "b", 3, 0.9)]))
    pd.testing.assert_frame_equal(shown(), before)
    write(as_shown([("voice", "F1", "b", 4, 0.71234)]))
    assert shown()["value"].to_list() == [0.5, 0.712, 0.8]


def test_what_is_new_stands_with_its_instrument_and_a_measure_that_is_gone_goes():
    write(as_shown([("frames", "percent", "a", 7, 0.6), ("frames", "alpha", "c", 7, 0.7), ("agency", "F1", "a", 1, 1)]))
    assert shown()["instrument"].to_list() == ["agency", "frames", "frames", "voice", "voice"]
    assert shown()["measure"].to_list() == ["F1", "percent", "alpha", "F1", "F1"]


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ([("voice", "F1", "a", 2, 0.8)], []),
        ([("voice", "F1", "a", 2, 0.81)], ["F1"]),
        ([("voice", "F1", "a", 3, 0.8)], ["F1"]),
        ([("voice", "recall", "a", 2, 0.8)], ["F1", "recall"]),
    ],
)
def test_a_figure_that_is_otherwise_or_missing_or_gone_is_told(now, told):
    assert sorted(unlike(as_shown(now))["measure"]) == told
