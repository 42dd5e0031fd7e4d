"""Score `language.split_sentences` against sentences divided by hand.

The gold is GUM (Georgetown University Multilayer corpus, in Universal Dependencies' format), read from ../shared. Only
boundaries inside a paragraph count, not a paragraph's end, which the line break gives away. A boundary is found if the
same number of characters, white space left out, stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from kit.documents.language import split_sentences

from .. import SHARED

GOLD = SHARED / "corpora" / "ud-passives" / "gum-train-selection.conllu"

_MARKED = re.compile(r"[.!?…][\"'”’»)\]]*(\[\d+\])*\Z")


class GoldDocument(NamedTuple):
    """A document: its name, and for each paragraph its sentences' texts, each with the white space behind it."""

    name: str
    paragraphs: list[list[str]]

    @property
    def genre(self) -> str:
        """The genre that its name holds."""
        return self.name.split("_")[1]

    @property
    def text(self) -> str:
        """Its paragraphs, joined by blank lines."""
        return "\n\n".join("".join(paragraph).strip() for paragraph in self.paragraphs)


class Score(NamedTuple):
    """How many boundaries are in the gold, were found, and are both."""

    gold: int = 0
    found: int = 0
    both: int = 0

    def __add__(self, other: object) -> Score:
        """Add up the counts of two scores."""
        if not isinstance(other, Score):
            return NotImplemented
        return Score(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        """Share of the boundaries found that are right."""
        return self.both / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the right boundaries that were found."""
        return self.both / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.both / (self.gold + self.found) if self.gold + self.found else 1.0


def read_gold(path: Path = GOLD) -> list[GoldDocument]:
    """Read documents from a CoNLL-U file."""
    documents: list[GoldDocument] = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.splitlines()
        for line in lines:
            if line.startswith("# newdoc id = "):
                documents.append(GoldDocument(line.removeprefix("# newdoc id = "), []))
            elif line == "# newpar":
                documents[-1].paragraphs.append([])
        if any(line[:1].isdigit() for line in lines):
            if not documents[-1].paragraphs:  # an unmarked first paragraph
                documents[-1].paragraphs.append([])
            documents[-1].paragraphs[-1].append("".join(_surface(lines)))
    return documents


def _surface(lines: Iterable[str]) -> Iterator[str]:
    """Yield a sentence's words as they are written: those that were split (ids such as 3-4) once, empty nodes never."""
    inside = 0
    for line in lines:
        number, form, *_, misc = line.split("\t") if line[:1].isdigit() else ("", "", "")
        if "-" in number:
            inside = int(number.split("-")[1])
        elif not number or "." in number or int(number) <= inside:
            continue
        yield form if "SpaceAfter=No" in misc.split("|") else form + " "


def gold_boundaries(document: GoldDocument) -> set[int]:
    """Count the characters before each boundary inside a paragraph, white space left out."""
    found, paragraph_start = set(), 0
    for paragraph in document.paragraphs:
        ends = [
            paragraph_start + count for count in accumulate(len("".join(sentence.split())) for sentence in paragraph)
        ]
        found.update(ends[:-1])
        paragraph_start = ends[-1] if ends else paragraph_start
    return found


def found_boundaries(document: GoldDocument) -> set[int]:
    """Count the same for the sentences that `split_sentences` finds, ends of the gold's paragraphs left out."""
    text = document.text
    lengths = (len("".join(text[start:end].split())) for start, end in split_sentences(text))
    paragraph_ends = accumulate(len("".join("".join(paragraph).split())) for paragraph in document.paragraphs)
    return set(accumulate(lengths)) - set(paragraph_ends)


def unmarked(document: GoldDocument) -> set[int]:
    """Return the gold's boundaries that no mark announces: headings and dates run on, semicolons."""
    characters = "".join(document.text.split())
    return {end for end in gold_boundaries(document) if not _MARKED.search(characters, max(0, end - 8), end)}


def score(documents: Iterable[GoldDocument], only_marked: bool = False) -> Score:
    """Score the boundaries of some documents together; on demand without those that no mark announces, found or not."""
    total = Score()
    for document in documents:
        left_out = unmarked(document) if only_marked else set()
        gold, found = gold_boundaries(document) - left_out, found_boundaries(document) - left_out
        total += Score(len(gold), len(found), len(gold & found))
    return total


def groups(documents: list[GoldDocument]) -> dict[str, list[GoldDocument]]:
    """Sort documents by genre, by half (every other document) and all together."""
    genres = sorted({document.genre for document in documents})
    by_genre = {genre: [document for document in documents if document.genre == genre] for genre in genres}
    return by_genre | {"first half": documents[::2], "second half": documents[1::2], "all": documents}


def main() -> None:
    """Print the figures as a Markdown table."""
    columns = ["documents", "boundaries", "precision", "recall", "F1", "of these with a mark", "F1 of these"]
    print("|", " | ".join(columns), "|")
    print("|" + "---|" * len(columns))
    for name, group in groups(read_gold()).items():
        every, marked = score(group), score(group, only_marked=True)
        figures = f"{every.precision:.4f} | {every.recall:.4f} | {every.f1:.4f}"
        print(f"| {name} | {every.gold} | {figures} | {marked.gold} | {marked.f1:.4f} |")
