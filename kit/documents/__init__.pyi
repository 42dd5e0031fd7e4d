from .library import corpora as corpora
from .library import with_reference as with_reference
