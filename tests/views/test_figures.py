"""Figures: read without colour and without eyes, and hold their numbers, whatever is or is not found."""

import io
import re
import warnings
from itertools import combinations, pairwise

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.image import imread

import kit
from kit.documents.readers import plain_document
from kit.findings.naming import Entry, Stylebook, read_stylebook
from kit.findings.voice import VOICES

STYLEBOOK = read_stylebook("aleppo-2016")
TEXT = (
    "The rebels came. The rebels left. He said “terrorists” had come. "
    "The so-called “militants” fled. The insurgents stayed."
)
PNG = b"\x89PNG\r\n\x1a\n"
DRAW = [kit.views.names_by_voice, kit.views.dispersion]
draws = pytest.mark.parametrize("draw", DRAW, ids=["names by voice", "strip"])


def mentions(*texts, names=None, meta=None):
    names = names or [f"text-{i}" for i in range(len(texts))]
    return kit.mentions([plain_document(t, n, meta or {}) for t, n in zip(texts, names, strict=True)], STYLEBOOK)


def quietly(action):
    """Do something, and fail if it warns of anything."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return action()


def alt_in_the_page(figure):
    return re.search(r'<img [^>]*alt="([^"]*)"', figure._repr_html_())[1]


# In words and numbers ------------------------------------------------------------------------------------------------


def test_the_text_alternative_tells_names_numbers_and_voices():
    figure = kit.views.names_by_voice(mentions(TEXT, "Nothing was heard."))
    for said in (
        "text-0",
        "rebel 2 (2 author)",
        "terrorist 1 (1 quoted)",
        "militant 1 (1 scare)",
        "text-1: no such name",
    ):
        assert said in figure.alt
    for said in ("text-0", "rebel 2 times", "text-1: none of these names"):
        assert said in kit.views.dispersion(mentions(TEXT, "Nothing was heard.")).alt


@draws
def test_the_text_alternative_is_in_the_image_of_the_page_and_the_numbers_beside_it(draw):
    figure = draw(mentions(TEXT))
    html = figure._repr_html_()
    assert alt_in_the_page(figure) == figure.alt
    assert 'src="data:image/png;base64,' in html
    assert "<table" in html
    assert figure.title in html
    assert figure.alt in repr(figure)


def test_the_table_holds_every_name_in_every_voice_also_zeros():
    figure = kit.views.names_by_voice(mentions(TEXT), "armed groups")
    assert figure.table.loc[("rebel", "author"), "text-0"] == 2
    assert figure.table.loc[("mercenary", "quoted"), "text-0"] == 0
    labels = {label for referent, label in STYLEBOOK.labels if referent == "armed groups"}
    assert set(figure.table.index.get_level_values("label")) == labels
    assert "n = 5" in figure.title


def test_the_table_of_the_strip_holds_every_mention_with_its_place():
    table = kit.views.dispersion(mentions(TEXT)).table
    assert list(table.columns) == ["document", "label", "voice", "place"]
    assert len(table) == 5
    assert table["place"].between(0, 1).all()
    assert list(kit.views.dispersion(mentions(TEXT), labels=["rebel"]).table["label"]) == ["rebel", "rebel"]


def test_unit_and_n_are_said():
    for figure in (kit.views.names_by_voice(mentions(TEXT)), kit.views.dispersion(mentions(TEXT))):
        assert "n = 5" in figure.title
        assert all(axis.get_xlabel() for axis in figure.canvas.axes)
    assert "18 words" in kit.views.names_by_voice(mentions(TEXT)).canvas.axes[0].get_title()


@draws
def test_quotation_marks_and_markup_in_names_do_not_leave_the_text_alternative(draw):
    name = "<script>\"a\" & 'b'"
    stylebook = Stylebook("evil", (Entry("party", name, "rebel"),))
    figure = draw(kit.mentions(plain_document("The rebels came.", name), stylebook))
    assert name in figure.alt
    html = figure._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in alt_in_the_page(figure)


# In black and white --------------------------------------------------------------------------------------------------


def luminance(colour):
    return float(np.dot(to_rgb(colour), (0.2126, 0.7152, 0.0722)))


def test_the_voices_can_be_told_apart_by_grey_and_by_hatch():
    (axis,) = kit.views.names_by_voice(mentions(TEXT)).canvas.axes
    styles = [(luminance(bars[0].get_facecolor()[:3]), bars[0].get_hatch()) for bars in axis.containers]
    assert len(styles) == len(VOICES)
    for (one, hatch), (other, another) in combinations(styles, 2):
        assert abs(one - other) > 0.1
        assert hatch != another


@draws
def test_the_picture_is_a_valid_png_without_colour(draw):
    data = draw(mentions(TEXT)).png()
    assert data.startswith(PNG)
    pixels = imread(io.BytesIO(data))[..., :3]
    assert np.ptp(pixels, axis=2).max() < 0.02
    assert pixels.min() < 0.3


def test_the_strip_tells_names_by_marker_and_voices_by_filling():
    (axis,) = kit.views.dispersion(mentions(TEXT)).canvas.axes
    legend = axis.figure.legends[0]
    assert len(legend.get_texts()) == 4
    paths = [marks.get_paths()[0] for marks in axis.collections if marks.get_paths()]
    shapes = {str(path.vertices.round(3).tolist()) for path in paths}
    assert len(shapes) == 4
    assert "hollow" in legend.get_title().get_text()


# Whatever is found ---------------------------------------------------------------------------------------------------


@draws
@pytest.mark.parametrize(
    "table",
    [
        lambda: mentions("Nothing was heard."),
        lambda: mentions(TEXT).query("label == 'mercenary'"),
        lambda: mentions(""),
    ],
    ids=["none", "chosen", "no text"],
)
def test_a_figure_without_mentions_draws_says_so_and_warns_of_nothing(draw, table):
    figure = quietly(lambda: draw(table()))
    assert quietly(figure.png).startswith(PNG)
    assert "n = 0" in figure.title
    assert figure.alt.strip()
    assert quietly(figure._repr_html_)


@draws
@pytest.mark.parametrize("n", [0, 13])
def test_a_figure_says_how_many_documents_it_has_room_for(draw, n):
    corpus = kit.Corpus(kit.Document(f"d{i}", "Rebels.") for i in range(n))
    with pytest.raises(kit.KitError, match="room for 1 to 12"):
        draw(kit.mentions(corpus, STYLEBOOK))


@draws
def test_one_mention_is_enough(draw):
    assert quietly(draw(mentions("Rebels.")).png).startswith(PNG)


@pytest.mark.slow
@draws
@pytest.mark.parametrize("n", [1, 2, 4, 8])
def test_panels_and_names_of_documents_do_not_run_into_each_other(draw, n):
    names = [f"harbour-gazette-{i}" for i in range(n)]
    table = mentions(*[TEXT] * n, names=names, meta={"label": "TEACHING EDITION"})
    figure = quietly(lambda: draw(table))
    quietly(figure.canvas.draw_without_rendering)
    axes = figure.canvas.axes
    texts = [axis.title for axis in axes] if len(axes) > 1 else [*axes[0].get_yticklabels(), axes[0].title]
    boxes = [text.get_window_extent() for text in texts if text.get_text()]
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    assert all(figure.canvas.bbox.padded(1).contains(*corner) for box in boxes for corner in (box.min, box.max))


def test_the_voices_of_one_name_stand_beside_each_other_and_add_up():
    text = "The rebels came. He said “rebels” came. The “rebels” came."
    (axis,) = kit.views.names_by_voice(mentions(text)).canvas.axes
    bars = [container[0] for container in axis.containers]
    for left, right in pairwise(bars):
        assert right.get_x() == pytest.approx(left.get_x() + left.get_width())
    assert sum(bar.get_width() for bar in bars) == 3


@draws
@pytest.mark.parametrize("name", ["cost $5 or $6", r"a$\frac$b", "_under_", "{brace}", "50 %"])
def test_a_name_is_drawn_as_it_is_and_never_as_a_formula(draw, name):
    stylebook = Stylebook("own", (Entry("party", name, "rebel"),))
    figure = draw(kit.mentions(plain_document("The rebels came.", name, {"label": name}), stylebook))
    assert figure.png().startswith(PNG)


def test_more_panels_than_can_be_read_are_refused_in_one_line_that_says_what_to_do():
    with pytest.raises(kit.KitError) as caught:
        kit.views.names_by_voice(mentions(*["Rebels."] * 40))
    assert "\n" not in str(caught.value)


def test_the_strip_draws_at_most_as_many_names_as_it_has_marks_and_says_how_many():
    names = "Terrorists rebels insurgents militants fighters jihadists extremists mercenaries attackers proxies"
    table = mentions(", ".join(names.split()))
    figure = kit.views.dispersion(table, labels=list(table["label"]))
    assert len(figure.table) == 8
    assert "n = 8" in figure.title


@pytest.mark.parametrize(
    "draw",
    [kit.views.names_by_voice, kit.views.dispersion, kit.views.explore],
    ids=["names by voice", "strip", "explore"],
)
def test_a_table_without_labels_is_refused_in_one_line(draw):
    for table in (kit.sentences(plain_document(TEXT, "d")), kit.findings.voices(plain_document(TEXT, "d"))):
        with pytest.raises(kit.KitError):
            draw(table)


@draws
def test_a_referent_can_be_chosen(draw):
    table = mentions("The rebels and the army came.")
    assert "n = 1" in draw(table, referent="Syrian state").title
    assert "rebel" not in draw(table, referent="Syrian state").alt


# Saved ---------------------------------------------------------------------------------------------------------------


@draws
def test_a_figure_is_saved_as_png_with_its_text_alternative_inside(draw, tmp_path):
    figure = draw(mentions(TEXT))
    figure.save(tmp_path / "new" / "figure.png")
    data = (tmp_path / "new" / "figure.png").read_bytes()
    assert data.startswith(PNG)
    assert b"Description" in data


def test_a_figure_that_cannot_be_saved_says_so(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(kit.KitError, match="cannot be written"):
        kit.views.dispersion(mentions(TEXT)).save(tmp_path / "file" / "figure.png")


def test_drawing_does_not_change_the_settings_of_others():
    from matplotlib import rcParams

    before = dict(rcParams)
    kit.views.names_by_voice(mentions(TEXT)).png()
    assert dict(rcParams) == before


# Sourcing ------------------------------------------------------------------------------------------------------------

SAID = (
    "The mayor said the rebels had fled. “The rebels came late and we fled,” said Lina Saab. The rebels left. "
    "Saab told reporters the town was “a ruin”."
)
DRAW_SOURCES = [kit.views.attribution_map, kit.views.source_ranking]
draws_sources = pytest.mark.parametrize("draw", DRAW_SOURCES, ids=["attribution map", "source ranking"])
DRAW_SOURCING = [*((draw, "attributions") for draw in DRAW_SOURCES), (kit.views.sourcing_and_naming, "mentions")]
draws_sourcing = pytest.mark.parametrize(
    ("draw", "what"), DRAW_SOURCING, ids=["attribution map", "source ranking", "sourcing and naming"]
)


def found(what, *texts, names=None):
    names = names or [f"text-{i}" for i in range(len(texts))]
    documents = [plain_document(text, name) for text, name in zip(texts, names, strict=True)]
    return kit.mentions(documents, STYLEBOOK) if what == "mentions" else kit.attributions(documents)


def attributions(*texts, names=None):
    return found("attributions", *texts, names=names)


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
    figure = kit.views.sourcing_and_naming(found("mentions", SAID), "rebel")
    rows = figure.table.set_index("of")
    assert rows.loc["rebel", list(VOICES)].to_dict() == {"author": 1, "quoted": 1, "reported": 1, "scare": 0}
    assert rows.loc["words", list(VOICES)].sum() == plain_document(SAID, "d").word_count
    for said in ("text-0, rebel (n = 3): 33% author, 33% quoted, 33% reported", "text-0, words (n = 28)"):
        assert said in figure.alt
    assert "rebel" in figure.title
    labels = [label.get_text() for label in figure.canvas.axes[0].get_yticklabels()]
    assert sorted(labels) == ["text-0: rebel (n = 3)", "text-0: words (n = 28)"]


def test_all_names_are_drawn_unless_one_is_chosen_even_one_that_never_occurs():
    table = found("mentions", f"{SAID} The terrorists left.")
    for label, number in {None: 4, "terrorist": 1, "mercenary": 0}.items():
        assert kit.views.sourcing_and_naming(table, label).table[list(VOICES)].iloc[1].sum() == number
    assert "mercenary (n = 0): none" in kit.views.sourcing_and_naming(table, "mercenary").alt


def test_a_name_that_no_stylebook_knows_is_refused(refusal):
    refusal(lambda: kit.views.sourcing_and_naming(found("mentions", SAID), "pirate"), "pirate")


def test_the_bars_of_words_and_of_names_are_equally_long():
    (axis,) = kit.views.sourcing_and_naming(found("mentions", SAID), "rebel").canvas.axes
    ends = [sum(bars[row].get_width() for bars in axis.containers) for row in range(2)]
    assert ends == [pytest.approx(1)] * 2


@draws_sourcing
def test_a_figure_of_sourcing_has_its_alternative_and_its_numbers_on_the_page(draw, what):
    figure = quietly(lambda: draw(found(what, SAID)))
    html = figure._repr_html_()
    assert alt_in_the_page(figure) == figure.alt
    assert figure.title in html.replace("&amp;", "&")
    assert "<table" in html
    assert all(axis.get_xlabel() for axis in figure.canvas.axes)


@draws_sourcing
def test_a_figure_of_sourcing_is_a_png_without_colour(draw, what):
    data = draw(found(what, SAID)).png()
    assert data.startswith(PNG)
    assert np.ptp(imread(io.BytesIO(data))[..., :3], axis=2).max() < 0.02


@draws_sourcing
@pytest.mark.parametrize("text", ["", "Nothing was heard.", "“"])
def test_a_figure_of_sourcing_without_anything_found_draws_and_warns_of_nothing(draw, what, text):
    figure = quietly(lambda: draw(found(what, text)))
    assert quietly(figure.png).startswith(PNG)
    assert "text-0" in figure.alt
    assert quietly(figure._repr_html_)


@draws_sourcing
@pytest.mark.parametrize("n", [0, 13])
def test_a_figure_of_sourcing_says_how_many_documents_it_has_room_for(draw, what, n, refusal):
    refusal(lambda: draw(found(what, *[SAID] * n)), "room for 1 to 12")


@draws_sourcing
def test_a_figure_of_sourcing_needs_the_documents(draw, what, refusal):
    lost = found(what, SAID).copy()
    lost.attrs.clear()
    refusal(lambda: draw(lost), "corpus")
    assert draw(kit.remember(lost, plain_document(SAID, "text-0"))).alt


@pytest.mark.slow
@draws_sourcing
@pytest.mark.parametrize("name", ["cost $5 or $6", r"a$\frac$b", "<script>&", "50 %"])
def test_a_document_s_name_is_drawn_as_it_is(draw, what, name):
    figure = draw(found(what, SAID, names=[name]))
    assert figure.png().startswith(PNG)
    assert name in figure.alt
    assert "<script>" not in figure._repr_html_()


@draws_sources
def test_a_speaker_s_name_is_drawn_as_it_is(draw):
    table = attributions(SAID).assign(speaker=r"a$\frac$b <script>")
    figure = draw(table)
    assert figure.png().startswith(PNG)
    assert "<script>" not in figure._repr_html_()


@pytest.mark.slow
@draws_sourcing
@pytest.mark.parametrize("n", [1, 2, 4, 12])
def test_titles_and_names_of_sourcing_do_not_run_into_each_other(draw, what, n):
    figure = quietly(lambda: draw(found(what, *[SAID] * n, names=[f"harbour-gazette-{i}" for i in range(n)])))
    quietly(figure.canvas.draw_without_rendering)
    axes = figure.canvas.axes
    texts = [text for axis in axes for text in (*axis.get_yticklabels(), axis._left_title)]
    boxes = [text.get_window_extent() for text in texts if text.get_text()]
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    assert all(figure.canvas.bbox.padded(1).contains(*corner) for box in boxes for corner in (box.min, box.max))


@draws_sources
def test_mentions_are_no_attributions(draw, refusal):
    refusal(lambda: draw(found("mentions", SAID)))


def test_attributions_are_no_mentions(refusal):
    refusal(lambda: kit.views.sourcing_and_naming(attributions(SAID)))
