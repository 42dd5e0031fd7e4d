"""How far the coders of the Narrative Frames Corpus agreed, question by question.

The table, made from the raw answers in ../shared/corpora/narrative-frames, is datasets/narrative-frames/agreement.csv:
figures only, no text.
"""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from kit.folders import shipped
from kit.metrics.reliability import alpha, alpha_interval, percent

from .. import SHARED
from .figures import as_shown, write

RAW = SHARED / "corpora" / "narrative-frames" / "full_annotations.json"
TABLE = shipped("datasets") / "narrative-frames" / "agreement.csv"
MISSING = -1
# What each question belongs to, by its first letters or, for the roles, by its name (README of the corpus).
FRAMES = {"re": "resolution", "hi": "human interest", "co": "conflict", "mo": "morality", "ec": "economic"}
# The worked example of the English Wikipedia's article on the coefficient: three coders, fifteen units, and its alphas.
THREE = pd.DataFrame(
    {
        coder: [None if value == "." else int(value) for value in values]
        for coder, values in {"A": ".....34121133.3", "B": "1.213343.......", "C": "..21344.21133.4"}.items()
    }
)
PUBLISHED = {"nominal": 0.691, "ordinal": 0.807, "interval": 0.811}
ROLES = {"re6": "hero", "re7": "villain", "hi3": "victim"}
IN_PAPER = {"re1", "re5", "hi1", "hi2", "hi5", "co1", "co2", "co3", "mo1", "mo2", "ec1", "ec2", "ec3"}


def answers(raw: Path = RAW) -> dict[str, pd.DataFrame]:
    """Return for each question a table of ratings: a row an article, a column a coder (1 to 4)."""
    articles = json.loads(raw.read_text(encoding="utf-8"))
    questions = [name for name in next(iter(articles.values())) if not name.startswith("_")]
    coders = ["1", "2", "3", "4"]
    return {
        question: pd.DataFrame(
            [[None if a == MISSING else a for a in article[question][1]] for article in articles.values()],
            index=list(articles),
            columns=coders,
        )
        for question in sorted(questions)
    }


def figures(ratings: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return a row a question: articles, answers, share of yes, percent agreement, alpha and its interval."""
    rows = []
    for question, table in ratings.items():
        low, high = alpha_interval(table)
        rows.append(
            {
                "question": question,
                "belongs_to": ROLES.get(question) or FRAMES[question[:2]],
                "used_for_a_frame": "yes" if question in IN_PAPER else "no",
                "articles": int((table.notna().sum(axis=1) > 1).sum()),
                "answers": int(table.notna().to_numpy().sum()),
                "yes": round(float((table == "yes").to_numpy().sum() / table.notna().to_numpy().sum()), 3),
                "percent": round(percent(table), 3),
                "alpha": round(alpha(table), 3),
                "low": round(low, 3),
                "high": round(high, 3),
            }
        )
    return pd.DataFrame(rows)


def measured(table: pd.DataFrame) -> pd.DataFrame:
    """The figures for the card: what trained coders reached, question by question; and a published example."""
    on = "Narrative Frames: 261 articles on climate change, 2 or 3 of 4 coders"
    summary = {"lowest": table["alpha"].min(), "middle": table["alpha"].median(), "highest": table["alpha"].max()}
    rows = [
        ("agreement", f"alpha of {len(table)} yes/no questions, {which}", on, int(table["articles"].max()), value)
        for which, value in summary.items()
    ]
    rows += [
        ("agreement", f"{level} alpha, published {published}", "Wikipedia's worked example", 15, alpha(THREE, level))
        for level, published in PUBLISHED.items()
    ]
    return as_shown(rows)


def main() -> None:
    """Renew the table and the figures."""
    table = figures(answers())
    TABLE.write_text(table.to_csv(index=False, lineterminator="\n"), encoding="utf-8", newline="\n")
    print(table.to_string(index=False))
    print(measured(table).to_string(index=False))
    write(measured(table))
