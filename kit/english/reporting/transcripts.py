"""The turns of a transcript: paragraphs that begin with a name and a colon."""

from __future__ import annotations

import re
from bisect import bisect_left

from ...documents.corpus import Document
from ..phrases import Tokens
from .clause import Found, found_by_mark

_TURN = re.compile(r"[\"“”]?(?P<who>[A-Z][A-Z’'.-]+(?: [A-Z][A-Z’'.-]+){0,3}|[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){1,3}): ")
FEWEST_TURNS = 3
TURN = "turn"


def with_turns(document: Document, tokens: Tokens, headings: set[int], found: list[Found]) -> list[Found]:
    """Add the turns of a transcript, and put what is said to be said in them inside: “LIND: He said that …”.

    A paragraph that begins with a name and a colon is one, if there are others and somebody has more than one.
    """
    labels = [(p, m) for p in document.paragraphs if (m := _TURN.match(document.text, p.start, p.end))]
    turns = [(p, m) for p, m in labels if p.start not in headings and not _is_label(tokens, *m.span("who"))]
    if len(turns) < FEWEST_TURNS or len({m["who"] for _, m in turns}) == len(turns):
        return found
    added = []
    places = [item.clause.cue[0] for item in found]
    for paragraph, match in turns:
        who, content = match.span("who"), (match.end(), paragraph.end)
        colon = tokens.within(who[1], paragraph.end).start
        added.append(found_by_mark(":", colon, (who,), (who[1], who[1] + 1), content, TURN))
        inside = slice(*(bisect_left(places, edge) for edge in content))
        found[inside] = [item._replace(host=colon) for item in found[inside]]
    return sorted([*found, *added])


def _is_label(tokens: Tokens, start: int, end: int) -> bool:
    """Tell whether what stands before a colon is no name: “LIVE UPDATES: …”, “Monday May 2: …”."""
    words = range(*tokens.within(start, end))
    return any(tokens.kinds[k] & {"no speaker", "day", "determiner", "preposition", "question"} for k in words)
