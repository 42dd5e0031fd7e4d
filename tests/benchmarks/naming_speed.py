"""How fast articles are loaded and named, beside a plain word count of the same text in the same run.

    python -m tests.benchmarks.naming_speed

Needs FA-KES (Zenodo 2607278) in ../shared/corpora/fa-kes. Each step is the best of three; the peak of memory is that of
a pass of its own, because measuring it slows everything down.
"""

from __future__ import annotations

import sys
import tracemalloc
import warnings
from collections.abc import Callable
from time import perf_counter
from typing import Any

import kit

from ..validation.fa_kes import FA_KES

COLUMNS = {"text": "article_content", "document": "unit_id", "outlet": "source"}


def measured(action: Callable[[], Any], times: int = 3) -> tuple[float, float]:
    """Return the seconds an action takes at best, and its peak of memory in MB."""
    seconds = []
    for _ in range(times):
        start = perf_counter()
        action()
        seconds.append(perf_counter() - start)
    tracemalloc.start()
    action()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return min(seconds), peak / 1e6


def main() -> None:
    if not FA_KES.is_file():
        sys.exit("skipped: needs ../shared/corpora/fa-kes")
    warnings.simplefilter("ignore", kit.KitWarning)
    corpus = kit.load(FA_KES, **COLUMNS)
    stylebook = kit.findings.read_stylebook("aleppo-2016")
    texts = [document.text for document in corpus]
    words = sum(len(text.split()) for text in texts)
    steps = {
        "text.split()": lambda: [text.split() for text in texts],
        "kit.load": lambda: kit.load(FA_KES, **COLUMNS),
        "kit.mentions": lambda: kit.mentions(corpus, stylebook),
    }
    results = {name: measured(action) for name, action in steps.items()}
    plain = results["text.split()"][0]
    print(f"{len(texts)} articles, {words:,} words between white space\n")
    print(f"{'step':<14}{'words a second':>16}{'times text.split()':>20}{'peak MB':>9}")
    for name, (seconds, peak) in results.items():
        print(f"{name:<14}{words / seconds:>16,.0f}{seconds / plain:>20.1f}{peak:>9.1f}")


if __name__ == "__main__":
    main()
