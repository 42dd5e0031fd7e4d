"""Tests lie beside each other as what they test does: a folder for each room of the kit."""

from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared"  # corpora beside the checkout, which not everybody has
