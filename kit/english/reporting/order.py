"""Which comes first, a cue or what is said: “…, said the mayor”, “…, the ministry said”, “the army said that …”."""

from __future__ import annotations

from ..phrases import Sentence
from .candidate import LONGEST_OCCASION, LONGEST_SPEAKER, SHORTEST_CLAUSE, Candidate, Use, holds
from .complements import clause_follows, opens_later, opens_words
from .cue_table import Cue
from .verb_forms import closes_heading

_IN_CLAUSES = frozenset({"be", "have", "modal", "do", "pronoun", "past"})


def is_inverted(s: Sentence, k: int, entry: Cue, use: Use) -> bool:
    """Tell whether a verb stands before its source: “…,” said the mayor."""
    last = s.back_over_adverbs(k - 1)
    if s.is_word(last) and entry.form == "past" and entry.frame == "say" and entry.stance == "neutral":
        return _ends_with_name(s, k) and _is_clause_before(s, k)
    if not (s.is_quoted(last) or s.word(last) in (",", "?", "!", "—")) or s.is_quoted(k + 1):
        return False
    if closes_heading(s, k):
        return True
    is_end = "inverting" in s.kinds[k] and s.end - k <= LONGEST_SPEAKER and s.word(k + 1).isalpha()
    if not (s.starts_phrase(k + 1) or is_end) or s.kind(k + 1) & {"object", "no source", "preposition"}:
        return False
    if entry.frame == "act" or use.auxiliaries & {"have", "be", "modal", "do"}:
        return False
    if s.word(last) != ",":
        return True
    if s.is_quoted(last):
        return not s.is_nickname(last) or not s.apposition(last)
    if entry.stance != "neutral" or "inverting" not in s.kinds[k] or (s.apposition(last) and not s.is_quoted(last - 1)):
        return False
    source = s.phrase_after(k)
    if not source or s.holds_verbal(source):
        return False
    return s.word(source.end) in ("", ".", ",", ";")


def _ends_with_name(s: Sentence, k: int) -> bool:
    """Tell whether nothing but a name follows a verb in its sentence, as in texts without commas."""
    source = s.phrase_after(k)
    if not source or s.kinds[source.start] & {"day", "preposition"}:
        return False
    if not any(s.is_capital(x) and not s.kinds[x] for x in range(*source)):
        return False
    ends = s.word(source.end) in ("", ".") or s.goes_on(source.end)
    return ends and not s.holds_verbal(source)


def follows_its_content(s: Sentence, k: int, entry: Cue, first: int, earlier: list[Candidate]) -> bool:
    """Tell whether what is said stands before a clause: “…, the ministry said”."""
    quoted = quoted_before(s, first)
    if entry.frame in ("act", "belief") and not quoted:
        return False
    edge = first - 1
    while "adverb" in s.kind(edge):
        edge -= 1
    if entry.frame == "tell":
        near = range(k + 1, min(k + LONGEST_OCCASION, s.end))
        if quoted:
            return not any(s.words[x] == "that" or s.quotation[x] >= 0 for x in near)
        told = s.word(edge) == "," and s.word(k + 1) not in ("of", "to") and bool(_end_of_occasion(s, k))
        return told and (not _leads_in(s, edge) or bool(resumes(s, k)))
    tail = _tail(s, k)
    if s.word(edge) == "as" and tail == "end":  # “…, as Smith put it.”
        edge -= 1
    divided = s.is_quoted(edge) or s.word(edge) in (",", "?", "!", "—", "–", "…")
    if s.word(edge) == "," and tail and (resumes(s, k) or (edge > s.start and s.is_verbal(edge - 1))):
        return True  # “The bridge, the mayor said on Monday, is closed.”
    if not divided:
        ends = tail == "end" or all("day" in s.kinds[x] or not s.is_word(x) for x in range(k + 1, s.end))
        return ends and _is_clause_before(s, first) and not any(holds(host, k) for host in earlier)
    if not quoted and entry.frame == "that" and (tail == "adverbial" or (entry.form == "s" and entry.is_noun_too)):
        return False
    if not tail or (s.word(edge) == "," and _leads_in(s, edge, short=entry.frame == "say" and tail != "adverbial")):
        return False
    if not quoted and opens_words(s, k + 1) and s.word(k + 1) != "that":
        return False
    if tail != "adverbial":
        return True
    if quoted and s.word(k + 1) != "that" and not opens_later(s, k):
        return True
    return not clause_follows(s, k) and (quoted or not any(holds(host, k) for host in earlier))


def _end_of_occasion(s: Sentence, k: int) -> int:
    """Return the mark up to which only to whom, when and where something is said follows a verb; else 0."""
    for x in range(k + 1, min(k + LONGEST_OCCASION, s.end)):
        if s.words[x] in (",", ".", "?", "!") and s.quotation[x] < 0:
            return x
        if s.quotation[x] >= 0 or s.words[x] in ("that", "to", ":", ";") or "question" in s.kinds[x]:
            return 0
        if is_finite(s, x) or ("pronoun" in s.kinds[x] and "object" not in s.kinds[x]):
            return 0
    return s.end if s.end - k <= LONGEST_OCCASION else 0


def resumes(s: Sentence, k: int) -> int:
    """Return the comma behind a verb and its occasion at which what is said goes on at or behind its verb, else 0."""
    comma = _end_of_occasion(s, k)
    if s.word(comma) != "," or comma + 1 >= s.end:
        return 0
    opening = k - 1
    while opening > s.start and s.words[opening] != ",":
        opening -= 1
    return comma if s.is_verbal(comma + 1) or (opening > s.start and s.is_verbal(opening - 1)) else 0


def is_finite(s: Sentence, k: int) -> bool:
    """Tell whether a word is most likely a finite verb."""
    if s.is_verbal(k) or "past" in s.kinds[k]:
        return True
    return s.words[k].endswith("ed") and not s.is_capital(k) and not s.kind(k + 1) & {"preposition", "day"}


def _is_clause_before(s: Sentence, first: int) -> bool:
    """Tell whether a clause stands before a subject that no comma divides from it, as in texts without commas."""
    start = s.after_semicolon(first)
    if "subordinator" in s.kind(start) or first - start < SHORTEST_CLAUSE:
        return False
    return any(s.is_verbal(x) or s.words[x].endswith("ed") for x in range(max(start, first - LONGEST_OCCASION), first))


def _tail(s: Sentence, k: int) -> str:
    """Tell what follows a cue that has nothing more to say: "end", a "mark", an "adverbial"; else nothing."""
    word = s.word(k + 1)
    if word in ("", ".", "?", "!"):
        return "end"
    if word in (",", ";", "—", "–", ")", "…"):
        return "mark"
    return "adverbial" if s.kinds[k + 1] & {"day", "adverbial"} or s.is_adverb(k + 1) else ""


def _leads_in(s: Sentence, comma: int, *, short: bool = False) -> bool:
    """Tell whether a comma only closes what leads into the sentence: “In a statement, Smith said”.

    `short` tells that nothing is said behind the cue, so that only a few words without a verb can lead in.
    """
    start = s.after_semicolon(comma)
    while start < comma and "coordinator" in s.kinds[start]:
        start += 1
    if any(s.quotation[x] >= 0 and not s.is_nickname(x) for x in range(start, comma)):
        return False
    if comma - start == 1:
        return True
    if short and (s.is_heading or comma - start >= SHORTEST_CLAUSE):
        return False
    if "lead" in s.kinds[start]:
        return not _has_main_clause(s, start, comma)
    if s.words[start].endswith("ing"):
        return True
    if s.words[start].endswith("ed") and ("preposition" in s.kind(start + 1) or "asked" in s.kinds[start]):
        return True
    if s.is_adverb(start) and comma - start <= 4:
        return True
    return not any(looks_like_clause(s, x) for x in range(start, comma))


def _has_main_clause(s: Sentence, start: int, end: int) -> bool:
    """Tell whether a clause stands beside the one that a conjunction opens: “If it rains, the dam will burst”."""
    inner = False
    for k in range(start, end):
        if s.words[k] == ",":
            inner = False
        elif "subordinator" in s.kinds[k]:
            inner = True
        elif not inner and is_finite(s, k):
            return True
    return False


def looks_like_clause(s: Sentence, k: int) -> bool:
    """Tell whether a word hints that a stretch is a clause: a pronoun, an auxiliary, an ending of verbs."""
    return s.words[k].endswith(("ed", "s")) or not s.kinds[k].isdisjoint(_IN_CLAUSES)


def quoted_before(s: Sentence, k: int) -> bool:
    """Tell whether a quotation ends before a token, perhaps with a comma behind it."""
    return s.is_quoted(k - 1) or s.is_quoted(k - 2)
