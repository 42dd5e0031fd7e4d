"""Writing files that people made: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from .errors import KitError


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file atomically: after a kill or on a full disk, the former state is still there.

    Raises
    ------
    KitError
        If the file cannot be written; the former one is untouched.
    """
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise KitError(
            f"{path} cannot be written ({error.strerror or error}); what was there before is untouched."
        ) from None


def write_text(path: Path, text: str) -> None:
    """Write a UTF-8 text file atomically, newlines untouched. Raises as `write_bytes`."""
    write_bytes(path, text.encode("utf-8"))
