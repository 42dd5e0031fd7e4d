"""Make the README's picture from the real thing: `python -m tests.pictures`."""

from __future__ import annotations

from pathlib import Path

import kit

PICTURE = Path(__file__).resolve().parent.parent / ".github" / "names-by-voice.png"


def main() -> None:
    corpus = kit.load("aleppo-2016", edition="teaching")
    figure = kit.names_by_voice(kit.mentions(corpus), "armed groups")
    figure.save(PICTURE)
    print(figure)


if __name__ == "__main__":
    main()
