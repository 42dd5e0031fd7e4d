"""Headings, block quotations, links, boilerplate and sentences, as span tables."""

import pytest

import kit
from kit.documents import spans
from kit.documents.readers import markdown_document, plain_document

TEXT = "# A title\n\nThe rebels [left](http://x.org/a). They went home.\n\n> We saw it.\n\nTheme: war, rebels\n"


@pytest.fixture
def document():
    return markdown_document(TEXT, "d")


def test_each_kind_is_found_where_it_stands(document):
    found = spans.verify(kit.layout(document))
    assert list(zip(found["kind"], found["text"], strict=True)) == [
        ("heading", "A title"), ("link", "left"), ("blockquote", "We saw it."), ("boilerplate", "Theme: war, rebels"),
    ]  # fmt: skip


def test_a_link_keeps_its_target_and_boilerplate_its_reason(document):
    details = kit.layout(document).set_index("kind")["detail"]
    assert details["link"] == "http://x.org/a"
    assert details["boilerplate"]


@pytest.mark.parametrize("kind", ["heading", "blockquote", "link", "boilerplate"])
def test_one_kind_can_be_chosen(document, kind):
    assert list(kit.layout(document, kind)["kind"]) == [kind]


def test_sentences_leave_boilerplate_out_and_know_their_position(document):
    found = spans.verify(kit.sentences(document))
    assert list(zip(found["text"], found["position"], strict=True)) == [
        ("A title", "heading"), ("The rebels left.", "body"), ("They went home.", "body"), ("We saw it.", "body"),
    ]  # fmt: skip


def test_a_title_is_no_part_of_the_first_sentence_of_a_hard_wrapped_text():
    text = "Rebels leave the town\nThe rebels left the town on Monday and\nwent home.\n"
    found = kit.sentences(plain_document(text, "d"))
    assert list(found["position"]) == ["heading", "body"]
    assert found["text"].iloc[0] == "Rebels leave the town"


@pytest.mark.parametrize("text", ["", " \n\n ", "Theme: war\n"])
def test_a_text_without_anything_gives_empty_tables_with_their_columns(text):
    document = plain_document(text, "d")
    assert list(kit.sentences(document).columns) == ["document", "start", "end", "text", "position"]
    assert list(kit.layout(document).columns) == ["document", "start", "end", "text", "kind", "detail"]
    assert kit.sentences(document).empty


def test_links_of_a_corpus_are_found_in_every_document():
    documents = [plain_document(f"See https://x.org/{name} for more.", name) for name in "ab"]
    assert list(kit.layout(documents, "link")["detail"]) == ["https://x.org/a", "https://x.org/b"]


def test_a_misspelt_kind_is_not_an_empty_finding():
    with pytest.raises(kit.KitError, match="no kind 'headings'"):
        kit.layout(kit.load("harbour-strike"), "headings")
