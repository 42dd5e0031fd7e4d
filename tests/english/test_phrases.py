"""Tokens and the phrases around a verb."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.documents.corpus import Document
from kit.english.phrases import LONGEST_SENTENCE, Tokens, token_sentences


def sentence(text):
    document = Document("d", text)
    return next(iter(token_sentences(document, Tokens(document))))


def phrase(s, span):
    return span and s.tokens.text[s.tokens.starts[span.start] : s.tokens.ends[span.end - 1]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don’t say “al-Qaeda”.", ["don", "'t", "say", "“", "al-qaeda", "”", "."]),
        ("Lind's 21,000 men", ["lind", "'s", "21,000", "men"]),
        ("one - two -- three", ["one", "—", "two", "—", "—", "three"]),
    ],
)
def test_tokens_are_words_and_marks(text, words):
    assert Tokens(Document("d", text)).words == words


def test_tokens_know_their_quotation():
    tokens = Tokens(Document("d", "He “went ‘home’” and “stayed”."))
    assert [tokens.quotation[tokens.words.index(word)] for word in ("he", "went", "home", "and", "stayed")] == [
        -1,
        0,
        0,
        -1,
        1,
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the mayor of the port", "the mayor of the port"),
        ("It rained and the mayor", "the mayor"),
        ("Anna Berg, the mayor,", "Anna Berg, the mayor"),
        ("Anna Berg, who left,", "Anna Berg"),
        ("Anna Berg (R-Ohio)", "Anna Berg (R-Ohio)"),
        ("the army late on Friday", "the army"),
        ("it was over and", None),
        (";", None),
    ],
)
def test_the_subject_ends_where_the_verb_begins(text, expected):
    s = sentence(text)
    assert phrase(s, s.subject(s.end - 1)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("said the mayor of the port.", "the mayor of the port"),
        ("said Anna Berg, the mayor, on Monday.", "Anna Berg, the mayor"),
        ("said Anna Berg, who left.", "Anna Berg"),
        ("said Anna Berg (R-Ohio).", "Anna Berg (R-Ohio)"),
        ("said", None),
    ],
)
def test_the_phrase_after_a_verb_ends_where_something_else_begins(text, expected):
    s = sentence(text)
    assert phrase(s, s.phrase_after(0)) == expected


@given(st.text())
def test_sentences_hold_tokens_in_order_and_are_never_too_long(text):
    document = Document("d", text)
    tokens = Tokens(document)
    last = 0
    for s in token_sentences(document, tokens):
        assert last <= s.start < s.end <= min(len(tokens.words), s.start + LONGEST_SENTENCE)
        last = s.end
        for k in range(s.start, s.end):
            s.subject(k), s.phrase_after(k), s.by_phrase(k), s.first_phrase(s.start, k)
