"""Figures that read without colour, each with a text alternative and its numbers as a table."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from html import escape
from pathlib import Path
from textwrap import shorten
from typing import Any

import pandas as pd
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from .. import html
from ..documents import spans as span_tables
from ..documents.corpus import Corpus, Document
from ..english.source_types import SOURCE_TYPES
from ..errors import KitError
from ..files import write_bytes
from ..findings.voice import VOICES, words_by_voice
from ..metrics import frequencies as measures
from ..metrics import source_measures as density

# Greys far enough apart to survive a photocopier, hatches for those who see no greys.
_VOICE_STYLE: dict[str, dict[str, Any]] = {
    "author": {"facecolor": "#2b2b2b", "hatch": ""},
    "quoted": {"facecolor": "#b5b5b5", "hatch": "///"},
    "reported": {"facecolor": "#e2e2e2", "hatch": "\\\\"},
    "scare": {"facecolor": "#ffffff", "hatch": "..."},
}
_KIND_STYLE: dict[str, dict[str, Any]] = {
    "direct": _VOICE_STYLE["quoted"],
    "mixed": {"facecolor": "#e2e2e2", "hatch": "xx"},
    "indirect": _VOICE_STYLE["reported"],
}
_NAMED_STYLE: dict[bool, dict[str, Any]] = {
    True: {"facecolor": "#2b2b2b"},
    False: {"facecolor": "#ffffff", "hatch": "..."},
}
_NAMED_LABEL = {True: "named", False: "not named"}
_MARKERS = "osD^vP*X"
PANELS_A_ROW = 4
MOST_DOCUMENTS = 12
FONT: dict[Any, Any] = {"font.size": 12, "axes.titlesize": 13, "axes.labelsize": 12}


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
        numbers = f"<details><summary>The numbers behind the figure</summary>{html.table(self.table)}</details>"
        return f"<div>{image}<p>{escape(self.title)}</p>{numbers}</div>"

    def __repr__(self) -> str:
        return f"{self.title}\n{self.alt}"


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
    corpus = few(span_tables.corpus_of(mentions))
    table = measures.counts(mentions, ["label", "voice"], referent=referent)
    by_label = table.groupby(level="label", sort=False).sum()
    labels = list(by_label.index[by_label.sum(axis=1) > 0])[::-1]
    columns = min(len(corpus), PANELS_A_ROW)
    rows = -(-len(corpus) // columns)
    with rc_context(FONT):
        canvas = new_canvas(4.2 * columns, rows * (0.42 * len(labels) + 1.4) + 0.6)
        panels = canvas.subplots(rows, columns, sharey=True, sharex=True, squeeze=False).ravel()
        for panel, document in zip(panels, corpus, strict=False):
            _bars(panel, table[document.name], labels)
            panel.set_title(_panel_title(document), parse_math=False)
        for panel in panels[len(corpus) :]:
            panel.set_visible(False)
        panels[0].set_xlim(0, max(float(by_label.to_numpy().max(initial=0)) * 1.18, 1))
        panels[0].set_yticks(range(len(labels)), labels, parse_math=False)
        handles = [Patch(edgecolor="#000000", label=voice, **style) for voice, style in _VOICE_STYLE.items()]
        canvas.legend(handles=handles, title="voice", loc="outside lower center", ncols=len(handles))
    whom = f" for {referent}" if referent else ""
    title = f"Names{whom}, by document and voice (number of mentions; n = {int(table.to_numpy().sum())})"
    return Figure(title, _names_alt(corpus, by_label, table), table, canvas)


def _bars(panel: Axes, counted: pd.Series, labels: list[str]) -> None:
    """Draw a document's bars, one a label, a piece of it a voice, the total at its end."""
    places = range(len(labels))
    left = pd.Series(0, index=labels)
    for voice, style in _VOICE_STYLE.items():
        part = counted.xs(voice, level="voice").reindex(labels, fill_value=0)
        panel.barh(places, part, left=left, edgecolor="#000000", **style)
        left = left + part
    for place, total in zip(places, left, strict=True):
        panel.text(total + 0.3, place, str(total), va="center")
    panel.set_xlabel("mentions")
    panel.xaxis.set_major_locator(MaxNLocator(integer=True))
    panel.spines[["top", "right"]].set_visible(False)


def _names_alt(corpus: Corpus, by_label: pd.DataFrame, table: pd.DataFrame) -> str:
    said = []
    for name in corpus.names:
        most = by_label[name][by_label[name] > 0].sort_values(ascending=False, kind="stable").head(5)
        parts = [f"{label} {n} ({_voices_in_words(table[name].xs(label))})" for label, n in most.items()]
        said.append(f"{name}: " + (", ".join(parts) or "no such name"))
    return "Bar chart, one panel a document, bars split by voice. Most frequent names: " + "; ".join(said) + "."


def _voices_in_words(voices: pd.Series) -> str:
    return ", ".join(f"{n} {voice}" for voice, n in voices.items() if n)


def _panel_title(document: Document) -> str:
    label = document.meta.get("label", "")
    below = f"{label}, {document.word_count} words" if label else f"{document.word_count} words"
    return f"{shorten(document.name, 34)}\n{below}"


def few(corpus: Corpus) -> Corpus:
    """Return a corpus that a figure has room for. Raises KitError if it has none, or too many documents."""
    if not 0 < len(corpus) <= MOST_DOCUMENTS:
        advice = "choose some of them: corpus.only([…])"
        raise KitError(f"A figure has room for 1 to {MOST_DOCUMENTS} documents, and these are {len(corpus)}; {advice}.")
    return corpus


def new_canvas(width: float, height: float) -> Canvas:
    """Return an empty picture of some inches."""
    return Canvas(figsize=(width, max(height, 2.4)), layout="constrained")


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
        If there are no documents, or more than twelve, the spans have no labels, or the referent is unknown.
    """
    corpus = few(span_tables.corpus_of(mentions))
    if "label" not in mentions.columns or "voice" not in mentions.columns:
        raise KitError("These spans have no labels or no voices; draw the mentions that kit.mentions(…) finds.")
    if referent is not None:
        mentions = measures.of_referent(mentions, referent)
    strange = set(labels or []) - {*mentions["label"], *(pair[1] for pair in mentions.attrs.get("labels", []))}
    if strange:
        raise KitError(f"No name is labelled {min(strange)!r} here.")
    labels = (labels or list(mentions["label"].value_counts().index[:4]))[: len(_MARKERS)]
    placed = measures.positions(mentions[mentions["label"].isin(labels)])
    names = corpus.names[::-1]
    with rc_context(FONT):
        canvas = new_canvas(11, 0.9 * len(corpus) + 1.8)
        axis = canvas.subplots()
        for row, name in enumerate(names):
            axis.axhline(row, color="#b5b5b5", linewidth=10, zorder=0)
            _marks(axis, placed[placed["document"] == name], labels, row)
        axis.set_yticks(range(len(names)), [shorten(name, 34) for name in names], parse_math=False)
        axis.set_ylim(-0.6, len(names) - 0.4)
        axis.set_xlim(-0.01, 1.01)
        axis.set_xticks([0, 0.25, 0.5, 0.75, 1], ["start", "¼", "half", "¾", "end"])
        axis.set_xlabel("place in the text (share of its words)")
        axis.spines[["top", "right", "left"]].set_visible(False)
        if labels:
            _name_the_marks(canvas, labels)
    table = placed[["document", "label", "voice", "place"]].round({"place": 3})
    title = f"Where each name falls in the text (n = {len(placed)} mentions)"
    return Figure(title, _dispersion_alt(names[::-1], labels, placed), table, canvas)


def _marks(axis: Axes, placed: pd.DataFrame, labels: list[str], row: int) -> None:
    """Draw a document's marks, each label a little above the other, hollow where it is somebody else's word."""
    for i, label in enumerate(labels):
        here = placed[placed["label"] == label]
        filled = ["#000000" if voice == "author" else "#ffffff" for voice in here["voice"]]
        height = row + 0.3 * (i / max(len(labels) - 1, 1) - 0.5)
        axis.scatter(here["place"], [height] * len(here), marker=_MARKERS[i], c=filled, edgecolors="#000000", s=70)


def _name_the_marks(canvas: Canvas, labels: list[str]) -> None:
    marks = [Line2D([], [], linestyle="", marker=marker, color="#000000", markersize=8) for marker in _MARKERS]
    title = "filled: the author's own words; hollow: somebody else's"
    legend = canvas.legend(marks[: len(labels)], labels, loc="outside upper center", ncols=4, title=title)
    for text in legend.get_texts():
        text.set_parse_math(False)


def _dispersion_alt(names: list[str], labels: list[str], placed: pd.DataFrame) -> str:
    said = []
    for name in names:
        here = placed[placed["document"] == name]
        parts = [
            f"{label} {len(p)} time{'s' * (len(p) != 1)}, from {p.min():.0%} to {p.max():.0%} of the text"
            for label in labels
            if len(p := here.loc[here["label"] == label, "place"])
        ]
        said.append(f"{name}: " + ("; ".join(parts) or "none of these names"))
    return "One strip a document, a mark where each name stands. " + ". ".join(said) + "."


# ---- sourcing -----------------------------------------------------------------------------------------------------


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
    density.check_attributions(attributions)
    corpus = few(span_tables.corpus_of(attributions))
    table = _reaches(attributions, corpus)
    types = [kind for kind in SOURCE_TYPES if kind in set(table["source_type"])][::-1]
    with rc_context(FONT):
        canvas = new_canvas(11, len(corpus) * (0.3 * len(types) + 1.2) + 0.6)
        panels = canvas.subplots(len(corpus), 1, sharex=True, squeeze=False).ravel()
        for panel, document in zip(panels, corpus, strict=True):
            _lanes(panel, table[table["document"] == document.name], types)
            panel.set_title(f"{shorten(document.name, 34)} ({document.word_count} words)", loc="left", parse_math=False)
        panels[-1].set_xticks([0, 0.25, 0.5, 0.75, 1], ["start", "¼", "half", "¾", "end"])
        panels[-1].set_xlabel("place in the text (share of its words)")
        handles = [Patch(edgecolor="#000000", label=kind, **style) for kind, style in _KIND_STYLE.items()]
        canvas.legend(handles=handles, title="speech", loc="outside lower center", ncols=len(handles))
    title = f"Who speaks where, by type of source and kind of speech (n = {len(table)} attributions)"
    return Figure(title, _map_alt(corpus, table), table.round(3), canvas)


def _reaches(attributions: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """From where to where each attribution reaches, in shares of its document's words."""
    reach = [
        [corpus[name].words_before(at) / max(corpus[name].word_count, 1) for at in edges]
        for name, *edges in attributions[["document", "start", "end"]].itertuples(index=False)
    ]
    table = attributions[["document", "speaker", "source_type", "kind"]].reset_index(drop=True)
    return table.assign(begins=[start for start, _ in reach], ends=[end for _, end in reach])


def _lanes(panel: Axes, rows: pd.DataFrame, types: list[str]) -> None:
    for place, source_type in enumerate(types):
        panel.axhline(place, color="#d0d0d0", linewidth=1, zorder=0)
        for kind, style in _KIND_STYLE.items():
            here = rows[(rows["source_type"] == source_type) & (rows["kind"] == kind)]
            widths = (here["ends"] - here["begins"]).clip(lower=0.004)
            panel.barh([place] * len(here), widths, left=here["begins"], height=0.7, edgecolor="#000000", **style)
    panel.set_yticks(range(len(types)), types)
    panel.set_ylim(-0.6, max(len(types), 1) - 0.4)
    panel.set_xlim(0, 1)
    panel.spines[["top", "right"]].set_visible(False)


def _map_alt(corpus: Corpus, table: pd.DataFrame) -> str:
    said = []
    for name in corpus.names:
        here = table[table["document"] == name]
        counted = ", ".join(f"{kind} {n}" for kind, n in here["source_type"].value_counts().items())
        said.append(f"{name}: {len(here)} attributions" + (f" ({counted})" if counted else ""))
    return "One strip a document, a lane a type of source, a bar where somebody speaks. " + "; ".join(said) + "."


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
    density.check_attributions(attributions)
    corpus = few(span_tables.corpus_of(attributions))
    if most < 1:
        raise KitError("A ranking shows at least one speaker of each document.")
    table = density.sources(attributions)
    drawn = {name: table[table["document"] == name].head(most)[::-1] for name in corpus.names}
    bars = [max(len(rows), 1) for rows in drawn.values()]
    with rc_context(FONT):
        canvas = new_canvas(9, sum(bars) * 0.38 + 0.9 * len(bars) + 0.8)
        panels = canvas.subplots(len(bars), 1, sharex=True, squeeze=False, height_ratios=bars).ravel()
        for panel, (name, rows) in zip(panels, drawn.items(), strict=True):
            for named, style in _NAMED_STYLE.items():
                here = [named is bool(value) for value in rows["named"]]
                panel.barh(
                    [i for i, yes in enumerate(here) if yes], rows["attributions"][here], edgecolor="#000000", **style
                )
            labels = [f"{shorten(r['speaker'], 44)} ({r['source_type']})" for r in rows.to_dict("records")]
            panel.set_yticks(range(len(rows)), labels, parse_math=False)
            panel.set_title(shorten(name, 34), loc="left", parse_math=False)
            panel.spines[["top", "right"]].set_visible(False)
        panels[-1].set_xlabel("attributions")
        panels[-1].xaxis.set_major_locator(MaxNLocator(integer=True))
        handles = [
            Patch(edgecolor="#000000", label=_NAMED_LABEL[named], **style) for named, style in _NAMED_STYLE.items()
        ]
        canvas.legend(handles=handles, loc="outside lower center", ncols=2)
    title = f"Who is given the word, the busiest speakers of each text (n = {len(attributions)} attributions)"
    return Figure(title, _ranking_alt(drawn), table, canvas)


def _ranking_alt(drawn: dict[str, pd.DataFrame]) -> str:
    said = []
    for name, rows in drawn.items():
        parts = [f"{r.speaker} {r.attributions} ({_NAMED_LABEL[bool(r.named)]})" for r in rows[::-1].itertuples()]
        said.append(f"{name}: " + (", ".join(parts) or "nobody"))
    return "Bar chart, one panel a document, a bar a speaker. " + "; ".join(said) + "."


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
    corpus = few(span_tables.corpus_of(mentions))
    if "label" not in mentions.columns or "voice" not in mentions.columns:
        raise KitError("These spans have no labels or no voices; draw the mentions that kit.mentions(…) finds.")
    if label is not None and label not in {*mentions["label"], *(pair[1] for pair in mentions.attrs.get("labels", []))}:
        raise KitError(f"No name is labelled {label!r} here.")
    chosen = mentions if label is None else mentions[mentions["label"] == label]
    what = label or "names"
    counted = pd.crosstab(chosen["document"], chosen["voice"])
    counted = counted.reindex(index=corpus.names, columns=list(VOICES), fill_value=0)
    rows = []
    for document in corpus:
        words = words_by_voice(document)
        rows += [(document.name, "words", *(words[voice] for voice in VOICES))]
        rows += [(document.name, what, *counted.loc[document.name])]
    table = pd.DataFrame(rows, columns=["document", "of", *VOICES])
    with rc_context(FONT):
        canvas = new_canvas(9, 0.95 * len(corpus) + 1.6)
        axis = canvas.subplots()
        _halves(axis, table[::-1])
        handles = [Patch(edgecolor="#000000", label=voice, **style) for voice, style in _VOICE_STYLE.items()]
        canvas.legend(handles=handles, title="voice", loc="outside lower center", ncols=len(handles))
    title = (
        f"In whose voice: all words, and every mention of “{label}”"
        if label
        else "In whose voice: all words, all names"
    )
    return Figure(title, _halves_alt(table), table, canvas)


def _halves(axis: Axes, table: pd.DataFrame) -> None:
    """Draw a bar a row of the table, each as long as the other, its pieces the voices' shares."""
    totals = table[list(VOICES)].sum(axis=1)
    left = pd.Series(0.0, index=table.index)
    places = [i + (i // 2) * 0.4 for i in range(len(table))]
    for voice, style in _VOICE_STYLE.items():
        share = table[voice] / totals.where(totals > 0)
        axis.barh(places, share.fillna(0), left=left, edgecolor="#000000", **style)
        left = left + share.fillna(0)
    rows = zip(table.to_dict("records"), totals, strict=True)
    names = [f"{shorten(row['document'], 30)}: {row['of']} (n = {n})" for row, n in rows]
    axis.set_yticks(places, names, parse_math=False)
    axis.set_xlim(0, 1)
    axis.set_xlabel("share")
    axis.spines[["top", "right"]].set_visible(False)


def _halves_alt(table: pd.DataFrame) -> str:
    said = []
    for row in table.to_dict("records"):
        total = sum(row[voice] for voice in VOICES)
        shares = ", ".join(f"{row[voice] / total:.0%} {voice}" for voice in VOICES if row[voice]) if total else "none"
        said.append(f"{row['document']}, {row['of']} (n = {total}): {shares}")
    return "Two bars a document, split by voice: all its words, and the names. " + "; ".join(said) + "."
