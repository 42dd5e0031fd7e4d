"""Figures that read without colour, each with a text alternative and its numbers as a table."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib import rc_context
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import MaxNLocator

from . import measures
from . import spans as span_tables
from .corpus import Corpus
from .files import write_bytes
from .voice import VOICES

# Greys far enough apart to survive a photocopier, hatches for those who see no greys.
_VOICE_STYLE = {
    "author": {"facecolor": "#2b2b2b", "hatch": ""},
    "quoted": {"facecolor": "#b5b5b5", "hatch": "///"},
    "scare": {"facecolor": "#ffffff", "hatch": "..."},
}
_MARKERS = "osD^vP*X"
_FONT: dict[Any, Any] = {"font.size": 12, "axes.titlesize": 13, "axes.labelsize": 12}


@dataclass(frozen=True)
class Figure:
    """A picture, what it says in words, and its numbers.

    Attributes
    ----------
    title, alt : str
        Caption, and the text alternative that a screen reader speaks.
    table : DataFrame
        The numbers that are drawn.
    canvas : matplotlib.figure.Figure
        The picture, to change or to save.
    """

    title: str
    alt: str
    table: pd.DataFrame
    canvas: Canvas

    def png(self) -> bytes:
        """Return the picture as PNG bytes."""
        out = io.BytesIO()
        self.canvas.savefig(out, format="png", dpi=144, bbox_inches="tight", metadata={"Description": self.alt})
        return out.getvalue()

    def save(self, path: str | Path) -> None:
        """Write the picture to a PNG file. Raises KitError if it cannot be written."""
        write_bytes(Path(path), self.png())

    def _repr_html_(self) -> str:
        picture = base64.b64encode(self.png()).decode("ascii")
        image = f'<img alt="{escape(self.alt)}" style="max-width:100%" src="data:image/png;base64,{picture}">'
        numbers = (
            f"<details><summary>The numbers behind the figure</summary>{self.table.to_html(escape=True)}</details>"
        )
        return f"<div>{image}<p>{escape(self.title)}</p>{numbers}</div>"

    def __repr__(self) -> str:
        return f"{self.title}\n{self.alt}"


def names_by_voice(
    mentions: pd.DataFrame, referent: str | None = None, corpus: span_tables.Documents | None = None
) -> Figure:
    """Draw how often each document uses each name, and in whose voice.

    Parameters
    ----------
    mentions : DataFrame
        Mentions as `kit.mentions` finds them.
    referent : str, optional
        Draw only the names of this referent.
    corpus : Corpus, optional
        Where the mentions stand, if the table no longer knows.

    Returns
    -------
    Figure
        Its table holds every label, also those that no document uses; the picture leaves these out.
    """
    corpus = span_tables.corpus_of(mentions, corpus)
    table = measures.counts(mentions, ["label", "voice"], referent=referent, corpus=corpus)
    by_label = table.groupby(level="label", sort=False).sum()
    labels = list(by_label.index[by_label.sum(axis=1) > 0])[::-1]
    canvas = _canvas(4.2 * max(len(corpus), 1), 0.42 * len(labels) + 1.9)
    axes = canvas.subplots(1, max(len(corpus), 1), sharey=True, sharex=True, squeeze=False)[0]
    for axis, name in zip(axes, corpus.names, strict=True):
        left = pd.Series(0, index=labels)
        for voice in VOICES:
            part = table[name].xs(voice, level="voice").reindex(labels, fill_value=0)
            axis.barh(labels, part, left=left, edgecolor="#000000", label=voice, **_VOICE_STYLE[voice])
            left = left + part
        for row, total in enumerate(left):
            axis.text(total + 0.3, row, str(total), va="center")
        axis.set_title(_panel_title(corpus, name))
        axis.set_xlabel("mentions")
        axis.xaxis.set_major_locator(MaxNLocator(integer=True))
        axis.spines[["top", "right"]].set_visible(False)
    axes[0].set_xlim(0, max(float(by_label.to_numpy().max(initial=0)) * 1.18, 1))
    canvas.legend(*axes[0].get_legend_handles_labels(), title="voice", loc="outside lower center", ncols=3)
    whom = f" for {referent}" if referent else ""
    title = f"Names{whom}, by document and voice (number of mentions; n = {int(table.to_numpy().sum())})"
    return Figure(title, _names_alt(corpus, by_label, table), table, canvas)


def _names_alt(corpus: Corpus, by_label: pd.DataFrame, table: pd.DataFrame) -> str:
    said = []
    for name in corpus.names:
        most = by_label[name][by_label[name] > 0].sort_values(ascending=False, kind="stable").head(5)
        parts = [f"{label} {n} ({_voices_in_words(table[name].xs(label))})" for label, n in most.items()]
        said.append(f"{name}: " + (", ".join(parts) or "no such name"))
    return "Bar chart, one panel a document, bars split by voice. Most frequent names: " + "; ".join(said) + "."


def _voices_in_words(voices: pd.Series) -> str:
    return ", ".join(f"{n} {voice}" for voice, n in voices.items() if n)


def _panel_title(corpus: Corpus, name: str) -> str:
    label = corpus[name].meta.get("label", "")
    return f"{name}\n{label}, {corpus[name].word_count} words" if label else f"{name}\n{corpus[name].word_count} words"


def _canvas(width: float, height: float) -> Canvas:
    with rc_context(_FONT):
        return Canvas(figsize=(min(width, 16), max(height, 2.4)), layout="constrained")


def strip(
    mentions: pd.DataFrame,
    labels: list[str] | None = None,
    referent: str | None = None,
    corpus: span_tables.Documents | None = None,
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
    corpus : Corpus, optional
        Where the mentions stand, if the table no longer knows.

    Returns
    -------
    Figure
        Its table holds document, label, voice and place (0 = first word, 1 = last) of every mention drawn.
    """
    corpus = span_tables.corpus_of(mentions, corpus)
    if referent is not None:
        mentions = mentions[mentions["referent"] == referent]
    labels = labels or list(mentions["label"].value_counts().index[:4])
    labels = labels[: len(_MARKERS)]
    placed = measures.places(mentions[mentions["label"].isin(labels)], corpus)
    canvas = _canvas(11, 1.0 * len(corpus) + 1.6)
    axis = canvas.subplots()
    names = corpus.names[::-1]
    for row, name in enumerate(names):
        axis.axhline(row, color="#b5b5b5", linewidth=10, zorder=0)
        for i, label in enumerate(labels):
            here = placed[(placed["document"] == name) & (placed["label"] == label)]
            filled = ["#000000" if voice == "author" else "#ffffff" for voice in here["voice"]]
            offset = row + 0.3 * (i / max(len(labels) - 1, 1) - 0.5)
            heights = [offset] * len(here)
            axis.scatter(here["place"], heights, marker=_MARKERS[i], c=filled, edgecolors="#000000", s=70)
    for i, label in enumerate(labels):
        axis.scatter([], [], marker=_MARKERS[i], c="#000000", s=70, label=label)
    axis.set_yticks(range(len(names)), names)
    axis.set_ylim(-0.6, len(names) - 0.4)
    axis.set_xlim(-0.01, 1.01)
    axis.set_xticks([0, 0.25, 0.5, 0.75, 1], ["start", "¼", "half", "¾", "end"])
    axis.set_xlabel("place in the text (share of its words)")
    axis.spines[["top", "right", "left"]].set_visible(False)
    canvas.legend(loc="outside upper center", ncols=4, title="filled: the author's own words; hollow: somebody else's")
    table = placed[["document", "label", "voice", "place"]].round({"place": 3})
    title = f"Where each name falls in the text (n = {len(placed)} mentions)"
    return Figure(title, _strip_alt(names[::-1], labels, placed), table, canvas)


def _strip_alt(names: list[str], labels: list[str], placed: pd.DataFrame) -> str:
    said = []
    for name in names:
        here = placed[placed["document"] == name]
        parts = [
            f"{label} {len(p)} times, from {p.min():.0%} to {p.max():.0%} of the text"
            for label in labels
            if len(p := here.loc[here["label"] == label, "place"])
        ]
        said.append(f"{name}: " + ("; ".join(parts) or "none of these names"))
    return "One strip a document, a mark where each name stands. " + ". ".join(said) + "."
