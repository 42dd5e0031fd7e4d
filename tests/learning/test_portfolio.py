"""What a learner did is shown and written down in their own words: nothing is lost, nothing of it does anything."""

import json
import re
import unicodedata
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import kit
from kit import KitWarning
from kit.cli import main
from kit.coding import store
from kit.folders import work_folder
from kit.learning.progress import FILE, record
from kit.learning.quizzes import questions

HOSTILE = "<script>owned()</script> | a *b* _c_ [d](javascript:e) `f`\n\n# g\n1. h\n    i\n---\n> j &lt; ~~k~~ $l$"


@pytest.fixture
def worked():
    """A learner who has done a little of everything."""
    for answer in ("al-Qaeda", "rebel", "terrorist"):
        record("prediction", "02-1", answer, asked="Which name does the first account use most?")
    record("prediction", "00-1", "coast-wire", asked="Which account uses the word “troublemaker” most often?")
    record("quiz", "02-q1", questions()[8].options[1].text, "not yet", questions()[8].question)
    record("check", "02-3", "12", "mistake: divided_by_documents", "Rates")
    record("check", "02-4", "7", "right", "Codes")
    record("answer", "02-5", "I would write *rebel*,\nsince both sides do.", "compared", "What would you write?")
    record("verdict", "global-research:10-20", "hard to say")
    harbour = kit.load("harbour-strike")
    for value in ("present", "prominent"):
        store.add(harbour[0], "entman", "problem", harbour[0].sentences[3], coder="Ana", value=value, note="Why not?")


def damaged(text):
    path = work_folder() / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def page():
    """The page as HTML and as text."""
    shown = kit.my_progress()
    return shown._repr_html_(), repr(shown)


def rows(html):
    return [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", html)][1:]


def written(tmp_path):
    return kit.portfolio(tmp_path / "portfolio.html").read_text(encoding="utf-8")


# The page ------------------------------------------------------------------------------------------------------------


def test_whoever_has_done_nothing_yet_is_told_what_will_be_here():
    for shown in page():
        assert "Nothing yet" in shown


def test_the_page_counts_by_lesson_and_tells_when(worked):
    html, text = page()
    overview = {row[0]: row[1:] for row in rows(html.partition("<details>")[0])}
    assert {lesson: counts[:6] for lesson, counts in overview.items()} == {
        "00 · Start here": list("100000"),
        "02 · Naming": list("100121"),
        "03 · Who says so": list("001000"),
        "05 · What is the story": list("010000"),
    }
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", time) for counts in overview.values() for time in counts[6:])
    assert "02 · Naming" in text


def test_the_page_lists_each_question_with_the_latest_answer_and_what_became_of_it(worked):
    html, _ = page()
    naming = rows(html.partition("<summary>02")[2].partition("</details>")[0])
    assert [(row[1], row[3], row[4]) for row in naming[2:]] == [
        ("Exercises", "12", "not yet"),
        ("Exercises", "7", "right"),
        ("In my own words", "I would write *rebel*, since both sides do.", "compared"),
    ]
    assert (naming[0][2], naming[0][3]) == ("Which name does the first account use most?", "terrorist")
    assert questions()[8].question.startswith(naming[1][2].removesuffix(" …"))


def test_what_a_learner_wrote_does_nothing_on_the_page():
    record("answer", HOSTILE, HOSTILE, HOSTILE)
    html, _ = page()
    assert "<script" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(
    ("text", "says"),
    [("{", "damaged"), ('{"version": 99, "events": {}}', "newer kit")],
    ids=["damaged", "newer"],
)
def test_a_file_that_cannot_be_read_is_said_on_the_page_and_kept(text, says):
    damaged(text)
    for shown in page():
        assert says in shown
    assert text in [path.read_text(encoding="utf-8") for path in work_folder().glob("progress*.json")]


def test_a_file_that_may_not_be_read_is_said_on_the_page(worked, forbid):
    with forbid(work_folder() / FILE):
        html, text = page()
    assert "Permission denied" in html
    assert "Permission denied" in text
    assert "05 · What is the story" in html, "the codes are still shown"


def test_codes_that_cannot_be_read_are_said_and_the_rest_is_shown(worked):
    (work_folder() / store.FILE).write_bytes(b"no database" * 100)
    html, _ = page()
    assert "damaged" in html
    assert "02 · Naming" in html


def test_a_file_that_may_only_be_read_is_shown(worked):
    (work_folder() / FILE).chmod(0o444)
    assert "02 · Naming" in page()[0]


@pytest.mark.parametrize(
    "time", ["", "yesterday", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "9" * 5000]
)
def test_a_time_or_a_key_that_is_none_stops_nothing(time, tmp_path):
    event = {"time": time, "kind": "prediction", "key": f"02-{time}", "asked": "", "answer": "a", "result": ""}
    damaged(json.dumps({"version": 2, "events": [event]}))
    assert "02 · Naming" in page()[0]
    assert "02 · Naming" in written(tmp_path)


# The portfolio -------------------------------------------------------------------------------------------------------


def test_the_portfolio_holds_question_and_own_words_in_reading_order(worked, tmp_path):
    text = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "TIME", written(tmp_path))
    order = [
        "<h2>00 · Start here",
        "<h4>Which account uses the word “troublemaker” most often?",
        said("I expected (TIME)", "coast-wire"),
        "<h2>02 · Naming",
        "<h4>Which name does the first account use most?",
        said("First: I expected (TIME)", "al-Qaeda"),
        said("Last: I expected (TIME)", "terrorist"),
        f"<h4>{questions()[8].question}",
        "(TIME, not yet):",
        said("My answer (TIME, right)", "7"),
        "<p>I would write *rebel*,</p>\n<p>since both sides do.</p>",
        "<h2>03 · Who says so",
        "<h4>global-research:10-20</h4>\n" + said("My verdict (TIME)", "hard to say"),
        "<h2>05 · What is the story",
        "<h4>problem in harbour-gazette: “",
        said("I coded (TIME, as Ana)", "prominent. Why not?"),
    ]
    places = [text.find(part) for part in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)
    assert "<p>rebel</p>" not in text, "a prediction that was changed twice"
    assert "present." not in text, "a code that was replaced"


def said(lead, answer):
    return f'<p><em>{lead}:</em></p>\n<blockquote dir="auto">\n<p>{answer}</p>\n</blockquote>'


TAGS = set("html head meta title style body a header nav main footer h1 h2 h3 h4 p em blockquote".split())


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.links = set(), set(), []
        self.text, self.quotes, self.quoting = "", [], False

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.links += [value for name, value in attrs if name == "href"]
        if tag == "blockquote":
            self.quotes.append("")
            self.quoting = True

    def handle_endtag(self, tag):
        self.quoting = self.quoting and tag != "blockquote"

    def handle_data(self, data):
        self.text += data
        if self.quoting:
            self.quotes[-1] += data


def parsed(html):
    parser = Tags()
    parser.feed(html)
    return parser


def test_the_page_needs_nothing_else_and_says_the_same(worked, tmp_path):
    html = parsed(written(tmp_path))
    assert html.tags <= TAGS
    assert "src" not in html.attributes
    assert html.links == ["#text", "https://creativecommons.org/licenses/by/4.0/"]
    for said in ("al-Qaeda", "terrorist", "I would write *rebel*,", "hard to say", "prominent. Why not?"):
        assert said in html.text


@pytest.mark.parametrize("field", ["key", "asked", "answer", "result", "time"])
def test_what_a_learner_wrote_does_nothing_in_a_portfolio(field, tmp_path):
    event = {"time": "", "kind": "answer", "key": "02-1", "asked": "", "answer": "", "result": ""} | {field: HOSTILE}
    damaged(json.dumps({"version": 2, "events": [event]}))
    page = parsed(written(tmp_path))
    assert page.tags <= TAGS


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(st.lists(st.text(), min_size=1, max_size=20))
@example(["0\x1e\x08", "…"])
def test_any_text_comes_out_as_it_was_written(tmp_path, texts):
    blank = dict.fromkeys(("time", "asked", "result"), "") | {"kind": "answer"}
    events = [blank | {"key": f"02-{n}", "answer": text} for n, text in enumerate(texts)]
    damaged(json.dumps({"version": 2, "events": events}))
    (tmp_path / "portfolio.html").unlink(missing_ok=True)
    shown = parsed(written(tmp_path).partition("<body>")[2])
    wrote = ["".join(" " if unicodedata.category(c) == "Cc" else c for c in text).split() for text in texts]
    assert shown.tags <= TAGS
    assert [said.split() for said in shown.quotes] == [said or ["…"] for said in wrote]


def test_half_a_character_is_written_as_a_space(tmp_path):
    event = {"time": "", "kind": "answer", "key": "02-1", "asked": "", "answer": "a\ud800b", "result": ""}
    damaged(json.dumps({"version": 2, "events": [event]}))
    assert "<p>a b</p>" in written(tmp_path)


def test_what_is_there_already_is_left_as_it_is(worked, tmp_path, refusal):
    (tmp_path / "mine.html").write_text("my notes", encoding="utf-8")
    refusal(lambda: kit.portfolio(tmp_path / "mine.html"), "mine.html")
    assert (tmp_path / "mine.html").read_text(encoding="utf-8") == "my notes"


@pytest.mark.parametrize("name", ["portfolio", "portfolio.docx", ".html"])
def test_another_ending_is_refused(worked, tmp_path, refusal, name):
    refusal(lambda: kit.portfolio(tmp_path / name), name, ".html")


def test_where_nothing_was_done_there_is_no_portfolio(tmp_path, refusal):
    refusal(lambda: kit.portfolio(tmp_path / "portfolio.html"), "nothing")
    damaged('{"version": 99, "events": []}')
    refusal(lambda: kit.portfolio(tmp_path / "portfolio.html"), "newer")
    assert list(tmp_path.glob("portfolio*")) == []


def test_what_could_not_be_read_is_said_when_the_rest_is_written(worked, tmp_path):
    (work_folder() / store.FILE).write_bytes(b"no database" * 100)
    with pytest.warns(KitWarning, match="Not in the portfolio"):
        assert "02 · Naming" in written(tmp_path)


def test_on_a_full_disk_nothing_is_half_written(worked, tmp_path, monkeypatch, refusal):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kit.files.os.fsync", full)
    refusal(lambda: kit.portfolio(tmp_path / "portfolio.html"), "No space")
    assert list(tmp_path.glob("*portfolio*")) == []


# The command ---------------------------------------------------------------------------------------------------------


def run(*args):
    result = CliRunner().invoke(main, ["progress", *map(str, args)])
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return result


def test_the_command_prints_the_table_and_writes_the_portfolio(worked, tmp_path):
    shown = run()
    assert shown.exit_code == 0
    assert re.search(r"^02 · Naming +1 +0 +0 +1 +2 +1 ", shown.stdout, re.MULTILINE)
    assert run("--export", tmp_path / "portfolio.html").exit_code == 0
    assert (tmp_path / "portfolio.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_command_says_in_one_line_what_it_cannot_read():
    damaged('{"version": 99, "events": []}')
    for args in ((), ("--export", "portfolio.html")):
        refused = run(*args)
        assert refused.exit_code == 2
        assert len(refused.stderr.splitlines()) == 1
        assert "newer" in refused.stderr


def test_the_command_shows_what_it_can_and_complains_of_the_rest(worked):
    (work_folder() / store.FILE).write_bytes(b"no database" * 100)
    partly = run()
    assert partly.exit_code == 1
    assert "02 · Naming" in partly.stdout
    assert store.FILE in partly.stderr
