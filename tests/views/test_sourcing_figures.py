"""Figures of sourcing: who speaks where, whom a text gives the word, and in whose voice its words and names are."""

import pytest

import kit
from kit.documents.readers import plain_document
from kit.findings.voice import VOICES
from tests.views.test_figure import PNG, STYLEBOOK, luminance

SAID = (
    "The mayor said the rebels had fled. “The rebels came late and we fled,” said Lina Saab. The rebels left. "
    "Saab told reporters the town was “a ruin”."
)


def attributions(*texts):
    return kit.attributions([plain_document(text, f"text-{i}") for i, text in enumerate(texts)])


def mentions(text):
    return kit.mentions(plain_document(text, "text-0"), STYLEBOOK)


def test_the_map_tells_who_speaks_where_in_words_and_numbers():
    figure = kit.views.attribution_map(attributions(SAID, "Nothing was heard."))
    for said in ("text-0: 3 attributions (person 2, official 1)", "text-1: 0 attributions"):
        assert said in figure.alt
    assert "n = 3" in figure.title
    assert list(figure.table.columns) == ["document", "speaker", "source_type", "kind", "begins", "ends"]
    assert list(figure.table["kind"]) == ["indirect", "direct", "mixed"]
    assert figure.table["begins"].iloc[0] == 0
    assert figure.table["ends"].iloc[-1] == 1
    assert (figure.table["begins"] < figure.table["ends"]).all()
    assert figure.table["begins"].is_monotonic_increasing


def test_the_map_has_a_strip_a_document_and_a_lane_a_type_of_source():
    axes = kit.views.attribution_map(attributions(SAID, "The army said so.")).canvas.axes
    lanes = [[label.get_text() for label in axis.get_yticklabels()] for axis in axes]
    assert lanes == [["military", "official", "person"]] * 2
    bars = [[bar.get_y() + bar.get_height() / 2 for bars in axis.containers for bar in bars] for axis in axes]
    assert sorted(round(place) for place in bars[0]) == [1, 2, 2]
    assert [round(place) for place in bars[1]] == [0]
    assert all(axis.get_xlim() == (0, 1) for axis in axes)


def test_the_kinds_of_speech_can_be_told_apart_by_hatch():
    (axis,) = kit.views.attribution_map(attributions(SAID)).canvas.axes
    hatches = {bar.get_hatch() for bars in axis.containers for bar in bars}
    assert len(hatches) == 3


def test_the_ranking_tells_the_busiest_first_in_words_and_numbers():
    figure = kit.views.source_ranking(attributions(SAID, "Nothing was heard."))
    for said in ("text-0: Lina Saab 2 (named), mayor 1 (not named)", "text-1: nobody"):
        assert said in figure.alt
    assert "n = 3" in figure.title
    assert figure.table.equals(kit.metrics.sources(attributions(SAID, "Nothing was heard.")))


def test_the_ranking_draws_as_many_as_asked_and_its_table_holds_all():
    figure = kit.views.source_ranking(attributions(SAID), most=1)
    (axis,) = figure.canvas.axes
    assert [label.get_text() for label in axis.get_yticklabels()] == ["Lina Saab (person)"]
    assert "mayor" not in figure.alt
    assert list(figure.table["speaker"]) == ["Lina Saab", "mayor"]


def test_named_and_unnamed_sources_can_be_told_apart():
    (axis,) = kit.views.source_ranking(attributions(SAID)).canvas.axes
    bars = [bar for bars in axis.containers for bar in bars]
    assert len({(luminance(bar.get_facecolor()[:3]) > 0.5, bar.get_hatch()) for bar in bars}) == 2
    assert {text.get_text() for text in axis.figure.legends[0].get_texts()} == {"named", "not named"}


@pytest.mark.parametrize("most", [0, -1])
def test_a_ranking_of_nobody_is_refused(most, refusal):
    refusal(lambda: kit.views.source_ranking(attributions(SAID), most=most), "at least one")


def test_sourcing_stands_beside_naming_in_words_and_numbers():
    figure = kit.views.sourcing_and_naming(mentions(SAID), "rebel")
    rows = figure.table.set_index("of")
    assert rows.loc["rebel", list(VOICES)].to_dict() == {"author": 1, "quoted": 1, "reported": 1, "scare": 0}
    assert rows.loc["words", list(VOICES)].sum() == plain_document(SAID, "d").word_count
    for said in ("text-0, rebel (n = 3): 33% author, 33% quoted, 33% reported", "text-0, words (n = 28)"):
        assert said in figure.alt
    assert "rebel" in figure.title
    labels = [label.get_text() for label in figure.canvas.axes[0].get_yticklabels()]
    assert sorted(labels) == ["text-0: rebel (n = 3)", "text-0: words (n = 28)"]


def test_all_names_are_drawn_unless_one_is_chosen_even_one_that_never_occurs():
    table = mentions(f"{SAID} The terrorists left.")
    for label, number in {None: 4, "terrorist": 1, "mercenary": 0}.items():
        assert kit.views.sourcing_and_naming(table, label).table[list(VOICES)].iloc[1].sum() == number
    assert "mercenary (n = 0): none" in kit.views.sourcing_and_naming(table, "mercenary").alt


def test_a_name_that_no_stylebook_knows_is_refused(refusal):
    refusal(lambda: kit.views.sourcing_and_naming(mentions(SAID), "pirate"), "pirate")


def test_the_bars_of_words_and_of_names_are_equally_long():
    (axis,) = kit.views.sourcing_and_naming(mentions(SAID), "rebel").canvas.axes
    ends = [sum(bars[row].get_width() for bars in axis.containers) for row in range(2)]
    assert ends == [pytest.approx(1)] * 2


@pytest.mark.parametrize("draw", [kit.views.attribution_map, kit.views.source_ranking])
def test_a_speaker_s_name_is_drawn_as_it_is(draw):
    table = attributions(SAID).assign(speaker=r"a$\frac$b <script>")
    figure = draw(table)
    assert figure.png().startswith(PNG)
    assert "<script>" not in figure._repr_html_()
