"""What went wrong in a learner's cell, in a sentence in place of Python's long account of it."""

from __future__ import annotations

import re
import traceback
from html import escape
from typing import Any

from ..errors import KitError, one_line
from ..views.shown import Page

# Looked up by the class of the error, then by those it descends from; {said} is the last line of Python's account.
_SENTENCES = {
    KitError: "{said}",
    NameError: "“{name}” is not known here. If you meant a word, put it between quotation marks. Else run the cells "
    "from the top, in order, and look for a slip in the name. Did the cell above end well?",
    KeyError: "There is no column or entry called {said}. Look at the table and copy the name as it stands there. (A "
    "row is taken by .loc[…].)",
    AttributeError: "There is nothing of that name: {said}. Look for a slip behind the full stop.",
    IndexError: "You asked for an entry that is not there. Counting begins at 0, and the list may be shorter.",
    ZeroDivisionError: "Something was divided by 0. What did you divide by?",
    TypeError: "Two things do not fit together, such as a text and a number: {said}.",
    ValueError: "A value does not fit here: {said}.",
    SyntaxError: "This line cannot be read. Look for a bracket, a comma or a quotation mark that is missing.",
    KeyboardInterrupt: "You stopped this cell. Nothing is broken; run it again when you like.",
    Exception: "This cell stopped: {said}. Change one thing, and run it again.",
}
# Of what Python says where a cell cannot even be read, and what to say then; the first that fits counts.
_UNREADABLE = {
    "unterminated": "A quotation mark is missing: words begin and end with one.",
    r"invalid character '[“”‘’„«»]'": 'These quotation marks are curly. Use straight ones: "yes".',
    "was never closed|incomplete input": "A bracket is opened and never closed.",
    "unmatched": "A bracket is closed and was never opened.",
    "forgot a comma": "A comma is missing, or a quotation mark.",
    "indent": "The spaces at the beginning of this line are not those of the lines around it.",
}
_CELL = re.compile(r"ipykernel_|ipython-input")  # what IPython calls the file of a cell


def plainly(error: BaseException) -> str:
    """Return what went wrong, in a sentence for somebody who does not program, with the line of the cell."""
    lines = [(bool(_CELL.search(f.filename)), f.lineno) for f in traceback.extract_tb(error.__traceback__)]
    mine = [number for is_cell, number in lines if is_cell]
    line = error.lineno if isinstance(error, SyntaxError) else mine[-1] if mine else None
    elsewhere = bool(mine) and not lines[-1][0]  # it stopped in something that the cell only called
    return (f"Line {line}: " if line else "") + _sentence(error, elsewhere)


def _sentence(error: BaseException, elsewhere: bool) -> str:
    if isinstance(error, SyntaxError):
        found = (said for pattern, said in _UNREADABLE.items() if re.search(pattern, error.msg))
        return next(found, _SENTENCES[SyntaxError])
    if elsewhere and isinstance(error, AttributeError | TypeError):
        return f"Something of the wrong kind was put between the brackets: {one_line(error).rstrip('.')}."
    sentence = next(_SENTENCES[kind] for kind in type(error).__mro__ if kind in _SENTENCES)
    name = getattr(error, "name", None) or "This name"
    return sentence.format(said=one_line(error).rstrip(".") if not isinstance(error, KitError) else error, name=name)


def explain_errors() -> None:
    """From now on, say in this notebook what went wrong in a plain sentence, and of Python's account its last line.

    Who wants all of it types `%tb` in a cell. Outside a notebook nothing happens.
    """
    try:
        from IPython import get_ipython
        from IPython.display import display
    except ImportError:  # no notebook without it
        return
    shell: Any = get_ipython()
    if shell is None:
        return

    def explain(self: Any, kind: type[BaseException], error: BaseException, trace: Any, tb_offset: Any = None) -> None:
        said = plainly(error)
        display(Page(f'<p role="alert"><strong>{escape(said)}</strong></p>', said))  # type: ignore[no-untyped-call]
        self.showtraceback((kind, error, trace), tb_offset=tb_offset, exception_only=True)

    shell.set_custom_exc((Exception, KeyboardInterrupt), explain)
