"""A kit for comparing how texts tell of one event: naming, sourcing and framing."""

from .corpus import Corpus, Document
from .errors import KitError, KitWarning
from .library import corpora, load, table
from .measures import counts, places, poisson_interval, rate_intervals, rates
from .naming import mentions, read_stylebook
from .voice import voices
