"""What learners click: predictions, the concordance, the upload of originals. Native controls, so keys suffice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape
from typing import Any

import ipywidgets as w
import pandas as pd

from . import html, progress
from . import spans as span_tables
from .controls import ALL, BUTTONS, WIDE, Panel, alert, safely
from .corpus import Corpus
from .errors import KitError
from .evidence import SORTS, concordance, evidence
from .library import add_original, originals
from .sourcing import attributions
from .voice import VOICES

MOST_LINES = 200
MOST_SENTENCES = 8
MOST_BARS = 12
WIDTH = 6  # words on either side: most mentions then fit one line of a laptop's screen
MOST_BUTTONS = 6


def predict(key: str, question: str, options: Sequence[str]) -> Panel:
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
    before, status = _remembered(key)
    value = before if before in options else None
    choice = w.RadioButtons(
        options=list(options), value=value, description="I expect:", style=WIDE, layout={"width": "auto"}
    )

    def keep(change: dict[str, Any]) -> None:
        status.value = safely(lambda: _record(key, change["new"]))

    choice.observe(keep, "value")
    asked = w.HTML(f"<strong>Your prediction ({escape(key)}):</strong> {escape(question)}")
    return Panel(f"question {key}: {question}", [asked, choice, status])


def _remembered(key: str) -> tuple[str | None, w.HTML]:
    """The learner's former choice, and a line that says so, or what is wrong with their file."""
    try:
        before = progress.predicted(key)
    except KitError as error:
        return None, w.HTML(alert(error))
    return before, w.HTML(_status(before))


def _record(key: str, answer: str) -> str:
    progress.record("prediction", key, answer)
    return _status(answer)


def _status(answer: str | None) -> str:
    return f"Recorded: <em>{escape(answer)}</em>" if answer else "Choose one; there is no mark for being right."


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


def explore(mentions: pd.DataFrame, corpus: span_tables.Documents | None = None) -> Panel:
    """Show a concordance to explore: choose label, voice, document and order.

    Parameters
    ----------
    mentions : DataFrame
        Mentions as `kit.mentions` finds them.
    corpus : Corpus, optional
        Where the mentions stand, if the table no longer knows.
    """
    corpus = span_tables.corpus_of(mentions, corpus)
    if "label" not in mentions.columns or "voice" not in mentions.columns:
        raise KitError("These spans have no labels or no voices; explore the mentions that kit.mentions(…) finds.")
    label = w.Combobox(
        options=[ALL, *mentions["label"].value_counts().index],
        value=ALL,
        ensure_option=True,
        continuous_update=False,
        description="Name",
        style=WIDE,
    )
    voice = w.ToggleButtons(options=[ALL, *VOICES], description="Voice", style=BUTTONS)
    document = _document_menu(corpus)
    order = w.ToggleButtons(options=list(SORTS), description="Sorted by", style=BUTTONS)
    lines = w.HTML()

    def refresh(_: object = None) -> None:
        keep = pd.Series(True, index=mentions.index)
        for column, menu in {"label": label, "voice": voice, "document": document}.items():
            if menu.value != ALL:
                keep &= mentions[column] == menu.value
        found = concordance(mentions[keep], WIDTH, sort=order.value, corpus=corpus)
        more = f"; the first {MOST_LINES} are shown" if len(found) > MOST_LINES else ""
        shown = found[["left", "text", "right", "voice", "document"]].head(MOST_LINES)
        lines.value = html.table(shown, f"{len(found)} lines{more}")

    for menu in (label, voice, document, order):
        menu.observe(refresh, "value")
    refresh()
    return Panel("a concordance to explore", [label, voice, document, order, lines])


def _document_menu(corpus: Corpus) -> w.Widget:
    """Buttons for a few documents, a field to type in for many."""
    documents = {"options": [ALL, *corpus.names], "description": "Document", "value": ALL}
    if len(corpus) > MOST_BUTTONS:
        return w.Combobox(**documents, ensure_option=True, style=WIDE)
    return w.ToggleButtons(**documents, style=BUTTONS)


def explore_sources(documents: span_tables.Documents) -> Panel:
    """Show who is given the word how often: choose a speaker and see the sentences, counted or not.

    Each row of the list is a bar. Of what was *not* counted the list holds the reasons, and below each sentence the
    learner can say whether they agree; the verdicts are kept (`kit.verdicts()`).

    Parameters
    ----------
    documents : Corpus, Document or iterable of Document
        What to explore.
    """
    corpus = span_tables.as_corpus(documents)
    tables = {COUNTED: attributions(corpus), NOT_COUNTED: attributions(corpus, rejected=True)}
    show = w.ToggleButtons(options=list(tables), description="Show", style=BUTTONS)
    document = _document_menu(corpus)
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
        lines = evidence(found, corpus)
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


COUNTED, NOT_COUNTED = "counted", "not counted"
_WHAT = {COUNTED: "speaker", NOT_COUNTED: "reason"}
_VERDICTS = ("rightly not counted", "should be counted", "hard to say")


def _bar(number: int, most: int) -> str:
    return "█" * max(round(12 * number / most), 1)


def _verdict(row: dict[str, Any], corpus: Corpus, number: int) -> w.Widget:
    """Ask whether something was rightly not counted, and keep the answer."""
    key = f"{row['document']}:{row['start']}-{row['end']}"
    try:
        before = next((e["answer"] for e in reversed(progress.events("verdict")) if e["key"] == key), None)
    except KitError as error:
        return w.HTML(alert(error))
    around = corpus[row["document"]].text[max(0, row["start"] - 40) : row["end"] + 30]
    chosen = before if before in _VERDICTS else None
    choice = w.ToggleButtons(options=_VERDICTS, value=chosen, description=f"Your verdict on {number}", style=BUTTONS)
    status = w.HTML(_status(before))

    def keep(change: dict[str, Any]) -> None:
        status.value = safely(partial(_keep_verdict, key, change["new"]))

    choice.observe(keep, "value")
    return w.VBox(
        [w.HTML(f"{number}. … {escape(' '.join(around.split()))} … <em>({escape(row['reason'])})</em>"), choice, status]
    )


def _keep_verdict(key: str, answer: str) -> str:
    progress.record("verdict", key, answer)
    return _status(answer)


def verdicts() -> pd.DataFrame:
    """Return the learner's latest verdict on each thing that was not counted: columns place and verdict."""
    latest = {event["key"]: event["answer"] for event in progress.events("verdict")}
    return pd.DataFrame(latest.items(), columns=["place", "verdict"])


def upload_originals(corpus: str = "aleppo-2016") -> Panel:
    """Show a button by which someone who holds the original articles adds them; they stay on this machine."""
    wanted = "; ".join(f"“{escape(facts['title'])}”" for facts in originals(corpus).values())
    button = w.FileUpload(
        accept=".txt,.md", multiple=True, description="Choose the files", layout={"width": "max-content"}
    )
    status = w.HTML("")

    def add(change: dict[str, Any]) -> None:
        added = [safely(partial(_added, file, corpus)) for file in change["new"]]
        status.value = "".join(f"<p>{line}</p>" for line in added)

    button.observe(add, "value")
    return Panel(
        "a button for originals",
        [w.HTML(f"If you hold the original articles ({wanted}), add them here:"), button, status],
    )


def _added(file: Any, corpus: str) -> str:
    title = add_original(bytes(file["content"]), corpus, file["name"])
    return f"Added: “{escape(title)}”. From now on every lesson shows the original."
