"""Coding in a terminal: question by question, or sentence by sentence. Every answer is kept the moment it is given."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ..coding import store
from ..coding.session import Session, numbers, sentences, told
from ..documents.corpus import Document
from ..documents.language import Piece
from ..errors import KitError

HELP = "Enter goes on, ? explains the codes, u undoes the last code, q stops; a note may follow a semicolon."


class Interview:
    """Asks a coder what to say of some documents.

    `ask` puts a question and raises EOFError if there is no answer to come, `say` tells something, `complain` says what
    went wrong.
    """

    def __init__(
        self,
        session: Session,
        ask: Callable[[str], str],
        say: Callable[[str], None],
        complain: Callable[[KitError], None],
    ) -> None:
        self.session, self.ask, self.say, self.complain = session, ask, say, complain

    def run(self) -> None:
        """Go on where the coder stopped, to the end of the documents or until they stop."""
        names = self.session.corpus.names
        made = self.session.codes()
        try:
            if self.session.book.unit == "document":
                for document in self.session.corpus:
                    self._questions(document)
                return
            for name in names[names.index(self.session.document(made)) :]:
                document = self.session.corpus[name]
                self._sentences(document, self.session.stopped(made, document))
        except EOFError:
            return

    def _questions(self, document: Document) -> None:
        """Show a text and ask every question on it that is open."""
        passed: set[str] = set()
        if self.session.unanswered(self.session.codes(), document):
            self.say(f"\n{document.title}")
            for number, piece in enumerate(sentences(document), 1):
                self.say(f"{number:4} {_line(document, piece)}")
        while still := [c for c in self.session.unanswered(self.session.codes(), document) if c not in passed]:
            values = ", ".join(f"{number} {value}" for number, value in enumerate(self.session.book.values, 1))
            answer = self._asked(f"{document.name}, {still[0]} ({values})")
            if answer:
                self._try(partial(self._answer, document, still[0], answer))
            else:
                passed.add(still[0])

    def _answer(self, document: Document, code: str, answer: str) -> None:
        written, _, note = answer.partition(";")
        values = self.session.book.values
        choices = {str(number): value for number, value in enumerate(values, 1)}
        value = choices.get(written.strip(), written.strip())
        self.session.book.check(code, value)
        self.session.add(document, code, value, None, note.strip())
        if value != values[0]:
            every = sentences(document)
            for number in sorted(numbers(self._asked("    in which sentences (4-6, 9)"), len(every))):
                self.session.add(document, code, value, every[number - 1])

    def _sentences(self, document: Document, first: int) -> None:
        """Show sentence after sentence, and keep the codes that are written below it."""
        every = sentences(document)
        for number, piece in list(enumerate(every, 1))[first:]:
            self.say(f"\n{document.name}, {number} of {len(every)}: {_line(document, piece)}")
            while answer := self._asked("CODE[=VALUE] [WORDS]"):
                self._try(partial(self._mark, document, piece, answer))

    def _mark(self, document: Document, piece: Piece, answer: str) -> None:
        written, _, note = answer.partition(";")
        head, _, words = written.strip().partition(" ")
        code, _, value = head.partition("=")
        (place,) = self.session.places(document, [piece], words)
        made = self.session.add(document, code, value, place, note.strip())
        self.say(f"    {told(made.text, made.code, made.value)}")

    def _asked(self, question: str) -> str:
        """Ask until the answer is none that means something by itself."""
        while True:
            answer = self.ask(question).strip()
            if answer == "q":
                raise EOFError
            if answer == "u":
                self._try(self._undo)
            elif answer == "?":
                self._explain()
            else:
                return answer

    def _try(self, action: Callable[[], None]) -> None:
        try:
            action()
        except KitError as error:
            self.complain(error)

    def _undo(self) -> None:
        undone = store.undo(self.session.coder)
        self.say(f"    undone: {told(undone.text, undone.code, undone.value)}" if undone else "    nothing to undo")

    def _explain(self) -> None:
        self.say(self.session.book.scoring)
        for category in self.session.book.categories:
            self.say(f"{category.code}: {category.definition} {category.indicator}")
            self.say(f"    {category.example} Not: {category.counter_example}")
        self.say(HELP)


def _line(document: Document, piece: Piece) -> str:
    return " ".join(document.text[piece.start : piece.end].split())
