"""What lessons and exercises look at in a corpus: one party, and one of its names."""

from __future__ import annotations

from typing import NamedTuple

from .errors import KitError
from .naming import mentions, stylebook_for
from .spans import Documents, as_corpus


class Focus(NamedTuple):
    """A referent of the stylebook, and one of its labels."""

    referent: str
    word: str


def focus(documents: Documents) -> Focus:
    """Return what to look at: what the corpus' catalogue says under `[focus]`, else the party named most often.

    Parameters
    ----------
    documents : Corpus, Document or iterable of Document
        A corpus, bundled or one's own.

    Raises
    ------
    KitError
        If the catalogue names what the stylebook does not know, or no name of the stylebook stands in the texts.
    """
    corpus = as_corpus(documents)
    book = stylebook_for(corpus)
    if chosen := corpus.about.get("focus"):
        pair = Focus(str(chosen.get("referent", "")), str(chosen.get("word", "")))
        if pair not in book.labels:
            raise KitError(f"The stylebook of {corpus.name} has no label {pair.word!r} for {pair.referent!r} (focus).")
        return pair
    found = mentions(corpus, book)
    if found.empty:
        raise KitError(f"No name of the stylebook stands in {corpus.name}; write the stylebook first.")
    referent = found["referent"].value_counts().index[0]
    return Focus(referent, found.loc[found["referent"] == referent, "label"].value_counts().index[0])
