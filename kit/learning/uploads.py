"""Buttons by which learners add originals, pack their work, and bring it back."""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from functools import partial
from html import escape
from typing import Any

import ipywidgets as w

from .. import folders
from ..documents.originals import add_original, originals
from ..errors import one_line
from ..files import write_bytes
from ..views.controls import Panel, safely
from . import backup

MOST_LINKED = 8 * 2**20  # bytes; JupyterLab takes 10 MB at once from a page


def upload_originals(corpus: str = "aleppo-2016") -> Panel:
    """Show a button by which someone who holds the original articles adds them; they stay on this machine."""
    wanted = "; ".join(f"“{escape(facts['title'])}”" for facts in originals(corpus).values())
    button = w.FileUpload(
        accept=".txt,.md", multiple=True, description="Choose the files", layout={"width": "max-content"}
    )
    status = w.HTML("")

    def add(change: dict[str, Any]) -> None:
        added = [safely(partial(_added, file, corpus)) for file in change["new"]]
        status.value = "".join(f"<p>{line}</p>" for line in added)

    button.observe(add, "value")
    return Panel(
        "a button for originals",
        [w.HTML(f"If you hold the original articles ({wanted}), add them here:"), button, status],
    )


def _added(file: Any, corpus: str) -> str:
    title = add_original(bytes(file["content"]), corpus, file["name"])
    return f"Added: “{escape(title)}”. From now on every lesson shows the original."


def pack_my_work() -> Panel:
    """Show a button that packs the learner's work to download, and one that brings it back."""
    pack = w.Button(description="Pack my work", layout={"width": "max-content"})
    bring = w.FileUpload(accept=".zip", description="Bring my work back", layout={"width": "max-content"})
    status = w.HTML()

    def packed(_: object) -> None:
        status.value = f'<div role="status">{safely(_packed)}</div>'

    def brought(change: dict[str, Any]) -> None:
        told = "".join(safely(partial(_brought, file)) for file in change["new"])
        status.value = f'<div role="status">{told}</div>'

    pack.on_click(packed)
    bring.observe(brought, "value")
    return Panel("buttons that download and restore your work", [w.HTML(_YOUR_WORK), pack, bring, status])


_YOUR_WORK = (
    "<p><strong>Your work</strong> lies on this machine only, and some machines forget it. Pack it into one file, and "
    "take that with you. In it are your predictions, answers and codes, and the notebooks and texts that you changed "
    "or added. The results of cells are not: they come again when you run the notebook. "
    "Save the notebook first (<em>File → Save</em>).</p>"
)


def _packed() -> str:
    data, left_out = backup.pack()
    name = backup.NAME.format(date.today().isoformat())
    told = safely(partial(_saved, name, data))
    told += "".join(f"<p>Left out, so download it by itself: {escape(one_line(file))}</p>" for file in left_out)
    if len(data) > MOST_LINKED:
        advice = "right-click it in the list of files: <em>Download</em>. To bring it back, use a terminal"
        return f"{told}<p>It is too large for a link: {advice}: <code>kit restore {name}</code></p>"
    link = f'<a download="{name}" href="data:application/zip;base64,{b64encode(data).decode("ascii")}">{name}</a>'
    return f"<p><strong>Download: {link}</strong> ({max(len(data) // 1000, 1)} kB)</p>{told}"


def _saved(name: str, data: bytes) -> str:
    write_bytes(folders.work_folder() / name, data)
    return f"<p>It also lies in your folder, as {name}.</p>"


def _brought(file: Any) -> str:
    said = backup.restore(bytes(file["content"]), str(file["name"]))
    lines = "".join(f"<li>{escape(one_line(sentence))}</li>" for sentence in said)
    return f"<ul>{lines}</ul><p>Close the notebooks that are open, and open them again.</p>"
