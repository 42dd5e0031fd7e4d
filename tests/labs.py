"""JupyterLab as `kit lab` opens it, driven in a real browser: for tests, and for the pictures of the README."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import nbformat

import kit
from kit.documents.spans import corpus_of

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
TOKEN = "lesson"

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
FOCUS = """() => {
  const at = document.activeElement;
  const label = at.closest('label, .widget-inline-hbox')?.innerText ?? '';
  return {tag: at.tagName, type: at.type ?? '', text: at.innerText ?? '', label};
}"""


class Lab:
    """A running `kit lab`, and pages opened in it."""

    def __init__(self, folder, address, browser):
        self.folder, self._address, self._browser = folder, address, browser

    @contextlib.contextmanager
    def page(self, way="", lesson="00-start-here", folder="notebooks", **options):
        context = self._browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | options))
        page = context.new_page()
        page.set_default_timeout(30_000)
        try:
            page.goto(f"{self._address}/{way}?reset&token={TOKEN}")
            wait_until_ready(page, lesson, folder)
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


def wait_until_ready(page, lesson, folder="notebooks"):
    page.wait_for_function(READY, arg=f"{folder}/{lesson}.ipynb", timeout=60_000)


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


@contextlib.contextmanager
def running_lab(home, folder):
    """Start JupyterLab the way a learner does, away from the settings and originals of whoever runs this."""
    from playwright import sync_api as playwright

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


def marked(spans):
    """Show the documents in which spans stand, with the spans marked."""
    return kit.show(corpus_of(spans), spans)
