"""Make the README's pictures from the real thing: `python -m tests.pictures`; `… tests.pictures FOLDER` shows lessons.

With a folder, the first screen of every lesson and exercise is put there, to be looked at.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import kit
from tests.labs import cell, running_lab

PICTURES = Path(__file__).resolve().parent.parent / ".github"
SIZE = {"width": 1100, "height": 800}


def main() -> None:
    with tempfile.TemporaryDirectory() as home, running_lab(Path(home), Path(home) / "my-work") as lab:
        if len(sys.argv) > 1:
            first_screens(lab, Path(sys.argv[1]))
        else:
            names_by_voice()
            in_the_lab(lab)


def names_by_voice() -> None:
    """The figure on top."""
    corpus = kit.load("aleppo-2016", edition="teaching")
    figure = kit.views.names_by_voice(kit.mentions(corpus), "armed groups")
    figure.save(PICTURES / "names-by-voice.png")
    print(figure)


def in_the_lab(lab) -> None:
    """The coding panel of lesson 05, and the sources of lesson 03 with their sentences."""
    for lesson, code, name in (
        ("05-what-is-the-story", "kit.code(", "coding"),
        ("03-who-says-so", "kit.learning.explore_sources(", "sources"),
    ):
        with lab.lesson(lesson, viewport=SIZE, device_scale_factor=1.5) as page:
            page.evaluate("() => jupyterapp.commands.execute('application:toggle-left-area')")
            shown = cell(page, code)
            shown.locator("input").first.wait_for()
            page.wait_for_timeout(1500)  # until it has found its place on the page
            page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")


def first_screens(lab, folder: Path) -> None:
    """What a learner sees first in every notebook."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(lab.folder.glob("*/*.ipynb")):
        with lab.page(f"lab/tree/{path.parent.name}/{path.name}", path.stem, folder=path.parent.name) as page:
            page.wait_for_timeout(1500)
            page.screenshot(path=folder / f"{path.parent.name}-{path.stem}.png")


if __name__ == "__main__":
    main()
