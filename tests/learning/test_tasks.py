"""A task reads what a learner gives kindly: what is meant counts, and whatever cannot be read gets a sentence."""

from functools import partial

import numpy as np
import pandas as pd
import pytest

import kit
from kit.learning.tasks import (
    Choice,
    Coding,
    Computed,
    NotApplicableError,
    Open,
    Passage,
    Reading,
    Rewrite,
    Statement,
    lettered,
    sentences_with,
)

MARKDOWN = """*INVENTED. “The bakers win.”*

# The bakers win

By Ann Otter

The bakers went home. “They are heroes,” said the mayor.

The mayor went home too. It rained.
"""


@pytest.fixture
def toy(tmp_path):
    """One small account, with a label, a heading and a byline."""
    (tmp_path / "toy.md").write_text(MARKDOWN, encoding="utf-8")
    return kit.Corpus(kit.load(tmp_path / "toy.md"), "toy")


def computed(right, digits=1, **mistakes):
    """A task whose answer is given; a mistake is a value by its name, and its hint is that name."""
    task = Computed("99-1", "A task", "Ask.", "answer_1 = …", 1, digits=digits)(lambda corpus: right)
    for name, wrong in mistakes.items():
        leads_to = partial(lambda value, corpus: value, wrong)
        leads_to.__name__ = name
        task.mistake(f"hint for {name}")(leads_to)
    return task


def judged(task, answer, corpus=None):
    return task.judge(answer, kit.Corpus([], "nothing") if corpus is None else corpus)


def outcome(task, answer, corpus=None):
    return judged(task, answer, corpus).outcome


def said(task, answer, corpus=None):
    """What is said to an answer that cannot be read."""
    verdict = judged(task, answer, corpus)
    assert verdict.outcome == "not readable"
    return verdict.message


# Numbers --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [3, 3.0, np.int64(3), np.float64(3), pd.Series([3]), pd.DataFrame([[3]])])
def test_a_number_is_right_in_whatever_it_is_wrapped(answer):
    assert outcome(computed(3), answer) == "right"


@pytest.mark.parametrize(
    ("answer", "is_right"), [(11.9048, True), (11.905, True), (11.9, True), (12, False), (11, False)]
)
def test_what_is_rounded_to_the_digits_that_are_needed_is_right(answer, is_right):
    assert (outcome(computed(11.9047619), answer) == "right") is is_right


@pytest.mark.parametrize("answer", [20.04, 19.999])
def test_a_whole_number_has_to_be_met_exactly(answer):
    assert outcome(computed(20), answer) == "hint"


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("3", "a text"),
        (True, "True or False"),
        ([3], "a list"),
        ((1, 191), "without its comma"),
        ({"a": 3}, "a dictionary"),
        ({"a": 3, "b": ...}, "a dictionary"),
        (len, "without its brackets"),
        (pd.DataFrame({"a": [1, 2]}), "a table of 2 rows"),
        (pd.DataFrame(), "a table of 0 rows"),
        (pd.Series([1, 2]), "a column of 2 values"),
        (float("nan"), "NaN"),
        (pd.Series([np.nan]), "NaN"),
        (pd.NA, "a NAType"),
    ],
)
def test_what_is_no_number_is_called_by_its_name(answer, told):
    assert told in said(computed(3), answer)


@pytest.mark.parametrize("answer", [..., None, "", "...", " … ", {"a": ..., "b": ...}])
def test_the_dots_of_the_starter_are_no_answer(answer):
    verdict = judged(computed(3), answer)
    assert verdict.outcome == "no answer"
    assert "answer_1" in verdict.message


def test_infinity_is_an_answer_like_any_other():
    assert outcome(computed(3), float("inf")) == "hint"


def test_a_usual_mistake_gets_its_hint_and_any_other_miss_gets_none_yet():
    task = computed(3, doubled=6, halved=1.5)
    assert judged(task, 6)[:3] == ("mistake", "hint for doubled", "doubled")
    assert judged(task, 1.5).mistake == "halved"
    assert judged(task, 7)[:3] == ("hint", "", "")


def test_what_is_right_is_right_where_a_mistake_makes_no_difference():
    assert outcome(computed(3, the_same=3), 3) == "right"


def test_a_mistake_that_cannot_be_made_in_these_documents_is_passed_over():
    task = computed(3)

    @task.mistake("never")
    def impossible(corpus):
        raise NotApplicableError("there is nothing to mistake.")

    assert outcome(task, 4) == "hint"


# Words, numbers by name -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["rebel", "Rebel ", "“rebel”", "'rebel'"])
def test_a_word_is_right_in_any_case_and_in_any_quotation_marks(word):
    assert outcome(computed({"rebel"}), [word]) == "right"


@pytest.mark.parametrize("answer", [["b", "a"], {"a", "b"}, ("A", "b"), pd.Series(["a", "b"]), pd.Index(["b", "a"])])
def test_a_set_of_words_is_right_in_any_order_and_wrapping(answer):
    assert outcome(computed({"a", "b"}), answer) == "right"


@pytest.mark.parametrize(
    ("answer", "told"), [("a", "Several words"), ([], "empty"), ([1], "A word"), (3, "Several words"), ([...], "dots")]
)
def test_what_is_no_list_of_words_is_told_so(answer, told):
    assert told in said(computed({"a", "b"}), answer)


RATES = pd.Series({"one": 0.84, "two": 11.9, "three": 0.0})


@pytest.mark.parametrize(
    "answer",
    [
        RATES,
        RATES[::-1],
        RATES.round(1),
        RATES.to_dict(),
        RATES.to_frame(),
        RATES.to_frame().T,
        {"One": 0.84, "two ": 11.9, "three": 0},
    ],
    ids=str,
)
def test_numbers_by_name_are_right_as_a_column_a_row_or_a_dictionary(answer):
    assert outcome(computed(RATES), answer) == "right"


@pytest.mark.parametrize("answer", [RATES[:2], RATES.rename({"one": "uno"}), RATES * 2])
def test_a_missing_a_renamed_or_a_wrong_number_is_not_right(answer):
    assert outcome(computed(RATES), answer) == "hint"


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (pd.DataFrame({"a": [1, 2], "b": [3, 4]}), "a table of 2 rows"),
        (pd.Series(dtype=float), "empty"),
        ({}, "empty"),
        (3, "a number"),
        ([1, 2, 3], "a list"),
        (RATES.replace(0.0, np.nan), "NaN"),
        ({"one": 0.84, "two": ..., "three": 0}, "still the three dots"),
        ({"one": "0.84", "two": 11.9, "three": 0}, "a text"),
        (pd.Series([0.84, 11.9, 0]), "A word"),
    ],
    ids=str,
)
def test_what_is_no_row_of_numbers_is_told_so(answer, told):
    assert told in said(computed(RATES), answer)


# Judgement ------------------------------------------------------------------------------------------------------------


def choice(letters):
    options = lettered(Statement("first", "not this"), Statement("second", "yes, this"))
    return Choice("99-3", "A choice", "Ask.", 'answer_3 = "B"', 1)(lambda corpus: (options, letters))


@pytest.mark.parametrize("answer", ["B", "b", " B ", "B.", "b)", '"B"'])
def test_a_letter_is_right_however_it_is_written(answer):
    assert judged(choice("B"), answer)[:2] == ("right", "yes, this")


def test_each_statement_says_something_to_who_chooses_it():
    assert judged(choice("B"), "A")[:3] == ("mistake", "not this", "chose_A")


@pytest.mark.parametrize("answer", ["C", "AB", "first"])
def test_what_is_no_letter_of_a_statement_is_told_which_there_are(answer):
    assert "A, B" in said(choice("B"), answer)


def test_any_guess_is_welcome_where_none_is_right():
    assert judged(choice(""), "A")[:2] == ("compared", "not this")


def passage(right, wrong=None):
    task = Passage("99-4", "A passage", "Ask.", 'answer_4 = "…"', 1)(lambda corpus: spans(corpus, right))
    if wrong:
        task.mistake("That is an example.")(lambda corpus: spans(corpus, wrong))
    return task


def spans(corpus, words):
    """The sentences that hold some words."""
    found = kit.sentences(corpus)
    return found[found["text"].str.contains(words, regex=False)]


@pytest.mark.parametrize(
    "answer",
    [
        "“They are heroes,” said the mayor.",
        "They are heroes",
        "  They\n  are   heroes ",
        '"They are heroes"',
        "They are >>heroes<<,” said",
        "said the mayor",
    ],
)
def test_words_are_found_in_their_sentence_also_with_marks_and_other_white_space(toy, answer):
    assert outcome(passage("heroes"), answer, toy) == "right"


def test_words_of_another_sentence_are_a_miss_and_of_some_a_usual_mistake(toy):
    assert outcome(passage("heroes", wrong="rained"), "The mayor went home", toy) == "hint"
    verdict = judged(passage("heroes", wrong="rained"), "It rained", toy)
    assert verdict[:2] == ("mistake", "That is an example.")


@pytest.mark.parametrize(
    ("answer", "told"),
    [("They were heroes", "in no document"), ("It", "a few more words"), (3, "a number")],
)
def test_words_that_cannot_be_found_are_told_so(toy, answer, told):
    assert told in said(passage("heroes"), answer, toy)


def test_words_that_stand_here_and_elsewhere_are_not_enough(toy):
    assert "2 places" in said(passage("bakers went"), "went home", toy)
    assert outcome(passage("went"), "went home", toy) == "right"


def test_boilerplate_is_looked_at_only_for_words_that_stand_nowhere_else(toy):
    heading = Passage("99-4", "A passage", "Ask.", "…", 1)(lambda corpus: kit.layout(corpus, "heading"))
    byline = Passage("99-4", "A passage", "Ask.", "…", 1)(lambda corpus: kit.layout(corpus, "boilerplate"))
    assert "The bakers win" in kit.layout(toy, "boilerplate")["text"].iloc[0]
    assert outcome(heading, "The bakers win", toy) == "right"
    assert outcome(byline, "Ann Otter", toy) == "right"


def test_the_sentences_of_spans_are_each_there_once(toy):
    found = kit.layout(toy, "heading")
    assert list(sentences_with(found, toy)["text"]) == ["The bakers win"]
    assert sentences_with(found.head(0), toy).empty


@pytest.fixture
def coding():
    readings = [
        Reading("It rained.", "no", "Nobody is named."),
        Reading("They are heroes.", "yes", "A name for them.", {"no": "“They” is the name; “heroes” is praise."}),
    ]
    return Coding("99-5", "Code", "Ask.", 'answer_5 = {1: "no"}', 1)(lambda corpus: (("yes", "no"), readings))


def test_codes_are_compared_with_a_reading_and_never_marked(coding):
    verdict = judged(coding, {1: "yes", 2: "No"})
    assert verdict.outcome == "compared"
    assert "agree on 0 of 2. 1 more of your codes can be defended" in verdict.message
    assert list(verdict.table["why"]) == ["Nobody is named.", "“They” is the name; “heroes” is praise."]
    assert "agree on 2 of 2." in judged(coding, {1: "no", 2: "yes"}).message


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({}, "no code yet"),
        ({1: "no", 2: ...}, "no code yet for 2"),
        ({1: "no", 2: ""}, "no code yet for 2"),
        ({1: "no", 2: "perhaps"}, "'perhaps' is none of the codes; there are: yes, no."),
        ({1: "no", 2: 3}, "a number"),
        (["no", "yes"], "a list"),
    ],
)
def test_codes_that_cannot_be_read_are_told_so(coding, answer, told):
    assert told in said(coding, answer)


@pytest.fixture
def question():
    return Open("99-6", "Say", "Ask.", "A model answer.", 1, rubric=("one?", "two?", "three?"))


def test_a_text_of_ones_own_is_kept_and_never_marked(question):
    assert outcome(question, "Word after word after word, until there are eight.") == "compared"


@pytest.mark.parametrize("answer", ["", "\n...\n", "   ", "... ..."])
def test_an_empty_text_is_no_answer(question, answer):
    assert outcome(question, answer) == "no answer"


@pytest.mark.parametrize(("answer", "told"), [("It is so.", "a sentence or two"), (3, "a number"), (["It"], "a list")])
def test_a_text_that_is_too_short_or_none_is_told_so(question, answer, told):
    assert told in said(question, answer)


PARAGRAPH = "Cats and dogs."


@pytest.fixture
def rewrite():
    def measure(text, corpus):
        return pd.Series({word: text.casefold().count(word) for word in ("cat", "dog", "bird")})

    goal = frozenset({("bird", True), ("cat", False)})
    task = Rewrite("99-7", "Rewrite", "Ask.", "…", 1, measure=measure, goal=goal)(lambda corpus: PARAGRAPH)

    @task.mistake("You changed the other one.")
    def the_other(paragraph):
        return paragraph.replace("dogs", "birds")

    return task


def test_a_rewritten_paragraph_is_right_if_what_was_to_move_moves_and_nothing_else(rewrite):
    verdict = judged(rewrite, "Birds and dogs.")
    assert verdict.outcome == "right"
    assert verdict.table.loc["cat"].to_dict() == {"before": 1, "after": 0}
    assert judged(rewrite, "Cats and birds.")[:2] == ("mistake", "You changed the other one.")
    assert outcome(rewrite, "Nothing at all.") == "hint"


def test_a_paragraph_that_was_not_changed_is_no_answer(rewrite):
    assert outcome(rewrite, PARAGRAPH.replace(" ", "  ")) == "no answer"
    assert "a number" in said(rewrite, 3)


# Documents that lack what is needed -----------------------------------------------------------------------------------


def test_a_task_that_does_not_apply_names_the_documents():
    task = computed(3)(missing)
    for answer in (3, ..., "anything"):
        verdict = judged(task, answer)
        assert verdict.outcome == "does not apply"
        assert verdict.message == "This task does not apply to nothing: there are no names."
    assert "these documents" in judged(task, 3, kit.Corpus([])).message


def missing(corpus):
    raise NotApplicableError("there are no names.")


def test_a_task_that_looks_at_a_party_does_not_apply_where_none_is_named():
    task = computed(3)(lambda corpus: len(kit.focus(corpus).word))
    assert outcome(task, 3, kit.Corpus([kit.Document("rain", "It rained.")], "weather")) == "does not apply"
