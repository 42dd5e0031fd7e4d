"""A concordance to explore: choose name, voice, document and order."""

from __future__ import annotations

import ipywidgets as w
import pandas as pd

from .. import html
from ..documents import spans as span_tables
from ..findings.voice import VOICES
from .controls import ALL, BUTTONS, WIDE, Panel, document_menu
from .evidence import SORTS, check_mentions, concordance

MOST_LINES = 200
WIDTH = 6  # words on either side: most mentions then fit one line of a laptop's screen


def explore(mentions: pd.DataFrame) -> Panel:
    """Show a concordance to explore: choose label, voice, document and order.

    Parameters
    ----------
    mentions : DataFrame
        Mentions as `kit.mentions` finds them.

    Raises
    ------
    KitError
        If these spans are no mentions, or no longer know their documents.
    """
    corpus = span_tables.corpus_of(mentions)
    check_mentions(mentions)
    label = w.Combobox(
        options=[ALL, *mentions["label"].value_counts().index],
        value=ALL,
        ensure_option=True,
        continuous_update=False,
        description="Name",
        style=WIDE,
    )
    voice = w.ToggleButtons(options=[ALL, *VOICES], description="Voice", style=BUTTONS)
    document = document_menu([ALL, *corpus.names])
    order = w.ToggleButtons(options=list(SORTS), description="Sorted by", style=BUTTONS)
    lines = w.HTML()

    def refresh(_: object = None) -> None:
        keep = pd.Series(True, index=mentions.index)
        for column, menu in {"label": label, "voice": voice, "document": document}.items():
            if menu.value != ALL:
                keep &= mentions[column] == menu.value
        found = concordance(mentions[keep], WIDTH, sort=order.value)
        more = f"; the first {MOST_LINES} are shown" if len(found) > MOST_LINES else ""
        shown = found[["left", "text", "right", "voice", "document"]].head(MOST_LINES)
        lines.value = html.table(shown, f"{len(found)} lines{more}")

    for menu in (label, voice, document, order):
        menu.observe(refresh, "value")
    refresh()
    return Panel("a concordance to explore", [label, voice, document, order, lines])
