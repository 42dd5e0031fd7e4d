"""Counts, rates and their uncertainty: span tables in, tables of numbers out.

Zeros stay in every table: what a text never says is a finding.
"""

from __future__ import annotations

from collections.abc import Sequence

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

    Returns
    -------
    DataFrame of int
        Every label of the stylebook is there, whether it occurs or not, and so is every document.

    Raises
    ------
    KitError
        If a column or a detail of that name does not exist.

    Examples
    --------
    >>> import kit
    >>> mentions = kit.mentions(kit.load("harbour-strike"))
    >>> kit.counts(mentions.query("label == 'troublemaker'"), by="voice").loc["quoted"].to_dict()
    {'harbour-gazette': 0, 'quayside-voice': 1, 'coast-wire': 1, 'north-shore-blog': 0}
    """
    corpus = spans.corpus_of(mentions)
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
    """Return the mentions of one referent. Raises KitError if neither the stylebook nor any mention knows it."""
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
    """Return the group of each document: itself, or a detail such as the outlet. Raises KitError if none has it."""
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
    referent: str | None = None,
) -> pd.DataFrame:
    """Mentions per 1,000 words: `counts` divided by the counted words of each column, times 1,000.

    Parameters are those of `counts`. A whole text is no sample, so the rate of a single text has no sampling
    interval; for collections see `rate_intervals`.

    Examples
    --------
    >>> import kit
    >>> mentions = kit.mentions(kit.load("harbour-strike"))
    >>> kit.rates(mentions, referent="the dock workers").loc["troublemaker"].round(1).to_dict()
    {'harbour-gazette': 5.9, 'quayside-voice': 5.6, 'coast-wire': 2.0, 'north-shore-blog': 2.0}
    """
    corpus = spans.corpus_of(mentions)
    table = counts(mentions, by, across, referent=referent)
    return table / words(corpus, across).clip(lower=1) * 1000


def positions(mentions: pd.DataFrame) -> pd.DataFrame:
    """Say where in its text each mention falls: the share of counted words before it, 0 for the first word.

    Returns
    -------
    DataFrame
        The mentions with a column `place`.
    """
    corpus = spans.corpus_of(mentions)
    share = [
        corpus[name].words_before(start) / max(corpus[name].word_count, 1)
        for name, start in zip(mentions["document"], mentions["start"], strict=True)
    ]
    return spans.remember(mentions.assign(place=share), corpus)
