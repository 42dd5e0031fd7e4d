"""Measure again, and renew the figures and tables that ship: `python -m tests.validation [NAME ...]`.

Without names everything is measured. What the tests call another figure than measured is mended by this, and then seen
in `git diff`.
"""

from __future__ import annotations

import sys
from importlib import import_module

from .. import SHARED

NEEDS = {
    "reference": ["corpora/fa-kes"],
    "attributions": [],
    "new_articles": ["corpora/fa-kes", "corpora/narrative-frames"],
    "polnear": ["corpora/polnear", "tools"],
    "fa_kes": ["corpora/fa-kes"],
    "frames": [],
    "agreement": ["corpora/narrative-frames"],
    "hint_scores": ["corpora/narrative-frames"],
    "own_hints": [],
    "agency_scores": ["corpora/ud-passives"],
    "sentence_scores": ["corpora/ud-passives"],
    "fidelity": ["documents"],
}


def main(names: list[str]) -> None:
    """Measure what has these names, or all."""
    if unknown := set(names) - set(NEEDS):
        sys.exit(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(NEEDS)}")
    for name in names or NEEDS:
        print(f"\n== {name}")
        if missing := [folder for folder in NEEDS[name] if not (SHARED / folder).is_dir()]:
            print(f"skipped: needs {' and '.join(f'../shared/{folder}' for folder in missing)}")
        else:
            import_module(f".{name}", __package__).main()


if __name__ == "__main__":
    main(sys.argv[1:])
