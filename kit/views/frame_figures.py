"""Figures of what people coded, how far they agree, and who acts: read without colour, each with its numbers."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import fill, shorten
from typing import Any

import numpy as np
import pandas as pd
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import MaxNLocator

from ..coding.codebooks import Book, Codebook, as_codebook
from ..documents import spans
from ..documents.corpus import Corpus, touching
from ..errors import KitError
from ..metrics.reliability import ratings
from .figures import FONT, MOST_DOCUMENTS, Figure, few, new_canvas

NO_ANSWER = "no answer"
CUSTOMARY: dict[float, Any] = {0.667: ":", 0.8: "--"}  # limits of alpha, and how their lines are drawn
SOURCE = "Krippendorff, Content Analysis, 2004 and 2019: customary, not a law"
_LIGHT, _DARK = 1.0, 0.35  # the greys of the first and the last value
_AGENT_STYLE: dict[str, dict[str, Any]] = {
    "named": {"facecolor": "#2b2b2b"},
    "unnamed": {"facecolor": "#ffffff", "hatch": "///"},
}
_KINDS = ("passive clauses", "of these, of violence", "violence as a noun")


# ---- what people coded -------------------------------------------------------------------------------------------


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
    corpus, book = few(spans.corpus_of(codes)), as_codebook(codebook)
    given = _given(codes, book, corpus)
    rows = []
    for code in book.codes:
        for name in corpus.names:
            said = given[code].loc[name].dropna()
            counted = said.value_counts()
            most = sorted(counted.index[counted == counted.max()]) if len(counted) else []
            agreeing = int(counted.max()) if len(counted) else 0
            marked = _sentences(codes, book, code, corpus, name)
            rows.append((name, code, " / ".join(most) or NO_ANSWER, len(said), agreeing, marked))
    table = pd.DataFrame(rows, columns=["document", "code", "value", "coders", "agreeing", "sentences"])
    several = codes.loc[codes["codebook"] == book.name, "coder"].nunique() > 1
    lines = {
        (r["document"], r["code"]): _cell(r, _agreeing(r) if several and r["coders"] else "")
        for r in table.to_dict("records")
    }
    title = f"{book.title}: what was coded in each document (n = {_coders(codes, book)})"
    alt = "A grid, a column a document, a row a category. " + _in_words(table, "document", lines)
    return _grid(title, alt, table, "document", book, lines)


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
    given = _given(codes, book, corpus)
    coders = sorted(own.loc[own["document"] == name, "coder"].unique())
    if not 0 < len(coders) <= MOST_DOCUMENTS:
        advice = "choose some of them: codes[codes['coder'].isin([…])]"
        raise KitError(
            f"A figure has room for 1 to {MOST_DOCUMENTS} coders, and {len(coders)} coded {name!r}; {advice}."
        )
    rows = [
        (coder, code, value if isinstance(value := given[code].loc[name, coder], str) else NO_ANSWER, marked)
        for code in book.codes
        for coder in coders
        for marked in [_sentences(codes[codes["coder"] == coder], book, code, corpus, name)]
    ]
    table = pd.DataFrame(rows, columns=["coder", "code", "value", "sentences"])
    lines = {(r["coder"], r["code"]): _cell(r, "") for r in table.to_dict("records")}
    title = f"{book.title}: what each coder said of {shorten(name, 40)} (n = {len(coders)} coders)"
    alt = f"A grid for {name}, a column a coder, a row a category. " + _in_words(table, "coder", lines)
    return _grid(title, alt, table, "coder", book, lines)


def _given(codes: pd.DataFrame, book: Codebook, corpus: Corpus) -> dict[str, pd.DataFrame]:
    """For each category, what each coder (columns) said of each document (rows) as a whole."""
    found = {}
    for code in book.codes:
        table = ratings(codes, book, code, by="document")
        found[code] = table.droplevel(["start", "end"]).reindex(corpus.names)
    return found


def _sentences(codes: pd.DataFrame, book: Codebook, code: str, corpus: Corpus, name: str) -> int:
    """Tell in how many sentences of a document a category was marked."""
    marks = codes[(codes["codebook"] == book.name) & (codes["code"] == code) & (codes["document"] == name)]
    marks = marks[(marks["end"] > 0) & (marks["value"] != book.values[0])]
    pairs = marks[["start", "end"]].itertuples(index=False)
    return len({piece for start, end in pairs for piece in touching(corpus[name].counted_sentences, start, end)})


def _coders(codes: pd.DataFrame, book: Codebook) -> str:
    number = codes.loc[codes["codebook"] == book.name, "coder"].nunique()
    return f"{number} coder{'s' * (number != 1)}"


def _agreeing(row: dict[Any, Any]) -> str:
    return f" ({row['agreeing']} of {row['coders']}{' each' * (' / ' in row['value'])})"


def _cell(row: dict[Any, Any], agreeing: str) -> str:
    number = row["sentences"]
    return f"{row['value']}{agreeing}" + (f"\n{number} sentence{'s' * (number != 1)}" if number else "")


def _in_words(table: pd.DataFrame, by: str, lines: dict[tuple[str, str], str]) -> str:
    said = []
    for name in table[by].unique():
        parts = [f"{code} {line}".replace("\n", ", ") for (column, code), line in lines.items() if column == name]
        said.append(f"{name}: {'; '.join(parts)}")
    return ". ".join(said) + "."


def _grid(
    title: str, alt: str, table: pd.DataFrame, by: str, book: Codebook, lines: dict[tuple[str, str], str]
) -> Figure:
    """Draw a grid of values; the higher the value the darker the cell, and each says it in words."""
    columns, codes = list(table[by].unique()), book.codes
    texts = {cell: "\n".join(fill(line, 20) for line in text.split("\n")) for cell, text in lines.items()}
    deepest = max(text.count("\n") for text in texts.values())
    with rc_context(FONT):
        canvas = new_canvas(2.1 * len(columns) + 2.2, (0.4 + 0.2 * deepest) * len(codes) + 0.8)
        axis = canvas.subplots()
        for row in table.to_dict("records"):
            x, y = columns.index(row[by]), codes.index(row["code"])
            grey = _grey(row["value"], book)
            axis.add_patch(Rectangle((x, y), 1, 1, facecolor=to_hex((grey,) * 3), edgecolor="#000000"))
            text, colour = texts[row[by], row["code"]], "#ffffff" if grey < 0.5 else "#000000"
            axis.text(x + 0.5, y + 0.5, text, color=colour, ha="center", va="center", fontsize=11, parse_math=False)
        axis.set_xlim(0, len(columns))
        axis.set_ylim(len(codes), 0)
        axis.set_xticks(np.arange(len(columns)) + 0.5, [fill(shorten(c, 40), 20) for c in columns], parse_math=False)
        axis.set_yticks(np.arange(len(codes)) + 0.5, codes, parse_math=False)
        axis.tick_params(length=0, top=False, labeltop=True, labelbottom=False)
        axis.spines[:].set_visible(False)
    return Figure(title, alt, table, canvas)


def _grey(value: str, book: Codebook) -> float:
    """The grey of a cell: from light to dark by rank; halfway where values have no order or are divided."""
    if value not in book.values:
        return _LIGHT if value == NO_ANSWER else 0.85
    rank = book.values.index(value)
    if book.level == "nominal" and len(book.values) > 2:
        return 0.85 if rank else _LIGHT
    return _LIGHT - (_LIGHT - _DARK) * rank / (len(book.values) - 1)


# ---- how far they agree ------------------------------------------------------------------------------------------


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
    with rc_context(FONT):
        canvas = new_canvas(9, 0.5 * len(rows) + 1.9)
        axis = canvas.subplots()
        for limit, dashes in CUSTOMARY.items():
            axis.axvline(limit, color="#000000", linestyle=dashes, linewidth=1.2, zorder=0)
        axis.axvline(0, color="#b5b5b5", linewidth=1, zorder=0)
        for place, row in enumerate(rows.to_dict("records")):
            _interval(axis, place, row)
        labels = [f"{shorten(str(name), 34)} (n = {int(units)})" for name, units in rows["units"].items()]
        axis.set_yticks(range(len(rows)), labels, parse_math=False)
        axis.set_ylim(-0.6, len(rows) - 0.4)
        axis.set_xlim(min(lowest, 0) - 0.05, 1.05)
        axis.set_xlabel("Krippendorff's alpha (1: they agree; 0: as chance would have it)")
        axis.spines[["top", "right"]].set_visible(False)
        handles = [
            Line2D([], [], color="#000000", linestyle=dashes, label=f"{limit:g}") for limit, dashes in CUSTOMARY.items()
        ]
        canvas.legend(handles=handles, title=SOURCE, loc="outside lower center", ncols=2)
    number = int(rows["coders"].max())
    title = f"Agreement of {number} coders, code by code: alpha, and its 95 % interval (n = units that two judged)"
    return Figure(title, _agreement_alt(agreement), agreement, canvas)


def _interval(axis: Axes, place: int, row: dict[Any, Any]) -> None:
    if np.isnan(row["alpha"]):
        axis.text(0.02, place, "not defined: nothing to compare", va="center")
        return
    if not np.isnan(row["low"]):
        axis.plot([row["low"], row["high"]], [place, place], color="#000000", linewidth=2, marker="|", markersize=10)
    axis.plot([row["alpha"]], [place], color="#000000", marker="o", markersize=9)


def _agreement_alt(agreement: pd.DataFrame) -> str:
    said = []
    for name, row in agreement.iterrows():
        interval = "" if np.isnan(row["low"]) else f" (from {row['low']:.2f} to {row['high']:.2f})"
        alpha = "not defined" if np.isnan(row["alpha"]) else f"{row['alpha']:.2f}{interval}"
        said.append(f"{name} {alpha}, {int(row['units'])} units")
    limits = " and ".join(f"{limit:g}" for limit in CUSTOMARY)
    return f"A dot and an interval for each code; lines at {limits} ({SOURCE}). Alpha: " + "; ".join(said) + "."


# ---- who acts ----------------------------------------------------------------------------------------------------


def agency_by_document(agency: pd.DataFrame) -> Figure:
    """Draw how often each document names who acts: in passive clauses, and where violence is a noun.

    Counted are passive clauses with a subject of their own (kind `passive`), for which the accuracy on the card was
    measured. The kind `reduced` would be no fair share: such clauses are found by the agent they name.

    Parameters
    ----------
    agency : DataFrame
        What `kit.agency` gives.

    Returns
    -------
    Figure
        Its table holds, for each document and what is counted, how many name who acts and how many do not, and the
        share without.

    Raises
    ------
    KitError
        If the table is none of agency, there are no documents, or more than twelve.
    """
    corpus = few(spans.corpus_of(agency))
    if not {"kind", "has_agent", "violence"} <= set(agency.columns):
        raise KitError("This is no table of agency; draw what kit.agency(corpus) gives.")
    passive, noun = agency["kind"] == "passive", agency["kind"] == "noun"
    chosen = dict(zip(_KINDS, (passive, passive & agency["violence"].astype(bool), noun), strict=True))
    rows = [_who_acts(agency[which], name, what) for name in corpus.names for what, which in chosen.items()]
    table = pd.DataFrame(rows, columns=["document", "of", "named", "unnamed", "share unnamed"])
    with rc_context(FONT):
        canvas = new_canvas(9, 1.5 * len(corpus) + 1.4)
        axis = canvas.subplots()
        _agents(axis, table[::-1].reset_index(drop=True))
        handles = [
            Patch(edgecolor="#000000", label=f"who acts is {named}", **style) for named, style in _AGENT_STYLE.items()
        ]
        canvas.legend(handles=handles, loc="outside lower center", ncols=2)
    counted = f"n = {int(passive.sum())} passive clauses, {int(noun.sum())} nouns"
    title = f"Who acts, and who goes unnamed: passive clauses and nouns of violence ({counted})"
    return Figure(title, _agents_alt(table), table, canvas)


def _who_acts(rows: pd.DataFrame, name: str, what: str) -> tuple[str, str, int, int, float]:
    here = rows.loc[rows["document"] == name, "has_agent"].astype(bool)
    return name, what, int(here.sum()), int((~here).sum()), round(float((~here).mean()), 3) if len(here) else np.nan


def _agents(axis: Axes, table: pd.DataFrame) -> None:
    """Draw a bar a row of the table, a gap between documents."""
    places = [i + (i // len(_KINDS)) * 0.6 for i in range(len(table))]
    left = pd.Series(0, index=table.index)
    for named, style in _AGENT_STYLE.items():
        axis.barh(places, table[named], left=left, edgecolor="#000000", **style)
        left = left + table[named]
    for place, total in zip(places, left, strict=True):
        axis.text(total + 0.15, place, str(total), va="center")
    axis.set_yticks(places, [_bar_label(r) for r in table.to_dict("records")], parse_math=False)
    axis.set_xlim(0, max(float(left.max()) * 1.12, 1))
    axis.set_xlabel("clauses, or nouns")
    axis.xaxis.set_major_locator(MaxNLocator(integer=True))
    axis.spines[["top", "right"]].set_visible(False)


def _bar_label(row: dict[Any, Any]) -> str:
    return f"{shorten(row['document'], 30)}: {row['of']}" if row["of"] == _KINDS[0] else row["of"]


def _agents_alt(table: pd.DataFrame) -> str:
    said = []
    for name in table["document"].unique():
        here: Iterable[dict[Any, Any]] = table[table["document"] == name].to_dict("records")
        parts = [f"{r['of']} {r['named'] + r['unnamed']} (who acts unnamed in {r['unnamed']})" for r in here]
        said.append(f"{name}: " + ", ".join(parts))
    return "Bar chart, three bars a document, each split by whether who acts is named. " + "; ".join(said) + "."
