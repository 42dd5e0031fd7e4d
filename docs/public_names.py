"""What is public, room by room, as the stubs of the package list it."""

import re
from pathlib import Path

KIT = Path(__file__).resolve().parent.parent / "kit"
_NAME = re.compile(r"^from \.([\w.]+) import (\w+) as \2$", re.MULTILINE)
_ROOM = re.compile(r"^from \. import (\w+) as \1$", re.MULTILINE)


def stub(room: str) -> Path:
    """Return where the stub of a room is, or would be."""
    return KIT / room / "__init__.pyi"


def public(room: str) -> list[str]:
    """Return the public names of a room: those that `kit` itself lists of it, then the room's own."""
    at_the_top = [name for module, name in _NAME.findall(_read("")) if module.partition(".")[0] == room]
    inside = [name for _, name in _NAME.findall(_read(room))] if stub(room).exists() else []
    return [*(f"kit.{name}" for name in at_the_top), *(f"kit.{room}.{name}" for name in inside)]


def rooms() -> list[str]:
    """Return the rooms that have public names."""
    return [room for room in _ROOM.findall(_read("")) if public(room)]


def _read(room: str) -> str:
    return stub(room).read_text(encoding="utf-8")
