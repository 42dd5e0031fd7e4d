"""Counts, rates and their uncertainty: span tables in, tables of numbers out.

Zeros stay in every table: what a text never says is a finding.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..documents import spans
from ..documents.corpus import Corpus
from ..errors import KitError
from ..findings.voice import VOICES


def counts(
    mentions: pd.DataFrame,
    by: str | Sequence[str] = "label",
    across: str = "document",
    *,
    referent: str | None = None,
    corpus: spans.Documents | None = None,
) -> pd.DataFrame:
    """Count mentions: a row a label, a column a document, zeros kept.

    Parameters
    ----------
    mentions : DataFrame
        Mentions as `kit.mentions` finds them, or some of them.
    by : str or sequence of str
        What makes a row: `label`, `voice`, `position`, or several, such as ``["label", "voice"]``.
    across : str
        What makes a column: `document`, or a detail of the documents such as `outlet`.
    referent : str, optional
        Count only the names of this referent.
    corpus : Corpus, optional
        Where the mentions stand, if the table no longer knows.

    Returns
    -------
    DataFrame of int
        Every label of the stylebook is there, whether it occurs or not, and so is every document.

    Raises
    ------
    KitError
        If a column or a detail of that name does not exist.
    """
    corpus = spans.corpus_of(mentions, corpus)
    by = [by] if isinstance(by, str) else list(by)
    unknown = [name for name in [*by, *(["referent"] if referent else [])] if name not in mentions.columns]
    if unknown or not by:
        wrong = f"The mentions have no column {unknown[0]!r}" if unknown else "Name at least one column to count by"
        raise KitError(f"{wrong}; they have: {', '.join(mentions.columns)}.")
    if referent is not None:
        mentions = of_referent(mentions, referent)
    group = groups(corpus, across)
    rows = _all_rows(mentions, by, referent)
    found = mentions.assign(_group=mentions["document"].map(group)).groupby([*by, "_group"], sort=False).size()
    table = found.unstack("_group", fill_value=0)
    table = table.reindex(index=rows, columns=pd.Index(dict.fromkeys(group), name=across), fill_value=0)
    return table.astype("int64")


def of_referent(mentions: pd.DataFrame, referent: str) -> pd.DataFrame:
    """Return the mentions of one referent.

    Raises
    ------
    KitError
        If neither the stylebook nor any mention knows a referent of that name.
    """
    known = dict.fromkeys([*(pair[0] for pair in mentions.attrs.get("labels", [])), *mentions["referent"]])
    if referent not in known:
        raise KitError(f"No referent is called {referent!r}; there are: {', '.join(known)}.")
    return mentions[mentions["referent"] == referent]


def _all_rows(mentions: pd.DataFrame, by: list[str], referent: str | None) -> pd.Index:
    """Every row a table of counts must have: what the stylebook knows times all voices and positions."""
    fixed = {"voice": VOICES, "position": ("heading", "body")}
    named = [name for name in by if name in ("referent", "label")]
    known = pd.DataFrame(mentions.attrs.get("labels", []), columns=["referent", "label"])
    known = known[known["referent"].isin([referent] if referent else known["referent"])]
    rows = pd.concat([known[named], mentions[named]]).drop_duplicates() if named else pd.DataFrame(index=[0])
    for name in by:
        if name not in named:
            values = pd.Series(list(dict.fromkeys([*fixed.get(name, ()), *mentions[name]])), name=name, dtype=object)
            rows = rows.merge(values, how="cross")
    return pd.Index(rows[by[0]], name=by[0]) if len(by) == 1 else pd.MultiIndex.from_frame(rows[by])


def groups(corpus: Corpus, across: str) -> pd.Series:
    """Return the group of each document: itself, or one of its details such as the outlet.

    Raises
    ------
    KitError
        If no document has that detail.
    """
    if across == "document":
        return pd.Series(corpus.names, index=corpus.names)
    if across not in corpus.meta.columns:
        known = ", ".join(["document", *corpus.meta.columns])
        raise KitError(f"The documents have no detail {across!r}; they have: {known}.")
    return corpus.meta[across].fillna("").astype(str)


def words(corpus: Corpus, across: str = "document") -> pd.Series:
    """Return the number of counted words (no boilerplate) of each document or group of documents."""
    each = pd.Series({d.name: d.word_count for d in corpus}, name="words", dtype="int64")
    group = groups(corpus, across)
    return each.groupby(group, sort=False).sum().rename_axis(across)


def rates(
    mentions: pd.DataFrame,
    by: str | Sequence[str] = "label",
    across: str = "document",
    *,
    per: int = 1000,
    referent: str | None = None,
    corpus: spans.Documents | None = None,
) -> pd.DataFrame:
    """Mentions per 1,000 words: `counts` divided by the counted words of each column, times `per`.

    Parameters are those of `counts`; `per` is the number of words to which the rate refers. A whole text is no
    sample, so the rate of a single text has no sampling interval; for collections see `rate_intervals`.
    """
    corpus = spans.corpus_of(mentions, corpus)
    table = counts(mentions, by, across, referent=referent, corpus=corpus)
    return table / words(corpus, across).clip(lower=1) * per


def rate_intervals(
    mentions: pd.DataFrame,
    across: str,
    *,
    per: int = 1000,
    confidence: float = 0.95,
    draws: int = 2000,
    seed: int = 2016,
    corpus: spans.Documents | None = None,
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
    corpus : Corpus, optional
        Where the mentions stand, if the table no longer knows.

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
    corpus = spans.corpus_of(mentions, corpus)
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
    >>> low, high = poisson_interval(10, 18291, per=10_000)
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


def places(mentions: pd.DataFrame, corpus: spans.Documents | None = None) -> pd.DataFrame:
    """Say where in its text each mention falls: the share of counted words before it, 0 for the first word.

    Returns
    -------
    DataFrame
        The mentions with a column `place`.
    """
    corpus = spans.corpus_of(mentions, corpus)
    share = [
        corpus[name].words_before(start) / max(corpus[name].word_count, 1)
        for name, start in zip(mentions["document"], mentions["start"], strict=True)
    ]
    return spans.remember(mentions.assign(place=share), corpus)
