"""What follows a cue: “that”, a quotation, a colon, a clause; and whether it is what the cue takes."""

from __future__ import annotations

from ..phrases import LONGEST_NICKNAME, Sentence
from .candidate import LONGEST_OCCASION, LONGEST_SPEAKER, PASSIVE, Use
from .cue_table import QUOTED, Cue, is_only_verb

LONGEST_FIGURE = 6  # tokens: “the total death toll”, “at as high as 400”
_LIGHT = frozenset({"pronoun", "object", "determiner"})


def opens_words(s: Sentence, k: int) -> bool:
    """Tell whether “that” or a quotation follows, the latter also behind a comma or a colon."""
    return s.word(k) == "that" or s.is_quoted(k) or (s.word(k) in (",", ":") and s.is_quoted(k + 1))


def that_follows(s: Sentence, k: int, *, far_quotation: bool = True) -> bool:
    """Tell whether “that”, a quotation or a clause with a pronoun follows a verb; a far quotation too if wanted."""
    for x in range(k + 1, min(k + 9, s.end)):
        if s.words[x] == "that" or (far_quotation and s.quotation[x] >= 0) or (s.words[x] == ":" and x + 1 == s.end):
            return True
        if s.words[x] in (".", ";") or (s.words[x] == ":" and not s.is_quoted(x + 1)):
            return False
    kinds = s.kind(k + 1)
    if ("pronoun" in kinds and "object" not in kinds) or kinds & {"question", "there"}:
        return True
    return opens_words(s, k + 1)


def colon_follows(s: Sentence, k: int) -> bool:
    """Tell whether a colon and a quotation follow: “He continued:”, “He continued on the same note: …”."""
    colon, last = k + 1, min(k + LONGEST_OCCASION, s.end)
    if ":" not in s.words[colon : last + 1]:  # as nearly always
        return False
    while colon < last and s.is_word(colon) and s.words[colon] != "to" and not is_only_verb(s.words[colon]):
        colon += 1
    introduces = colon == s.end - 1 and all("as follows" in s.kinds[x] for x in range(k + 1, colon))
    return s.word(colon) == ":" and (s.is_quoted(colon + 1) or introduces)


def _words_follow(s: Sentence, k: int) -> bool:
    """Tell whether somebody's words are a part of what follows a verb: “attacked the plan as “a sham deal””."""
    for x in range(k + 1, min(k + LONGEST_OCCASION, s.end)):
        if s.quotation[x] >= 0:
            start, end = s.tokens.quoted[s.quotation[x]]
            words = [y for y in range(start, min(end, s.end)) if s.is_word(y)]
            return len(words) > 1 and 2 * sum(map(s.is_capital, words)) < len(words)
        if not (s.is_word(x) or s.words[x] == "'s") or is_only_verb(s.words[x]):
            return False
    return False


def clause_follows(s: Sentence, k: int) -> bool:
    """Tell whether a clause with a verb of its own follows an adverbial after a verb."""
    if "no clause" in s.kind(k + 1):
        return False
    for x in range(k + 1, s.end):
        word, kinds = s.words[x], s.kinds[x]
        if word == ",":
            return False
        if word == "that" or s.quotation[x] >= 0 or s.is_verbal(x):
            return True
        if "pronoun" in kinds and "object" not in kinds and word not in ("one", "who"):
            return True
    return False


def opens_later(s: Sentence, k: int) -> bool:
    """Tell whether “that” or a quotation follows in the same part of the sentence."""
    comma = s.next_comma(k)
    return any(s.words[x] == "that" or s.quotation[x] >= 0 for x in range(k + 1, min(comma + 2, s.end)))


def are_words_near(s: Sentence, k: int) -> bool:
    """Tell whether a quotation or a colon stands in the sentence of a verb, or “that” behind it."""
    return s.word(k + 1) == "that" or s.holds_quotation() or ":" in s.words[s.start : s.end]


def in_own_words(s: Sentence, k: int) -> bool:
    """Tell whether a quotation follows a verb: nobody can quote what was only thought."""
    quoted = k + 2 if s.word(k + 1) in ("that", ",", ":") else k + 1
    return s.is_quoted(quoted) and not s.is_nickname(quoted)


def has_what_it_needs(s: Sentence, k: int, entry: Cue) -> bool:
    """Tell whether one of the words follows that a cue needs, perhaps behind another: “put it”, “made that clear”."""
    if not entry.needs or s.word(k + 1) in entry.needs or _gives_figure(s, k, entry):
        return True
    return s.word(k + 2) in entry.needs and (s.is_adverb(k + 1) or bool(s.kinds[k + 1] & _LIGHT))


def _gives_figure(s: Sentence, k: int, entry: Cue) -> bool:
    """Tell whether a verb that needs “at” gives a figure: “put the death toll at 400”."""
    if "at" not in entry.needs:
        return False
    figure = next((x for x in range(k + 1, min(k + LONGEST_FIGURE, s.end)) if "figure" in s.kinds[x]), s.end)
    at = next((x for x in range(figure, min(figure + LONGEST_OCCASION, s.end)) if s.words[x] == "at"), s.end)
    return any(s.words[x][0].isdigit() or "numeral" in s.kinds[x] for x in range(at, min(at + LONGEST_FIGURE, s.end)))


def is_shunned(s: Sentence, k: int, entry: Cue) -> bool:
    """Tell whether a word follows with which a verb reports nothing: a noun of its object also a few words behind."""
    if not entry.shuns:
        return False
    near = range(k + 1, min(k + LONGEST_NICKNAME, s.end))
    return any(s.words[x] in entry.shuns and (x == k + 1 or not s.kinds[x]) for x in near)


def is_antecedent(s: Sentence, k: int) -> bool:
    """Tell whether a relative clause follows: “the states that had voted”."""
    if s.word(k + 1) != "that" or k + 2 >= s.end:
        return False
    past = s.words[k + 2].endswith("ed") or "past" in s.kinds[k + 2]
    return s.is_verbal(k + 2) or (past and not s.starts_phrase(k + 2))


def is_told(s: Sentence, k: int, noun: Cue) -> bool:
    """Tell whether what is said follows a noun: “the claim that”, “her answer was that”."""
    if "be" in s.kind(k + 1):
        return opens_words(s, k + 2)
    if s.word(k + 1) == "by":
        return any(s.words[x] == "that" for x in range(k + 2, min(k + LONGEST_SPEAKER, s.end)))
    return "after noun" in s.kind(k + 1) and s.words[k + 1] not in noun.shuns and not is_antecedent(s, k)


def lacks(s: Sentence, k: int, entry: Cue, use: Use, quoted: bool) -> str:
    """Return what a verb lacks to report speech, "" if nothing. `quoted` tells that it follows a quotation."""
    quotes = quoted or (s.word(k + 1) == "," and s.is_quoted(k + 2)) or colon_follows(s, k)
    quotes = quotes or (_words_follow(s, k) if entry.frame == "words" else s.is_quoted(k + 1))
    told = s.word(k + 1) == "that" and not entry.is_noun_too
    if entry.frame in QUOTED and not (quotes or told or _gives_figure(s, k, entry)):
        return "no words are quoted"
    if entry.frame == "that" and not (quotes or that_follows(s, k)):
        return "nothing is said"
    if entry.frame == "tell" and entry.form == "ing" and "preposition" in s.kind(k + 1):
        return "nothing is said"  # telling in its own right
    takes_object = entry.frame == "act" or use.role is PASSIVE
    following = k + 1
    while following < s.end and s.is_adverb(following):
        following += 1
    return "nothing is said" if takes_object and s.word(following) in ("", ".", "and", "without") else ""
