"""What learners click: predictions, quizzes, concordances, uploads of originals. Native controls, so keys suffice."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import date
from functools import partial
from html import escape
from typing import Any

import ipywidgets as w
import pandas as pd

from .. import folders, html
from ..documents import spans as span_tables
from ..documents.corpus import Corpus
from ..documents.library import add_original, originals
from ..errors import KitError, one_line
from ..files import write_bytes
from ..findings.sourcing import attributions
from ..findings.voice import VOICES
from ..views.controls import ALL, BUTTONS, WIDE, Panel, alert, safely
from ..views.evidence import SORTS, concordance, evidence
from . import backup as packing
from . import progress
from .quizzes import Option, Question, questions_of

MOST_LINES = 200
MOST_SENTENCES = 8
MOST_BARS = 12
WIDTH = 6  # words on either side: most mentions then fit one line of a laptop's screen
MOST_BUTTONS = 6
_STYLE = (
    "<style>.kit-quiz .widget-radio-box label {height: auto; line-height: 1.4}"
    " .kit-quiz .widget-html-content {line-height: 1.4}"
    " .kit-quiz p {margin: .2em 0 1em; padding-left: .8em; border-left: 4px solid #1a4f8a}</style>"
)
MOST_LINKED = 8 * 2**20  # bytes; JupyterLab takes 10 MB at once from a page


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
    asked = f"<strong>Your prediction ({escape(key)}):</strong> {escape(question)}"
    offered = "".join(f"<li>{escape(str(option))}</li>" for option in options)
    on_paper = f"<p>{asked}</p><ul>{offered}</ul><p>I expect: {'_' * 30}</p>"
    return Panel(f"question {key}: {question}", [w.HTML(asked), choice, status], on_paper)


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


def quiz(lesson: str) -> Panel:
    """Ask the questions at the end of a lesson. Each option has an answer of its own, and each choice is kept.

    Parameters
    ----------
    lesson : str
        Number of the lesson, such as `02`. The questions are those of `notebooks/quizzes.toml`.

    Raises
    ------
    KitError
        If the lesson has no questions, or their file is wrong.
    """
    asked = list(enumerate(questions_of(lesson), 1))
    on_paper = "".join(_on_paper(number, question) for number, question in asked)
    style = w.HTML(_STYLE, layout={"display": "none"})
    panel = Panel(f"the questions of lesson {lesson}", [style, *(_ask(*numbered) for numbered in asked)], on_paper)
    panel.add_class("kit-quiz")
    return panel


def _ask(number: int, question: Question) -> w.Widget:
    """Ask one question, with the former choice and what there is to say to it."""
    options = {option.text: option for option in question.options}
    choice = w.RadioButtons(
        options=list(options), value=None, description=f"Answer {number}:", style=WIDE, layout={"width": "auto"}
    )
    reply = w.HTML()
    try:
        before = progress.latest("quiz", question.key)
        if before and before["answer"] in options:
            choice.value = before["answer"]
            reply.value = _reply(question, options[before["answer"]])
    except KitError as error:
        reply.value = alert(error)

    def answer(change: dict[str, Any]) -> None:
        option = options[change["new"]]
        reply.value = _reply(question, option, "alert") + safely(partial(_record_quiz, question.key, option))

    choice.observe(answer, "value")
    return w.VBox([w.HTML(_asked(number, question)), choice, reply])


def _asked(number: int, question: Question) -> str:
    return f"<strong>{number}. {escape(question.question)}</strong>"


def _record_quiz(key: str, option: Option) -> str:
    progress.record("quiz", key, option.text, "right" if option.right else "not yet")
    return ""


def _reply(question: Question, option: Option, role: str = "") -> str:
    """Say what there is to say to an option; a screen reader speaks an alert as soon as it appears."""
    again = " and ".join(f"“{escape(place.heading)}”" for place in question.answerable_from)
    said = escape(option.feedback) + ("" if option.right else f" <small>(Look again under {again}.)</small>")
    return f'<p role="{role}">{said}</p>' if role else f"<p>{said}</p>"


def _on_paper(number: int, question: Question) -> str:
    """Show a question where nothing can be chosen: each option opens to what there is to say to it."""
    opened = "".join(
        f"<details><summary>{escape(option.text)}</summary>{_reply(question, option)}</details>"
        for option in question.options
    )
    return f"<p>{_asked(number, question)}</p>{opened}"


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


def backup() -> Panel:
    """Show a button that packs the learner's work to download, and one that brings it back."""
    pack = w.Button(description="Pack my work", layout={"width": "max-content"})
    bring = w.FileUpload(accept=".zip", description="Bring my work back", layout={"width": "max-content"})
    status = w.HTML()

    def packed(_: object) -> None:
        status.value = f'<div role="status">{safely(_packed)}</div>'

    def brought(change: dict[str, Any]) -> None:
        told = "".join(safely(partial(_brought, file)) for file in change["new"])
        status.value = f'<div role="status">{told}</div>'

    pack.on_click(packed)
    bring.observe(brought, "value")
    return Panel("buttons that download and restore your work", [w.HTML(_YOUR_WORK), pack, bring, status])


_YOUR_WORK = (
    "<p><strong>Your work</strong> lies on this machine only, and some machines forget it. Pack it into one file, and "
    "take that with you. In it are your predictions, answers and codes, and the notebooks and texts that you changed "
    "or added. The results of cells are not: they come again when you run the notebook. "
    "Save the notebook first (<em>File → Save</em>).</p>"
)


def _packed() -> str:
    data, left_out = packing.pack()
    name = packing.NAME.format(date.today().isoformat())
    told = safely(partial(_saved, name, data))
    told += "".join(f"<p>Left out, so download it by itself: {escape(one_line(file))}</p>" for file in left_out)
    if len(data) > MOST_LINKED:
        advice = "right-click it in the list of files: <em>Download</em>. To bring it back, use a terminal"
        return f"{told}<p>It is too large for a link: {advice}: <code>kit restore {name}</code></p>"
    link = f'<a download="{name}" href="data:application/zip;base64,{b64encode(data).decode("ascii")}">{name}</a>'
    return f"<p><strong>Download: {link}</strong> ({max(len(data) // 1000, 1)} kB)</p>{told}"


def _saved(name: str, data: bytes) -> str:
    write_bytes(folders.work_folder() / name, data)
    return f"<p>It also lies in your folder, as {name}.</p>"


def _brought(file: Any) -> str:
    said = packing.restore(bytes(file["content"]), str(file["name"]))
    lines = "".join(f"<li>{escape(one_line(sentence))}</li>" for sentence in said)
    return f"<ul>{lines}</ul><p>Close the notebooks that are open, and open them again.</p>"
