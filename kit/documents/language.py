"""Paragraphs, sentences, words and quotation marks of a text: text in, offsets out.

Every offset counts characters of the text that was given, `end` exclusive, so `text[start:end]` is what was found.
Nothing here raises on any string, and everything takes time in proportion to the length of the text. A pattern that
is searched for begins with a set of characters, because `re` skips quickly to one of these and to nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from ..words import word_list

LONGEST_WRAPPED_LINE = 100


class Piece(NamedTuple):
    """A stretch of a text: a paragraph, a sentence or a word."""

    start: int
    end: int


class Quotation(NamedTuple):
    """A stretch in quotation marks.

    Attributes
    ----------
    start, end : int
        The quotation with its marks.
    inner_start, inner_end : int
        What stands between the marks.
    depth : int
        How many quotations it stands in; 0 is an outer one.
    closed : bool
        Whether its closing mark is there.
    continues : bool
        Whether it resumes a quotation that the paragraph before opened and did not close, as newspapers do.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    depth: int
    closed: bool
    continues: bool


# Paragraphs ----------------------------------------------------------------------------------------------------------


def paragraphs(text: str) -> list[Piece]:
    """Divide a text into paragraphs.

    Blank lines always divide. A text with a line of more than 100 characters is not hard-wrapped: there every line
    break divides too.

    Returns
    -------
    list of Piece
        In order, without white space at either end; none is empty.
    """
    return list(_paragraphs(text))


@lru_cache(maxsize=1)  # sentences and quotations ask for those of the same text
def _paragraphs(text: str) -> tuple[Piece, ...]:
    lines = list(lines_of(text))
    every_line = any(end - start > LONGEST_WRAPPED_LINE for start, end, _ in lines)
    found: list[Piece] = []
    joins = False
    for start, end, divides in lines:
        if start < end:
            found.append(Piece(found.pop().start if joins else start, end))
        joins = start < end and not every_line and not divides
    return tuple(found)


def lines_of(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield the start and end of each line without outer white space, and whether it ends in a paragraph separator."""
    position = 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        start = position + len(line) - len(line.lstrip()) if stripped else position
        yield start, start + len(stripped), line.endswith("\u2029")
        position += len(line)


# Sentences -----------------------------------------------------------------------------------------------------------

_CLOSING = "\"'”’»›)\\]}」』）】"
_FULL_WIDTH = "。！？｡"
_MARKS = rf".!?…‽؟۔।॥{_FULL_WIDTH}"
_END = re.compile(
    rf"(?P<mark>[{_MARKS}][{_MARKS}]*+(?:[ \u00a0]\.++(?!\w))*+)"
    rf"(?P<close>(?:[{_CLOSING}]|[ \u00a0\u202f]?[»›](?!\w))*+)"
    r"(?:[ \u00a0]?\[(?:\d{1,3}|\.\.\.|…|[a-z]|[a-z ]{1,30} needed|note \d{1,3})\])*+"
    r"(?P<space>\s*+)"
)
_GOES_ON = re.compile(r"[-–—]{1,2}\s*[^.!?\n]{1,60}\Z|\([^().!?]{1,30}\)")
_ELLIPSIS = re.compile(r"…|\. ?\.")
_DAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,?\s+)?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DATE_LINE = re.compile(
    rf"(?P<date>{_DAY}(?:\d{{1,2}}\s+{_MONTH},?|{_MONTH}\s+\d{{1,2}},)\s+\d{{4}}(?:\s+at\s+\d{{1,2}}[:.]?\d\d)?)"
    r"\s+(?=[\"“]?[A-Z])"
)
_NEXT = re.compile(r"[^\w\s]*+(?P<word>[^\W_][\w’'-]*+)?")
_BREAK = re.compile(r".*[\s\"“”‘«(\[{—–/]", re.DOTALL)  # up to the last of them
_INITIALS = re.compile(r"[^\W\d_](?:\.-?[^\W\d_])*\Z")
_DETERMINER = r"(?:the|a|an|this|these|that|his|her|their|its|our)\b"
_NUMBER = re.compile(r"[(\[]?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})\Z")
_SPEAKER = re.compile(r"(?:[^\W\d_][\w’'.-]*+\s+){1,4}?([a-z]+)\b")


def split_sentences(text: str) -> list[Piece]:
    """Divide a text into sentences.

    A sentence stays within a paragraph, and every character but white space belongs to one. Closing quotation marks and
    brackets belong to the sentence that they close.

    Returns
    -------
    list of Piece
        In order, without white space at either end; none is empty.
    """
    found = []
    for start, end in _paragraphs(text):
        runs_on = _may_run_on().search(text, start, end)
        if date_line := _DATE_LINE.match(text, start, end):
            found.append(Piece(start, date_line.end("date")))
            start = date_line.end()
        for match in _END.finditer(text, start, end):
            if match.end() < end and _divides(text, start, end, match):
                stop = match.start("space")
                found += _without_mark(text, start, stop) if runs_on else (Piece(start, stop),)
                start = match.end()
        found += _without_mark(text, start, end) if runs_on else (Piece(start, end),)
    return found


def _without_mark(text: str, start: int, end: int) -> Iterator[Piece]:
    """Divide what has no mark inside where a heading or a caption runs into the text, or a credit follows it."""
    for match in _run_on().finditer(text, start, end):
        yield Piece(start, match.start())
        start = match.end()
    yield Piece(start, end)


@cache
def _run_on() -> re.Pattern[str]:
    """Compile the pattern of the space before a sentence or a credit that no mark announces."""
    openers, credits = ("|".join(sorted(word_list(name))) for name in ("run-on-openers", "credits"))
    opener = rf"(?:{openers}) {_DETERMINER}"
    return re.compile(rf"(?<=[^\W_])[ ]+(?={opener})|(?<=\S)\s+(?=(?:{credits}):\s[^.!?\n]{{1,60}}\.?\Z)")


@cache
def _may_run_on() -> re.Pattern[str]:
    """Compile a pattern without which `_run_on` finds nothing: of all the spaces in a text, few are worth a look."""
    openers = [rf"{word}(?<=[\w ] {word}) {_DETERMINER}" for word in sorted(word_list("run-on-openers"))]
    return re.compile("|".join([*openers, *(f"{label}:" for label in sorted(word_list("credits")))]))


def _divides(text: str, start: int, end: int, match: re.Match[str]) -> bool:
    """Tell whether a mark ends the sentence that began at `start`, in a paragraph that ends at `end`."""
    mark, close, space = match.group("mark", "close", "space")
    if mark[-1] in _FULL_WIDTH:
        return True
    stop, at = match.span()
    following = _NEXT.match(text, at, at + 60)
    word = (following and following["word"]) or ""
    if len(word) == 1 and text.startswith(".", at + len(word)):
        word += "."  # an initial, not the word "A" or "I"
    if not space:
        last = "" if close or word not in word_list("sentence-starters") else _last_word(text, start, stop)
        return last.isalpha() and last.islower() and len(last) > 2
    if stop == start or (word.islower() and word[0].isalpha()) or _GOES_ON.match(text, at, end):
        return False
    if close and mark[-1] in "!?" and _is_speech_tag(text, at):
        return False
    if mark == "." and not close and word:
        last = _last_word(text, start, stop)
        return _full_stop_ends(text, start, stop, last, word)
    return not (text[stop - 1].isspace() and _ELLIPSIS.match(mark))


def _is_speech_tag(text: str, start: int) -> bool:
    speaker = _SPEAKER.match(text, start, start + 80)
    return bool(speaker and speaker[1] in word_list("speech-tags"))


def _last_word(text: str, start: int, stop: int) -> str:
    """Return what stands before a mark, up to the last space, bracket, dash or opening quotation mark."""
    nearby = max(start, stop - 40)
    before = _BREAK.match(text, nearby, stop)
    return text[before.end() if before else nearby : stop]


def _full_stop_ends(text: str, start: int, stop: int, last: str, word: str) -> bool:
    """Tell whether a full stop behind `last` and before `word`, which has no small letter first, ends a sentence."""
    if _NUMBER.match(last) and stop - len(last) - start < 3 and not text[start : stop - len(last)].strip("([*- "):
        return False
    if last in word_list("abbreviations"):
        return False
    if last in word_list("numbered"):
        return not word[0].isdigit()
    if last.islower() and "." in last and _INITIALS.match(last):
        return not (word[0].isdigit() or word in word_list("after-times"))
    if last in word_list("endings") or (_INITIALS.match(last) and last[0].isupper()):
        return word in word_list("sentence-starters")
    return True


# Words ---------------------------------------------------------------------------------------------------------------


@cache
def _word() -> re.Pattern[str]:
    r"""Compile the pattern of a word.

    Python's `\w` leaves out combining marks (Unicode category M), so that it cuts Arabic with vowel signs, Hindi, and
    letters whose accent is a character of its own; they are added as ranges.
    """
    ranges = " ".join(word_list("combining-marks")).split()
    marks = "".join("-".join(rf"\U{end:0>8}" for end in pair.split("-")) for pair in ranges)
    letter = r"[^\W\d_]"
    joined = r"(?:['’‑‐\-\u00ad\u200c\u200d]|(?<=\d)[.,](?=\d))"
    run = rf"\w++(?:(?![\x00-\u02ff])[{marks}]++\w*+)*+"  # so that few characters are compared with all these ranges
    return re.compile(rf"{letter}(?:\.{letter})+(?![\w{marks}])|{run}(?:{joined}{run})*+")


def words(text: str) -> list[Piece]:
    """Find the words of a text.

    A word is a run of letters, digits and combining marks. Inside it may be joined by apostrophes, by hyphens, by the
    joiners of Indic and Persian writing, and between digits by full stops and commas: "don’t", "al-Qaeda" and "10,000"
    are one word each. Single letters with full stops between them are one word ("U.S"). An underscore joins nothing.
    Scripts that put no space between words (Chinese, Thai) are not divided inside such a run.
    """
    return [Piece(*match.span()) for match in _word().finditer(text.replace("_", " "))]


def count_words(text: str) -> int:
    """Count the words of a text, as `words` finds them."""
    return len(_word().findall(text.replace("_", " ")))


# Which language -----------------------------------------------------------------------------------------------------

_SAMPLE = 2_000  # characters: enough to tell


def is_english(text: str) -> bool:
    """Tell whether a text seems to be English: in plain Latin letters, and every fifth of its first words a common one.

    In running English it is nearly every second. Of fewer than thirty words every tenth is enough. Fewer than twelve,
    of which every hundredth English sentence has no common one, are given the benefit of the doubt.
    """
    sample, is_common = text[:_SAMPLE].lower(), word_list("common-english").__contains__
    pieces = sample.split()
    if len(pieces) < 3 * sum(map(is_common, pieces)):  # as nearly always, and quicker than to look for words
        return True
    found = _word().findall(sample)
    if found and len(sample.encode("ascii", "ignore")) < len(sample) / 2:
        return False
    needed = 0 if len(found) < 12 else len(found) / 10 if len(found) < 30 else len(found) / 5
    return sum(map(is_common, found)) >= needed


# Quotations ----------------------------------------------------------------------------------------------------------

_MARK = re.compile(
    r"[\"`'‘’“”„‟«»‹›‚‛「」『』]"
    r"(?:(?<=\")\"*+|(?<=`)`|(?<=')'|(?<=[“”„‟«»‹›‚‛「」『』])|(?<=['‘’])(?:(?<!\w.)|(?!\w)))"
)
_SHORTENED = re.compile(r"\d\ds\b|\d\d(?!\w|[ -]\w)|[a-z]+(?!\w)")
_CLOSES = {
    '"': ('"', "“", "„", "``"),
    "''": ("``", "''"),
    "”": ("“", "„", "‟", "”", '"'),
    "“": ("„", "“", '"'),
    "»": ("«", "»"),
    "«": ("»",),
    "›": ("‹", "›"),
    "‹": ("›",),
    "」": ("「",),
    "』": ("『",),
}
_OPENING = frozenset("“„‟«‹「『") | {"``"}
_SINGLE = {"'": ("'",), "’": ("‘", "‛", "‚"), "‘": ("‚",)}


class _Open:
    """An opening mark that waits for its closing one."""

    __slots__ = ("doubtful", "inner", "mark", "reopened", "start")

    def __init__(self, mark: str, start: int, inner: int) -> None:
        self.mark, self.start, self.inner = mark, start, inner
        self.doubtful = self.reopened = 0


class _Paragraph:
    """The quotations of one paragraph, while its marks are read from left to right."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.stack: list[_Open] = []
        self.waiting: dict[str, int] = {}  # how many marks of each kind are open
        self.found: list[tuple[int, int, int, int, bool]] = []

    def read(self, marks: Iterable[re.Match[str]]) -> str:
        """Read its marks, and return the opening mark that the paragraph leaves open, if there is one."""
        for match in marks:
            mark = match.group()
            if mark[0] == '"':
                mark = '"'
            first, last = match.span()
            before = self.text[first - 1] if first > self.start else " "
            after = self.text[last] if last < self.end else " "
            if self.text.startswith("..", last):
                after = "…"
            if mark in "'‘’‚‛":
                self._single(mark, first, last, before, after)
            else:
                self._double(mark, first, last, before, after)
        if not self.stack:
            return ""
        left = next((item.mark for item in self.stack if item.mark not in "'‘‚‛" and not item.reopened), "")
        self._abandon(0, self.end)
        return left

    def _double(self, mark: str, first: int, last: int, before: str, after: str) -> None:
        opens = _can_open(before, after)
        target = self._closed_by(mark) if self.stack else None
        if mark in _OPENING:
            closes = target and not before.isspace() and not opens and not after.isalnum()
        elif mark == '"':
            closes = target and not (opens and before.isspace())
            opens = opens or (before in ",:;.!?" and after.isalnum())
        else:
            closes = bool(target)
        if closes and target:
            self._close(target, first, last)
        elif mark in _OPENING or opens:
            if mark == '"' and self.waiting.get('"'):
                self._abandon(self._where('"'), first)
            self._open(mark, first, last)

    def _single(self, mark: str, first: int, last: int, before: str, after: str) -> None:
        top = self.stack[-1] if self.stack else None
        if top and top.mark in _SINGLE.get(mark, ()) and not before.isspace() and not after.isalnum():
            if before in "sS" and after.isspace() and self.text[last : last + 2].strip().isalpha():
                top.doubtful = top.doubtful or last
            else:
                self._close(top.mark, first, last)
        elif mark != "’" and _can_open(before, after) and not _is_elision(self.text, last):
            if top and top.mark == mark:
                self._abandon(len(self.stack) - 1, first)
            self._open(mark, first, last)

    def _closed_by(self, mark: str) -> str | None:
        """Return the mark that waits for a closing one, if there is one."""
        for family in _CLOSES.get(mark, ()):
            if self.waiting.get(family):
                return family
        return None

    def _where(self, mark: str) -> int:
        return next(i for i in range(len(self.stack) - 1, -1, -1) if self.stack[i].mark == mark)

    def _open(self, mark: str, first: int, last: int) -> None:
        if self.stack and self.stack[-1].mark == mark:
            self.stack[-1].reopened = self.stack[-1].reopened or first
        self.stack.append(_Open(mark, first, last))
        self.waiting[mark] = self.waiting.get(mark, 0) + 1

    def _close(self, mark: str, first: int, last: int) -> None:
        if self.stack[-1].mark != mark:
            self._abandon(self._where(mark) + 1, first)
        item = self.stack.pop()
        self.waiting[mark] -= 1
        self.found.append((item.start, last, item.inner, first, True))

    def _abandon(self, depth: int, stop: int) -> None:
        """Give up waiting for the closing marks of all that is open from `depth` on; it ends before `stop`."""
        stop = self._trimmed(stop, self.start)
        while len(self.stack) > depth:
            item = self.stack.pop()
            self.waiting[item.mark] -= 1
            if item.mark in "'‘‚‛":
                if item.doubtful:
                    self.found.append((item.start, item.doubtful, item.inner, item.doubtful - 1, True))
                continue
            end = self._trimmed(item.reopened, item.inner) if item.reopened else max(stop, item.inner)
            self.found.append((item.start, end, item.inner, end, False))

    def _trimmed(self, end: int, start: int) -> int:
        """Return where the text between `start` and `end` ends, white space left out."""
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return end


def _can_open(before: str, after: str) -> bool:
    return (before in " \n([{-–—/'‘“„\"«‹*_=>" or before.isspace()) and not (after in " \n.,;:!?)]}" or after.isspace())


def _is_elision(text: str, start: int) -> bool:
    """Tell whether an apostrophe stands for what was left out: ’80s, 'em."""
    match = _SHORTENED.match(text, start, start + 12)
    return bool(match and (match.group()[0].isdigit() or match.group() in word_list("elisions")))


def quotations(text: str) -> list[Quotation]:
    """Find what stands in quotation marks.

    Knows double marks (curly, straight, low-9), single ones (told from apostrophes), guillemets either way round and
    corner brackets, one within another. A quotation ends with its paragraph at the latest. One without a closing mark
    ends there with `closed=False`, or just before the next mark that clearly opens another; a single mark without its
    counterpart is an apostrophe, and a closing mark that closes nothing is passed over.

    Returns
    -------
    list of Quotation
        By start; each either stands inside an earlier one or behind it.
    """
    found: list[tuple[int, int, int, int, bool, bool]] = []
    left = ""
    for start, end in _paragraphs(text):
        marks = list(_MARK.finditer(text, start, end))
        if not marks:  # as in most paragraphs
            left = ""
            continue
        paragraph = _Paragraph(text, start, end)
        resumed = bool(left) and text.startswith(left, start)
        left = paragraph.read(marks)
        found += [(*item, resumed and item[0] == start) for item in sorted(paragraph.found)]
    return _nested(found)


def _nested(found: list[tuple[int, int, int, int, bool, bool]]) -> list[Quotation]:
    """Add to quotations, sorted by start, how deep each stands."""
    result = []
    around: list[int] = []
    for start, end, inner_start, inner_end, closed, continues in found:
        while around and around[-1] <= start:
            around.pop()
        result.append(Quotation(start, end, inner_start, inner_end, len(around), closed, continues))
        around.append(end)
    return result
