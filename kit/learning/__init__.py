"""What a learner does: lessons’ questions, exercises, coding; kept, packed and written out."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
