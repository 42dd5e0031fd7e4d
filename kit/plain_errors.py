"""What went wrong in a learner's cell, in a sentence before Python's own account of it."""

from __future__ import annotations

from html import escape
from typing import Any

from .errors import KitError, one_line
from .evidence import Page

# Looked up by the class of the error, then by those it descends from; {said} is the last line of Python's account.
_SENTENCES = {
    KitError: "{said}",
    NameError: "“{name}” is not known here. Did the cell above end well? Run the cells from the top, in order, and "
    "look for a slip in the name.",
    KeyError: "There is no row, column or entry called {said}. Look at the table and copy the name as it stands there.",
    AttributeError: "There is nothing of that name: {said}. Look for a slip behind the full stop.",
    IndexError: "You asked for an entry that is not there. Counting begins at 0, and the list may be shorter.",
    ZeroDivisionError: "Something was divided by 0. What did you divide by?",
    TypeError: "Two things do not fit together, such as a text and a number: {said}.",
    ValueError: "A value does not fit here: {said}.",
    KeyboardInterrupt: "You stopped this cell. Nothing is broken; run it again when you like.",
    Exception: "This cell stopped: {said}. Change one thing, and run it again.",
}


def plainly(error: BaseException) -> str:
    """Return what went wrong, in a sentence for somebody who does not program."""
    sentence = next(_SENTENCES[kind] for kind in type(error).__mro__ if kind in _SENTENCES)
    name = getattr(error, "name", None) or "This name"
    return sentence.format(said=one_line(error).rstrip(".") if not isinstance(error, KitError) else error, name=name)


def explain_errors() -> None:
    """From now on, say in this notebook what went wrong in a plain sentence, above Python's own account.

    Outside a notebook nothing happens. A cell that cannot even be read (a bracket or a quotation mark is missing) is
    shown by Python alone.
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
        self.showtraceback((kind, error, trace), tb_offset=tb_offset)

    shell.set_custom_exc((Exception, KeyboardInterrupt), explain)
