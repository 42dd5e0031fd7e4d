"""Intervals: how far a rate may be off, by drawing articles again, or by Poisson for words that were independent."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..documents import spans
from ..errors import KitError
from .frequencies import groups, words

CONFIDENCE = 0.95  # of every interval: the share of draws, or of cases, that lie inside
DRAWS, SEED = 2000, 2016  # how often articles or units are drawn again; the seed makes the result repeatable


def rate_intervals(mentions: pd.DataFrame, across: str) -> pd.DataFrame:
    """Rate per 1,000 words of some mentions in each group of articles, with a 95 % interval from resampling articles.

    Words of one article hang together, so articles are drawn with replacement, not words (Efron, "Bootstrap methods:
    another look at the jackknife", Annals of Statistics 7, 1979, 1–26). The rate of a draw is all its mentions
    divided by all its words, and the limits are percentiles of these.

    Parameters
    ----------
    mentions : DataFrame
        The mentions to count, all together: choose them first, such as ``m[m.label == "rebel"]``.
    across : str
        The detail that groups the articles, such as `outlet`.

    Returns
    -------
    DataFrame
        A row a group: articles, words, count, rate, low, high. With one article low and high are missing (NaN):
        a single text cannot be resampled.

    Raises
    ------
    KitError
        If no document has that detail.
    """
    corpus = spans.corpus_of(mentions)
    each = pd.DataFrame({"words": words(corpus), "group": groups(corpus, across)})
    each["count"] = mentions["document"].value_counts().reindex(each.index, fill_value=0)
    rows = []
    for group, part in each.groupby("group", sort=False):
        count, total = part["count"].sum(), part["words"].sum()
        low, high = resampled(part["count"].to_numpy() * 1000, part["words"].to_numpy())
        rows.append((group, len(part), total, count, count / max(total, 1) * 1000, low, high))
    columns = [across, "articles", "words", "count", "rate", "low", "high"]
    return pd.DataFrame(rows, columns=columns).set_index(across)


def resampled(over: np.ndarray, under: np.ndarray) -> tuple[float, float]:
    """95 % percentile interval of a ratio of sums when its articles are drawn again with replacement.

    `over` and `under` hold one number an article. The limits are missing (NaN) for fewer than two articles, or where
    nothing is below the line.
    """
    if len(over) < 2:
        return np.nan, np.nan
    drawn = drawn_again(len(over))
    below = drawn @ under
    return percentiles((drawn @ over)[below > 0] / below[below > 0])


def drawn_again(n: int) -> np.ndarray:
    """Draw n things with replacement, `DRAWS` times: a row a draw, how often each of them was drawn."""
    return np.random.default_rng(SEED).multinomial(n, np.full(n, 1 / n), size=DRAWS)


def percentiles(found: np.ndarray) -> tuple[float, float]:
    """Return the limits between which the middle 95 % of figures lie; missing (NaN) if there are none."""
    if not len(found):
        return np.nan, np.nan
    low, high = np.quantile(found, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return float(low), float(high)


def poisson_interval(count: int, words: int, *, per: int = 1000) -> tuple[float, float]:
    """Exact 95 % interval for a rate, if each word were a new and independent chance to use the name.

    The formula is that of Garwood ("Fiducial limits for the Poisson distribution", Biometrika 28, 1936, 437–442).
    Its assumption fails for running text: a writer who uses a word once is likely to use it again, so the interval
    is too narrow. `rate_intervals` makes no such assumption.

    Parameters
    ----------
    count : int
        Number of mentions, 0 or more.
    words : int
        Number of words in which they were found, at least 1.
    per : int
        Words to which the rate refers.

    Returns
    -------
    tuple of float
        Lower and upper limit of the rate per `per` words.

    Raises
    ------
    KitError
        If count is negative, or words is not positive.

    Examples
    --------
    >>> import kit
    >>> low, high = kit.metrics.poisson_interval(10, 18291, per=10_000)
    >>> round(low, 1), round(high, 1)
    (2.6, 10.1)
    """
    if not count >= 0 or not words >= 1:
        raise KitError("An interval needs a count of 0 or more, and at least one word.")
    from scipy.special import gammaincinv  # takes long to import, and few need it

    tail = (1 - CONFIDENCE) / 2
    low = gammaincinv(count, tail) if count else 0.0
    high = gammaincinv(count + 1, 1 - tail)
    return float(low / words * per), float(high / words * per)
