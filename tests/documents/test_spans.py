"""The span table: whatever the text, each row says where it stands, and pandas keeps the corpus or says so."""

import copy
import io
import pickle

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kit
from kit.documents import spans
from kit.documents.readers import markdown_document, plain_document
from kit.findings.naming import read_stylebook
from tests.labs import marked

STYLEBOOK = read_stylebook("aleppo-2016")
# Texts of nothing but what the layers look at: here the rare combinations are common.
PARTS = [
    *("rebel", "rebels", "Terrorist group", "anti-terror", "operation", "ISIS", "YPG fighters", "al‑Qaeda", "regime"),
    *(
        "change",
        "FSA",
        "army",
        "government",
        "proxies",
        "Syrian",
        "opposition to",
        "said",
        "so-called",
        "According to ",
    ),
    *"\"'“”„‘’«»「」`",
    *("\n", "\n\n", "\r\n", "\u2028", "\t", "\u00a0", " ", " ", "-", "–", "_", ". ", "? ", ": ", ", ", "’s "),
    *("# ", "## ", "> ", "* ", "[a](b)", "![x](y)", "**", "`", "```\n", "<b>", "---\n", "http://x.org/a "),
    *("Theme: ", "By ", "Disclaimer: ", "CONSTRUCTED. ", "Share this ", "حلب", "北京", "e\u0301", "\U0001f642", "\0"),
]
TEXTS = st.text() | st.lists(st.sampled_from(PARTS), max_size=40).map("".join)
DOCUMENTS = st.builds(lambda make, text: make(text, "d"), st.sampled_from([plain_document, markdown_document]), TEXTS)
LAYERS = {
    "mentions": lambda documents: kit.mentions(documents, STYLEBOOK),
    "rejected": lambda documents: kit.mentions(documents, STYLEBOOK, rejected=True),
    "voices": kit.findings.voices,
    "layout": kit.layout,
    "sentences": kit.sentences,
}


def document(text="The rebels and the terrorists said that “fighters” came.", name="d", **meta):
    return plain_document(text, name, meta)


@pytest.fixture
def mentions():
    return kit.mentions([document(name="b"), document(name="a"), document("Nothing here.", "c")], STYLEBOOK)


@pytest.mark.parametrize("layer", LAYERS.values(), ids=list(LAYERS))
@settings(max_examples=120, deadline=None)
@given(doc=DOCUMENTS)
def test_every_layer_keeps_the_contract_on_any_text(layer, doc):
    table = layer(doc)
    assert list(table.columns[:4]) == ["document", "start", "end", "text"]
    for start, end, text in table[["start", "end", "text"]].itertuples(index=False):
        assert doc.text[start:end] == text
        assert 0 <= start < end or layer is kit.layout
    assert table["start"].is_monotonic_increasing
    spans.verify(table)


@settings(max_examples=60, deadline=None)
@given(docs=st.lists(TEXTS, max_size=4))
def test_several_documents_are_sorted_by_name_and_start(docs):
    corpus = [plain_document(text, f"{9 - i}") for i, text in enumerate(docs)]
    for layer in LAYERS.values():
        table = spans.verify(layer(corpus))
        places = list(zip(table["document"], table["start"], strict=True))
        assert places == sorted(places)


@settings(max_examples=80, deadline=None)
@given(doc=DOCUMENTS)
def test_mentions_do_not_overlap_and_stay_within_a_paragraph(doc):
    table = pd.concat([kit.mentions(doc, STYLEBOOK), kit.mentions(doc, STYLEBOOK, rejected=True)]).sort_values("start")
    assert all(end <= start for end, start in zip(table["end"], table["start"].iloc[1:], strict=False))
    assert not any("\n\n" in text for text in table["text"])


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(doc=DOCUMENTS)
def test_every_view_takes_what_every_layer_gives(doc):
    for layer in LAYERS.values():
        table = layer(doc)
        placed = kit.metrics.positions(table)
        assert len(kit.evidence(table)) == len(kit.concordance(table, sort="left")) == len(placed) == len(table)
        assert placed["place"].between(0, 1).all()
        assert repr(marked(table))
        assert marked(table)._repr_html_()


def test_columns_have_their_types_even_without_rows():
    for text in ("", "rebels"):
        table = kit.mentions(document(text), STYLEBOOK)
        assert all(pd.api.types.is_integer_dtype(table[name]) for name in ("start", "end"))
        assert all(isinstance(value, str) for name in ("document", "text") for value in table[name])


OPERATIONS = {
    "query": lambda t: t.query("label == 'rebel'"),
    "mask": lambda t: t[t["label"] == "rebel"],
    "sort": lambda t: t.sort_values("text"),
    "copy": lambda t: t.copy(),
    "deepcopy": copy.deepcopy,
    "head": lambda t: t.head(1),
    "assign": lambda t: t.assign(mine=1),
    "reset_index": lambda t: t.reset_index(drop=True),
    "replace": lambda t: t.replace({"label": {"rebel": "insurgent"}}),
    "pickle": lambda t: pickle.loads(pickle.dumps(t)),
}


@pytest.mark.parametrize("change", OPERATIONS.values(), ids=list(OPERATIONS))
def test_operations_of_pandas_keep_the_corpus(mentions, change):
    changed = change(mentions)
    assert kit.counts(changed).to_numpy().sum() == len(changed) > 0
    assert ">>" in repr(marked(changed))


@pytest.mark.parametrize(
    "lose",
    [
        lambda t: t.merge(pd.DataFrame({"label": ["rebel"], "more": [1]}), on="label"),
        lambda t: pd.DataFrame(t.to_dict("list")),
    ],
    ids=["merge", "rebuilt"],
)
def test_a_table_that_lost_its_corpus_says_what_to_add(mentions, lose):
    lost = lose(mentions)
    for view in (kit.counts, kit.evidence, kit.concordance, marked, kit.metrics.positions):
        with pytest.raises(kit.KitError, match=r"kit\.remember"):
            view(lost)
    assert kit.counts(kit.remember(lost, spans.corpus_of(mentions))).to_numpy().sum() == len(lost)


@pytest.mark.parametrize(
    "view", [kit.counts, kit.evidence, kit.concordance, marked, kit.metrics.positions, spans.verify]
)
def test_an_aggregate_is_no_span_table_with_or_without_a_corpus(mentions, view):
    aggregate = mentions.groupby("label").size().reset_index(name="n")
    with pytest.raises(kit.KitError):
        view(aggregate)
    with pytest.raises(kit.KitError):
        view(kit.remember(aggregate, spans.corpus_of(mentions)))


def test_a_table_read_back_from_a_file_works_with_its_corpus_named(mentions):
    back = pd.read_csv(io.StringIO(mentions.to_csv(index=False)))
    with pytest.raises(kit.KitError, match=r"kit\.remember"):
        kit.evidence(back)
    known = kit.remember(back, spans.corpus_of(mentions))
    assert kit.counts(known).to_numpy().sum() == len(mentions)
    assert len(kit.evidence(known)) == len(mentions)


def test_a_table_of_mentions_can_be_written_to_parquet(mentions, tmp_path):
    pytest.importorskip("pyarrow")
    path = tmp_path / "m.parquet"
    mentions.to_parquet(path)
    back = pd.read_parquet(path)
    assert back[list(mentions.columns)].astype(str).equals(mentions.astype(str))
    assert kit.counts(kit.remember(back, spans.corpus_of(mentions))).to_numpy().sum() == len(mentions)


def test_no_mention_is_lost_silently_when_tables_of_two_corpora_are_joined():
    joined = pd.concat([kit.mentions(document(name="a"), STYLEBOOK), kit.mentions(document(name="b"), STYLEBOOK)])
    try:
        table = kit.counts(joined)
    except kit.KitError:
        return
    assert table.to_numpy().sum() == len(joined)


def test_counting_with_a_corpus_that_lacks_the_document_is_an_error(mentions):
    for measure in (kit.counts, kit.rates, lambda m: kit.metrics.rate_intervals(m, "document")):
        with pytest.raises(kit.KitError, match="'a'"):
            measure(kit.remember(mentions, document("Another text.", "other")))


BROKEN = {
    "no column": lambda t: t.drop(columns="end"),
    "no document": lambda t: t.assign(document="nobody"),
    "outside": lambda t: t.assign(end=10_000),
    "negative": lambda t: t.assign(start=-1),
    "backwards": lambda t: t.assign(end=t["start"] - 1),
    "does not stand": lambda t: t.assign(text="rebel"),
    "not sorted": lambda t: t.iloc[::-1],
}


@pytest.mark.parametrize("spoil", BROKEN.values(), ids=list(BROKEN))
def test_check_refuses_a_table_that_breaks_the_contract(mentions, spoil):
    assert spans.verify(mentions) is mentions
    with pytest.raises(kit.KitError) as caught:
        spans.verify(spoil(mentions))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("wrong", ["Rebels came.", ["Rebels came."]])
def test_a_bare_string_is_no_document_and_is_told_so(wrong):
    with pytest.raises(kit.KitError):
        kit.mentions(wrong, STYLEBOOK)
