"""Sourcing: who says so. Every attribution with its source, cue and content, and every candidate that was not counted.

An attribution is reported speech: someone other than the author is presented as saying or writing something. Where the
words stand is found by `reporting`, who speaks by `speakers`; this room puts them together.
"""

from __future__ import annotations

import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple
from urllib.parse import urlsplit

import pandas as pd

from ..documents import spans
from ..documents.corpus import Document, Region, touching
from ..documents.language import Piece, Quotation, count_words
from ..documents.memory import remembered
from ..english.reporting import TURN, Clause, Rejected, Span, clauses
from ..english.speakers import NOBODY, Speaker, Speakers
from ..errors import KitWarning

KINDS = ("direct", "indirect", "mixed")
STANCES = ("neutral", "distancing", "endorsing", "forceful")
COLUMNS = ["source", "cue", "content", "speaker", "kind", "stance", "source_type", "named", "rule", "nested", "note"]
PLACES = ["source_at", "cue_at", "content_at"]
BLOCK_AFTER_COLON = "colon before a block"
NOT_ENGLISH = "not English"
SCARE = "a short phrase in quotation marks, with no speaker"
SCARE_WORDS = 4
RELAYS = ("media", "document")  # whose reports of what somebody said are told beside it


class Attribution(NamedTuple):
    """One attribution; `reason` says why it is not counted, and is empty where it is."""

    document: str
    start: int
    end: int
    text: str
    source: str
    cue: str
    content: str
    speaker: str
    kind: str
    stance: str
    source_type: str
    named: bool
    rule: str
    nested: bool
    note: str
    source_at: tuple[Span, ...]
    cue_at: tuple[Span, ...]
    content_at: tuple[Span, ...]
    reason: str = ""


@remembered
def attributions_in(document: Document) -> tuple[Attribution, ...]:
    """Return every attribution of one document by place, and every candidate that is not counted with the reason.

    The cue tables are English: of a document in another language each row bears a `note`.
    """
    found, refused = clauses(document)
    speakers = Speakers(document)
    told: dict[int, Speaker] = {}  # the speakers of the clauses that are counted
    rows: list[Attribution] = []
    # What stands inside another's words comes after the clauses that can hold it, wherever their cues are.
    for number, clause in sorted(enumerate(_with_blocks(document, found)), key=lambda item: item[1].nested):
        speaker = speakers.of(*_whole(clause.source)) if clause.source else NOBODY
        reason = _not_counted(document, clause, speaker, told)
        if speaker and not reason:
            told[number] = speaker
        rows.append(_attribution(document, clause, speaker or NOBODY, reason))
    rows += [_candidate(document, candidate) for candidate in refused]
    rows += [_candidate(document, Rejected(*span, SCARE)) for span in _nobodys(document, rows)]
    return tuple(sorted(rows, key=itemgetter(1, 2)))  # by start and end


def warn_if_not_english(document: Document, who: str = "who speaks") -> None:
    """Warn that the words by which the kit finds who speaks, or something else, are English."""
    if not document.english:
        advice = f"the words by which the kit finds {who} are English, so what it finds here means little"
        warnings.warn(f"{document.name} does not seem to be English; {advice}.", KitWarning, stacklevel=3)


def _not_counted(document: Document, clause: Clause, speaker: Speaker | None, told: dict[int, Speaker]) -> str:
    if document.position(*clause.cue) is None:
        return "boilerplate"
    if speaker is None:
        return "the author speaks"
    if clause.nested and (clause.host not in told or told[clause.host].source_type not in RELAYS):
        return "inside another's words"
    return ""


def _attribution(document: Document, clause: Clause, speaker: Speaker, reason: str) -> Attribution:
    start, end = _whole((*clause.source, clause.cue, *clause.content))
    return Attribution(
        document.name,
        start,
        end,
        document.text[start:end],
        _said(document, clause.source),
        document.text[slice(*clause.cue)],
        _said(document, clause.content),
        speaker.name,
        "direct" if clause.rule == TURN else _kind(document, clause.content),
        clause.stance,
        speaker.source_type,
        speaker.named,
        clause.rule,
        clause.nested,
        _note(document),
        clause.source,
        (clause.cue,),
        clause.content,
        reason,
    )


def _said(document: Document, places: tuple[Span, ...]) -> str:
    return " … ".join([document.text[start:end] for start, end in places])


def _candidate(document: Document, candidate: Rejected) -> Attribution:
    start, end, reason = candidate
    word = document.text[start:end]
    reason = reason if document.position(start, end) else "boilerplate"
    nothing = ("", word, "", "", "", "", "", False, "", False, _note(document), (), ((start, end),), ())
    return Attribution(document.name, start, end, word, *nothing, reason)


def _nobodys(document: Document, rows: list[Attribution]) -> list[Span]:
    """Return the quotations of up to four words that touch nothing that is said: a word held at arm's length."""
    contents = joined(place for row in rows if not row.reason for place in row.content_at)
    return [
        (q.start, q.end)
        for q in document.quotations
        if not q.continues
        and not touching(contents, q.start, q.end)
        and 0 < count_words(document.text[q.inner_start : q.inner_end]) <= SCARE_WORDS
    ]


def joined(places: Iterable[Span]) -> list[Piece]:
    """Return places by start, those that overlap as one."""
    found: list[Piece] = []
    for start, end in sorted(places):
        if found and start < found[-1].end:
            found[-1] = Piece(found[-1].start, max(found[-1].end, end))
        else:
            found.append(Piece(start, end))
    return found


def _note(document: Document) -> str:
    return "" if document.english else NOT_ENGLISH


def _whole(places: Sequence[Span]) -> Span:
    """From where the first of some places begins to where the last one ends."""
    return min(places)[0], max(map(itemgetter(1), places))


def _kind(document: Document, content: tuple[Span, ...]) -> str:
    """Return `direct` if all of a content is quoted, `indirect` if nothing is, `mixed` if some of it is."""
    blocks, inside = document.of_kind("blockquote"), 0
    for start, end in content:
        around: list[Quotation | Region] = [*touching(document.quotations, start, end), *touching(blocks, start, end)]
        for first, last in joined((quoted.start, quoted.end) for quoted in around):
            inside += _letters(document.text[max(start, first) : min(end, last)])
    if not inside:
        return "indirect"
    return "direct" if inside == sum(_letters(document.text[start:end]) for start, end in content) else "mixed"


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _with_blocks(document: Document, found: list[Clause]) -> Iterator[Clause]:
    """Let the last clause of a paragraph that ends with a colon have the paragraph that follows as its content.

    Of a block quotation all paragraphs follow. Where one begins with a source of its own, the author goes on. Who is
    said to speak inside stands inside another's words.
    """
    after = {a.end: b for a, b in pairwise(document.paragraphs) if document.text[a.end - 1] == ":"}
    if not after:  # as in most documents
        yield from found
        return
    begins = {clause.source[0][0] for clause in found if clause.source}
    after = {end: b for end, b in after.items() if not begins & {b.start, b.start + 1}}  # “[He] said”
    cues = [clause.cue[0] for clause in found]
    introduces = {bisect_left(cues, end) - 1: end for end in after}
    speaking = -1
    told: list[Piece] = []
    for number, clause in enumerate(found):
        if touching(told, *clause.cue):
            # Who has all of it as content, from its first word on, is told by the author: “…, the envoy said.”
            has_all = clause.content and clause.content[0][0] == told[0].start
            yield clause if has_all else clause._replace(nested=True, host=speaking)
            continue
        end = introduces.get(number)
        if end is None or not _same_sentence(document, clause.cue[1], end) or document.position(*after[end]) != "body":
            yield clause
            continue
        block = touching(document.of_kind("blockquote"), *after[end])
        last = max([after[end].end, *(region.end for region in block)])
        inside = found[number + 1 : bisect_left(cues, last)]
        if not block and any(touching(document.quotations, *span) for inner in inside for span in inner.content):
            yield clause  # whoever quotes somebody there is the author
            continue
        own = tuple((s, e) for s, e in clause.content if s < end - 1)
        speaking, told = number, touching(document.paragraphs, after[end].start, last)
        content = (*own, *sorted((p.start, p.end) for p in told))
        yield clause._replace(content=content, rule=BLOCK_AFTER_COLON)


def _same_sentence(document: Document, start: int, end: int) -> bool:
    """Tell whether no sentence begins between two places."""
    sentences = document.sentences
    return bisect_right(sentences, start, key=lambda s: s.start) == bisect_left(sentences, end, key=lambda s: s.start)


def attributions(documents: spans.Documents, *, rejected: bool = False) -> pd.DataFrame:
    """Find who says what: a span table, a row an attribution.

    Parameters
    ----------
    documents : Corpus, Document or iterable of Document
        Where to look.
    rejected : bool
        Return instead what looked like an attribution and was not counted, with a column `reason`.

    Returns
    -------
    DataFrame
        Columns document, start, end, text (from the first to the last character of the attribution), source, cue,
        content, speaker (who it is, after resolving pronouns; empty if nobody can tell), kind (`direct`, `indirect`,
        `mixed`), stance (`neutral`, `distancing`, `endorsing`, `forceful`), source_type, named, rule (why it was
        found), nested (it stands in what a medium or document reports), note (`not English` where the document does not
        seem to be) and the offsets source_at, cue_at, content_at.
    """
    corpus = spans.as_corpus(documents)
    for document in corpus:
        warn_if_not_english(document)
    columns = [*COLUMNS, *PLACES, *(["reason"] if rejected else [])]
    rows = (a for d in corpus for a in attributions_in(d) if bool(a.reason) == rejected)
    return spans.make((a[: len(columns) + 4] for a in rows), columns, corpus)


def links(documents: spans.Documents) -> pd.DataFrame:
    """Find the links of documents: a span table, a row a link. A link is evidence of another kind than an attribution.

    Returns
    -------
    DataFrame
        Columns document, start, end, text, target and link_type: `own site`, `other site`, or `target not preserved`
        where only a # or nothing was kept.
    """
    corpus = spans.as_corpus(documents)
    rows = [
        (d.name, start, end, d.text[start:end], target, _kind_of_link(target, _host(d.meta.get("url", ""))))
        for d in corpus
        for _, start, end, target in d.of_kind("link")
        if d.position(start, end)
    ]
    return spans.make(rows, ["target", "link_type"], corpus)


def _kind_of_link(target: str, own: str) -> str:
    host = _host(target)
    if not host:
        return "own site" if target.startswith("/") else "target not preserved"
    return "own site" if own and (host == own or host.endswith(f".{own}")) else "other site"


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # a bracket in the wrong place
        return ""
