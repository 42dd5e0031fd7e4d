"""Run the lessons from top to bottom and keep their outputs: `python -m tests.run_lessons [FILE.ipynb ...]`.

A lesson is changed in JupyterLab on a copy; this makes it nbval's reference again. It runs as for somebody who has done
nothing yet: no predictions, no codes, no originals.
"""

import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

LESSONS = Path(__file__).resolve().parent.parent / "notebooks"


def main(paths: list[Path]) -> None:
    """Run each lesson in an empty folder."""
    for path in paths:
        notebook = nbformat.read(path, as_version=4)
        about = notebook.metadata.copy()
        with tempfile.TemporaryDirectory() as folder:
            environment = os.environ | {"KIT_WORK": folder, "KIT_ORIGINALS": folder}
            options = {"record_timing": False, "store_widget_state": False, "resources": {"metadata": {"path": folder}}}
            NotebookClient(notebook, kernel_name="python3", **options).execute(env=environment)
        notebook.metadata = about  # it would name this machine's Python
        nbformat.write(notebook, path)
        print(path.name)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or sorted(LESSONS.glob("*.ipynb")))
