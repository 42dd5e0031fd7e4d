"""Nothing that is tested touches a learner's folder: not here, and not in the kernels that nbval starts."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent
SLOW = [ROOT / "notebooks", ROOT / "tests" / "validation"]


def pytest_configure(config):
    """Point the learner's folders away from the checkout."""
    config.kit_folder = tempfile.mkdtemp(prefix="kit-tests-")
    os.environ["KIT_WORK"] = str(Path(config.kit_folder, "work"))
    os.environ["KIT_ORIGINALS"] = str(Path(config.kit_folder, "originals"))


def pytest_unconfigure(config):
    """Leave nothing behind."""
    shutil.rmtree(config.kit_folder, ignore_errors=True)


def pytest_collection_modifyitems(items):
    """Mark as slow what runs lessons, or measures."""
    for item in items:
        if any(item.path.is_relative_to(folder) for folder in SLOW):
            item.add_marker(pytest.mark.slow)
