"""What a learner meets: JupyterLab as `kit lab` opens it, in a real browser, by keyboard where it says so."""

import re
import zipfile

import pytest

from tests.conftest import GRAVE
from tests.labs import BROWSER, FOCUS, cell, run_all, running_lab, tab_to, wait_for, wait_until_ready

expect = pytest.importorskip("playwright.sync_api", reason="needs playwright").expect
expect.set_options(timeout=30_000)
Axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe

HOSTILE = (
    "They called him a terrorist <script>window.owned = 1</script> and <img src=x onerror='window.owned = 2'> left.\n"
    "“The terrorists <b id=owned>came</b> back,” she said. The “terrorists” <svg onload='window.owned = 3'> sang.\n"
)
SHOWS_THE_HOSTILE = """\
import kit
corpus = kit.load("hostile.txt", read_as="text")
mentions = kit.mentions(corpus, "aleppo-2016")
display(kit.show(corpus[0]), kit.show(kit.evidence(mentions)), kit.views.explore(mentions))
kit.show(corpus, mentions)"""

CODES = """\
import kit
corpus = kit.load("harbour-strike")
kit.code(corpus, "entman", "Ana")"""

WIDGETS = """\
import kit
corpus = kit.load("harbour-strike")
mentions = kit.mentions(corpus)
display(kit.predict("00-1", "Which?", ["this", "that"]), kit.views.explore(mentions))
display(kit.learning.explore_sources(corpus), kit.learning.upload_originals())
display(kit.code(corpus, "entman", "Ana"), kit.quiz("00"), kit.learning.pack_my_work())"""

PAGES = """\
import kit
corpus = kit.load("harbour-strike")
mentions = kit.mentions(corpus)
display(corpus, kit.show(corpus[0]), kit.show(kit.evidence(mentions)), kit.about("naming"), kit.my_progress())
display(kit.check("02-1", 99, corpus), kit.views.names_by_voice(mentions, "the dock workers"))
kit.show(corpus, mentions)"""

# How far the element, or the row of cells around it, reaches out of what the page shows of the notebook.
OVERHANG = """element => {
  const shown = element.closest('.jp-WindowedPanel-outer').getBoundingClientRect();
  const box = element.closest('.jp-OutputArea-output');
  const {left, right} = element.getBoundingClientRect();
  return Math.max(shown.left - left, right - shown.right, right - box.getBoundingClientRect().right, 0);
}"""
CHANGE = """([before, after]) => {
  const cells = [...jupyterapp.shell.currentWidget.content.model.cells];
  const cell = cells.find(c => c.sharedModel.source.includes(before));
  cell.sharedModel.setSource(cell.sharedModel.source.replace(before, after));
}"""
# Until an image of our own could not be loaded: so could not those before it.
IMAGES_FAILED = """() => new Promise(done => {
  const image = new Image();
  image.onerror = () => done();
  image.src = 'x';
})"""
CELL_TYPES = "() => [...jupyterapp.shell.currentWidget.content.model.cells].map(cell => cell.type)"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not BROWSER, reason="needs chromium or chrome, and none was found"),
]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    with running_lab(tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("work") / "Моя работа – عمل") as running:
        yield running


@pytest.fixture(scope="module")
def naming(lab):
    with lab.lesson("02-naming") as page:
        yield page


def test_kit_lab_opens_the_first_lesson_with_nothing_in_the_way_and_all_of_it_runs(lab):
    with lab.page() as page:
        assert page.url.partition("?")[0].endswith("/lab/tree/notebooks/00-start-here.ipynb")
        assert page.locator("h1:visible").first.inner_text().startswith("00 · Start here")
        run_all(page)
        for in_the_way in (".jp-Dialog", ".Toastify__toast", "dialog[open]"):
            assert page.locator(in_the_way).all_inner_texts() == []


def test_a_prediction_is_made_by_keyboard_recorded_and_shown_again_after_a_reload(lab):
    with lab.lesson("00-start-here") as page:
        cell(page, "kit.predict(").locator("input[type=radio]").first.wait_for()
        for answer in ("harbour-gazette", "quayside-voice"):
            tab_to(page, lambda focus: focus["type"] == "radio")
            page.keyboard.press("Space")
            assert wait_for(lambda wanted=answer: lab.predictions()[-1:] == [wanted]), lab.predictions()
            page.get_by_text(f"Recorded: {answer}").wait_for()
        page.keyboard.press("Control+s")
        page.reload()
        wait_until_ready(page, "00-start-here")
        run_all(page)
        again = cell(page, "kit.predict(")
        again.get_by_text("Recorded: quayside-voice").wait_for()
        expect(again.locator("input[type=radio]").nth(1)).to_be_checked()
        expect(again.locator("input[type=radio]:checked")).to_have_count(1)
        cell(page, "kit.prediction(").get_by_text("You predicted: quayside-voice").wait_for()


def test_a_quiz_is_answered_by_keyboard_and_shown_again_after_a_reload(lab):
    with lab.lesson("00-start-here") as page:
        quiz = cell(page, "kit.quiz(")
        quiz.locator("input[type=radio]").first.wait_for()
        tab_to(page, lambda focus: focus["type"] == "radio")
        page.keyboard.press("Space")
        quiz.get_by_role("alert").filter(has_text="Not yet. The word may stand in a quotation").wait_for()
        page.keyboard.press("Control+s")
        page.reload()
        wait_until_ready(page, "00-start-here")
        run_all(page)
        again = cell(page, "kit.quiz(")
        again.get_by_text("Not yet. The word may stand in a quotation").first.wait_for()
        expect(again.locator("input[type=radio]").first).to_be_checked()
        cell(page, "kit.my_progress(").get_by_text("uses a word three times").first.wait_for(state="attached")


def test_an_exercise_answers_a_wrong_answer_in_the_notebook(lab):
    with lab.page("lab/tree/exercises/02-naming.ipynb", "02-naming", "exercises") as page:
        run_all(page)
        check = cell(page, 'kit.check("02-1"')
        check.get_by_text("There is no answer yet").wait_for()
        page.evaluate(CHANGE, ["answer_1 = ...", "answer_1 = len(mentions)"])
        run_all(page)
        cell(page, 'kit.check("02-1"').get_by_text("You counted every name of every party").wait_for()


def test_a_figure_has_words_and_numbers_for_those_who_do_not_see_it(naming):
    figure = cell(naming, "kit.views.names_by_voice(")
    spoken = figure.locator("img").get_attribute("alt")
    assert re.search(r"terrorist 11 \(11 author\)", spoken)
    details = figure.locator("details")
    assert details.locator("table").is_hidden()
    tab_to(naming, lambda focus: focus["tag"] == "SUMMARY")
    naming.keyboard.press("Enter")
    details.locator("table").wait_for()
    assert "scare" in details.locator("table").inner_text()


def test_the_concordance_is_explored_by_keyboard(naming):
    concordance = cell(naming, "kit.views.explore(")
    caption = concordance.locator("caption")
    caption.wait_for()

    def lines_after(act):
        """Let the learner do something, and return the lines then shown."""
        before = caption.inner_text()
        act()
        assert wait_for(lambda: caption.inner_text() != before)
        return [row.inner_text().split("\t") for row in concordance.locator("tbody tr").all()]

    def type_name():
        tab_to(naming, lambda focus: focus["tag"] == "INPUT" and focus["label"].startswith("Name"))
        naming.keyboard.press("ControlOrMeta+a")
        naming.keyboard.type("militant")
        naming.keyboard.press("Enter")

    def press(button):
        tab_to(naming, lambda focus: focus["tag"] == "BUTTON" and focus["text"].strip() == button)
        naming.keyboard.press("Space")

    by_name = lines_after(type_name)
    by_voice = lines_after(lambda: press("quoted"))
    in_one = lines_after(lambda: press("constructed-agency"))
    assert len(by_name) > len(by_voice) > len(in_one) > 0
    assert {(row[4], row[3]) for row in in_one} == {("constructed-agency", "quoted")}
    assert all("militant" in row[1].lower() for row in in_one)


def test_a_text_is_coded_by_keyboard_and_gone_on_with_after_a_reload(lab):
    with lab.scratch("coding", CODES) as page:
        panel = cell(page, "kit.code(")
        expect(panel.locator("input[type=checkbox]")).to_have_count(33)
        panel.get_by_text("Answered for the whole text").wait_for()
        only_of_a_whole_text = panel.get_by_label("absent", exact=True)
        expect(only_of_a_whole_text).to_have_count(1)

        def go_to(label, kind):
            tab_to(page, lambda focus: focus["type"] == kind and focus["label"].startswith(label), most=60)

        go_to("cause", "radio")
        page.keyboard.press("Space")
        panel.get_by_text("brought the problem about").wait_for()
        go_to("Sentences", "text")
        page.keyboard.type("3-4")
        page.keyboard.press("Enter")
        expect(panel.get_by_label("4", exact=True)).to_be_checked()
        expect(only_of_a_whole_text).to_have_count(0)  # until then a value that is chosen is forgotten again
        go_to("prominent", "radio")
        page.keyboard.press("Space")
        tab_to(page, lambda focus: focus["text"] == "Keep this code")
        page.keyboard.press("Enter")
        panel.get_by_text("The sentence coded last is 4 of 33.").wait_for()
        expect(panel.get_by_label("4", exact=True)).not_to_be_checked()
        go_to("2", "checkbox")
        page.keyboard.press("Space")
        expect(panel.get_by_label("Sentences", exact=True)).to_have_value("2")
        page.keyboard.press("Control+s")
        page.reload()
        wait_until_ready(page, "coding")
        run_all(page)
        again = cell(page, "kit.code(")
        again.get_by_text("The sentence coded last is 4 of 33.").wait_for()
        expect(again.get_by_text("[cause = prominent]")).to_have_count(2)


@pytest.mark.parametrize(("name", "source"), [("widgets", WIDGETS), ("pages", PAGES)])
def test_a_screen_reader_meets_no_serious_obstacle(lab, name, source):
    with lab.scratch(name, source) as page:
        cell(page, "import kit").locator("caption:visible, mark:visible").first.wait_for()
        found = Axe().run(page, context={"include": [[".jp-NotebookPanel .jp-OutputArea"]]}).response
        assert len(found["passes"]) > 5
        violations = [
            (v["id"], [n["html"][:200] for n in v["nodes"]]) for v in found["violations"] if v["impact"] in GRAVE
        ]
        assert violations == []


def test_what_is_typed_into_a_control_leaves_the_notebook_alone(lab):
    with lab.scratch("menu", 'import kit\nkit.views.explore(kit.mentions(kit.load("harbour-strike")))') as page:
        caption = cell(page, "kit.views.explore(").locator("caption")
        caption.wait_for()
        before = caption.inner_text()
        tab_to(page, lambda focus: focus["label"].startswith("Name"))
        for key in "xmb":
            page.keyboard.press(key)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type("docker")
        page.keyboard.press("Enter")
        expect(caption).not_to_have_text(before)
        assert page.evaluate(FOCUS)["label"].startswith("Name")
        assert page.evaluate(CELL_TYPES) == ["code"]


def test_marks_tell_the_voices_apart_without_colour(naming):
    marks = cell(naming, "kit.show(corpus, ").locator("mark[title]")
    lines = marks.evaluate_all(
        "marks => marks.map(m => [m.title.split(', ').pop(), getComputedStyle(m).borderBottomStyle,"
        " parseFloat(getComputedStyle(m).borderBottomWidth)])"
    )
    drawn = {voice: style for voice, style, _ in lines}
    assert drawn == {"author": "solid", "quoted": "double", "reported": "dashed", "scare": "dotted"}
    # Thinner than this a browser draws a double line as a single one.
    assert [line for line in lines if line[2] < (3 if line[1] == "double" else 1)] == []


def test_nothing_in_a_document_is_run_or_rendered(lab):
    (lab.folder / "notebooks" / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    with lab.scratch("hostile", SHOWS_THE_HOSTILE) as page:
        shown = cell(page, "kit.show(")
        shown.locator("mark[title]").first.wait_for()
        shown.locator("caption").wait_for()
        assert shown.inner_text().count("<script>window.owned = 1</script>") >= 3
        page.evaluate(IMAGES_FAILED)
        assert page.evaluate("() => window.owned ?? null") is None
        assert page.locator("#owned, .jp-OutputArea img, .jp-OutputArea svg[onload]").count() == 0


@pytest.mark.parametrize("code", ["kit.views.names_by_voice(", "kit.views.dispersion("])
def test_at_double_zoom_no_figure_is_cut(naming, code):
    """Half the pixels, each twice as large: what a browser does at 200 %."""
    naming.set_viewport_size({"width": 640, "height": 450})
    try:
        image = cell(naming, code).locator("img")
        assert wait_for(lambda: image.bounding_box()["width"] > 150)
        assert wait_for(lambda: image.evaluate(OVERHANG) <= 1)
    finally:
        naming.set_viewport_size({"width": 1280, "height": 900})


def test_work_is_downloaded_and_comes_back_in_an_empty_folder(lab, tmp_path):
    (lab.folder / "my-stylebook.csv").write_text("referent,label\n", encoding="utf-8")
    with lab.scratch("pack", "import kit\nkit.learning.pack_my_work()") as page:
        panel = cell(page, "kit.learning.pack_my_work(")
        panel.get_by_role("button", name="Pack my work").click()
        with page.expect_download() as download:
            panel.get_by_role("link").click()
        assert re.fullmatch(r"my-work-[\d-]{10}\.zip", download.value.suggested_filename)
        download.value.save_as(tmp_path / "work.zip")
    assert {"files/my-stylebook.csv", "files/notebooks/pack.ipynb"} <= set(
        zipfile.ZipFile(tmp_path / "work.zip").namelist()
    )
    empty = tmp_path / "empty"
    source = f'import os\nos.environ["KIT_WORK"] = {str(empty)!r}\nimport kit\nkit.learning.pack_my_work()'
    with lab.scratch("restore", source) as page:
        panel = cell(page, "kit.learning.pack_my_work(")
        with page.expect_file_chooser() as choice:
            panel.get_by_role("button", name="Bring my work back").click()
        choice.value.set_files(tmp_path / "work.zip")
        panel.get_by_text("restored my-stylebook.csv").wait_for()
    assert (empty / "my-stylebook.csv").read_text(encoding="utf-8") == "referent,label\n"
    assert (empty / "notebooks" / "pack.ipynb").is_file()
