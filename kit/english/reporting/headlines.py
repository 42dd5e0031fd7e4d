"""The colon or dash by which a heading gives somebody's words."""

from __future__ import annotations

from ..phrases import Phrase, Sentence
from .candidate import LONGEST_SPEAKER, LONGEST_SPEAKER_BEHIND, PHRASE, SHORTEST_CLAUSE, Candidate
from .cue_table import Cue, is_only_verb, words_for_sources
from .order import looks_like_clause


def mark_of_heading(s: Sentence) -> list[Candidate]:
    """Return the mark by which a heading gives somebody's words: “Kremlin: no ceasefire”, “Bridge closed – mayor”."""
    colon = next((k for k in range(s.start, min(s.start + LONGEST_SPEAKER, s.end)) if s.words[k] == ":"), s.end)
    apart = colon + 2 < s.end and s.starts_phrase(s.start) and not s.tokens.touch(colon)
    if apart and _is_speaker(s, range(s.start, colon)) and _speaks(s, colon):
        return [_by_mark(s, colon, Phrase(s.start, colon), Phrase(colon + 1, s.end), "headline colon")]
    first = max(s.end - LONGEST_SPEAKER_BEHIND, s.start + SHORTEST_CLAUSE - 2)
    dash = next((k for k in range(s.end - 2, first - 1, -1) if s.words[k] in ("—", "–")), s.end)
    if dash < s.end and _is_speaker(s, range(dash + 1, s.end)):
        return [_by_mark(s, dash, Phrase(dash + 1, s.end), Phrase(s.start, dash), "headline dash")]
    return []


def _speaks(s: Sentence, colon: int) -> bool:
    """Tell whether what stands before the colon of a headline is no topic: a known source, or a name and a clause."""
    if s.words[colon - 1] in words_for_sources() and s.words[s.start] != s.words[colon - 1]:
        return True
    if any("mere things" in s.kinds[x] for x in range(s.start, colon)) or not s.is_capital(colon - 1):
        return False
    content = range(colon + 1, s.end)
    return (
        not s.kinds[content[0]] & {"question"}
        and s.words[content[0]] != "what"
        and (s.words[colon - 1] in words_for_sources() or any(_is_said_in_heading(s, x) for x in content))
    )


def _is_said_in_heading(s: Sentence, k: int) -> bool:
    return s.quotation[k] >= 0 or looks_like_clause(s, k) or s.words[k] == "no" or "object" in s.kinds[k]


def _is_speaker(s: Sentence, tokens: range) -> bool:
    """Tell whether what stands at the mark of a headline can be who speaks; behind a dash it bears no article."""
    strange = {"no speaker", "preposition", "pronoun", "determiner"} if tokens.start > s.start else {"no speaker"}
    return not any(
        not s.is_word(k) or s.kinds[k] & strange or s.quotation[k] >= 0 or is_only_verb(s.words[k]) for k in tokens
    )


def _by_mark(s: Sentence, k: int, source: Phrase, content: Phrase, rule: str) -> Candidate:
    entry = Cue(s.words[k], "colon", "neutral", "phrase", False, frozenset(), frozenset(), frozenset())
    first, is_before = min(source.start, content.start), content.start < k
    return Candidate(Phrase(k, k + 1), entry, PHRASE, rule, source, first, content, is_before)
