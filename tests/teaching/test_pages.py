"""Lessons and exercises as pages: complete without network and notebook, and nothing on them runs or loads."""

import json
import re
from html import unescape
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner

import kit
from kit.cli import main
from kit.folders import shipped
from kit.html import table
from kit.teaching.pages import NOTE, write_pages

LOADING = {"script", "link", "iframe", "object", "embed", "video", "audio", "source", "base", "form"}
HOSTILE = "<script>window.owned = 1</script> <img src=x onerror='window.owned = 2'>"
RAW = "<script>window.owned = 3</script><img alt='' src='http://127.0.0.1:9/x.png' onerror='window.owned = 4'>"


class Elements(HTMLParser):
    """The elements of a page, each a name and its attributes."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def all(self, *tags):
        return [attributes for tag, attributes in self.found if tag in tags]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """All pages, solutions included."""
    into = tmp_path_factory.mktemp("pages")
    write_pages(into, solutions=True)
    return into


@pytest.fixture(scope="module")
def pages(folder):
    """Each page by its name, with its elements."""
    read = {path: path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.html"))}
    return {path.relative_to(folder).as_posix(): (page, Elements(page)) for path, page in read.items()}


def markdown(text):
    return {"cell_type": "markdown", "metadata": {}, "source": text}


def code(source, *outputs):
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": list(outputs), "execution_count": None}


def result(**data):
    kinds = {"html": "text/html", "text": "text/plain", "widget": "application/vnd.jupyter.widget-view+json"}
    shown = {kinds[kind]: value for kind, value in data.items()}
    return {"output_type": "execute_result", "metadata": {}, "execution_count": 1, "data": shown}


@pytest.fixture
def page_of(tmp_path, monkeypatch):
    """Return the page made of a lesson that has these cells; beside it lies the lesson `other`."""

    def make(*cells):
        for kind in ("notebooks", "exercises"):
            (tmp_path / "shipped" / kind).mkdir(parents=True)
        lessons = {"lesson": [markdown("# A lesson"), *cells], "other": [markdown("# The other & last")]}
        for name, content in lessons.items():
            path = tmp_path / "shipped" / "notebooks" / f"{name}.ipynb"
            path.write_text(json.dumps({"cells": content}), encoding="utf-8")
        monkeypatch.setattr("kit.teaching.pages.shipped", lambda kind: tmp_path / "shipped" / kind)
        write_pages(tmp_path / "pages")
        return tmp_path / "pages" / "notebooks" / "lesson.html"

    return make


def body(path):
    return re.search("<main.*</main>", path.read_text(encoding="utf-8"), re.DOTALL)[0]


# ---- what is made ----------------------------------------------------------------------------------------------


def test_every_lesson_and_exercise_is_a_page_and_the_index_leads_to_each(pages):
    notebooks = {f"{kind}/{path.relative_to(shipped(kind)).as_posix()}" for kind in ("notebooks", "exercises")
                 for path in shipped(kind).rglob("*.ipynb")}  # fmt: skip
    wanted = {name.removesuffix("ipynb") + "html" for name in notebooks}
    wanted |= {
        f"exercises/for-teachers/{path.stem}.html" for path in (shipped("exercises") / "for-teachers").glob("*.md")
    }
    assert set(pages) == {"index.html", *wanted}
    assert {a["href"] for a in pages["index.html"][1].all("a")} >= wanted


def test_the_command_makes_the_pages_without_solutions_unless_they_are_asked_for(tmp_path):
    told = CliRunner().invoke(main, ["pages", "--into", str(tmp_path / "out")])
    assert told.exit_code == 0
    assert str(tmp_path / "out" / "index.html") in told.output
    assert not (tmp_path / "out" / "exercises" / "solutions").exists()
    assert CliRunner().invoke(main, ["pages", "--into", str(tmp_path / "out"), "--solutions"]).exit_code == 0
    assert (tmp_path / "out" / "exercises" / "solutions").is_dir()


def test_pages_that_cannot_be_written_are_refused_in_one_line(tmp_path, refusal):
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    refusal(lambda: write_pages(tmp_path / "taken"), tmp_path / "taken")
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"


# ---- offline ---------------------------------------------------------------------------------------------------


def test_no_page_loads_anything(pages):
    for name, (page, elements) in pages.items():
        assert not elements.all(*LOADING), name
        assert all(image["src"].startswith("data:image/") for image in elements.all("img")), name
        assert not re.search(r"@import|url\(|srcset=", page), name
        (policy,) = (m["content"] for m in elements.all("meta") if m.get("http-equiv") == "Content-Security-Policy")
        assert "default-src 'none'" in policy


def test_every_link_leads_to_a_page_that_is_there_or_out(folder, pages):
    for name, (_, elements) in pages.items():
        for target in (a["href"] for a in elements.all("a")):
            here = (folder / name).parent / target
            assert target == "#text" or target.startswith(("https://", "http://")) or here.resolve().is_file(), target


def test_links_to_lessons_lead_to_their_pages_and_links_to_nowhere_become_words(page_of):
    links = "[the other](other.ipynb#part), [a table](../datasets/x.csv), [away](https://example.org/a?b=1&c=2)"
    page = body(page_of(markdown(links), code("", result(html='<a href="javascript:alert(1)">odd</a>'))))
    assert '<a href="other.html">the other</a>, a table, ' in page
    assert '<a href="https://example.org/a?b=1&amp;c=2">away</a>' in page
    assert "javascript" not in page
    assert "odd" in page


# ---- for every reader ------------------------------------------------------------------------------------------


def test_the_sheets_to_print_lie_beside_the_teachers_pages(folder, pages):
    sheets = {path.name for path in (shipped("exercises") / "for-teachers" / "paper").glob("*.pdf")}
    assert sheets == {path.name for path in (folder / "exercises" / "for-teachers" / "paper").iterdir()}
    linked = {link["href"] for link in pages["index.html"][1].all("a") if link["href"].endswith(".pdf")}
    assert {href.rpartition("/")[2] for href in linked} == sheets


def test_a_page_says_at_the_top_what_it_is_for(pages):
    for name, (page, _) in pages.items():
        before_text = page.partition("<main")[0]
        assert (NOTE if name != "index.html" else "for reading and printing") in before_text, name


def test_a_page_has_a_language_a_title_landmarks_a_skip_link_and_one_first_heading(pages):
    for name, (page, elements) in pages.items():
        assert elements.all("html") == [{"lang": "en"}]
        assert [len(elements.all(tag)) for tag in ("header", "nav", "main", "footer", "h1")] == [1] * 5, name
        assert elements.all("a")[0]["href"] == f"#{elements.all('main')[0]['id']}"
        title = re.search("<title>(.+?)</title>", page)[1]
        assert unescape(re.search("<h1>(.+?)</h1>", page)[1]) == unescape(title)


def test_every_picture_keeps_its_words(pages):
    pictures = [image for _, elements in pages.values() for image in elements.all("img")]
    assert len(pictures) > 10
    assert all(len(image["alt"]) > 40 for image in pictures)


# ---- what a page without a notebook shows ----------------------------------------------------------------------


def test_a_widget_shows_what_it_has_to_show_without_controls_else_a_sentence(page_of):
    quiz = result(widget={}, text="Run this cell to see a quiz", html="<details>the answer</details>")
    panel = result(widget={}, text="Run this cell to see a <concordance>")
    page = body(page_of(code("a", quiz), code("b", panel)))
    assert "<details>the answer</details>" in page
    assert "a quiz" not in page
    assert "In the notebook: Run this cell to see a &lt;concordance&gt;" in page


def test_a_prediction_is_asked_on_paper_with_its_options_and_a_line_to_write_on(page_of):
    asked = kit.predict("02-1", "Who says <b>it</b>?", ["the first", "the second"])
    shown = asked._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in shown
    page = body(page_of(code("kit.predict(…)", result(html=shown["text/html"]))))
    assert "Who says &lt;b&gt;it&lt;/b&gt;?" in page
    assert "<li>the first</li><li>the second</li>" in page
    assert "______" in page


def test_what_a_task_is_about_is_shown_although_exercises_come_without_outputs(page_of, monkeypatch):
    monkeypatch.setattr("kit.learning.marking.task", lambda key, corpus: kit.show(kit.sentences(corpus).head(1)))
    page = body(page_of(code('kit.task("02-3", corpus)'), code('kit.check("02-3", answer_3, corpus)')))
    assert page.count('class="result"') == 1
    assert "<td" in page


def test_text_that_a_cell_printed_stays_text(page_of):
    printed = {"output_type": "stream", "name": "stdout", "text": ["1 < 2\n", "& so on\n"]}
    assert "1 &lt; 2\n&amp; so on" in body(page_of(code("print(…)", printed)))


# ---- in a browser ----------------------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_a_network_nothing_is_missing_and_a_phone_shows_the_whole_width(folder, pages, opened, scheme):
    page = opened(folder / "index.html", viewport={"width": 360, "height": 740}, color_scheme=scheme)
    for name in pages if scheme == "light" else list(pages)[::6]:
        page.goto((folder / name).as_uri())
        assert page.wrong == [], name
        assert [url for url in page.asked if not url.startswith(("file:", "data:"))] == []
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 360, name
        broken = page.evaluate("() => [...document.images].filter(i => !i.complete || !i.naturalWidth).length")
        assert broken == 0, name


@pytest.mark.browser
def test_a_page_follows_dark_and_light_and_the_skip_link_leads_to_the_text(folder, opened):
    colours = []
    for scheme in ("light", "dark"):
        page = opened(folder / "index.html", color_scheme=scheme)
        colours.append(page.evaluate("() => getComputedStyle(document.body).backgroundColor"))
    assert colours[0] != colours[1]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "text"


@pytest.mark.browser
@pytest.mark.parametrize("shelf", [".", "notebooks", "exercises", "exercises/for-teachers", "exercises/solutions"])
def test_a_screen_reader_meets_no_serious_obstacle_on_the_longest_page(folder, shelf, obstacles):
    assert obstacles(max((folder / shelf).glob("*.html"), key=lambda path: path.stat().st_size)) == []


@pytest.mark.browser
def test_nothing_from_a_document_runs_on_a_page_not_even_unescaped(page_of, opened):
    mentions = kit.mentions([kit.Document("hostile", f"The terrorists {HOSTILE} left.")], "aleppo-2016")
    escaped = table(kit.evidence(mentions))
    path = page_of(code("kit.evidence(…)", result(html=escaped)), code("raw", result(html=RAW)))
    page = opened(path)
    page.wait_for_timeout(300)  # what would run, runs after it has been drawn
    assert page.evaluate("() => window.owned ?? null") is None
    assert HOSTILE.partition(" <img")[0] in page.inner_text("main")
    assert "csp" in page.wrong  # the picture was not fetched: the page's own policy forbids it, network or not
