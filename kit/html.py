"""Tables, marks and pages as HTML that reads well bright or dark; whatever tables and marks hold is escaped."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import escape
from string import Template

import pandas as pd

from .folders import PACKAGE

BEFORE, AFTER = ">>", "<<"  # around a span in its sentence; plain enough for every font
SHORT = 18
_MARKED = re.compile(f"{escape(BEFORE)}(.*?){escape(AFTER)}")
_MARK = "background:#ffe08a;color:#000;padding:0 .15em;border-bottom:4px "
_VOICES = {
    "author": "solid #8a5a00",
    "quoted": "double #8a5a00",
    "reported": "dashed #8a5a00",
    "scare": "dotted #8a5a00",
}
_PARTS = {"source": "solid #1a4f8a", "cue": "double #1a4f8a", "content": "dashed #1a4f8a"}  # of an attribution
_LINE = _VOICES | _PARTS


def mark(inner: str, what: str = "", title: str = "") -> str:
    """Mark escaped text; the line below the mark tells the voice, or the part of an attribution."""
    named = f' title="{escape(title)}"' if title else ""
    return f'<mark style="{_MARK}{_LINE.get(what, "solid transparent")}"{named}>{inner}</mark>'


def legend(columns: Collection[str] = ("voice",)) -> str:
    """Say what the lines below marks mean, by the columns of the spans: voices, or the parts of an attribution."""
    lines = {"part": _PARTS, "voice": _VOICES}
    what = next((what for what in lines if what in columns), "")
    marks = " · ".join(mark(name, name) for name in lines.get(what, ()))
    told = f"The line below a mark tells the {what}: {marks}. " if what else ""
    return f"<p><small>{told}Grey print is set apart and not counted.</small></p>"


def table(rows: pd.DataFrame, caption: str = "") -> str:
    """Make a table of which nothing is cut short: text to the left, numbers to the right, spans in sentences marked.

    A concordance (columns `left`, `text`, `right`) lines up on the text in the middle. An index is shown if it has a
    name.
    """
    rows = rows.reset_index(allow_duplicates=True) if any(rows.index.names) else rows
    names = [" ".join(map(str, name)).strip() if isinstance(name, tuple) else str(name) for name in rows.columns]
    lined_up = {"left", "text", "right"} <= set(names)
    # By place: a document, and so a column, may be called like the column of an index.
    styles = [_style(rows.iloc[:, i], lined_up, name) for i, name in enumerate(names)]
    head = "".join(
        f'<th scope="col" style="{style}">{escape(name).replace("_", " ")}</th>'
        for name, style in zip(names, styles, strict=True)
    )
    body = "".join(
        "<tr>" + "".join(_cell(*cell, lined_up) for cell in zip(row, names, styles, strict=True)) + "</tr>"
        for row in zip(*(rows.iloc[:, i].tolist() for i in range(len(names))), strict=True)
    )
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _style(column: pd.Series, lined_up: bool, name: str) -> str:
    number = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    right = number or (lined_up and name == "left")
    short = column.astype(str).str.len().max() <= SHORT
    alignment = f"text-align:{'right' if right else 'left'};padding:.15em .5em;line-height:1.4"
    return alignment + (";white-space:nowrap" if short else "")


def _cell(value: object, name: str, style: str, lined_up: bool) -> str:
    inner = _MARKED.sub(lambda m: mark(m.group(1)), escape(_written(value)))
    if lined_up and name == "text":
        inner = f"<strong>{inner}</strong>"
    return f'<td style="{style}">{inner}</td>'


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.3f}".rstrip("0").rstrip(".")
    return f"{value:,}" if isinstance(value, int) else str(value)


def page(title: str, note: str, links: str, body: str) -> str:
    """Return a whole page around a body; links go on top, and all but the title is HTML already."""
    # Beside all else, the page's own policy lets nothing run and nothing load.
    style, shell = ((PACKAGE / "page" / name).read_text(encoding="utf-8") for name in ("style.css", "shell.html"))
    return Template(shell).substitute(title=escape(title), style=style, note=note, links=links, body=body)
