"""Findings, from documents to span tables: naming, sourcing, voice, agency, and hints at where to read."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
