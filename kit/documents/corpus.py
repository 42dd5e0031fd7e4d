"""Documents and collections of them: what everything else is measured on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from itertools import pairwise
from operator import attrgetter
from typing import Any, NamedTuple, Protocol, TypeVar

import pandas as pd

from .. import html
from ..errors import KitError
from .language import Piece, Quotation, is_english, paragraphs, quotations, split_sentences, words


class Region(NamedTuple):
    """A stretch of a document that its layout sets off.

    `kind` is `heading`, `blockquote`, `link` or `boilerplate`; `detail` is a link's target, or why a stretch is
    boilerplate. `start` and `end` are characters of the document's text, `end` exclusive.
    """

    kind: str
    start: int
    end: int
    detail: str = ""


class _Stretch(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_S = TypeVar("_S", bound=_Stretch)
_START = attrgetter("start")


def touching(stretches: Sequence[_S], start: int, end: int) -> list[_S]:
    """Return the stretches that a span touches, of some that are sorted and do not overlap, the last first."""
    last = bisect_left(stretches, end, key=_START) - 1
    found = []
    while last >= 0 and stretches[last].end > start:
        found.append(stretches[last])
        last -= 1
    return found


@dataclass(frozen=True)
class Document:
    """One text, its layout, and what is known about it.

    Attributes
    ----------
    name : str
        What span tables call it in their column `document`.
    text : str
        The whole text, boilerplate included; every offset of the kit counts characters of it.
    meta : mapping of str to str
        Title, outlet, date, label and whatever else its source says.
    regions : tuple of Region
        Headings, block quotations, links and boilerplate, by start.
    """

    name: str
    text: str
    meta: Mapping[str, str] = field(default_factory=dict)
    regions: tuple[Region, ...] = ()

    def __hash__(self) -> int:
        return hash((self.name, self.text))  # not of meta, which may be any mapping

    def of_kind(self, kind: str) -> list[Region]:
        """Return the regions of one kind, by start."""
        return list(self._by_kind.get(kind, ()))

    @cached_property
    def _by_kind(self) -> dict[str, list[Region]]:
        found: dict[str, list[Region]] = {}
        for region in self.regions:
            found.setdefault(region.kind, []).append(region)
        return found

    @property
    def title(self) -> str:
        """The title given by its source, else its first heading, else its name."""
        headings = (self.text[region.start : region.end] for region in self.of_kind("heading"))
        return self.meta.get("title") or next(headings, self.name)

    @cached_property
    def counted(self) -> list[tuple[int, int]]:
        """The stretches that are counted: the text without its boilerplate."""
        pieces, at = [], 0
        for region in self.of_kind("boilerplate"):
            pieces.append((at, region.start))
            at = max(at, region.end)
        pieces.append((at, len(self.text)))
        return [(start, end) for start, end in pieces if start < end]

    @cached_property
    def paragraphs(self) -> list[Piece]:
        """Its paragraphs, headings apart, also where only a line break divides them."""
        return self._apart(paragraphs(self.text))

    @cached_property
    def sentences(self) -> list[Piece]:
        """Its sentences; none runs from a heading into the text below."""
        return self._apart(split_sentences(self.text))

    @cached_property
    def counted_sentences(self) -> list[Piece]:
        """Its sentences, headings included, boilerplate left out: those that can be coded."""
        return [piece for piece in self.sentences if self.position(*piece)]

    @cached_property
    def english(self) -> bool:
        """Whether it seems to be English. See `language.is_english`."""
        return is_english(self.text)

    @cached_property
    def quotations(self) -> list[Quotation]:
        """What stands in quotation marks, without quotations within quotations."""
        return [quotation for quotation in quotations(self.text) if quotation.depth == 0]

    @cached_property
    def _set_apart(self) -> list[Region]:
        """Headings and boilerplate, by start; none overlaps another."""
        return [region for region in self.regions if region.kind in ("heading", "boilerplate")]

    @cached_property
    def _edges(self) -> list[int]:
        """Where headings and boilerplate begin and end."""
        return sorted({edge for region in self._set_apart for edge in (region.start, region.end)})

    def block(self, start: int, end: int) -> Piece:
        """Return what a span stands in between the edges of headings and boilerplate."""
        before, after = bisect_right(self._edges, start) - 1, bisect_left(self._edges, end)
        first = self._edges[before] if before >= 0 else 0
        return Piece(first, self._edges[after] if after < len(self._edges) else len(self.text))

    def _apart(self, pieces: list[Piece]) -> list[Piece]:
        """Cut pieces, which are sorted, at the edges of headings and boilerplate."""
        if not self._edges:
            return pieces
        found = []
        for start, end in pieces:
            inside = self._edges[bisect_right(self._edges, start) : bisect_left(self._edges, end)]
            for first, last in pairwise([start, *inside, end]):
                part = self.text[first:last]
                if part.strip():
                    found.append(Piece(last - len(part.lstrip()), first + len(part.rstrip())))
        return found

    @cached_property
    def words(self) -> list[Piece]:
        """All its words, boilerplate included."""
        return words(self.text)

    @cached_property
    def _counted_starts(self) -> list[int]:
        return [start + word.start for start, end in self.counted for word in words(self.text[start:end])]

    @property
    def word_count(self) -> int:
        """Number of counted words: headings and body, no boilerplate. See `language.words`."""
        return len(self._counted_starts)

    def words_before(self, offset: int) -> int:
        """Number of counted words that begin before a character of the text."""
        return bisect_left(self._counted_starts, offset)

    def position(self, start: int, end: int) -> str | None:
        """Return `heading` or `body`, or None for a span that touches boilerplate."""
        touched = [region.kind for region in touching(self._set_apart, start, end)]
        if "boilerplate" in touched:
            return None
        return "heading" if touched else "body"


class Corpus:
    """A collection of documents, in their order, with what its catalogue says of it.

    Iterating gives documents; `corpus["name"]` or `corpus[0]` gives one.

    Raises
    ------
    KitError
        If two documents have the same name.
    """

    def __init__(self, documents: Iterable[Document], name: str = "", about: Mapping[str, Any] | None = None) -> None:
        self.name = name
        self.about: dict[str, Any] = dict(about or {})
        self._by_name: dict[str, Document] = {}
        for document in documents:
            if document.name in self._by_name:
                raise KitError(f"Two documents are called {document.name!r}; give one of them another name.")
            self._by_name[document.name] = document

    def __iter__(self) -> Iterator[Document]:
        return iter(self._by_name.values())

    def __len__(self) -> int:
        return len(self._by_name)

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def __getitem__(self, which: str | int) -> Document:
        if isinstance(which, int):
            return list(self)[which]
        if which not in self._by_name:
            raise KitError(f"No document is called {which!r}; there are: {_some(self.names)}.")
        return self._by_name[which]

    def __repr__(self) -> str:
        return f"Corpus {self.name or 'without a name'}: {len(self)} document{'s' * (len(self) != 1)}"

    @property
    def names(self) -> list[str]:
        """The documents' names, in their order."""
        return list(self._by_name)

    @property
    def meta(self) -> pd.DataFrame:
        """What is known about each document, a row a document, indexed by name."""
        return pd.DataFrame([dict(d.meta) for d in self], index=pd.Index(self.names, name="document"))

    def table(self) -> pd.DataFrame:
        """A row a document: title, outlet, date, label and number of counted words."""
        shown = ["title", "outlet", "date", "label"]
        rows = [{key: d.meta.get(key, "") for key in shown} | {"words": d.word_count} for d in self]
        for row, document in zip(rows, self, strict=True):
            row["date"] = row["date"] or ("undated" if "date_note" in document.meta else "")
        return pd.DataFrame(rows, index=pd.Index(self.names, name="document"), columns=[*shown, "words"])

    def duplicates(self) -> dict[str, str]:
        """Documents whose text is exactly that of an earlier one: {its name: the earlier one's name}."""
        first: dict[str, str] = {}
        return {d.name: first[d.text] for d in self if first.setdefault(d.text, d.name) != d.name}

    def without_duplicates(self) -> Corpus:
        """Return the corpus without the documents that repeat an earlier one's text exactly."""
        repeated = self.duplicates()
        return self.only(name for name in self.names if name not in repeated)

    def only(self, names: Iterable[str]) -> Corpus:
        """Return a corpus of some of the documents, in the order of `names`."""
        wanted = [names] if isinstance(names, str) else names
        return Corpus((self[name] for name in wanted), self.name, self.about)

    def where(self, **wanted: str) -> Corpus:
        """Return the documents with the given details, such as `corpus.where(outlet="Alwaght")`."""
        return self.only(d.name for d in self if all(d.meta.get(k) == v for k, v in wanted.items()))

    def _repr_html_(self) -> str:
        about = [f"<strong>{escape(str(self.about.get('title') or self.name))}</strong>"]
        about += [
            escape(str(self.about[key])) for key in ("edition_note", "content_note", "neutrality") if key in self.about
        ]
        more = f"<p>and {len(self) - 50} more documents</p>" if len(self) > 50 else ""
        return "".join(f"<p>{line}</p>" for line in about) + html.table(self.table().head(50)) + more


def _some(names: list[str], most: int = 8) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
