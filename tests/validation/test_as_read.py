"""Both passes of the annotation of Aleppo are kept as they were made, on the texts that they read."""

import pandas as pd
import pytest

import kit
from kit.folders import shipped

from .attributions import read

FOLDER = shipped("datasets") / "aleppo-2016" / "reference" / "as-read"
TEXTS = FOLDER / "texts"
COLUMNS = ["document", "start", "end", "text"]


@pytest.fixture(scope="module")
def texts():
    return kit.load(sorted(TEXTS.glob("*.md")))


@pytest.mark.parametrize("which", ["pass-1", "pass-2", "frames-pass-1", "frames-pass-2"])
def test_a_pass_holds_places_of_the_texts_it_read(texts, which):
    table = pd.read_csv(FOLDER / f"{which}.csv", encoding="utf-8-sig", keep_default_na=False)
    assert all(texts[d].text[a:b] == words for d, a, b, words in zip(*(table[c] for c in COLUMNS), strict=True))


@pytest.mark.parametrize("which", ["attributions-pass-1", "attributions-pass-2"])
def test_a_pass_of_attributions_holds_places_of_the_texts_it_read(texts, which):
    for row in read(FOLDER / f"{which}.csv").to_dict("records"):
        words = [texts[row["document"]].text[a:b] for a, b in (*row["source_at"], *row["cue_at"], *row["content_at"])]
        assert all(word and word == word.strip() for word in words)


@pytest.mark.parametrize("which", ["pass-1", "pass-2", "attributions-pass-1", "frames-pass-1", "frames-pass-2"])
def test_what_was_carried_over_has_a_row_for_every_row_of_a_pass(which):
    then, now = (pd.read_csv(f / f"{which}.csv", encoding="utf-8-sig") for f in (FOLDER, FOLDER.parent))
    assert len(then) == len(now)
    assert list(then.columns) == list(now.columns)
