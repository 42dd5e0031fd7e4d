"""Every figure: read without colour and without eyes, with its numbers beside it, whatever is or is not found."""

import html
import io
import re
import warnings
from itertools import combinations

import numpy as np
import pytest
from matplotlib import rcParams
from matplotlib.colors import to_rgb
from matplotlib.image import imread

import kit
from kit.coding import store
from kit.documents.readers import plain_document
from kit.findings.naming import read_stylebook

STYLEBOOK = read_stylebook("aleppo-2016")
TEXT = (
    "The rebels came. He said “terrorists” had come. The so-called “militants” fled. The mayor said the town was cut. "
    "The gang was restored by the port. The killing of insurgents, too."
)
EVIL = "<script>\"a\" & 'b' $\\frac$"
PNG = b"\x89PNG\r\n\x1a\n"


def mentions(documents):
    return kit.mentions(documents, STYLEBOOK)


def codes(documents):
    for document in documents:
        for coder, value in {"Ana": "prominent", "Bo": "absent", EVIL: "present"}.items():
            store.add(document, "entman", "problem", coder=coder, value=value)
    return kit.coding.codes(documents)


FIGURES = {
    "names by voice": (mentions, kit.views.names_by_voice),
    "strip": (mentions, kit.views.dispersion),
    "sourcing and naming": (mentions, kit.views.sourcing_and_naming),
    "attribution map": (kit.attributions, kit.views.attribution_map),
    "source ranking": (kit.attributions, kit.views.source_ranking),
    "agency": (kit.agency, kit.views.agency_by_document),
    "frames": (codes, lambda table: kit.views.frame_grid(table, "entman")),
    "coders": (codes, lambda table: kit.views.coder_grid(table, "entman", table["document"].iloc[0])),
    "agreement": (
        lambda documents: kit.metrics.agreement(codes(documents), "entman"),
        kit.views.agreement_figure,
    ),
}
OF_DOCUMENTS = [name for name in FIGURES if name not in ("coders", "agreement")]  # these have room for some
each = pytest.mark.parametrize("which", FIGURES)
each_of_documents = pytest.mark.parametrize("which", OF_DOCUMENTS)


def corpus(*texts, names=None, **meta):
    names = names or [f"harbour-gazette-{i}" for i in range(len(texts))]
    return kit.Corpus(plain_document(text, name, meta) for text, name in zip(texts, names, strict=True))


def drawn(which, documents):
    find, draw = FIGURES[which]
    return quietly(lambda: draw(find(documents)))


def quietly(action):
    """Do something, and fail if it warns of anything."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return action()


def luminance(colour):
    return float(np.dot(to_rgb(colour), (0.2126, 0.7152, 0.0722)))


@each
def test_the_text_alternative_is_in_the_image_of_the_page_and_title_and_numbers_beside_it(which):
    figure = drawn(which, corpus(TEXT))
    page = quietly(figure._repr_html_)
    assert html.unescape(re.search(r'<img alt="([^"]*)"', page)[1]) == figure.alt
    assert 'src="data:image/png;base64,' in page
    assert figure.title in html.unescape(page)
    assert "<table" in page
    assert repr(figure).splitlines() == [figure.title, figure.alt]


@each
def test_the_picture_is_a_valid_png_without_colour(which):
    data = quietly(drawn(which, corpus(TEXT)).png)
    assert data.startswith(PNG)
    pixels = imread(io.BytesIO(data))[..., :3]
    assert np.ptp(pixels, axis=2).max() < 0.02
    assert pixels.min() < 0.3


@pytest.mark.slow
@each
def test_what_a_document_is_called_is_drawn_as_it_is_and_never_as_a_formula_or_as_markup(which):
    names = [EVIL, "cost $5 or $6", "_under_", "{brace}", "50 %"]
    figure = drawn(which, corpus(*[TEXT] * len(names), names=names, label=EVIL))
    assert quietly(figure.png).startswith(PNG)
    assert which not in OF_DOCUMENTS or all(name in figure.alt for name in names)
    assert "<script>" not in figure._repr_html_()


@each
@pytest.mark.parametrize("text", ["", "Nothing was heard.", "“"])
def test_a_figure_of_a_text_in_which_nothing_is_found_is_drawn(which, text):
    figure = drawn(which, corpus(text))
    assert quietly(figure.png).startswith(PNG)
    assert figure.alt.strip()
    assert quietly(figure._repr_html_)


@each_of_documents
@pytest.mark.parametrize("n", [0, 13])
def test_a_figure_says_how_many_documents_it_has_room_for(which, n, refusal):
    refusal(lambda: drawn(which, corpus(*[TEXT] * n)), "room for 1 to 12", "choose some")


@each_of_documents
def test_a_figure_needs_the_documents(which, refusal):
    find, draw = FIGURES[which]
    documents = corpus(TEXT)
    lost = find(documents).copy()
    lost.attrs.clear()
    refusal(lambda: draw(lost), "kit.remember")
    assert draw(kit.remember(lost, documents)).alt


@pytest.mark.slow
@each
@pytest.mark.parametrize("n", [1, 2, 4, 12])
def test_titles_and_names_do_not_run_into_each_other_nor_out_of_the_picture(which, n):
    figure = drawn(which, corpus(*[TEXT] * n, label="TEACHING EDITION"))
    quietly(figure.canvas.draw_without_rendering)
    boxes = [text.get_window_extent() for axis in figure.canvas.axes for text in texts(axis) if text.get_text()]
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    assert all(figure.canvas.bbox.padded(1).contains(*corner) for box in boxes for corner in (box.min, box.max))


def texts(axis):
    """What is written at an axis: names, titles on the left and in the middle, and what stands in the picture."""
    low, high = axis.get_xlim()
    below = [label for label in axis.get_xticklabels() if low <= label.get_position()[0] <= high]
    beside = [label for label in axis.get_yticklabels() if label.get_visible()]
    return [*below, *beside, *axis.texts, axis.title, axis._left_title] if axis.get_visible() else []


# Saved ---------------------------------------------------------------------------------------------------------------


def test_a_figure_is_saved_as_png_with_its_text_alternative_inside(tmp_path):
    drawn("strip", corpus(TEXT)).save(tmp_path / "new" / "figure.png")
    data = (tmp_path / "new" / "figure.png").read_bytes()
    assert data.startswith(PNG)
    assert b"Description" in data


def test_a_figure_that_cannot_be_saved_says_so(tmp_path, refusal):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    refusal(lambda: drawn("strip", corpus(TEXT)).save(tmp_path / "file" / "figure.png"), "cannot be written")


def test_drawing_does_not_change_the_settings_of_others():
    before = dict(rcParams)
    drawn("names by voice", corpus(TEXT)).png()
    assert dict(rcParams) == before


# Of what they are not -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("draw", "wanted"),
    [
        (kit.views.names_by_voice, "label"),
        (kit.views.dispersion, "kit.mentions"),
        (kit.views.sourcing_and_naming, "kit.mentions"),
        (kit.views.explore, "kit.mentions"),
        (kit.views.attribution_map, "kit.attributions"),
        (kit.views.source_ranking, "kit.attributions"),
        (kit.views.agency_by_document, "kit.agency"),
        (kit.views.agreement_figure, "kit.metrics.agreement"),
    ],
)
def test_another_table_is_refused_in_one_line_that_says_what_is_wanted(draw, wanted, refusal):
    refusal(lambda: draw(kit.sentences(corpus(TEXT))), wanted)
