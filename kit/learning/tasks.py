"""Tasks of an exercise: what is asked, what is right for the documents at hand, and which mistakes are usual.

A task is written once, in `exercises/sources`: its wording, a starter, a solution, what is right as a function of the
corpus, and each usual mistake as another such function with a hint that fits it. Nothing expected is stored.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from textwrap import dedent
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pandas as pd

from ..coding import store
from ..documents.corpus import Corpus, touching
from ..documents.layout import sentences
from ..errors import KitError
from ..findings.focus import focus
from ..html import AFTER, BEFORE

RIGHT, HINT, MISTAKE, COMPARED = "right", "hint", "mistake", "compared"
NO_ANSWER, UNREADABLE, NOT_APPLICABLE = "no answer", "not readable", "does not apply"
PASSED = (RIGHT, COMPARED, NOT_APPLICABLE)
LEAST_WORDS = 8  # of an open answer

OfCorpus = Callable[[Corpus], Any]
_Of = TypeVar("_Of", bound=OfCorpus)


class NotApplicableError(KitError):
    """A task asks for what the documents at hand do not have."""


class UnreadableError(KitError):
    """An answer is not of the kind that is asked for."""


class Verdict(NamedTuple):
    """What became of an answer; `mistake` names the usual mistake that was made."""

    outcome: str
    message: str = ""
    mistake: str = ""
    table: pd.DataFrame | None = None


class Mistake(NamedTuple):
    """A usual mistake: what it leads to for the documents at hand, and what to say then."""

    name: str
    hint: str
    leads_to: Callable[..., Any]


@dataclass
class Task:
    """One task. Subclasses say how an answer is read and judged.

    Parameters
    ----------
    key : str
        Lesson and number, such as `02-3`.
    title, ask : str
        What is asked, as Markdown.
    solution : str
        Code that gives the answer, for the teacher's notebook; of an open task, a model answer.
    minutes : int
        How long it takes.
    hints : three str
        From a nudge to the last step before the answer.
    starter : str
        What stands in the learner's cell.
    given : str
        Code of a cell before it that shows what the task is about.
    """

    key: str
    title: str
    ask: str
    solution: str
    minutes: int
    hints: Sequence[str] = ()
    starter: str = ""
    given: str = ""
    expected: OfCorpus = field(default=lambda corpus: None, repr=False)
    mistakes: list[Mistake] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        self.ask, self.solution, self.given = (dedent(t).strip() for t in (self.ask, self.solution, self.given))
        self.starter = dedent(self.starter).strip() or f"{self.variable} = ..."

    @property
    def variable(self) -> str:
        """Name of the variable that holds the answer, such as `answer_3`."""
        return "answer_" + self.key.partition("-")[2]

    def __call__(self, expected: _Of) -> Task:
        """Take the function below as what is right."""
        self.expected = expected
        return self

    def mistake(self, hint: str) -> Callable[[_Of], _Of]:
        """Take the function below as what a usual mistake leads to."""

        def add(leads_to: _Of) -> _Of:
            self.mistakes.append(Mistake(leads_to.__name__, hint, leads_to))
            return leads_to

        return add

    def judge(self, answer: Any, corpus: Corpus) -> Verdict:
        """Say what became of an answer; a plain miss has the outcome `hint` and no message yet."""
        try:
            right = self.expected(corpus)
            if _untouched(answer):
                return Verdict(NO_ANSWER, f"There is no answer yet: put yours in place of the dots in {self.variable}.")
            return self._judge(answer, right, corpus)
        except UnreadableError as error:
            return Verdict(UNREADABLE, str(error))
        except KitError as error:  # such as a catalogue without what is looked at
            return Verdict(NOT_APPLICABLE, f"This task does not apply to {corpus.name or 'these documents'}: {error}")

    def _judge(self, answer: Any, right: Any, corpus: Corpus) -> Verdict:
        raise NotImplementedError

    def _missed(self, given: Corpus | str, fits: Callable[[Any], bool]) -> Verdict:
        """Say which usual mistake fits; one that cannot be made in these documents is passed over."""
        for mistake in self.mistakes:
            with suppress(KitError):
                if fits(mistake.leads_to(given)):
                    return Verdict(MISTAKE, mistake.hint, mistake.name)
        return Verdict(HINT)

    def material(self, corpus: Corpus) -> pd.DataFrame:
        """Return what the task is about, as a table to read: statements, sentences, a paragraph."""
        raise NotApplicableError("it has nothing to show beforehand.")


def _untouched(answer: Any) -> bool:
    """Tell whether nothing stands there but the dots of the starter."""
    if isinstance(answer, Mapping) and answer:
        return all(_untouched(value) for value in answer.values())
    return answer is None or answer is ... or (isinstance(answer, str) and not answer.strip(" \n.…"))


# ---- values that are computed ------------------------------------------------------------------------------------


@dataclass
class Computed(Task):
    """The answer is a number, a set of words, or numbers by name.

    `digits` is how many decimals an answer needs: what is rounded there is right.
    """

    digits: int = 1

    def _judge(self, answer: Any, right: Any, corpus: Corpus) -> Verdict:
        given = in_plain_shape(answer, right)

        def same(wanted: Any) -> bool:
            return _equal(given, in_plain_shape(wanted, wanted), self.digits)

        with suppress(UnreadableError):  # where what is right is itself empty, or not a number
            if same(right):
                return Verdict(RIGHT)
        return self._missed(corpus, same)


def in_plain_shape(answer: Any, like: Any) -> Any:
    """Return an answer in the plain shape of what is expected, so that the two can be compared.

    Raises UnreadableError, in words for a learner, if it is of another kind, empty, or not a number.
    """
    if isinstance(like, Mapping | pd.Series):
        return _numbers_by_name(answer)
    if isinstance(like, set):
        return _words(answer)
    return _number(answer)


def _numbers_by_name(answer: Any) -> dict[str, float]:
    if isinstance(answer, pd.DataFrame) and min(answer.shape) == 1:
        answer = answer.iloc[:, 0] if answer.shape[1] == 1 else answer.iloc[0]
    if not isinstance(answer, Mapping | pd.Series):
        raise UnreadableError(
            f"A number for each name is wanted here, such as {{'this': 3}} or a column; yours is {_called(answer)}."
        )
    if not len(answer):
        raise UnreadableError("Your answer is empty: there is no number in it.")
    return {_word(name): _number(value) for name, value in answer.items()}


def _words(answer: Any) -> set[str]:
    if isinstance(answer, str) or not isinstance(answer, list | tuple | set | frozenset | pd.Series | pd.Index):
        raise UnreadableError(f"Several words are wanted here, such as ['this', 'that']; yours is {_called(answer)}.")
    if not len(answer):
        raise UnreadableError("Your list is empty.")
    return {_word(word) for word in answer}


def _word(answer: Any) -> str:
    if not isinstance(answer, str):
        raise UnreadableError(f"A word in quotation marks is wanted here, such as 'this'; yours is {_called(answer)}.")
    return " ".join(answer.split()).strip("“”\"'").casefold()


def _number(answer: Any) -> float:
    if isinstance(answer, pd.Series | pd.DataFrame | np.ndarray) and answer.size == 1:
        answer = np.asarray(answer).item()
    if isinstance(answer, bool | np.bool_) or not isinstance(answer, int | float | np.integer | np.floating):
        raise UnreadableError(f"A number is wanted here, such as 3 or 3.2; yours is {_called(answer)}.")
    if math.isnan(answer):
        raise UnreadableError(
            "Your answer is “not a number” (NaN). That comes from empty places or from 0 divided by 0."
        )
    return float(answer)


def _called(answer: Any) -> str:
    """Say in a learner's words what something is."""
    if isinstance(answer, pd.DataFrame):
        return f"a table of {len(answer)} rows"
    if isinstance(answer, pd.Series):
        return f"a column of {len(answer)} values"
    names = {
        str: "a text",
        bool: "True or False",
        int | float | np.number: "a number",
        list: "a list",
        tuple: "several values with commas between them (write a large number without its comma)",
        dict: "a dictionary",
        type(...): "still the three dots",
    }
    if callable(answer):
        return "a function, perhaps without its brackets ()"
    return next((said for kind, said in names.items() if isinstance(answer, kind)), f"a {type(answer).__name__}")


def _equal(given: Any, wanted: Any, digits: int) -> bool:
    if isinstance(wanted, dict):
        return given.keys() == wanted.keys() and all(_equal(given[k], wanted[k], digits) for k in wanted)
    if isinstance(wanted, float):
        return bool(abs(given - wanted) <= (0.5 * 10**-digits if wanted % 1 else 0) + 1e-9)
    return bool(given == wanted)


# ---- judgement ---------------------------------------------------------------------------------------------------


class Statement(NamedTuple):
    """A statement that can be chosen, and what to say to who chose it."""

    text: str
    feedback: str


@dataclass
class Choice(Task):
    """The answer is the letter of one of several statements; each has its own feedback.

    What is expected is a pair: the statements by letter, and the letters that are right. With none, every choice is
    accepted, as of a prediction, and its feedback tells what there is to see.
    """

    def _judge(self, answer: Any, right: Any, corpus: Corpus) -> Verdict:
        statements, letters = right
        letter = _word(answer).upper().rstrip(".)")
        if letter not in statements:
            raise UnreadableError(f"Choose one of the letters {', '.join(statements)}.")
        said = statements[letter].feedback
        if not letters:
            return Verdict(COMPARED, said)
        return Verdict(RIGHT, said) if letter in letters else Verdict(MISTAKE, said, f"chose_{letter}")

    def material(self, corpus: Corpus) -> pd.DataFrame:
        """Return the statements by letter."""
        statements = self.expected(corpus)[0]
        return pd.DataFrame({"letter": statements.keys(), "statement": [said.text for said in statements.values()]})


def lettered(*statements: Statement) -> dict[str, Statement]:
    """Return statements by letter: A, B, C and so on."""
    return {chr(ord("A") + number): statement for number, statement in enumerate(statements)}


@dataclass
class Passage(Task):
    """The answer is some words copied from a document: an example, or a counter-example.

    What is right, and each mistake, is a table of spans; the words have to stand in a sentence that holds one of them.
    """

    def _judge(self, answer: Any, right: Any, corpus: Corpus) -> Verdict:
        if not isinstance(answer, str):
            raise UnreadableError(f"Copy some words from a document, in quotation marks; yours is {_called(answer)}.")
        found = _found(answer, corpus)
        fitting = [place for place in found if _touching([place], right, corpus)]
        if fitting and fitting != found:
            raise UnreadableError(f"These words stand in {len(found)} places. Copy a few more, so that one is clear.")
        if fitting:
            return Verdict(RIGHT)
        return self._missed(corpus, lambda wrong: _touching(found, wrong, corpus))


def _found(words: str, corpus: Corpus) -> list[tuple[str, int, int]]:
    """Return where words stand: in boilerplate only if nowhere else.

    White space, the marks of evidence and straight quotation marks around the words make no difference.
    """
    words = words.replace(BEFORE, "").replace(AFTER, "").strip().strip("\"'")
    if len(words) < 4:
        raise UnreadableError("Copy a few more words, so that the place is clear.")
    found = [(d.name, s, e) for d in corpus for s, e in store.find_words(d.text, words)]
    if not found:
        raise UnreadableError(
            "These words stand in no document. Copy them exactly, with kit.show(corpus[0]) beside you."
        )
    return [place for place in found if corpus[place[0]].position(*place[1:])] or found


def _touching(found: list[tuple[str, int, int]], wanted: pd.DataFrame, corpus: Corpus) -> bool:
    """Tell whether words stand in a sentence with one of some spans."""
    places = _places(wanted)
    around = [(name, *_sentence(corpus, name, start, end)) for name, start, end in found]
    return any(n == name and bool(max(s, a) < min(e, b)) for n, s, e in around for name, a, b in places)


def sentences_with(wanted: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Return the sentences in which some spans stand, as a span table: what a learner would copy from."""
    touched = {
        (name, *piece)
        for name, start, end in _places(wanted)
        for piece in touching(corpus[name].counted_sentences, start, end)
    }
    found = sentences(corpus)
    return found[[place in touched for place in _places(found)]]


def _places(spans: pd.DataFrame) -> list[tuple[str, int, int]]:
    return list(zip(spans["document"], spans["start"], spans["end"], strict=True))


def _sentence(corpus: Corpus, name: str, start: int, end: int) -> tuple[int, int]:
    """Widen a place to the sentences it touches."""
    touched = touching(corpus[name].sentences, start, end)
    return min([start, *(s.start for s in touched)]), max([end, *(s.end for s in touched)])


class Reading(NamedTuple):
    """How we read something, why, and what else can be defended: code by reason."""

    text: str
    code: str
    reason: str
    alternatives: Mapping[str, str] = {}


@dataclass
class Coding(Task):
    """The answer is a code for each of some numbered sentences; it is compared with one defended reading, not marked.

    What is expected is a pair: the codes there are, and a list of `Reading`.
    """

    def _judge(self, answer: Any, right: Any, corpus: Corpus) -> Verdict:
        codes, readings = right
        given = self._read(answer, codes, len(readings))
        rows = []
        for number, reading in enumerate(readings, 1):
            said = given[number]
            why = reading.reason if said == reading.code else reading.alternatives.get(said, reading.reason)
            rows.append({"sentence": reading.text, "you": said, "our reading": reading.code, "why": why})
        same = sum(row["you"] == row["our reading"] for row in rows)
        defended = sum(g in r.alternatives for g, r in zip(given.values(), readings, strict=True))
        message = f"You and our reading agree on {same} of {len(rows)}."
        if defended:
            message += f" {defended} more of your codes can be defended as well."
        message += " This is no mark: where you differ, say why."
        return Verdict(COMPARED, message, table=pd.DataFrame(rows, index=range(1, len(rows) + 1)))

    def _read(self, answer: Any, codes: Sequence[str], number: int) -> dict[int, str]:
        if not isinstance(answer, Mapping):
            raise UnreadableError(
                f"A code for each number is wanted here, such as {{1: {codes[0]!r}}}; yours is {_called(answer)}."
            )
        given = {key: value for key, value in answer.items() if value is not ... and value != ""}
        missing = [str(n) for n in range(1, number + 1) if n not in given]
        if missing:
            raise UnreadableError(f"There is no code yet for {', '.join(missing)}.")
        read = {n: _word(given[n]) for n in range(1, number + 1)}
        strange = next((code for code in read.values() if code not in codes), None)
        if strange is not None:
            raise UnreadableError(f"{strange!r} is none of the codes; there are: {', '.join(codes)}.")
        return read

    def material(self, corpus: Corpus) -> pd.DataFrame:
        """Return the sentences by number."""
        readings = self.expected(corpus)[1]
        return pd.DataFrame({"number": range(1, len(readings) + 1), "sentence": [r.text for r in readings]})


@dataclass
class Open(Task):
    """The answer is a text of one's own, never marked: a rubric and a model answer to compare it with follow."""

    rubric: Sequence[str] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        self.starter = f'{self.variable} = """\n...\n"""'

    def _judge(self, answer: Any, right: Any, corpus: Corpus) -> Verdict:
        if not isinstance(answer, str):
            raise UnreadableError(f"A text is wanted here, between quotation marks; yours is {_called(answer)}.")
        if len(answer.split()) < LEAST_WORDS:
            raise UnreadableError("Write a sentence or two first, then compare.")
        return Verdict(
            COMPARED, "Kept. Read your answer again beside these questions, then beside one possible answer."
        )


class Moved(NamedTuple):
    """What a paragraph measures before and after it was rewritten, by names such as `stance: neutral`."""

    before: pd.Series
    after: pd.Series

    def changed(self) -> set[tuple[str, bool]]:
        """Return what moved, by the part of its name before the colon, and whether it rose."""
        by = (self.after - self.before).items()
        return {(str(name).partition(":")[0], change > 0) for name, change in by if change}

    def table(self) -> pd.DataFrame:
        """Return before and after side by side; what is not there before and after is left out."""
        both = pd.DataFrame({"before": self.before, "after": self.after}).rename_axis("counted")
        return both[(both != 0).any(axis=1)]


@dataclass
class Rewrite(Task):
    """The answer is a paragraph rewritten so that some measures move and others do not.

    What is expected is the paragraph; `measure` tells what it measures; `goal` is what has to rise (True) and to fall
    (False), and nothing else may move. A mistake is a function of the paragraph that rewrites it wrongly; its hint is
    for whoever makes the same measures rise and fall.
    """

    measure: Callable[[str, Corpus], pd.Series] = field(default=lambda text, corpus: pd.Series(), repr=False)
    goal: frozenset[tuple[str, bool]] = frozenset()

    def _judge(self, answer: Any, right: Any, corpus: Corpus) -> Verdict:
        if not isinstance(answer, str):
            raise UnreadableError(f"The paragraph is wanted here, rewritten; yours is {_called(answer)}.")
        if answer.split() == right.split():
            said = "This is still the paragraph as it was. Copy what you want to change exactly as it stands there."
            return Verdict(NO_ANSWER, said)
        moved = Moved(self.measure(right, corpus), self.measure(answer, corpus))
        table = moved.table()
        if moved.changed() == self.goal:
            return Verdict(RIGHT, table=table)

        def moves_as_much(wrong: str) -> bool:
            return Moved(moved.before, self.measure(wrong, corpus)).changed() == moved.changed()

        return self._missed(right, moves_as_much)._replace(table=table)

    def material(self, corpus: Corpus) -> pd.DataFrame:
        """Return the paragraph."""
        return pd.DataFrame({"paragraph (constructed by us)": [self.expected(corpus)]})


# ---- exercises ---------------------------------------------------------------------------------------------------


@dataclass
class Exercise:
    """The tasks of a lesson, in order, with what stands before them.

    `setup` is the code of the second cell; `corpus` names what the first one loads, until a learner changes it.
    """

    lesson: str
    title: str
    intro: str
    setup: str = ""
    corpus: str = "aleppo-2016"
    tasks: dict[str, Task] = field(default_factory=dict)

    def add(self, task: Task) -> Task:
        """Add a task; also used as ``@exercise.add(Computed(…))``: the function below is what is right."""
        self.tasks[task.key] = task
        return task


def looked_at(corpus: Corpus) -> dict[str, str]:
    """Return what hints may name: referent and word of the corpus, or dots where it has none."""
    try:
        return focus(corpus)._asdict()
    except KitError:
        return {"referent": "…", "word": "…"}
