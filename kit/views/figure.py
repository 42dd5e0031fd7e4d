"""What all figures share: paper, styles that read without colour, a text alternative, the numbers as a table."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from .. import html
from ..documents import spans as span_tables
from ..documents.corpus import Corpus
from ..errors import KitError
from ..files import write_bytes

INK = "#000000"
Styles = Mapping[str, Mapping[str, Any]]  # how the bars of each thing that is told apart are filled
# Greys far enough apart to survive a photocopier, hatches for those who see no greys.
VOICE_STYLE: Styles = {
    "author": {"facecolor": "#2b2b2b", "hatch": ""},
    "quoted": {"facecolor": "#b5b5b5", "hatch": "///"},
    "reported": {"facecolor": "#e2e2e2", "hatch": "\\\\"},
    "scare": {"facecolor": "#ffffff", "hatch": "..."},
}
MOST = 12  # documents, or coders, that a figure has room for
_FONT: dict[Any, Any] = {"font.size": 12, "axes.titlesize": 13, "axes.labelsize": 12}


@dataclass(frozen=True)
class Figure:
    """A picture, what it says in words, and its numbers.

    Attributes
    ----------
    title, alt : str
        Caption, and the text alternative that a screen reader speaks.
    table : DataFrame
        The numbers that are drawn.
    canvas : matplotlib.figure.Figure
        The picture, to change or to save.
    """

    title: str
    alt: str
    table: pd.DataFrame
    canvas: Canvas

    def png(self) -> bytes:
        """Return the picture as PNG bytes."""
        out = io.BytesIO()
        self.canvas.savefig(out, format="png", dpi=144, bbox_inches="tight", metadata={"Description": self.alt})
        return out.getvalue()

    def save(self, path: str | Path) -> None:
        """Write the picture to a PNG file. Raises KitError if it cannot be written."""
        write_bytes(Path(path), self.png())

    def _repr_html_(self) -> str:
        picture = base64.b64encode(self.png()).decode("ascii")
        image = f'<img alt="{escape(self.alt)}" style="max-width:100%" src="data:image/png;base64,{picture}">'
        numbers = f"<details><summary>The numbers behind the figure</summary>{html.table(self.table)}</details>"
        return f"<div>{image}<p>{escape(self.title)}</p>{numbers}</div>"

    def __repr__(self) -> str:
        return f"{self.title}\n{self.alt}"


def few(spans: pd.DataFrame) -> Corpus:
    """Return the corpus of a span table. Raises KitError if it has no documents, or more than there is room for."""
    corpus = span_tables.corpus_of(spans)
    check_room(len(corpus), "documents", "corpus.only([…])")
    return corpus


def check_room(number: int, what: str, how: str) -> None:
    """Raise KitError if a figure would be empty or crowded; `how` is the way to choose some."""
    if not 0 < number <= MOST:
        raise KitError(f"A figure has room for 1 to {MOST} {what}, and these are {number}; choose some of them: {how}.")


@contextmanager
def paper(
    width: float, height: float, rows: int = 1, columns: int = 1, **options: Any
) -> Iterator[tuple[Canvas, list[Axes]]]:
    """Give a picture of some inches and the axes on it, row by row, to be drawn on in the house's type."""
    with rc_context(_FONT):
        canvas = Canvas(figsize=(width, max(height, 2.4)), layout="constrained")
        axes = canvas.subplots(rows, columns, squeeze=False, **options).ravel().tolist()
        for axis in axes:
            axis.spines[["top", "right"]].set_visible(False)
        yield canvas, axes


def stacked(axis: Axes, places: Sequence[float], pieces: pd.DataFrame, styles: Styles) -> pd.Series:
    """Draw a bar a row, a piece of it a column, one beside the other. Return where each bar ends."""
    ends = pd.Series(0, index=pieces.index)
    for name, style in styles.items():
        axis.barh(places, pieces[name], left=ends, edgecolor=INK, **style)
        ends = ends + pieces[name]
    return ends


def counting(axis: Axes, what: str) -> None:
    """Let an axis count something, in whole numbers."""
    axis.set_xlabel(what)
    axis.xaxis.set_major_locator(MaxNLocator(integer=True))


def through_the_text(axis: Axes) -> None:
    """Let an axis lead from the first word of a text to its last."""
    axis.set_xticks([0, 0.25, 0.5, 0.75, 1], ["start", "¼", "half", "¾", "end"])
    axis.set_xlabel("place in the text (share of its words)")


def legend(canvas: Canvas, styles: Styles, title: str = "") -> None:
    """Say below the picture what each filling means."""
    handles = [Patch(edgecolor=INK, label=name, **style) for name, style in styles.items()]
    canvas.legend(handles=handles, title=title or None, loc="outside lower center", ncols=len(handles))


def in_words(said: Mapping[str, Iterable[str]], nothing: str = "", between: str = ", ", after: str = "; ") -> str:
    """Say of each document, or coder, what stands in its part of the picture."""
    return after.join(f"{name}: {between.join(parts) or nothing}" for name, parts in said.items()) + "."
