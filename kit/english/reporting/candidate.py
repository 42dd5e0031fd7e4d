"""A cue that may report speech, while it is settled what belongs to it, and how its form is used."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ..phrases import Phrase, Sentence
from .clause import Rejected
from .cue_table import Cue

LONGEST_SPEAKER = 8  # tokens before the colon of a headline
LONGEST_SPEAKER_BEHIND = 5  # tokens from its dash to its end
LONGEST_OCCASION = 15  # tokens between a cue and “that”: “told reporters in Geneva on Tuesday that”
SHORTEST_CLAUSE = 5  # tokens
INSIDE = "inside another's words"
A_NOUN, BEFORE_NOUN, NOT_SAID = "a noun", "a participle before a noun", "not said"


class Role(Enum):
    """How a cue is used."""

    FINITE = "finite"
    INVERTED = "inverted"
    INFINITIVE = "infinitive"
    PASSIVE = "passive"
    REDUCED = "reduced passive"
    ASKED = "asked"
    PARTICIPLE = "participle"
    OPENING = "opening participle"
    NOUN = "noun"
    PHRASE = "phrase"


# To ask an Enum for a member takes Python 3.11 as long as ten comparisons.
FINITE, INVERTED, INFINITIVE, PASSIVE, REDUCED, ASKED, PARTICIPLE, OPENING, NOUN, PHRASE = Role


@dataclass(slots=True)
class Use:
    """How the form of a verb is used, the token before its auxiliaries and adverbs, and the classes of these."""

    role: Role
    before: int
    auxiliaries: frozenset[str]


@dataclass(slots=True)  # not frozen: that makes them five times as slowly
class Candidate:
    """A cue that reports speech, while it is settled what belongs to it. Positions are tokens.

    `first` is where its clause begins: at its subject, at a conjunction, or at the cue. What is said is `content`;
    `is_before` tells that it stands before the clause, and then `more` is what goes on behind it. `host` is where the
    cue stands in whose content this is the main clause.
    """

    cue: Phrase
    entry: Cue
    role: Role
    rule: str
    source: Phrase | None
    first: int
    content: Phrase
    is_before: bool = False
    more: Phrase | None = None
    host: int = -1


def holds(host: Candidate, k: int) -> bool:
    """Tell whether a token stands in what is said behind a cue."""
    return not host.is_before and host.content.start <= k < host.content.end


def refused(s: Sentence, k: int, reason: str) -> Rejected:
    """Return a token as one that reports nothing, with the reason."""
    return Rejected(s.tokens.starts[k], s.tokens.ends[k], reason)
