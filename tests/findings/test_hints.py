"""Hints: terms of a codebook are found as whole words, each in its sentence, with its voice, in linear time."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kit
from kit.coding.codebooks import Category, Codebook, codebook_names, read_codebook
from kit.documents import spans
from kit.documents.readers import markdown_document, plain_document
from kit.findings.hints import hints
from tests.labs import marked

FRAMES = read_codebook("generic-frames")
WITH_CUES = [read_codebook(name) for name in ("entman", "generic-frames", "war-peace-journalism")]

BOOK = """title = "Mine"
unit = "document"
values = ["no", "yes"]
level = "nominal"
scoring = "Count."
reliability = "Krippendorff's alpha"
citation = "Somebody (2020)."

[[category]]
code = "blame"
definition = "D"
indicator = "I"
example = "E"
counter_example = "C"
terms = ["blame*", "at fault"]
"""


def book(*terms, other=()):
    """Return a codebook with a category `a` of these terms, and a category `b`."""
    categories = tuple(Category(code, "D", "I", "E", "C", "", tuple(c)) for code, c in (("a", terms), ("b", other)))
    return Codebook("mine", "Mine", "document", ("no", "yes"), "nominal", "S", "R", "C", categories)


def found(text, *terms):
    return list(hints(plain_document(text, "d"), book(*terms))["text"])


# What is found -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("term", "text", "words"),
    [
        ("blame*", "They blamed us; blame is cheap. No blameless one.", ["blamed", "blame", "blameless"]),
        ("blame", "They blamed us. BLAME us!", ["BLAME"]),
        ("at fault", "They were\n\nat\nfault, and nobody else was at fault.", ["at\nfault", "at fault"]),
        ("at fault", "The goat faults. Look at. Fault!", []),
        ("stand-off", "A stand off, a stand-off, a stand‑off, a standoff.", ["stand off", "stand-off", "stand‑off"]),
        ("push* back", "She pushed back and pushes backwards.", ["pushed back"]),
        ("can't wait", "We can’t wait.", ["can’t wait"]),
        ("$*", "It cost $5bn, or A$5, or $ 5.", ["$5bn", "$"]),
        ("god's", "By god’s will, gods.", ["god’s"]),
        ("a(b", "This is a(b).", ["a(b"]),
    ],
)
def test_a_cue_is_whole_words_written_as_texts_write_them(term, text, words):
    assert found(text, term) == words


def test_the_earlier_and_then_the_longer_cue_is_kept():
    assert found("Both sides lost.", "side*", "sides lost", "both sides") == ["Both sides"]
    assert found("Both sides lost.", "both", "both sides") == ["Both sides"]


def test_two_categories_may_point_at_the_same_words():
    table = hints(plain_document("They blamed us.", "d"), book("blame*", other=["blamed"]))
    assert list(zip(table["code"], table["term"], strict=True)) == [("a", "blame*"), ("b", "blamed")]


def test_a_hint_knows_its_cue_voice_and_position_and_opens_as_its_sentence():
    text = "# Who is at fault\n\nAna said: “I blame the owners for all of it.” Nobody else is at fault.\n"
    table = hints(markdown_document(text, "d"), book("blame*", "at fault"))
    assert list(table.columns) == ["document", "start", "end", "text", "code", "term", "voice", "position"]
    assert list(zip(table["term"], table["voice"], table["position"], strict=True)) == [
        ("at fault", "author", "heading"),
        ("blame*", "quoted", "body"),
        ("at fault", "author", "body"),
    ]
    assert kit.evidence(table)["sentence"].iloc[2] == "Nobody else is >>at fault<<."


def test_boilerplate_gives_no_hints():
    document = plain_document("They met.\n\nShare this: blame us\n\nThey left.", "d")
    assert [region.kind for region in document.regions] == ["boilerplate"]
    assert hints(document, book("blame")).empty


def test_no_hint_runs_from_one_sentence_into_the_next():
    assert found("They stood there at. Fault lines opened.", "at fault") == []
    assert found("A heading of blame\n\nat fault", "blame at") == []


def test_a_text_without_cues_gives_an_empty_span_table():
    table = spans.verify(hints(plain_document("", "d"), FRAMES))
    assert table.empty
    assert list(table.columns[4:]) == ["code", "term", "voice", "position"]


# The lists -----------------------------------------------------------------------------------------------------------


def test_which_codebooks_have_terms():
    with_terms = {name for name in codebook_names() if any(c.terms for c in read_codebook(name).categories)}
    assert with_terms == {book.name for book in WITH_CUES}
    assert all(category.terms for category in FRAMES.categories)


def test_every_cue_finds_itself():
    terms = {term for codebook in WITH_CUES for category in codebook.categories for term in category.terms}
    assert [term for term in terms if not found(f"Then {term.replace('*', 'x')}.", term)] == []


@pytest.mark.parametrize("document", list(kit.load("harbour-strike")), ids=lambda document: document.name)
def test_the_lists_say_something_of_the_lessons_texts(document):
    assert len(set(hints(document, FRAMES)["code"])) > 5


# Bad input -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def mine(tmp_path):
    def written(terms):
        path = tmp_path / "mine.toml"
        path.write_text(BOOK.replace('terms = ["blame*", "at fault"]\n', terms), encoding="utf-8")
        return path

    return written


def test_a_teachers_cues_are_read(mine):
    path = mine('terms = ["blame*", "at  fault"]\n')
    assert list(hints(plain_document("Blamed, at fault.", "d"), path)["term"]) == ["blame*", "at  fault"]


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ('terms = "blame*"\n', "must be texts"),
        ("terms = [1]\n", "must be texts"),
        ('terms = ["blame", " "]\n', "must be texts"),
        ('terms = ["at fault", "At  fault"]\n', "'at fault' stands there twice"),
        ('terms = ["*"]\n', "'*' must be words"),
        ('terms = ["bl*me"]\n', "end in *"),
        ('terms = ["at * fault"]\n', "end in *"),
        ('terms = ["at - fault"]\n', "must be words"),
        ('terms = ["-"]\n', "must be words"),
    ],
)
def test_wrong_cues_are_refused_with_their_line(mine, refusal, terms, said):
    refusal(lambda: read_codebook(mine(terms)), "mine.toml, line 15: category 1", said)


def test_a_codebook_without_cues_says_how_to_give_some(mine, refusal):
    document = plain_document("They blamed us.", "d")
    refusal(lambda: hints(document, mine("")), "mine has no terms", "terms = [")
    refusal(lambda: hints(document, "actors"), "actors has no terms")
    refusal(lambda: hints(document, "nowhere"), "nowhere")


# Any text ------------------------------------------------------------------------------------------------------------

PARTS = [
    *(
        "blame",
        "blamed",
        "at",
        "fault",
        "both sides",
        "god’s",
        "God",
        "$5",
        "$",
        "cost",
        "pushed",
        "back",
        "said",
        "Ana",
    ),
    *(" ", "-", "‑", "\n", "\n\n", "\r\n", "\u2028", "\u00a0", "\t", "_", "*", ". ", ", ", ": ", "’", "“", "”", '"'),
    *(
        "# ",
        "> ",
        "Share this ",
        "By ",
        "Theme: ",
        "Disclaimer: ",
        "حلب",
        "北京",
        "e\u0301",
        "\U0001f642",
        "İ",
        "ſ",
        "\0",
    ),
]
TEXTS = st.text() | st.lists(st.sampled_from(PARTS), max_size=40).map("".join)
DOCUMENTS = st.builds(lambda make, text: make(text, "d"), st.sampled_from([plain_document, markdown_document]), TEXTS)


@settings(max_examples=150, deadline=None)
@given(doc=DOCUMENTS)
def test_hints_keep_the_contract_of_span_tables_on_any_text(doc):
    for codebook in WITH_CUES:
        table = spans.verify(hints(doc, codebook))
        assert (table["start"] < table["end"]).all()
        assert len(kit.evidence(table)) == len(table)
        assert repr(marked(table))
        for _, one in table.groupby("code"):
            assert all(end <= start for (_, end), (start, _) in pairwise(one[["start", "end"]].to_numpy()))
        for start, end in table[["start", "end"]].itertuples(index=False):
            assert any(s.start <= start and end <= s.end for s in doc.sentences)


@settings(max_examples=60, deadline=None)
@given(term=st.from_regex(r"\w{1,6}\*?([ '-]\w{1,6}\*?)?", fullmatch=True), text=TEXTS)
def test_a_term_of_any_letters_is_looked_for(term, text):
    table = spans.verify(hints(plain_document(text, "d"), book(term)))
    assert all(words == words.strip() for words in table["text"])
