from .codebooks import Codebook as Codebook
from .exchange import export as export
from .exchange import merge as merge
from .store import add as add
from .store import codes as codes
from .store import remove as remove
from .store import undo as undo
