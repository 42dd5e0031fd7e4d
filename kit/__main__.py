"""`python -m kit` is the command `kit`."""

from .cli import main

main()
