"""Every number opens: its sentences, its lines, its page, with whatever a document holds escaped."""

import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kit
from kit.coding import store
from kit.documents import spans
from kit.documents.readers import markdown_document, plain_document
from kit.findings.naming import Entry, Stylebook, read_stylebook
from kit.findings.voice import VOICES
from tests.labs import marked

STYLEBOOK = read_stylebook("aleppo-2016")
TEXT = """The rebels came at dawn. “Some terrorists,” he said, “and a few
rebel fighters stayed.” Then the rebels left.
"""
EVIL = "<script>alert('x')</script> & \"so\" <b>"
EMPTY = {"br", "img", "hr"}
VIEWS = ["show", "read document", "read table", "read evidence", "corpus", "names by voice", "strip"]
VIEWS += ["show sourcing", "read sourcing", "attribution map", "source ranking"]
ATTRIBUTES = set("style title role aria-level alt src class border open scope rowspan colspan valign".split())


class Page(HTMLParser):
    """A strict reader of HTML: what is opened must be closed in order; keeps tags, attributes and text."""

    def __init__(self, html):
        super().__init__()
        self.open, self.tags, self.attributes, self.text = [], [], [], ""
        self.feed(html)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open, f"closes nothing: {tag}"
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def page(view):
    return Page(view._repr_html_())


def document(text=TEXT, name="d", **meta):
    return plain_document(text, name, meta)


@pytest.fixture
def mentions():
    return kit.mentions(document(), STYLEBOOK)


def none_of(mentions):
    return mentions.query("label == 'mercenary'")


# Sentences -----------------------------------------------------------------------------------------------------------


def test_the_sentence_of_each_span_is_shown_with_the_span_marked(mentions):
    assert list(kit.evidence(mentions)["sentence"]) == [
        "The >>rebels<< came at dawn.",
        "“Some >>terrorists<<,” he said, “and a few rebel fighters stayed.”",
        "“Some terrorists,” he said, “and a few >>rebel fighters<< stayed.”",
        "Then the >>rebels<< left.",
    ]


def test_a_sentence_is_one_line_whatever_the_line_ends():
    found = kit.evidence(kit.mentions(document("The rebels\r\ncame and the\u2028rebels left."), STYLEBOOK))
    assert not any(character in sentence for sentence in found["sentence"] for character in "\r\n\u2028")


def test_a_span_over_two_sentences_shows_both():
    corpus = kit.Corpus([document("One came. Two left. Three stayed.")])
    table = spans.make([("d", 4, 13, "came. Two")], [], corpus)
    assert list(kit.evidence(table)["sentence"]) == ["One >>came. Two<< left."]


def test_evidence_comes_in_the_order_of_the_corpus_and_keeps_its_columns(mentions):
    chosen = mentions.assign(mine="x").iloc[[3, 0]]
    found = kit.evidence(chosen)
    assert list(found.index) == [0, 3]
    assert list(found.columns) == ["document", "sentence", "referent", "label", "voice", "position", "mine"]
    assert found["sentence"].iloc[1].startswith("Then")


def test_rows_that_share_an_index_are_each_shown_with_their_own_sentence(mentions):
    twice = pd.concat([mentions.iloc[[0]], mentions.iloc[[3]]]).set_axis([0, 0])
    assert [s.split()[0] for s in kit.evidence(twice)["sentence"]] == ["The", "Then"]
    assert list(kit.concordance(twice, width=1)["left"]) == ["The", "the"]
    assert len(kit.concordance(twice, sort="text")) == 2


def test_a_table_that_already_has_a_column_called_sentence_or_left_works(mentions):
    assert len(kit.evidence(mentions.assign(sentence="mine"))) == len(mentions)
    assert len(kit.concordance(mentions.assign(left="mine"), sort="left")) == len(mentions)


# Lines ---------------------------------------------------------------------------------------------------------------


def test_a_line_has_as_many_words_on_either_side_as_asked(mentions):
    found = kit.concordance(mentions, width=2)
    assert list(found["left"]) == ["The", "dawn. “Some", "a few", "Then the"]
    assert list(found["text"]) == ["rebels", "terrorists", "rebel fighters", "rebels"]
    assert [right.strip(",.” ") for right in found["right"]] == ["came at", "he said", "stayed.” Then", "left"]


def test_a_line_of_no_width_is_the_span_alone(mentions):
    found = kit.concordance(mentions, width=0)
    assert (found["left"] == "").all()
    assert (found["right"] == "").all()


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("They hold rebel-held", "They hold", "-held"),
        ("ex-rebel towns", "ex-", "towns"),
    ],
)
def test_the_rest_of_a_compound_stays_in_the_line_even_at_the_edge_of_the_text(text, left, right):
    line = kit.concordance(kit.mentions(document(text), STYLEBOOK)).iloc[0]
    assert (line["left"], line["right"]) == (left, right)


def test_left_sorts_by_the_nearest_word_before_and_right_by_the_words_after():
    text = "A big rebel ran. The big rebel came. An old rebel sat. Old Rebels went."
    table = kit.mentions(document(text), STYLEBOOK)
    nearest = [left.split()[-1].lower() for left in kit.concordance(table, width=1, sort="left")["left"]]
    assert nearest == ["big", "big", "old", "old"]
    two = list(kit.concordance(table, width=2, sort="left")["left"])
    assert two[0] == "A big"
    assert two[1].endswith("The big")
    after = [right.split()[0].strip(".") for right in kit.concordance(table, sort="right")["right"]]
    assert after == ["came", "ran", "sat", "went"]
    assert list(kit.concordance(table, sort="text")["text"]) == ["rebel", "rebel", "rebel", "Rebels"]


@pytest.mark.parametrize("options", [{"sort": "length"}, {"width": -1}])
def test_an_unknown_order_or_a_negative_width_is_refused(mentions, options):
    with pytest.raises(kit.KitError):
        kit.concordance(mentions, **options)


# Pages ---------------------------------------------------------------------------------------------------------------


def test_the_page_holds_the_whole_text_with_each_mention_marked(mentions):
    shown = page(marked(mentions))
    assert shown.tags.count("mark") == len(mentions) + len(VOICES)  # the legend shows the voices
    plain = "".join(shown.text.split())
    for word in TEXT.split():
        assert word.strip("“,”.") in plain
    assert "4 marked" in shown.text


def test_the_page_names_label_and_voice_of_each_mark_in_words(mentions):
    titles = [value for name, value in page(marked(mentions)).attributes if name == "title"]
    assert titles == ["rebel, author", "terrorist, quoted", "rebel, quoted", "rebel, author"]


def test_only_documents_with_spans_are_shown_and_a_long_list_says_so():
    many = [document("The rebels came.", f"d{i:02}") for i in range(15)] + [document("Nothing.", "other")]
    text = page(marked(kit.mentions(many, STYLEBOOK))).text
    assert "3 more documents" in text
    assert "other" not in text


def test_boilerplate_headings_and_block_quotations_can_be_told_apart():
    text = "# Rebels leave\n\nThe rebels left.\n\n> The rebels came.\n\nTheme: rebels\n"
    shown = page(marked(kit.mentions(markdown_document(text, "d"), STYLEBOOK)))
    assert {"blockquote", "small"} <= set(shown.tags)
    assert ("role", "heading") in shown.attributes


def test_a_hard_wrapped_text_is_not_shown_as_one_heading():
    text = "Rebels leave the town\nThe rebels left the town on Monday and\nwent home.\n"
    html = marked(kit.mentions(document(text), STYLEBOOK))._repr_html_()
    heading = html[html.index('role="heading"') :].split("</p>", 1)[0]
    assert "went home" not in heading


def evil_views():
    stylebook = Stylebook(
        "evil", (Entry(f"party {EVIL}", f"label {EVIL}", "script"), Entry("party", 'amp & "amp"', "alert"))
    )
    corpus = kit.Corpus(
        [
            plain_document(
                f"{EVIL}. The {EVIL} came. The mayor said the bridge was {EVIL}.",
                f"name {EVIL}",
                {"title": f"title {EVIL}", "outlet": EVIL, "label": EVIL},
            )
        ],
        f"corpus {EVIL}",
        {"title": EVIL, "edition_note": EVIL, "content_note": EVIL, "neutrality": EVIL},
    )
    mentions = kit.mentions(corpus, stylebook)
    assert len(mentions) == 9
    attributions = kit.attributions(corpus)
    assert len(attributions) == 1
    return {
        "show": marked(mentions),
        "read document": kit.show(corpus[0]),
        "read table": kit.show(mentions),
        "read evidence": kit.show(kit.evidence(mentions)),
        "corpus": corpus,
        "names by voice": kit.views.names_by_voice(mentions),
        "strip": kit.views.dispersion(mentions),
        "show sourcing": marked(attributions),
        "read sourcing": kit.show(kit.evidence(attributions)),
        "attribution map": kit.views.attribution_map(attributions),
        "source ranking": kit.views.source_ranking(attributions),
    }


@pytest.mark.parametrize("which", VIEWS)
def test_markup_in_a_document_stays_text(which):
    shown = page(evil_views()[which])
    assert not {"script", "b"} & set(shown.tags)
    assert "<script>" in shown.text
    assert {name for name, _ in shown.attributes} <= ATTRIBUTES


def test_overlapping_and_nested_spans_are_shown_without_broken_tags():
    corpus = kit.Corpus([document("One two three four five.")])
    rows = [
        ("d", 0, 13, "One two three"),
        ("d", 4, 7, "two"),
        ("d", 4, 18, "two three four"),
        ("d", 8, 8, ""),
        ("d", 8, 13, "three"),
    ]
    table = spans.make([(*row, f"label{i}", "author") for i, row in enumerate(rows)], ["label", "voice"], corpus)
    shown = page(marked(table))
    assert "label0, author, label2, author" in " ".join(str(value) for _, value in shown.attributes)


@settings(max_examples=60, deadline=None)
@given(data=st.data(), text=st.text(alphabet="ab<>&\"'\n “”.", max_size=40))
def test_any_spans_of_any_text_give_balanced_pages_that_keep_the_text(data, text):
    corpus = kit.Corpus([document(text)])
    pairs = data.draw(
        st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted), min_size=1, max_size=6)
    )
    table = spans.make([("d", a, b, text[a:b]) for a, b in pairs], [], corpus)
    shown = page(marked(table))
    assert "".join(text.split()) in "".join(shown.text.split())


def test_show_and_read_print_text_in_a_terminal(mentions):
    assert repr(marked(mentions)).splitlines()[0] == "d: The >>rebels<< came at dawn."
    assert repr(kit.show(document())) == TEXT
    assert "Then the >>rebels<< left." in repr(kit.show(kit.evidence(mentions)))


def test_a_table_is_read_with_nothing_cut_short():
    long = "word " * 100
    assert long.strip() in page(kit.show(pd.DataFrame({"a": [long]}))).text


def test_spans_are_marked_in_their_documents_only(mentions, refusal):
    text = document()
    for what, in_it in ((mentions, mentions), (mentions, text), (text, text), (text, "rebels")):
        refusal(lambda what=what, in_it=in_it: kit.show(what, in_it), "kit.show(corpus, spans)")
    refusal(lambda: kit.show(document(), kit.evidence(mentions)), "Not a span table")
    refusal(lambda: kit.show(document(name="other"), mentions), "'d'")


def test_one_document_a_list_and_a_corpus_are_shown_alike():
    both = [document(), document("Gulls came.", "gulls")]
    assert repr(kit.show(both)) == repr(kit.show(kit.Corpus(both))) == f"{TEXT}\n\nGulls came."
    assert kit.show(both[0])._repr_html_() in kit.show(both)._repr_html_()
    assert page(kit.show(both)).tags.count("details") == 2


def test_an_empty_table_shows_its_columns():
    assert "a column" in page(kit.show(pd.DataFrame(columns=["a_column"]))).text


# Sourcing ------------------------------------------------------------------------------------------------------------

SOURCED = (
    "The mayor said the bridge was closed. “It is old,” said Lina Saab. “Nobody may cross it.” He did not say why.\n"
)


@pytest.fixture
def attributions():
    return kit.attributions(document(SOURCED))


def marks(view):
    """Which words a page marks, and as what; without the legend."""
    return re.findall(r'<mark [^>]*title="([^"]*)">(.*?)</mark>', view._repr_html_())


def test_of_an_attribution_the_cue_is_marked_in_its_sentence(attributions):
    assert list(kit.evidence(attributions)["sentence"]) == [
        "The mayor >>said<< the bridge was closed.",
        "“It is old,” >>said<< Lina Saab.",
    ]


def test_evidence_of_attributions_keeps_their_words_and_leaves_out_their_places(attributions):
    found = kit.evidence(attributions)
    assert list(found.columns[:5]) == ["document", "sentence", "source", "cue", "content"]
    assert not [name for name in found.columns if name.endswith("_at")]
    assert list(found["source"]) == ["The mayor", "Lina Saab"]


def test_what_was_not_counted_opens_too():
    rejected = kit.attributions(document(SOURCED), rejected=True)
    ((sentence, reason),) = kit.evidence(rejected)[["sentence", "reason"]].to_numpy()
    assert (sentence, reason) == ("He did not >>say<< why.", "not said")
    assert marks(marked(rejected)) == [("cue", "say")]


def test_the_page_marks_source_cue_and_content_each_with_a_line_of_its_own(attributions):
    view = marked(attributions)
    assert marks(view) == [
        ("source", "The mayor"),
        ("cue", "said"),
        ("content", "the bridge was closed."),
        ("content", "“It is old,”"),
        ("cue", "said"),
        ("source", "Lina Saab"),
        ("content", "“Nobody may cross it.”"),
    ]
    styles = dict(re.findall(r'border-bottom:4px (\w+)[^"]*" title="(\w+)"', view._repr_html_()))
    assert len(styles) == 3
    assert set(styles.values()) == {"source", "cue", "content"}
    assert "".join(SOURCED.split()) in "".join(page(view).text.split())


def test_the_legend_names_what_is_marked(attributions, mentions):
    sourced, named = (page(marked(table)).text for table in (attributions, mentions))
    for part in ("source", "cue", "content"):
        assert part in sourced.split("d (")[0]
    for voice in VOICES:
        assert voice in named.split("d (")[0]
        assert voice not in sourced.split("d (")[0]


def test_a_saying_inside_a_saying_is_marked_as_both():
    text = "The agency reported that the envoy had said the bridge was closed."
    found = dict(reversed(pair) for pair in marks(marked(kit.attributions(document(text)))))
    assert found["The agency"] == "source"
    assert set(found["the envoy"].split(", ")) == {"source", "content"}
    assert set(found["said"].split(", ")) == {"cue", "content"}


def test_attributions_have_lines_too(attributions):
    found = kit.concordance(attributions, width=2)
    assert list(found["text"]) == list(attributions["text"])
    assert not [name for name in found.columns if name.endswith("_at")]


def test_sourcing_prints_sentences_in_a_terminal(attributions):
    assert "d: The mayor >>said<< the bridge was closed." in repr(marked(attributions)).splitlines()


def test_attributions_that_nobody_makes_open_to_nothing():
    none = kit.attributions(document("Nothing was heard."))
    assert kit.evidence(none).empty
    assert list(kit.evidence(none).columns[:3]) == ["document", "sentence", "source"]
    assert "No spans" in page(marked(none)).text


# Codes ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def codes():
    article = document()
    store.add(article, "entman", "cause", coder="Ana", value="absent", note=EVIL)
    store.add(article, "entman", "cause", "The rebels came", coder="Ana", value="present", note="why")
    store.add(article, "entman", "problem", "rebels came at", coder=EVIL, value="present")
    return kit.coding.codes(article)


def test_the_evidence_of_a_code_is_its_sentence_and_a_whole_text_is_called_so(codes):
    found = kit.evidence(codes)
    assert list(found["sentence"]) == [
        "(the whole text)", ">>The rebels came<< at dawn.", "The >>rebels came at<< dawn.",
    ]  # fmt: skip
    assert list(found.columns) == ["document", "sentence", "coder", "codebook", "code", "value", "note"]


def test_codes_are_shown_in_their_place_and_those_of_the_whole_text_above_it(codes):
    shown = page(marked(codes))
    assert shown.tags.count("mark") == 3
    assert shown.text.index("Of the whole text:") < shown.text.index(f"[Ana: cause = absent: {EVIL}]")
    assert "The rebels came [Ana: cause = present: why]" in shown.text
    assert f" at [{EVIL}: problem = present]" in shown.text
    assert "line below a mark" not in shown.text
    assert not {"script", "b"} & set(shown.tags)
    assert repr(marked(codes)).splitlines()[1] == "d: >>The rebels came<< at dawn. [Ana: cause = present: why]"


def test_disagreements_are_read_side_by_side_with_nothing_cut():
    article, note = document(), "since " * 60
    for coder, value in {"Ana": "absent", "Bo": "prominent"}.items():
        store.add(article, "entman", "cause", coder=coder, value=value, note=f"{note}{EVIL}")
    shown = page(kit.show(kit.metrics.disagreements(kit.coding.codes(article), "entman")))
    assert "(the whole text)" in shown.text
    assert shown.text.count(f"{note}{EVIL}") == 2
    assert "script" not in shown.tags


# Nothing found -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "empty",
    [
        lambda: none_of(kit.mentions(document(), STYLEBOOK)),
        lambda: kit.mentions(document("Nothing was heard."), STYLEBOOK),
        lambda: kit.mentions(document(""), STYLEBOOK),
        lambda: kit.mentions(kit.Corpus([]), STYLEBOOK),
    ],
    ids=["chosen", "none", "no text", "no document"],
)
def test_a_name_that_never_occurs_opens_to_no_spans(empty):
    table = empty()
    assert list(kit.evidence(table).columns) == ["document", "sentence", "referent", "label", "voice", "position"]
    for sort in ("position", "left", "right", "text"):
        assert kit.concordance(table, sort=sort).empty
    assert "No spans" in page(marked(table)).text
    assert "No spans" in repr(marked(table))
    assert page(kit.show(table)).tags
    assert kit.counts(table).to_numpy().sum() == kit.rates(table).to_numpy().sum() == 0
    assert kit.metrics.positions(table).empty
