"""Running a learner's code without being stopped by a loop that never ends."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from threading import Thread
from typing import Any

SECONDS = 5.0


class TooLong(BaseException):  # so that no `except Exception` of a learner's holds it up
    """Code did not come to an end in time."""


def guarded(call: Callable[[], Any], seconds: float = SECONDS) -> Any:
    """Return what a call returns, raise what it raises, and stop it when it takes too long.

    The code runs in a thread, since signals do not exist on Windows. It is stopped between two steps of Python: a
    single step that never ends, such as `sum` over an endless iterator, cannot be.

    Raises
    ------
    TooLong
        If it did not end within the seconds given.
    """
    outcome: list[tuple[Any, BaseException | None]] = []

    def run() -> None:
        try:
            outcome.append((call(), None))
        except BaseException as error:  # SystemExit too: a learner's exit() must not end the thread silently
            outcome.append((None, error))

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident or 0), ctypes.py_object(TooLong))
        thread.join(1)
        raise TooLong
    result, error = outcome[0]
    if error is not None:
        raise error
    return result
