"""What a learner meets: JupyterLab as `kit lab` opens it, in a real browser, by keyboard where it says so."""

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import nbformat
import pytest

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
TOKEN = "lesson"
HOSTILE = (
    "They called him a terrorist <script>window.owned = 1</script> and <img src=x onerror='window.owned = 2'> left.\n"
    "“The terrorists <b id=owned>came</b> back,” she said. The “terrorists” <svg onload='window.owned = 3'> sang.\n"
)
SHOWS_THE_HOSTILE = """\
import kit
corpus = kit.load("hostile.txt", read_as="text")
mentions = kit.mentions(corpus)
display(kit.read(corpus[0]), kit.read(kit.evidence(mentions)), kit.explore(mentions))
kit.show(mentions)"""

CODES = """\
import kit
corpus = kit.load("harbour-strike")
kit.code(corpus, "entman", "Ana")"""

READY = """path => {
  const panel = globalThis.jupyterapp?.shell.currentWidget;
  return panel?.context?.path === path && panel.sessionContext.session?.kernel?.status === 'idle';
}"""
# The page's own account of the notebook in front: has every cell with code been run, and what went wrong?
RUN_STATE = """() => {
  const cells = [...jupyterapp.shell.currentWidget.content.model.cells].filter(c => c.type === 'code');
  const outputs = cells.flatMap(c => c.outputs.toJSON());
  const errors = outputs.filter(o => o.output_type === 'error' || o.name === 'stderr');
  const open = cells.filter(c => c.sharedModel.source.trim() && !c.executionCount);
  return (open.length && !errors.length) ? null : {open: open.length, errors};
}"""
GO_TO_CELL = """async code => {
  const notebook = jupyterapp.shell.currentWidget.content;
  const cells = [...notebook.model.cells];
  const index = cells.findIndex(c => c.type === 'code' && c.sharedModel.source.includes(code));
  await notebook.scrollToItem(index, 'start');
  notebook.activeCellIndex = index;
  notebook.mode = 'command';
  notebook.activate();
  return index;
}"""
# How far the element, or the row of cells around it, reaches out of what the page shows of the notebook.
OVERHANG = """element => {
  const shown = element.closest('.jp-WindowedPanel-outer').getBoundingClientRect();
  const box = element.closest('.jp-OutputArea-output');
  const {left, right} = element.getBoundingClientRect();
  return Math.max(shown.left - left, right - shown.right, right - box.getBoundingClientRect().right, 0);
}"""
CELL_TYPES = "() => [...jupyterapp.shell.currentWidget.content.model.cells].map(cell => cell.type)"
FOCUS = """() => {
  const at = document.activeElement;
  const label = at.closest('label, .widget-inline-hbox')?.innerText ?? '';
  return {tag: at.tagName, type: at.type ?? '', text: at.innerText ?? '', label};
}"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not BROWSER, reason="needs chromium or chrome, and none was found"),
]
playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")


class Lab:
    """A running `kit lab`, and pages opened in it."""

    def __init__(self, folder, address, browser):
        self.folder, self._address, self._browser = folder, address, browser

    @contextlib.contextmanager
    def page(self, way="", lesson="00-start-here", **options):
        context = self._browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | options))
        page = context.new_page()
        page.set_default_timeout(30_000)
        try:
            page.goto(f"{self._address}/{way}?reset&token={TOKEN}")
            wait_until_ready(page, lesson)
            yield page
        finally:
            context.close()

    @contextlib.contextmanager
    def lesson(self, name, **options):
        """Open a notebook of the working copy and run all of it."""
        with self.page(f"lab/tree/notebooks/{name}.ipynb", name, **options) as page:
            run_all(page)
            yield page

    @contextlib.contextmanager
    def scratch(self, name, source):
        """Write a notebook of one cell, open it and run it."""
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}}
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)], metadata=kernel)
        nbformat.write(notebook, self.folder / "notebooks" / f"{name}.ipynb")
        with self.lesson(name) as page:
            yield page

    def predictions(self):
        path = self.folder / "progress.json"
        return (
            [event["answer"] for event in json.loads(path.read_text(encoding="utf-8"))["events"]]
            if path.exists()
            else []
        )


def wait_until_ready(page, lesson):
    page.wait_for_function(READY, arg=f"notebooks/{lesson}.ipynb", timeout=60_000)


def run_all(page):
    """Run → Run All Cells, as a learner does; every cell has to end, and none with an error."""
    page.evaluate("() => jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    state = page.wait_for_function(RUN_STATE, timeout=60_000).json_value()
    assert state == {"open": 0, "errors": []}


def cell(page, code):
    """Bring the cell with this code into view, select it in command mode, and return it."""
    index = page.evaluate(GO_TO_CELL, code)
    assert index >= 0, code
    found = page.locator(f".jp-NotebookPanel:visible .jp-Cell[data-windowed-list-index='{index}']")
    found.locator(".jp-OutputArea-output").first.wait_for()
    return found


def tab_to(page, wanted, most=40):
    """Press Tab until the focus is where `wanted` says; return how often it took."""
    for presses in range(1, most + 1):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if wanted(focus):
            return presses
    raise AssertionError(f"{most} times Tab did not lead there; the focus is at {focus}")


def wait_for(question, seconds=15):
    """Ask again and again; return the first answer that is not empty."""
    end = time.monotonic() + seconds
    while not (answer := question()) and time.monotonic() < end:
        time.sleep(0.1)
    return answer


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def answers(address, server, log):
    assert server.poll() is None, log.read_text(encoding="utf-8")
    with contextlib.suppress(OSError):
        return urllib.request.urlopen(f"{address}/api", timeout=2).status == 200


def stop(server, address):
    """Ask JupyterLab to end; if it does not, end it and, where that is possible, all that it started."""
    request = urllib.request.Request(f"{address}/api/shutdown?token={TOKEN}", method="POST")
    with contextlib.suppress(OSError):
        urllib.request.urlopen(request, timeout=10).close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        server.wait(15)
        return
    if os.name == "posix":
        os.killpg(server.pid, signal.SIGKILL)
    server.kill()
    server.wait()


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Start JupyterLab the way a learner does, away from the settings and originals of whoever runs the tests."""
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("work") / "my-work"
    places = {"JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "runtime"}
    places |= {"IPYTHONDIR": "ipython", "KIT_ORIGINALS": "originals"}
    settings = {name: str(home / place) for name, place in places.items()} | {"JUPYTER_TOKEN": TOKEN}
    port, log = free_port(), home / "log.txt"
    options = ["--no-browser", f"--port={port}", "--ServerApp.port_retries=0", "--LabApp.expose_app_in_browser=True"]
    command = [sys.executable, "-m", "kit", "lab", "--into", str(folder), "--", *options]
    address = f"http://127.0.0.1:{port}"
    with log.open("w", encoding="utf-8") as out:
        server = subprocess.Popen(
            command, env=os.environ | settings, stdout=out, stderr=out, start_new_session=os.name == "posix"
        )
    try:
        assert wait_for(lambda: answers(address, server, log), 60), log.read_text(encoding="utf-8")
        with playwright.sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=BROWSER, args=FLAGS)
            yield Lab(folder, address, browser)
            browser.close()
    finally:
        stop(server, address)


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
        chosen = [button.is_checked() for button in again.locator("input[type=radio]").all()]
        assert chosen == [False, True, False, False, False]
        assert "You predicted: quayside-voice" in cell(page, "kit.prediction(").inner_text()


def test_a_figure_has_words_and_numbers_for_those_who_do_not_see_it(naming):
    figure = cell(naming, "kit.names_by_voice(")
    spoken = figure.locator("img").get_attribute("alt")
    assert re.search(r"terrorist 11 \(11 author\)", spoken)
    details = figure.locator("details")
    assert details.locator("table").is_hidden()
    tab_to(naming, lambda focus: focus["tag"] == "SUMMARY")
    naming.keyboard.press("Enter")
    details.locator("table").wait_for()
    assert "scare" in details.locator("table").inner_text()


def test_the_concordance_is_explored_by_keyboard(naming):
    concordance = cell(naming, "kit.explore(")
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
        panel.locator("input[type=checkbox]").first.wait_for()

        def go_to(label, kind):
            tab_to(page, lambda focus: focus["type"] == kind and focus["label"].startswith(label), most=60)

        go_to("cause", "radio")
        page.keyboard.press("Space")
        panel.get_by_text("brought the problem about").wait_for()
        go_to("Sentences", "text")
        page.keyboard.type("3-4")
        page.keyboard.press("Enter")
        panel.get_by_label("4", exact=True).and_(panel.locator(":checked")).wait_for()
        go_to("prominent", "radio")
        page.keyboard.press("Space")
        tab_to(page, lambda focus: focus["text"] == "Keep this code")
        page.keyboard.press("Enter")
        panel.get_by_text("The sentence coded last is 4 of 33.").wait_for()
        assert not panel.get_by_label("4", exact=True).is_checked()
        go_to("2", "checkbox")
        page.keyboard.press("Space")
        assert wait_for(lambda: panel.get_by_label("Sentences", exact=True).input_value() == "2")
        page.keyboard.press("Control+s")
        page.reload()
        wait_until_ready(page, "coding")
        run_all(page)
        again = cell(page, "kit.code(")
        again.get_by_text("The sentence coded last is 4 of 33.").wait_for()
        assert again.get_by_text("[cause = prominent]").count() == 2


def test_what_is_typed_into_a_control_leaves_the_notebook_alone(lab):
    with lab.scratch("menu", 'import kit\nkit.explore(kit.mentions(kit.load("harbour-strike")))') as page:
        cell(page, "kit.explore(").locator("caption").wait_for()
        tab_to(page, lambda focus: focus["label"].startswith("Name"))
        for key in "xmb":
            page.keyboard.press(key)
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(500)  # time to do what shall not be done
        assert page.evaluate(FOCUS)["label"].startswith("Name")
        assert page.evaluate(CELL_TYPES) == ["code"]


def test_marks_tell_the_voices_apart_without_colour(naming):
    marks = cell(naming, "kit.show(").locator("mark[title]")
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
        page.wait_for_timeout(500)  # what would run, runs after it has been drawn
        assert page.evaluate("() => window.owned ?? null") is None
        assert page.locator("#owned, .jp-OutputArea img, .jp-OutputArea svg[onload]").count() == 0


@pytest.mark.parametrize("code", ["kit.names_by_voice(", "kit.strip("])
def test_at_double_zoom_no_figure_is_cut(naming, code):
    """Half the pixels, each twice as large: what a browser does at 200 %."""
    naming.set_viewport_size({"width": 640, "height": 450})
    try:
        image = cell(naming, code).locator("img")
        assert image.bounding_box()["width"] > 150
        assert image.evaluate(OVERHANG) <= 1
    finally:
        naming.set_viewport_size({"width": 1280, "height": 900})
