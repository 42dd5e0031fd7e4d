"""The house stands: imports go down the stairs of rooms, and every public name is where the stubs say."""

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

import kit

KIT = Path(kit.__file__).parent
# From below to above; whoever stands on a stair may use what lies below it, and nothing beside or above it.
STAIR = [
    {"errors", "files", "html", "folders", "words"},
    {"documents"},
    {"english", "coding"},
    {"findings"},
    {"metrics"},
    {"views"},
    {"learning"},
    {"teaching"},
    {"cli"},
]
FLOOR = {room: floor for floor, rooms in enumerate(STAIR) for room in rooms}
ENTRANCES = {"__init__", "__main__"}  # of the house itself; they lead to every room
STUBS = {".".join(stub.relative_to(KIT.parent).parent.parts): stub for stub in sorted(KIT.rglob("__init__.pyi"))}


def room_of(path):
    return path.relative_to(KIT).with_suffix("").parts[0]


def imported(path):
    """The rooms and ground modules that a file imports, wherever in it the import stands."""
    package = ("kit", *path.relative_to(KIT).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*start, *filter(None, [node.module])])
            names = [f"{base}.{alias.name}" for alias in node.names] if base == "kit" else [base]
        else:
            continue
        yield from (name.split(".")[1] for name in names if name.startswith("kit."))


def listed(stub):
    """What a stub lists: name, and where it comes from."""
    line = re.compile(r"from (\.[\w.]*) import (\w+) as \2")
    return [line.fullmatch(text).group(2, 1) for text in stub.read_text(encoding="utf-8").splitlines()]


def test_every_module_stands_on_a_floor():
    rooms = {room_of(path) for path in KIT.rglob("*.py")} - ENTRANCES
    assert rooms <= FLOOR.keys(), "a new room needs a floor in STAIR and a line in ARCHITECTURE.md"
    assert FLOOR.keys() <= rooms, "this room is no more"


def test_imports_only_go_down():
    wrong = [
        f"{path.relative_to(KIT)} imports {other}"
        for path in sorted(KIT.rglob("*.py"))
        if (room := room_of(path)) not in ENTRANCES
        for other in imported(path)
        if other != room and FLOOR[other] >= max(FLOOR[room], 1)  # the ground is one floor
    ]
    assert not wrong


def test_no_two_modules_have_one_name():
    names = [path.stem for path in KIT.rglob("*.py") if path.stem != "__init__"]
    assert {name for name in names if names.count(name) > 1} == set()


@pytest.mark.parametrize("package", STUBS)
def test_what_a_stub_lists_is_there(package):
    room = importlib.import_module(package)
    for name, _ in listed(STUBS[package]):
        assert name in room.__all__
        assert getattr(room, name) is not None


@pytest.mark.parametrize("package", STUBS)
def test_no_public_name_hides_a_module(package):
    """`kit.code` is either what one calls or a module; which of them must not depend on what was imported before."""
    importlib.import_module(package)
    for name, source in listed(STUBS[package]):
        inside = importlib.util.find_spec(f"{package}.{name}") is not None
        assert inside == (source == "."), f"{package}.{name} is a module as well"


def test_every_public_name_is_listed_once():
    """One thing, one way to it: what stands in `kit` is not repeated in its room."""
    names = [name for stub in STUBS.values() for name, source in listed(stub) if source != "."]
    assert {name for name in names if names.count(name) > 1} == set()


def test_whoever_only_counts_does_not_wait_for_drawing():
    heavy = "import sys, kit; print(sorted({'matplotlib', 'ipywidgets'} & sys.modules.keys()))"
    told = subprocess.run([sys.executable, "-c", heavy], capture_output=True, encoding="utf-8", check=True)
    assert told.stdout.strip() == "[]"
