"""Measures: what is counted, divided and compared, with its error; span tables in, tables of numbers out."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
