"""The language room: paragraphs, sentences, words and quotation marks, each with offsets that hold."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.documents.language import Quotation, count_words, is_english, paragraphs, quotations, split_sentences, words

# Texts of nothing but what these functions look at: here the rare combinations are common.
PARTS = [
    *"\"'“”„‟«»‹›‘’‚‛「」`()[]-–—_/*",
    *" \t\n\r\u2028\u2029\u00a0",
    *".,!?…:;。؟",
    *"asSTيد字7\u0301\ufe0f",
    "The ",
    "U.S.",
    "...",
    "said ",
]
TEXTS = st.text() | st.lists(st.sampled_from(PARTS), max_size=60).map("".join)


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


def tokens(text: str) -> list[str]:
    return [text[start:end] for start, end in words(text)]


def quoted(text: str) -> list[str]:
    return [text[q.inner_start : q.inner_end] for q in quotations(text)]


def one(text: str) -> Quotation:
    (quotation,) = quotations(text)
    return quotation


# Whatever the text ---------------------------------------------------------------------------------------------------


@given(TEXTS)
def test_paragraphs_and_sentences_cover_every_character_but_white_space(text):
    for divide in (paragraphs, split_sentences):
        found = [text[start:end] for start, end in divide(text)]
        assert all(piece and piece == piece.strip() for piece in found)
        assert "".join("".join(found).split()) == "".join(text.split())


@given(TEXTS)
def test_pieces_stand_in_order_and_do_not_overlap(text):
    for divide in (paragraphs, split_sentences, words):
        offsets = [offset for piece in divide(text) for offset in piece]
        assert offsets == sorted(offsets)
        assert not offsets or (offsets[0] >= 0 and offsets[-1] <= len(text))


@given(TEXTS)
def test_no_sentence_crosses_a_paragraph(text):
    inside = paragraphs(text)
    assert all(any(p.start <= start and end <= p.end for p in inside) for start, end in split_sentences(text))


@given(TEXTS)
def test_every_letter_and_digit_belongs_to_a_word(text):
    found = {place for start, end in words(text) for place in range(start, end)}
    assert all(place in found for place, character in enumerate(text) if character.isalnum())
    assert all(text[start].isalnum() for start, _ in words(text))
    assert count_words(text) == len(words(text))


@given(TEXTS)
def test_quotations_hold_their_inside_and_stand_within_or_behind_each_other(text):
    found = quotations(text)
    around: list[Quotation] = []
    for q in found:
        assert 0 <= q.start < q.inner_start <= q.inner_end <= q.end <= len(text)
        assert q.closed == (q.inner_end < q.end)
        while around and around[-1].end <= q.start:
            around.pop()
        assert not around or q.end <= around[-1].end
        assert q.depth == len(around)
        around.append(q)
    assert found == sorted(found)


@given(TEXTS)
def test_no_quotation_crosses_a_paragraph(text):
    inside = paragraphs(text)
    assert all(any(p.start <= q.start and q.end <= p.end for p in inside) for q in quotations(text))


# Paragraphs ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("blank", ["\n\n", "\r\n\r\n", "\r\r", "\n \t\n", "\u2029", "\u2028\u2028"])
def test_a_blank_line_divides_paragraphs(blank):
    text = f"One line.{blank}  Another.  "
    assert [text[start:end] for start, end in paragraphs(text)] == ["One line.", "Another."]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028"])
def test_a_line_break_divides_only_where_no_line_is_wrapped(line_break):
    wrapped = f"A line that goes{line_break}on here."
    assert len(paragraphs(wrapped)) == 1
    assert len(paragraphs(wrapped + line_break + "word " * 30)) == 3


# Sentences -----------------------------------------------------------------------------------------------------------

WHOLE = [
    "Gen. Omar Haddad met Dr. Lina Saab and Mrs. J. K. Moreau of St. Clare in the harbour.",
    "Writers such as J. A. Moreau and A. B. Hale signed it.",
    "The U.S. Navy, the U.N. Security Council and Hale Bros. Shipping Inc. agreed, e.g. on Jan. 5.",
    "It cost 3.5 million, or 10,000.25 a head, at www.example.org or example.com.",
    "They met at 8 p.m. Tuesday under No. 7 as Hale et al. had asked.",
    "“Is it over?” he asked.",
    '"Stop!" Lina Saab shouted.',
    "“Who?” and “Why not!” are questions.",
    "We waited ... and waited… then left.",
    "He paused ... Lina did not.",
    "He saw the film (Who Goes There?) twice.",
    "He wrote the song Go Home! (1965) here.",
    "1. The first point stands.",
    "a) No change.",
    "The port was closed. [4] [7]",
]


@pytest.mark.parametrize("text", WHOLE)
def test_a_sentence_is_not_cut_at_a_mark_that_does_not_end_it(text):
    assert pieces(text) == [text]
    assert pieces(f"{text} The port was quiet.")[-1:] == ["The port was quiet."]


DIVIDED = [
    "He left. | She stayed! | Did he? | Yes.",
    "They live in the U.S. | The port is far.",
    "He works for Hale Inc. | She does not.",
    "It opened at 8 p.m. | Dockers came.",
    "They sold ropes, nets, etc. | Nobody bought.",
    "She said no. | No. 7 was empty.",
    "He said: “It is over.” | “It is not,” she said.",
    "(It was late.) | They left.",
    "It was 1999. | 20 ships came.",
    "It rose by 3.5. | 5th Street was flooded.",
    "It was over.[4] [7] | They left.",
    "What?! | Nobody knew…  | Then it rained.",
    "Nobody spoke. | al-Khalil left.",
    "He left.| The port closed.",
    "« C’est fini. » | Il partit.",
    "ذهب الرجل؟ | نعم ذهب.",
    "他走了。|她留下了！|真的？",
    "Dockers at the gate | Photo: Lina Saab",
]


@pytest.mark.parametrize("text", DIVIDED)
def test_a_mark_that_ends_a_sentence_divides(text):
    assert pieces(text.replace("|", "")) == [piece.strip() for piece in text.split("|")]


def test_a_signature_and_an_omission_at_an_edge_stay_with_their_sentence():
    assert pieces("It was over. — Lina Saab") == ["It was over. — Lina Saab"]
    assert pieces("... The port was quiet.") == ["... The port was quiet."]


def test_closing_marks_belong_to_the_sentence_they_close():
    assert pieces("“He said ‘no.’” (She agreed.) Both left.") == ["“He said ‘no.’”", "(She agreed.)", "Both left."]


# Words ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word",
    [
        "don’t",
        "don't",
        "al-Qaeda",
        "10,000",
        "3.5",
        "U.S",
        "p.m",
        "2-3,000",
        "naı\u0308ve",
        "مُحَمَّد",
        "हिन्दी",
        "می\u200cروم",
        "80s",
    ],
)
def test_a_word_with_joined_parts_is_one_word(word):
    assert tokens(f"({word}), {word}.") == [word, word]


def test_marks_between_words_join_nothing():
    assert tokens("one_two, three–four—five...six/7 “eight”: it’s the rebels’. ❤️ 3. Next") == [
        *("one", "two", "three", "four", "five", "six", "7", "eight", "it’s", "the", "rebels", "3", "Next")
    ]


def test_every_combining_mark_that_python_knows_belongs_to_its_word():
    marks = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)).startswith("M")]
    split = [f"U+{ord(mark):04X}" for mark in marks if len(words(f"a{mark}a")) != 1]
    # The table is of Unicode 14; what later versions add may be missing, what it has may not.
    assert not split or unicodedata.unidata_version != "14.0.0"
    assert len(split) < 100


def test_no_space_or_punctuation_passes_for_a_combining_mark():
    joiners = set("'’‐‑-_\u00ad\u200c\u200d")
    others = [
        chr(c) for c in range(sys.maxunicode + 1) if unicodedata.category(chr(c))[0] in "PSZ" and chr(c) not in joiners
    ]
    assert [other for other in others if len(words(f"ab{other}ab")) != 2] == []


# Quotations ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "marks", ["“”", '""', "‘’", "''", "«»", "»«", "‹›", "„“", "„”", "‚‘", "””", '“"', '"”', "「」"]
)
def test_all_kinds_of_marks_enclose_a_quotation(marks):
    text = f"He said {marks[0]}no way{marks[1]}, and left."
    assert one(text) == Quotation(8, 16, 9, 15, 0, True, False)


def test_marks_may_stand_off_as_in_french():
    assert quoted("Il dit : « non », puis « oui ».") == [" non ", " oui "]


def test_typewriter_marks_of_two_strokes_are_double_marks():
    assert quoted("He said ''no, it's not'' and ``never''.") == ["no, it's not", "never"]


@pytest.mark.parametrize(
    "text",
    [
        "The rebels’ positions and the dockers' strike don’t matter, it's said.",
        "In the ’80s and the '90s they’d get 'em, rock 'n' roll, ’tis true.",
        "He is 6'2\" tall, with a 5\" knife and 3' of rope.",
        'Strays” here and there" and here» too.',
        "The poet ‘Ali and Ka‘b were there.",
    ],
)
def test_apostrophes_measures_and_stray_closing_marks_are_no_quotations(text):
    assert quotations(text) == []


def test_a_possessive_inside_single_marks_does_not_close_them():
    assert quoted("He saw ‘the rebels’ positions and flags’, he said.") == ["the rebels’ positions and flags"]
    assert quoted("The ‘rebels’ and the 'dockers' left.") == ["rebels", "dockers"]


def test_quotations_nest():
    text = "“He said ‘the «third» is here’,” she wrote. \"And 'so' on.\""
    assert [(q.depth, text[q.inner_start : q.inner_end]) for q in quotations(text)] == [
        (0, "He said ‘the «third» is here’,"),
        (1, "the «third» is here"),
        (2, "third"),
        (0, "And 'so' on."),
        (1, "so"),
    ]


def test_a_quotation_that_runs_over_paragraphs_is_resumed():
    text = "He said: “The first.\n\n“The second.\n\n“The third,” and left.\n\n“Another.”"
    found = quotations(text)
    assert [(q.closed, q.continues) for q in found] == [(False, False), (False, True), (True, True), (True, False)]
    assert quoted(text) == ["The first.", "The second.", "The third,", "Another."]


def test_a_quotation_never_closed_nor_resumed_ends_with_its_paragraph():
    text = 'He said "it is over.\n\nShe left. Then "nothing."'
    assert [(q.closed, q.continues) for q in quotations(text)] == [(False, False), (True, False)]
    assert quoted(text) == ["it is over.", "nothing."]


@pytest.mark.parametrize("marks", ['""', "“”"])
def test_a_mark_that_opens_again_ends_the_quotation_that_was_never_closed(marks):
    opening, closing = marks
    text = f"He said {opening}it is over. {opening}It is not,{closing} she said. {opening}Yes.{closing}"
    assert [(text[q.inner_start : q.inner_end], q.closed, q.depth) for q in quotations(text)] == [
        ("it is over.", False, 0),
        ("It is not,", True, 0),
        ("Yes.", True, 0),
    ]


def test_a_single_mark_without_its_counterpart_is_no_quotation():
    assert quoted("He said 'no and “yes” and left.\n\nThe end'.") == ["yes"]


def test_an_omission_may_open_a_quotation():
    assert quoted('He said "... and so on" and "…never".') == ["... and so on", "…never"]


# English -------------------------------------------------------------------------------------------------------------

ENGLISH = (
    "The dockers left the port in the evening, and nobody knew when they would be back. It had been a long day, with "
    "more than forty ships at the quay, but most of them were empty."
)


@pytest.mark.parametrize("text", [ENGLISH, ENGLISH.upper(), f"“{ENGLISH}”", ENGLISH.replace(" ", "\n"), ENGLISH * 500])
def test_running_english_is_english_however_it_is_set(text):
    assert is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "Les dockers ont quitté le port dans la soirée et personne ne savait quand ils reviendraient au travail. ",
        "Die Hafenarbeiter verließen am Abend den Hafen, und niemand wusste, wann sie wiederkommen würden. ",
        "Los estibadores dejaron el puerto por la tarde y nadie sabía cuándo volverían al trabajo después. ",
        "Докеры ушли из порта вечером, и никто не знал, когда они вернутся на работу после этого дня. ",
        "غادر عمال الميناء في المساء ولم يعرف أحد متى سيعودون إلى العمل بعد هذا اليوم الطويل في المدينة. ",
    ],
    ids=["French", "German", "Spanish", "Russian", "Arabic"],
)
def test_another_language_is_not_english(text):
    assert not is_english(text * 4)


@pytest.mark.parametrize(
    "text",
    [
        "Die Hafenarbeiter verließen am Abend den Hafen, und niemand wusste, wann sie wiederkommen würden.",
        "Le maire a dit lundi que le pont serait fermé jusqu’à la fin du mois de mai.",
        "غادر عمال الميناء في المساء ولم يعرف أحد متى سيعودون",
        "ميناء",
        "码头工人晚上离开了港口，没有人知道他们什么时候回来。",
        "码头工人离开了港口。" * 50,
        "港の労働者は夕方に港を去った。",
    ],
)
def test_a_short_text_in_another_language_is_not_english(text):
    assert not is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "Rebels leave besieged district, state TV says",
        "Dockers walk out in Quernhaven, ferries cancelled, ministers silent, traders worried about food",
        "The mayor said that the port (港口) was closed until Friday.",
        "Nguyễn Văn Đức said the port was closed.",
    ],
)
def test_a_short_english_text_is_english(text):
    assert is_english(text)


@pytest.mark.parametrize("text", ["", " ", "…", "“”", "Bonjour.", "Le port est fermé."])
def test_a_text_too_short_to_tell_is_taken_for_english(text):
    assert is_english(text)


@given(TEXTS)
def test_any_text_is_english_or_not(text):
    assert is_english(text) in (True, False)
