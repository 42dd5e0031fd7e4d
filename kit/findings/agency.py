"""Who acts: passive clauses with and without an agent, and violence turned into a noun ("the killing of").

No parser: rules over the kit's own word lists (`kit/words`: grammar, participles, by-phrases, adverbs, violence). What
counts as a passive and as its agent follows Universal Dependencies (`nsubj:pass`, `aux:pass`, `obl:agent`), by which
the rules are scored (tests/validation/agency.md).
"""

from __future__ import annotations

import pandas as pd

from ..documents import spans
from ..documents.corpus import Document
from ..documents.memory import remembered
from ..english.passives import deeds
from .voice import Voiced

AGENCY_COLUMNS = ["kind", "verb", "subject", "agent", "has_agent", "violence", "voice", "position"]
AGENCY_KINDS = ("passive", "subjectless", "reduced", "noun")
LONGEST_HEADING = 200  # characters


@remembered
def _rows(document: Document) -> tuple[tuple[str | int | bool, ...], ...]:
    rows: list[tuple[str | int | bool, ...]] = []
    voiced = Voiced(document)
    text = document.text
    unended = {p for p in document.paragraphs if p.end - p.start <= LONGEST_HEADING and text[p.end - 1].isalnum()}
    for piece in document.sentences:
        heading = piece in unended or document.position(*piece) == "heading"
        for start, end, kind, verb, subject, agent, violence in deeds(text, piece, heading=heading):
            if position := document.position(start, end):
                who = (kind, verb, subject, agent, bool(agent), violence)
                rows.append((document.name, start, end, text[start:end], *who, voiced.at(start, end), position))
    return tuple(rows)


def agency(documents: spans.Documents) -> pd.DataFrame:
    """Find who acts and who goes unnamed: a span table, a row a passive clause or a noun of violence.

    Parameters
    ----------
    documents : Corpus, Document or iterable of Document
        Where to look; boilerplate is passed over.

    Returns
    -------
    DataFrame
        Columns document, start, end and text (from the auxiliary to the participle, or the noun); and

        - `kind`: `passive`, a clause with a subject of its own ("the bridge was bombed"); `subjectless`, a passive
          whose subject stands elsewhere or nowhere ("and was buried", "to be held", "it was said that"); `reduced`, a
          participle alone with its agent ("a town held by rebels"); `noun`, violence turned into a noun ("the
          killing of");
        - `verb`: the participle in lower case; for a noun, the verb of its row in `kit/words/violence.csv`;
        - `subject`: who or what it is done to, as the text has it, "" if that is not said there;
        - `agent`: who or what does it, without "by", "" if that is not said; `has_agent`: whether it is;
        - `violence`: whether the verb is in `kit/words/violence.csv`, a list of words, which cannot tell an air
          strike from a verbal attack;
        - `voice` (`author`, `quoted`, `scare`) and `position` (`heading`, `body`).

    Notes
    -----
    A by-phrase that says when, where, how or how much ("by Monday", "by the river", "by leaving", "by 10 %") is no
    agent; a force or means that could be the subject of the active clause is one ("by shelling", "by ferry"), as in
    Universal Dependencies (`obl:agent`).
    """
    corpus = spans.as_corpus(documents)
    found = spans.make((row for document in corpus for row in _rows(document)), AGENCY_COLUMNS, corpus)
    return spans.remember(found.astype({"has_agent": bool, "violence": bool}), corpus)  # also of an empty table
