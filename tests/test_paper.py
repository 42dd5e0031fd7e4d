"""The paper version: what is printed is what the data say, and the committed files are what is made now."""

import html
import re

import pytest
from pypdf import PdfReader

import kit
from exercises import paper

FILES = sorted(paper.FOLDER.glob("*.pdf"))
A4 = (595, 842)
PAGE_NUMBER = re.compile(r"^\d+ / \d+")

each = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
each_sheet = pytest.mark.parametrize("sheet", paper.described(), ids=lambda sheet: sheet.name)


@pytest.fixture(scope="module")
def sheets():
    return paper.sheets()


def printed(path):
    """The text of a PDF without page numbers and white space."""
    pages = (page.extract_text() for page in PdfReader(path).pages)
    return "".join("".join(PAGE_NUMBER.sub("", page).split()) for page in pages)


def shown(page):
    """The text of an HTML page without white space."""
    body = re.search("<body>(.*)</body>", page, re.DOTALL)[1]
    return "".join(html.unescape(re.sub("<[^>]+>", "", body)).split())


def test_every_sheet_is_committed_and_nothing_else(sheets):
    assert {path.stem for path in FILES} == set(sheets)
    assert {name.partition("-strike-")[0].partition("-2016-")[0] for name in sheets} == {"harbour", "aleppo"}


@each
def test_a_committed_sheet_has_the_words_that_are_made_now(path, sheets):
    assert printed(path) == shown(sheets[path.stem]), "renew it: python -m exercises.paper"


@each
def test_a_sheet_has_a_title_a_language_tags_an_outline_and_is_a4(path, sheets):
    file = PdfReader(path)
    root = file.trailer["/Root"]
    assert file.metadata.title == html.unescape(re.search("<title>(.*)</title>", sheets[path.stem])[1])
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert file.outline
    assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in file.pages} == {A4}


@each
def test_a_sheet_says_where_it_is_from_and_warns_of_what_is_hard(path, sheets):
    corpus = next(sheet.corpus for sheet in paper.described() if path.stem.startswith(sheet.name))
    text = html.unescape(sheets[path.stem])
    assert "CC BY 4.0" in text
    assert corpus.about["content_note"] in text
    assert corpus.about["neutrality"] in text
    used = [document for document in corpus if document.title in text]
    assert used
    assert all(document.meta["outlet"] in text for document in used)


@each_sheet
def test_an_account_is_printed_whole_with_its_label(sheet, sheets):
    for name, page in ((sheet.said["naming"][0], "naming-a"), (sheet.said["naming"][1], "naming-b"),
                       (sheet.said["account"], "framing")):  # fmt: skip
        document = sheet.corpus[name]
        text = " ".join(html.unescape(sheets[f"{sheet.name}-{page}"]).split())
        for piece in document.paragraphs:
            assert " ".join(document.text[piece.start : piece.end].split()) in text
        assert document.meta["label"] in text


def test_the_minutes_of_the_steps_are_those_at_the_top(sheets):
    for name, page in sheets.items():
        if not name.endswith("-key"):
            steps = re.findall(r'class="min">\((\d+) minutes\)', page)
            assert sum(map(int, steps)) == int(re.search(r"<strong>(\d+) minutes", page)[1]), name


def test_a_step_gives_nothing_away(sheets):
    for name, page in sheets.items():
        if name.endswith("-key"):
            continue
        assert not re.search('class="(author|quoted|reported|scare)">(?!straight|double|dashed|dotted)', page), name
        assert "our reading" not in page


@each_sheet
def test_the_key_s_names_are_what_kit_counts_counts(sheet):
    mentions = kit.mentions(sheet.corpus)
    reference = kit.remember(kit.reference(sheet.name, "reference/mentions"), sheet.corpus)
    by_kit = kit.counts(mentions, referent=sheet.referent)
    by_reading = kit.counts(reference, referent=sheet.referent)
    voices = kit.counts(reference, "voice", referent=sheet.referent)
    for name in sheet.said["naming"]:
        table = sheet.names(sheet.corpus[name])
        names = table.drop(paper.TOTAL)
        for column, counted in (("the kit", by_kit), ("all", by_reading)):
            nonzero = counted[name][counted[name] > 0]
            assert names[column][names[column] > 0].to_dict() == nonzero.to_dict()
            assert table.loc[paper.TOTAL, column] == counted[name].sum()
        for voice, head in paper.HEADS.items():
            assert table.loc[paper.TOTAL, head] == voices[name].get(voice, 0)
        words = sheet.corpus[name].word_count
        assert table.loc[paper.TOTAL, paper.RATE] == pytest.approx(names["all"].sum() / words * 1000, abs=0.1)


@each_sheet
def test_the_key_prints_each_figure_and_underlines_each_mention(sheet, sheets):
    key = sheets[f"{sheet.name}-key"]
    for name in sheet.said["naming"]:
        for label, row in sheet.names(sheet.corpus[name]).iterrows():
            figures = [f"{value:.1f}" if head == paper.RATE else f"{value:.0f}" for head, value in row.items()]
            cells = "".join(f'<td class="number">{figure}</td>' for figure in figures)
            assert re.search(f'<th scope="row">{re.escape(html.escape(label))}</th><td>[^<]*</td>{cells}', key)
    marked = re.search('<div class="key">(.*?)</div>', key, re.DOTALL)[1]
    for voice in paper.HEADS:
        mentions = sheet.mentions[(sheet.mentions["voice"] == voice) & (sheet.mentions["referent"] == sheet.referent)]
        mentions = mentions[mentions["document"].isin(sheet.said["naming"])]
        assert re.findall(f'<span class="{voice}">(.*?)</span>', marked) == [
            html.escape(text) for name in sheet.said["naming"] for text in mentions.query("document == @name")["text"]
        ]


@each_sheet
def test_the_key_to_framing_is_our_reading_with_its_alternatives(sheet, sheets):
    key = html.unescape(sheets[f"{sheet.name}-key"])
    frames = kit.reference(sheet.name, "reference/frames").query("codebook == 'entman'")
    whole = frames[(frames["document"] == sheet.said["account"]) & (frames["end"] == 0)]
    assert len(whole) == 4
    for row in whole.to_dict("records"):
        assert re.search(
            rf"{row['code']}</th><td><strong>{row['value']}</strong></td><td>{re.escape(row['note'])}", key
        )
        assert "Alternative:" in row["note"]
    assert "one defended reading" in key
    boxes = sheet.boxes()
    assert len(boxes) == 24
    assert boxes.groupby("sentence")["ours"].sum().eq(0).any(), "one sentence does none of the four"
    assert set(boxes.loc[boxes["ours"], "code"]) == set(paper.LETTERS)
    assert (boxes["first"] != boxes["second"]).any(), "one sentence divided our passes"
    agreed = (boxes["first"] == boxes["second"]).mean()
    empty = 1 - boxes["ours"].mean()
    assert f"which is {agreed:.0%}" in key
    assert f"which is {empty:.0%}" in key


def test_no_original_is_printed_also_where_the_originals_are_held(shared, monkeypatch, tmp_path, sheets):
    from kit.documents.originals import recognised

    monkeypatch.setenv("KIT_ORIGINALS", str(tmp_path / "originals"))
    for file in shared("documents").glob("*.txt"):
        assert recognised(file, "aleppo-2016")
    assert kit.load("aleppo-2016")[0].meta["label"] == "ORIGINAL"
    assert paper.sheets() == sheets
