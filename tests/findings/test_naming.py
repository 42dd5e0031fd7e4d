"""Naming: the longest match wins, whole words only, and what is not counted says why."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kit
from kit.documents.readers import markdown_document, plain_document
from kit.findings.naming import NOT_COUNTED, Entry, Stylebook, read_stylebook

ALEPPO = read_stylebook("aleppo-2016")
HEADER = "referent,label,pattern,note\n"


def found(text, stylebook=ALEPPO, rejected=False):
    table = kit.mentions(plain_document(text, "d"), stylebook, rejected=rejected)
    return list(zip(table["text"], table["label"], strict=True))


def referents(text):
    return list(kit.mentions(plain_document(text, "d"), ALEPPO)["referent"])


def own(tmp_path, rows, name="mine.csv"):
    path = tmp_path / name
    path.write_text(HEADER + rows, encoding="utf-8")
    return path


def book(*patterns):
    return Stylebook("own", tuple(Entry("party", pattern, pattern) for pattern in patterns))


# What is one name ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The terrorist group fled.", [("terrorist group", "terrorist")]),
        ("Two rebel fighters fled.", [("rebel fighters", "rebel")]),
        ("An anti-terror operation began.", [("anti-terror operation", "anti-terror operation")]),
        ("The counterterrorism campaign began.", [("counterterrorism campaign", "anti-terror operation")]),
        ("Terrorists and rebels came.", [("Terrorists", "terrorist"), ("rebels", "rebel")]),
        ("Jabhat al-Nusra militants came.", [("Jabhat al-Nusra", "Nusra Front"), ("militants", "militant")]),
    ],
)
def test_the_longest_match_is_one_mention(text, names):
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "referent"),
    [
        ("The terrorist group fled.", "armed groups"),
        ("The ISIS terrorist group fled.", "Islamic State"),
        ("The Islamic State’s fighters fled.", "Islamic State"),
        ("YPG fighters fled.", "Kurdish forces"),
        ("The anti-terror operation began.", "the government's campaign"),
        ("The regime’s army came.", "Syrian state"),
    ],
)
def test_who_is_meant_depends_on_the_words_around(text, referent):
    assert set(referents(text)) == {referent}


def test_the_longest_wins_over_the_earlier_and_what_is_left_beside_it_is_kept():
    stylebook = book("red", "red army", "army of the north")
    assert [name for name, _ in found("The red army of the north came.", stylebook)] == ["red", "army of the north"]


def test_of_two_equally_long_rows_the_earlier_wins():
    stylebook = Stylebook("own", (Entry("a", "first", "red"), Entry("b", "second", "r[e]d")))
    assert found("A red car.", stylebook) == [("red", "first")]


@pytest.mark.parametrize(
    "text", ["territorial", "nonterrorist", "terroristic", "rebellion", "armyworm", "x_rebel", "rebels2"]
)
def test_a_part_of_a_word_is_no_mention(text):
    assert found(f"The {text} thing.") == []


@pytest.mark.parametrize("text", ["Nothing about it is militant.", "It is group work.", "He gave us government money."])
def test_small_words_are_not_taken_for_initials(text):
    labels = [label for _, label in found(text) + found(text, rejected=True)]
    assert set(labels) <= {"militant", "government"}


# How a name may be written -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("proxy", "proxy"),
        ("proxies", "proxy"),
        ("mercenaries", "mercenary"),
        ("rebels", "rebel"),
        ("armies", "Syrian army"),
        ("terrorist groups", "terrorist"),
        ("militiamen", "militia"),
        ("gunmen", "armed group"),
        ("al-Qaeda", "al-Qaeda"),
        ("al‑Qaeda", "al-Qaeda"),
        ("al Qaeda", "al-Qaeda"),
        ("alQaeda", "al-Qaeda"),
        ("AL-QAIDA", "al-Qaeda"),
        ("terrorist-group", "terrorist"),
        ("terrorist\ngroup", "terrorist"),
        ("terrorist\u00a0group", "terrorist"),
        ("terrorist  group", "terrorist"),
        ("terrorist\r\ngroup", "terrorist"),
        ("Assad’s government", "Assad government"),
        ("Assad's government", "Assad government"),
        ("TERRORISTS", "terrorist"),
        ("FSA", "Free Syrian Army"),
    ],
)
def test_a_name_is_found_however_it_is_written(text, label):
    assert found(f"It was in the evening.\nSo the {text} came.") == [(text, label)]


ENDINGS = ["terrorists’", "terrorists'", "terrorist's", "terrorist’s", "terrorist-held", "terrorist–held"]


@pytest.mark.parametrize("possessive", ENDINGS)
def test_a_possessive_or_a_compound_holds_the_name_without_its_ending(possessive):
    ((name, label),) = found(f"The {possessive} town.")
    assert possessive.startswith(name)
    assert (name.rstrip("s"), label) == ("terrorist", "terrorist")


def test_capitals_in_the_pattern_are_asked_of_the_text():
    assert found("The FSA came.") == [("FSA", "Free Syrian Army")]
    assert found("The fsa and the Fsa came.") == []


@pytest.mark.parametrize("between", ["\n\n", " – ", " - ", "\n \n"])
def test_a_name_runs_neither_over_a_blank_line_nor_over_a_dash(between):
    names = [name for name, _ in found(f"They met the rebel{between}fighter and poet all in one.")]
    assert names == ["rebel", "fighter"]


def test_markdown_links_and_line_breaks_do_not_cut_a_name():
    document = markdown_document("The [terrorist](http://x.org) group\nand *rebel* fighters.", "d")
    assert list(kit.mentions(document, ALEPPO)["text"]) == ["terrorist group", "rebel fighters"]


# What is not counted -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They want regime change.", "regime change"),
        ("The anti-government rally.", "anti-government"),
        ("A terrorist attack.", "terrorist attack"),
        ("The Turkish army came.", "Turkish army"),
        ("Two fighter jets came.", "fighter jets"),
        ("The U.S. government said so.", "U.S. government"),
    ],
)
def test_what_is_not_counted_is_listed_with_its_reason(text, name):
    assert found(text) == []
    table = kit.mentions(plain_document(text, "d"), ALEPPO, rejected=True)
    assert list(table["text"]) == [name]
    assert table["reason"].iloc[0].endswith(".")


def test_an_exception_takes_only_its_own_words():
    assert found("The anti-government rebels.") == [("rebels", "rebel")]


def test_a_mention_in_boilerplate_is_rejected_for_that_reason():
    text = "The rebels came to the town.\n\nTheme: rebels, terrorists\n"
    assert found(text) == [("rebels", "rebel")]
    table = kit.mentions(plain_document(text, "d"), ALEPPO, rejected=True)
    assert list(table["text"]) == ["rebels", "terrorists"]
    assert set(table["reason"]) == {"boilerplate"}


def test_every_match_is_counted_or_rejected_and_never_both():
    text = "Rebels want regime change; the anti-Assad rebels and ISIS fighters left. \n\nTheme: rebels"
    assert len(found(text)) + len(found(text, rejected=True)) == len(list(ALEPPO.find(text)))


def test_not_counted_is_not_counted_even_without_a_note(tmp_path):
    path = own(tmp_path, f"party,rebel,rebel,\n{NOT_COUNTED},poet,rebel poet,\n")
    assert found("The rebel poet and the rebels.", path) == [("rebels", "rebel")]
    assert found("The rebel poet and the rebels.", path, rejected=True) == [("rebel poet", "poet")]
    assert kit.mentions(plain_document("The rebel poet.", "d"), path, rejected=True)["reason"].iloc[0]


# Stylebooks of one's own ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_stylebook_saved_by_a_spreadsheet_is_read(tmp_path, encoding, newline):
    path = tmp_path / "mine.csv"
    lines = ["referent;label;pattern;note", 'party;red;"red( (car|van))?";"one; two"', "party;blue;b(l|ł)ue;"]
    path.write_bytes(newline.join(lines).encode(encoding))
    stylebook = kit.findings.read_stylebook(path)
    assert stylebook.name == "mine"
    assert stylebook.labels == [("party", "red"), ("party", "blue")]
    assert stylebook.entries[0].note == "one; two"
    assert found("A red van.", path) == [("red van", "red")]


def test_a_stylebook_may_leave_out_its_notes_and_have_more_columns(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("mine,pattern,label,referent\n1,red,red,party\n", encoding="utf-8")
    assert kit.findings.read_stylebook(path).entries == (Entry("party", "red", "red"),)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("referent,label\na,b\n", "pattern"),
        (HEADER, "no patterns"),
        (HEADER + "a,b,red,\na,,blue,\n", "line 3.*label"),
        (HEADER + "a,b,,\n", "line 2.*pattern"),
        (HEADER + "a,b,re(d,\n", r"line 2.*re\(d"),
        (HEADER + "a,b,red,\nc,d,RED,\n", "line 3.*twice"),
        (HEADER + "a,b,(red)?,\n", "line 2.*nothing"),
        (HEADER + "a,b,(?=-),\n", "line 2.*nothing"),
        ("", "empty"),
    ],
)
def test_a_wrong_stylebook_is_refused_in_one_line_that_says_where(tmp_path, content, said):
    path = tmp_path / "mine.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(kit.KitError, match=said) as caught:
        kit.findings.read_stylebook(path)
    assert "mine.csv" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_stylebook_that_is_not_there_is_an_error():
    with pytest.raises(kit.KitError, match=r"nowhere\.csv"):
        kit.mentions(plain_document("x", "d"), "nowhere.csv")


PATTERN_PARTS = [*"ab()|?[]\\+*{}^$.-,'\"; 2", "(?:", "(?=", r"\b", r"\1", "(?i)"]


@pytest.mark.filterwarnings("ignore:Possible nested set")
@settings(max_examples=60, deadline=None)
@given(pattern=st.lists(st.sampled_from(PATTERN_PARTS), min_size=1, max_size=6).map("".join))
def test_any_pattern_is_either_refused_or_used_without_an_error(tmp_path_factory, pattern):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    book("(z)z", pattern).table().to_csv(path, index=False, encoding="utf-8")
    try:
        stylebook = kit.findings.read_stylebook(path)
    except kit.KitError:
        return
    places = [(start, end) for start, end, _ in stylebook.find("ab a-b 'a' aa bb; zz (b) 22 abba.")]
    assert all(start < end for start, end in places)
    assert all(end <= start for (_, end), (start, _) in pairwise(places))


def test_a_back_reference_is_refused(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(HEADER + "a,b,(b)o\\1,\n", encoding="utf-8")
    with pytest.raises(kit.KitError, match="refers back"):
        kit.findings.read_stylebook(path)


def test_saving_writes_a_copy_that_reads_the_same_and_never_overwrites(tmp_path):
    path = tmp_path / "new" / "mine.csv"
    ALEPPO.save(path)
    assert kit.findings.read_stylebook(path).entries == ALEPPO.entries
    path.write_text(HEADER + "a,b,my change,\n", encoding="utf-8")
    with pytest.raises(kit.KitError, match="exists already"):
        ALEPPO.save(path)
    assert "my change" in path.read_text(encoding="utf-8")


def test_a_folder_that_is_called_like_a_bundled_stylebook_does_not_hide_it(tmp_path, monkeypatch):
    (tmp_path / "aleppo-2016").mkdir()
    monkeypatch.chdir(tmp_path)
    assert kit.findings.read_stylebook("aleppo-2016").labels == ALEPPO.labels


def test_a_corpus_is_read_with_the_stylebook_that_it_names():
    corpus = kit.load("harbour-strike")
    known = {referent for referent, _ in kit.findings.read_stylebook("harbour-strike").labels}
    assert set(kit.mentions(corpus)["referent"]) <= known


def test_no_name_runs_from_a_heading_into_the_text():
    assert found("Battle for the rebel\nForces took a hill.") == [("rebel", "rebel")]


def test_the_longest_alternative_of_a_pattern_wins():
    both = Stylebook("b", (Entry("armed", "rebel", "rebel|rebel fighter"), Entry("armed", "fighter", "fighter")))
    assert found("The rebel fighters came.", both) == [("rebel fighters", "rebel")]


def test_more_cells_than_columns_are_refused(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(HEADER + "armed,rebel,reb{1,2}el,x, y\n", encoding="utf-8")
    with pytest.raises(kit.KitError, match="line 2: more cells than columns"):
        kit.findings.read_stylebook(path)


# Without a stylebook -------------------------------------------------------------------------------------------------


def test_names_are_counted_only_with_a_stylebook_and_one_sentence_says_so():
    with pytest.warns(kit.KitWarning, match="No names are counted in d, for which no stylebook is known"):
        found = kit.mentions(plain_document("The rebels and British ministers met.", "d"))
    assert found.empty
    assert kit.counts(found).empty
    assert list(found.columns) == list(kit.mentions(plain_document("Rebels.", "d"), "aleppo-2016").columns)


def test_a_document_of_a_corpus_brings_its_stylebook_along():
    alone = kit.load("harbour-strike")[1]
    assert "troublemaker" in set(kit.mentions(alone)["label"])


def test_a_corpus_whose_catalogue_names_none_counts_none(shelf):
    shelf.catalogue(**{'stylebook = "toy"': ""})
    with pytest.warns(kit.KitWarning, match="first, second, third"):
        assert kit.mentions(kit.load("toy")).empty


def test_a_stylebook_that_does_not_exist_is_named(shelf, refusal):
    refusal(lambda: kit.mentions(kit.load("toy"), "no-such-book"), "no-such-book")
    shelf.catalogue(**{'stylebook = "toy"': 'stylebook = "gone"'})
    refusal(lambda: kit.mentions(kit.load("toy")), "gone")
