"""Naming and voice against our own annotation, and the figures that the cards show."""

import pytest

import kit

from .fa_kes import FA_KES
from .figures import unlike
from .reference import CORPORA, annotation, measured, score

TARGETS = {"mentions F1": 0.97, "referent accuracy": 0.95, "voice accuracy": 0.93, "position accuracy": 1.0}

each_corpus = pytest.mark.parametrize("corpus", CORPORA)


@each_corpus
def test_naming_is_as_accurate_as_we_say_it_must_be(corpus):
    found = kit.mentions(kit.load(corpus, edition="teaching"))
    figures = score(found, annotation(corpus))
    assert all(figures[name] >= target for name, target in TARGETS.items()), figures


@pytest.mark.skipif(not FA_KES.is_file(), reason="needs ../shared/corpora/fa-kes")
def test_the_figures_on_the_cards_are_those_measured_now():
    assert unlike(measured()).empty


@each_corpus
@pytest.mark.parametrize("which", ["mentions", "pass-1", "pass-2"])
def test_the_annotation_keeps_the_contract_of_spans(corpus, which):
    kit.documents.spans.verify(kit.remember(annotation(corpus, which), kit.load(corpus, edition="teaching")))


@each_corpus
def test_all_voices_occur_in_the_annotation(corpus):
    assert set(annotation(corpus)["voice"]) == {"author", "quoted", "reported", "scare"}


def test_the_passes_are_two():
    assert all(not annotation(c, "pass-1").equals(annotation(c, "pass-2")) for c in CORPORA)
