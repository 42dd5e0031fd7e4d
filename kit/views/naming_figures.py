"""Figures of names: how often and in whose voice each document uses them, and where in the text."""

from __future__ import annotations

from textwrap import shorten

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D

from ..documents.corpus import Corpus, Document
from ..findings.voice import VOICES
from ..metrics.frequencies import counts, of_referent, positions
from .evidence import check_mentions
from .figure import INK, VOICE_STYLE, Figure, counting, few, in_words, legend, paper, stacked, through_the_text

_MARKERS = "osD^vP*X"
_AXES_A_ROW = 4


def names_by_voice(mentions: pd.DataFrame, referent: str | None = None) -> Figure:
    """Draw how often each document uses each name, and in whose voice.

    Parameters
    ----------
    mentions : DataFrame
        Mentions as `kit.mentions` finds them.
    referent : str, optional
        Draw only the names of this referent; otherwise a name that several referents bear is counted for all.

    Returns
    -------
    Figure
        Its table holds every label, also those that no document uses; the picture leaves these out.

    Raises
    ------
    KitError
        If there are no documents, or more than twelve, or the referent is unknown.
    """
    corpus = few(mentions)
    table = counts(mentions, ["label", "voice"], referent=referent)
    by_label = table.groupby(level="label", sort=False).sum()
    labels = list(by_label.index[by_label.sum(axis=1) > 0])[::-1]
    columns = min(len(corpus), _AXES_A_ROW)
    rows = -(-len(corpus) // columns)
    height = rows * (0.42 * len(labels) + 1.4) + 0.6
    with paper(4.2 * columns, height, rows, columns, sharey=True, sharex=True) as (canvas, axes):
        for axis, document in zip(axes, corpus, strict=False):
            _bars(axis, table[document.name], labels)
            axis.set_title(_above(document), parse_math=False)
        for axis in axes[len(corpus) :]:
            axis.set_visible(False)
        axes[0].set_xlim(0, max(float(by_label.to_numpy().max(initial=0)) * 1.18, 1))
        axes[0].set_yticks(range(len(labels)), labels, parse_math=False)
        legend(canvas, VOICE_STYLE, "voice")
    whom = f" for {referent}" if referent else ""
    title = f"Names{whom}, by document and voice (number of mentions; n = {int(table.to_numpy().sum())})"
    return Figure(title, _names_alt(corpus, by_label, table), table, canvas)


def _bars(axis: Axes, counted: pd.Series, labels: list[str]) -> None:
    """Draw a document's bars, one a label, a piece of it a voice, the total at its end."""
    pieces = counted.unstack("voice").reindex(index=labels, columns=list(VOICES), fill_value=0)
    for place, total in enumerate(stacked(axis, range(len(labels)), pieces, VOICE_STYLE)):
        axis.text(total + 0.3, place, str(total), va="center")
    counting(axis, "mentions")


def _names_alt(corpus: Corpus, by_label: pd.DataFrame, table: pd.DataFrame) -> str:
    said = {}
    for name in corpus.names:
        most = by_label[name][by_label[name] > 0].sort_values(ascending=False, kind="stable").head(5)
        said[name] = [
            f"{label} {n} ({', '.join(f'{k} {voice}' for voice, k in table[name].xs(label).items() if k)})"
            for label, n in most.items()
        ]
    opening = "Bar chart, one panel a document, bars split by voice. Most frequent names: "
    return opening + in_words(said, "no such name")


def _above(document: Document) -> str:
    label = document.meta.get("label", "")
    below = f"{label}, " if label else ""
    return f"{shorten(document.name, 34)}\n{below}{document.word_count} words"


def dispersion(
    mentions: pd.DataFrame,
    labels: list[str] | None = None,
    referent: str | None = None,
) -> Figure:
    """Draw where in its text each mention falls: a strip per document, from its first word to its last.

    Parameters
    ----------
    mentions : DataFrame
        Mentions as `kit.mentions` finds them.
    labels : list of str, optional
        The names to draw, at most eight; otherwise the four that occur most often.
    referent : str, optional
        Draw only the names of this referent.

    Returns
    -------
    Figure
        Its table holds document, label, voice and place of every mention drawn: the share of words before it, 0 to 1.

    Raises
    ------
    KitError
        If there are no documents, or more than twelve, the spans have no labels, or a name or the referent is unknown.
    """
    corpus = few(mentions)
    check_mentions(mentions, labels or ())
    if referent is not None:
        mentions = of_referent(mentions, referent)
    labels = (labels or list(mentions["label"].value_counts().index[:4]))[: len(_MARKERS)]
    placed = positions(mentions[mentions["label"].isin(labels)])
    names = corpus.names[::-1]
    with paper(11, 0.9 * len(corpus) + 1.8) as (canvas, (axis,)):
        for row, name in enumerate(names):
            axis.axhline(row, color="#b5b5b5", linewidth=10, zorder=0)
            _marks(axis, placed[placed["document"] == name], labels, row)
        axis.set_yticks(range(len(names)), [shorten(name, 34) for name in names], parse_math=False)
        axis.set_ylim(-0.6, len(names) - 0.4)
        axis.set_xlim(-0.01, 1.01)
        through_the_text(axis)
        axis.spines["left"].set_visible(False)
        if labels:
            _name_the_marks(canvas, labels)
    table = placed[["document", "label", "voice", "place"]].round({"place": 3})
    title = f"Where each name falls in the text (n = {len(placed)} mentions)"
    return Figure(title, _dispersion_alt(corpus, labels, placed), table, canvas)


def _marks(axis: Axes, placed: pd.DataFrame, labels: list[str], row: int) -> None:
    """Draw a document's marks, each label a little above the other, hollow where it is somebody else's word."""
    for i, label in enumerate(labels):
        here = placed[placed["label"] == label]
        filled = [INK if voice == "author" else "#ffffff" for voice in here["voice"]]
        height = row + 0.3 * (i / max(len(labels) - 1, 1) - 0.5)
        axis.scatter(here["place"], [height] * len(here), marker=_MARKERS[i], c=filled, edgecolors=INK, s=70)


def _name_the_marks(canvas: Canvas, labels: list[str]) -> None:
    marks = [Line2D([], [], linestyle="", marker=marker, color=INK, markersize=8) for marker in _MARKERS]
    title = "filled: the author's own words; hollow: somebody else's"
    named = canvas.legend(marks[: len(labels)], labels, loc="outside upper center", ncols=4, title=title)
    for text in named.get_texts():
        text.set_parse_math(False)


def _dispersion_alt(corpus: Corpus, labels: list[str], placed: pd.DataFrame) -> str:
    said = {}
    for name in corpus.names:
        here = placed[placed["document"] == name]
        said[name] = [
            f"{label} {len(p)} time{'s' * (len(p) != 1)}, from {p.min():.0%} to {p.max():.0%} of the text"
            for label in labels
            if len(p := here.loc[here["label"] == label, "place"])
        ]
    opening = "One strip a document, a mark where each name stands. "
    return opening + in_words(said, "none of these names", between="; ", after=". ")
