"""What a lesson looks at: chosen in the catalogue, else the party named most often."""

import pytest

import kit
from kit.documents.corpus import Corpus

BOOK = {"stylebook": "aleppo-2016"}


@pytest.mark.parametrize(
    ("corpus", "found"),
    [("aleppo-2016", ("armed groups", "terrorist")), ("harbour-strike", ("the dock workers", "troublemaker"))],
)
def test_a_bundled_corpus_says_what_to_look_at(corpus, found):
    assert kit.focus(kit.load(corpus)) == found


def test_of_other_texts_it_is_the_party_named_most_often_and_its_commonest_name():
    texts = ["Rebels left. The rebels came back. An insurgent spoke of the government army."]
    corpus = Corpus([kit.Document(f"d{n}", text, BOOK) for n, text in enumerate(texts)])
    assert kit.focus(corpus) == ("armed groups", "rebel")


def test_without_a_single_name_one_is_told_to_write_a_stylebook(refusal):
    refusal(lambda: kit.focus(Corpus([kit.Document("d", "It rained.", BOOK)], "weather")), "weather", "stylebook")


def test_a_catalogue_cannot_point_to_what_is_not_in_the_stylebook(refusal):
    about = {"focus": {"referent": "armed groups", "word": "angel"}}
    refusal(lambda: kit.focus(Corpus([kit.Document("d", "Rebels.", BOOK)], "odd", about)), "angel", "odd")


def test_texts_for_which_no_stylebook_is_known_name_nobody(refusal):
    refusal(lambda: kit.focus(Corpus([kit.Document("d", "Rebels.")])), "no stylebook", "kit new-corpus")
