"""Nothing that is tested touches a learner's folder: not here, and not in the kernels that nbval starts."""

import os
import shutil
import tempfile
from pathlib import Path


def pytest_configure(config):
    """Point the learner's folders away from the checkout."""
    config.kit_folder = tempfile.mkdtemp(prefix="kit-tests-")
    os.environ["KIT_WORK"] = str(Path(config.kit_folder, "work"))
    os.environ["KIT_ORIGINALS"] = str(Path(config.kit_folder, "originals"))


def pytest_unconfigure(config):
    """Leave nothing behind."""
    shutil.rmtree(config.kit_folder, ignore_errors=True)
