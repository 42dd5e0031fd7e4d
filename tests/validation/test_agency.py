"""Agency against GUM; the figures are in agency.md."""

import pytest

from .agency_scores import GOLD, groups, measured, read_gold, score
from .figures import unlike

pytestmark = pytest.mark.skipif(not GOLD.is_file(), reason="needs ../shared/corpora/ud-passives")


@pytest.fixture(scope="module")
def documents():
    return groups(read_gold())


@pytest.fixture(scope="module")
def scores(documents):
    """What is scored on the groups that several tests look at, each scored once."""
    return {group: score(documents[group]) for group in ("tune", "second look", "held out", "all")}


def test_the_gold_is_read_whole(documents):
    texts = documents["all"]
    assert len(texts) == 69
    assert sum(bool(verb.subject) for document in texts for verb in document.verbs.values()) == 532
    assert all(0 < verb.end <= len(document.text) for document in texts for verb in document.verbs.values())


@pytest.mark.parametrize(
    ("group", "passives", "agents"),
    [("tune", 0.98, 0.99), ("second look", 0.96, 0.99), ("held out", 0.94, 0.97), ("all", 0.97, 0.98)],
)
def test_passives_and_agents_are_found(scores, group, passives, agents):
    figures = scores[group]
    assert figures.passives.f1 >= passives
    assert figures.agents >= agents


def test_the_other_kinds_are_found(scores):
    figures = scores["all"]
    assert figures.with_auxiliary.f1 >= 0.965
    assert figures.reduced.f1 >= 0.92
    assert figures.subjects >= 0.94


def test_the_figures_are_those_of_the_log(scores):
    assert list(measured(scores)["value"]) == [0.942, 0.979, 0.973, 0.996]


def test_the_figures_on_the_card_are_those_measured_now(scores):
    assert unlike(measured(scores)).empty
