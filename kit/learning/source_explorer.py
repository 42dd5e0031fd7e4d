"""Sources to explore, counted or not, and the learner’s verdict on what was not."""

from __future__ import annotations

from html import escape
from typing import Any

import ipywidgets as w
import pandas as pd

from .. import html
from ..documents import spans as span_tables
from ..documents.corpus import Corpus
from ..findings.sourcing import attributions
from ..views.controls import ALL, BUTTONS, WIDE, Panel, document_menu
from ..views.evidence import evidence
from . import progress
from .predictions import kept

MOST_SENTENCES = 8
MOST_BARS = 12
COUNTED, NOT_COUNTED = "counted", "not counted"
_WHAT = {COUNTED: "speaker", NOT_COUNTED: "reason"}
_VERDICTS = ("rightly not counted", "should be counted", "hard to say")


def explore_sources(documents: span_tables.Documents) -> Panel:
    """Show who is given the word how often: choose a speaker and see the sentences, counted or not.

    Each row of the list is a bar. Of what was *not* counted the list holds the reasons, and below each sentence the
    learner can say whether they agree; the verdicts are kept (`kit.learning.verdicts()`).

    Parameters
    ----------
    documents : Corpus, Document or iterable of Document
        What to explore.
    """
    corpus = span_tables.as_corpus(documents)
    tables = {COUNTED: attributions(corpus), NOT_COUNTED: attributions(corpus, rejected=True)}
    show = w.ToggleButtons(options=list(tables), description="Show", style=BUTTONS)
    document = document_menu([ALL, *corpus.names])
    # Not a list box: in its command mode JupyterLab takes the arrow keys away from one.
    choice = w.RadioButtons(description="Choose", style=WIDE, layout={"width": "auto"})
    sentences = w.VBox()

    def rows() -> pd.DataFrame:
        table = tables[show.value]
        return table if document.value == ALL else table[table["document"] == document.value]

    def list_again(_: object = None) -> None:
        ranked = rows()[_WHAT[show.value]].value_counts().head(MOST_BARS)
        most = ranked.max() if len(ranked) else 1
        choice.options = [(f"{_bar(n, most)} {n} {name or '(nobody named)'}", name) for name, n in ranked.items()]
        choice.index = 0 if len(ranked) else None
        refresh()

    def refresh(_: object = None) -> None:
        found = rows()
        found = found[found[_WHAT[show.value]] == choice.value]
        lines = evidence(found)
        shown = [c for c in ("document", "sentence", "source", "content", "reason") if c in lines]
        page = html.table(lines[shown].head(MOST_SENTENCES), f"{len(found)} found")
        judged = found.head(MOST_SENTENCES) if show.value == NOT_COUNTED else found.head(0)
        asked = (_verdict(row, corpus, number) for number, row in enumerate(judged.to_dict("records"), 1))
        sentences.children = [w.HTML(page), *asked]

    show.observe(list_again, "value")
    document.observe(list_again, "value")
    choice.observe(refresh, "value")
    list_again()
    return Panel("sources to explore", [show, document, choice, sentences])


def _bar(number: int, most: int) -> str:
    return "█" * max(round(12 * number / most), 1)


def _verdict(row: dict[str, Any], corpus: Corpus, number: int) -> w.Widget:
    """Ask whether something was rightly not counted, and keep the answer."""
    key = f"{row['document']}:{row['start']}-{row['end']}"
    around = corpus[row["document"]].text[max(0, row["start"] - 40) : row["end"] + 30]
    choice = w.ToggleButtons(options=_VERDICTS, value=None, description=f"Your verdict on {number}", style=BUTTONS)
    asked = f"{number}. … {escape(' '.join(around.split()))} … <em>({escape(row['reason'])})</em>"
    return w.VBox([w.HTML(asked), choice, kept(choice, "verdict", key)])


def verdicts() -> pd.DataFrame:
    """Return the learner's latest verdict on each thing that was not counted: columns place and verdict."""
    latest = {event["key"]: event["answer"] for event in progress.events("verdict")}
    return pd.DataFrame(latest.items(), columns=["place", "verdict"])
