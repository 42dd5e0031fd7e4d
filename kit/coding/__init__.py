"""Coding by people: codebooks, the codes they make by them, and the exchange of codes between coders."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
