"""Files and tables become documents: whatever their encoding, layout or damage, and with offsets that hold."""

import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit import KitWarning, load, show
from kit.documents.readers import documents_in, markdown_document, plain_document, read_file, read_table
from kit.findings.voice import voices

ENGLISH = "The mayor’s men said “the rebels” had left the café — and nobody in the village was hurt."
PLAIN = "The rebels held the road for a week. Nothing else is known about it."
GERMAN = "Der Bürgermeister sagte: „Wir bleiben hier“. Über Straßen und Häuser wurde viel geschrieben."
FRENCH = "Le maire a déclaré que les rebelles étaient arrivés à l’hôtel près de la frontière; ça n’a rien changé."
SPANISH = "El año pasado, según el portavoz, los rebeldes tomaron también la montaña. ¿Quién lo sabía?"


def write(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def parts(document, kind):
    return [document.text[region.start : region.end] for region in document.of_kind(kind)]


def table(path, **columns):
    return list(read_table(path, columns))


def read_all(path, **columns):
    problems = []
    found = list(documents_in([path], columns, None, problems.append))
    assert not problems
    return found


# Encodings -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_without_a_guess(tmp_path, encoding):
    mark = "\ufeff" if encoding.startswith("utf-16") else ""
    assert read_file(write(tmp_path, "a.txt", (mark + ENGLISH).encode(encoding))).text == ENGLISH


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [ENGLISH, PLAIN, FRENCH], ids=["curly quotes", "ASCII only", "French"])
def test_utf_16_without_a_mark_is_guessed_aloud(tmp_path, encoding, text):
    path = write(tmp_path, "a.txt", text.encode(encoding))
    with pytest.warns(KitWarning, match=r"a\.txt"):
        assert read_file(path).text == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", ENGLISH),
        ("cp1252", GERMAN),
        ("cp1252", FRENCH),
        ("latin-1", FRENCH.replace("’", "'")),
        ("latin-1", SPANISH),
        ("latin-1", "The café was empty."),
    ],
)
def test_older_western_encodings_are_guessed_aloud_and_rightly(tmp_path, encoding, text):
    path = write(tmp_path, "a.txt", text.encode(encoding))
    with pytest.warns(KitWarning, match=r"a\.txt"):
        assert read_file(path).text == text


def test_a_foreign_byte_late_in_a_long_file_is_noticed(tmp_path):
    path = write(tmp_path, "a.txt", (PLAIN * 5000 + " The café.").encode("cp1252"))
    with pytest.warns(KitWarning, match=r"a\.txt"):
        assert read_file(path).text.endswith("café.")


def test_one_pasted_line_in_another_encoding_does_not_garble_the_rest(tmp_path):
    path = write(tmp_path, "a.txt", f"{ENGLISH}\n".encode() * 3 + "The café.".encode("cp1252"))
    with pytest.warns(KitWarning, match=r"a\.txt"):
        text = read_file(path).text
    assert text == f"{ENGLISH}\n" * 3 + "The café."


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_offsets_of_plain_text_are_characters_of_the_file(tmp_path, newline):
    content = newline.join(["The title", "", "One line with 10 words.", "", "A heading", "", "The end – at last."])
    document = read_file(write(tmp_path, "a.txt", content))
    assert document.text == content
    assert parts(document, "heading") == ["The title", "A heading"]


# Bad input -----------------------------------------------------------------------------------------------------------

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \r\n\t\n",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        PNG,
        b"PK\x03\x04\x14\0\x06\0",
        b"Nothing\0here",
        bytes(range(1, 256)) * 8,
    ],
    ids=["empty", "white space", "only a mark", "only a UTF-16 mark", "PNG", "ZIP", "NUL", "binary without NUL"],
)
def test_what_is_no_text_is_refused_in_one_line(tmp_path, refusal, content):
    path = write(tmp_path, "bad.txt", content)
    refusal(lambda: read_file(path), path)


def test_a_missing_file_and_a_folder_are_refused_in_one_line(tmp_path, refusal):
    assert "exist" in refusal(lambda: read_file(tmp_path / "missing.txt"), "missing.txt")
    assert "folder" in refusal(lambda: read_file(tmp_path), tmp_path)


@pytest.mark.parametrize("stat", [False, True], ids=["file", "its folder"])
def test_a_file_that_may_not_be_read_is_refused_in_one_line(tmp_path, refusal, forbid, stat):
    path = write(tmp_path, "secret.txt", PLAIN)
    with forbid(path, stat=stat):
        refusal(lambda: read_file(path), path)


@pytest.mark.parametrize("name", ["secret.csv", "secret.jsonl", "secret.parquet"])
def test_a_table_that_may_not_be_read_is_refused_in_one_line(tmp_path, refusal, forbid, monkeypatch, name):
    path = write(tmp_path, name, "text\nx\n")
    for reader in ("read_csv", "read_json", "read_parquet"):
        monkeypatch.setattr(pd, reader, lambda opened, *_, **__: path.open())
    with forbid(path):
        refusal(lambda: table(path, text="text"), path)


def test_a_file_of_one_huge_line_is_refused_and_not_read(tmp_path, refusal):
    path = write(tmp_path, "huge.txt", b"word " * 10_000_000)
    assert "MB" in refusal(lambda: read_file(path), path)


def test_a_file_name_with_a_line_break_cannot_break_out_of_the_message(tmp_path, refusal):
    path = tmp_path / "two\nlines.txt"
    try:
        path.write_bytes(b"")
    except OSError:
        pytest.skip("this file system has no such names")
    refusal(lambda: read_file(path), "two lines.txt")


# Plain text ----------------------------------------------------------------------------------------------------------

TWELVE = "One two three four five six seven eight nine ten eleven twelve"
FIRST, BETWEEN = ("", "\nText follows."), ("Text before.\n\n", "\n\nText follows.")


@pytest.mark.parametrize(
    "line",
    [
        "A heading",
        TWELVE,
        "Mayor “confident” of truce",
        "The price of “freedom”",
        "Don't stop the strikers' train",
        "2016",
    ],
)
@pytest.mark.parametrize("around", [FIRST, BETWEEN, ("Text.\n\n", "")])
def test_a_short_line_alone_or_first_is_a_heading(line, around):
    assert parts(plain_document(line.join(around), "a"), "heading") == [line]


@pytest.mark.parametrize(
    "line",
    [
        f"{TWELVE} thirteen",
        "It ends like a sentence.",
        "Does it end?",
        "It ends!",
        "And so on…",
        "He said “it ends.”",
        "“It ends.”",
        "'It ends.'",
        "«Cela finit.»",
        "„Es endet.“",
        "(It ends.)",
        "The list:",
        "“We won”, says the mayor",
        "Mayor says “we won”",
        "'We won', said the mayor",
        "* * *",
    ],
)
@pytest.mark.parametrize("around", [FIRST, BETWEEN])
def test_no_heading_ends_like_a_sentence_or_quotes_a_speaker_or_runs_long(line, around):
    assert parts(plain_document(line.join(around), "a"), "heading") == []


def test_a_short_line_within_a_paragraph_is_no_heading():
    assert parts(plain_document("Text before.\nA short line\nText follows.", "a"), "heading") == []
    assert parts(plain_document("Text before.\n\nA short line\nText follows.", "a"), "heading") == []


def test_white_space_neither_hides_a_heading_nor_belongs_to_it():
    assert parts(plain_document("\n \n\tA title \nText.\n   \n  A heading\t\n \nText.", "a"), "heading") == [
        "A title",
        "A heading",
    ]


def test_addresses_in_plain_text_are_links_without_the_sentence_s_full_stop():
    document = plain_document("See https://a.example/b?c=1, (http://d.example/e) and https://f.example.", "a")
    assert parts(document, "link") == ["https://a.example/b?c=1", "http://d.example/e", "https://f.example"]
    assert [region.detail for region in document.of_kind("link")] == parts(document, "link")


# Boilerplate ---------------------------------------------------------------------------------------------------------

STORY = "A title\n\nThe rebels held the road for a week, and nobody came to ask them why they did.\n\n"


@pytest.mark.parametrize(
    "line",
    [
        "Theme: Terrorism, War",
        "Region: Middle East",
        "By Jane Doe",
        "Global News, August 05, 2016",
        "Copyright 2016 Global News",
        "Share this article",
        "INVENTED. Nothing of this happened.",
    ],
)
def test_what_belongs_to_the_site_is_set_apart_with_its_reason(line):
    document = plain_document(STORY + line + "\n\nThe story goes on for a while after that.", "a")
    assert parts(document, "boilerplate") == [line]
    assert document.of_kind("boilerplate")[0].detail
    assert line not in parts(document, "heading")


def test_a_disclaimer_takes_the_rest_of_the_page_but_never_most_of_a_text():
    notices = "Disclaimer: the views are the author's.\n\nTerrorists\n"
    assert parts(plain_document(STORY * 3 + notices, "a"), "boilerplate") == [notices]
    early = plain_document("Disclaimer: I was there.\n\n" + STORY, "a")
    assert len("".join(parts(early, "boilerplate"))) <= len(early.text) / 2


def test_an_ordinary_sentence_is_no_boilerplate():
    text = "By noon the rebels had left.\n\nThe theme: war. Copyrights were sold in August 2016.\n\nShare prices fell."
    assert parts(plain_document(text, "a"), "boilerplate") == []


# Markdown ------------------------------------------------------------------------------------------------------------


def markdown(text):
    return markdown_document(text, "a")


def test_markdown_s_marks_go_and_its_layout_stays():
    document = markdown("# A *title*\n\nSome **bold** and _soft_ text.\n\n> They left.\n>\n> All of them.\n\nThe end.")
    assert document.text == "A title\n\nSome bold and soft text.\n\nThey left.\n\nAll of them.\n\nThe end."
    assert parts(document, "heading") == ["A title"]
    assert parts(document, "blockquote") == ["They left.\n\nAll of them."]


def test_links_keep_their_targets_even_lost_ones():
    document = markdown("He [set](#) a [deadline](https://a.example/b_c) and <https://d.example>.")
    assert document.text == "He set a deadline and https://d.example."
    assert [(document.text[r.start : r.end], r.detail) for r in document.of_kind("link")] == [
        ("set", "#"),
        ("deadline", "https://a.example/b_c"),
        ("https://d.example", "https://d.example"),
    ]


def test_a_link_in_a_heading_is_both():
    document = markdown("# The [deadline](#)\n\nText.")
    assert parts(document, "heading") == ["The deadline"]
    assert parts(document, "link") == ["deadline"]


def test_hard_wrapped_paragraphs_are_joined():
    assert markdown("The rebels held\nthe road\r\nfor a week.\n\nThen they left.").text == (
        "The rebels held the road for a week.\n\nThen they left."
    )


def test_html_stays_text():
    source = "He wrote <b>bold</b>.\n\n<script>alert(1)</script>\n\n<p>para</p>"
    assert markdown(source).text == source
    assert markdown("[click](javascript:alert(1))").of_kind("link") == []


@pytest.mark.parametrize("text", ["# A title\n\nText.", "He [set](#) a deadline.", "Text.\n\n## Part two\n\nText."])
def test_a_txt_file_that_is_markdown_is_read_as_markdown(tmp_path, text):
    path = write(tmp_path, "a.txt", text)
    assert read_file(path).text == markdown(text).text != text
    assert read_file(path, "text").text == text


@pytest.mark.parametrize("text", ["He *stressed* it #now.", "A list (see [3]) and [sic].", "> quoted mail\n\nText."])
def test_a_txt_file_that_is_hardly_markdown_keeps_every_character(tmp_path, text):
    path = write(tmp_path, "a.txt", text)
    assert read_file(path).text == text
    assert read_file(path, "markdown").text == markdown(text).text


def test_the_case_of_a_file_s_ending_does_not_matter(tmp_path):
    for name in ("UPPER.TXT", "lower.txt"):
        assert read_file(write(tmp_path, name, "He *stressed* it.")).text == "He *stressed* it."
    write(tmp_path, "ARTICLE.MD", "# Title\n\nText.")
    names = [document.name for document in read_all(tmp_path)]
    assert sorted(names) == ["ARTICLE", "UPPER", "lower"]
    upper = write(tmp_path, "TABLE.CSV", "text\nThe rebels left\n")
    assert [d.text for d in read_all(upper, text="text")] == ["The rebels left"]


# Whatever the text ---------------------------------------------------------------------------------------------------

PIECES = [
    *"#*_>[]()!`~-=+|\\<&;:.\"'“”„«»",
    *" \t\n\r\u2028\u00a0\0\ufeff",
    "\n\n",
    "Theme: ",
    "Disclaimer: ",
    "By Jane Doe\n",
    "https://a.example",
    "[a](#)",
    "![b](c)",
    "> ",
    "1. ",
    "```\n",
    "said ",
    "word ",
    "&#0;",
]
TEXTS = st.text() | st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@pytest.mark.parametrize("make", [plain_document, markdown_document])
@settings(deadline=None)
@given(text=TEXTS)
def test_every_region_lies_within_its_document(make, text):
    document = make(text, "a")
    assert all(0 <= r.start <= r.end <= len(document.text) for r in document.regions)
    assert list(document.regions) == sorted(document.regions, key=lambda r: (r.start, -r.end))
    assert {r.kind for r in document.regions} <= {"heading", "blockquote", "link", "boilerplate"}


@given(TEXTS)
def test_plain_text_is_never_changed(text):
    assert plain_document(text, "a").text == text


# Tables --------------------------------------------------------------------------------------------------------------

ROWS = [
    {"body": "The rebels, they say, “left”.\nAll of them.", "id": "007", "paper": "Ahram"},
    {"body": "NA", "id": "008", "paper": "null"},
]


def as_csv(folder):
    return write(folder, "t.csv", pd.DataFrame(ROWS).to_csv(index=False))


def as_tsv(folder):
    return write(folder, "t.tsv", pd.DataFrame(ROWS).to_csv(index=False, sep="\t"))


def as_jsonl(folder):
    return write(folder, "t.jsonl", "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS))


def as_parquet(folder):
    pytest.importorskip("pyarrow")
    pd.DataFrame(ROWS).to_parquet(folder / "t.parquet")
    return folder / "t.parquet"


every_format = pytest.mark.parametrize("make", [as_csv, as_tsv, as_jsonl, as_parquet])


@every_format
def test_each_format_of_table_gives_the_same_documents(tmp_path, make):
    found = table(make(tmp_path), text="body", document="id", outlet="paper")
    assert [(d.name, d.text, dict(d.meta)) for d in found] == [
        (row["id"], row["body"], {"outlet": row["paper"]}) for row in ROWS
    ]


@every_format
def test_a_table_without_a_named_column_says_which_it_has(tmp_path, refusal, make):
    path = make(tmp_path)
    said = refusal(lambda: table(path, text="nowhere"), path, "nowhere")
    assert "body" in said
    assert "paper" in said


@every_format
def test_a_table_needs_to_know_which_column_is_the_text(tmp_path, refusal, make):
    path = make(tmp_path)
    refusal(lambda: table(path), path, "text=")
    refusal(lambda: table(path, document="id"), path, "text=")


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_a_table_in_an_older_encoding_is_guessed_aloud(tmp_path, encoding):
    path = write(tmp_path, "t.csv", f'body\n"{FRENCH.replace("’", chr(39))}"\n'.encode(encoding))
    with pytest.warns(KitWarning, match=r"t\.csv"):
        (document,) = table(path, text="body")
    assert document.text == FRENCH.replace("’", "'")


def test_a_foreign_byte_late_in_a_long_table_does_not_stop_it(tmp_path):
    path = write(tmp_path, "t.csv", ("body\n" + f"{PLAIN}\n" * 4000 + "The café.\n").encode("latin-1"))
    with pytest.warns(KitWarning, match=r"t\.csv"):
        assert table(path, text="body")[-1].text == "The café."


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_table_saved_by_a_spreadsheet_is_read(tmp_path, encoding):
    path = write(tmp_path, "t.csv", f"body,paper\n“{PLAIN}”,Ahram\n".encode(encoding))
    assert [d.text for d in table(path, text="body", outlet="paper")] == [f"“{PLAIN}”"]


def test_rows_without_text_are_left_out_aloud_and_rows_keep_their_numbers(tmp_path):
    path = write(tmp_path, "t.csv", "body,paper\nOne,A\n  ,B\nThree,\n")
    with pytest.warns(KitWarning, match="row 2"):
        found = table(path, text="body", outlet="paper")
    assert [(d.name, d.text, d.meta["outlet"]) for d in found] == [("row-1", "One", "A"), ("row-3", "Three", "")]


def test_missing_values_in_json_lines_are_empty_not_words(tmp_path):
    path = write(tmp_path, "t.jsonl", '{"body": "One", "paper": null}\n{"body": null, "paper": "B"}\n')
    with pytest.warns(KitWarning, match="row 2"):
        (document,) = table(path, text="body", outlet="paper")
    assert document.meta["outlet"] == ""


def test_dates_in_json_lines_stay_as_they_are_written(tmp_path):
    path = write(tmp_path, "t.jsonl", '{"body": "One", "date": "2016-08-04"}\n')
    assert table(path, text="body", date="date")[0].meta["date"] == "2016-08-04"


@pytest.mark.parametrize("name", ["t.parquet", "t.jsonl"])
def test_lists_in_a_cell_do_not_stop_a_table(tmp_path, name):
    frame = pd.DataFrame({"body": ["One two"], "authors": [["A", "B"]]})
    if name == "t.parquet":
        pytest.importorskip("pyarrow")
        frame.to_parquet(tmp_path / name)
    else:
        frame.to_json(tmp_path / name, orient="records", lines=True)
    (document,) = table(tmp_path / name, text="body", authors="authors")
    assert "A" in document.meta["authors"]
    assert "B" in document.meta["authors"]


def test_repeated_names_are_numbered(tmp_path):
    path = write(tmp_path, "t.csv", "id,body\na,One\na,Two\na-2,Three\n,Four\n")
    names = [d.name for d in read_all(path, text="body", document="id")]
    assert len(set(names)) == 4
    assert names[:2] == ["a", "a-2"]


def test_a_row_with_a_cell_too_many_never_moves_the_others(tmp_path, refusal):
    path = write(tmp_path, "t.csv", "body,paper\nOne, two,A\nThree, four,B\n")
    refusal(lambda: table(path, text="body", outlet="paper"), path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", b""),
        ("t.csv", b" \n"),
        ("t.csv", PNG),
        ("t.csv", b"body,paper\nOne,A\nTwo,B,C,D\n"),
        ("t.csv", b'body\n"never closed\n'),
        ("t.csv", b"body\nNo\0thing\n"),
        ("t.tsv", PNG),
        ("t.jsonl", b"not json\n"),
        ("t.jsonl", b'{"body": "One"}\n{"body":\n'),
        ("t.jsonl", b"[]\n"),
        ("t.parquet", b"no parquet"),
        ("t.parquet", b""),
    ],
)
def test_a_damaged_table_is_refused_in_one_line(tmp_path, refusal, name, content):
    path = write(tmp_path, name, content)
    refusal(lambda: table(path, text="body"), name)


# Folders -------------------------------------------------------------------------------------------------------------


def test_a_folder_gives_its_texts_each_under_a_name_of_its_own(tmp_path):
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.md", "a.txt", "sub/a.txt", "notes.pdf"):
        write(tmp_path, name, "Some text.")
    names = [d.name for d in read_all(tmp_path)]
    assert sorted(names) == ["a", "a-2", "b", "sub/a"]


def test_one_bad_file_among_many_is_reported_and_the_rest_go_on(tmp_path):
    for name, content in {"a.txt": PLAIN, "b.txt": PNG, "c.txt": "", "d.txt": PLAIN}.items():
        write(tmp_path, name, content)
    problems = []
    names = [d.name for d in documents_in([tmp_path], {}, None, problems.append)]
    assert names == ["a", "d"]
    assert [name in str(problem) for name, problem in zip(("b.txt", "c.txt"), problems, strict=True)] == [True, True]


def test_what_the_system_hides_in_a_folder_is_no_text(tmp_path):
    (tmp_path / ".ipynb_checkpoints").mkdir()
    for name in ("a.txt", "._a.txt", ".ipynb_checkpoints/a-checkpoint.md"):
        write(tmp_path, name, PLAIN if name == "a.txt" else b"\0\x05\x16\x07")
    assert [d.name for d in read_all(tmp_path)] == ["a"]


def test_a_folder_without_texts_is_reported(tmp_path):
    write(tmp_path, "a.pdf", "x")
    problems = []
    assert list(documents_in([tmp_path], {}, None, problems.append)) == []
    assert str(tmp_path) in str(problems[0])


# What is shown -------------------------------------------------------------------------------------------------------


def test_html_in_a_text_is_kept_and_escaped_where_it_is_shown(tmp_path):
    attack = "He said “<script>alert('x')</script> & <b>all</b>” of it."
    document = read_file(write(tmp_path, "a.txt", attack))
    assert document.text == attack
    page = show(voices(document))._repr_html_()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("name", ["page.html", "data.json", "noname"])
def test_what_is_neither_text_nor_markdown_is_not_counted_as_such(tmp_path, refusal, name):
    path = tmp_path / name
    path.write_text("<p>The rebels came.</p>", encoding="utf-8")
    refusal(lambda: load(path), name)
    assert "rebels" in load(path, read_as="text")[0].text


def test_an_article_that_lost_its_line_breaks_is_no_line_of_the_site():
    text = "Share on Facebook " + "The rebels took the hill. " * 60
    assert plain_document(text, "d").word_count > 200
