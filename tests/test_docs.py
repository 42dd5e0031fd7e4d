"""What is written about the kit is true: examples run, paths and names exist, the reference leaves nothing out."""

import doctest
import importlib
import importlib.util
import re
from pathlib import Path

import pytest
import yaml

import kit
from docs.public_names import public, rooms

ROOT = Path(__file__).resolve().parent.parent
KIT = Path(kit.__file__).parent
WITH_EXAMPLES = [path for path in sorted(KIT.rglob("*.py")) if ">>> " in path.read_text(encoding="utf-8")]
GUIDES = ["ARCHITECTURE.md", "CONTRIBUTING.md"]


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=lambda path: path.relative_to(KIT).as_posix())
def test_examples_in_docstrings_are_true(path):
    name = ".".join(path.relative_to(KIT.parent).with_suffix("").parts).removesuffix(".__init__")
    module = importlib.import_module(name)
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize("function", ["load", "counts", "rates", "evidence", "details", "remember"])
def test_what_lessons_begin_with_has_an_example(function):
    assert ">>> " in getattr(kit, function).__doc__


@pytest.mark.parametrize("guide", GUIDES)
def test_paths_that_a_guide_names_are_there(guide):
    named = re.findall(r"`((?:kit|tests|datasets|exercises|notebooks|docs|\.ci|\.github)/[\w./*-]*)`", read(guide))
    assert named
    assert [path for path in named if not list(ROOT.glob(path.rstrip("/")))] == []


@pytest.mark.parametrize("guide", GUIDES)
def test_names_that_a_guide_names_are_there(guide):
    for dotted in re.findall(r"`(kit\.[\w.]+)(?:\([^`]*\))?`", read(guide)):
        thing = kit
        for name in dotted.split(".")[1:]:
            thing = getattr(thing, name)


@pytest.mark.parametrize("page", ["README.md", *GUIDES])
def test_commands_that_a_page_names_are_there(page):
    for module in re.findall(r"-m ((?:tests|exercises)[\w.]*\w)", read(page)):
        assert importlib.util.find_spec(module), module


def test_the_architecture_is_one_page_and_names_every_room():
    text = read("ARCHITECTURE.md")
    assert len(text.splitlines()) <= 90
    assert [
        name for name in sorted(path.parent.name for path in KIT.glob("*/__init__.py")) if f"`{name}`" not in text
    ] == []


def test_every_room_with_public_names_has_its_page_in_the_reference():
    pages = {path.stem: path.read_text(encoding="utf-8") for path in ROOT.glob("docs/reference/*.rst")}
    assert pages.keys() == set(rooms())
    for name, page in pages.items():
        assert f".. room:: {name}\n" in page
        assert f"reference/{name}\n" in read("docs/index.md")


def test_the_reference_shows_every_public_name_once():
    shown = [name for each in rooms() for name in public(each)]
    listed = {
        f"{'.'.join(stub.relative_to(KIT.parent).parent.parts)}.{name}"
        for stub in KIT.rglob("__init__.pyi")
        for name in re.findall(r"^from \.\w[\w.]* import \w+ as (\w+)$", stub.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert sorted(shown) == sorted(listed)


@pytest.mark.parametrize("path", sorted(ROOT.glob(".github/**/*.yml")), ids=lambda path: path.name)
def test_files_for_the_forge_can_be_read(path):
    assert yaml.safe_load(path.read_text(encoding="utf-8"))


def test_a_release_is_published_only_after_it_was_tried():
    jobs = yaml.safe_load(read(".github/workflows/release.yml"))["jobs"]
    assert jobs["publish"]["needs"] == "try"
    assert jobs["try"]["needs"] == "build"
    assert jobs["publish"]["permissions"] == {"id-token": "write"}
