"""Documents and collections: where a span stands, what is counted, and which texts are the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit import Corpus, Document
from kit.documents.corpus import Region
from kit.documents.language import count_words
from kit.documents.readers import plain_document

TEXT = "A title\n\nTheme: War\n\nThree words here."
DOCUMENT = Document("a", TEXT, {"outlet": "Ahram"}, (Region("heading", 0, 7), Region("boilerplate", 9, 19, "a tag")))


@pytest.fixture
def corpus():
    texts = {"a": ("One.", "Ahram"), "b": ("Two words.", "SANA"), "c": ("One.", "SANA"), "d": ("One.", "Ahram")}
    return Corpus((Document(name, text, {"outlet": outlet}) for name, (text, outlet) in texts.items()), "four")


@pytest.mark.parametrize(
    ("start", "end", "position"),
    [
        (0, 1, "heading"),
        (0, 7, "heading"),
        (7, 8, "body"),
        (9, 14, None),
        (8, 10, None),
        (21, 26, "body"),
        (5, 12, None),
    ],
)
def test_a_span_stands_in_a_heading_or_the_body_or_in_what_is_not_counted(start, end, position):
    assert DOCUMENT.position(start, end) == position


def test_boilerplate_is_kept_in_the_text_but_not_counted():
    assert "Theme: War" in DOCUMENT.text
    assert [TEXT[start:end].strip() for start, end in DOCUMENT.counted] == ["A title", "Three words here."]
    assert DOCUMENT.word_count == 5
    assert Document("a", "").word_count == 0


def test_words_before_a_place_grow_from_none_to_all():
    before = [DOCUMENT.words_before(offset) for offset in range(len(TEXT) + 1)]
    assert before == sorted(before)
    assert (before[0], before[8], before[21], before[-1]) == (0, 2, 2, 5)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted), max_size=4))
def test_counted_and_set_apart_are_the_whole_text_however_they_overlap(edges):
    text = "word " * 8
    regions = tuple(Region("boilerplate", start, end) for start, end in sorted(map(tuple, edges)))
    counted = Document("a", text, {}, regions).counted
    inside = {offset for start, end in counted for offset in range(start, end)}
    apart = {offset for region in regions for offset in range(region.start, region.end)}
    assert inside == set(range(40)) - apart
    assert sum(end - start for start, end in counted) == len(inside)


def test_the_title_is_the_source_s_or_else_the_name():
    assert Document("a", "x", {"title": "Of dogs"}).title == "Of dogs"
    assert Document("a", "x", {"title": ""}).title == "a"


def test_documents_are_reached_by_name_and_by_place(corpus):
    assert corpus["b"] is corpus[1] is list(corpus)[1]
    assert "b" in corpus
    assert "B" not in corpus
    assert (len(corpus), corpus.names) == (4, ["a", "b", "c", "d"])


def test_an_unknown_name_is_answered_with_those_there_are(corpus, refusal):
    said = refusal(lambda: corpus["nobody"], "nobody")
    assert "a, b, c, d" in said
    many = Corpus(Document(f"n{number}", "x") for number in range(1000))
    assert len(refusal(lambda: many["nobody"])) < 200


def test_two_documents_of_one_name_are_refused(refusal):
    refusal(lambda: Corpus([Document("twin", "x"), Document("twin", "y")]), "twin")


def test_exact_repetitions_are_found_and_dropped(corpus):
    assert corpus.duplicates() == {"c": "a", "d": "a"}
    assert corpus.without_duplicates().names == ["a", "b"]
    assert corpus.without_duplicates().duplicates() == {}


def test_documents_are_chosen_by_what_is_known_of_them(corpus):
    assert corpus.where(outlet="SANA").names == ["b", "c"]
    assert corpus.where(outlet="Nobody").names == []
    assert corpus.where(author="Nobody").names == []
    assert corpus.only(["d", "a"]).names == ["d", "a"]
    assert corpus.only(["d"]).name == "four"


def test_the_tables_have_a_row_a_document(corpus):
    assert corpus.table()["words"].to_dict() == {"a": 1, "b": 2, "c": 1, "d": 1}
    assert corpus.meta.loc["b", "outlet"] == "SANA"
    assert list(Corpus([]).table().columns) == ["title", "outlet", "date", "label", "words"]


def test_a_corpus_says_what_it_is(corpus):
    assert repr(corpus) == "Corpus four: 4 documents"
    assert repr(corpus.only(["a"])) == "Corpus four: 1 document"
    assert repr(Corpus([])) == "Corpus without a name: 0 documents"


def test_whatever_a_source_says_of_itself_is_escaped_on_the_page():
    attack = "<script>alert(1)</script>"
    about = dict.fromkeys(("title", "edition_note", "content_note", "neutrality"), attack)
    page = Corpus([Document(attack, attack, {"outlet": attack, "title": attack})], attack, about)._repr_html_()
    assert "<script" not in page


def test_a_page_of_many_documents_stays_short():
    page = Corpus(Document(f"n{number}", "x") for number in range(60))._repr_html_()
    assert "10 more" in page
    assert "n59" not in page


@given(st.text(max_size=80))
def test_a_text_without_boilerplate_has_all_its_words_before_its_end(text):
    document = Document("a", text)
    assert document.words_before(len(text)) == document.word_count == count_words(text)


def test_a_file_without_a_title_of_its_own_is_called_by_its_first_heading():
    document = plain_document("Rebels hold the road\n\nThey held it.", "a")
    assert document.title == "Rebels hold the road"
    assert plain_document("They held it.", "a").title == "a"
