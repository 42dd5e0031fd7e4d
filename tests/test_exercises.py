"""The proof that exercises answer back: for every task, on both bundled corpora, with every mistake it knows."""

import re

import nbformat
import pytest

import kit
from exercises import make
from kit.learning import marking
from kit.learning.tasks import Choice, Coding, Computed, Exercise, Open, Passage, Rewrite, Task

CORPORA = ["aleppo-2016", "harbour-strike"]
EXERCISES = marking.exercises()
TASKS = [task for exercise in EXERCISES.values() for task in exercise.tasks.values()]

every_exercise = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
every_task = pytest.mark.parametrize("task", TASKS, ids=lambda task: task.key)
both_corpora = pytest.mark.parametrize("name", CORPORA)


@pytest.fixture(scope="module")
def corpora():
    return {name: kit.load(name, edition="teaching") if name == "aleppo-2016" else kit.load(name) for name in CORPORA}


def code_cells(exercise: Exercise, *, solved: bool):
    made = nbformat.reads(make.notebook(exercise, solved=solved), as_version=4)
    return [cell for cell in made.cells if cell.cell_type == "code"]


def run(exercise: Exercise, corpus_name: str, *, solved: bool):
    """Run an exercise's cells as a learner would, and return what each check said."""
    said, space = {}, {}
    for cell in code_cells(exercise, solved=solved):
        source = cell.source.replace(f'"{exercise.corpus}"', f'"{corpus_name}"')
        if found := re.match(r'kit\.check\("(.*?)"', source):
            said[found[1]] = eval(source, space)
        elif "kit.learning.pack_my_work" not in source:
            exec(source, space)
    return said


def known_mistakes(task: Task, corpus):
    """Yield the name of each usual mistake and an answer that makes it."""
    if isinstance(task, Choice):
        options, right = task.expected(corpus)
        yield from ((f"chose_{letter}", letter) for letter in options if right and letter not in right)
    for mistake in task.mistakes:
        if isinstance(task, Rewrite):
            yield mistake.name, mistake.leads_to(task.expected(corpus))
            continue
        answer = mistake.leads_to(corpus)
        yield mistake.name, answer.iloc[0]["text"] if isinstance(task, Passage) else answer


# What there is ------------------------------------------------------------------------------------------------------


def test_every_lesson_has_its_exercise():
    lessons = [path.stem[:2] for path in sorted((make.FOLDER.parent / "notebooks").glob("0*.ipynb"))]
    assert list(EXERCISES) == lessons


@every_exercise
def test_an_exercise_has_three_to_six_tasks_a_third_of_them_about_judgement(exercise):
    tasks = list(exercise.tasks.values())
    assert 3 <= len(tasks) <= 6
    assert sum(not isinstance(task, Computed) for task in tasks) * 3 >= len(tasks)
    assert [task.key for task in tasks] == [f"{exercise.lesson}-{n}" for n in range(1, len(tasks) + 1)]


def test_there_is_a_rewrite_lab():
    assert any(isinstance(task, Rewrite) for task in TASKS)


@every_exercise
def test_the_committed_notebooks_are_what_the_sources_make(exercise):
    for solved, path in ((False, make.starter_path(exercise)), (True, make.solution_path(exercise))):
        made = nbformat.reads(make.notebook(exercise, solved=solved), as_version=4)
        committed = nbformat.read(path, as_version=4)
        assert [(c.id, c.source, c.metadata) for c in committed.cells] == [
            (c.id, c.source, c.metadata) for c in made.cells
        ]
        assert [c.execution_count for c in committed.cells if c.cell_type == "code"] == list(
            range(1, len(code_cells(exercise, solved=solved)) + 1)
        )


# The proof ----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@every_exercise
@both_corpora
def test_the_starter_does_not_pass(exercise, name):
    said = run(exercise, name, solved=False)
    assert said.keys() == exercise.tasks.keys()
    assert not [key for key, feedback in said.items() if feedback.passed]


@pytest.mark.slow
@every_exercise
@both_corpora
def test_the_solution_passes(exercise, name):
    said = run(exercise, name, solved=True)
    assert {
        key: feedback.outcome for key, feedback in said.items() if feedback.outcome not in ("right", "compared")
    } == {}
    assert said.keys() == exercise.tasks.keys()


@pytest.mark.slow
@every_task
@both_corpora
def test_every_known_mistake_gets_exactly_its_hint(task, name, corpora):
    """On the accounts that the exercises begin with each mistake leads astray; on the others not every one must."""
    hints = {mistake.name: mistake.hint for mistake in task.mistakes}
    focus = kit.focus(corpora[name])
    known = dict(known_mistakes(task, corpora[name]))
    made = {mistake: kit.check(task.key, answer, corpora[name]) for mistake, answer in known.items()}
    if name != CORPORA[0]:
        made = {mistake: said for mistake, said in made.items() if said.outcome != "right"}
        assert bool(made) == bool(known), "no mistake makes a difference in these documents"
    for mistake, said in made.items():
        assert (said.outcome, said.mistake) == ("mistake", mistake)
        if mistake in hints:
            assert said.message == hints[mistake].replace("{word}", focus.word).replace("{referent}", focus.referent)
        assert not said.passed


@every_task
def test_a_task_knows_enough_mistakes_and_each_has_a_hint_of_its_own(task):
    hints = [mistake.hint for mistake in task.mistakes]
    assert len(set(hints)) == len(hints)
    if isinstance(task, Computed):
        assert len(hints) >= 3
    if isinstance(task, Passage | Rewrite):
        assert hints


@every_task
@both_corpora
def test_hints_come_in_three_steps_and_none_gives_the_answer_away(task, name, corpora):
    if isinstance(task, Choice | Coding | Open):
        assert not task.hints
        return
    assert len(set(task.hints)) == 3
    if isinstance(task, Computed):
        right = task.expected(corpora[name])
        if isinstance(right, int | float):
            shown = {str(right), f"{right:.1f}", f"{right:.2f}"}
            assert not [hint for hint in task.hints for number in re.findall(r"\d+(?:\.\d+)?", hint) if number in shown]


@pytest.mark.slow
@every_task
def test_an_answer_of_another_kind_gets_a_friendly_sentence(task, corpora):
    for answer in (object(), [], 3.5j, b"x"):
        said = kit.check(task.key, answer, corpora["aleppo-2016"])
        assert said.outcome == "not readable"
        assert "Error" not in said.message
        assert said.message.endswith((".", "?", "}", ")"))


@pytest.mark.slow
@every_exercise
def test_an_exception_in_a_learners_cell_gets_a_friendly_sentence(exercise, shell, capsys):
    for cell in code_cells(exercise, solved=False):
        if cell.source.startswith("kit.check("):
            capsys.readouterr()
            shell.run_cell("1 / 0")
            assert "Something was divided by 0." in capsys.readouterr().out
            shell.run_cell(re.sub(r"answer_(\d+)", r"answer_\1_not_made", cell.source))
            assert "Did the cell above end well?" in capsys.readouterr().out
        elif "kit.learning.pack_my_work" not in cell.source:
            shell.run_cell(cell.source)


@every_exercise
def test_no_starter_holds_a_solution(exercise):
    starter = "\n".join(cell.source for cell in code_cells(exercise, solved=False))
    assert "SOLUTION" not in starter
    for task in exercise.tasks.values():
        shown = f"{task.starter}\n{task.given}\n{exercise.setup}"
        for line in task.solution.splitlines():
            if line.strip() and line.strip() not in shown:
                assert line.strip() not in starter, (task.key, line)


@every_task
def test_open_tasks_have_a_rubric_and_a_model_answer(task):
    if isinstance(task, Open):
        assert len(task.rubric) >= 3
        assert len(task.solution.split()) >= 30


# Whatever the documents ---------------------------------------------------------------------------------------------


@pytest.mark.slow
@every_exercise
def test_an_exercise_also_works_on_the_originals(exercise, shared, monkeypatch, tmp_path):
    from kit.documents.originals import recognised

    monkeypatch.setenv("KIT_ORIGINALS", str(tmp_path))
    for file in shared("documents").glob("*.txt"):
        assert recognised(file, "aleppo-2016")
    said = run(exercise, "aleppo-2016", solved=True)
    assert {key: feedback.outcome for key, feedback in said.items() if not feedback.passed} == {}


@every_task
def test_a_corpus_that_lacks_what_is_asked_for_is_told_so(task):
    empty = kit.Corpus([kit.Document("rain", "It rained. The bakers slept.")], "weather")
    said = kit.check(task.key, ..., empty)
    assert said.outcome in ("does not apply", "no answer")
    if said.outcome == "does not apply":
        assert "weather" in said.message
