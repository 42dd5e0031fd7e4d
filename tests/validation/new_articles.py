"""Attributions in articles on which no rule was made: fifty on the Syrian war, eight on climate change.

The articles were drawn by lot from FA-KES (whose file has lost its commas and paragraphs) and from the Narrative Frames
Corpus (which has lost its paragraphs and with them quotation marks), and annotated after our guide by a reader, an AI
model, who had not seen what the kit finds. `new-articles.csv` has offsets only. The errors in 36 of the war articles
and in those on climate were read afterwards, and what was general in them was mended. Fourteen, one an outlet, are
“held out”: they are scored only, and `python -m tests.validation.new_articles`, which prints errors, leaves theirs out.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pandas as pd

import kit
from kit.documents.readers import plain_document

from .attributions import ACCURACIES, errors, is_same, joined_texts, matched, read, scored
from .fa_kes import FA_KES, every_article
from .figures import as_shown, write

FRAMES = FA_KES.parents[1] / "narrative-frames" / "articles_metadata.tsv"
HELD_OUT = "fa-kes, held out"
ON = {
    HELD_OUT: "14 articles on the Syrian war (FA-KES) that we have not read",
    "fa-kes": "36 other articles on the Syrian war (FA-KES)",
    "narrative-frames": "8 articles on climate change",
}


def articles(of: str) -> tuple[kit.Corpus, pd.DataFrame]:
    """Load one of the three groups of articles, and their annotation."""
    gold = read(Path(__file__).with_name("new-articles.csv"))
    gold = gold[gold["of"] == of]
    names = list(dict.fromkeys(gold["document"]))
    if of == "narrative-frames":
        with FRAMES.open(encoding="utf-8", newline="") as file:
            texts = {row["ID"]: row["text"] for row in csv.DictReader(file, delimiter="\t")}
        corpus = kit.Corpus([plain_document(texts[name], name) for name in names])
    else:
        corpus = every_article().only(names)
    return corpus, joined_texts(gold, corpus)


def measured() -> pd.DataFrame:
    """The figures that the cards show."""
    rows = []
    for of, on in ON.items():
        corpus, gold = articles(of)
        rows += scored(on, kit.attributions(corpus), gold)
    return as_shown(rows)


def _place(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["document"], row["cue_at"], row["content_at"]


def _shown(text: str, row: dict[str, Any]) -> str:
    start, end = (row["cue_at"] or row["content_at"])[0]
    return " ".join(f"{text[max(0, start - 120) : start]}⟦{text[start:end]}⟧{text[end : end + 80]}".split())


def print_errors(of: str) -> None:
    """Print what was missed, found wrongly, and told wrongly of what was found."""
    corpus, gold = articles(of)
    found = kit.attributions(corpus)
    pairs = matched(found, gold)
    for label, table, side in (("missed", gold, 1), ("wrong", found, 0)):
        met = [_place(pair[side]) for pair in pairs]
        for row in table.to_dict("records"):
            if _place(row) not in met:
                print(f"{label} {row['document']}: {_shown(corpus[row['document']].text, row)}")
    for mine, theirs in pairs:
        for name in ACCURACIES:
            if not is_same(name, mine, theirs):
                shown = _shown(corpus[mine["document"]].text, mine)
                print(f"{name} {mine['document']}: {mine[name]!r}, not {theirs[name]!r}: {mine['source']!r} in {shown}")


def main() -> None:
    """Print what goes wrong; renew the figures."""
    for of, on in ON.items():
        corpus, gold = articles(of)
        print(f"{on}: errors by kind: {dict(errors(kit.attributions(corpus), gold))}")
    table = measured()
    print(table.pivot_table(index="measure", columns="on", values="value", sort=False).to_string())
    write(table)


if __name__ == "__main__":
    for of in ON:
        if of != HELD_OUT:
            print_errors(of)
