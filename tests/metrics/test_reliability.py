"""Agreement: known answers, other people's programs, and what is said where there is nothing to compare."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import binary_distance, interval_distance

import kit
from kit import KitError
from kit.coding.store import add, codes
from kit.documents import spans
from kit.documents.readers import markdown_document, plain_document
from kit.metrics.reliability import (
    agreement,
    alpha,
    alpha_interval,
    cohen,
    confusion,
    disagreements,
    fleiss,
    percent,
    ratings,
)

X = np.nan


def coders(*columns):
    return pd.DataFrame({f"coder {number}": column for number, column in enumerate(columns)}, dtype=object)


# Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), part C: four observers, twelve units.
FOUR = coders(
    [1, 2, 3, 3, 2, 1, 4, 1, 2, X, X, X],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, X, 3],
    [X, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, X],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, X],
)
# The worked example of the English Wikipedia's article on the coefficient: three coders, fifteen units.
THREE = coders(
    [X, X, X, X, X, 3, 4, 1, 2, 1, 1, 3, 3, X, 3],
    [1, X, 2, 1, 3, 3, 4, 3, X, X, X, X, X, X, X],
    [X, X, 2, 1, 3, 4, 4, X, 2, 1, 1, 3, 3, X, 4],
)
# Fleiss' (1971) layout, numbers of the English Wikipedia's worked example: ten subjects, fourteen raters.
FLEISS = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip
YES_NO = coders(["yes"] * 25 + ["no"] * 25, ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15)


def triples(table):
    return [(coder, unit, value) for (unit, coder), value in table.stack().dropna().items()]


# Known answers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "level", "published"),
    [
        (FOUR, "nominal", 0.743),
        (FOUR, "ordinal", 0.815),
        (FOUR, "interval", 0.849),
        (THREE, "nominal", 0.691),
        (THREE, "ordinal", 0.807),
        (THREE, "interval", 0.811),
    ],
)
def test_alpha_is_the_published_one(table, level, published):
    assert round(alpha(table, level), 3) == published
    assert round(alpha(table.astype("float64"), level), 3) == published
    assert round(alpha(table.sample(frac=1, random_state=1, axis=1), level), 3) == published
    assert round(alpha(table.sample(frac=1, random_state=1), level), 3) == published


def test_fleiss_kappa_is_the_known_one():
    rows = [[value for value, times in enumerate(row) for _ in range(times)] for row in FLEISS]
    table = pd.DataFrame(rows)
    assert round(fleiss(table), 3) == 0.210
    assert round(percent(table), 3) == 0.378
    assert fleiss(table) == pytest.approx(AnnotationTask(triples(table)).pi())


def test_cohens_kappa_is_the_known_one():
    assert cohen(YES_NO) == pytest.approx(0.4)
    assert percent(YES_NO) == pytest.approx(0.7)
    assert cohen(YES_NO) == pytest.approx(AnnotationTask(triples(YES_NO)).kappa())


VALUES = st.sampled_from([1, 2, 4, None])
TABLES = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(VALUES, min_size=width, max_size=width), min_size=1, max_size=12)
)


@settings(max_examples=150, deadline=None)
@given(TABLES)
def test_alpha_is_that_of_nltk_whatever_is_missing(rows):
    table = pd.DataFrame(rows, dtype=object)
    pairable = table[table.notna().sum(axis=1) > 1]
    if pairable.stack().nunique() < 2:  # NLTK says 1, or divides by zero
        assert np.isnan(alpha(table))
        return
    for level, distance in (("nominal", binary_distance), ("interval", interval_distance)):
        theirs = AnnotationTask(triples(table), distance=distance).alpha()
        assert alpha(table, level) == pytest.approx(theirs, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_ordinal_alpha_is_its_definition(rows):
    """Krippendorff 2011: between two values lie all values given in between, and half of the two themselves."""
    table = pd.DataFrame(rows, dtype=object)
    units = [[v for v in row if v is not None] for row in rows]
    units = [unit for unit in units if len(unit) > 1]
    given_values = [v for unit in units for v in unit]

    def apart(a, b):
        low, high = min(a, b), max(a, b)
        between = sum(low <= v <= high for v in given_values)
        return (between - (given_values.count(low) + given_values.count(high)) / 2) ** 2 if a != b else 0

    expected = sum(apart(a, b) for a in given_values for b in given_values)
    if not expected:
        assert np.isnan(alpha(table, "ordinal"))
        return
    observed = sum(apart(a, b) / (len(unit) - 1) for unit in units for a in unit for b in unit)
    assert alpha(table, "ordinal") == pytest.approx(1 - (len(given_values) - 1) * observed / expected)


def test_ordinal_values_stand_in_the_order_that_is_named_and_never_in_that_of_the_alphabet(refusal):
    table = coders(["low", "high", "mid", "low"], ["high", "high", "mid", "low"])
    numbers = table.replace({"low": 1, "mid": 2, "high": 3})
    named = alpha(table, "ordinal", values=["low", "mid", "high"])
    assert named == pytest.approx(alpha(numbers, "ordinal"))
    refusal(lambda: alpha(table, "ordinal"), "values=")
    refusal(lambda: alpha_interval(table, "ordinal"), "values=")


def test_numbers_may_be_written_as_text():
    table = coders(["0", "10", "2", "2"], ["1", "10", "2", "0"])
    as_text = alpha(table, "interval", values=["0", "1", "2", "10"])
    assert as_text == pytest.approx(alpha(table.astype(float), "interval"))


# The interval --------------------------------------------------------------------------------------------------------


def test_the_interval_holds_alpha_and_repeats_itself():
    low, high = alpha_interval(YES_NO)
    assert low < alpha(YES_NO) < high
    assert alpha_interval(YES_NO) == (low, high)


def test_the_interval_resamples_units():
    """Drawn by hand: the same units in every draw, alpha of each."""
    drawn = np.random.default_rng(2016).multinomial(50, np.full(50, 1 / 50), size=2000)
    alphas = [alpha(YES_NO.loc[np.repeat(YES_NO.index, times)]) for times in drawn]
    assert alpha_interval(YES_NO) == pytest.approx(tuple(np.quantile(alphas, [0.025, 0.975])))


def test_more_units_make_the_interval_narrower():
    low, high = alpha_interval(YES_NO)
    more_low, more_high = alpha_interval(pd.concat([YES_NO] * 9))
    assert more_high - more_low < (high - low) / 2


# Nothing to compare --------------------------------------------------------------------------------------------------

NOTHING = {
    "no units": coders([], []),
    "no coders": pd.DataFrame(index=[0, 1]),
    "one coder": coders(["yes", "no"]),
    "all missing": coders([None, None], [X, None]),
    "no unit judged by two": coders(["yes", None], [None, "no"]),
    "missing as pandas has it": coders(["yes", pd.NA], [pd.NA, "no"]),
}


@pytest.mark.parametrize("table", NOTHING.values(), ids=NOTHING)
def test_without_a_unit_that_two_judged_every_figure_is_missing(table):
    assert all(np.isnan(figure(table)) for figure in (alpha, percent, cohen, fleiss))
    assert np.isnan(alpha_interval(table)).all()


def test_without_variation_coefficients_are_missing_and_percent_is_full():
    table = coders(["no"] * 5, ["no"] * 5)
    assert percent(table) == 1
    assert all(np.isnan(figure(table)) for figure in (alpha, cohen, fleiss))
    assert np.isnan(alpha_interval(table)).all()


def test_perfect_and_worse_than_chance():
    assert alpha(coders([1, 2, 3], [1, 2, 3])) == cohen(coders([1, 2, 3], [1, 2, 3])) == 1
    assert alpha(coders([1, 2], [2, 1])) < 0
    assert cohen(coders([1, 2], [2, 1])) == -1


def test_a_single_unit_has_no_interval():
    table = coders([1, None], [2, 1])
    assert alpha(table) == 0
    assert np.isnan(alpha_interval(table)).all()


def test_fleiss_and_cohen_leave_out_units_with_missing_values():
    more = pd.concat([YES_NO, coders(["yes", None], [None, "no"])], ignore_index=True)
    assert cohen(more) == pytest.approx(0.4)
    assert fleiss(more) == pytest.approx(fleiss(YES_NO))
    assert percent(more) == percent(YES_NO)
    assert np.isnan(cohen(FOUR))


def test_wrong_input_is_refused(refusal):
    refusal(lambda: alpha([[1, 2], [1, 2]]), "table")
    refusal(lambda: alpha(YES_NO, "ratio"), "'ratio'", "nominal, ordinal, interval")
    refusal(lambda: alpha(YES_NO, "interval"), "yes, no", "numbers")
    refusal(lambda: alpha(coders([1, "a"], [1, 1]), "ordinal"), "values=")
    refusal(lambda: alpha(YES_NO, values=["no", "maybe"]), "'yes'", "no, maybe")
    refusal(lambda: alpha(coders([1, np.inf], [1, 2]), "interval"), "inf", "numbers")


@pytest.mark.parametrize("figure", [alpha, alpha_interval, percent, cohen, fleiss, confusion])
def test_two_columns_of_one_name_are_refused(refusal, figure):
    table = pd.DataFrame([["yes", "no"], ["no", "no"]], columns=["Ana", "Ana"])
    refusal(lambda: figure(table), "'Ana'")


# Which value met which -----------------------------------------------------------------------------------------------


def test_with_two_coders_the_first_is_in_rows():
    table = confusion(YES_NO, ["no", "yes"])
    assert table.to_numpy().tolist() == [[15, 10], [5, 20]]
    assert list(table.index) == list(table.columns) == ["no", "yes"]


def test_with_more_coders_every_pair_counts_both_ways():
    table = confusion(coders(["a", "b"], ["a", "c"], ["b", None]))
    assert table.loc[["a", "b", "c"], ["a", "b", "c"]].to_numpy().tolist() == [[2, 2, 0], [2, 0, 1], [0, 1, 0]]


# From codes to ratings -----------------------------------------------------------------------------------------------

TEXT = "The cook said no. The gang left. The port closed.\n"


@pytest.fixture
def document():
    return plain_document(TEXT, "d")


@pytest.fixture
def class_of_two(document):
    """Ana and Bo agree on the first sentence, differ on the second, and both leave the third."""
    add(document, "actors", "function", "The cook", coder="Ana")
    add(document, "actors", "function", "cook", coder="Bo", note="without the article")
    add(document, "actors", "category", "The gang", coder="Ana", note="a kind of people")
    add(document, "actors", "function", "gang", coder="Bo", note="they work together")
    return codes(document)


def values(table):
    return {coder: list(column) for coder, column in table.items()}


def test_a_sentence_has_the_value_of_the_marks_that_touch_it(class_of_two):
    table = ratings(class_of_two, "actors", "function")
    assert values(table) == {"Ana": ["yes", "no", "no"], "Bo": ["yes", "yes", "no"]}
    assert [TEXT[start:end] for _, start, end in table.index] == [
        "The cook said no.", "The gang left.", "The port closed.",
    ]  # fmt: skip


def test_without_a_code_a_unit_has_the_codes_it_was_given(document, class_of_two):
    assert values(ratings(class_of_two, "actors")) == {
        "Ana": ["function", "category", "nothing"], "Bo": ["function", "function", "nothing"],
    }  # fmt: skip
    add(document, "actors", "named", "The cook", coder="Ana")
    assert ratings(codes(document), "actors")["Ana"].iloc[0] == "named + function"


def test_boilerplate_is_no_unit():
    document = markdown_document("The cook left.\n\nTheme: cooks, gangs\n", "d")
    add(document, "actors", "function", "cook", coder="Ana")
    assert all(end <= document.text.index("Theme") for _, _, end in ratings(codes(document), "actors").index)


def test_whoever_has_not_coded_a_document_is_missing_there_and_who_found_nothing_is_not():
    documents = [plain_document(TEXT, name) for name in "ab"]
    add(documents[0], "actors", "function", "gang", coder="Ana")
    add(documents[1], "actors", "function", "gang", coder="Ana")
    add(documents[0], "actors", "named", coder="Bo", value="no")
    table = ratings(codes(documents), "actors", "function")
    assert values(table.loc["a"]) == {"Ana": ["no", "yes", "no"], "Bo": ["no", "no", "no"]}
    assert list(table.loc["b"]["Ana"]) == ["no", "yes", "no"]
    assert table.loc["b"]["Bo"].isna().all()
    assert ratings(codes(documents), "actors", "function", by="document")["Bo"].iloc[0] == "no"


def test_where_whole_documents_are_judged_a_question_without_an_answer_is_missing(document):
    add(document, "entman", "cause", "The gang left.", coder="Ana", value="present")
    add(document, "entman", "cause", coder="Bo", value="absent")
    add(document, "entman", "problem", coder="Bo", value="present")
    table = codes(document)
    assert values(ratings(table, "entman", "cause")) == {"Ana": ["present"], "Bo": ["absent"]}
    assert ratings(table, "entman", "problem").isna().to_dict("list") == {"Ana": [True], "Bo": [False]}
    assert ratings(table, "entman", "remedy").isna().all(axis=None)
    assert list(agreement(table, "entman")["units"]) == [0, 1, 0, 0]
    assert list(disagreements(table, "entman")["code"]) == ["cause"]


def test_for_a_document_the_highest_mark_counts_unless_the_whole_text_was_judged(document):
    add(document, "entman", "cause", "The gang left.", coder="Ana", value="present")
    add(document, "entman", "cause", "The port closed.", coder="Ana", value="prominent")
    assert values(ratings(codes(document), "entman", "cause")) == {"Ana": ["prominent"]}
    add(document, "entman", "cause", coder="Ana", value="absent")
    assert values(ratings(codes(document), "entman", "cause")) == {"Ana": ["absent"]}
    by_sentence = ratings(codes(document), "entman", "cause", by="sentence")
    assert values(by_sentence) == {"Ana": ["absent", "present", "prominent"]}


def test_unordered_values_of_one_unit_are_joined(document):
    for words, value in (("said no", "unfavourable"), ("cook", "favourable")):
        add(document, "predication", "quality", words, coder="Ana", value=value)
    first = ratings(codes(document), "predication", "quality")["Ana"].iloc[0]
    assert first == "favourable + unfavourable"


def test_other_codebooks_do_not_count(document, class_of_two):
    add(document, "entman", "cause", coder="Cem", value="present")
    assert list(ratings(codes(document), "actors").columns) == ["Ana", "Bo"]


def test_agreement_has_a_row_a_code_and_its_figures(class_of_two):
    table = agreement(class_of_two, "actors")
    assert list(table.index) == ["named", "function", "category", "evaluated", "left-out"]
    row, by_hand = table.loc["function"], ratings(class_of_two, "actors", "function")
    assert (row["units"], row["coders"]) == (3, 2)
    assert row["percent"] == pytest.approx(2 / 3)
    assert (row["alpha"], row["cohen"], row["fleiss"]) == (alpha(by_hand), cohen(by_hand), fleiss(by_hand))
    assert (row["low"], row["high"]) == alpha_interval(by_hand)
    assert table.loc["named", "percent"] == 1
    assert np.isnan(table.loc["named", "alpha"])


def test_ordered_values_are_measured_in_their_order():
    documents = [plain_document(TEXT, name) for name in "abcd"]
    for coder, said in (("Ana", "absent prominent present absent"), ("Bo", "present prominent present absent")):
        for document, value in zip(documents, said.split(), strict=True):
            add(document, "entman", "cause", coder=coder, value=value)
    table = ratings(codes(documents), "entman", "cause")
    in_order = alpha(table, "ordinal", values=["absent", "present", "prominent"])
    assert agreement(codes(documents), "entman").loc["cause", "alpha"] == pytest.approx(in_order)


# Disagreements -------------------------------------------------------------------------------------------------------


def test_disagreements_stand_side_by_side_with_their_notes(class_of_two):
    table = disagreements(class_of_two, "actors")
    assert table.to_dict("records") == [
        {"document": "d", "text": "The gang left.", "code": "function", "divided": 1.0,
         "Ana": "no", "Bo": "yes: they work together"},
        {"document": "d", "text": "The gang left.", "code": "category", "divided": 1.0,
         "Ana": "yes: a kind of people", "Bo": "no"},
    ]  # fmt: skip


def test_the_most_divided_come_first(document):
    for number in range(4):
        add(document, "actors", "function", "cook", coder=f"coder {number}")
        if number < 2:
            add(document, "actors", "function", "gang", coder=f"coder {number}")
        if number < 1:
            add(document, "actors", "category", "port", coder=f"coder {number}")
    table = disagreements(codes(document), "actors")
    assert list(table["text"]) == ["The gang left.", "The port closed."]
    assert list(table["divided"]) == [pytest.approx(4 / 6), pytest.approx(3 / 6)]


def test_a_coder_who_is_missing_is_an_empty_cell():
    documents = [plain_document(TEXT, name) for name in "ab"]
    for coder, name, value in (("Ana", 0, "present"), ("Bo", 0, "absent"), ("Cem", 1, "absent")):
        add(documents[name], "entman", "cause", coder=coder, value=value)
    (row,) = disagreements(codes(documents), "entman").to_dict("records")
    assert row == {"document": "a", "text": "(the whole text)", "code": "cause", "divided": 1.0} | {
        "Ana": "present", "Bo": "absent", "Cem": "",
    }  # fmt: skip


def test_coders_who_are_called_like_a_column_have_one_of_their_own(document):
    for coder in ("text", "code", "document", "divided", "text (coder)"):
        add(document, "actors", "named", "gang", coder=coder)
    add(document, "actors", "function", "gang", coder="text", note="here")
    (row,) = disagreements(codes(document), "actors").to_dict("records")
    assert row == {"document": "d", "text": "The gang left.", "code": "function", "divided": 0.4} | {
        "text (coder) (coder)": "yes: here", "code (coder)": "no", "document (coder)": "no", "divided (coder)": "no",
        "text (coder)": "no",
    }  # fmt: skip


def test_without_disagreement_the_table_is_empty_and_has_its_columns(document):
    add(document, "actors", "function", "cook", coder="Ana")
    table = disagreements(codes(document), "actors")
    assert table.empty
    assert list(table.columns) == ["document", "text", "code", "divided", "Ana"]


@pytest.mark.parametrize("action", [ratings, agreement, disagreements])
def test_codes_that_are_none_are_refused(action, document, class_of_two, refusal):
    refusal(lambda: action(class_of_two, "entman"), "entman")
    refusal(lambda: action(class_of_two, "nowhere"), "nowhere")
    refusal(lambda: action(class_of_two, "actors", by="word"), "document, sentence")
    refusal(lambda: action(spans.make([], [], spans.as_corpus(document)), "actors"), "actors")
    with pytest.raises(KitError, match=r"kit\.remember"):
        action(pd.DataFrame(class_of_two.to_dict("list")), "actors")
    known = kit.remember(pd.DataFrame(class_of_two.to_dict("list")), document)
    assert len(action(known, "actors")) > 0


def test_an_unknown_code_is_refused_with_those_there_are(class_of_two, refusal):
    refusal(lambda: ratings(class_of_two, "actors", "hero"), "'hero'", "named, function")
