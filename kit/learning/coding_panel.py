"""Coding by hand: a codebook on one side, a document on the other. Every code is kept the moment it is made.

Radio buttons, boxes to tick and fields to write in, and no lists to choose from: where a list has the focus, JupyterLab
takes the arrow keys for itself.
"""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from html import escape
from itertools import groupby
from typing import Any

import ipywidgets as w
import pandas as pd

from ..coding import store
from ..coding.codebooks import Book, Codebook
from ..coding.session import Session, numbers, sentences, told
from ..coding.store import COLUMNS, Place
from ..documents import spans
from ..documents.corpus import Document, touching
from ..documents.language import Piece
from ..errors import KitError, KitWarning
from ..views.controls import ALL, WIDE, Panel, alert, safely

CHOSEN = "sentences, or words of them"
MOST_BUTTONS = 6
_STYLE = (
    "<style>.kit-coder .widget-html-content {line-height: 1.4} .kit-coder .widget-radio-box {height: auto}"
    " .kit-coder p {margin: .3em 0}</style>"
)


def code(documents: spans.Documents, codebook: Book, coder: str) -> Panel:
    """Show a codebook and a document side by side, to code by hand; each code is kept as it is made.

    Choose a code; tick sentences, or write their numbers (“4-6, 9”), or judge the whole text; choose a value and press
    “Keep this code”. To mark only some words, write or paste them. Whoever opens the panel again goes on where they
    stopped.

    Parameters
    ----------
    documents : Corpus, Document or iterable of Document
        What to code.
    codebook : Codebook, str or Path
        The codebook, its name, or the way to its file.
    coder : str
        Who codes.

    Raises
    ------
    KitError
        If there is no document, the codebook cannot be read, or the coder has no name. What goes wrong later, such as
        a store that is locked, is said in the panel, and nothing is lost.
    """
    return _Coder(Session(documents, codebook, coder)).panel


class _Coder:
    """The controls of the panel, and what each of them does."""

    def __init__(self, session: Session) -> None:
        self.session, book = session, session.book
        self.made, self.notice, self.former_note = pd.DataFrame(columns=COLUMNS), "", ""
        self.here: list[dict[Any, Any]] = []  # the codes made in the document shown
        self.ticking = False  # whether boxes are being ticked for numbers that somebody wrote
        names = session.corpus.names
        self.document = _one_of("Document", names)
        self.code = w.RadioButtons(options=book.codes, description="Code", style=WIDE, layout={"width": "auto"})
        self.meaning = w.HTML()
        self.where = w.RadioButtons(options=[spans.WHOLE, CHOSEN], description="Of", style=WIDE)
        self.where.value = spans.WHOLE if book.unit == "document" else CHOSEN
        self.numbers = w.Text(description="Sentences", style=WIDE, continuous_update=False)
        self.words = w.Text(description="Only these words", placeholder="all, if left empty", style=WIDE)
        self.value = w.RadioButtons(description="Value", style=WIDE, layout={"width": "auto"})
        self.note = w.Text(description="Note", placeholder="why, or what else could be said", style=WIDE)
        self.status = w.HTML()
        self.lines: list[_Line] = []
        self.text = w.VBox(layout={"flex": "1 1 26em", "max_height": "44em", "overflow": "auto"})
        self.show = _one_of("Show", [ALL, *book.codes])
        self.list = w.VBox()
        self.panel = Panel(f"a panel to code {_named(names)} with the codebook “{book.title}”", self._laid_out())
        self.panel.add_class("kit-coder")
        self._go_on()
        self.document.observe(self._open, "value")
        self.numbers.observe(self._number, "value")
        for control in (self.code, self.where):
            control.observe(self._choose, "value")
        self.show.observe(self._list, "value")

    def _laid_out(self) -> list[w.Widget]:
        book, coder = self.session.book, self.session.coder
        scoring = f"<details><summary>How to judge</summary>{escape(book.scoring)}</details>"
        heading = w.HTML(f"{_STYLE}<strong>{escape(book.title)}</strong>, coded by {escape(coder)}{scoring}")
        buttons = [self._button("Keep this code", self._keep), self._button("Undo the last", self._undo)]
        controls = [self.code, self.meaning, self.where, self.numbers, self.words, self.value, self.note]
        left = w.VBox([*controls, w.HBox(buttons), self.status], layout={"flex": "1 1 20em"})
        sides = w.HBox([left, self.text], layout={"flex_flow": "row wrap"})
        return [
            heading,
            self.document,
            sides,
            w.HTML("<strong>Codes made in this document</strong>"),
            self.show,
            self.list,
        ]

    def _button(self, description: str, action: Callable[[], str]) -> w.Button:
        button = w.Button(description=description, layout={"width": "max-content"})
        button.on_click(partial(self._do, action))
        return button

    # What is shown ---------------------------------------------------------------------------------------------------

    @property
    def _document(self) -> Document:
        return self.session.corpus[self.document.value]

    @property
    def _whole(self) -> bool:
        return bool(self.where.value == spans.WHOLE)

    @property
    def _chosen(self) -> list[Piece]:
        return [line.piece for line in self.lines if line.tick.value]

    def _go_on(self) -> None:
        """Open where the coder stopped."""
        self._read()
        self.document.value = self.session.document(self.made)
        self._open()

    def _read(self) -> None:
        """Read what is kept; what is wrong with it is told and stops nothing."""
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", KitWarning)
            self.notice = safely(self._read_codes)
        self.notice += "".join(f"<p>{alert(warning.message)}</p>" for warning in caught)
        self._look()

    def _read_codes(self) -> str:
        self.made = self.session.codes()
        return ""

    def _look(self) -> None:
        """Pick out the codes made in the document shown; a table would be slow to ask for each of many sentences."""
        self.here = self.made[self.made["document"] == self.document.value].to_dict("records")

    def _open(self, _: object = None) -> None:
        """Show the document chosen, and where the coder stopped in it."""
        self._look()
        document = self._document
        begins = {paragraph.start for paragraph in document.paragraphs}
        self.lines = [
            _Line(n, piece, document, piece.start in begins) for n, piece in enumerate(sentences(document), 1)
        ]
        for line in self.lines:
            line.tick.observe(self._tick, "value")
        self.text.children = [line.row for line in self.lines]
        stopped = self.session.stopped(self.made, document)
        self.numbers.value = ""
        self.numbers.placeholder = f"such as {stopped + 1}" if 0 < stopped < len(self.lines) else "such as 4-6, 9"
        if unanswered := self.session.unanswered(self.made, document):
            self.code.value = unanswered[0]
        self._choose()
        self._show_again("")

    def _show_again(self, said: str) -> None:
        """Say what came of an action, and show what is kept now."""
        said_of = defaultdict(list)
        pieces = [line.piece for line in self.lines]
        for row in self.here:
            for piece in touching(pieces, row["start"], row["end"]):
                said_of[piece].append(f"{row['code']} = {row['value']}")
        for line in self.lines:
            line.tell("; ".join(said_of[line.piece]))
        self._list()
        notice = self.notice if self.notice != said else ""
        self.status.value = f'<div role="status">{said}{notice}<p>{escape(self._progress())}</p></div>'

    def _choose(self, _: object = None) -> None:
        """Show what the code means, and what the coder has said already of what is chosen."""
        self.meaning.value = _meaning(self.session.book, self.code.value)
        former = self._former()
        offered = self.session.values(whole=self._whole)
        if self.value.options != offered:
            self.value.options = offered
        self.value.value = former["value"] if former else offered[0] if len(offered) == 1 else None
        note = former["note"] if former else ""
        if self.note.value == self.former_note:  # what somebody is writing is not replaced
            self.note.value = note
        self.former_note = note

    def _former(self) -> dict[Any, Any]:
        """What the coder has said already, with this code, of the whole text or of the one sentence chosen."""
        places = [Piece(0, 0)] if self._whole else self._chosen
        mine = (row for row in self.here if row["code"] == self.code.value)
        return next((row for row in mine if [(row["start"], row["end"])] == places), {})

    def _tick(self, _: object) -> None:
        """Write down the numbers of the sentences ticked."""
        if not self.ticking:
            self.numbers.value = _written(line.number for line in self.lines if line.tick.value)

    def _number(self, change: dict[str, Any]) -> None:
        """Tick the sentences whose numbers were written."""
        try:
            wanted = numbers(change["new"], len(self.lines))
        except KitError as error:
            self.status.value = alert(error)
            return
        self.ticking = True
        for line in self.lines:
            line.tick.value = line.number in wanted
        self.ticking = False
        if wanted:
            self.where.value = CHOSEN
        self._choose()

    def _list(self, _: object = None) -> None:
        """List the codes made in this document, or those of one category, each with a button to take it back."""
        rows = [row for row in self.here if self.show.value in (ALL, row["code"])]
        self.list.children = [self._made(number, row) for number, row in enumerate(rows, 1)]

    def _made(self, number: int, row: dict[Any, Any]) -> w.HBox:
        where = (row["start"], row["end"]) if row["end"] else None
        button = self._button(f"Take back {number}", partial(self._take_back, row["code"], where))
        return w.HBox([button, w.HTML(escape(_said(row)))])

    def _progress(self) -> str:
        """Say how far the coder is."""
        codes, unanswered = self.session.book.codes, self.session.unanswered(self.made, self._document)
        stopped = self.session.stopped(self.made, self._document)
        last = f" The sentence coded last is {stopped} of {len(self.lines)}." if stopped else ""
        if self.session.book.unit != "document":
            return f"Codes in this document: {len(self.here)}.{last}"
        still = f"; still open: {', '.join(unanswered)}" if unanswered else ""
        return f"Answered for the whole text: {len(codes) - len(unanswered)} of {len(codes)}{still}.{last}"

    # What the buttons do ---------------------------------------------------------------------------------------------

    def _do(self, action: Callable[[], str], _: Any) -> None:
        """Do what a button says, and show what is kept then; after a mistake every field stays as it is."""
        try:
            said, done = action(), True
        except KitError as error:
            said, done = alert(error), False
        self._read()
        if done:
            self._choose()
        self._show_again(said)

    def _keep(self) -> str:
        places: list[Place] = [None]
        if not self._whole:
            numbers(self.numbers.value, len(self.lines))
            places = self.session.places(self._document, self._chosen, self.words.value)
        if self.value.value is None:
            raise KitError("Choose a value first.")
        code, value, note = self.code.value, self.value.value, self.note.value
        kept = [self.session.add(self._document, code, value, place, note) for place in places]
        self.words.value = self.numbers.value = self.note.value = self.former_note = ""
        return "".join(f"<p>Kept: {escape(told(k.text, k.code, k.value))}.</p>" for k in kept)

    def _undo(self) -> str:
        undone = store.undo(self.session.coder)
        if undone is None:
            return "<p>There is nothing left to undo.</p>"
        what = told(undone.text, undone.code, undone.value or "taken back")
        elsewhere = f" in {undone.document}" if undone.document != self.document.value else ""
        elsewhere += f" ({undone.codebook})" if undone.codebook != self.session.book.name else ""
        return f"<p>Undone: {escape(what + elsewhere)}.</p>"

    def _take_back(self, name: str, where: Place) -> str:
        taken = store.remove(self._document, self.session.book, name, where, coder=self.session.coder)
        return f"<p>Taken back: {escape(told(taken.text, taken.code, taken.value))}.</p>"


class _Line:
    """A sentence to tick, with its number, and what the coder has said of it."""

    def __init__(self, number: int, piece: Piece, document: Document, begins: bool) -> None:
        self.number, self.piece = number, piece
        text = escape(document.text[piece.start : piece.end])
        self._text = f"<strong>{text}</strong>" if document.position(*piece) == "heading" else text
        self.tick = w.Checkbox(description=str(number), indent=False, layout={"width": "3.6em", "flex": "0 0 auto"})
        self._shown = w.HTML(layout={"flex": "1 1 auto"})
        gap = "0.7em 0 0 0" if begins else "0"
        self.row = w.HBox([self.tick, self._shown], layout={"margin": gap, "flex": "0 0 auto"})

    def tell(self, said: str) -> None:
        """Show the sentence with what was said of it."""
        self._shown.value = self._text + (f" <em>[{escape(said)}]</em>" if said else "")


def _one_of(description: str, options: list[str]) -> w.RadioButtons | w.Combobox:
    """One of a few names by a button each, one of many by writing its beginning."""
    if len(options) > MOST_BUTTONS:
        return w.Combobox(
            options=options,
            value=options[0],
            ensure_option=True,
            continuous_update=False,
            description=description,
            style=WIDE,
        )
    return w.RadioButtons(
        options=options, description=description, orientation="horizontal", style=WIDE, layout={"width": "auto"}
    )


def _named(names: list[str], most: int = 3) -> str:
    return ", ".join(names[:most]) + " …" * (len(names) > most)


def _meaning(book: Codebook, code: str) -> str:
    """What a code means, the examples on demand; never its terms: people code before they see what a machine reads."""
    (category,) = (c for c in book.categories if c.code == code)
    parts = {name: escape(text) for name, text in category._asdict().items() if isinstance(text, str)}
    group = f" ({parts['group']})" if category.group else ""
    examples = f"<p>{parts['example']}</p><p><em>Not:</em> {parts['counter_example']}</p>"
    return (
        f"<p><strong>{parts['code']}</strong>{group}: {parts['definition']}</p>"
        f"<p><em>How to tell:</em> {parts['indicator']}</p>"
        f"<details><summary>Example and counter-example</summary>{examples}</details>"
    )


def _said(row: dict[Any, Any]) -> str:
    note = f" ({row['note']})" if row["note"] else ""
    return told(row["text"], row["code"], row["value"]) + note


def _written(found: Iterator[int]) -> str:
    """Write numbers as `numbers` reads them, those that follow each other as one."""
    runs = [[n for _, n in run] for _, run in groupby(enumerate(found), key=lambda pair: pair[1] - pair[0])]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
