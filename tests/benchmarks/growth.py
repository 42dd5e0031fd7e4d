"""How time grows with the length of a text: `python -m tests.benchmarks.growth [READER ...]`.

Each reader is given texts of one piece over and over, such as are hard for rules made of patterns, of 5,000 characters
and of eight times as many. The table tells how many times as long a character takes in the long text as in the short
one, each the quickest of three turns: 1 is in proportion to the length, 8 is with its square.
"""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Callable
from itertools import islice, product
from string import ascii_lowercase
from time import process_time

import pandas as pd

import kit
from kit.coding.codebooks import read_codebook
from kit.documents.language import paragraphs, quotations, split_sentences, words
from kit.documents.readers import markdown_document, plain_document
from kit.findings.hints import hints

from ..labs import marked

SHORT, TIMES = 5_000, 8
PIECES = [
    *('"', "'", "“", "”", "“”", "‘a ", '"a ', "“«", "« » ", "‘as’ b “", "“a\n\n", "`` a ", "“a ", "> ", "[a](", "*"),
    *("a", "x ", "a.b.", "A.", "B. ", "1. ", "U.S. The ", "(", "()", '?!"', ". ... ", "a. (", ". [1]", ", ", "$ "),
    *("\n", " \t", "at  \t  ", "a\u0301", "at\u00a0", "at ------ ", "at ", "really ", "Aa ", "Blame\n\n"),
    *("was ", "by ", "killed by (", "was killed by a ", "in 10 was, ", "attack of ", "attack “a b” ", "rebel army "),
    *("said ", "said: “", "he said that ", "Aa Bb she said ", "> he said: ", "Lina Saab said it was late. "),
    *("The mayor said it was late. She said so. ", "The company said it was late. ", "They blamed both sides. "),
    *("The London-based group said it was late. ", "Lina Saab and Omar Haddad met. He said so. "),
    *("“one two three four five six seven” — ", "x: “one two three four five six seven” "),
    "The rebels said that “terrorists” came. A [link](http://x.org/a) to the “rebel fighters” stands here.\n\n",
    "[a](#) > said “so” # Theme: x *y* \n\n",
]
NEW_NAMES = "ever new names"

STYLEBOOK = kit.findings.read_stylebook("aleppo-2016")
CODEBOOK = read_codebook("generic-frames")


def named(text: str) -> pd.DataFrame:
    """Find the names in a text in Markdown."""
    return kit.mentions(markdown_document(text, "d"), STYLEBOOK)


READERS: dict[str, Callable[[str], object]] = {
    "paragraphs": paragraphs,
    "sentences": split_sentences,
    "words": words,
    "quotations": quotations,
    "plain": lambda text: plain_document(text, "d").word_count,
    "Markdown": lambda text: markdown_document(text, "d").word_count,
    "mentions": named,
    "positions": lambda text: kit.metrics.positions(named(text)),
    "concordance": lambda text: kit.concordance(named(text)),
    "evidence": lambda text: kit.evidence(named(text)),
    "show": lambda text: marked(named(text))._repr_html_(),
    "attributions": lambda text: kit.attributions(plain_document(text, "d")),
    "attributions in Markdown": lambda text: kit.attributions(markdown_document(text, "d")),
    "agency": lambda text: kit.agency(plain_document(text, "d")),
    "hints": lambda text: hints(plain_document(text, "d"), CODEBOOK),
}


def odd_text(piece: str, length: int) -> str:
    """Return a text of one piece over and over, or of `NEW_NAMES`: one in which everybody is new."""
    if piece != NEW_NAMES:
        return piece * (length // len(piece))
    names = map("".join, product(ascii_lowercase, repeat=3))
    return "".join(f"M{name} Q{name}ov said it was late. " for name in islice(names, length // 30))


def seconds(read: Callable[[str], object], text: str) -> float:
    """Return the seconds of the processor that reading takes."""
    start = process_time()
    read(text)
    return process_time() - start


def growth(read: Callable[[str], object], piece: str) -> float:
    """Return how many times as long a character takes in a long text as in a short one."""
    short, long = (odd_text(piece, length) for length in (SHORT, SHORT * TIMES))
    turns = [(seconds(read, short), seconds(read, long)) for _ in range(3)]
    return min(turn[1] for turn in turns) / max(min(turn[0] for turn in turns), 1e-4) / TIMES


def main() -> None:
    """Print the table, the worst text first."""
    options = argparse.ArgumentParser(description="Tells how time grows with the length of a text.")
    options.add_argument("readers", nargs="*", metavar="READER", help=f"of {', '.join(READERS)}; all by default")
    chosen = options.parse_args().readers or list(READERS)
    if unknown := set(chosen) - set(READERS):
        options.error(f"there is no {' and no '.join(sorted(unknown))}")
    warnings.simplefilter("ignore", kit.KitWarning)
    rows = {repr(piece)[:30]: {name: growth(READERS[name], piece) for name in chosen} for piece in [*PIECES, NEW_NAMES]}
    table = pd.DataFrame.from_dict(rows, orient="index")
    print(table.loc[table.max(axis=1).sort_values(ascending=False).index].round(1).to_string())


if __name__ == "__main__":
    main()
