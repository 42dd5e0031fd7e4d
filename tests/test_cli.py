"""The command `kit`: what it prints, what it answers to bad input, and how it leaves."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import kit
from kit.cli import main

ROOT = Path(__file__).resolve().parent.parent
KEYS = ["document", "start", "end", "text", "referent", "label", "voice", "position"]
PLAIN = (
    "Rebels hold the road\r\n\r\nThe rebels held it. He said “the terrorists” would leave.\r\n\r\nTheme: Terrorists\r\n"
)
MARKDOWN = "# Rebels hold the *road*\n\nThe [rebels](#) held\nit. He said “the terrorists” would leave.\n"
STYLEBOOK = "referent,label,pattern,note\n"


def run(*args, code=0):
    """Run a command: its standard output and, as a list, the lines of its standard error."""
    result = CliRunner().invoke(main, [str(arg) for arg in args])
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert result.exit_code == code, result.output
    return result.stdout, result.stderr.splitlines()


def complaint(*args, code=2):
    """Run a command that must answer with exactly one line on standard error."""
    _, lines = run(*args, code=code)
    assert len(lines) == 1, lines
    assert lines[0].startswith("kit: ")
    return lines[0]


def printed(path):
    """Return what `kit text` prints, no line end translated."""
    return CliRunner().invoke(main, ["text", str(path)]).stdout_bytes.decode("utf-8")


def process(*args, **environment):
    return subprocess.run(
        [sys.executable, "-m", "kit", *map(str, args)], cwd=ROOT, env=os.environ | environment, capture_output=True
    )


BOOK = ("--stylebook", "aleppo-2016")


def mentions(*args, code=0):
    return [json.loads(line) for line in run("naming", *args, "--format", "jsonl", code=code)[0].splitlines()]


def write(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


@pytest.fixture
def article(tmp_path):
    return write(tmp_path, "article.txt", PLAIN)


# naming --------------------------------------------------------------------------------------------------------------


def test_json_lines_have_exactly_the_contract_s_keys(article):
    found = mentions(article, *BOOK)
    assert [list(mention) for mention in found] == [KEYS] * 3
    assert [(m["text"], m["label"], m["voice"], m["position"]) for m in found] == [
        ("Rebels", "rebel", "author", "heading"),
        ("rebels", "rebel", "author", "body"),
        ("terrorists", "terrorist", "quoted", "body"),
    ]
    assert {(m["document"], m["referent"]) for m in found} == {("article", "armed groups")}


@pytest.mark.parametrize(("name", "content"), [("a.txt", PLAIN), ("a.md", MARKDOWN), ("b.txt", MARKDOWN)])
def test_offsets_are_those_of_the_text_that_kit_prints(tmp_path, name, content):
    path = write(tmp_path, name, content)
    text = printed(path)
    found = mentions(path, *BOOK)
    assert len(found) == 3
    assert all(text[m["start"] : m["end"]] == m["text"] for m in found)


def test_offsets_of_a_plain_file_are_characters_of_the_file(article):
    text = article.read_bytes().decode("utf-8")
    assert all(text[m["start"] : m["end"]] == m["text"] for m in mentions(article, *BOOK))
    assert printed(article) == text


def test_a_file_is_read_as_the_user_says(tmp_path):
    path = write(tmp_path, "a.txt", MARKDOWN)
    assert run("text", path, "--as", "text")[0] == MARKDOWN
    assert "(#)" not in run("text", path)[0]
    assert "*" not in run("text", write(tmp_path, "b.txt", "The *rebels* left."), "--as", "markdown")[0]


def test_csv_says_the_same_as_json_lines(article):
    rows = list(csv.DictReader(io.StringIO(run("naming", article, *BOOK, "--format", "csv")[0])))
    assert rows == [{key: str(value) for key, value in mention.items()} for mention in mentions(article, *BOOK)]
    assert list(rows[0]) == KEYS


def test_the_rejected_are_shown_with_the_reason(article):
    (rejected,) = mentions(article, *BOOK, "--rejected")
    assert list(rejected) == [*KEYS, "reason"]
    assert (rejected["text"], rejected["reason"]) == ("Terrorists", "boilerplate")
    rows = list(csv.DictReader(io.StringIO(run("naming", article, *BOOK, "--rejected", "--format", "csv")[0])))
    assert [row["reason"] for row in rows] == ["boilerplate"]
    assert "terrorist" in run("naming", article, *BOOK, "--rejected")[0]


def test_the_table_keeps_its_zeros_and_says_how_many_words(article):
    output, lines = run("naming", article, *BOOK)
    rows = {line.split()[-7]: line.split()[-6:] for line in output.splitlines() if len(line.split()) >= 7}
    assert lines == []
    assert "14 words" in output
    assert rows["rebel"] == ["2", "0", "0", "0", "2", "142.86"]
    assert rows["militia"] == ["0", "0", "0", "0", "0", "0.00"]


def test_the_command_finds_what_the_notebook_finds():
    found = mentions("aleppo-2016")
    expected = kit.mentions(kit.load("aleppo-2016"))
    key = ["document", "start"]
    assert sorted(([m[k] for k in KEYS] for m in found), key=lambda m: m[:2]) == (
        expected.sort_values(key)[KEYS].values.tolist()
    )


def test_a_bundled_corpus_brings_its_own_stylebook_and_another_can_be_named(tmp_path, article):
    assert {m["referent"] for m in mentions("harbour-strike")} >= {"the dock workers"}
    own = write(tmp_path, "own.csv", STYLEBOOK + "the road,road,road,\n")
    assert [m["text"] for m in mentions(article, "--stylebook", own)] == ["road"]
    assert mentions(article, "--stylebook", "harbour-strike") == []


@pytest.mark.parametrize("form", ["table", "csv", "jsonl"])
def test_without_a_stylebook_no_names_are_counted_and_one_sentence_says_so(article, form):
    output, (line,) = run("naming", article, "--format", form)
    assert "rebel" not in output.lower()
    assert "article" in line
    assert "no stylebook" in line
    assert "--stylebook" in line
    assert "kit new-corpus" in line


def test_without_a_stylebook_compare_shows_the_rest_and_says_so(tmp_path):
    output, lines = run("compare", write(tmp_path, "a.txt", PLAIN), write(tmp_path, "b.txt", PLAIN + " Nobody came."))
    assert lines == []
    assert "No names are counted in a, b" in output
    assert "attributions per 1,000 words" in output


def test_beside_a_corpus_a_text_of_one_s_own_is_not_searched_by_its_stylebook(article):
    found = mentions("harbour-strike", article)
    assert found
    assert {mention["document"] for mention in found} <= set(kit.load("harbour-strike").names)
    output, _ = run("compare", "harbour-strike", article)
    assert "No names are counted in article" in output


def test_an_original_is_recognised_wherever_it_lies_and_brings_its_stylebook(shared, tmp_path):
    for number, file in enumerate(sorted(shared("documents").glob("*.txt"))):
        text = file.read_text(encoding="utf-8").replace("Aleppo", "Homs", 1)
        write(tmp_path, f"saved/page {number}.txt", "Home | News\n\n" + text)
    found = mentions(tmp_path / "saved")
    assert {mention["document"] for mention in found} == {"page 0", "page 1"}
    assert {"terrorist", "insurgent"} <= {mention["label"] for mention in found}


def test_a_text_that_names_nobody_is_no_error(tmp_path):
    path = write(tmp_path, "a.txt", "Nobody is here.")
    assert mentions(path, *BOOK) == []
    assert run("naming", path, *BOOK, "--format", "csv")[0].strip() == ",".join(KEYS)
    assert "militant" in run("naming", path, *BOOK)[0]


def test_a_table_of_articles_is_read_with_its_columns_named(tmp_path):
    path = write(tmp_path, "t.csv", "id,body\n7,The rebels left.\n8,The terrorists left.\n")
    found = mentions(path, *BOOK, "--columns", "text=body,document=id")
    assert [(m["document"], m["label"]) for m in found] == [("7", "rebel"), ("8", "terrorist")]


def test_several_inputs_are_read_each_under_a_name_of_its_own(tmp_path):
    paths = [write(tmp_path, f"{folder}/article.txt", "The rebels left.") for folder in ("gazette", "voice")]
    assert len({m["document"] for m in mentions(*paths, *BOOK)}) == 2


# sourcing ------------------------------------------------------------------------------------------------------------

SAID_KEYS = ["document", "kind", "stance", "source_type", "named", "speaker", "rule", "source", "cue", "content"]
SAID = (
    "Road is shut\r\n\r\nLina Saab claimed that the road was shut. “It is,” the mayor said, “late.” "
    "It was said to be so. She did not say why.\r\n\r\nTheme: road, the mayor said\r\n"
)


@pytest.fixture
def report(tmp_path):
    return write(tmp_path, "report.txt", SAID)


def attributions(*args, code=0):
    return [json.loads(line) for line in run("sourcing", *args, "--format", "jsonl", code=code)[0].splitlines()]


def words_at(places, text):
    return None if places is None else [text[start:end] for start, end in places]


def test_json_lines_of_sourcing_have_the_contract_s_keys(report):
    found = attributions(report)
    assert all([key for key in a if key != "nested"] == SAID_KEYS for a in found)
    assert [tuple(a[key] for key in SAID_KEYS[:6]) for a in found] == [
        ("report", "indirect", "distancing", "person", True, "Lina Saab"),
        ("report", "direct", "neutral", "official", False, "mayor"),
        ("report", "indirect", "neutral", "unnamed", False, ""),
    ]
    assert all(a["rule"] for a in found)


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_the_three_parts_are_null_or_places_in_the_text_that_kit_prints(tmp_path, name):
    path = write(tmp_path, name, SAID)
    text = printed(path)
    first, second, third = ([words_at(a[key], text) for key in SAID_KEYS[7:]] for a in attributions(path))
    assert first == [["Lina Saab"], ["claimed"], ["the road was shut."]]
    assert second == [["the mayor"], ["said"], ["“It is,”", "“late.”"]]
    assert third[:2] == [None, ["said"]]


def test_a_saying_without_content_has_null_and_no_empty_list(tmp_path):
    found = attributions(write(tmp_path, "a.txt", "It is late, and the mayor said so. It was said. They were accused."))
    assert all(a[key] is None or a[key] for a in found for key in SAID_KEYS[7:])


def test_csv_of_sourcing_says_the_same_as_json_lines(report):
    rows = list(csv.DictReader(io.StringIO(run("sourcing", report, "--format", "csv")[0])))
    text = printed(report)
    assert len(rows) == 3
    for row, found in zip(rows, attributions(report), strict=True):
        for key in SAID_KEYS[:7]:
            assert row[key] == str(found[key])
        for key in SAID_KEYS[7:]:
            assert json.loads(row[f"{key}_at"]) == (found[key] or [])
            assert row[key] == " … ".join(words_at(found[key], text) or [])
        assert row["text"] == text[int(row["start"]) : int(row["end"])]
    assert "reason" not in rows[0]


def test_the_table_of_sourcing_keeps_its_zeros_and_says_how_many_words(report):
    output, errors = run("sourcing", report)
    rows = {" ".join(line.split()[:-2]): line.split()[-2:] for line in output.splitlines() if line[-1:].isdigit()}
    assert errors == []
    assert "28 words" in output
    assert rows["all attributions"] == ["3", "107.14"]
    expected = {
        "speech direct": 1, "indirect": 2, "mixed": 0, "official": 1, "media": 0, "unnamed": 1,
        "named": 1, "not named": 2, "distancing": 1, "forceful": 0,
    }  # fmt: skip
    assert {name: int(rows[name][0]) for name in expected} == expected


def test_what_sourcing_did_not_count_is_shown_with_the_reason(report):
    found = attributions(report, "--rejected")
    assert [(a["reason"], words_at(a["cue"], printed(report))) for a in found] == [
        ("not said", ["say"]),
        ("boilerplate", ["said"]),
    ]
    assert found[0]["source"] is found[0]["content"] is None
    rows = list(csv.DictReader(io.StringIO(run("sourcing", report, "--rejected", "--format", "csv")[0])))
    assert [row["reason"] for row in rows] == ["not said", "boilerplate"]
    output = run("sourcing", report, "--rejected")[0]
    assert "not said" in output
    assert "boilerplate" in output


def test_the_command_finds_the_attributions_that_the_notebook_finds():
    found = attributions("harbour-strike")
    expected = kit.attributions(kit.load("harbour-strike"))
    assert sorted((a["document"], a["cue"], a["speaker"], a["kind"]) for a in found) == sorted(
        (row.document, [list(place) for place in row.cue_at], row.speaker, row.kind) for row in expected.itertuples()
    )


def test_a_text_in_which_nobody_speaks_is_no_error(tmp_path):
    path = write(tmp_path, "a.txt", "Nobody is here.")
    assert attributions(path) == []
    assert len(run("sourcing", path, "--format", "csv")[0].splitlines()) == 1
    assert "attributions" in run("sourcing", path)[0]


@pytest.mark.parametrize("command", ["sourcing", "compare"])
def test_a_text_in_another_language_is_one_warning_that_names_it(tmp_path, command):
    text = "Le maire a dit que le pont était fermé. « Personne ne passe », a déclaré le maire. " * 6
    _, lines = run(command, write(tmp_path, "pont.txt", f"{text} Mayor said rebels left."))
    assert len(lines) == 1
    assert lines[0].startswith("kit: pont")
    assert "English" in lines[0]


def test_what_is_found_in_another_language_is_marked(tmp_path):
    text = "Le maire a dit que le pont était fermé. « Personne ne passe », a déclaré le maire. " * 6
    found = attributions(write(tmp_path, "pont.txt", f"{text} Mayor said bridge closed."))
    assert [a["note"] for a in found] == ["not English"]


# compare, corpora, text ----------------------------------------------------------------------------------------------


def test_compare_without_input_sets_the_two_accounts_side_by_side():
    output, lines = run("compare")
    assert lines == []
    for part in ("global-research", "alwaght", "CONSTRUCTED", "TEACHING EDITION", "terrorist", "takes no side"):
        assert part in output
    assert "not about their outlets" in output
    never = next(line for line in output.splitlines() if line.startswith("Never used"))
    assert "jihadist" in never
    assert "fighter" not in never, "the armed groups are called so"


def test_compare_sets_files_side_by_side_and_says_what_none_of_them_says(tmp_path):
    one = write(tmp_path, "one.txt", "The rebels left. He said “the rebels” had left.")
    two = write(tmp_path, "two.txt", "The terrorists left.")
    lines = run("compare", one, two, *BOOK)[0].splitlines()
    cells = {line.split()[-5]: line.split()[-4:] for line in lines if line.endswith(")") and len(line.split()) >= 5}
    assert cells["rebel"] == ["2", "(1)", "0", "(0)"]
    assert cells["terrorist"] == ["0", "(0)", "1", "(1)"]
    assert any(line.startswith("Never used") and "militant" in line for line in lines)


def test_compare_sets_sourcing_side_by_side_with_the_error_of_the_instrument(tmp_path, report):
    other = write(tmp_path, "other.txt", "Nobody came to the port.")
    lines = run("compare", report, other)[0].splitlines()
    (start,) = [i for i, line in enumerate(lines) if line.startswith("Sourcing")]
    assert lines[start + 1].split() == ["report", "other", "error", "error", "of", "a", "difference"]
    (row,) = [line for line in lines[start:] if line.startswith("attributions per 1,000 words")]
    assert [float(number) for number in row.split()[4:6]] == [107.14, 0]
    for measure in ("share of named sources", "effective number of sources", "longest stretch", "links per"):
        assert any(line.startswith(measure) for line in lines[start:])
    assert "nan" not in "\n".join(lines).lower()


def test_corpora_are_listed_with_title_licence_and_content_note():
    output, _ = run("corpora")
    for name in ("aleppo-2016", "harbour-strike"):
        assert name in output
    assert "CC BY 4.0" in output
    assert kit.documents.corpora().loc["aleppo-2016", "content_note"] in output


def test_the_version_is_told_from_a_checkout_too():
    assert "0." in run("--version")[0]


def test_every_command_explains_itself():
    output, _ = run("--help")
    for command in ("lab", "compare", "naming", "sourcing", "agency", "agree", "text", "add", "corpora"):
        assert command in output
        assert "Usage" in run(command, "-h")[0]


# add and lab ---------------------------------------------------------------------------------------------------------


def test_an_original_is_added_and_then_shown(shelf, tmp_path):
    paths = [write(tmp_path, f"{key}.txt", shelf.article(key, "\r\n")) for key in ("first", "second")]
    output, lines = run("add", *paths, "--to", "toy")
    assert lines == []
    assert "The first article" in output
    assert "The second article" in output
    assert "ORIGINAL" in run("compare", "toy", "--stylebook", "harbour-strike")[0]


def test_what_is_no_original_is_answered_with_those_known_and_how_to_go_on(shelf, article):
    said = complaint("add", article, "--to", "toy")
    for part in ("article.txt", "The first article", "The second article", "kit compare"):
        assert part in said


def test_one_original_among_other_files_is_added(shelf, article, tmp_path):
    first = write(tmp_path, "first.txt", shelf.article("first"))
    _, lines = run("add", article, first, tmp_path / "missing.txt", "--to", "toy", code=1)
    assert len(lines) == 2
    assert kit.documents.corpora().loc["toy", "originals"] == "1 of 2"


@pytest.mark.parametrize("name", ["../..", "/tmp", "nothing", ""])
def test_originals_cannot_be_added_outside_the_shelf(article, name):
    assert "aleppo-2016" in complaint("add", article, "--to", name)


def test_lab_lays_out_a_working_copy_and_keeps_what_was_changed_in_it(tmp_path):
    work = tmp_path / "my-work"
    output, lines = run("lab", "--prepare", "--into", work)
    assert str(work) in output
    assert lines == []
    lesson = work / "notebooks" / "00-start-here.ipynb"
    page = json.loads(lesson.read_text(encoding="utf-8"))
    page["cells"][0]["source"] = "Mine"
    lesson.write_text(json.dumps(page), encoding="utf-8")
    assert "kept notebooks/00-start-here.ipynb" in run("lab", "--prepare", "--into", work)[0]


def test_lab_finds_the_originals_in_a_folder_of_other_things(shelf, tmp_path):
    downloads = tmp_path / "downloads"
    write(downloads, "a.txt", shelf.article("first"))
    write(downloads, "b.png", b"\x89PNG\0")
    write(downloads, "empty.txt", b"")
    with (downloads / "film.mp4").open("wb") as film:
        film.truncate(25_000_000)
    output, _ = run("lab", "--prepare", "--into", tmp_path / "work", "--originals", downloads)
    assert "The first article" in output


def test_lab_says_when_it_finds_no_original_or_no_folder(tmp_path, article):
    assert "missing" in complaint("lab", "--prepare", "--into", tmp_path / "w", "--originals", tmp_path / "missing")
    write(tmp_path, "none/a.txt", "x")
    assert "none" in complaint("lab", "--prepare", "--into", tmp_path / "w", "--originals", tmp_path / "none")
    assert "article.txt" in complaint("lab", "--prepare", "--into", article)


# lab, wherever one is ------------------------------------------------------------------------------------------------

ODD = "Учебный класс 2 – مدرسة"


def stands_in(folder, *args, before=(), **environment):
    """Run the installed command in a folder: its exit status, standard output and standard error."""
    kit_itself = shutil.which("kit", path=str(Path(sys.executable).parent))
    if not kit_itself:
        pytest.skip("the kit is not installed")
    settings = {k: v for k, v in os.environ.items() if k != "KIT_WORK"} | {k: str(v) for k, v in environment.items()}
    done = subprocess.run([*before, kit_itself, *map(str, args)], cwd=folder, env=settings, capture_output=True)
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


@pytest.fixture
def plainly():
    """What stands before a command so that the rights of folders bind it, also where the tests are run by root."""
    if os.name != "posix":
        pytest.skip("rights are another matter there")
    if os.geteuid():
        return ()
    before = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
    if not shutil.which("setpriv") or subprocess.run([*before, "true"], capture_output=True).returncode:
        pytest.skip("root may write everywhere, and nothing here takes that away")
    return before


@pytest.fixture
def shared_drive(tmp_path, plainly):
    """A folder in which one may not write, and a home in which one may."""
    drive, home = tmp_path / ODD, tmp_path / "home ł"
    drive.mkdir()
    home.mkdir()
    yield drive, home
    for folder in (drive, home, drive / "my-work"):
        if folder.exists():
            folder.chmod(0o755)


@pytest.mark.slow
@pytest.mark.parametrize("teacher_s", [False, True], ids=["no working copy", "the teacher's"])
def test_where_nobody_may_write_lab_works_at_home_and_says_so(shared_drive, plainly, teacher_s):
    drive, home = shared_drive
    if teacher_s:
        assert stands_in(drive, "lab", "--prepare")[0] == 0
        (drive / "my-work").chmod(0o555)
    drive.chmod(0o555)
    code, output, errors = stands_in(drive, "lab", "--prepare", before=plainly, HOME=home)
    assert (code, errors) == (0, "")
    assert output.splitlines() == [
        f"{drive / 'my-work'} cannot be written to, so your work lies in your home folder.",
        f"Your work is in {home / 'my-work'}.",
    ]
    assert (home / "my-work" / "notebooks" / "00-start-here.ipynb").is_file()
    errors = stands_in(drive, "backup", home / "work.zip", before=plainly, HOME=home)[2]
    assert f"no work in {home / 'my-work'};" in errors


@pytest.mark.slow
def test_where_nobody_may_write_at_all_lab_asks_for_a_folder(shared_drive, plainly, tmp_path):
    drive, home = shared_drive
    drive.chmod(0o555)
    home.chmod(0o555)
    code, output, errors = stands_in(drive, "lab", "--prepare", before=plainly, HOME=home)
    assert (code, output, len(errors.splitlines())) == (2, "", 1)
    assert str(drive) in errors
    assert "--into FOLDER" in errors
    assert stands_in(drive, "lab", "--prepare", "--into", tmp_path / "usb", before=plainly, HOME=home)[0] == 0


@pytest.mark.skipif(os.name != "posix", reason="elsewhere JupyterLab is a child")
@pytest.mark.parametrize(("user", "told"), [(0, True), (1000, False)])
def test_jupyterlab_opens_the_working_copy_and_only_root_allows_root(tmp_path, monkeypatch, user, told):
    started = []
    monkeypatch.setattr("os.execve", lambda *command: started.append(command))
    monkeypatch.setattr("os.geteuid", lambda: user)
    monkeypatch.setattr("subprocess.call", lambda *_, **__: 0)
    run("lab", "--into", tmp_path / ODD, "--", "--no-browser")
    ((_, command, environment),) = started
    assert ("--allow-root" in command) == told
    assert command[-1] == "--no-browser"
    assert f"--ServerApp.root_dir={tmp_path / ODD}" in command
    assert environment["KIT_WORK"] == str(tmp_path / ODD)


HOSTILE = ("jupyterlab", "pandas", "click", "ipykernel", "sitecustomize")


@pytest.fixture
def hostile(tmp_path):
    """A folder of modules that must not be taken for the real ones, each of which tells that it was run."""
    folder = tmp_path / ODD
    for name in HOSTILE:
        write(folder, f"{name}.py", "from pathlib import Path\nPath(__file__).with_suffix('.ran').touch()\n")
    return folder


@pytest.mark.slow
def test_no_module_of_the_folder_one_stands_in_is_run(hostile, tmp_path):
    for args in (["lab", "--into", tmp_path / "work", "--", "--version"], ["compare"], ["corpora"]):
        code, output, errors = stands_in(hostile, *args)
        assert (code, errors) == (0, ""), errors
        assert output
    done = subprocess.run([sys.executable, "-m", "kit", "corpora"], cwd=hostile, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    assert [path.name for path in hostile.glob("*.ran")] == []


@pytest.mark.slow
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_learns_to_complete_commands(tmp_path, shell):
    code, script, _ = stands_in(tmp_path, _KIT_COMPLETE=f"{shell}_source")
    assert code == 0
    assert "_KIT_COMPLETE" in script
    assert f"_KIT_COMPLETE={shell}_source" in (ROOT / "README.md").read_text(encoding="utf-8") or shell == "zsh"


# agency, agree -------------------------------------------------------------------------------------------------------

PASSIVES = "The bridge was bombed by the army. The mill was shelled. The killing of gulls, too."


def test_agency_lists_passives_and_nouns_of_violence(tmp_path):
    path = write(tmp_path, "a.txt", PASSIVES)
    found = [json.loads(line) for line in run("agency", path, "--format", "jsonl")[0].splitlines()]
    assert [(row["kind"], row["subject"], row["agent"], row["has_agent"]) for row in found] == [
        ("passive", "The bridge", "the army", True),
        ("passive", "The mill", "", False),
        ("noun", "gulls", "", False),
    ]
    text = printed(path)
    assert all(text[row["start"] : row["end"]] == row["text"] for row in found)
    rows = list(csv.DictReader(io.StringIO(run("agency", path, "--format", "csv")[0])))
    assert rows == [{key: str(value) for key, value in row.items()} for row in found]


def test_the_table_of_agency_keeps_its_zeros(tmp_path):
    output, lines = run("agency", write(tmp_path, "a.txt", PASSIVES))
    rows = [line.split() for line in output.splitlines()]
    assert ["passive", "1", "1", "2", "0.5", "125.0"] in rows
    assert ["reduced", "0", "0", "0", "0.0"] in rows
    assert lines == []
    assert "1 documents, 2 words" in run("agency", write(tmp_path, "b.txt", "Gulls came."))[0]


def test_agency_says_that_it_knows_english_only(tmp_path):
    path = write(tmp_path, "a.txt", "Die Brücke wurde von der Armee am Abend bombardiert, und niemand war dort. " * 5)
    assert "does not seem to be English" in run("agency", path)[1][0]


@pytest.fixture
def class_of_two(article, tmp_path):
    """The files of two coders who differ on one of two questions."""
    (document,) = kit.load(article)
    for coder, value in {"Ana": "absent", "Bo": "prominent"}.items():
        kit.coding.add(document, "entman", "problem", coder=coder, value="present")
        kit.coding.add(document, "entman", "cause", coder=coder, value=value, note=f"{coder} says")
    return kit.coding.export(tmp_path / "class")


def test_agree_prints_agreement_and_where_coders_differ(article, class_of_two):
    output, lines = run("agree", *class_of_two, "--corpus", article)
    assert lines == []
    assert "Doubts: none" in output
    assert "Entman's four functions of a frame: 2 coders, 1 documents" in output
    row = next(line.split() for line in output.splitlines() if line.startswith("cause"))
    assert row[:4] == ["cause", "2", "1", "0.0"]
    assert "100% article, cause: (the whole text)" in output
    assert "    Ana: absent: Ana says | Bo: prominent: Bo says" in output


def test_agree_reports_every_doubt_and_sets_aside_what_it_cannot_read(article, class_of_two, tmp_path):
    bad, twice = write(tmp_path, "picture.csv", PNG), class_of_two[0]
    output, lines = run("agree", *class_of_two, twice, bad, "--corpus", article, code=1)
    assert "Doubts: 2" in output
    assert output.count(": double (Ana, article, ") == 2
    assert len(lines) == 1
    assert "picture.csv" in lines[0]


def test_agree_of_files_none_of_which_can_be_read_is_one_line(article, tmp_path):
    assert "picture.csv" in complaint("agree", write(tmp_path, "picture.csv", PNG), "--corpus", article)
    assert "missing.csv" in complaint("agree", tmp_path / "missing.csv", "--corpus", article)


def test_agree_needs_the_documents_that_were_coded(class_of_two, article, tmp_path):
    other = write(tmp_path, "other.txt", PLAIN)
    output, lines = run("agree", *class_of_two, "--corpus", other, code=2)
    assert output.count("unknown document") == 4
    assert lines == [f"kit: None of these codes has a place in {other}."]
    assert "missing" in complaint("agree", *class_of_two, "--corpus", tmp_path / "missing")


def test_agree_takes_a_codebook_of_one_s_own(article, tmp_path, class_of_two):
    text = (ROOT / "datasets" / "codebooks" / "entman.toml").read_text(encoding="utf-8")
    own = write(tmp_path, "mine.toml", text.replace("Entman's four functions", "My functions"))
    (document,) = kit.load(article)
    for coder in ("Ana", "Bo"):
        kit.coding.add(document, own, "remedy", coder=coder, value="absent")
    files = kit.coding.export(tmp_path / "class")
    assert "unknown codebook" in run("agree", *files, "--corpus", article)[0]
    output, _ = run("agree", *files, "--corpus", article, "--codebook", own)
    assert "My functions" in output
    assert "Entman" not in output
    assert "no codes from" in run("agree", *files, "--corpus", article, "--codebook", "actors", code=2)[1][0]


# Bad input -----------------------------------------------------------------------------------------------------------

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
BAD = {
    "missing.txt": None,
    "empty.txt": b"",
    "blank.txt": b" \n\t\r\n",
    "picture.txt": PNG,
    "nul.txt": b"The\0rebels",
    "two\nlines.txt": b"",
    "bad.csv": PNG,
    "bad.jsonl": b"not json",
    "bad.parquet": b"not parquet",
    "no-text-column.csv": b"id,body\n1,x\n",
}


@pytest.mark.parametrize("command", ["naming", "sourcing", "agency", "compare", "text"])
@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_line_that_names_the_file(tmp_path, command, name):
    path = tmp_path / name if BAD[name] is None else write(tmp_path, name, BAD[name])
    assert name.replace("\n", " ") in complaint(command, path)


@pytest.mark.parametrize("command", ["naming", "sourcing"])
@pytest.mark.parametrize("form", ["table", "csv", "jsonl"])
def test_bad_input_prints_no_numbers_whatever_the_format(tmp_path, command, form):
    output, lines = run(command, tmp_path / "missing.txt", "--format", form, code=2)
    assert len(lines) == 1
    assert len(output.splitlines()) == (form == "csv")
    assert not any(character.isdigit() for character in output)


@pytest.mark.parametrize("command", ["naming", "sourcing"])
def test_a_file_of_one_huge_line_is_refused(tmp_path, command):
    assert "MB" in complaint(command, write(tmp_path, "huge.txt", b"word " * 10_000_000))


@pytest.mark.parametrize("command", ["naming", "sourcing"])
@pytest.mark.parametrize("stat", [False, True], ids=["file", "its folder"])
def test_an_unreadable_file_is_one_line(article, forbid, stat, command):
    with forbid(article, stat=stat):
        assert "article.txt" in complaint(command, article)


@pytest.mark.parametrize("command", ["naming", "sourcing"])
def test_a_folder_without_texts_is_one_line(tmp_path, command):
    (tmp_path / "nothing").mkdir()
    assert "nothing" in complaint(command, tmp_path / "nothing")


@pytest.mark.parametrize("command", ["naming", "sourcing"])
@pytest.mark.parametrize("text", ["", " ", "The rebels left the city. " * 50])
def test_what_cannot_be_the_name_of_a_file_is_one_line(text, command):
    complaint(command, text)


def test_a_table_says_which_columns_it_has(tmp_path):
    path = write(tmp_path, "t.csv", "id,body\n1,x\n")
    assert "body" in complaint("naming", path)
    assert "body" in complaint("naming", path, "--columns", "text=nowhere")


@pytest.mark.parametrize("columns", ["text", "text=", "=body", "text=body,problem=id", "text=body,read_as=id"])
def test_odd_columns_are_no_traceback(tmp_path, columns):
    path = write(tmp_path, "t.csv", "id,body\n1,The rebels left.\n")
    result = CliRunner().invoke(main, ["naming", str(path), "--columns", columns])
    assert isinstance(result.exception, SystemExit) or result.exception is None, repr(result.exception)


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("referent,label\nr,l\n", "pattern"),
        ("", "empty"),
        (STYLEBOOK, "patterns"),
        (STYLEBOOK + "r,l,a(b,\n", "a(b"),
        (STYLEBOOK + "r,l,a)(b,\n", "a)(b"),
        (STYLEBOOK + "r,l,*x,\n", "line 2"),
        (STYLEBOOK + "r,l,good,\nr,,rebel,\n", "line 3"),
        (STYLEBOOK + ",l,rebel,\n", "referent"),
        (STYLEBOOK + "r,l,,\n", "pattern"),
        (STYLEBOOK + "r,l\n", "pattern"),
        (STYLEBOOK + "r,l,x*,\n", "x*"),
        (STYLEBOOK + "r,l,rebel,\nr,m,Rebel,\n", "twice"),
        (STYLEBOOK + f"r,l,{'x' * 200_000},\n", "stylebook.csv"),
        (PNG, "stylebook.csv"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_bad_stylebook_is_one_line_that_says_where(tmp_path, article, content, part):
    path = write(tmp_path, "stylebook.csv", content)
    said = complaint("naming", article, "--stylebook", path)
    assert "stylebook.csv" in said
    assert part in said
    assert len(said) < 1000


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_stylebook_saved_by_any_spreadsheet_is_read(tmp_path, article, newline, encoding):
    content = (STYLEBOOK + "r,l,road,“so”\n").replace("\n", newline)
    assert [
        m["text"] for m in mentions(article, "--stylebook", write(tmp_path, "s.csv", content.encode(encoding)))
    ] == ["road"]


def test_a_missing_stylebook_is_one_line(tmp_path, article):
    assert "no-such" in complaint("naming", article, "--stylebook", "no-such")
    assert tmp_path.name in complaint("naming", article, "--stylebook", tmp_path)


def test_inputs_with_different_stylebooks_need_a_choice():
    assert "--stylebook" in complaint("naming", "aleppo-2016", "harbour-strike")
    assert mentions("aleppo-2016", "harbour-strike", "--stylebook", "aleppo-2016")


@pytest.mark.parametrize(
    "command", [["naming", "toy", "--stylebook", "harbour-strike"], ["corpora"]], ids=lambda c: c[0]
)
def test_a_damaged_catalogue_is_one_line(shelf, command):
    shelf.catalogue("title =")
    assert "catalogue.toml" in complaint(*command)


@pytest.mark.parametrize("command", ["naming", "sourcing"])
@pytest.mark.parametrize("form", ["table", "csv", "jsonl"])
def test_one_bad_file_among_many_is_reported_and_the_rest_go_on(tmp_path, command, form):
    for name, content in {"a.txt": PLAIN, "b.txt": PNG, "c.txt": PLAIN + "x"}.items():
        write(tmp_path, name, content)
    output, lines = run(command, tmp_path, "--format", form, *(BOOK if command == "naming" else ()), code=1)
    assert len(lines) == 1
    assert "b.txt" in lines[0]
    if form == "jsonl":
        assert {json.loads(line)["document"] for line in output.splitlines()} == {"a", "c"}
    else:
        assert ("rebel" if command == "naming" else "mixed") in output


def test_a_missing_input_does_not_stop_the_others(tmp_path, article):
    _, lines = run("compare", tmp_path / "missing.txt", article, code=1)
    assert len(lines) == 1
    assert "missing.txt" in lines[0]


def test_a_guess_is_one_line_on_standard_error_and_no_failure(tmp_path):
    path = write(tmp_path, "a.txt", "The rebels left the café.".encode("latin-1"))
    output, lines = run("naming", path, *BOOK, "--format", "jsonl")
    assert json.loads(output)["text"] == "rebels"
    assert len(lines) == 1
    assert lines[0].startswith("kit: ")
    assert "a.txt" in lines[0]


# As a process --------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_output_is_utf_8_wherever_it_goes(tmp_path):
    path = write(tmp_path, "ж.txt", "The rebels – “حلب” – left.")
    done = process("naming", path, *BOOK, "--format", "csv", PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\r" not in done.stdout
    assert "ж" in done.stdout.decode("utf-8")
    done = process("text", path, tmp_path / "нет.txt", PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert (done.returncode, done.stdout.decode("utf-8").strip()) == (1, "The rebels – “حلب” – left.")
    assert "нет.txt" in done.stderr.decode("utf-8")


def test_a_failure_is_one_line_and_no_traceback(tmp_path):
    done = process("naming", tmp_path / "missing.txt")
    assert (done.returncode, done.stdout) == (2, b"")
    assert len(done.stderr.splitlines()) == 1
    assert b"missing.txt" in done.stderr


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="a pipe closes differently elsewhere")
def test_a_reader_who_stops_reading_causes_no_traceback(tmp_path):
    path = write(tmp_path, "a.txt", "The rebels left. " * 20_000)
    command = [sys.executable, "-m", "kit", "naming", str(path), *BOOK, "--format", "jsonl"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout.readline()
        running.stdout.close()
        assert b"Traceback" not in running.stderr.read()


# A child's ru_maxrss also counts what its parent had when it was started; Linux tells the peak of the program itself.
WITH_PEAK = """
import sys
from pathlib import Path
from kit.cli import main
try:
    main()
finally:
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    Path(sys.argv[2], "..", "peak").resolve().write_text(peak.split()[1])
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux tells it")
@pytest.mark.parametrize(
    ("command", "keys", "each"), [("naming", KEYS, 2), ("sourcing", [*SAID_KEYS[:7], "nested", *SAID_KEYS[7:]], 1)]
)
def test_thousands_of_files_are_read_one_by_one_in_little_memory(tmp_path, command, keys, each):
    folder = tmp_path / "articles"
    for number in range(5000):
        text = f"Report {number}\n\nThe rebels held it. He said “the terrorists” would leave.\n" + "It was late. " * 20
        write(folder, f"{number % 50}/{number}.txt", text)
    found = tmp_path / "found.jsonl"
    book = BOOK if command == "naming" else ()
    program = [sys.executable, "-c", WITH_PEAK, command, str(folder), "--format", "jsonl", *book]
    with found.open("wb") as out:
        done = subprocess.run(program, cwd=ROOT, stdout=out, stderr=subprocess.PIPE, check=True)
    assert done.stderr == b"", "no progress bar where nobody watches"
    lines = [json.loads(line) for line in found.read_text(encoding="utf-8").splitlines()]
    assert len(lines) == 5000 * each
    assert all(list(line) == keys for line in lines)
    assert len({line["document"] for line in lines}) == 5000
    megabytes = int((tmp_path / "peak").read_text(encoding="utf-8")) / 1024
    assert megabytes < 300
