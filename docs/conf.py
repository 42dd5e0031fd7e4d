"""The documentation site: `python3 -m uv run --group docs sphinx-build -W --keep-going -q -c docs . build/site`.

Its source is the whole repository, so that a link that works on the forge works on the site. Nothing is executed, and
nothing is loaded from a network: not here, and not by the pages.
"""

import importlib
import inspect
import sys
import tomllib
from pathlib import Path

from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from docs.public_names import public, stub  # noqa: E402

_project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
project, release = _project["name"], _project["version"]
author = _project["authors"][0]["name"]
copyright = author
html_title = f"{project} {release}"

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
root_doc = "docs/index"
include_patterns = [
    "*.md",
    "docs/**",
    "notebooks/*.ipynb",
    "exercises/*.ipynb",
    "exercises/for-teachers/*.md",
    "datasets/**.md",
]
exclude_patterns = ["datasets/**/texts/**", "datasets/*/originals/**", "**.ipynb_checkpoints"]

nb_execution_mode = "off"
# Widgets need a kernel: a page shows what stands in for them.
nb_mime_priority_overrides = [("html", "application/vnd.jupyter.widget-view+json", None)]
myst_heading_anchors = 3

default_role = "py:obj"  # a name in backticks is a link where the reference has it
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
napoleon_use_ivar = True
python_maximum_signature_line_length = 100

html_theme = "furo"
html_extra_path = ["index.html"]  # the front page is docs/index.html


class Room(SphinxDirective):
    """`.. room:: metrics` shows what a room is for, in the words of its own docstring, and each of its public names."""

    required_arguments = 1

    def run(self):
        """Return the nodes."""
        room = self.arguments[0]
        for listing in (stub(""), stub(room)):
            self.env.note_dependency(str(listing))
        lines = [importlib.import_module(f"kit.{room}").__doc__, ""]
        for name in public(room):
            module, _, last = name.rpartition(".")
            is_class = inspect.isclass(getattr(importlib.import_module(module), last))
            lines += [f".. autoclass:: {name}\n   :members:\n" if is_class else f".. autofunction:: {name}\n"]
        return self.parse_text_to_nodes("\n".join(lines))


def without_links_to_folders(app, doctree):
    """A link to a folder leads somewhere on the forge alone: here its words stay, without the link."""
    here = Path(app.env.doc2path(app.env.docname)).parent
    for link in list(doctree.findall(addnodes.pending_xref)):
        if link["reftype"] == "myst" and link["refdomain"] != "doc" and (here / link["reftarget"]).is_dir():
            link.replace_self(link.children)


def setup(app):
    """Tell Sphinx of both."""
    app.add_directive("room", Room)
    app.connect("doctree-read", without_links_to_folders)
