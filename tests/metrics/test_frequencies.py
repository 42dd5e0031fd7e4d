"""Counts keep their zeros, rates divide by what is counted, and intervals meet the known answers."""

import math
import re

import numpy as np
import pytest

import kit
from kit.documents.language import quotations
from kit.documents.readers import plain_document
from kit.findings.naming import NOT_COUNTED, read_stylebook
from kit.metrics import frequencies as measures

STYLEBOOK = read_stylebook("aleppo-2016")


def article(text, name, outlet="One"):
    return plain_document(text, name, {"outlet": outlet})


@pytest.fixture
def corpus():
    return kit.Corpus(
        [
            article("The rebels came to the town on Monday. He said “terrorists” came.", "z", "One"),
            article("The rebels and the rebel fighters left the town.", "a", "Two"),
            article("Nothing was heard from that town all week.", "m", "One"),
        ]
    )


@pytest.fixture
def mentions(corpus):
    return kit.mentions(corpus, STYLEBOOK)


# Counts --------------------------------------------------------------------------------------------------------------


def test_every_label_and_every_document_is_there_even_with_zero(mentions):
    table = kit.counts(mentions)
    assert list(table.columns) == ["z", "a", "m"]
    assert list(table.index) == list(dict.fromkeys(label for _, label in STYLEBOOK.labels))
    assert table.loc["rebel"].to_dict() == {"z": 1, "a": 2, "m": 0}
    assert table.loc["insurgent"].sum() == 0
    assert table["m"].sum() == 0
    assert all(dtype == "int64" for dtype in table.dtypes)


@pytest.mark.parametrize(
    "by",
    ["label", "referent", "voice", "position", "text", ["label", "voice"], ["referent", "label", "voice", "position"]],
)
@pytest.mark.parametrize("across", ["document", "outlet"])
def test_no_mention_is_lost_or_counted_twice_whatever_the_grouping(mentions, by, across):
    assert kit.counts(mentions, by, across).to_numpy().sum() == len(mentions)


def test_several_columns_give_every_combination(mentions):
    table = kit.counts(mentions, ["label", "voice"], referent="armed groups")
    assert table.loc[("terrorist", "quoted"), "z"] == 1
    assert table.loc[("terrorist", "author")].sum() == table.loc[("terrorist", "scare")].sum() == 0
    assert len(table) == 4 * len({label for referent, label in STYLEBOOK.labels if referent == "armed groups"})


def test_two_referents_with_one_label_are_kept_apart_when_asked():
    table = kit.counts(kit.mentions(article("Terrorists and ISIS terrorists.", "d"), STYLEBOOK), ["referent", "label"])
    assert table.loc[("armed groups", "terrorist"), "d"] == table.loc[("Islamic State", "terrorist"), "d"] == 1
    assert ("Syrian state", "terrorist") not in table.index


def test_one_referent_can_be_counted_alone(mentions):
    table = kit.counts(mentions, referent="Syrian state")
    assert table.to_numpy().sum() == 0
    assert list(table.index) == [label for referent, label in STYLEBOOK.labels if referent == "Syrian state"]


def test_groups_add_up_and_keep_the_order_of_the_documents(mentions):
    table = kit.counts(mentions, across="outlet")
    assert list(table.columns) == ["One", "Two"]
    assert table.loc["rebel"].to_dict() == {"One": 1, "Two": 2}


def test_a_choice_of_mentions_keeps_its_zeros(mentions):
    none = mentions.query("label == 'mercenary'")
    assert kit.counts(none).shape == kit.counts(mentions).shape
    assert kit.counts(none).to_numpy().sum() == 0
    assert kit.counts(mentions[mentions["label"] == "rebel"]).loc["terrorist"].sum() == 0


def test_documents_without_the_detail_are_a_group_of_their_own():
    corpus = [article("The rebels came.", "a", "One"), plain_document("The rebels left.", "b")]
    assert kit.counts(kit.mentions(corpus, STYLEBOOK), across="outlet").loc["rebel"].to_dict() == {"One": 1, "": 1}


def test_what_is_not_counted_is_in_no_table(mentions):
    assert NOT_COUNTED not in kit.counts(mentions, "referent").index


WRONG = {
    "label": lambda m: kit.counts(m, "lable"),
    "one of two labels": lambda m: kit.counts(m, ["label", "lable"]),
    "no label": lambda m: kit.counts(m, []),
    "detail": lambda m: kit.counts(m, across="paper"),
    "label of rates": lambda m: kit.rates(m, "lable"),
    "detail of rates": lambda m: kit.rates(m, across="paper"),
    "detail of intervals": lambda m: kit.metrics.rate_intervals(m, "paper"),
    "column for the referent": lambda m: kit.counts(m.drop(columns="referent"), referent="armed groups"),
    "referent": lambda m: kit.counts(m, referent="the rebels"),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=list(WRONG))
def test_what_does_not_exist_is_named_in_one_line(mentions, wrong):
    with pytest.raises(kit.KitError) as caught:
        wrong(mentions)
    assert "\n" not in str(caught.value)


# Rates ---------------------------------------------------------------------------------------------------------------


def test_rates_divide_by_the_counted_words_and_not_by_boilerplate():
    text = "The rebels came to town.\n\nTheme: rebels, terrorists, war, peace\n"
    rates = kit.rates(kit.mentions(article(text, "d"), STYLEBOOK))
    assert rates.loc["rebel", "d"] == 1000 / 5
    assert rates.loc["terrorist", "d"] == 0


def test_headings_count_among_the_words():
    rates = kit.rates(kit.mentions(article("Rebels leave\n\nThe rebels left the town.", "d"), STYLEBOOK))
    assert rates.loc["rebel", "d"] == pytest.approx(2 / 7 * 1000)


def test_the_rate_of_a_group_pools_its_documents(mentions, corpus):
    words = corpus["z"].word_count + corpus["m"].word_count
    assert kit.rates(mentions, across="outlet").loc["rebel", "One"] == pytest.approx(1000 / words)


@pytest.mark.parametrize("text", ["", "Theme: rebels\n", "…"])
def test_a_text_without_words_has_rates_of_zero(text):
    rates = kit.rates(kit.mentions(article(text, "d"), STYLEBOOK))
    assert (rates["d"] == 0).all()


def test_places_run_from_the_first_word_to_the_last():
    placed = kit.metrics.positions(
        kit.mentions(article("Rebels came, they saw, and so went the rebels.", "d"), STYLEBOOK)
    )
    assert list(placed["place"]) == [0, pytest.approx(8 / 9)]


def test_places_leave_boilerplate_out():
    text = "By Somebody Else\n\nRebels came here.\n\nTheme: war\n\nThe rebels left."
    placed = kit.metrics.positions(kit.mentions(article(text, "d"), STYLEBOOK))
    assert list(placed["place"]) == [0, pytest.approx(4 / 6)]


# Intervals -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "words", "low", "high"),
    [
        (314, 10_098, 277.5, 347.3),
        (0, 10_098, 0, 3.7),
        (10, 18_291, 2.6, 10.1),
        (239, 18_291, 114.6, 148.3),
    ],
)
def test_the_exact_interval_meets_the_known_answers(count, words, low, high):
    found = kit.metrics.poisson_interval(count, words, per=10_000)
    assert [round(limit, 1) for limit in found] == [low, high]
    assert found[0] <= count / words * 10_000 < found[1]


@pytest.mark.parametrize(("count", "words"), [(-1, 10), (1, 0), (1, -5), (math.nan, 10)])
def test_an_impossible_interval_is_refused(count, words):
    with pytest.raises(kit.KitError):
        kit.metrics.poisson_interval(count, words)


def articles(n, seed=1):
    random = np.random.default_rng(seed)
    texts = ["The rebels came. " * random.integers(0, 4) + "So many more words stand here too. " * 5 for _ in range(n)]
    return [article(text, f"{n}-{i}", f"n={n}") for i, text in enumerate(texts)]


@pytest.fixture(scope="module")
def resampled():
    return kit.mentions([*articles(1), *articles(6), *articles(60)], STYLEBOOK)


def test_one_article_has_a_rate_and_no_interval(resampled):
    row = kit.metrics.rate_intervals(resampled, "outlet").loc["n=1"]
    assert row["articles"] == 1
    assert row["words"] > 0
    assert math.isnan(row["low"])
    assert math.isnan(row["high"])


def test_the_interval_holds_the_rate_and_narrows_with_more_articles(resampled):
    table = kit.metrics.rate_intervals(resampled, "outlet").loc[["n=6", "n=60"]]
    assert ((table["low"] < table["rate"]) & (table["rate"] < table["high"])).all()
    width = table["high"] - table["low"]
    assert width["n=60"] < width["n=6"]


def test_resampling_repeats_itself(resampled):
    once, again = (kit.metrics.rate_intervals(resampled, "outlet") for _ in range(2))
    assert once.equals(again)


def test_the_rate_with_an_interval_is_the_rate_without(resampled):
    table = kit.metrics.rate_intervals(resampled, "outlet")
    assert table["rate"].to_dict() == pytest.approx(kit.rates(resampled, across="outlet").loc["rebel"].to_dict())


def test_a_name_that_never_occurs_has_an_interval_of_zero(resampled):
    table = kit.metrics.rate_intervals(resampled[resampled["label"] == "terrorist"], "outlet")
    assert list(table["count"]) == [0, 0, 0]
    assert (table.loc[["n=6", "n=60"], ["low", "high"]] == 0).all(axis=None)


def test_equal_articles_leave_no_doubt():
    same = [article("The rebels came to town. ", str(i)) for i in range(5)]
    row = kit.metrics.rate_intervals(kit.mentions(same, STYLEBOOK), "outlet").loc["One"]
    assert row["low"] == row["high"] == pytest.approx(row["rate"])


# Known answers -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def fa_kes(shared):
    table = shared("corpora/fa-kes") / "FA-KES-Dataset.csv"
    with pytest.warns(kit.KitWarning):
        return kit.load(table, text="article_content", document="unit_id", outlet="source")


def test_fa_kes_is_read_whole(fa_kes):
    assert len(fa_kes) == 804
    assert len(set(fa_kes.meta["outlet"])) == 15
    assert len(fa_kes.duplicates()) == 15


@pytest.mark.parametrize(("outlet", "articles", "words", "hits"), [
    ("sana", 45, 10_098, {"terrorist": 314, "rebel": 0}),
    ("ahram", 66, 18_291, {"terrorist": 10, "rebel": 239}),
])  # fmt: skip
def test_fa_kes_articles_on_aleppo_meet_the_known_answers(fa_kes, outlet, articles, words, hits):
    about = [d.text for d in fa_kes.without_duplicates().where(outlet=outlet) if "Aleppo" in d.text]
    assert (len(about), sum(len(text.split()) for text in about)) == (articles, words)
    for name, n in hits.items():
        assert sum(len(re.findall(rf"\b{name}s?\b", text, re.IGNORECASE)) for text in about) == n


@pytest.mark.parametrize(("outlet", "n", "share"), [("ahram", 27, 0.93), ("sana", None, 0)])
def test_fa_kes_quotation_marks_meet_the_known_answers(fa_kes, outlet, n, share):
    inside = []
    for document in fa_kes.without_duplicates().where(outlet=outlet):
        quoted = [(q.start, q.end) for q in quotations(document.text)]
        hits = re.finditer(r"\bterroris", document.text, re.IGNORECASE)
        inside += [any(start < hit.start() < end for start, end in quoted) for hit in hits]
    assert n in (None, len(inside))
    assert round(sum(inside) / len(inside), 2) == share


def test_the_kits_own_words_come_close_to_white_space_words(fa_kes):
    some = fa_kes.where(outlet="sana")
    assert measures.words(some).sum() == pytest.approx(sum(len(d.text.split()) for d in some), rel=0.02)
