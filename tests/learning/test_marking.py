"""Whatever a learner gives is answered, kept, and never held against them: hints in steps, notes, safe pages."""

import json
import warnings

import pytest
from filelock import FileLock

import kit
from kit import KitWarning
from kit.folders import work_folder
from kit.learning.marking import exercises, find
from kit.learning.progress import FILE, VERSION, events
from kit.learning.tasks import Choice, Coding, Computed, Exercise, Open, Reading, Statement, lettered

TOY = kit.Corpus([kit.Document("toy", "It <b>rained</b>.")], "<i>toy</i>")


@pytest.fixture(autouse=True)
def toy_tasks(monkeypatch):
    """An exercise of four kinds of task, in place of the shipped ones."""
    exercise = Exercise("99", "Toy", "A toy.")
    exercise.add(number("99-1"))
    exercise.add(number("99-2"))
    options = lettered(Statement("the <b>first</b>", "Not it."), Statement("the second", "That is it."))
    exercise.add(Choice("99-3", "Choose", "Ask.", 'answer_3 = "B"', 1)(lambda corpus: (options, "B")))
    readings = [Reading("It <b>rained</b>.", "no", "Nobody is named.")]
    exercise.add(Coding("99-4", "Code", "Ask.", 'answer_4 = {1: "no"}', 1)(lambda corpus: (("yes", "no"), readings)))
    rubric = ("Is there a <b>number</b>?", "Is there a source?", "Is there a doubt?")
    exercise.add(Open("99-5", "Say", "Ask.", "One <b>possible</b> answer.", 1, rubric=rubric))
    monkeypatch.setattr("kit.learning.marking.exercises", lambda: {"99": exercise})
    return exercise.tasks


def number(key):
    hints = ("first hint", "second hint", "third hint")
    task = Computed(key, "Count", "Ask.", "answer_1 = 3", 1, hints=hints)(lambda corpus: 3)

    @task.mistake("You doubled “{word}” of {referent}.")
    def doubled(corpus):
        return 6

    return task


def check(answer, key="99-1", corpus=TOY):
    return kit.check(key, answer, corpus)


def results():
    return [(event["kind"], event["key"], event["answer"], event["result"]) for event in events()]


# Hints in steps -------------------------------------------------------------------------------------------------------


def test_hints_come_one_by_one_with_each_new_wrong_answer_and_stay_at_the_last():
    said = [check(answer).message for answer in (10, 11, 12, 13)]
    assert said == ["first hint", "second hint", "third hint", "third hint"]


def test_the_same_wrong_answer_once_more_does_not_move_on():
    assert [check(answer).message for answer in (10, 10, 11, 11, 10)] == [
        "first hint",
        "first hint",
        "second hint",
        "second hint",
        "third hint",
    ]


def test_hints_begin_again_after_the_right_answer():
    assert [check(answer).outcome for answer in (10, 11, 3, 11, 12)] == [
        "hint 1",
        "hint 2",
        "right",
        "hint 1",
        "hint 2",
    ]


def test_each_task_has_its_own_steps_and_a_usual_mistake_is_none():
    assert [check(a, k).outcome for a, k in ((10, "99-1"), (10, "99-2"), (6, "99-1"), (11, "99-1"))] == [
        "hint 1",
        "hint 1",
        "mistake",
        "hint 2",
    ]


def test_what_cannot_be_read_takes_no_step():
    assert [check(answer).outcome for answer in (10, "ten", ..., 11)] == [
        "hint 1",
        "not readable",
        "no answer",
        "hint 2",
    ]


# What is kept ---------------------------------------------------------------------------------------------------------


def test_each_check_is_kept_with_what_became_of_it():
    for answer in (10, 6, 3):
        check(answer)
    assert results() == [
        ("check", "99-1", "10", "hint 1"),
        ("check", "99-1", "6", "mistake: doubled"),
        ("check", "99-1", "3", "right"),
    ]


def test_open_answers_and_codes_are_kept_as_answers():
    check({1: "yes"}, "99-4")
    check("Eight words of my own stand here now.", "99-5")
    assert [(event["kind"], event["result"]) for event in events()] == 2 * [("answer", "compared")]


@pytest.mark.parametrize("answer", [..., None, "three", float("nan"), []])
def test_what_is_no_answer_is_not_kept(answer):
    assert not check(answer).passed
    assert results() == []


# A progress file in trouble: the answer is given all the same ---------------------------------------------------------


@pytest.fixture
def kept():
    check(10)
    return work_folder() / FILE


def test_with_a_damaged_file_a_hint_is_given_and_the_file_set_aside(kept):
    kept.write_text("{ damaged", encoding="utf-8")
    with pytest.warns(KitWarning, match="damaged"):
        assert check(11).message == "first hint"
    assert results() == [("check", "99-1", "11", "hint 1")]
    assert (kept.parent / "progress.damaged-1.json").read_text(encoding="utf-8") == "{ damaged"


@pytest.mark.parametrize(("answer", "outcome"), [(11, "hint 1"), (3, "right"), (6, "mistake")])
def test_with_a_file_of_a_newer_kit_the_answer_comes_with_a_note(kept, answer, outcome):
    newer = json.dumps({"version": VERSION + 1, "events": []})
    kept.write_text(newer, encoding="utf-8")
    said = check(answer)
    assert said.outcome == outcome
    assert "newer" in said.lines[-1]
    assert said.lines[-1] in repr(said)
    assert kept.read_text(encoding="utf-8") == newer


@pytest.mark.parametrize(("answer", "outcome"), [(11, "hint 2"), (3, "right"), (6, "mistake")])
def test_with_a_file_that_may_not_be_written_the_answer_comes_with_a_note(kept, monkeypatch, answer, outcome):
    def denied(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    before = kept.read_bytes()
    monkeypatch.setattr("kit.learning.progress.FileLock.acquire", denied)
    said = check(answer)
    assert (said.outcome, kept.read_bytes()) == (outcome, before)
    assert "Permission denied" in said.lines[-1]


def test_with_a_file_that_another_notebook_uses_the_answer_comes_with_a_note(kept, monkeypatch):
    monkeypatch.setattr("kit.learning.progress.PATIENCE", 0.01)
    with FileLock(kept.with_name(".progress.json.lock")):
        said = check(3)
    assert said.passed
    assert "another notebook" in said.lines[-1]
    assert len(check(3).lines) == 1


# nbgrader -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [10, 6, "three", ...])
def test_under_nbgrader_what_is_not_right_raises_and_nothing_is_kept(answer, monkeypatch, refusal):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    refusal(lambda: check(answer), "99-1")
    assert not work_folder().exists()


@pytest.mark.parametrize(("answer", "key"), [(3, "99-1"), ("B", "99-3"), ({1: "yes"}, "99-4")])
def test_under_nbgrader_what_is_right_or_cannot_be_marked_passes(answer, key, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert check(answer, key).passed
    assert not work_folder().exists()


def test_under_nbgrader_nothing_is_warned_of_which_it_would_take_for_a_failure(toy_tasks, monkeypatch, recwarn):
    def noisy(corpus):
        warnings.warn("such as a text that is not English", KitWarning, stacklevel=1)
        return 3

    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    toy_tasks["99-1"](noisy)
    assert check(3).passed
    assert not recwarn.list


def test_under_nbgrader_the_first_hint_is_the_message(monkeypatch, refusal):
    check(10)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert "first hint" in refusal(lambda: check(11))


# What is shown --------------------------------------------------------------------------------------------------------


def page(shown):
    return shown._repr_html_()


def test_an_answer_is_announced_to_a_screen_reader_and_reads_as_text_too():
    said = check(10)
    assert page(said).startswith('<div role="status"><p><strong>99-1: Not yet. Hint 1 of 3.</strong></p>')
    assert repr(said) == "99-1: Not yet. Hint 1 of 3.\nfirst hint"
    assert repr(check(3)) == "99-1: Right."


def test_what_a_learner_wrote_is_escaped():
    assert "&lt;script&gt;" in page(check({1: "<script>"}, "99-4"))
    assert "<script>" not in page(check({1: "<script>"}, "99-4"))


def test_what_stands_in_a_document_is_escaped():
    for shown in (page(check({1: "yes"}, "99-4")), page(kit.task("99-4", TOY)), page(kit.task("99-3", TOY))):
        assert "&lt;b&gt;" in shown
        assert "<b>" not in shown
    assert "&lt;i&gt;toy&lt;/i&gt;" in page(kit.task("99-1", TOY))


def test_rubric_and_model_answer_are_escaped_and_come_only_after_an_answer_of_ones_own():
    for too_little in (..., "", "Four words, no more."):
        assert "Is there a source?" not in repr(check(too_little, "99-5"))
        assert "possible" not in page(check(too_little, "99-5"))
    said = check("Eight words of my own stand here now.", "99-5")
    assert said.passed
    assert "<b>" not in page(said)
    assert "<details><summary>One possible answer</summary><p>One &lt;b&gt;possible" in page(said)
    assert "- Is there a source?\nIs" not in repr(said)
    assert repr(said).endswith("- Is there a doubt?\nOne <b>possible</b> answer.")


def test_the_party_and_the_word_that_are_looked_at_stand_in_hints():
    assert "“troublemaker” of the dock workers" in check(6, corpus=kit.load("harbour-strike")).message
    assert "“…” of …" in check(6).message


def test_a_task_shows_what_it_is_about():
    assert "the second" in repr(kit.task("99-3", TOY))
    assert "rained" in repr(kit.task("99-4", TOY))
    assert "This task does not apply to <i>toy</i>: it has nothing to show beforehand." in repr(kit.task("99-1", TOY))


# Which task, which documents ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("call", [lambda key: kit.check(key, 3, TOY), lambda key: kit.task(key, TOY), find])
@pytest.mark.parametrize(
    ("key", "told"),
    [("98-1", "99"), ("99-9", "99-1, 99-2"), ("", "99"), ("99", "99-1"), ("<b>", "99"), ("x" * 999, "99"), (99, "99")],
)
def test_an_unknown_task_is_named_with_those_there_are(call, key, told, refusal):
    assert len(refusal(lambda: call(key), told)) < 120


def test_without_documents_the_battle_of_aleppo_is_meant():
    assert kit.check("99-1", 3).passed


@pytest.mark.parametrize("documents", [TOY[0], [TOY[0]], TOY.only(["toy"])])
def test_a_document_or_a_list_of_them_will_do(documents):
    assert check(3, corpus=documents).passed


def test_what_is_no_document_is_told_so(refusal):
    refusal(lambda: check(3, corpus=["toy"]), "kit.load")


# The shipped exercises ------------------------------------------------------------------------------------------------


def test_a_corpus_without_the_word_that_is_looked_at_is_told_that_the_task_does_not_apply(monkeypatch):
    monkeypatch.setattr("kit.learning.marking.exercises", exercises)
    harbour = kit.load("harbour-strike")
    quiet = kit.Corpus([kit.Document("quiet", "The dockers went home.")], "quiet port", harbour.about)
    for key, answer in (("02-1", 0), ("02-3", {"quiet": 0}), ("02-5", "dockers"), ("00-3", "dockers")):
        said = kit.check(key, answer, quiet)
        assert said.outcome == "does not apply"
        assert "quiet port" in said.message
        assert said.passed
