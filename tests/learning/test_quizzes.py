"""Check yourself: each option teaches something, each answer stands in the lesson, each choice is answered and kept."""

import re

import ipywidgets as w
import nbformat
import pytest

import kit
from kit import folders
from kit.folders import shipped
from kit.learning import progress
from kit.learning.quizzes import FILE, questions
from tests.learning.test_panels import every, said

QUESTIONS = questions()
LESSONS = {path.stem[:2]: path for path in sorted(shipped("notebooks").glob("*.ipynb"))}
ask = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.key)


def plain(markdown):
    return " ".join(re.sub(r"[*`>]", "", markdown).split()).casefold()


def sections(lesson):
    """The prose under each heading of a lesson, as far as the cell with its questions."""
    found, heading = {}, ""
    for cell in nbformat.read(LESSONS[lesson], as_version=4).cells:
        if cell.cell_type == "code" and "kit.quiz(" in cell.source:
            return found
        for line in cell.source.splitlines() if cell.cell_type == "markdown" else []:
            heading = line.lstrip("# ") if line.startswith("## ") else heading
            found[heading] = f"{found.get(heading, '')} {line}"
    raise AssertionError(f"lesson {lesson} asks no questions")


# The questions -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_lesson_asks_three_or_four_questions_in_one_cell(lesson):
    assert 3 <= sum(question.lesson == lesson for question in QUESTIONS) <= 4
    code = [cell for cell in nbformat.read(LESSONS[lesson], as_version=4).cells if cell.cell_type == "code"]
    (cell,) = [cell for cell in code if "kit.quiz(" in cell.source]
    assert cell.source == f'kit.quiz("{lesson}")'
    assert cell.metadata.tags == ["nbval-ignore-output"]
    page = kit.quiz(lesson)._repr_mimebundle_()["text/html"]
    assert cell.outputs[0].data["text/html"] == page, "the questions have changed: run the lesson again and save it"


def test_every_key_is_a_lesson_s_and_stands_there_once():
    keys = [question.key for question in QUESTIONS]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"\d\d-q\d", key) for key in keys)
    assert {question.lesson for question in QUESTIONS} == set(LESSONS)


@ask
def test_each_option_is_answered_in_words_of_its_own(question):
    assert 3 <= len(question.options) <= 4
    assert any(option.right for option in question.options)
    replies = [option.feedback for option in question.options]
    assert len(set(replies)) == len(replies)
    for option in question.options:
        assert len(option.feedback.split()) >= 6, "say why"
        assert option.feedback.startswith("Yes") == option.right
        assert not re.match(r"(Wrong|No|False|Incorrect)\b", option.feedback), "be kind"
        assert not re.search(r"\b(all|none|both) of the above\b", option.text, re.IGNORECASE)


@ask
def test_what_is_asked_can_be_answered_from_the_lesson(question):
    taught = sections(question.lesson)
    for place in question.answerable_from:
        assert place.heading in taught
        for words in place.words:
            assert plain(words) in plain(taught[place.heading]), words


@ask
def test_no_option_gives_itself_away_by_its_length(question):
    lengths = [len(option.text) for option in question.options]
    assert max(lengths) <= 2 * min(lengths)


def test_the_right_option_is_mostly_not_the_longest_and_not_always_at_one_place():
    longest = [max(question.options, key=lambda option: len(option.text)).right for question in QUESTIONS]
    assert sum(longest) < len(longest) / 2
    places = [[option.right for option in question.options].index(True) for question in QUESTIONS]
    assert max(places.count(place) for place in places) < len(places) / 2


# The panel -----------------------------------------------------------------------------------------------------------


def choices(panel):
    return [part for part in every(panel) if isinstance(part, w.RadioButtons)]


def option(right, number=0):
    return next(option for option in QUESTIONS[number].options if option.right == right)


def test_nothing_is_chosen_for_the_learner_and_no_answer_is_shown():
    panel = kit.quiz("00")
    assert [choice.value for choice in choices(panel)] == [None] * 4
    assert not any(option.feedback in said(panel) for question in QUESTIONS for option in question.options)
    assert progress.events() == []


@pytest.mark.parametrize(("right", "result"), [(True, "right"), (False, "not yet")])
def test_a_choice_is_answered_aloud_and_kept(right, result):
    panel, chosen = kit.quiz("00"), option(right)
    choices(panel)[0].value = chosen.text
    assert re.search(r'role="alert">([^<]*)', said(panel))[1].strip() == chosen.feedback
    (event,) = progress.events("quiz")
    assert (event["key"], event["answer"], event["result"]) == ("00-q1", chosen.text, result)


def test_whoever_is_not_right_yet_is_told_where_to_look():
    panel = kit.quiz("00")
    choices(panel)[0].value = option(False).text
    assert QUESTIONS[0].answerable_from[0].heading in said(panel)
    choices(panel)[0].value = option(True).text
    assert QUESTIONS[0].answerable_from[0].heading not in said(panel)


def test_another_choice_gets_another_answer_and_all_are_kept():
    panel = kit.quiz("00")
    for right in (False, True):
        choices(panel)[0].value = option(right).text
    assert option(False).feedback not in said(panel)
    assert [event["result"] for event in progress.events("quiz")] == ["not yet", "right"]


def test_a_former_choice_is_shown_again_with_its_answer_and_nothing_is_spoken():
    choices(kit.quiz("00"))[1].value = QUESTIONS[1].options[0].text
    again = kit.quiz("00")
    assert [choice.value for choice in choices(again)] == [None, QUESTIONS[1].options[0].text, None, None]
    assert QUESTIONS[1].options[0].feedback in said(again)
    assert "alert" not in said(again)
    assert len(progress.events("quiz")) == 1


def test_on_a_full_disk_a_choice_is_answered_and_the_learner_is_told(monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    panel = kit.quiz("00")
    monkeypatch.setattr("kit.files.os.fsync", full)
    choices(panel)[0].value = option(True).text
    assert option(True).feedback in said(panel)
    assert "No space left on device" in said(panel)


def test_a_progress_file_that_cannot_be_read_stops_no_question():
    path = folders.work_folder() / progress.FILE
    path.parent.mkdir(parents=True)
    path.write_text('{"version": 99, "events": []}', encoding="utf-8")
    panel = kit.quiz("00")
    assert "newer kit" in said(panel)
    choices(panel)[0].value = option(True).text
    assert option(True).feedback in said(panel)


def test_where_nothing_can_be_chosen_every_option_opens_to_its_answer():
    bundle = kit.quiz("00")._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    for question in QUESTIONS[:4]:
        assert question.question in bundle["text/html"]
        for offered in question.options:
            assert f"<summary>{offered.text}</summary><p>{offered.feedback}" in bundle["text/html"]


def test_each_control_has_a_label_of_its_own():
    labels = [choice.description for choice in choices(kit.quiz("00"))]
    assert len(set(labels)) == 4
    assert all(labels)


# The file ------------------------------------------------------------------------------------------------------------

GOOD = """
[[quiz]]
key = "07-q1"
question = "A <b>?"
options = [
    { text = "<i>one</i>", feedback = "A & B", right = true },
    { text = "two", feedback = "See there." },
]
answerable_from = [{ heading = "Here", words = ["x"] }]
"""


@pytest.fixture
def mine():
    """Write the learner's own file of questions."""

    def write(text):
        path = folders.work_folder() / "notebooks" / FILE
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    return write


def test_a_teacher_s_own_questions_are_asked_and_markup_in_them_stays_text(mine):
    mine(GOOD)
    panel = kit.quiz("07")
    choices(panel)[0].value = "<i>one</i>"
    for page in (said(panel), panel._repr_mimebundle_()["text/html"]):
        assert "A &lt;b&gt;?" in page
        assert "A &amp; B" in page
        assert "<i>" not in page


def test_a_lesson_without_questions_is_named_with_those_that_have_some(refusal):
    refusal(lambda: kit.quiz("99\n"), "99", "00, 01")


BAD = {
    "no TOML": (GOOD.replace("[[quiz]]", "[[quiz]"), "line 2"),
    "nothing": ("# Later.", "[[quiz]]"),
    "no table": ("quiz = 3", "[[quiz]]"),
    "something else": ("[[quizz]]\nkey = 'x'", "[[quiz]]"),
    "no key": (GOOD.replace("key =", "# key ="), "question 1: key is missing"),
    "a key twice": (GOOD + GOOD, "'07-q1'"),
    "a key that is a number": (GOOD.replace('"07-q1"', "7"), "7: key"),
    "an empty question": (GOOD.replace('"A <b>?"', '" "'), "07-q1: question"),
    "an unknown field": (GOOD.replace("question =", "questoin ="), "'questoin'"),
    "an unknown field of an option": (GOOD.replace("right =", "rihgt ="), "'rihgt'"),
    "options that are a text": (
        re.sub(r"options = \[.*?\n\]", 'options = "x"', GOOD, flags=re.DOTALL),
        "07-q1: options",
    ),
    "no right option": (GOOD.replace(", right = true", ""), "07-q1: no option is right"),
    "right that is a text": (GOOD.replace("right = true", 'right = "yes"'), "07-q1, an option: right"),
    "an option without feedback": (GOOD.replace(', feedback = "See there."', ""), "07-q1, an option: feedback"),
    "one option twice": (GOOD.replace('"two"', '"<i>one</i>"'), "07-q1: it needs two options"),
    "a place without words": (GOOD.replace('["x"]', "[]"), "07-q1, answerable_from: words"),
}


@pytest.mark.parametrize(("text", "names"), BAD.values(), ids=BAD)
def test_a_file_that_is_wrong_is_named_with_the_line_or_the_question(mine, refusal, text, names):
    mine(text)
    refusal(lambda: kit.quiz("07"), FILE, names)
