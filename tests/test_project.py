"""The project's own files agree with each other, and a package carries what it should and nothing it must not."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
# Renews requirements.txt, with `-o requirements.txt` added.
EXPORT = ["export", "--no-hashes", "--no-header", "--no-emit-project", "--no-dev", "--no-annotate"]
SYSTEMS = {
    "Linux": {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux"},
    "macOS": {"sys_platform": "darwin", "os_name": "posix", "platform_system": "Darwin"},
    "Windows": {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"},
}
LOCK_FILES = re.compile(
    r"(^|/)(uv\.lock|poetry\.lock|pdm\.lock|Pipfile\.lock|pylock(\..+)?\.toml|conda-lock\.ya?ml|package-lock\.json|yarn\.lock)$"
)
CARRIED = {"datasets", "notebooks", "exercises"}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pyproject() -> dict:
    return tomllib.loads(read("pyproject.toml"))


@pytest.fixture(scope="module")
def environment() -> dict:
    return yaml.safe_load(read("environment.yml"))


def pythons(pyproject: dict) -> list[str]:
    """The Python versions the project says it is tested on."""
    prefix = "Programming Language :: Python :: 3."
    return ["3." + c.removeprefix(prefix) for c in pyproject["project"]["classifiers"] if c.startswith(prefix)]


def pins(requirements: str, python: str, system: str) -> dict[str, str]:
    """The version of each package that a requirements file installs on one Python and system."""
    where = {**SYSTEMS[system], "python_version": python, "python_full_version": python + ".0", "extra": ""}
    chosen: dict[str, str] = {}
    for line in requirements.splitlines():
        pin = Requirement(line)
        if pin.marker is None or pin.marker.evaluate(where):
            name = canonicalize_name(pin.name)
            assert name not in chosen, f"{name} is pinned twice for Python {python} on {system}"
            chosen[name] = str(pin.specifier).removeprefix("==")
    return chosen


def test_the_supported_pythons_are_those_of_requires_python(pyproject):
    allowed = SpecifierSet(pyproject["project"]["requires-python"])
    assert pythons(pyproject) == ["3.11", "3.12", "3.13"]
    assert all(python in allowed for python in pythons(pyproject))
    assert "3.10" not in allowed


def test_the_conda_environment_has_a_supported_python(pyproject, environment):
    python = next(d for d in environment["dependencies"] if isinstance(d, str) and d.startswith("python"))
    assert python.removeprefix("python=") in pythons(pyproject)


def test_the_conda_environment_installs_the_pinned_versions_and_the_kit(pyproject, environment):
    by_pip = next(d["pip"] for d in environment["dependencies"] if isinstance(d, dict))
    assert environment["name"] == pyproject["project"]["name"]
    assert environment["channels"] == ["conda-forge"]
    assert by_pip == ["-r requirements.txt", "-e ."]


def test_the_workflow_tries_every_supported_python(pyproject):
    workflow = yaml.safe_load(read(".github/workflows/ci.yml"))
    assert workflow["jobs"]["check"]["strategy"]["matrix"]["python"] == pythons(pyproject)


def test_requirements_are_exact_versions_and_name_no_address():
    for line in read("requirements.txt").splitlines():
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][\w.!+-]*( ; .+)?", line), line
        assert not re.search(r"://|--hash|@", line), line


@pytest.mark.parametrize("system", SYSTEMS)
def test_requirements_satisfy_what_the_project_asks_for(pyproject, system):
    for python in pythons(pyproject):
        pinned = pins(read("requirements.txt"), python, system)
        for dependency in map(Requirement, pyproject["project"]["dependencies"]):
            version = pinned.get(canonicalize_name(dependency.name))
            assert version, f"requirements.txt lacks {dependency.name} for Python {python} on {system}"
            assert version in dependency.specifier, f"requirements.txt has {dependency.name} {version}"


def test_requirements_are_what_uv_resolves(pyproject):
    """Offline: `uv run` has just written its lock file, and a frozen export only reads that."""
    uv = os.environ.get("UV") or shutil.which("uv")
    lock = ROOT / "uv.lock"
    if not uv or not lock.exists():
        pytest.skip("uv, or the lock file it writes, is not there: run this with `uv run --group dev pytest`")
    if "resolution-mode" in tomllib.loads(lock.read_text(encoding="utf-8")).get("options", {}):
        pytest.skip("the lock file was made with another --resolution than the default")
    exported = subprocess.run(
        [uv, *EXPORT, "--frozen", "--offline", "--quiet"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    ).stdout
    for python in pythons(pyproject):
        for system in SYSTEMS:
            assert pins(read("requirements.txt"), python, system) == pins(exported, python, system), (
                f"renew it: uv {' '.join(EXPORT)} -o requirements.txt"
            )


def test_what_the_kit_imports_is_declared(pyproject):
    declared = {canonicalize_name(Requirement(d).name) for d in pyproject["project"]["dependencies"]}
    provided_by = packages_distributions()
    for path in sorted((ROOT / "kit").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                modules = [node.module or ""]
            else:
                continue
            for module in {name.partition(".")[0] for name in modules} - sys.stdlib_module_names - {"kit"}:
                providers = {canonicalize_name(name) for name in provided_by.get(module, [module])}
                assert providers & declared, f"{path.name} imports {module}, which pyproject.toml does not declare"


def test_no_lock_file_is_tracked():
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    ).stdout.splitlines()
    assert [name for name in tracked if LOCK_FILES.search(name)] == []


def test_every_version_of_the_kit_named_is_the_same(pyproject):
    version = pyproject["project"]["version"]
    assert yaml.safe_load(read("CITATION.cff"))["version"] == version
    assert re.search(rf"^## \[.*{re.escape(version)}", read("CHANGELOG.md"), flags=re.MULTILINE)


@pytest.mark.parametrize("command", ["python3 -m pip install uv", "python3 -m uv run --group dev pytest"])
def test_ci_runs_the_commands_of_the_readme(command):
    assert command in read("README.md")
    assert command in read(".ci/run")


def test_the_wheel_is_told_of_every_folder_of_data(pyproject):
    wheel = pyproject["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert set(wheel["only-include"]) == {"kit", *CARRIED}
    assert wheel["sources"] == {folder: f"kit/{folder}" for folder in CARRIED}
    assert "force-include" not in wheel, "force-include also packs what .gitignore keeps out"


@pytest.fixture(scope="module")
def small_checkout(tmp_path_factory) -> Path:
    """A checkout with this project's build settings, one file a folder, and an article that must never leave it."""
    root = tmp_path_factory.mktemp("checkout")
    for name in ("pyproject.toml", ".gitignore", "LICENSE", "LICENSE-texts"):
        shutil.copy(ROOT / name, root / name)
    for name in (
        "README.md",
        "kit/__init__.py",
        "kit/words/cues.csv",
        "datasets/aleppo-2016/texts/first.txt",
        "datasets/aleppo-2016/originals.toml",
        "datasets/aleppo-2016/originals/first.txt",
        "notebooks/00.ipynb",
        "exercises/00.ipynb",
        "tests/test_nothing.py",
        "my-work/00.ipynb",
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")
    return root


def test_the_wheel_carries_the_data_inside_the_package_and_no_original(small_checkout, tmp_path):
    (wheel,) = WheelBuilder(str(small_checkout)).build(directory=str(tmp_path), versions=["standard"])
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == {
        "kit/__init__.py",
        "kit/words/cues.csv",
        "kit/datasets/aleppo-2016/texts/first.txt",
        "kit/datasets/aleppo-2016/originals.toml",
        "kit/notebooks/00.ipynb",
        "kit/exercises/00.ipynb",
    }


def test_the_source_archive_carries_no_original(small_checkout, tmp_path):
    (archive,) = SdistBuilder(str(small_checkout)).build(directory=str(tmp_path))
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    assert {"kit/__init__.py", "datasets/aleppo-2016/texts/first.txt", "tests/test_nothing.py"} <= names
    assert not any(name.startswith(("datasets/aleppo-2016/originals/", "my-work/")) for name in names)


def test_an_editable_install_finds_the_kit_in_the_checkout(small_checkout, tmp_path):
    (wheel,) = WheelBuilder(str(small_checkout)).build(directory=str(tmp_path), versions=["editable"])
    with zipfile.ZipFile(wheel) as opened:
        (paths,) = [name for name in opened.namelist() if name.endswith(".pth")]
        assert Path(opened.read(paths).decode("utf-8").strip()).resolve() == small_checkout.resolve()
