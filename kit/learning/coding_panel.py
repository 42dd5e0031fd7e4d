"""Coding by hand: a codebook on one side, a document on the other. Every code is kept the moment it is made.

Radio buttons, boxes to tick and fields to write in, and no lists to choose from: where a list has the focus, JupyterLab
takes the arrow keys for itself.
"""

from __future__ import annotations

import re
import warnings
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from html import escape
from itertools import groupby
from textwrap import shorten
from typing import Any

import ipywidgets as w

from ..coding import store
from ..coding.codebooks import Book, Codebook, as_codebook
from ..coding.store import Place
from ..documents import spans
from ..documents.corpus import Document, touching
from ..documents.language import Piece
from ..errors import KitError, KitWarning, one_line
from ..views.controls import WIDE, Panel, alert, document_menu, safely

CHOSEN = "sentences, or words of them"
Row = dict[Any, Any]  # a code as the table of codes has it, by column
_NUMBERS = re.compile(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?")
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
    return _Coder(documents, codebook, coder).panel


class _Coder:
    """The controls of the panel, and what each of them does. The store is its only memory."""

    def __init__(self, documents: spans.Documents, codebook: Book, coder: str) -> None:
        self.corpus, self.book = spans.as_corpus(documents), as_codebook(codebook)
        if not len(self.corpus):
            raise KitError("There is no document to code.")
        self.coder = store.coder_name(coder)
        self.made: list[Row] = []  # the coder's codes of all documents
        self.notice, self.former_note = "", ""
        self.ticking = False  # whether boxes are being ticked for numbers that somebody wrote
        names, book = self.corpus.names, self.book
        self.document = document_menu(names)
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
        self.list = w.VBox()
        some = ", ".join(names[:3]) + " …" * (len(names) > 3)
        self.panel = Panel(f"a panel to code {some} with the codebook “{book.title}”", self._laid_out())
        self.panel.add_class("kit-coder")
        self._go_on()
        self.document.observe(self._open, "value")
        self.numbers.observe(self._number, "value")
        for control in (self.code, self.where):
            control.observe(self._choose, "value")

    def _laid_out(self) -> list[w.Widget]:
        scoring = f"<details><summary>How to judge</summary>{escape(self.book.scoring)}</details>"
        heading = w.HTML(f"{_STYLE}<strong>{escape(self.book.title)}</strong>, coded by {escape(self.coder)}{scoring}")
        buttons = [self._button("Keep this code", self._keep), self._button("Undo the last", self._undo)]
        controls = [self.code, self.meaning, self.where, self.numbers, self.words, self.value, self.note]
        left = w.VBox([*controls, w.HBox(buttons), self.status], layout={"flex": "1 1 20em"})
        sides = w.HBox([left, self.text], layout={"flex_flow": "row wrap"})
        return [
            heading,
            self.document,
            sides,
            w.HTML("<strong>Codes made in this document</strong>"),
            self.list,
        ]

    def _button(self, description: str, action: Callable[[], str]) -> w.Button:
        button = w.Button(description=description, layout={"width": "max-content"})
        button.on_click(partial(self._do, action))
        return button

    # What is shown ---------------------------------------------------------------------------------------------------

    @property
    def _document(self) -> Document:
        """The document shown."""
        return self.corpus[self.document.value]

    @property
    def _whole(self) -> bool:
        return bool(self.where.value == spans.WHOLE)

    @property
    def _chosen(self) -> list[Piece]:
        return [line.piece for line in self.lines if line.tick.value]

    @property
    def _here(self) -> list[Row]:
        """The codes made in the document shown."""
        return [row for row in self.made if row["document"] == self.document.value]

    @property
    def _unanswered(self) -> list[str]:
        """The questions on the whole text that the coder has not answered yet."""
        answered = {row["code"] for row in self._here if not row["end"]}
        return [code for code in self.book.codes if self.book.unit == "document" and code not in answered]

    @property
    def _last(self) -> int:
        """The number of the sentence that was coded last, 0 if there is none."""
        marked = [row for row in self._here if row["end"]]
        return bisect_right(self.lines, _newest(marked)["start"], key=lambda line: line.piece.start) if marked else 0

    def _go_on(self) -> None:
        """Open where the coder stopped."""
        self._read()
        if self.made:
            self.document.value = _newest(self.made)["document"]
        self._open()

    def _read(self) -> None:
        """Read what is kept; what is wrong with it is told and stops nothing."""
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", KitWarning)
            self.notice = safely(self._read_codes)
        self.notice += "".join(f"<p>{alert(warning.message)}</p>" for warning in caught)

    def _read_codes(self) -> str:
        self.made = store.codes(self.corpus, coder=self.coder, codebook=self.book.name).to_dict("records")
        return ""

    def _open(self, _: object = None) -> None:
        """Show the document chosen, and where the coder stopped in it."""
        document = self._document
        begins = {paragraph.start for paragraph in document.paragraphs}
        self.lines = [
            _Line(n, piece, document, piece.start in begins) for n, piece in enumerate(document.counted_sentences, 1)
        ]
        for line in self.lines:
            line.tick.observe(self._tick, "value")
        self.text.children = [line.row for line in self.lines]
        self.numbers.value = ""
        self.numbers.placeholder = f"such as {self._last + 1}" if 0 < self._last < len(self.lines) else "such as 4-6, 9"
        if self._unanswered:
            self.code.value = self._unanswered[0]
        self._choose()
        self._show_again("")

    def _show_again(self, said: str) -> None:
        """Say what came of an action, and show what is kept now."""
        said_of = defaultdict(list)
        pieces = [line.piece for line in self.lines]
        for row in self._here:
            for piece in touching(pieces, row["start"], row["end"]):
                said_of[piece].append(f"{row['code']} = {row['value']}")
        for line in self.lines:
            line.tell("; ".join(said_of[line.piece]))
        self._list()
        notice = self.notice if self.notice != said else ""
        self.status.value = f'<div role="status">{said}{notice}<p>{escape(self._progress())}</p></div>'

    def _choose(self, _: object = None) -> None:
        """Show what the code means, and what the coder has said already of what is chosen."""
        self.meaning.value = _meaning(self.book, self.code.value)
        former = self._former()
        # A stretch is not marked to say that there is nothing in it, unless every sentence is judged.
        offered = self.book.values if self._whole or self.book.unit == "sentence" else self.book.values[1:]
        if self.value.options != offered:
            self.value.options = offered
        self.value.value = former["value"] if former else offered[0] if len(offered) == 1 else None
        note = former["note"] if former else ""
        if self.note.value == self.former_note:  # what somebody is writing is not replaced
            self.note.value = note
        self.former_note = note

    def _former(self) -> Row:
        """What the coder has said already, with this code, of the whole text or of the one sentence chosen."""
        places = [Piece(0, 0)] if self._whole else self._chosen
        mine = (row for row in self._here if row["code"] == self.code.value)
        return next((row for row in mine if [(row["start"], row["end"])] == places), {})

    def _tick(self, _: object) -> None:
        """Write down the numbers of the sentences ticked."""
        if not self.ticking:
            self.numbers.value = _written(line.number for line in self.lines if line.tick.value)

    def _number(self, change: dict[str, Any]) -> None:
        """Tick the sentences whose numbers were written."""
        try:
            wanted = _numbers(change["new"], len(self.lines))
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

    def _list(self) -> None:
        """List the codes made in this document, each with a button to take it back."""
        self.list.children = [self._listed(number, row) for number, row in enumerate(self._here, 1)]

    def _listed(self, number: int, row: Row) -> w.HBox:
        where = (row["start"], row["end"]) if row["end"] else None
        note = f" ({row['note']})" if row["note"] else ""
        button = self._button(f"Take back {number}", partial(self._take_back, row["code"], where))
        return w.HBox([button, w.HTML(escape(_told(row["text"], row["code"], row["value"]) + note))])

    def _progress(self) -> str:
        """Say how far the coder is."""
        last = f" The sentence coded last is {self._last} of {len(self.lines)}." if self._last else ""
        if self.book.unit != "document":
            return f"Codes in this document: {len(self._here)}.{last}"
        codes, unanswered = self.book.codes, self._unanswered
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
        places = self._places()
        if self.value.value is None:
            raise KitError("Choose a value first.")
        given = {"coder": self.coder, "value": self.value.value, "note": self.note.value}
        kept = [store.add(self._document, self.book, self.code.value, place, **given) for place in places]
        self.words.value = self.numbers.value = self.note.value = self.former_note = ""
        return "".join(f"<p>Kept: {escape(_told(k.text, k.code, k.value))}.</p>" for k in kept)

    def _places(self) -> list[Place]:
        """What is to be coded: all, the sentences chosen, or only some words, first looked for in these sentences."""
        if self._whole:
            return [None]
        _numbers(self.numbers.value, len(self.lines))  # what is written there and is none is told again
        words, chosen = self.words.value, self._chosen
        if not words.strip():
            if not chosen:
                raise KitError("Choose a sentence in the list, or write the words you mean.")
            return list(chosen)
        found = store.find_words(self._document.text, words)
        inside = [place for place in found if any(s.start <= place[0] and place[1] <= s.end for s in chosen)]
        return [inside[0] if len(inside) == 1 else words]

    def _undo(self) -> str:
        undone = store.undo(self.coder)
        if undone is None:
            return "<p>There is nothing left to undo.</p>"
        what = _told(undone.text, undone.code, undone.value or "taken back")
        elsewhere = f" in {undone.document}" if undone.document != self.document.value else ""
        elsewhere += f" ({undone.codebook})" if undone.codebook != self.book.name else ""
        return f"<p>Undone: {escape(what + elsewhere)}.</p>"

    def _take_back(self, name: str, where: Place) -> str:
        taken = store.remove(self._document, self.book, name, where, coder=self.coder)
        return f"<p>Taken back: {escape(_told(taken.text, taken.code, taken.value))}.</p>"


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


def _meaning(book: Codebook, code: str) -> str:
    """What a code means, its examples on demand; not its search terms: people code before they see a machine's."""
    (category,) = (c for c in book.categories if c.code == code)
    parts = {name: escape(text) for name, text in category._asdict().items() if isinstance(text, str)}
    group = f" ({parts['group']})" if category.group else ""
    examples = f"<p>{parts['example']}</p><p><em>Not:</em> {parts['counter_example']}</p>"
    return (
        f"<p><strong>{parts['code']}</strong>{group}: {parts['definition']}</p>"
        f"<p><em>How to tell:</em> {parts['indicator']}</p>"
        f"<details><summary>Example and counter-example</summary>{examples}</details>"
    )


def _told(text: str, code: str, value: str) -> str:
    """Say what was said of a stretch, or of the whole text."""
    return f"{code} = {value}: {shorten(text, 60, placeholder=' …') or spans.WHOLE}"


def _newest(rows: list[Row]) -> Row:
    return max(rows, key=lambda row: str(row["made"]))


def _numbers(written: str, most: int) -> set[int]:
    """Read the numbers of sentences: “4-6, 9”. Raises KitError if there are no such sentences."""
    found: set[int] = set()
    for part in filter(None, (part.strip() for part in re.split("[,;]", written))):
        match = _NUMBERS.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 0 < first <= last <= most:
            raise KitError(
                f"{one_line(part)[:40]!r} is no number of a sentence; write such as 4-6, 9 (there are {most})."
            )
        found |= set(range(first, last + 1))
    return found


def _written(found: Iterator[int]) -> str:
    """Write numbers as `_numbers` reads them, those that follow each other as one."""
    runs = [[n for _, n in run] for _, run in groupby(enumerate(found), key=lambda pair: pair[1] - pair[0])]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
