"""Sentences against GUM, divided by hand; the figures are in sentences.md."""

import pytest

from .sentence_scores import GOLD, groups, read_gold, score

pytestmark = pytest.mark.skipif(not GOLD.is_file(), reason="needs ../shared/corpora/ud-passives")


@pytest.fixture(scope="module")
def documents():
    return groups(read_gold())


def test_the_gold_is_read_whole(documents):
    assert len(documents["all"]) == 69
    assert {document.genre for document in documents["all"]} == {"bio", "essay", "interview", "news", "voyage"}


@pytest.mark.parametrize(
    ("group", "target"), [("news", 0.975), ("first half", 0.97), ("second half", 0.97), ("all", 0.97)]
)
def test_boundaries_are_found(documents, group, target):
    assert score(documents[group]).f1 >= target
