"""Odd texts, on which rules made of patterns may never end: how long they take, `growth` tells."""

import pytest

from .growth import NEW_NAMES, PIECES, READERS, odd_text


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::kit.errors.KitWarning")
@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_odd_texts_are_read_to_their_end(read):
    for piece in [*PIECES, NEW_NAMES]:
        read(odd_text(piece, 4000))
