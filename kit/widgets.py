"""What learners click: predictions, the concordance, the upload of originals. Native controls, so keys suffice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from typing import Any

import ipywidgets as w
import pandas as pd

from . import progress
from . import spans as span_tables
from .errors import KitError
from .evidence import concordance
from .library import add_original, originals
from .voice import VOICES

ALL = "all"
MOST_LINES = 200
_WIDE = {"description_width": "initial"}


def predict(key: str, question: str, options: Sequence[str]) -> w.VBox:
    """Ask for a prediction and record each choice in the learner's progress file.

    Parameters
    ----------
    key : str
        Number of the question, such as `02-1`.
    question : str
        What is asked.
    options : sequence of str
        What can be chosen. Nothing is chosen for the learner, and a former choice is shown again.
    """
    before = progress.predicted(key)
    choice = w.RadioButtons(
        options=list(options), value=before if before in options else None, layout={"width": "max-content"}
    )
    status = w.HTML(_status(before))

    def keep(change: dict[str, Any]) -> None:
        status.value = _safely(lambda: _record(key, change["new"]))

    choice.observe(keep, "value")
    return w.VBox([w.HTML(f"<strong>Your prediction ({escape(key)}):</strong> {escape(question)}"), choice, status])


def _record(key: str, answer: str) -> str:
    progress.record("prediction", key, answer)
    return _status(answer)


def _status(answer: str | None) -> str:
    return f"Recorded: <em>{escape(answer)}</em>" if answer else "Choose one; there is no mark for being right."


def _safely(action: Callable[[], str]) -> str:
    try:
        return action()
    except KitError as error:
        return f'<strong role="alert">{escape(str(error))}</strong>'


class Said(str):
    """A sentence that a notebook shows without quotation marks."""

    def __repr__(self) -> str:
        return str(self)


def prediction(key: str) -> Said:
    """Return, as a sentence, what the learner predicted."""
    answer = progress.predicted(key)
    return Said(
        f"You predicted: {answer}" if answer else "You made no prediction here. You can still go back and make one."
    )


def explore(mentions: pd.DataFrame, corpus: span_tables.Documents | None = None) -> w.VBox:
    """Show a concordance to explore: choose label, voice, document and order.

    Parameters
    ----------
    mentions : DataFrame
        Mentions as `kit.mentions` finds them.
    corpus : Corpus, optional
        Where the mentions stand, if the table no longer knows.
    """
    corpus = span_tables.corpus_of(mentions, corpus)
    labels = [ALL, *mentions["label"].value_counts().index]
    chosen = {
        "label": w.Dropdown(options=labels, value=labels[min(1, len(labels) - 1)], description="Name", style=_WIDE),
        "voice": w.Dropdown(options=[ALL, *VOICES], description="Voice", style=_WIDE),
        "document": w.Dropdown(options=[ALL, *corpus.names], description="Document", style=_WIDE),
    }
    order = w.Dropdown(options=["position", "left", "right", "text"], description="Sorted by", style=_WIDE)
    lines = w.HTML()

    def refresh(_: object = None) -> None:
        keep = pd.Series(True, index=mentions.index)
        for column, menu in chosen.items():
            if menu.value != ALL:
                keep &= mentions[column] == menu.value
        lines.value = _lines(concordance(mentions[keep], sort=order.value, corpus=corpus))

    for menu in [*chosen.values(), order]:
        menu.observe(refresh, "value")
    refresh()
    return w.VBox([w.HBox([*chosen.values(), order], layout={"flex_flow": "row wrap"}), lines])


def _lines(table: pd.DataFrame) -> str:
    columns = ["document", "left", "text", "right", "voice"]
    shown = table[columns].head(MOST_LINES).astype(str).map(escape)
    rows = "".join(
        f'<tr><td>{document}</td><td style="text-align:right">{left}</td>'
        f"<td><strong>{text}</strong></td><td>{right}</td><td>{voice}</td></tr>"
        for document, left, text, right, voice in shown.itertuples(index=False)
    )
    heads = "".join(f'<th scope="col">{name}</th>' for name in columns)
    more = f"; the first {MOST_LINES} are shown" if len(table) > MOST_LINES else ""
    caption = f"<caption>{len(table)} lines{more}</caption>"
    return f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def upload_originals(corpus: str = "aleppo-2016") -> w.VBox:
    """Show a button by which someone who holds the original articles adds them; they stay on this machine."""
    wanted = "; ".join(f"“{escape(facts['title'])}”" for facts in originals(corpus).values())
    button = w.FileUpload(
        accept=".txt,.md", multiple=True, description="Choose the files", layout={"width": "max-content"}
    )
    status = w.HTML("")

    def add(change: dict[str, Any]) -> None:
        added = [_safely(partial(_added, file, corpus)) for file in change["new"]]
        status.value = "".join(f"<p>{line}</p>" for line in added)

    button.observe(add, "value")
    return w.VBox([w.HTML(f"If you hold the original articles ({wanted}), add them here:"), button, status])


def _added(file: Any, corpus: str) -> str:
    title = add_original(bytes(file["content"]), corpus, file["name"])
    return f"Added: “{escape(title)}”. From now on every lesson shows the original."
