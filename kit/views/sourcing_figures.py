"""Figures of sourcing: who speaks where in a text, who is given the word most, and whose words a text is made of."""

from __future__ import annotations

from textwrap import shorten

import pandas as pd
from matplotlib.axes import Axes

from ..documents.corpus import Corpus
from ..english.source_types import SOURCE_TYPES
from ..errors import KitError
from ..findings.voice import VOICES, words_by_voice
from ..metrics.frequencies import positions
from ..metrics.source_measures import check_attributions, sources
from .evidence import check_mentions
from .figure import INK, VOICE_STYLE, Figure, Styles, counting, few, in_words, legend, paper, stacked, through_the_text

_KIND_STYLE: Styles = {
    "direct": VOICE_STYLE["quoted"],
    "mixed": {"facecolor": "#e2e2e2", "hatch": "xx"},
    "indirect": VOICE_STYLE["reported"],
}
_NAMED_STYLE: Styles = {"named": {"facecolor": "#2b2b2b"}, "not named": {"facecolor": "#ffffff", "hatch": "..."}}


def attribution_map(attributions: pd.DataFrame) -> Figure:
    """Draw who speaks where: a strip per document, a lane per type of source, a bar where somebody speaks.

    Parameters
    ----------
    attributions : DataFrame
        Attributions as `kit.attributions` finds them.

    Returns
    -------
    Figure
        Its table holds document, speaker, source type, kind, and the places where each bar begins and ends: shares of
        the document's words, 0 to 1.

    Raises
    ------
    KitError
        If there are no documents, or more than twelve.
    """
    check_attributions(attributions)
    corpus = few(attributions)
    table = _reaches(attributions)
    types = [kind for kind in SOURCE_TYPES if kind in set(table["source_type"])][::-1]
    height = len(corpus) * (0.3 * len(types) + 1.2) + 0.6
    with paper(11, height, len(corpus), sharex=True) as (canvas, axes):
        for axis, document in zip(axes, corpus, strict=True):
            _lanes(axis, table[table["document"] == document.name], types)
            axis.set_title(f"{shorten(document.name, 34)} ({document.word_count} words)", loc="left", parse_math=False)
        through_the_text(axes[-1])
        legend(canvas, _KIND_STYLE, "speech")
    title = f"Who speaks where, by type of source and kind of speech (n = {len(table)} attributions)"
    return Figure(title, _map_alt(corpus, table), table.round(3), canvas)


def _reaches(attributions: pd.DataFrame) -> pd.DataFrame:
    """From where to where each attribution reaches, in shares of its document's words."""
    begins, ends = (positions(attributions.assign(start=attributions[edge]))["place"] for edge in ("start", "end"))
    told = attributions[["document", "speaker", "source_type", "kind"]]
    return told.assign(begins=begins, ends=ends).reset_index(drop=True)


def _lanes(axis: Axes, rows: pd.DataFrame, types: list[str]) -> None:
    for place, source_type in enumerate(types):
        axis.axhline(place, color="#d0d0d0", linewidth=1, zorder=0)
        for kind, style in _KIND_STYLE.items():
            here = rows[(rows["source_type"] == source_type) & (rows["kind"] == kind)]
            widths = (here["ends"] - here["begins"]).clip(lower=0.004)
            axis.barh([place] * len(here), widths, left=here["begins"], height=0.7, edgecolor=INK, **style)
    axis.set_yticks(range(len(types)), types)
    axis.set_ylim(-0.6, max(len(types), 1) - 0.4)
    axis.set_xlim(0, 1)


def _map_alt(corpus: Corpus, table: pd.DataFrame) -> str:
    said = {}
    for name in corpus.names:
        here = table[table["document"] == name]
        counted = ", ".join(f"{kind} {n}" for kind, n in here["source_type"].value_counts().items())
        said[name] = [f"{len(here)} attributions" + (f" ({counted})" if counted else "")]
    return "One strip a document, a lane a type of source, a bar where somebody speaks. " + in_words(said)


def source_ranking(attributions: pd.DataFrame, most: int = 8) -> Figure:
    """Draw whom each document gives the word how often: its speakers, the busiest first.

    Parameters
    ----------
    attributions : DataFrame
        Attributions as `kit.attributions` finds them.
    most : int
        How many speakers to draw for each document, at least 1.

    Returns
    -------
    Figure
        Its table is that of `kit.metrics.sources`: all speakers, also those that are not drawn.

    Raises
    ------
    KitError
        If there are no documents, or more than twelve, or `most` is less than 1.
    """
    check_attributions(attributions)
    corpus = few(attributions)
    if most < 1:
        raise KitError("A ranking shows at least one speaker of each document.")
    table = sources(attributions)
    drawn = table.assign(told=["named" if named else "not named" for named in table["named"]])
    rankings = {name: drawn[drawn["document"] == name].head(most) for name in corpus.names}
    bars = [max(len(ranking), 1) for ranking in rankings.values()]
    height = sum(bars) * 0.38 + 0.9 * len(bars) + 0.8
    with paper(9, height, len(bars), sharex=True, height_ratios=bars) as (canvas, axes):
        for axis, (name, ranking) in zip(axes, rankings.items(), strict=True):
            _speakers(axis, ranking[::-1])
            axis.set_title(shorten(name, 34), loc="left", parse_math=False)
        counting(axes[-1], "attributions")
        legend(canvas, _NAMED_STYLE)
    title = f"Who is given the word, the busiest speakers of each text (n = {len(attributions)} attributions)"
    said = {
        name: [f"{r['speaker']} {r['attributions']} ({r['told']})" for r in ranking.to_dict("records")]
        for name, ranking in rankings.items()
    }
    alt = "Bar chart, one panel a document, a bar a speaker. " + in_words(said, "nobody")
    return Figure(title, alt, table, canvas)


def _speakers(axis: Axes, ranking: pd.DataFrame) -> None:
    for place, row in enumerate(ranking.to_dict("records")):
        axis.barh(place, row["attributions"], edgecolor=INK, **_NAMED_STYLE[row["told"]])
    labels = [f"{shorten(r['speaker'], 44)} ({r['source_type']})" for r in ranking.to_dict("records")]
    axis.set_yticks(range(len(labels)), labels, parse_math=False)


def sourcing_and_naming(mentions: pd.DataFrame, label: str | None = None) -> Figure:
    """Draw, for each document, in whose voice its words are, and below it in whose voice it uses a name.

    Parameters
    ----------
    mentions : DataFrame
        Mentions as `kit.mentions` finds them.
    label : str, optional
        The name to draw, such as `terrorist`; otherwise all names together.

    Returns
    -------
    Figure
        Its table holds, for each document, the number of words and of mentions in each voice.

    Raises
    ------
    KitError
        If there are no documents, or more than twelve, or no name has that label.
    """
    corpus = few(mentions)
    check_mentions(mentions, () if label is None else [label])
    chosen = mentions if label is None else mentions[mentions["label"] == label]
    counted = pd.crosstab(chosen["document"], chosen["voice"])
    counted = counted.reindex(index=corpus.names, columns=list(VOICES), fill_value=0)
    rows = []
    for document in corpus:
        words = words_by_voice(document)
        rows += [(document.name, "words", *(words[voice] for voice in VOICES))]
        rows += [(document.name, label or "names", *counted.loc[document.name])]
    table = pd.DataFrame(rows, columns=["document", "of", *VOICES])
    totals = table[list(VOICES)].sum(axis=1)
    with paper(9, 0.95 * len(corpus) + 1.6) as (canvas, (axis,)):
        _halves(axis, table[::-1], totals[::-1])
        legend(canvas, VOICE_STYLE, "voice")
    what = f"all words, and every mention of “{label}”" if label else "all words, all names"
    said = {
        f"{row['document']}, {row['of']} (n = {total})": [f"{row[v] / total:.0%} {v}" for v in VOICES if row[v]]
        for row, total in zip(table.to_dict("records"), totals, strict=True)
    }
    alt = "Two bars a document, split by voice: all its words, and the names. " + in_words(said, "none")
    return Figure(f"In whose voice: {what}", alt, table, canvas)


def _halves(axis: Axes, table: pd.DataFrame, totals: pd.Series) -> None:
    """Draw a bar a row of the table, each as long as the other, its pieces the voices' shares."""
    places = [i + (i // 2) * 0.4 for i in range(len(table))]
    stacked(axis, places, table[list(VOICES)].div(totals.clip(lower=1), axis=0), VOICE_STYLE)
    rows = zip(table["document"], table["of"], totals, strict=True)
    axis.set_yticks(places, [f"{shorten(name, 30)}: {of} (n = {n})" for name, of, n in rows], parse_math=False)
    axis.set_xlim(0, 1)
    axis.set_xlabel("share")
