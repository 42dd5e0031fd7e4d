"""What the search terms of the generic news frames are worth on the Narrative Frames Corpus, beside its human coders.

The table, made from texts and raw answers in ../shared/corpora/narrative-frames, is
datasets/narrative-frames/hints.csv: figures only, no text. The README beside it says what each column is.

Articles are put in the order of their numbers. On every other one, from the first, the rules are chosen: how many
hints, or how many words, make a yes (whatever gives the best F1). On the rest they are scored.
"""

from __future__ import annotations

import csv
from typing import NamedTuple

import numpy as np
import pandas as pd

from kit.coding.codebooks import read_codebook
from kit.documents.corpus import Corpus
from kit.documents.readers import plain_document
from kit.findings.hints import hints
from kit.metrics.reliability import alpha

from .agreement import RAW, TABLE, answers
from .figures import as_shown, write

TEXTS = RAW.with_name("articles_metadata.tsv")
HINTS = TABLE.with_name("hints.csv")
BOOK = read_codebook("generic-frames")
DRAWS, SEED = 2000, 2016
# Our questions and the corpus' follow the same published scale. Those on resolution were changed too much to be paired.
QUESTIONS = {
    "conflict-disagree": "co1",
    "conflict-reproach": "co2",
    "conflict-sides": "co3",
    "conflict-winners": "co4",
    "human-face": "hi1",
    "human-feeling": "hi2",
    "human-affected": "hi3",
    "human-private": "hi5",
    "economic-gain-loss": "ec1",
    "economic-costs": "ec2",
    "economic-course": "ec3",
    "morality-message": "mo1",
    "morality-sacred": "mo2",
    "morality-prescription": "mo3",
}
# The questions that the corpus' authors kept for each frame, without re1, to which everybody says yes.
FRAMES = {
    "conflict": "co1 co2 co3",
    "human interest": "hi1 hi2 hi5",
    "economic consequences": "ec1 ec2 ec3",
    "morality": "mo1 mo2",
    "responsibility": "re5",
}
OTHERS = "other coders"
HALF = 130  # articles on which the rules are scored
MEASURES = ("precision", "recall", "f1")


def articles() -> Corpus:
    """Return the articles, in the order of their numbers. Each is a single line, so its title is no heading."""
    with TEXTS.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file, delimiter="\t"), key=lambda row: int(row["ID"]))
    return Corpus(plain_document(row["text"], row["ID"]) for row in rows)


def judgements(ratings: dict[str, pd.DataFrame], questions: str) -> pd.DataFrame:
    """Return for each article and coder 1 (yes to half of the questions or more), 0, or NaN where none was judged."""
    yes = [(ratings[q] == "yes").where(ratings[q].notna()).astype(float) for q in questions.split()]
    share = sum(yes[1:], yes[0]) / len(yes)
    return (share >= 0.5).astype(float).where(share.notna())


def majority(judged: pd.DataFrame) -> pd.Series:
    """Return what more than half of the coders say, 1 or 0; NaN where they are divided evenly, or nobody judged."""
    share = judged.mean(axis=1)
    return (share > 0.5).astype(float).where(share.notna() & (share != 0.5))


def of_the_others(judged: pd.DataFrame) -> pd.DataFrame:
    """Return, for each judgement, what the majority of the other coders say."""
    others = {coder: majority(judged.drop(columns=coder)) for coder in judged}
    return pd.DataFrame(others).where(judged.notna())


def hints_by_article(corpus: Corpus) -> pd.DataFrame:
    """Count hints: a row an article, a column a question or a frame."""
    found = hints(corpus, BOOK)
    counts = found.groupby(["document", "code"]).size().unstack(fill_value=0)
    counts = counts.reindex(index=corpus.names, columns=BOOK.codes, fill_value=0)
    return counts.assign(**{name: counts[codes_of(name)].sum(axis=1) for name in FRAMES})


def codes_of(frame: str) -> list[str]:
    """Return the codes whose hints count for a frame: those paired with one of its questions, or else all it has."""
    codes = [category.code for category in BOOK.categories if category.group == frame]
    return [code for code in codes if QUESTIONS.get(code) in FRAMES[frame].split()] or codes


class Pairs(NamedTuple):
    """What somebody says and what is held to be right, a pair each, and the article by its number in a half."""

    said: np.ndarray
    right: np.ndarray
    article: np.ndarray

    @classmethod
    def of(cls, said: pd.DataFrame, right: pd.DataFrame) -> Pairs:
        """Pair two tables cell by cell, leaving out what is missing in either."""
        both = said.notna().to_numpy() & right.notna().to_numpy()
        return cls(said.to_numpy()[both] == 1, right.to_numpy()[both] == 1, np.nonzero(both)[0])


def scores(pairs: Pairs, times: np.ndarray) -> np.ndarray:
    """Return precision, recall and F1 (columns) if each article counts so many times: a row for each row of `times`."""
    weight = times[:, pairs.article]
    hit, said, right = (weight @ x.astype(float) for x in (pairs.said & pairs.right, pairs.said, pairs.right))
    with np.errstate(invalid="ignore"):
        return np.column_stack([hit / said, hit / right, 2 * hit / (said + right)])


def best_rule(values: pd.Series, right: pd.Series) -> int:
    """Return the threshold from which on a yes gives the best F1, the lowest of several; at least 1."""
    thresholds = sorted({int(value) for value in values if value >= 1})
    every = np.ones((1, len(values)))
    f1 = {t: scores(Pairs.of(column(values >= t), column(right)), every)[0, 2] for t in thresholds}
    return max(f1, key=lambda t: (f1[t], -t))


def column(values: pd.Series) -> pd.DataFrame:
    """Return a table of one column, numbers or missing."""
    return values.astype(float).to_frame()


def row(pairs: Pairs, drawn: np.ndarray) -> dict[str, float]:
    """Return precision, recall and F1 with their intervals from drawing articles, and alpha."""
    point = scores(pairs, np.ones((1, drawn.shape[1])))[0]
    low, high = np.nanquantile(scores(pairs, drawn), [0.025, 0.975], axis=0)
    found: dict[str, float] = {"pairs": len(pairs.said), "yes": pairs.right.mean()}
    for i, name in enumerate(MEASURES):
        found |= {name: point[i], f"{name}_low": low[i], f"{name}_high": high[i]}
    return found | {"alpha": alpha(pd.DataFrame({"said": pairs.said, "right": pairs.right}))}


def ahead(pairs: Pairs, baselines: list[Pairs], drawn: np.ndarray) -> dict[str, object]:
    """Tell how far F1 is above the better baseline's, the interval of that on the same draws, and what follows."""
    every = np.ones((1, drawn.shape[1]))
    rival = max(baselines, key=lambda other: scores(other, every)[0, 2])
    by = scores(pairs, every)[0, 2] - scores(rival, every)[0, 2]
    low, high = np.nanquantile(scores(pairs, drawn)[:, 2] - scores(rival, drawn)[:, 2], [0.025, 0.975])
    verdict = "yes" if low > 0 else "not shown" if by > 0 else "no"
    return {"ahead": by, "ahead_low": low, "ahead_high": high, "beats_baselines": verdict}


def scored(what: str, questions: str, judged: pd.DataFrame, count: pd.Series, length: pd.Series) -> list[dict]:
    """Return the rows of one frame or question: hints, baselines and coders."""
    tuning, half = judged.index[::2], judged.index[1::2]
    most = majority(judged)
    enough = best_rule(count[tuning], most[tuning])
    long = best_rule(length[tuning], most[tuning])
    judged, right = judged.loc[half], column(most[half])
    others = of_the_others(judged)
    hinted = count[half] >= enough
    for_each_coder = pd.DataFrame(dict.fromkeys(judged, hinted.astype(float)))
    by_hints = Pairs.of(column(hinted), right)
    always, by_length = Pairs.of(column(count[half] >= 0), right), Pairs.of(column(length[half] >= long), right)
    drawn = np.random.default_rng(SEED).multinomial(len(half), np.full(len(half), 1 / len(half)), size=DRAWS)
    lines = [
        ("hints", f"{enough} or more hints", "majority", by_hints, ahead(by_hints, [always, by_length], drawn)),
        ("always yes", "", "majority", always, {}),
        ("length", f"{long} or more words", "majority", by_length, {}),
        ("hints", f"{enough} or more hints", OTHERS, Pairs.of(for_each_coder, others), {}),
        ("a coder", "", OTHERS, Pairs.of(judged, others), {"alpha": alpha(judged)}),
    ]
    return [
        {"what": what, "questions": questions, "judge": judge, "rule": rule, "against": against}
        | row(pairs, drawn)
        | more
        for judge, rule, against, pairs, more in lines
    ]


def figures() -> pd.DataFrame:
    """Return the table: five rows for each frame and each question."""
    ratings, corpus = answers(), articles()
    ratings = {question: table.loc[corpus.names] for question, table in ratings.items()}
    counts = hints_by_article(corpus)
    length = pd.Series({document.name: document.word_count for document in corpus})
    rows = [
        line
        for what, questions in {**FRAMES, **QUESTIONS}.items()
        for line in scored(what, questions, judgements(ratings, questions), counts[what], length)
    ]
    return pd.DataFrame(rows).round(3)


def measured(table: pd.DataFrame) -> pd.DataFrame:
    """The figures for the cards: hints for each frame beside baselines and coders; how many lists beat those."""
    on = "half of 261 articles on climate change (Narrative Frames)"
    by_judge = table.set_index(["what", "judge", "against"])
    rows: list[tuple[str, str, str, int, float]] = []
    for frame in FRAMES:
        for judge, against in (
            ("hints", "majority"),
            ("length", "majority"),
            *((j, OTHERS) for j in ("hints", "a coder")),
        ):
            line = by_judge.loc[frame, judge, against]
            f1 = max(line["f1"], by_judge.loc[frame, "always yes", against]["f1"]) if judge == "length" else line["f1"]
            what = "always yes, or length" if judge == "length" else judge
            rows.append(("framing hints", f"{frame}: F1 of {what} (against {against})", on, int(line["pairs"]), f1))
        alpha_of_coders = by_judge.loc[frame, "a coder", OTHERS]["alpha"]
        rows.append(("frames", f"{frame}: coders' alpha", on, HALF, alpha_of_coders))
    lists = table.loc[(table["judge"] == "hints") & (table["against"] == "majority"), "beats_baselines"]
    for verdict, said in {"yes": "beat both baselines", "no": "do not", "not shown": "are undecided"}.items():
        rows.append(("framing hints", f"lists that {said}", on, len(lists), int((lists == verdict).sum())))
    return as_shown(rows)


def main() -> None:
    """Renew the table and the figures."""
    table = figures()
    HINTS.write_text(table.to_csv(index=False, lineterminator="\n"), encoding="utf-8", newline="\n")
    print(table.to_string(index=False))
    write(measured(table))
