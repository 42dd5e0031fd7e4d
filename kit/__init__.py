"""A kit for comparing how texts tell of one event: naming, sourcing and framing.

What lessons use stands here; the rest in its room (`kit.metrics`, `kit.views` …). Both are listed in `__init__.pyi`,
and imported when they are first used: who only counts need not wait for drawing.

>>> import kit
>>> corpus = kit.load("harbour-strike")
>>> mentions = kit.mentions(corpus)
>>> kit.counts(mentions, referent="the dock workers").loc["troublemaker"].to_dict()
{'harbour-gazette': 3, 'quayside-voice': 3, 'coast-wire': 1, 'north-shore-blog': 1}
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
