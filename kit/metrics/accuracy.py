"""What the instruments get right, as measured against human annotation; the cards and some tables show it."""

from __future__ import annotations

import pandas as pd

from ..folders import PACKAGE


def measured_accuracy(instrument: str) -> pd.DataFrame:
    """Return the measured figures of an instrument: columns measure, on (which texts), n (how many cases), value."""
    measured = pd.read_csv(PACKAGE / "metrics" / "measured.csv", encoding="utf-8")
    return measured[measured["instrument"] == instrument].drop(columns="instrument")
