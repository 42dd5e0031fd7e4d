"""A kit for comparing how texts tell of one event: naming, sourcing and framing.

>>> import kit
>>> corpus = kit.load("harbour-strike")
>>> mentions = kit.mentions(corpus)
>>> kit.counts(mentions, referent="the dock workers").loc["troublemaker"].to_dict()
{'harbour-gazette': 3, 'quayside-voice': 3, 'coast-wire': 1, 'north-shore-blog': 1}
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .coding.codebooks import hints, read_codebook
from .coding.store import codes
from .documents import spans
from .documents.corpus import Corpus, Document
from .documents.layout import layout, sentences
from .documents.library import corpora, load, table, with_table
from .errors import KitError, KitWarning
from .findings.agency import agency
from .findings.focus import focus, passages
from .findings.naming import Stylebook, mentions, read_stylebook, stylebook_for
from .findings.sourcing import attributions, links
from .findings.voice import voices
from .learning.marking import check, task
from .learning.plain_errors import explain_errors
from .learning.portfolio import my_progress, portfolio
from .metrics.frequencies import counts, places, poisson_interval, rate_intervals, rates
from .metrics.reliability import agreement, alpha, confusion, disagreements, ratings
from .metrics.source_measures import effective_number, sources, sourcing_intervals, sourcing_measures, stances
from .views.cards import about
from .views.evidence import concordance, evidence, read, show

if TYPE_CHECKING:
    from .learning.coding_panel import code
    from .learning.widgets import (
        backup,
        explore,
        explore_sources,
        predict,
        prediction,
        quiz,
        upload_originals,
        verdicts,
    )
    from .views.figures import Figure, attribution_map, names_by_voice, source_ranking, sourcing_and_naming, strip
    from .views.frame_figures import agency_by_document, agreement_figure, coder_grid, frame_grid

__all__ = [
    "Corpus",
    "Document",
    "Figure",
    "KitError",
    "KitWarning",
    "Stylebook",
    "about",
    "agency",
    "agency_by_document",
    "agreement",
    "agreement_figure",
    "alpha",
    "attribution_map",
    "attributions",
    "backup",
    "check",
    "code",
    "coder_grid",
    "codes",
    "concordance",
    "confusion",
    "corpora",
    "counts",
    "disagreements",
    "effective_number",
    "evidence",
    "explain_errors",
    "explore",
    "explore_sources",
    "focus",
    "frame_grid",
    "hints",
    "layout",
    "links",
    "load",
    "mentions",
    "my_progress",
    "names_by_voice",
    "passages",
    "places",
    "poisson_interval",
    "portfolio",
    "predict",
    "prediction",
    "quiz",
    "rate_intervals",
    "rates",
    "ratings",
    "read",
    "read_codebook",
    "read_stylebook",
    "sentences",
    "show",
    "source_ranking",
    "sources",
    "sourcing_and_naming",
    "sourcing_intervals",
    "sourcing_measures",
    "spans",
    "stances",
    "strip",
    "stylebook_for",
    "table",
    "task",
    "upload_originals",
    "verdicts",
    "voices",
    "with_table",
]

# Drawing and widgets take a second to import; who only counts need not wait for them.
_LATER = {
    "Figure": "figures",
    "names_by_voice": "figures",
    "strip": "figures",
    "attribution_map": "figures",
    "source_ranking": "figures",
    "sourcing_and_naming": "figures",
    "frame_grid": "frame_figures",
    "coder_grid": "frame_figures",
    "agreement_figure": "frame_figures",
    "agency_by_document": "frame_figures",
    "code": "coder",
    "explore": "widgets",
    "explore_sources": "widgets",
    "verdicts": "widgets",
    "backup": "widgets",
    "predict": "widgets",
    "prediction": "widgets",
    "quiz": "widgets",
    "upload_originals": "widgets",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module 'kit' has no attribute {name!r}")
    return getattr(import_module(f".{_LATER[name]}", __name__), name)


def __dir__() -> list[str]:
    return __all__
