"""`python -m kit` is the command `kit`."""

import sys

if not sys.flags.safe_path:
    del sys.path[0]  # the folder one stands in: a pandas.py that lies there is not the one meant

from .cli import main

main()
