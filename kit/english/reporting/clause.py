"""What is found: a clause that reports speech or writing, or a candidate that does not, with the reason."""

from __future__ import annotations

from typing import NamedTuple

Span = tuple[int, int]


class Clause(NamedTuple):
    """Something that is reported as said.

    Attributes
    ----------
    source, content : tuple of (int, int)
        Who says it and what, as characters of the document's text; empty where nobody is named, or nothing is told.
        A relative pronoun is a stretch of its own behind what it stands for: “the agency”, “which”.
    cue : (int, int)
        The word that says that it is said.
    lemma, frame, stance : str
        The cue's row in `kit/words/cues.csv`.
    rule : str
        How it was found: "verb", "verb before its source", "coordinated verb", "participle", "passive", "asked",
        "noun", "colon", "headline colon", "headline dash", "credit" (a name behind a quotation and a dash),
        "turn" (of a transcript), or a phrase such as "according to".
    nested : bool
        Whether it is the main clause of what another says: “The agency reported that the envoy *had said* …”.
    host : int
        That other, as its place in the list of clauses; -1 if there is none.
    """

    source: tuple[Span, ...]
    cue: Span
    content: tuple[Span, ...]
    lemma: str
    frame: str
    stance: str
    rule: str
    nested: bool = False
    host: int = -1


class Rejected(NamedTuple):
    """A word that can report speech and does not here, with the reason."""

    start: int
    end: int
    reason: str


class Found(NamedTuple):
    """A clause with the tokens of its cue and of its host's."""

    place: int
    host: int
    clause: Clause


def found_by_mark(mark: str, place: int, source: tuple[Span, ...], cue: Span, content: Span, rule: str) -> Found:
    """Return the clause of a colon or a dash, which no verb or noun helps to tell that something is said."""
    return Found(place, -1, Clause(source, cue, (content,), mark, "colon", "neutral", rule))
