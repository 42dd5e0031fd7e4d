"""Lessons and exercises as pages to read and print: each one HTML file that needs no network and no notebook."""

from __future__ import annotations

import json
import posixpath
import re
from functools import cache
from html import escape, unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from markdown_it import MarkdownIt

from ..documents.library import load
from ..files import write_bytes, write_text
from ..folders import shipped
from ..html import page
from ..learning import marking

SHELVES = {
    "notebooks": "Lessons",
    "exercises": "Exercises",
    "exercises/for-teachers": "For teachers",
    "exercises/solutions": "Solutions, for teachers",
}
SHEETS = "exercises/for-teachers/paper"  # copied as they are
INDEX = "index.html"
NOTE = "This page is for reading and printing. To do the exercises, open the notebook."
_TITLE = "Media analysis kit: pages to read and print"
_STAYS = ("http", "https", "mailto")  # a link that leads out of the pages is followed by a click, never by itself
_LINK = re.compile(r'<a\s[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_TABLE = re.compile("<table>.*?</table>", re.DOTALL)
_MATERIAL = re.compile(r'kit\.task\("([^"]+)", corpus\)')  # what a task is about; exercises come without outputs
_markdown = MarkdownIt("commonmark", {"html": True}).enable("table")


def write_pages(folder: Path, *, solutions: bool = False) -> list[Path]:
    """Write a page for each lesson, exercise and teachers' text, and an index; return the files, the index first.

    What has the same name in the folder is replaced. With `solutions`, the exercises come with their solutions as well.
    """
    shelves = [shelf for shelf in SHELVES if solutions or not shelf.endswith("solutions")]
    paths = [(shelf, path) for shelf in shelves for path in sorted(_shelf(shelf).glob("*"))]
    notebooks = {f"{shelf}/{path.name}": _cells(path) for shelf, path in paths if path.suffix in (".ipynb", ".md")}
    made = {folder / INDEX: _index(notebooks)}
    for name, notebook in notebooks.items():
        made[folder / _page_name(name)] = _page(name, notebook, notebooks)
    for path, text in made.items():
        write_text(path, text)
    for sheet in _sheets():
        write_bytes(folder / SHEETS / sheet.name, sheet.read_bytes())
    return list(made)


def _shelf(name: str) -> Path:
    kind, _, below = name.partition("/")
    return shipped(kind) / below


def _cells(path: Path) -> list[dict[str, Any]]:
    """Return the cells of a notebook; a text is one cell."""
    if path.suffix == ".md":
        return [{"cell_type": "markdown", "source": path.read_text(encoding="utf-8")}]
    return list(json.loads(path.read_bytes())["cells"])


def _sheets() -> list[Path]:
    return sorted(_shelf(SHEETS).glob("*.pdf"))


def _page_name(name: str) -> str:
    return name if name.endswith(".pdf") else posixpath.splitext(name)[0] + ".html"


def _title(cells: list[dict[str, Any]]) -> str:
    """The first line of a notebook or text: its heading."""
    return "".join(cells[0]["source"]).partition("\n")[0].lstrip("# ")


def _index(notebooks: dict[str, list[dict[str, Any]]]) -> str:
    body = f"<h1>{_TITLE}</h1>"
    for shelf, heading in SHELVES.items():
        links = [_to(name, _title(n), ".") for name, n in notebooks.items() if posixpath.dirname(name) == shelf]
        if links:
            body += f"<h2>{heading}</h2><ul>{''.join(f'<li>{link}</li>' for link in links)}</ul>"
    sheets = "".join(f"<li>{_to(f'{SHEETS}/{sheet.name}', sheet.stem, '.')}</li>" for sheet in _sheets())
    body += f"<h2>To print, without a computer in class</h2><ul>{sheets}</ul>" * bool(sheets)
    return page(_TITLE, "These pages are for reading and printing. To do the exercises, open the notebooks.", "", body)


def _page(name: str, cells: list[dict[str, Any]], notebooks: dict[str, list[dict[str, Any]]]) -> str:
    here = posixpath.dirname(name)
    names = [other for other in notebooks if posixpath.dirname(other) == here]
    at = names.index(name)
    around = {"Before: ": names[max(at - 1, 0) : at], "Next: ": names[at + 1 : at + 2]}
    links = [f'<a href="{posixpath.relpath(INDEX, here)}">All pages</a>']
    links += [_to(n, said + _title(notebooks[n]), here) for said, others in around.items() for n in others]
    body = "\n".join(map(_cell, cells))
    body = _LINK.sub(lambda link: _led(link, here, notebooks), body)
    return page(_title(cells), NOTE, " ".join(links), body)


def _to(notebook: str, said: str, here: str) -> str:
    return f'<a href="{posixpath.relpath(_page_name(notebook), here)}">{escape(said)}</a>'


def _led(link: re.Match[str], here: str, notebooks: dict[str, list[dict[str, Any]]]) -> str:
    """Return a link as it leads from a page: to another page, or out; where it leads nowhere, its words alone."""
    target, said = unescape(link[1]), link[2]
    if urlsplit(target).scheme in _STAYS:
        return link[0]
    notebook = posixpath.normpath(posixpath.join(here, target.partition("#")[0]))
    if notebook not in notebooks and notebook not in {f"{SHEETS}/{sheet.name}" for sheet in _sheets()}:
        return said
    return f'<a href="{posixpath.relpath(_page_name(notebook), here)}">{said}</a>'


# ---- cells -----------------------------------------------------------------------------------------------------


def _cell(cell: dict[str, Any]) -> str:
    source = "".join(cell["source"])
    if cell["cell_type"] != "code":
        return _TABLE.sub(lambda table: scrolling(table[0]), str(_markdown.render(source)))
    code = f'<pre class="code"><code>{escape(source)}</code></pre>' if source.strip() else ""
    outputs = cell["outputs"] or _material(source)
    return code + "".join(map(_output, outputs))


def _material(source: str) -> list[dict[str, Any]]:
    """Return what a task shows; an exercise comes without outputs, and on paper nobody can run it."""
    match = _MATERIAL.fullmatch(source.strip())
    return [{"data": {"text/html": marking.task(match[1], _corpus())._repr_html_()}}] if match else []


@cache
def _corpus() -> Any:
    return load(marking.DEFAULT_CORPUS, edition="teaching")  # originals belong to their publishers


def _output(output: dict[str, Any]) -> str:
    """Show an output as a page can: what a widget would say without its controls, else its HTML or its text."""
    data = output.get("data", {})
    rich, text = ("".join(data.get(kind, "")) for kind in ("text/html", "text/plain"))
    if rich:
        return scrolling(rich)
    if "application/vnd.jupyter.widget-view+json" in data:
        return f'<p class="elsewhere">In the notebook: {escape(text)}</p>'
    return f'<pre class="result">{escape(text or "".join(output.get("text", "")))}</pre>'


def scrolling(result: str) -> str:
    """Put a result, as HTML, into a box in which a wide table scrolls, by keyboard too."""
    scrolls = ' tabindex="0" role="group" aria-label="Table"' if "<table" in result else ""
    return f'<div class="result"{scrolls}>{result}</div>'
