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
from kit.naming import Entry, Stylebook, read_stylebook
from kit.readers import plain_document

STYLEBOOK = read_stylebook("aleppo-2016")
TEXT = (
    "The rebels came. The rebels left. He said “terrorists” had come. "
    "The so-called “militants” fled. The insurgents stayed."
)
PNG = b"\x89PNG\r\n\x1a\n"
DRAW = [kit.names_by_voice, kit.strip]
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
    figure = kit.names_by_voice(mentions(TEXT, "Nothing was heard."))
    for said in (
        "text-0",
        "rebel 2 (2 author)",
        "terrorist 1 (1 quoted)",
        "militant 1 (1 scare)",
        "text-1: no such name",
    ):
        assert said in figure.alt
    for said in ("text-0", "rebel 2 times", "text-1: none of these names"):
        assert said in kit.strip(mentions(TEXT, "Nothing was heard.")).alt


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
    figure = kit.names_by_voice(mentions(TEXT), "armed groups")
    assert figure.table.loc[("rebel", "author"), "text-0"] == 2
    assert figure.table.loc[("mercenary", "quoted"), "text-0"] == 0
    labels = {label for referent, label in STYLEBOOK.labels if referent == "armed groups"}
    assert set(figure.table.index.get_level_values("label")) == labels
    assert "n = 5" in figure.title


def test_the_table_of_the_strip_holds_every_mention_with_its_place():
    table = kit.strip(mentions(TEXT)).table
    assert list(table.columns) == ["document", "label", "voice", "place"]
    assert len(table) == 5
    assert table["place"].between(0, 1).all()
    assert list(kit.strip(mentions(TEXT), labels=["rebel"]).table["label"]) == ["rebel", "rebel"]


def test_unit_and_n_are_said():
    for figure in (kit.names_by_voice(mentions(TEXT)), kit.strip(mentions(TEXT))):
        assert "n = 5" in figure.title
        assert all(axis.get_xlabel() for axis in figure.canvas.axes)
    assert "18 words" in kit.names_by_voice(mentions(TEXT)).canvas.axes[0].get_title()


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
    (axis,) = kit.names_by_voice(mentions(TEXT)).canvas.axes
    styles = [(luminance(bars[0].get_facecolor()[:3]), bars[0].get_hatch()) for bars in axis.containers]
    assert len(styles) == 3
    for (one, hatch), (other, another) in combinations(styles, 2):
        assert abs(one - other) > 0.2
        assert hatch != another


@draws
def test_the_picture_is_a_valid_png_without_colour(draw):
    data = draw(mentions(TEXT)).png()
    assert data.startswith(PNG)
    pixels = imread(io.BytesIO(data))[..., :3]
    assert np.ptp(pixels, axis=2).max() < 0.02
    assert pixels.min() < 0.3


def test_the_strip_tells_names_by_marker_and_voices_by_filling():
    (axis,) = kit.strip(mentions(TEXT)).canvas.axes
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
    (axis,) = kit.names_by_voice(mentions(text)).canvas.axes
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
        kit.names_by_voice(mentions(*["Rebels."] * 40))
    assert "\n" not in str(caught.value)


def test_the_strip_draws_at_most_as_many_names_as_it_has_marks_and_says_how_many():
    names = "Terrorists rebels insurgents militants fighters jihadists extremists mercenaries attackers proxies"
    table = mentions(", ".join(names.split()))
    figure = kit.strip(table, labels=list(table["label"]))
    assert len(figure.table) == 8
    assert "n = 8" in figure.title


@pytest.mark.parametrize(
    "draw", [kit.names_by_voice, kit.strip, kit.explore], ids=["names by voice", "strip", "explore"]
)
def test_a_table_without_labels_is_refused_in_one_line(draw):
    for table in (kit.sentences(plain_document(TEXT, "d")), kit.voices(plain_document(TEXT, "d"))):
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
        kit.strip(mentions(TEXT)).save(tmp_path / "file" / "figure.png")


def test_drawing_does_not_change_the_settings_of_others():
    from matplotlib import rcParams

    before = dict(rcParams)
    kit.names_by_voice(mentions(TEXT)).png()
    assert dict(rcParams) == before
