"""What goes wrong, said in one line that names the thing and says what to do."""

from __future__ import annotations


class KitError(Exception):
    """Bad input. Its message is one line, fit to be shown to a learner as it is."""

    def __init__(self, message: object) -> None:
        super().__init__(one_line(message))


class KitWarning(UserWarning):
    """Something the kit decided by itself and says aloud, such as a guessed encoding."""


def one_line(message: object) -> str:
    """Fold any message into one line, so that nothing a file is called can break out of it."""
    return " ".join("".join(c if c.isprintable() else " " for c in str(message)).split())
