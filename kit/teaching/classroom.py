"""A class in one page for the projector and one table: who did what, what they expected, how far they agree."""

from __future__ import annotations

import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from .. import html
from ..coding import exchange, store
from ..coding.codebooks import Book, Codebook, codebooks_by_name
from ..documents import catalogues, library
from ..documents.corpus import Corpus
from ..errors import KitError, KitWarning, one_line
from ..files import write_text
from ..learning import marking
from ..learning.tasks import PASSED, RIGHT
from ..metrics.reliability import agreement, disagreements
from .handins import Student
from .pages import scrolling

MOST_DIVIDED = 10
TITLE = "Our class"
_NOTE = "Made by kit class from what the class handed in. Nothing on this page is a mark."
_COLUMNS = {
    "prediction": "predictions",
    "quiz": "quiz questions",
    "check": "tasks tried",
    "answer": "own words",
    "verdict": "verdicts",
}
_DONE, _ASIDE = "tasks right", "set aside"
_NOTICE = """<p>Krippendorff's alpha is 1 where all say the same and 0 where they agree as often as by chance. The
limits come from drawing the units again and again. Many researchers ask for .8, and take .667 as the least; that is a
custom. What a class disagrees about is worth more here than a high figure.</p>"""


class _Predicted(NamedTuple):
    """How many students chose an answer first, and last."""

    key: str
    question: str
    answer: str
    before: int
    after: int


class ClassRoom(NamedTuple):
    """What a class did, as tables; `doubts` are sentences about codes that could not be placed or were counted once."""

    students: pd.DataFrame
    predictions: list[_Predicted]
    tasks: pd.DataFrame
    codes: pd.DataFrame
    books: list[Codebook]
    doubts: list[str]

    def page(self) -> str:
        """Return the page for the projector: one HTML file that loads and runs nothing."""
        parts = [*self._who(), *self._expected(), *self._exercises(), *self._agreed()]
        return html.page(TITLE, _NOTE, "", f'<div class="projector"><h1>{TITLE}</h1>{"".join(parts)}</div>')

    def csv(self) -> str:
        """Return the table of students as CSV; no cell of it is a formula to a spreadsheet."""
        rows = self.students.itertuples(index=False)
        return exchange.spreadsheet(self.students.columns, rows)

    def _who(self) -> Iterator[str]:
        shown = self.students[["student", *_COLUMNS.values(), _DONE, "codes", _ASIDE]]
        yield f"<h2>Who did what</h2><p>Students: {len(self.students)}.</p>{scrolling(html.table(shown))}"

    def _expected(self) -> Iterator[str]:
        if not self.predictions:
            return
        yield "<h2>What we expected, before and after</h2>"
        yield "<p>Before is what each chose first, after what they chose last. Nobody marks a guess.</p>"
        for (key, asked), group in groupby(self.predictions, key=lambda row: (row.key, row.question)):
            rows = list(group)
            most, voted = max(max(row.before, row.after) for row in rows), sum(row.before for row in rows)
            lines = "".join(
                f'<tr><th scope="row">{escape(row.answer)}</th>{_bar(row.before, most)}{_bar(row.after, most)}</tr>'
                for row in rows
            )
            head = '<tr><th scope="col">answer</th><th scope="col">before</th><th scope="col">after</th></tr>'
            yield f"<h3>{escape(key)} {escape(asked)}</h3>"
            yield f'<table class="bars"><caption>Students, n = {voted}</caption><thead>{head}</thead>'
            yield f"<tbody>{lines}</tbody></table>"

    def _exercises(self) -> Iterator[str]:
        if len(self.tasks):
            yield f"<h2>Exercises</h2><p>The last answer of each counts.</p>{scrolling(html.table(self.tasks))}"

    def _agreed(self) -> Iterator[str]:
        for book in self.books:
            own = self.codes[self.codes["codebook"] == book.name]
            coders = own["coder"].nunique()
            yield f"<h2>How far we agree: {escape(book.title)}</h2>"
            yield f"<p>Coders: {coders}. Documents: {own['document'].nunique()}.</p>"
            if coders < 2:
                yield "<p>One coder alone cannot agree or disagree with anybody.</p>"
                continue
            yield _NOTICE + scrolling(html.table(_by_code(self.codes, book)))
            yield from _divided(self.codes, book, "Most divided")
            if book.unit == "document" and own["end"].any():  # the sentences by which a whole text was judged
                yield from _divided(self.codes, book, "Most divided, sentence by sentence", "sentence")


def _bar(number: int, most: int) -> str:
    """A cell with a number, and a bar as long as the number is large, for those who see it."""
    width = 100 * number / max(most, 1)
    return f'<td>{number}<span class="bar" aria-hidden="true" style="width:{width:.0f}%"></span></td>'


def _by_code(codes: pd.DataFrame, book: Codebook) -> pd.DataFrame:
    found = agreement(codes, book)[["coders", "units", "percent", "alpha", "low", "high"]].round(3) + 0.0  # no -0
    return found.astype(object).where(found.notna(), "too few to tell").reset_index()


def _divided(codes: pd.DataFrame, book: Codebook, heading: str, by: str | None = None) -> Iterator[str]:
    """List the most divided units with who said what; the notes open at a click."""
    found = disagreements(codes, book, by=by)
    yield f"<h3>{heading}</h3>"
    if found.empty:
        yield "<p>On nothing do these coders differ.</p>"
        return
    yield f"<p>On how many units somebody differs: {len(found)}. The most divided first.</p><ol>"
    for row in found.head(MOST_DIVIDED).to_dict("records"):
        unit = {name: escape(str(row.pop(name))) for name in ("document", "text", "code", "divided")}
        said = defaultdict(list)
        for coder, words in row.items():
            value, _, note = str(words).partition(": ")
            said[value].append(f"{coder}, {value}{': ' * bool(note)}{note}")
        values = [value for value in dict.fromkeys((*book.values, *said)) if value and value in said]
        counts = "; ".join(f"<strong>{escape(v)}</strong> {len(said[v])}" for v in values)
        notes = "".join(f"<li>{escape(line)}</li>" for value in values for line in said[value])
        yield f"<li><p>{unit['document']}, <strong>{unit['code']}</strong>: {unit['text']}</p>"
        yield f"<details><summary>{counts}</summary><ul>{notes}</ul></details></li>"
    yield "</ol>"


# ---- tables ----------------------------------------------------------------------------------------------------


def classroom(
    students: list[Student],
    documents: Corpus | None = None,
    codebooks: Iterable[Book] = (),
    *,
    pseudonyms: bool = False,
) -> ClassRoom:
    """Put a class's work together.

    Without documents, the corpora that the kit knows by name are searched for those that were coded; the bundled
    codebooks are known beside those named. With `pseudonyms`, students are *student 1*, *student 2* and so on, in no
    order that tells who they are, wherever their names would be seen; the table of students keeps the names beside.
    """
    if not students:
        raise KitError("There is no work of any student to put together.")
    names = [student.name for student in students]
    in_disguise = sorted(names, key=lambda name: sha256(name.encode("utf-8", "surrogatepass")).digest())
    called = {name: f"student {number}" for number, name in enumerate(in_disguise, 1)} if pseudonyms else {}
    renamed = [replace(student, name=called.get(student.name, student.name)) for student in students]
    rows = list(map(_row, renamed))
    columns = dict.fromkeys(column for row in rows for column in row)
    tasks = sorted(column for column in columns if "-" in column)
    table = pd.DataFrame(rows, columns=[*(c for c in columns if c not in tasks), *tasks]).fillna("")
    if pseudonyms:
        table.insert(1, "name", names)
        table = table.sort_values("student", key=lambda s: s.str.removeprefix("student ").astype(int))
    return ClassRoom(table, _predictions(renamed), _tasks(renamed), *_codes(renamed, documents, codebooks))


def _row(student: Student) -> dict[str, Any]:
    """How much a student did of each kind, and what became of each task."""
    keys = {kind: {e["key"] for e in student.events if e["kind"] == kind} for kind in _COLUMNS}
    outcomes = {key: _outcome(event) for key, event in _last_checks(student).items()}
    return {
        "student": student.name,
        **{column: len(keys[kind]) for kind, column in _COLUMNS.items()},
        _DONE: sum(outcome == RIGHT for outcome in outcomes.values()),
        "codes": len(student.codes),
        _ASIDE: student.aside,
        **outcomes,
    }


def _last_checks(student: Student) -> dict[str, dict[str, Any]]:
    return {event["key"]: event for event in student.events if event["kind"] in ("check", "answer")}


def _outcome(event: dict[str, Any]) -> str:
    return event["result"] if event["result"] in PASSED else "not yet"


def _predictions(students: Iterable[Student]) -> list[_Predicted]:
    """Count predictions, a row a question and answer: `before` by each one's first choice, `after` by their last."""
    wording: dict[str, str] = {}
    first: dict[str, Counter[str]] = defaultdict(Counter)
    last: dict[str, Counter[str]] = defaultdict(Counter)
    for student in students:
        mine = [event for event in student.events if event["kind"] == "prediction"]
        wording |= {event["key"]: event["asked"] for event in mine}
        for counter, order in ((last, mine), (first, mine[::-1])):
            for key, answer in {event["key"]: event["answer"] for event in order}.items():
                counter[key][answer] += 1
    return [
        _Predicted(key, wording[key], answer, first[key][answer], last[key][answer])
        for key in sorted(first)
        for answer in dict.fromkeys([a for a, _ in first[key].most_common()] + list(last[key]))
    ]


def _tasks(students: Iterable[Student]) -> pd.DataFrame:
    """Count who tried and who did each task, and tell the mistake that was made most often on the way."""
    tried: Counter[str] = Counter()
    done: Counter[str] = Counter()
    mistakes: dict[str, Counter[str]] = defaultdict(Counter)
    for student in students:
        for key, event in _last_checks(student).items():
            tried[key] += 1
            done[key] += _outcome(event) in PASSED
        for key, mistake in {(e["key"], e["result"]) for e in student.events if e["result"].startswith("mistake: ")}:
            mistakes[key][mistake.removeprefix("mistake: ")] += 1
    rows = []
    for key in sorted(tried):
        mistake, made = max(mistakes[key].items(), key=lambda item: (item[1], item[0]), default=("", 0))
        title, said = _told(key, mistake)
        rows.append((key, title, tried[key], done[key], said, made))
    return pd.DataFrame(
        rows, columns=["task", "title", "tried", "done", "usual mistake, and what was said", "students"]
    )


def _told(key: str, mistake: str) -> tuple[str, str]:
    """Return a task's title, and what was said to a mistake."""
    try:
        task = marking.find(key)
    except KitError:  # of another version of the kit
        return "", mistake.replace("_", " ")
    return task.title, next((known.hint for known in task.mistakes if known.name == mistake), mistake.replace("_", " "))


def _codes(
    students: list[Student], documents: Corpus | None, codebooks: Iterable[Book]
) -> tuple[pd.DataFrame, list[Codebook], list[str]]:
    """Merge all codes, each coder under the student's name, and say what is doubtful."""
    works = list(_works(students))
    corpus = documents or _coded({code.document for _, made in works for code in made})
    report: exchange.Report = []
    lines = [
        (name, [(0, code._replace(coder=name)) for code in sorted(made, key=lambda code: code.made)])
        for name, made in works
    ]
    codes, _ = exchange.put_together(lines, corpus, codebooks, report)
    doubts = [
        f"{file}: {problem} ({document}, {code}): {detail}."
        for file, _, problem, _, document, code, _, detail in report
    ]
    books = codebooks_by_name(codebooks)
    return codes, [books[name] for name in codes["codebook"].unique()], list(dict.fromkeys(map(one_line, doubts)))


def _works(students: Iterable[Student]) -> Iterator[tuple[str, set[store.Code]]]:
    """Yield whose codes are which; what several handed in, they made together."""
    found: list[tuple[list[str], str, set[store.Code]]] = []
    for student in students:
        mine = defaultdict(set)
        for code in student.codes:
            mine[store.folded(code.coder)].add(code)
        for number, (coder, made) in enumerate(sorted(mine.items()), 1):
            owner = student.name if number == 1 else f"{student.name} ({number})"
            same = next((work for work in found if work[1] == coder and work[2] & made), None)
            if same:
                same[0].append(owner)
                same[2].update(made)
            else:
                found.append(([owner], coder, made))
    yield from ((" and ".join(owners), made) for owners, _, made in found)


def _coded(names: set[str]) -> Corpus:
    """Return the documents of these names, from the corpora that the kit knows by name."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", KitWarning)
        known = library.stream(catalogues.corpus_names(), lambda error: None)
        return Corpus(document for document in known if document.name in names)


# ---- writing ---------------------------------------------------------------------------------------------------


def write(found: ClassRoom, page: Path) -> Path:
    """Write the page, and beside it the table of students as CSV, and return where that is.

    What is there of these names and was not made by this is refused.
    """
    table = page.with_suffix(".csv")
    if page.suffix.lower() not in (".html", ".htm"):
        raise KitError(f"{page} should end in .html; name it such as class.html.")
    for path, ours in ((page, f"<title>{TITLE}</title>"), (table, '"student",')):
        if path.exists() and ours not in path.read_text(encoding="utf-8-sig", errors="replace")[:2000]:
            raise KitError(f"{path} is there already and was not made by kit class; give another name with --output.")
    write_text(page, found.page())
    write_text(table, found.csv())
    return table
