"""A document may be called whatever its file is called, also like a column of a table."""

import pytest

import kit
from kit.documents.readers import plain_document

ODD_NAMES = ["voice", "label", "document", "measure", "error", "referent", "code", "text", "position", "index"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_document_may_be_called_like_a_column(name):
    corpus = kit.Corpus(
        [plain_document("The rebels left, he said. The town was taken.", called) for called in (name, "other")]
    )
    found, said, acts = kit.mentions(corpus, "aleppo-2016"), kit.attributions(corpus), kit.agency(corpus)
    shown = [
        kit.counts(found),
        kit.counts(found, ["referent", "voice"]),
        kit.rates(found, "voice"),
        kit.sourcing_measures(said),
        kit.metrics.sources(said),
        kit.evidence(found),
        kit.concordance(found),
        corpus.table(),
    ]
    for table in shown:
        page = kit.show(table)
        assert page._repr_html_()
        assert repr(page)
    assert kit.show(corpus, found)._repr_html_()
    for figure in (
        kit.views.names_by_voice(found),
        kit.views.dispersion(found),
        kit.views.sourcing_and_naming(found),
        kit.views.attribution_map(said),
        kit.views.source_ranking(said),
        kit.views.agency_by_document(acts),
    ):
        assert figure._repr_html_()
        assert name in figure.alt
