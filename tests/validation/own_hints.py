"""What the search terms of every codebook are worth on our own texts, beside two machines that know nothing.

The table is datasets/codebooks/hints-on-our-texts.csv. What is right is our one reading of seven texts, made by the
authors of the lists: the figures describe these texts, the intervals (texts drawn again and again) are wide and, with
seven, rough. How far two passes of that reading agree stands beside them.

A judgement is a question asked of a text, for remedy of a sentence. Hints say yes where there is one or more. `always
yes` says yes to everything, `length` to whatever has so many words; how many, is chosen on the other texts.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

import kit
from kit.coding import codebooks as framing
from kit.folders import shipped
from kit.metrics.reliability import alpha, ratings

from .figures import as_shown, write
from .frames import codes, documents, passes
from .hint_scores import DRAWS, SEED, Pairs, ahead, row

TABLE = shipped("datasets") / "codebooks" / "hints-on-our-texts.csv"
ON = "our 7 annotated texts, one reading"
WHOLE = "document"


def judgements(codebook: str, by: str, asked: list[str]) -> pd.DataFrame:
    """Return a row for each judgement: `document`, `right` and `hinted` (bool), `words` of what is judged."""
    book, corpus = framing.read_codebook(codebook), documents()
    ours, found = kit.remember(codes("frames"), corpus), kit.hints(corpus, book)
    rows = []
    for code in asked:
        said = ratings(ours, book, code, by=by)["our reading"].dropna()
        at = {name: list(own["start"]) for name, own in found[found["code"] == code].groupby("document")}
        for (name, start, end), value in said.items():
            document = corpus[name]
            whole = by == WHOLE
            hinted = any(whole or start <= place < end for place in at.get(name, ()))
            words = document.word_count if whole else len(document.text[start:end].split())
            rows.append((name, value != book.values[0], hinted, words))
    return pd.DataFrame(rows, columns=["document", "right", "hinted", "words"])


def lists() -> Iterator[tuple[str, str, str, list[str]]]:
    """Yield what a list is for, its codebook, what is judged, and its codes."""
    for name in ("generic-frames", "war-peace-journalism"):
        groups: dict[str, list[str]] = {}
        for category in framing.read_codebook(name).categories:
            if category.terms:
                groups.setdefault(category.group, []).append(category.code)
        yield from ((group, name, WHOLE, asked) for group, asked in groups.items())
    yield "remedy", "entman", "sentence", ["remedy"]


def by_length(judged: pd.DataFrame) -> np.ndarray:
    """Say yes to what has so many words as told yes from no best, by F1, in the other texts."""
    said = np.zeros(len(judged), dtype=bool)
    for name in judged["document"].unique():
        here = (judged["document"] == name).to_numpy()
        others = judged[~here]
        limits = sorted(others["words"].unique())
        f1 = [
            2
            * (others["right"] & (others["words"] >= n)).sum()
            / (others["right"].sum() + (others["words"] >= n).sum())
            for n in limits
        ]
        said[here] = judged.loc[here, "words"] >= limits[int(np.argmax(f1))]
    return said


def passes_agree(codebook: str, by: str, asked: list[str]) -> float:
    """Krippendorff's alpha of the two passes on the same judgements, all questions together."""
    book = framing.read_codebook(codebook)
    codes = kit.remember(passes(), documents())
    both = pd.concat([ratings(codes, book, code, by=by) for code in asked])
    return alpha(both, book.level, values=book.values)


def figures() -> pd.DataFrame:
    """Return three rows for each list of search terms: hints, and the two that know nothing."""
    rows = []
    for what, codebook, by, asked in lists():
        judged = judgements(codebook, by, asked)
        text = judged["document"].astype("category").cat.codes.to_numpy()
        right, always = judged["right"].to_numpy(), np.ones(len(judged), dtype=bool)
        hinted = Pairs(judged["hinted"].to_numpy(), right, text)
        rivals = {"always yes": Pairs(always, right, text), "length": Pairs(by_length(judged), right, text)}
        texts = int(text.max()) + 1
        drawn = np.random.default_rng(SEED).multinomial(texts, np.full(texts, 1 / texts), size=DRAWS)
        more = ahead(hinted, list(rivals.values()), drawn) | {"alpha_of_passes": passes_agree(codebook, by, asked)}
        for judge, pairs in {"hints": hinted, **rivals}.items():
            told = {"what": what, "codebook": codebook, "by": by, "judge": judge, "texts": texts}
            rows.append(told | row(pairs, drawn) | (more if judge == "hints" else {}))
    return pd.DataFrame(rows).round(3)


def measured(table: pd.DataFrame) -> pd.DataFrame:
    """The figures for the card: F1 of each list's hints, and of the better machine that knows nothing."""
    rows = []
    for what, own in table.groupby("what", sort=False):
        f1 = own.set_index("judge")["f1"]
        n = int(own["pairs"].iloc[0])
        rows.append(("framing hints", f"{what}: F1 of hints (against our reading)", ON, n, f1["hints"]))
        rival = f1.drop("hints").max()
        rows.append(("framing hints", f"{what}: F1 of always yes, or length (against our reading)", ON, n, rival))
    return as_shown(rows)


def main() -> None:
    """Renew the table and the figures."""
    table = figures()
    TABLE.write_text(table.to_csv(index=False, lineterminator="\n"), encoding="utf-8", newline="\n")
    print(table.to_string(index=False))
    write(measured(table))
