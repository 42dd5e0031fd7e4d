"""What all tests share: folders of their own, the corpora beside the checkout, and how bad input is answered."""

import errno
import hashlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import SHARED
from tests.labs import BROWSER

# How long an example takes depends on who else uses the machine.
settings.register_profile("kit", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kit")

GRAVE = ("serious", "critical")  # to axe-core


@pytest.fixture(autouse=True)
def own_folders(tmp_path, monkeypatch):
    """Nothing that one test records or adds is seen by another."""
    monkeypatch.setenv("KIT_WORK", str(tmp_path / "kit-work"))
    monkeypatch.setenv("KIT_ORIGINALS", str(tmp_path / "kit-originals"))


@pytest.fixture(scope="session")
def shared():
    """Return a folder of ../shared by name, or skip where it is not there."""

    def folder(name):
        if not (SHARED / name).is_dir():
            pytest.skip(f"needs ../shared/{name}")
        return SHARED / name

    return folder


@pytest.fixture
def refusal():
    """Return the message of the KitError that an action must end in: one line that names the thing."""
    from kit import KitError

    def message(action, *names):
        with pytest.raises(KitError) as caught:
            action()
        said = str(caught.value)
        assert said.strip()
        assert len(said.splitlines()) == 1, repr(said)
        for name in names:
            assert str(name) in said
        return said

    return message


@pytest.fixture
def forbid(monkeypatch):
    """Make one path unreadable for a while, as for a user without the right to: its `open`, and `stat` if asked."""

    @contextmanager
    def forbidden(path, *, stat=False):
        def guard(original):
            def guarded(self, *args, **kwargs):
                if self == path:
                    raise PermissionError(errno.EACCES, "Permission denied", str(path))
                return original(self, *args, **kwargs)

            return guarded

        with monkeypatch.context() as patch:
            for name in ("open", "read_bytes", "read_text", *(["stat"] if stat else [])):
                patch.setattr(Path, name, guard(getattr(Path, name)))
            yield

    return forbidden


@pytest.fixture
def shell():
    """IPython as a notebook's kernel has it, for one test."""
    from IPython.core.interactiveshell import InteractiveShell

    yield InteractiveShell.instance()
    InteractiveShell.clear_instance()


@pytest.fixture(scope="module")  # a second one cannot be started while it is open
def browser():
    """A browser without pages, or skip where none is found."""
    if not BROWSER:
        pytest.skip("needs chromium or chrome, and none was found")
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def opened(browser):
    """Return a page opened without a network, with all that it asked for, and what went wrong."""
    contexts = []

    def open_page(path, **options):
        context = browser.new_context(offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.asked, page.wrong = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("requestfailed", lambda request: page.wrong.append(request.failure))
        page.on("console", lambda message: page.wrong.append(message.text))
        page.goto(path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def obstacles(opened):
    """Return what axe-core finds serious or critical on a page, each with the elements that it is about."""

    def found(path):
        axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python").Axe
        response = axe().run(opened(path, bypass_csp=True)).response
        assert response["passes"]
        grave = [v for v in response["violations"] if v["impact"] in GRAVE]
        return [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in grave]

    return found


ARTICLES = {
    "first": "The first article\n\nIt begins here with a strike. They left the “old” quay.\n\nNobody came back.\n",
    "second": "The second article\n\nHere it begins. The troublemakers left.\n\nThat was the end.\n",
}


@dataclass
class Shelf:
    """A datasets folder made for one test: the corpus `toy`, which retells two articles and constructs a third."""

    folder: Path

    @property
    def corpus(self):
        return self.folder / "toy"

    def article(self, key, newline="\n", bom=b""):
        return bom + ARTICLES[key].replace("\n", newline).encode("utf-8")

    def catalogue(self, text=None, **changes):
        """Write the catalogue, or replace parts of it."""
        path = self.corpus / "catalogue.toml"
        text = path.read_text(encoding="utf-8") if text is None else text
        for old, new in changes.items():
            assert old in text
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")


CATALOGUE = """
title = "A toy"
content_note = "Nothing happens."
neutrality = "No side is taken."
stylebook = "toy"
[provenance]
licence = "CC BY 4.0"
""" + "".join(
    f'[[document]]\nname = "{key}"\nfile = "texts/{key}.md"\ntitle = "{key} retold"\nlabel = "{label}"\n{more}\n'
    for key, label, more in (
        ("first", "TEACHING EDITION", 'retells = "first"'),
        ("second", "TEACHING EDITION", 'retells = "second"'),
        ("third", "CONSTRUCTED", "date = 2031-05-14"),
    )
)


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """A shelf with one small corpus, in place of the shipped one."""
    made = Shelf(tmp_path / "shipped" / "datasets")
    (made.corpus / "texts").mkdir(parents=True)
    made.catalogue(CATALOGUE)
    for key in ("first", "second", "third"):
        (made.corpus / "texts" / f"{key}.md").write_text(f"# {key} retold\n\nRetold: {key}.\n", encoding="utf-8")
    facts = {"first": ("It begins", "came back."), "second": ("Here it", "the end.")}
    (made.corpus / "originals.toml").write_text(
        "".join(
            f'[{key}]\ntitle = "The {key} article"\noutlet = "Outlet {key}"\nbegins = "{begins}"\nends = "{ends}"\n'
            f'sha256 = "{hashlib.sha256(made.article(key)).hexdigest()}"\n'
            for key, (begins, ends) in facts.items()
        ),
        encoding="utf-8",
    )
    (made.corpus / "timeline.csv").write_text("date,event\n2031-05-14,NA\n", encoding="utf-8")
    monkeypatch.setattr("kit.documents.catalogues.shipped", lambda folder: tmp_path / "shipped" / folder)
    return made
