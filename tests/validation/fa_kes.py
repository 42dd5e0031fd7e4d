"""Whose word is “terrorist”? Its voices in FA-KES, outlet by outlet: the figures that lesson 04 shows.

The table, made from the articles in ../shared/corpora/fa-kes, is datasets/fa-kes/terrorist-by-voice.csv; no text is
kept.
"""

from __future__ import annotations

import re
import warnings

import pandas as pd

import kit
from kit.findings.voice import VOICES, Voiced
from kit.folders import shipped
from kit.metrics.intervals import resampled

from .. import SHARED

FA_KES = SHARED / "corpora" / "fa-kes" / "FA-KES-Dataset.csv"
TARGET = shipped("datasets") / "fa-kes" / "terrorist-by-voice.csv"
WORD = re.compile(r"\bterroris\w*\b", re.IGNORECASE)
PER = 10_000
ALL = "all"


def every_article() -> kit.Corpus:
    """Load FA-KES as it is, without the warning of its duplicates."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", kit.KitWarning)
        return kit.load(FA_KES, text="article_content", document="unit_id", outlet="source")


def articles() -> kit.Corpus:
    """Load FA-KES without the articles that repeat another's text exactly."""
    return every_article().without_duplicates()


def by_article(corpus: kit.Corpus) -> pd.DataFrame:
    """Count words, quotation marks and the word in each voice, a row an article."""
    rows = []
    for document in corpus:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", kit.KitWarning)  # a list of names and numbers does not look like English
            voiced, text = Voiced(document), document.text
        counted = dict.fromkeys(VOICES, 0)
        for word in WORD.finditer(text):
            counted[voiced.at(*word.span())] += 1
        rows.append((document.meta["outlet"], document.word_count, '"' in text, *counted.values()))
    return pd.DataFrame(rows, columns=["outlet", "words", "with_marks", *VOICES])


def figures(each: pd.DataFrame) -> pd.DataFrame:
    """Count and rate of the word, a row an outlet and voice, with intervals from drawing whole articles again.

    `each` is what `by_article` counted.
    """
    each = each.assign(**{ALL: each[list(VOICES)].sum(axis=1)})
    rows = []
    for outlet, part in each.groupby("outlet"):
        words, about = part["words"], (outlet, len(part), int(part["with_marks"].sum()), int(part["words"].sum()))
        for voice in (ALL, *VOICES):
            over = part[voice].to_numpy() * PER
            low, high = resampled(over, words.to_numpy())
            rows.append((*about, voice, int(part[voice].sum()), over.sum() / words.sum(), low, high))
    columns = ["outlet", "articles", "articles_with_marks", "words", "voice", "count", "rate", "low", "high"]
    return pd.DataFrame(rows, columns=columns).round({"rate": 1, "low": 1, "high": 1})


def main() -> None:
    """Renew the table."""
    table = figures(by_article(articles()))
    TARGET.parent.mkdir(exist_ok=True)
    table.to_csv(TARGET, index=False, lineterminator="\n")
    print(table.pivot(index="outlet", columns="voice", values="count")[[ALL, *VOICES]].to_string())
