"""Writing files that people made: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from .errors import KitError

_UMASK = os.umask(0o022)  # it can only be read by setting it
os.umask(_UMASK)


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
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # A temporary file is its owner's alone; what lies on a shared drive has to be read by the class.
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_UMASK)
        temporary.replace(path)
    except OSError as error:
        raise KitError(
            f"{path} cannot be written ({error.strerror or error}); what was there before is untouched."
        ) from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write a UTF-8 text file atomically, newlines untouched. Raises as `write_bytes`."""
    write_bytes(path, text.encode("utf-8"))
