"""Documents: read from files or the shelf of corpora, divided into sentences and words; and span tables."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
