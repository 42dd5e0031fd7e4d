"""Views: sentences behind a number, concordances, cards, figures, and panels to explore."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
