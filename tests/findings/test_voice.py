"""Whose words: quoted or reported with a speaker, at arm's length without one, else the author's."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kit
from kit.documents.readers import markdown_document, plain_document
from kit.findings.voice import VOICES, words_by_voice

OPENING = "This paragraph only stands here so that nothing below it could be the first line.\n\n"


def voices(text, make=plain_document):
    """The voice of every rebel in the text."""
    found = kit.mentions(make(OPENING + text, "d"), "aleppo-2016")
    return list(found.loc[found["label"] == "rebel", "voice"])


@pytest.mark.parametrize(
    "text",
    [
        "He said “the rebels” had fled.",
        "The minister called them “rebels” again.",
        "“The rebels” had fled, he said.",
        "“Rebels”, the governor told reporters.",
        "According to the agency, “rebels” fled.",
        "He said the “moderate ‘rebels’ ” had left.",
        "She said: “They call us ‘rebels’ every day.”",
        'He said "the rebels" had fled.',
        "He said « the rebels » had fled.",
        "He said „the rebels“ had fled.",
    ],
)
def test_a_phrase_with_a_speaker_before_or_after_it_is_quoted(text):
    assert voices(text) == ["quoted"]


@pytest.mark.parametrize(
    "text",
    [
        "The “rebels” fled.",
        "The so-called “rebels” fled.",
        "The “moderate rebels” fled to the hills.",
        "The ‘rebels’ fled.",
        'The "rebels" fled.',
        "“Rebels” fled. He said nothing.",
        "He said so. The “rebels” fled.",
        "“Rebels” came over the hills early in the day and much later he said so.",
        "The “rebels said so” fled.",
    ],
)
def test_a_short_phrase_with_no_speaker_in_its_sentence_is_scare(text):
    assert voices(text) == ["scare"]


def test_so_called_without_quotation_marks_stays_the_authors():
    assert voices("The so-called rebels fled.") == ["author"]


def test_a_long_quotation_is_quoted_even_without_a_speaker():
    assert voices("Then “the rebels took hold of the town” and left.") == ["quoted"]
    assert voices("“The rebels came. We fled from our houses,” he said.") == ["quoted"]


def test_speech_inside_another_quotation_is_no_speaker():
    assert voices("He laughed at “what she said in the morning to her brother” and the “rebels” fled.") == ["scare"]


def test_the_words_around_a_quotation_are_reported_and_the_speaker_is_the_authors():
    assert voices("Rebels said “the rebels” had fled from the rebels.") == ["author", "quoted", "reported"]
    assert voices("The rebels fled. “Rebels left,” rebels said.") == ["author", "quoted", "author"]


def test_a_marked_block_quotation_is_quoted_and_a_link_or_heading_is_not():
    text = "## Rebels flee\n\n[Rebels](http://x.org) fled.\n\n> The rebels came.\n\nRebels fled."
    assert voices(text, markdown_document) == ["author", "author", "quoted", "author"]


@pytest.mark.parametrize("make", [plain_document, markdown_document])
def test_a_quotation_that_runs_on_over_paragraphs_is_quoted_in_each(make):
    text = "“We saw it from the first day on.\n\n“The rebels came,” she said.\n\nThe rebels left."
    assert voices(text, make) == ["quoted", "author"]
    text = "“We saw it from the first day on.\n\n“Rebels came.”\n\nThe rebels left."
    assert voices(text, make) == ["quoted", "author"]


def test_a_turn_of_a_transcript_is_quoted_without_any_marks():
    text = "LIND: The rebels came at dawn.\n\nPRICE: Who saw them?\n\nLIND: The mayor said that rebels had been seen."
    assert voices(text) == ["quoted", "quoted"]
    assert set(kit.attributions(plain_document(OPENING + text, "d"))["kind"]) == {"direct"}


def test_an_unclosed_quotation_ends_with_its_paragraph():
    assert voices("“The rebels took hold of the town\n\nThe rebels left.") == ["quoted", "author"]


@pytest.mark.parametrize("text", ["The rebels” fled.", "The rebels' fled.", "The rebels’ fled.", 'Rebels 6" tall.'])
def test_a_mark_that_closes_or_opens_nothing_changes_no_voice(text):
    assert voices(text) == ["author"]


def test_an_apostrophe_opens_no_quotation():
    assert voices("The rebels' cars and the army's and the rebels’ men.") == ["author", "author"]


def test_position_is_heading_or_body_whatever_the_voice():
    found = kit.mentions(markdown_document("# “Rebels” flee\n\nThe rebels fled. He said “rebels”.", "d"), "aleppo-2016")
    assert list(zip(found["voice"], found["position"], strict=True)) == [
        ("scare", "heading"), ("author", "body"), ("quoted", "body"),
    ]  # fmt: skip


def test_a_first_line_and_a_line_alone_are_headings_in_plain_text():
    text = "Rebels leave the town\n\nThe rebels left.\n\nRebels return\n\nThe rebels came."
    found = kit.mentions(plain_document(text, "d"), "aleppo-2016")
    assert list(found["position"]) == ["heading", "body", "heading", "body"]


def test_every_stretch_has_its_reason():
    found = kit.findings.voices(plain_document(OPENING + "He said “rebels”. The “rebels” fled.", "d"))
    assert list(found.loc[found["voice"] != "reported", "voice"]) == ["quoted", "scare"]
    assert all(found["why"])


# Reported ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said that the rebels had fled.",
        "The mayor said the rebels had fled.",
        "The rebels had fled, the mayor said.",
        "The rebels had fled, according to the mayor.",
        "According to the mayor, the rebels had fled.",
        "The mayor claimed that the rebels had fled.",
        "It was reported that the rebels had fled.",
        "The mayor’s claim that the rebels had fled.",
        "The agency reported that the mayor had said the rebels had fled.",
        "The mayor accused the rebels of theft.",
    ],
)
def test_what_somebody_is_said_to_say_is_reported(text):
    assert voices(text) == ["reported"]


@pytest.mark.parametrize(
    "text",
    [
        "The rebels said that they had fled.",
        "A spokesman for the rebels said that they had fled.",
        "The mayor believes that the rebels fled.",
        "The mayor wants the rebels to leave.",
        "The mayor did not say that the rebels had fled.",
        "The rebels fled. The mayor said so.",
        "The mayor said so. The rebels fled.",
    ],
)
def test_the_source_and_what_nobody_says_stay_the_authors(text):
    assert voices(text) == ["author"]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor called them rebels.",
        pytest.param(
            "What the mayor calls rebels fled.",
            marks=pytest.mark.xfail(strict=True, reason="“what the mayor calls” is not read"),
        ),
    ],
)
def test_a_name_that_is_put_into_a_mouth_is_reported(text):
    assert voices(text) == ["reported"]


def test_a_quotation_inside_reported_speech_stays_quoted():
    assert voices("The mayor said that the rebels and “the rebels” had fled.") == ["reported", "quoted"]


def test_a_paragraph_behind_a_colon_is_quoted_and_the_next_is_the_authors():
    text = "The mayor wrote to the town:\n\nThe rebels came to us late in the evening and we fled.\n\nThe rebels left."
    assert voices(text) == ["quoted", "author"]


def test_a_heading_can_report():
    found = kit.mentions(
        markdown_document("# Town’s rebels are gone, mayor says\n\nThe rebels fled.", "d"), "aleppo-2016"
    )
    assert list(zip(found["voice"], found["position"], strict=True)) == [("reported", "heading"), ("author", "body")]


def test_every_counted_word_has_one_voice():
    text = f"{OPENING}The mayor said they left. “We saw it all,” he said. The “rebels” fled.\n\nTheme: rebels\n"
    document = plain_document(text, "d")
    counted = words_by_voice(document)
    assert list(counted) == list(VOICES)
    assert sum(counted.values()) == document.word_count
    assert (counted["reported"], counted["quoted"], counted["scare"]) == (2, 4, 1)
    assert kit.documents.spans.verify(kit.findings.voices(document))["voice"].isin(VOICES[1:]).all()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([*"“”\"'‘’«»„", "rebels ", "he said ", ". ", "\n\n", ", "]), max_size=25).map("".join))
def test_unbalanced_marks_raise_nothing_and_leave_one_of_the_voices(text):
    assert set(voices(text)) <= set(VOICES)
    found = kit.findings.voices(plain_document(text, "d"))
    assert kit.documents.spans.verify(found)["voice"].isin(["quoted", "reported", "scare"]).all()
