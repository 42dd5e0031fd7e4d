from .source_explorer import explore_sources as explore_sources
from .source_explorer import verdicts as verdicts
from .uploads import pack_my_work as pack_my_work
from .uploads import upload_originals as upload_originals
