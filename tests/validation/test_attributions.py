"""Attributions against our own annotation and PolNeAR, and the figures that the cards show."""

from itertools import pairwise

import pytest

import kit
from kit.english.source_types import SOURCE_TYPES
from kit.findings.sourcing import KINDS, STANCES

from . import new_articles, polnear
from .attributions import annotation, measured, measured_on_originals, originals, score
from .figures import unlike
from .reference import CORPORA

TARGETS = {
    "attributions F1": 0.95,
    "kind accuracy": 0.95,
    "stance accuracy": 0.90,
    "source_type accuracy": 0.90,
    "named accuracy": 0.95,
    "speaker accuracy": 0.85,
}
# What was reached on articles that nobody of us has read; the aims were .91, .95, 2.0, .95 and .85.
REACHED = {"attributions F1": 0.87, "density r": 0.91, "source F1": 0.95, "content F1, words": 0.85}
PASSES = ("attributions", "attributions-pass-1", "attributions-pass-2")

each_corpus = pytest.mark.parametrize("corpus", CORPORA)


@each_corpus
def test_sourcing_is_as_accurate_as_we_say_it_must_be(corpus):
    figures = score(kit.attributions(kit.load(corpus, edition="teaching")), annotation(corpus))
    assert all(figures[name] >= target for name, target in TARGETS.items()), figures


def test_the_figures_on_the_originals_are_those_measured_now(shared):
    shared("documents")
    assert unlike(measured_on_originals()).empty


def test_the_figures_on_the_cards_are_those_measured_now():
    assert unlike(measured()).empty


@pytest.mark.skipif(not polnear.POLNEAR.is_dir(), reason="needs ../shared/corpora/polnear")
def test_the_figures_on_unseen_news_are_those_measured_now_and_not_worse_than_what_was_reached():
    figures = polnear.figures(*polnear.scored("dev"))
    assert unlike(polnear.measured(figures)).empty
    assert all(figures[name] >= least for name, least in REACHED.items()), figures
    assert figures["mean absolute error"] < 2.8


def test_the_figures_on_new_articles_are_those_measured_now(shared):
    shared("corpora/fa-kes")
    shared("corpora/narrative-frames")
    assert unlike(new_articles.measured()).empty


@pytest.mark.parametrize("of", new_articles.ON)
def test_the_annotation_of_new_articles_holds_places_of_them_and_known_values(shared, of):
    shared("corpora/fa-kes")
    shared("corpora/narrative-frames")
    texts, table = new_articles.articles(of)
    holds_places_of_its_text(table, texts)


@each_corpus
@pytest.mark.parametrize("which", PASSES)
def test_the_annotation_holds_places_of_its_text_and_known_values(corpus, which):
    holds_places_of_its_text(annotation(corpus, which), kit.load(corpus, edition="teaching"))


def test_the_annotation_of_the_originals_holds_places_of_them_and_known_values(shared):
    shared("documents")
    texts, table = originals()
    assert list(table.groupby("document").size()) == [13, 15]
    holds_places_of_its_text(table, texts)
    for row in table.to_dict("records"):
        assert texts[row["document"]].position(row["start"], row["end"])  # boilerplate is set apart
        assert row["cue_at"] or row["content_at"]
        places = sorted([*row["source_at"], *row["cue_at"], *row["content_at"]])
        assert all(end <= start for (_, end), (start, _) in pairwise(places))  # no part stands in another
        assert row["speaker"] == row["speaker"].strip()
        around = table[(table["document"] == row["document"]) & (table["start"] < row["start"])]
        assert not row["nested"] or (around["end"] >= row["end"]).any()


def holds_places_of_its_text(table, texts):
    for row in table.to_dict("records"):
        text = texts[row["document"]].text
        places = [*row["source_at"], *row["cue_at"], *row["content_at"]]
        assert all(0 <= a < b <= len(text) and text[a:b].strip() == text[a:b] for a, b in places)
        assert (row["start"], row["end"]) == (min(a for a, _ in places), max(b for _, b in places))
    assert set(table["kind"]) <= set(KINDS)
    assert set(table["stance"]) <= set(STANCES)
    assert set(table["source_type"]) <= set(SOURCE_TYPES)


@each_corpus
def test_the_passes_are_two_and_agree_for_the_most_part(corpus):
    one, other = (annotation(corpus, which) for which in PASSES[1:])
    figures = score(one, other)
    assert 0.9 < figures["attributions F1"] < 1
