"""Reading grade of lessons and texts: `python -m tests.reading`.

Flesch–Kincaid grade = 0.39 words per sentence + 11.8 syllables per word − 15.59 (Kincaid, Fishburne, Rogers & Chissom
1975, *Derivation of New Readability Formulas for Navy Enlisted Personnel*). Syllables are counted by rule, one
per cent more on our lessons than in the CMU Pronouncing Dictionary, so the grade errs on the safe side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import nbformat
from markdown_it import MarkdownIt

import kit
from kit.documents.language import split_sentences

ROOT = Path(__file__).resolve().parent.parent


def syllables(word: str) -> int:
    """Count the syllables of a word: its groups of vowels, without a silent e at the end or in -ed."""
    word = re.sub(r"[^a-z]", "", word.lower())
    spoken = re.sub(r"(?<![aeiouyl])e$|(?<![aeiouytd])ed$|(?<=[aeiouy]l)e$", "", word)
    return max(len(re.findall(r"[aeiouy]+", spoken)), 1)


def grade(paragraphs: Iterable[str]) -> float:
    """Return the Flesch–Kincaid grade of running text; what has no letter is no word."""
    split = (re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", s) for p in paragraphs for s in _sentences(p))
    spoken = [sentence for sentence in split if sentence]
    number = sum(map(len, spoken))
    return 0.39 * number / len(spoken) + 11.8 * sum(syllables(w) for s in spoken for w in s) / number - 15.59


def _sentences(text: str) -> list[str]:
    return [text[piece.start : piece.end] for piece in split_sentences(text)]


def prose(markdown: str) -> list[str]:
    """Return what a learner reads of a Markdown text, a paragraph each; code and addresses are left out."""
    markdown = re.sub(r"```.*?```|<!--.*?-->", "", markdown, flags=re.DOTALL)
    markdown = re.sub(r"</?(?:details|summary|small|p|div|br)[^>]*>", "\n\n", markdown)
    inline = [token for token in MarkdownIt().parse(markdown) if token.type == "inline"]
    return [
        "".join(c.content if c.type in ("text", "code_inline") else " " for c in token.children or [])
        for token in inline
    ]


def of_notebook(path: Path) -> float:
    """Return the grade of a notebook's prose."""
    cells = nbformat.read(path, as_version=4).cells
    return grade(p for cell in cells if cell.cell_type == "markdown" for p in prose(cell.source))


def of_document(document: kit.Document) -> float:
    """Return the grade of a document's own sentences, headings left out."""
    body = [document.text[s.start : s.end] for s in document.sentences if document.position(*s) == "body"]
    return grade(body)


def main() -> None:
    for path in [*sorted((ROOT / "notebooks").glob("*.ipynb")), *sorted((ROOT / "exercises").glob("*.ipynb"))]:
        print(f"{of_notebook(path):5.1f}  {path.relative_to(ROOT)}")
    for name in ("harbour-strike", "aleppo-2016"):
        for document in kit.load(name, edition="teaching") if name == "aleppo-2016" else kit.load(name):
            print(f"{of_document(document):5.1f}  {name}: {document.name}")


if __name__ == "__main__":
    main()
