"""The shelf: bundled corpora by name, the reader's originals beside them, and files of one's own."""

import pandas as pd
import pytest

import kit
from kit import KitWarning
from kit.documents import catalogues, originals
from kit.documents.originals import add_original, recognised

# Bundled corpora -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "documents", "labels"),
    [
        (
            "aleppo-2016",
            ["global-research", "alwaght", "constructed-agency"],
            ["TEACHING EDITION", "TEACHING EDITION", "CONSTRUCTED"],
        ),
        (
            "harbour-strike",
            ["harbour-gazette", "quayside-voice", "coast-wire", "north-shore-blog"],
            ["INVENTED"] * 4,
        ),
    ],
)
def test_the_bundled_corpora_load_by_name_each_text_labelled_as_what_it_is(name, documents, labels):
    corpus = kit.load(name)
    assert corpus.names == documents
    assert list(corpus.table()["label"]) == labels
    for document in corpus:
        assert document.meta["label"] in document.text[:600]
        assert len(document.of_kind("heading")) >= 1
        assert document.word_count > 100


def test_the_bundled_corpora_are_listed_with_their_rights():
    listed = kit.documents.corpora()
    assert list(listed.index) == ["aleppo-2016", "harbour-strike"]
    assert listed.loc["aleppo-2016", "originals"] == "0 of 2"
    assert listed.loc["harbour-strike", "originals"] == "none"
    assert (listed["licence"].str.len() > 0).all()
    assert (listed["content_note"].str.len() > 0).all()


def test_every_corpus_takes_no_side_and_says_so():
    for name in catalogues.corpus_names():
        assert "claim" in kit.load(name).about["neutrality"]


def test_shipped_tables_are_read_by_name_and_keep_their_empty_cells(shelf):
    assert kit.reference("toy", "timeline")["event"].to_list() == ["NA"]


def test_figures_and_a_reference_annotation_are_tables_as_well():
    assert "ahram" in set(kit.reference("fa-kes", "terrorist-by-voice")["outlet"])
    assert len(kit.reference("harbour-strike", "reference/attributions")) > 20


@pytest.mark.parametrize("name", ["nothing", "../toy/timeline", "/etc/passwd", ""])
def test_an_unknown_table_is_answered_with_those_there_are(shelf, refusal, name):
    assert "timeline" in refusal(lambda: kit.reference("toy", name))


@pytest.mark.parametrize("name", ["../..", "..", ".", "../toy", "/etc", "toy/../toy", "toy/", "Toy", "", "no\nsuch"])
@pytest.mark.parametrize(
    "action",
    [
        lambda name: kit.reference(name, "timeline"),
        lambda name: add_original(b"x", name),
        lambda name: catalogues.catalogue(name),
    ],
    ids=["table", "add", "catalogue"],
)
def test_no_corpus_name_leads_out_of_the_shelf(shelf, refusal, action, name):
    assert "toy" in refusal(lambda: action(name))


@pytest.mark.parametrize("name", ["nowhere", "../nowhere", "/nowhere/at/all", "", "no\nsuch", "x" * 300])
def test_what_is_neither_file_nor_corpus_is_refused_in_one_line(refusal, name):
    refusal(lambda: kit.load(name))


def test_an_unknown_edition_is_refused(refusal):
    assert "teaching" in refusal(lambda: kit.load("aleppo-2016", edition="first"))


# Damaged catalogues --------------------------------------------------------------------------------------------------


def test_a_catalogue_that_names_a_missing_text_says_which(shelf, refusal):
    shelf.catalogue(**{"texts/third.md": "texts/fourth.md"})
    refusal(lambda: kit.load("toy"), "catalogue.toml", "texts/fourth.md")


@pytest.mark.parametrize("outside", ["../secret.md", "texts/../../secret.md", "ABSOLUTE"])
def test_a_catalogue_cannot_name_a_text_outside_its_folder(shelf, refusal, outside):
    secret = shelf.folder / "secret.md"
    secret.write_text("Secret.", encoding="utf-8")
    shelf.catalogue(**{"texts/third.md": outside.replace("ABSOLUTE", secret.as_posix())})
    refusal(lambda: kit.load("toy"), "catalogue.toml", "secret.md")


@pytest.mark.parametrize("action", [lambda: kit.load("toy"), kit.documents.corpora], ids=["load", "corpora"])
@pytest.mark.parametrize(
    "broken",
    ["title = ", "= [", "\ufffe", "title = 'only'"],
    ids=["no value", "no TOML", "no characters", "incomplete"],
)
def test_a_broken_catalogue_is_named_in_one_line(shelf, refusal, action, broken):
    shelf.catalogue(broken)
    refusal(action, "catalogue.toml")


@pytest.mark.parametrize("line", ['file = "texts/third.md"\n', 'name = "third"\n'])
def test_an_incomplete_entry_of_a_catalogue_is_named_in_one_line(shelf, refusal, line):
    shelf.catalogue(**{line: ""})
    refusal(lambda: kit.load("toy"), "catalogue.toml")


def test_a_broken_list_of_originals_is_named_in_one_line(shelf, refusal):
    (shelf.corpus / "originals.toml").write_text("[first\n", encoding="utf-8")
    refusal(lambda: kit.load("toy"), "originals.toml")


# Originals -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_an_original_is_recognised_whatever_its_line_ends_and_mark(shelf, newline, bom):
    for key in ("first", "second"):
        assert add_original(shelf.article(key, newline, bom), "toy") == f"The {key} article"
    corpus = kit.load("toy", edition="original")
    assert list(corpus.table()["label"]) == ["ORIGINAL", "ORIGINAL", "CONSTRUCTED"]
    first = corpus["first"]
    assert first.text == shelf.article("first", newline).decode("utf-8")
    assert [first.text[r.start : r.end] for r in first.of_kind("heading")] == ["The first article"]


def test_the_originals_are_taken_as_soon_as_all_are_there_and_the_corpus_says_so(shelf):
    assert "retold" in kit.load("toy").about["edition_note"]
    add_original(shelf.article("first"), "toy")
    assert kit.load("toy").about["edition"] == "teaching"
    assert kit.documents.corpora().loc["toy", "originals"] == "1 of 2"
    add_original(shelf.article("second"), "toy")
    corpus = kit.load("toy")
    assert "ORIGINAL" in corpus.about["edition_note"]
    assert corpus.about["edition"] == "original"
    assert "strike" in corpus["first"].text
    again = kit.load("toy", edition="teaching")
    assert "retold" in again.about["edition_note"]
    assert again["first"].meta["label"] == "TEACHING EDITION"


def test_asking_for_absent_originals_says_which_and_how_to_add_them(shelf, refusal):
    add_original(shelf.article("first"), "toy")
    said = refusal(lambda: kit.load("toy", edition="original"), "The second article", "kit add")
    assert "The first article" not in said


def test_a_corpus_without_originals_says_so(refusal):
    assert "no originals" in refusal(lambda: kit.load("harbour-strike", edition="original"))


def test_a_file_that_is_no_original_is_told_which_are_known_and_how_to_go_on(shelf, tmp_path, refusal):
    (tmp_path / "mine.txt").write_text("Something else.", encoding="utf-8")
    said = refusal(lambda: add_original(b"Something else.", "toy", "mine.txt"), "mine.txt", "kit compare")
    assert "The first article" in said
    assert "The second article" in said
    assert recognised(tmp_path / "mine.txt", "toy") is None
    assert not originals.originals_folder("toy").exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"strike", b"party"),
        (b"came back.", b"went on."),
        (b"It begins", b"It began"),
        (b"\n\nNobody", b"\n\nMore. Nobody"),
    ],
    ids=["a word within", "its end", "its beginning", "a sentence more"],
)
def test_an_original_that_was_changed_is_refused(shelf, refusal, old, new):
    for key in ("first", "second"):
        add_original(shelf.article(key), "toy")
    kept = originals.originals_folder("toy") / "first.txt"
    kept.write_bytes(kept.read_bytes().replace(old, new))
    refusal(lambda: kit.load("toy"), "first.txt", "kit add")
    assert kit.load("toy", edition="teaching").names == ["first", "second", "third"]


def test_what_surrounds_an_original_is_not_counted(shelf):
    for key in ("first", "second"):
        add_original(shelf.article(key), "toy")
    document = kit.load("toy")["second"]
    assert document.word_count == len(
        "The second article Here it begins The troublemakers left That was the end".split()
    )


def test_the_real_originals_are_recognised_and_replace_their_editions(shared):
    titles = [recognised(path, "aleppo-2016") for path in sorted(shared("documents").glob("*.txt"))]
    assert all(titles)
    assert len(set(titles)) == 2
    corpus = kit.load("aleppo-2016")
    assert "ORIGINAL" in corpus.about["edition_note"]
    assert corpus.names == ["global-research", "alwaght", "constructed-agency"]
    for name in ("global-research", "alwaght"):
        assert corpus[name].of_kind("boilerplate") or name == "alwaght"
        heading = corpus[name].of_kind("heading")[0]
        assert corpus[name].text[heading.start : heading.end] == corpus[name].meta["title"]
    assert {r.detail for r in corpus["global-research"].of_kind("link")} == {"#"}


# Files of one's own --------------------------------------------------------------------------------------------------


def test_a_file_a_folder_and_a_list_of_them_load(tmp_path):
    (tmp_path / "one.txt").write_text("The rebels left.", encoding="utf-8")
    (tmp_path / "two.md").write_text("# Title\n\nThe *rebels* left.", encoding="utf-8")
    assert kit.load(tmp_path / "one.txt").names == ["one"]
    assert kit.load(str(tmp_path)).names == ["one", "two"]
    assert kit.load([tmp_path / "two.md", tmp_path / "one.txt"]).names == ["two", "one"]
    assert len(kit.load([tmp_path / "one.txt", "harbour-strike"])) == 5


def test_files_of_the_same_name_in_two_folders_load_together(tmp_path):
    for folder in ("gazette", "voice"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "article.txt").write_text(f"Told by the {folder}.", encoding="utf-8")
    names = kit.load([tmp_path / "gazette" / "article.txt", tmp_path / "voice" / "article.txt"]).names
    assert len(set(names)) == 2


def test_one_bad_file_stops_a_load_and_is_named(tmp_path, refusal):
    (tmp_path / "bad.txt").write_bytes(b"\0")
    (tmp_path / "good.txt").write_text("x", encoding="utf-8")
    refusal(lambda: kit.load(tmp_path), "bad.txt")


@pytest.mark.parametrize("stat", [False, True], ids=["file", "its folder"])
def test_a_file_that_may_not_be_read_is_named(tmp_path, refusal, forbid, stat):
    path = tmp_path / "secret.txt"
    path.write_text("x", encoding="utf-8")
    with forbid(path, stat=stat):
        refusal(lambda: kit.load(path), "secret.txt")


def test_a_folder_without_texts_is_refused(tmp_path, refusal):
    (tmp_path / "empty").mkdir()
    refusal(lambda: kit.load(tmp_path / "empty"), "empty")


def test_an_unknown_way_to_read_is_refused(tmp_path, refusal):
    refusal(lambda: kit.load(tmp_path, read_as="pdf"), "pdf")


@pytest.mark.parametrize("detail", ["source", "problem", "sources"])
def test_a_table_s_details_may_be_called_anything(tmp_path, detail):
    path = tmp_path / "t.csv"
    path.write_text("body,x\nOne,A\n", encoding="utf-8")
    assert kit.load(path, **{"text": "body", detail: "x"})[0].meta[detail] == "A"


def test_repeated_texts_are_said_aloud(tmp_path):
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text("The same.", encoding="utf-8")
    with pytest.warns(KitWarning, match="2 documents"):
        corpus = kit.load(tmp_path)
    assert corpus.without_duplicates().names == ["a"]


def test_all_of_fa_kes_loads_and_its_repeated_texts_are_said_aloud(shared):
    path = shared("corpora/fa-kes") / "FA-KES-Dataset.csv"
    columns = {"text": "article_content", "document": "unit_id", "outlet": "source", "title": "article_title"}
    with pytest.warns(KitWarning, match="15 documents repeat"):
        corpus = kit.load(path, **columns)
    assert len(corpus) == 804
    assert len(corpus.without_duplicates()) == 789
    raw = pd.read_csv(path, encoding="utf-8", dtype=str, keep_default_na=False)
    assert [d.text for d in corpus] == raw["article_content"].to_list()
    assert corpus.meta["outlet"].nunique() == 15


def test_what_is_kept_can_be_read_by_the_class(tmp_path):
    from kit.files import write_bytes

    write_bytes(tmp_path / "shared.txt", b"text")
    (tmp_path / "plain.txt").write_bytes(b"text")
    assert (tmp_path / "shared.txt").stat().st_mode == (tmp_path / "plain.txt").stat().st_mode


def test_a_bundled_corpus_beside_a_file_of_the_same_name(tmp_path):
    (tmp_path / "alwaght.txt").write_text("The rebels came.", encoding="utf-8")
    corpus = kit.load(["aleppo-2016", tmp_path / "alwaght.txt"])
    assert corpus.names[-1] == "alwaght-2"


def test_a_misspelt_option_is_not_swallowed(refusal):
    refusal(lambda: kit.load("aleppo-2016", editon="original"), "editon")
