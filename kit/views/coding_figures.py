"""Figures of what people coded, and how far they agree."""

from __future__ import annotations

from textwrap import fill, shorten
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from ..coding.codebooks import Book, Codebook, as_codebook
from ..documents import spans
from ..documents.corpus import Document, touching
from ..errors import KitError
from ..metrics.reliability import ratings
from .figure import INK, Figure, check_room, few, in_words, paper

NO_ANSWER = "no answer"
CUSTOMARY: dict[float, Any] = {0.667: ":", 0.8: "--"}  # limits of alpha, and how their lines are drawn
CITED = "Krippendorff, Content Analysis, 2004 and 2019: customary, not a law"
_LIGHT, _DARK = 1.0, 0.35  # the greys of the first and the last value


def frame_grid(codes: pd.DataFrame, codebook: Book) -> Figure:
    """Draw what was coded in each document: a row a category, a column a document.

    A cell holds the value, and in how many sentences somebody marked it. Of several coders' values it holds the one
    that most of them gave, with their number, or several if these were given as often.

    Parameters
    ----------
    codes : DataFrame
        Codes as `kit.coding.codes` or `kit.coding.merge` gives them.
    codebook : Codebook, str or Path
        The codebook, its name, or the way to its file.

    Returns
    -------
    Figure
        Its table holds document, code, value, coders (who answered), agreeing (of these, who gave the value) and
        sentences.

    Raises
    ------
    KitError
        If there are no codes from this codebook, no documents, or more than twelve.
    """
    corpus, book = few(codes), as_codebook(codebook)
    own = codes[codes["codebook"] == book.name]
    rows = []
    for code, given in _given(codes, book, corpus.names).items():
        for document in corpus:
            counted = given.loc[document.name].value_counts()
            agreeing = int(max(counted, default=0))
            value = " / ".join(sorted(counted.index[counted == agreeing])) or NO_ANSWER
            rows.append((document.name, code, value, counted.sum(), agreeing, _sentences(own, book, code, document)))
    table = pd.DataFrame(rows, columns=["document", "code", "value", "coders", "agreeing", "sentences"])
    coders = own["coder"].nunique()
    title = f"{book.title}: what was coded in each document (n = {coders} coder{'s' * (coders != 1)})"
    return _grid(title, "A grid, a column a document, a row a category. ", table, book, several=coders > 1)


def coder_grid(codes: pd.DataFrame, codebook: Book, document: str | None = None) -> Figure:
    """Draw what each coder said of one document: a row a category, a column a coder.

    Parameters
    ----------
    codes : DataFrame
        Codes as `kit.coding.codes` or `kit.coding.merge` gives them.
    codebook : Codebook, str or Path
        The codebook, its name, or the way to its file.
    document : str, optional
        Its name; needed if the codes stand in several.

    Returns
    -------
    Figure
        Its table holds coder, code, value and sentences (in how many the coder marked it).

    Raises
    ------
    KitError
        If there are no codes from this codebook, a document has to be named, or more than twelve people coded it.
    """
    corpus, book = spans.corpus_of(codes), as_codebook(codebook)
    own = codes[codes["codebook"] == book.name]
    coded = list(own["document"].unique())
    if document is None and len(coded) > 1:
        raise KitError(f"These codes stand in several documents; name one: document=… ({', '.join(coded)}).")
    name = corpus[document or coded[0]].name if document or coded else ""
    given = _given(codes, book, [name])
    coders = sorted(own.loc[own["document"] == name, "coder"].unique())
    check_room(len(coders), f"coders of {name!r}", "codes[codes['coder'].isin([…])]")
    rows = [
        (coder, code, value if isinstance(value := table.loc[name, coder], str) else NO_ANSWER, marked)
        for code, table in given.items()
        for coder in coders
        for marked in [_sentences(own[own["coder"] == coder], book, code, corpus[name])]
    ]
    table = pd.DataFrame(rows, columns=["coder", "code", "value", "sentences"])
    title = f"{book.title}: what each coder said of {shorten(name, 40)} (n = {len(coders)} coders)"
    return _grid(title, f"A grid for {name}, a column a coder, a row a category. ", table, book)


def _given(codes: pd.DataFrame, book: Codebook, names: list[str]) -> dict[str, pd.DataFrame]:
    """For each category, what each coder (columns) said of each document (rows) as a whole."""
    every = {code: ratings(codes, book, code, by="document") for code in book.codes}
    return {code: table.droplevel(["start", "end"]).reindex(names) for code, table in every.items()}


def _sentences(codes: pd.DataFrame, book: Codebook, code: str, document: Document) -> int:
    """Tell in how many sentences of a document a category was marked."""
    marks = codes[(codes["code"] == code) & (codes["document"] == document.name)]
    marks = marks[(marks["end"] > 0) & (marks["value"] != book.values[0])]
    every = document.counted_sentences
    pairs = zip(marks["start"], marks["end"], strict=True)
    return len({piece for start, end in pairs for piece in touching(every, start, end)})


def _grid(title: str, opening: str, table: pd.DataFrame, book: Codebook, *, several: bool = False) -> Figure:
    """Draw a grid of values, a column a name in the table's first column; each cell says in words what it holds."""
    columns, codes = list(table.iloc[:, 0].unique()), list(book.codes)
    rows = table.to_dict("records")
    told = [_told(row, several) for row in rows]
    wrapped = ["\n".join(fill(line, 20) for line in text.split("\n")) for text in told]
    deepest = max(text.count("\n") for text in wrapped)
    said: dict[str, list[str]] = {name: [] for name in columns}
    with paper(2.1 * len(columns) + 2.2, (0.4 + 0.2 * deepest) * len(codes) + 0.8) as (canvas, (axis,)):
        for name, row, text, cell in zip(table.iloc[:, 0], rows, told, wrapped, strict=True):
            said[name].append(f"{row['code']} {text}".replace("\n", ", "))
            _cell(axis, columns.index(name), codes.index(row["code"]), cell, _grey(row["value"], book))
        axis.set_xlim(0, len(columns))
        axis.set_ylim(len(codes), 0)
        axis.set_xticks(np.arange(len(columns)) + 0.5, [fill(shorten(c, 40), 20) for c in columns], parse_math=False)
        axis.set_yticks(np.arange(len(codes)) + 0.5, codes, parse_math=False)
        axis.tick_params(length=0, top=False, labeltop=True, labelbottom=False)
        axis.spines[:].set_visible(False)
    return Figure(title, opening + in_words(said, between="; ", after=". "), table, canvas)


def _told(row: dict[Any, Any], several: bool) -> str:
    """The value, of several coders how many gave it, and below it in how many sentences it was marked."""
    value, number = row["value"], row["sentences"]
    if several and row["coders"]:
        value += f" ({row['agreeing']} of {row['coders']}{' each' * (' / ' in value)})"
    return f"{value}\n{number} sentence{'s' * (number != 1)}" if number else f"{value}"


def _cell(axis: Axes, x: int, y: int, text: str, grey: float) -> None:
    axis.add_patch(Rectangle((x, y), 1, 1, facecolor=to_hex((grey,) * 3), edgecolor=INK))
    colour = "#ffffff" if grey < 0.5 else INK
    axis.text(x + 0.5, y + 0.5, text, color=colour, ha="center", va="center", fontsize=11, parse_math=False)


def _grey(value: str, book: Codebook) -> float:
    """The grey of a cell: from light to dark by rank; halfway where values have no order or are divided."""
    if value not in book.values:
        return _LIGHT if value == NO_ANSWER else 0.85
    rank = book.values.index(value)
    if book.level == "nominal" and len(book.values) > 2:
        return 0.85 if rank else _LIGHT
    return _LIGHT - (_LIGHT - _DARK) * rank / (len(book.values) - 1)


def agreement_figure(agreement: pd.DataFrame) -> Figure:
    """Draw Krippendorff's alpha of each code with its interval, and the limits that are customary.

    Parameters
    ----------
    agreement : DataFrame
        What `kit.metrics.agreement` gives.

    Returns
    -------
    Figure
        Its table is what was given.

    Raises
    ------
    KitError
        If the table is none of agreement.
    """
    wanted = ["coders", "units", "alpha", "low", "high"]
    if agreement.empty or not set(wanted) <= set(agreement.columns):
        raise KitError("This is no table of agreement; draw what kit.metrics.agreement(codes, codebook) gives.")
    rows = agreement[wanted][::-1]
    lowest = np.nanmin([0, *rows["alpha"], *rows["low"]])
    with paper(9, 0.5 * len(rows) + 1.9) as (canvas, (axis,)):
        for limit, dashes in CUSTOMARY.items():
            axis.axvline(limit, color=INK, linestyle=dashes, linewidth=1.2, zorder=0)
        axis.axvline(0, color="#b5b5b5", linewidth=1, zorder=0)
        for place, row in enumerate(rows.to_dict("records")):
            _interval(axis, place, row)
        labels = [f"{shorten(str(name), 34)} (n = {int(units)})" for name, units in rows["units"].items()]
        axis.set_yticks(range(len(rows)), labels, parse_math=False)
        axis.set_ylim(-0.6, len(rows) - 0.4)
        axis.set_xlim(lowest - 0.05, 1.05)
        axis.set_xlabel("Krippendorff's alpha (1: they agree; 0: as chance would have it)")
        limits = [
            Line2D([], [], color=INK, linestyle=dashes, label=f"{limit:g}") for limit, dashes in CUSTOMARY.items()
        ]
        canvas.legend(handles=limits, title=CITED, loc="outside lower center", ncols=2)
    number = int(rows["coders"].max())
    title = f"Agreement of {number} coders, code by code: alpha, and its 95 % interval (n = units that two judged)"
    return Figure(title, _agreement_alt(agreement), agreement, canvas)


def _interval(axis: Axes, place: int, row: dict[Any, Any]) -> None:
    if np.isnan(row["alpha"]):
        axis.text(0.02, place, "not defined: nothing to compare", va="center")
        return
    if not np.isnan(row["low"]):
        axis.plot([row["low"], row["high"]], [place, place], color=INK, linewidth=2, marker="|", markersize=10)
    axis.plot([row["alpha"]], [place], color=INK, marker="o", markersize=9)


def _agreement_alt(agreement: pd.DataFrame) -> str:
    said = []
    for name, row in agreement.iterrows():
        interval = "" if np.isnan(row["low"]) else f" (from {row['low']:.2f} to {row['high']:.2f})"
        alpha = "not defined" if np.isnan(row["alpha"]) else f"{row['alpha']:.2f}{interval}"
        said.append(f"{name} {alpha}, {int(row['units'])} units")
    limits = " and ".join(f"{limit:g}" for limit in CUSTOMARY)
    return f"A dot and an interval for each code; lines at {limits} ({CITED}). Alpha: " + "; ".join(said) + "."
