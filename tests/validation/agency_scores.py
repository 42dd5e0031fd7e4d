"""Score `kit.agency` against the passives and agents of GUM.

The gold is GUM (Georgetown University Multilayer corpus, in Universal Dependencies' format), read from ../shared. A
passive clause of the gold is a verb with an `nsubj:pass`; it is found if a row of kind `passive` ends where the verb
ends. Its agent is an `obl:agent`. The other kinds are scored beside it: any passive with an auxiliary (`aux:pass`) as
`passive` or `subjectless`, and a verb with an agent and neither subject nor auxiliary as `reduced`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pandas as pd

from kit.documents.readers import plain_document
from kit.findings.agency import agency

from .figures import as_shown, write
from .sentence_scores import GOLD, Score

Place = tuple[int, int]


class Verb(NamedTuple):
    """A verb of the gold that is passive or has an agent: where it stands, and its dependents' heads if it has any."""

    start: int
    end: int
    auxiliary: Place | None
    subject: Place | None
    agent: Place | None


class GoldDocument(NamedTuple):
    """A document of the gold: its name, its text with paragraphs parted by blank lines, and its verbs by their end."""

    name: str
    text: str
    verbs: dict[int, Verb]

    @property
    def genre(self) -> str:
        """The genre that its name holds."""
        return self.name.split("_")[1]


class _Word(NamedTuple):
    start: int
    end: int
    number: str
    head: str
    relation: str


class Figures(NamedTuple):
    """What is scored on some documents; a share is None where there is nothing to share."""

    passives: Score
    agents: float | None
    with_auxiliary: Score
    reduced: Score
    subjects: float | None


def read_gold() -> list[GoldDocument]:
    """Read the documents with their passive verbs."""
    documents = []
    for part in GOLD.read_text(encoding="utf-8").split("# newdoc id = ")[1:]:
        name, _, rest = part.partition("\n")
        text, verbs = "", []
        for block in rest.split("\n\n"):
            if "# newpar\n" in block and text:
                text = text.rstrip() + "\n\n"
            words, written = _words(block.splitlines(), len(text))
            text += written
            verbs += _verbs(words)
        documents.append(GoldDocument(name, text, {verb.end: verb for verb in verbs}))
    return documents


def _words(lines: Iterable[str], offset: int) -> tuple[list[_Word], str]:
    """Return a sentence's words with their places, and its text; a word that was split (3-4) counts as its parts."""
    words, written, joined, at = [], "", 0, 0
    for line in lines:
        if not line[:1].isdigit() or "." in line.split("\t")[0]:
            continue
        number, form, *_, head, relation, _, misc = line.split("\t")
        first = number.partition("-")[0]
        if int(first) > joined:
            at, written = len(written), written + form + " " * ("SpaceAfter=No" not in misc.split("|"))
        if first != number:
            joined = int(number.partition("-")[2])
            continue
        words.append(_Word(offset + at, offset + at + len(form), number, head, relation))
        at += len(form)
    return words, written


def _verbs(words: list[_Word]) -> Iterator[Verb]:
    heads: dict[str, dict[str, Place]] = defaultdict(dict)
    for word in words:
        heads[word.head].setdefault(word.relation, (word.start, word.end))
    for word in words:
        found = [heads[word.number].get(relation) for relation in ("aux:pass", "nsubj:pass", "obl:agent")]
        if any(found):
            yield Verb(word.start, word.end, *found)


def score(documents: Iterable[GoldDocument]) -> Figures:
    """Score some documents together."""
    counts: dict[str, Score] = defaultdict(Score)
    agents, subjects = [], []
    for document in documents:
        table = agency(plain_document(document.text, document.name))
        rows = {row.end: row for row in table[table["kind"] != "noun"].itertuples()}
        for end in rows.keys() | document.verbs.keys():
            row, verb = rows.get(end), document.verbs.get(end)
            found, gold = _kinds_found(row), _kinds_of_gold(verb)
            for kind in found | gold:
                counts[kind] += Score(kind in gold, kind in found, kind in found & gold)
            if "passive" in found & gold:
                agents.append(row.has_agent == bool(verb.agent))
                start, stop = verb.subject
                subjects.append(document.text[start:stop] in row.subject)
    shares = [sum(right) / len(right) if right else None for right in (agents, subjects)]
    return Figures(counts["passive"], shares[0], counts["auxiliary"], counts["reduced"], shares[1])


def _kinds_found(row: Any) -> set[str]:
    if row is None:
        return set()
    return {row.kind, "auxiliary"} - {"subjectless"} if row.kind != "reduced" else {"reduced"}


def _kinds_of_gold(verb: Verb | None) -> set[str]:
    if verb is None:
        return set()
    if not (verb.subject or verb.auxiliary):
        return {"reduced"}
    return {"passive", "auxiliary"} if verb.subject else {"auxiliary"}


def groups(documents: list[GoldDocument]) -> dict[str, list[GoldDocument]]:
    """Sort documents into the parts that agency.md names, by genre, and all together."""
    parts = {"tune": documents[::2], "second look": documents[1::4], "held out": documents[3::4]}
    genres = sorted({document.genre for document in documents})
    by_genre = {genre: [document for document in documents if document.genre == genre] for genre in genres}
    held = {f"held out, {g}": [d for d in parts["held out"] if d.genre == g] for g in genres}
    return parts | by_genre | held | {"all": documents}


def measured(scores: dict[str, Figures]) -> pd.DataFrame:
    """The figures for the card: on what was held out, and on everything."""
    rows = []
    for group, on in (("held out", "17 GUM documents, held out"), ("all", "69 GUM documents, most seen")):
        figures = scores[group]
        rows += [
            ("agency", "passive clauses F1", on, figures.passives.gold, figures.passives.f1),
            ("agency", "agent named or not, accuracy", on, figures.passives.both, figures.agents),
        ]
    return as_shown(rows)


def main() -> None:
    """Print the figures as a Markdown table, and write those for the card."""
    columns = [
        "documents",
        "clauses",
        "precision",
        "recall",
        "F1",
        "agents",
        "F1 with auxiliary",
        "F1 reduced",
        "subjects",
    ]
    print("|", " | ".join(columns), "|")
    print("|" + "---|" * len(columns))
    scores = {name: score(group) for name, group in groups(read_gold()).items()}
    for name, f in scores.items():
        p = f.passives
        shares = [p.precision, p.recall, p.f1, f.agents, f.with_auxiliary.f1, f.reduced.f1, f.subjects]
        print(f"| {name} | {p.gold} |", " | ".join("" if s is None else f"{s:.4f}" for s in shares), "|")
    print(measured(scores).to_string(index=False))
    write(measured(scores))
