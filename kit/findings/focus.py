"""What lessons and exercises look at in a corpus: one party, one of its names, and two passages to practise on."""

from __future__ import annotations

from typing import NamedTuple

from ..documents.corpus import Corpus, Document
from ..documents.language import Piece
from ..documents.spans import Documents, as_corpus
from ..errors import KitError
from .naming import Stylebook, mentions, stylebook_for
from .sourcing import attributions_in

PASSAGES = 2
SENTENCES = 4  # of a passage that the kit chooses


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
    return most_named(corpus, book)


def most_named(corpus: Corpus, book: Stylebook) -> Focus:
    """Return the party that a corpus names most often, and its commonest name. Raises KitError if it names none."""
    found = mentions(corpus, book)
    if found.empty:
        raise KitError(f"No name of the stylebook stands in {corpus.name}; write the stylebook first.")
    referent = found["referent"].value_counts().index[0]
    return Focus(referent, found.loc[found["referent"] == referent, "label"].value_counts().index[0])


def passages(documents: Documents) -> Corpus:
    """Return two passages to practise on, as documents.

    They are the paragraphs that the catalogue names under `[focus]` by some of their words (`passages`). If it does
    not, they are from each of the first two documents the four sentences in which the kit finds most attributions.

    Parameters
    ----------
    documents : Corpus, Document or iterable of Document
        A corpus, bundled or one's own.
    """
    corpus = as_corpus(documents)
    wanted = corpus.about.get("focus", {}).get("passages", [])
    paragraphs = [d.text[start:end] for d in corpus for start, end in d.paragraphs]
    texts = [paragraph for words in wanted for paragraph in paragraphs if words in paragraph]
    if len(texts) < PASSAGES:
        texts = [_most_told(document) for document in list(corpus)[:PASSAGES]]
    return Corpus(Document(f"paragraph {number}", text) for number, text in enumerate(texts, 1))


def _most_told(document: Document) -> str:
    """Return the first run of sentences in which somebody is given the word as often as anywhere in the document."""
    body = [s for s in document.sentences if document.position(*s) == "body"] or [Piece(0, len(document.text))]
    cues = [a.cue_at[0][0] for a in attributions_in(document) if not a.reason]
    runs = [body[i : i + SENTENCES] for i in range(max(len(body) - SENTENCES, 0) + 1)]
    run = max(runs, key=lambda run: sum(s.start <= cue < s.end for s in run for cue in cues))
    return " ".join(document.text[s.start : s.end] for s in run)
