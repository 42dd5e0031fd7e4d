"""What was found in the last documents is remembered: a lesson asks the same of the same texts again and again."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

from .corpus import Document

DOCUMENTS = 64  # few enough that a stream of a million needs no more memory than these
LONGEST = 200_000  # characters
_P = ParamSpec("_P")
_T = TypeVar("_T")


def remembered(
    find: Callable[Concatenate[Document, _P], tuple[_T, ...]],
) -> Callable[Concatenate[Document, _P], tuple[_T, ...]]:
    """Remember what a function found in the documents it was last asked about, unless they are very long.

    Documents never change; two with the same name, text, layout and particulars are one.
    """
    kept = lru_cache(maxsize=DOCUMENTS)(find)

    @wraps(find)
    def found(document: Document, /, *args: _P.args, **kwargs: _P.kwargs) -> tuple[_T, ...]:
        return (kept if len(document.text) <= LONGEST else find)(document, *args, **kwargs)  # type: ignore[arg-type]

    return found
