"""A corpus of one's own: made of files, never over something, checked in plain sentences, fit for every lesson."""

import csv
import errno
import io
import shutil
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner

import kit
from kit import folders
from kit.cli import main
from kit.documents import catalogues
from kit.learning.marking import exercises
from kit.teaching import new_corpus
from kit.teaching.new_corpus import WHO, make, slug, still_open
from tests.test_exercises import run as run_exercise
from tests.test_lessons import LESSONS, on_another_corpus, run

ONE = """Farmers block the road

The farmers blocked the main road on Monday. “These troublemakers cost us a day,” said Ada Holm, who owns a shop.

A spokesman for the farmers said that the price of milk had fallen. Protesters sang.
The mayor of Linden spoke to the protesters.
"""
TWO = """# Linden at a standstill

Protesters closed the road to *Linden* on Monday. The police said that the protesters had not asked.

The mayor of Linden called the farmers’ demands fair. In Linden the shops stayed empty, and the farmers stayed.
"""
FILLED = {
    'content_note = ""': 'content_note = "Nothing in it is hard to read."',
    'outlet = ""': 'outlet = "The Post"',
    'date = ""': 'date = "2031-03-03"',
    WHO: "the farmers",
}


@pytest.fixture
def articles(tmp_path):
    """Two articles in a folder of their own."""
    folder = tmp_path / "articles"
    folder.mkdir()
    paths = [folder / "Morning Post.txt", folder / "wire.md"]
    for path, text in zip(paths, (ONE, TWO), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def change(folder, file, **changes):
    path = folder / file
    text = path.read_text(encoding="utf-8-sig")
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def fill_in(folder):
    """Do what the skeleton asks for."""
    change(folder, "catalogue.toml", **FILLED)
    path = folder / "stylebook.csv"
    text = path.read_text(encoding="utf-8-sig").replace(WHO, "the farmers", 1).replace(WHO, "others")
    path.write_text(text, encoding="utf-8")
    path = folder / "catalogue.toml"
    lines = [line.partition(" # TODO")[0] for line in path.read_text(encoding="utf-8").splitlines()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def filled(articles):
    """A corpus that is ready."""
    folder = make("road", articles)
    fill_in(folder)
    return folder


def command(*args, code=0):
    result = CliRunner().invoke(main, ["new-corpus", *map(str, args)])
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert result.exit_code == code, result.output
    return result


# Made of files -------------------------------------------------------------------------------------------------------


def test_a_new_corpus_is_found_by_its_name_like_a_bundled_one(articles):
    folder = make("road", articles)
    corpus = kit.load("road")
    assert corpus.names == ["morning-post", "wire"]
    assert [document.title for document in corpus] == ["Farmers block the road", "Linden at a standstill"]
    assert "road" in kit.documents.corpora().index
    assert folder.parts[-2:] == ("corpora", "road")
    assert kit.findings.stylebook_for(corpus).labels


def test_the_texts_are_copied_as_they_are_but_in_utf_8(tmp_path, articles):
    articles[0].write_bytes("Überall\r\n\r\nThe café was shut.\r\n".encode("cp1252"))
    with pytest.warns(kit.KitWarning, match="guess"):
        folder = make("road", articles)
    copied = folder / "texts" / "morning-post.txt"
    assert copied.read_bytes() == "Überall\r\n\r\nThe café was shut.\r\n".encode()


def test_names_are_proposed_from_what_the_texts_say_twice(articles):
    book = kit.findings.stylebook_for(kit.load(make("road", articles).name))
    labels = [label for _, label in book.labels]
    assert {"farmer", "protester", "Linden"} <= set(labels)
    assert not {"Ada Holm", "spokesman", "police", "Farmers"} & set(labels)
    assert {entry.referent for entry in book.entries} == {WHO}


def test_a_spreadsheet_can_tell_that_the_stylebook_is_utf_8(articles):
    data = (make("road", articles) / "stylebook.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert list(rows[0]) == ["referent", "label", "pattern", "note"]


def test_texts_without_any_name_still_become_a_corpus_that_says_so(tmp_path):
    for stem, text in (("a", "It was."), ("b", "She is.")):
        (tmp_path / f"{stem}.txt").write_text(text, encoding="utf-8")
    make("void", [tmp_path / "a.txt", tmp_path / "b.txt"])
    assert any("No text names" in sentence for sentence in still_open("void"))


def test_one_can_begin_from_a_stylebook_whose_parties_the_texts_name(tmp_path):
    texts = {"a": "Rebels hold the road. The rebels left.", "b": "The insurgents hold it. Nobody came."}
    for stem, text in texts.items():
        (tmp_path / f"{stem}.txt").write_text(text, encoding="utf-8")
    make("war", [tmp_path / "a.txt", tmp_path / "b.txt"], "aleppo-2016")
    corpus = kit.load("war")
    book = kit.findings.stylebook_for(corpus)
    assert {entry.referent for entry in book.entries} == {"armed groups", "not counted"}
    assert kit.counts(kit.mentions(corpus)).loc["terrorist"].sum() == 0, "a zero stays"
    assert kit.focus(corpus) == ("armed groups", "rebel")


def test_a_stylebook_that_names_nobody_in_the_texts_is_refused(articles, refusal):
    refusal(lambda: make("road", articles, "aleppo-2016"), "aleppo-2016")
    assert "road" not in catalogues.corpus_names()


def test_two_files_of_one_stem_get_names_of_their_own(tmp_path, articles):
    other = tmp_path / "other" / "Morning-Post.TXT"
    other.parent.mkdir()
    other.write_text(TWO, encoding="utf-8")
    make("road", [articles[0], other])
    assert kit.load("road").names == ["morning-post", "morning-post-2"]


@pytest.mark.parametrize(
    ("stem", "name"), [("Überfall (2)", "uberfall-2"), ("Новости", "text"), ("a.b_c", "a-b-c"), ("--", "text")]
)
def test_a_document_is_called_by_plain_letters(stem, name):
    assert slug(stem) == name


def test_a_title_that_holds_quotation_marks_keeps_the_catalogue_whole(tmp_path, articles):
    articles[0].write_text('He said: "No \\ way" # TODO\n\nThe farmers left.', encoding="utf-8")
    articles[1].write_text("An end\t\x85to it\n\nThe farmers left again.", encoding="utf-8")
    make("road", articles)
    assert len(kit.load("road")) == 2


# Refused as a whole, and nothing over something ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a/b", "..", "", "Road", "road strike", "-road", "road-", "a\nb", "C:road", "ä"])
def test_a_name_that_could_lead_elsewhere_is_refused(articles, refusal, name):
    refusal(lambda: make(name, articles), "small letters")


def test_a_bundled_name_is_refused(articles, refusal):
    refusal(lambda: make("harbour-strike", articles), "harbour-strike", "comes with the kit")


def test_one_text_is_not_enough(articles, refusal):
    refusal(lambda: make("road", articles[:1]), "two files")


def test_the_same_text_twice_is_refused(tmp_path, articles, refusal):
    copy = tmp_path / "copy.txt"
    shutil.copy(articles[0], copy)
    refusal(lambda: make("road", [*articles, copy]), copy, articles[0], "Nothing was written")
    refusal(lambda: make("road", [articles[0], articles[0]]), "same text")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("no-text.txt", b"\x00\x01\x02\xff" * 50),
        ("empty.txt", b" \n"),
        ("page.html", b"<p>Farmers"),
        ("paper.pdf", b"%PDF-1.7 \x00\x01"),
        ("table.csv", b"text\nFarmers\n"),
        ("none.txt", None),
    ],
)
def test_one_bad_file_among_good_ones_keeps_the_corpus_from_being_made(tmp_path, articles, refusal, name, data):
    bad = tmp_path / name
    if data is not None:
        bad.write_bytes(data)
    refusal(lambda: make("road", [articles[0], bad, articles[1]]), bad, "Nothing was written")
    assert not (folders.work_folder() / "corpora").exists()


def test_all_bad_files_are_named_at_once(tmp_path, articles, refusal):
    refusal(lambda: make("road", [*articles, tmp_path / "x.txt", tmp_path]), "x.txt", f"{tmp_path} is a folder")


def test_an_unreadable_file_is_named(articles, refusal, forbid):
    with forbid(articles[1]):
        refusal(lambda: make("road", articles), articles[1], "Permission")


def test_a_folder_that_is_there_is_never_written_over(filled, articles, refusal):
    before = {path: path.read_bytes() for path in filled.rglob("*") if path.is_file()}
    refusal(lambda: make("road", articles), filled, "kit new-corpus road")
    assert {path: path.read_bytes() for path in filled.rglob("*") if path.is_file()} == before


def test_a_folder_that_cannot_be_written_leaves_nothing_behind(articles, refusal, monkeypatch):
    def full(self, *args, **kwargs):
        raise OSError(errno.EROFS, "Read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "mkdir", full)
        refusal(lambda: make("road", articles), "Read-only")
    written = new_corpus.write_text

    def until_full(path, text):
        if path.name == "catalogue.toml":
            raise kit.KitError(f"{path} cannot be written (No space left on device).")
        written(path, text)

    monkeypatch.setattr(new_corpus, "write_text", until_full)
    refusal(lambda: make("road", articles), "No space")
    assert not (folders.work_folder() / "corpora" / "road").exists()


# Checked -------------------------------------------------------------------------------------------------------------


def test_a_fresh_skeleton_says_what_is_to_be_filled_in(articles):
    make("road", articles)
    said = "\n".join(still_open("road"))
    for piece in ("catalogue.toml, lines 5, 6", "no outlet for morning-post, wire", "no date", WHO):
        assert piece in said


def test_a_corpus_that_is_filled_in_is_ready(filled):
    assert still_open("road") == []


@pytest.mark.parametrize(
    ("file", "changes", "piece"),
    [
        ("catalogue.toml", {"content_note =": "x = 1 # TODO: what\ncontent_note ="}, "line 6:"),
        ("catalogue.toml", {'referent = "the farmers"': 'referent = "the police"'}, "the police"),
        ("catalogue.toml", {'word = "farmer"': 'word = "angel"'}, "angel"),
        ("catalogue.toml", {'outlet = "The Post"': 'outlet = ""'}, "no outlet"),
        ("catalogue.toml", {'label = "ORIGINAL"': ""}, "no label"),
        ("stylebook.csv", {",farmer,farmer,": ",farmer,framer,"}, "farmer"),
        ("stylebook.csv", {"referent,label": "who,label"}, "referent"),
        ("stylebook.csv", {",farmer,farmer,": ",farmer,farmer(,"}, "line 2"),
        ("texts/morning-post.txt", {ONE: "— — —"}, "no word"),
        (
            "texts/morning-post.txt",
            {ONE: "Die Bauern haben am Montag die Straße nach Linden gesperrt. " * 5},
            "English",
        ),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(filled, file, changes, piece):
    change(filled, file, **changes)
    said = still_open("road")
    assert any(piece in sentence for sentence in said), said


@pytest.mark.parametrize(
    ("file", "changes", "piece"),
    [
        ("catalogue.toml", {'"The kit takes': "The kit takes"}, "catalogue.toml"),
        ("catalogue.toml", {"[provenance]": "[origin]"}, "provenance"),
        ("catalogue.toml", {"[focus]": 'focus = "farmers"\n[other]'}, "focus"),
        ("catalogue.toml", {"texts/wire.md": "../wire.md"}, "wire.md"),
        ("catalogue.toml", {"stylebook.csv": "../stylebook.csv"}, "stylebook.csv"),
    ],
)
def test_a_damaged_catalogue_is_named_in_one_line_and_the_other_corpora_are_still_there(
    filled, refusal, file, changes, piece
):
    change(filled, file, **changes)
    refusal(lambda: still_open("road"), filled, piece)
    refusal(lambda: kit.load("road"), filled, piece)
    if "texts" not in str(changes):
        with pytest.warns(kit.KitWarning, match="catalogue"):
            assert "aleppo-2016" in kit.documents.corpora().index


def test_a_text_that_repeats_another_is_named(filled):
    for path in (filled / "texts").iterdir():
        path.write_text("The farmers came", encoding="utf-8")
    assert "wire is the same text as morning-post." in still_open("road")


# In a terminal -------------------------------------------------------------------------------------------------------


def test_the_command_makes_checks_and_says_when_all_is_ready(articles):
    made = command("road", *articles).stdout
    assert "Made" in made
    assert "TODO" not in made
    assert "Open:" in command("road", code=1).stdout
    fill_in(catalogues.corpus_folder("road"))
    assert command("road").stdout.splitlines()[-1].startswith("road is ready for lessons 01 to 06")


@pytest.mark.parametrize("name", ["road", "aleppo-2016"])
def test_without_files_there_must_be_a_corpus_of_one_s_own(name):
    result = command(name, code=2)
    assert len(result.stderr.splitlines()) == 1
    assert name in result.stderr


def test_the_corpus_lies_where_the_lessons_look_for_it(tmp_path, articles, monkeypatch):
    monkeypatch.delenv("KIT_WORK")
    monkeypatch.chdir(tmp_path)
    command("road", articles[0], tmp_path / "none.txt", code=2)
    assert not (tmp_path / "my-work").exists()
    monkeypatch.delenv("KIT_WORK")
    command("road", *articles)
    monkeypatch.delenv("KIT_WORK")
    assert (tmp_path / "my-work" / "corpora" / "road" / "catalogue.toml").is_file()
    assert (tmp_path / "my-work" / "notebooks").is_dir()
    assert "road" in catalogues.corpus_names()
    monkeypatch.chdir(tmp_path / "my-work" / "notebooks")
    assert "road" in catalogues.corpus_names()


def test_another_working_folder_can_be_named(tmp_path, articles, monkeypatch):
    monkeypatch.setenv("KIT_WORK", "")
    command("road", *articles, "--into", tmp_path / "elsewhere")
    assert (tmp_path / "elsewhere" / "corpora" / "road" / "catalogue.toml").is_file()


def test_the_other_commands_know_it_by_name(filled):
    for arguments in (["naming", "road"], ["compare", "road"], ["text", "road"], ["corpora"]):
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0, result.output
    assert "farmer" in CliRunner().invoke(main, ["naming", "road"]).output


# Handed out ----------------------------------------------------------------------------------------------------------


def test_a_folder_that_was_handed_out_is_found_also_inside_another_of_its_name(filled, tmp_path, monkeypatch):
    learner = tmp_path / "learner"
    shutil.copytree(filled, learner / "corpora" / "road" / "road")
    monkeypatch.setenv("KIT_WORK", str(learner))
    assert still_open("road") == []


def test_a_folder_of_one_s_own_never_hides_a_bundled_corpus(filled):
    shutil.copytree(filled, filled.parent / "aleppo-2016")
    assert "alwaght" in kit.load("aleppo-2016").names


def test_tables_that_lie_in_the_folder_are_read(filled, refusal):
    assert "none" not in refusal(lambda: kit.reference("road", "timeline"), "stylebook")
    (filled / "timeline.csv").write_text("day,event\nMonday,The road is closed\n", encoding="utf-8")
    assert list(kit.reference("road", "timeline")["day"]) == ["Monday"]
    (filled / "timeline.csv").write_text("day\nMonday,The road,is closed\nx,y\n", encoding="utf-8")
    assert len(kit.reference("road", "timeline"))
    (filled / "timeline.csv").write_text('day,event\n"Monday\n', encoding="utf-8")
    refusal(lambda: kit.reference("road", "timeline"), "timeline.csv")


def test_what_needs_our_annotation_is_shown_on_the_harbour_strike_and_says_so(filled, capsys):
    assert kit.documents.with_reference(kit.load("road"), "reference/frames").name == "harbour-strike"
    assert "does not apply to your corpus, road" in capsys.readouterr().out
    assert kit.documents.with_reference(kit.load("aleppo-2016"), "reference/frames").name == "aleppo-2016"
    assert capsys.readouterr().out == ""


def test_two_passages_to_practise_on_are_found_in_any_corpus(filled):
    first, second = kit.findings.passages(kit.load("road"))
    assert "said Ada Holm" in first.text
    assert "police said" in second.text
    assert "Linden at a standstill" not in second.text


# The lessons ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def four_outlets(shared, tmp_path):
    """Four articles of one day on one event, from four outlets, as files that a teacher would have."""
    table = shared("corpora/fa-kes") / "FA-KES-Dataset.csv"
    with pytest.warns(kit.KitWarning, match="repeat"):
        corpus = kit.load(
            table, text="article_content", document="unit_id", outlet="source", title="article_title", date="date"
        )
    paths = []
    for document in corpus.where(date="4/19/2017"):
        path = tmp_path / f"{document.meta['outlet']}.txt"
        if path.stem in ("nna", "asharqalawsat", "trt", "manar"):
            path.write_text(f"{document.meta['title']}\n\n{document.text}\n", encoding="utf-8")
            paths.append(path)
    assert len(paths) == 4
    return paths


@pytest.mark.slow
def test_every_lesson_runs_on_four_articles_of_one_day_from_four_outlets(four_outlets, tmp_path):
    command("blast", *four_outlets, "--stylebook", "aleppo-2016")
    for path in LESSONS[1:7]:
        page = run(on_another_corpus(nbformat.read(path, as_version=4), "blast"), tmp_path)
        assert "asharqalawsat" in page, path.stem


@pytest.mark.slow
def test_every_exercise_can_be_done_on_four_articles_of_one_day_from_four_outlets(four_outlets):
    command("blast", *four_outlets, "--stylebook", "aleppo-2016")
    for exercise in exercises().values():
        said = run_exercise(exercise, "blast", solved=True)
        assert {key: str(feedback) for key, feedback in said.items() if not feedback.passed} == {}


@pytest.mark.slow
def test_every_lesson_runs_on_two_texts_in_which_next_to_nothing_is_found(tmp_path):
    for stem, text in (("a", "It was."), ("b", "She is.")):
        (tmp_path / f"{stem}.txt").write_text(text, encoding="utf-8")
    command("void", tmp_path / "a.txt", tmp_path / "b.txt")
    for path in LESSONS[1:7]:
        run(on_another_corpus(nbformat.read(path, as_version=4), "void"), tmp_path)
