"""A figure of who acts, and who goes unnamed."""

from __future__ import annotations

from textwrap import shorten

import pandas as pd
from matplotlib.axes import Axes

from .evidence import check_columns
from .figure import Figure, Styles, counting, few, in_words, legend, paper, stacked

_ACTOR_STYLE: Styles = {"named": {"facecolor": "#2b2b2b"}, "unnamed": {"facecolor": "#ffffff", "hatch": "///"}}
_COUNTED = ("passive clauses", "of these, of violence", "violence as a noun")


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
    corpus = few(agency)
    check_columns(agency, ["kind", "has_agent", "violence"], "kit.agency(corpus)")
    passive, noun = agency["kind"] == "passive", agency["kind"] == "noun"
    counted = dict(zip(_COUNTED, (passive, passive & agency["violence"].astype(bool), noun), strict=True))
    rows = []
    for name in corpus.names:
        for what, which in counted.items():
            with_agent = agency.loc[which & (agency["document"] == name), "has_agent"].astype(bool)
            rows.append((name, what, with_agent.sum(), (~with_agent).sum(), (~with_agent).mean()))
    table = pd.DataFrame(rows, columns=["document", "of", "named", "unnamed", "share unnamed"])
    table = table.round({"share unnamed": 3})
    with paper(9, 1.5 * len(corpus) + 1.4) as (canvas, (axis,)):
        _bars(axis, table[::-1].reset_index(drop=True))
        legend(canvas, {f"who acts is {named}": style for named, style in _ACTOR_STYLE.items()})
    found = f"n = {int(passive.sum())} passive clauses, {int(noun.sum())} nouns"
    title = f"Who acts, and who goes unnamed: passive clauses and nouns of violence ({found})"
    said: dict[str, list[str]] = {name: [] for name in corpus.names}
    for name, what, named, unnamed, _ in rows:
        said[name].append(f"{what} {named + unnamed} (who acts unnamed in {unnamed})")
    alt = "Bar chart, three bars a document, each split by whether who acts is named. " + in_words(said)
    return Figure(title, alt, table, canvas)


def _bars(axis: Axes, table: pd.DataFrame) -> None:
    """Draw a bar a row of the table, a gap between documents."""
    places = [i + (i // len(_COUNTED)) * 0.6 for i in range(len(table))]
    ends = stacked(axis, places, table, _ACTOR_STYLE)
    for place, total in zip(places, ends, strict=True):
        axis.text(total + 0.15, place, str(total), va="center")
    named = [
        f"{shorten(name, 30)}: {what}" if what == _COUNTED[0] else what
        for name, what in zip(table["document"], table["of"], strict=True)
    ]
    axis.set_yticks(places, named, parse_math=False)
    axis.set_xlim(0, max(float(ends.max()) * 1.12, 1))
    counting(axis, "clauses, or nouns")
