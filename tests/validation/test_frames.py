"""Frames: our reading and its two passes keep their contract, and the READMEs tell their agreement rightly."""

import re

import pytest

import kit
from kit.coding.codebooks import read_codebook
from kit.coding.store import COLUMNS
from kit.folders import shipped

from .figures import unlike
from .frames import BOOKS, agreement_of_passes, codes, decisions, measured, merged, rereadings
from .reference import CORPORA

FILES = ("frames", "frames-pass-1", "frames-pass-2")
KEY = ["document", "codebook", "code", "start", "end"]

each_corpus = pytest.mark.parametrize("corpus", CORPORA)
each_file = pytest.mark.parametrize("which", FILES)


def wanted(corpus):
    """Every question of every text, as document, codebook and code."""
    peace = "war-peace-journalism"
    return {
        (document.name, book, code)
        for document in kit.load(corpus, edition="teaching")
        for book in BOOKS
        if book != peace or corpus == "aleppo-2016"
        for code in read_codebook(book).codes
    }


def values(corpus, which):
    """What a file says, by what it is about."""
    return merged(corpus, which).codes.set_index(KEY)["value"].to_dict()


@each_corpus
def test_the_files_merge_without_a_problem(corpus):
    both = merged(corpus, *FILES)
    assert both.report.empty, both.report.to_string()
    assert set(both.codes["coder"]) == {"our reading", "pass 1", "pass 2"}


@each_corpus
@each_file
def test_every_span_is_a_sentence_that_counts_or_the_whole_text(corpus, which):
    table, documents = merged(corpus, which).codes, kit.load(corpus, edition="teaching")
    assert list(table.columns) == COLUMNS
    kit.documents.spans.verify(kit.remember(table, documents))
    for row in table[table["end"] > 0].itertuples():
        document = documents[row.document]
        assert (row.start, row.end) in {tuple(sentence)[:2] for sentence in document.sentences}
        assert document.position(row.start, row.end)


@each_corpus
@each_file
def test_every_question_is_answered_once_for_every_text(corpus, which):
    table = merged(corpus, which).codes
    whole = table[table["end"] == 0]
    assert set(whole[KEY[:3]].itertuples(index=False, name=None)) == wanted(corpus)
    assert not whole.duplicated(KEY[:3]).any()


@each_corpus
def test_a_text_has_a_function_where_sentences_carry_it_and_only_there(corpus):
    ours = values(corpus, "frames")
    carried = {key[:3] for key in ours if key[-1]}
    for key, value in ours.items():
        if not key[-1]:
            assert (value not in {"absent", "no"}) == (key[:3] in carried), key


@each_corpus
def test_one_to_three_sentences_stand_behind_every_yes(corpus):
    ours = merged(corpus, "frames").codes
    behind = ours[(ours["end"] > 0) & (ours["codebook"] != "entman")]
    assert behind.groupby(KEY[:3]).size().between(1, 3).all()
    assert set(behind["value"]) == {"yes"}


@each_corpus
def test_a_reading_is_given_with_its_alternative_and_few_of_the_texts_words(corpus):
    ours = merged(corpus, "frames").codes
    whole = ours[(ours["codebook"] == "entman") & (ours["end"] == 0)]
    assert whole["note"].str.contains(r"^.+\. Alternative: .+\.$").all()
    for note in ours["note"]:
        assert all(len(words.split()) <= 4 for words in re.findall("“(.+?)”", note)), note


def test_the_passes_are_two():
    one, two = (codes(which) for which in FILES[1:])
    assert not one[[*KEY, "value"]].equals(two[[*KEY, "value"]])


@each_corpus
def test_each_difference_of_the_passes_is_decided_with_a_reason(corpus):
    ours, one, two = (values(corpus, which) for which in FILES)
    made = decisions(corpus)
    kit.documents.spans.verify(kit.remember(made, kit.load(corpus, edition="teaching")))
    said = {}
    columns = [*KEY, "pass 1", "pass 2", "our reading", "reason"]
    for *key, first, second, own, reason in made[columns].itertuples(index=False):
        said[tuple(key)] = own
        assert reason
        assert [first, second, own] == [each.get(tuple(key), "absent") for each in (one, two, ours)]
    assert set(said) == {key for key in {*one, *two} if one.get(key) != two.get(key)}
    reread = {tuple(row) for row in rereadings(corpus)[KEY].itertuples(index=False, name=None)}
    assert all(ours[key] == one[key] for key in one.keys() & two.keys() if key not in said.keys() | reread)


@each_corpus
def test_each_reading_that_a_changed_sentence_changed_is_told_with_a_reason(corpus):
    made = rereadings(corpus)
    kit.documents.spans.verify(kit.remember(made, kit.load(corpus, edition="teaching")))
    ours, one, two = (values(corpus, which) for which in FILES)
    for *key, before, own, reason in made[[*KEY, "passes", "our reading", "reason"]].itertuples(index=False):
        assert one[tuple(key)] == two[tuple(key)] == before != own == ours.get(tuple(key), "absent")
        assert reason


@each_corpus
def test_the_readme_tells_the_agreement_rightly(corpus):
    text = (shipped("datasets") / corpus / "reference" / "README.md").read_text(encoding="utf-8")
    for (book, by), row in agreement_of_passes().iterrows():
        what = "whole texts" if by == "document" else "sentences"
        alpha = f"{row['alpha']:.2f} ({row['low']:.2f} to {row['high']:.2f})"
        told = f"| {book} | {what} | {row['units']:.0f} | {100 * row['percent']:.0f} % | {alpha} |"
        assert told in text, told


def test_the_figures_on_the_card_are_those_measured_now():
    assert unlike(measured()).empty
