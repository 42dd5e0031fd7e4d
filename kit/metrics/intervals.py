"""Intervals: how far a rate may be off, by drawing articles again, or by Poisson for words that were independent."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..documents import spans
from ..errors import KitError
from .frequencies import groups, words


def rate_intervals(
    mentions: pd.DataFrame,
    across: str,
    *,
    per: int = 1000,
    confidence: float = 0.95,
    draws: int = 2000,
    seed: int = 2016,
) -> pd.DataFrame:
    """Rate of some mentions in each group of articles, with a percentile interval from resampling whole articles.

    Words of one article hang together, so articles are drawn with replacement, not words (Efron, "Bootstrap methods:
    another look at the jackknife", Annals of Statistics 7, 1979, 1–26). The rate of a draw is all its mentions
    divided by all its words.

    Parameters
    ----------
    mentions : DataFrame
        The mentions to count, all together: choose them first, such as ``m[m.label == "rebel"]``.
    across : str
        The detail that groups the articles, such as `outlet`.
    per, confidence, draws, seed
        Words to which the rate refers, share of draws inside the interval (0 to 1), number of draws, and the seed
        that makes the result repeatable.

    Returns
    -------
    DataFrame
        A row a group: articles, words, count, rate, low, high. With one article low and high are missing (NaN):
        a single text cannot be resampled.

    Raises
    ------
    KitError
        If no document has that detail, confidence is not between 0 and 1, or draws is not positive.
    """
    corpus = spans.corpus_of(mentions)
    each = pd.DataFrame({"words": words(corpus), "group": groups(corpus, across)})
    each["count"] = mentions["document"].value_counts().reindex(each.index, fill_value=0)
    rows = []
    for group, part in each.groupby("group", sort=False):
        count, total = part["count"].sum(), part["words"].sum()
        over, under = part["count"].to_numpy() * per, part["words"].to_numpy()
        low, high = resampled(over, under, confidence=confidence, draws=draws, seed=seed)
        rows.append((group, len(part), total, count, count / max(total, 1) * per, low, high))
    columns = [across, "articles", "words", "count", "rate", "low", "high"]
    return pd.DataFrame(rows, columns=columns).set_index(across)


def resampled(over: np.ndarray, under: np.ndarray, *, confidence: float, draws: int, seed: int) -> tuple[float, float]:
    """Percentile interval of a ratio of sums when its articles are drawn again with replacement.

    Parameters
    ----------
    over, under : arrays of one number an article
        Numerators and denominators.
    confidence, draws, seed
        Share of draws inside the interval (0 to 1), number of draws, and the seed that makes the result repeatable.

    Returns
    -------
    tuple of float
        Lower and upper limit; missing (NaN) for fewer than two articles, or where nothing is below the line.

    Raises
    ------
    KitError
        If confidence is not between 0 and 1, or draws is not positive.
    """
    if not 0 < confidence < 1 or draws < 1:
        raise KitError("An interval needs a confidence between 0 and 1 and at least one draw.")
    n = len(over)
    if n < 2:
        return np.nan, np.nan
    drawn = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=draws)
    below = drawn @ under
    ratios = (drawn @ over)[below > 0] / below[below > 0]
    if not len(ratios):
        return np.nan, np.nan
    low, high = np.quantile(ratios, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high)


def poisson_interval(count: int, words: int, *, per: int = 1000, confidence: float = 0.95) -> tuple[float, float]:
    """Exact interval for a rate, if each word were a new and independent chance to use the name.

    The formula is that of Garwood ("Fiducial limits for the Poisson distribution", Biometrika 28, 1936, 437–442).
    Its assumption fails for running text: a writer who uses a word once is likely to use it again, so the interval
    is too narrow. `rate_intervals` makes no such assumption.

    Parameters
    ----------
    count : int
        Number of mentions, 0 or more.
    words : int
        Number of words in which they were found, at least 1.
    per, confidence
        Words to which the rate refers; coverage, between 0 and 1.

    Returns
    -------
    tuple of float
        Lower and upper limit of the rate per `per` words.

    Raises
    ------
    KitError
        If count is negative, words is not positive, or confidence is not between 0 and 1.

    Examples
    --------
    >>> import kit
    >>> low, high = kit.metrics.poisson_interval(10, 18291, per=10_000)
    >>> round(low, 1), round(high, 1)
    (2.6, 10.1)
    """
    if not count >= 0 or not words >= 1 or not 0 < confidence < 1:
        raise KitError("An interval needs a count of 0 or more, at least one word, and a confidence between 0 and 1.")
    from scipy.special import gammaincinv  # takes long to import, and few need it

    tail = (1 - confidence) / 2
    low = gammaincinv(count, tail) if count else 0.0
    high = gammaincinv(count + 1, 1 - tail)
    return float(low / words * per), float(high / words * per)
