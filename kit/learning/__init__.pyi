from .uploads import pack_my_work as pack_my_work
from .uploads import upload_originals as upload_originals
from .verdicts import explore_sources as explore_sources
from .verdicts import verdicts as verdicts
