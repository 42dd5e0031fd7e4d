"""The cues of `kit/words/cues.csv` by their forms, and what a word alone tells.

The frame of a verb says what makes it report speech: `say` always does; `tell` names who is told; `act` is an act done
by speaking and has an object; `that` needs a clause or a quotation; `quote` needs a quotation; so does `words`, where
it may also be a part of what the verb is about (“attacked it as “a sham””). What follows a `belief` is not said by
anybody, and what stands inside it is not counted either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ...words import word_table
from ..source_types import source_words

QUOTED = ("quote", "words")  # frames of verbs that report nothing without a quotation


@dataclass(frozen=True, slots=True)
class Cue:
    """One form of a row of the cue table.

    `form` is "base", "s", "past", "ing", "participle", "noun" or "phrase"; `is_noun_too` tells that the form of a verb
    can be a noun; one of `needs` has to follow, none of `shuns` may.
    """

    lemma: str
    frame: str
    stance: str
    form: str
    is_noun_too: bool
    needs: frozenset[str]
    shuns: frozenset[str]
    forceful_with: frozenset[str]


class _Cues(NamedTuple):
    """The cue table by form; a phrase stands under its longest word."""

    verbs: dict[str, Cue]
    nouns: dict[str, Cue]
    phrases: dict[str, Cue]


@cache
def cue_table() -> _Cues:
    """Read the cue table."""
    cues = _Cues({}, {}, {})
    for row in word_table("cues"):
        nouns, *rest = (frozenset(row[column].split()) for column in ("noun", "needs", "shuns", "forceful_with"))
        for name, forms in _forms(row):
            for form in forms.split("/"):
                cue = Cue(row["lemma"], row["frame"], row["stance"], name, form in nouns, *rest)
                {"noun": cues.nouns, "phrase": cues.phrases}.get(name, cues.verbs)[form] = cue
    return cues


def _forms(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the forms of a cue with their names; spelling variants stand together, divided by slashes."""
    forms = row["forms"].split()
    if row["frame"] == "preposition":
        yield "phrase", max(forms, key=len)
    elif row["frame"] == "noun":
        yield from (("noun", form) for form in forms)
    else:
        yield from zip(("base", "s", "past", "ing", "participle"), forms, strict=False)


@cache
def forms_of_cues() -> frozenset[str]:
    """Return every word that can be a cue."""
    return frozenset().union(*cue_table())


@cache
def words_for_sources() -> frozenset[str]:
    """Return the words of `kit/words/sources.csv` that are no names: mayor, ministry, residents."""
    return frozenset(filter(str.islower, source_words()))


def is_only_verb(word: str) -> bool:
    """Tell whether a word is the form of a cue that cannot be a noun."""
    cue = cue_table().verbs.get(word)
    return cue is not None and not cue.is_noun_too


def is_to_say(word: str) -> bool:
    """Tell whether a word is a form of a verb that says or tells."""
    cue = cue_table().verbs.get(word)
    return cue is not None and cue.frame in ("say", "tell")
