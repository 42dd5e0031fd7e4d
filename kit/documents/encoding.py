"""Bytes into text: by byte order mark, as UTF-8, or by the best guess, which is said aloud."""

from __future__ import annotations

import codecs
import re
import warnings
from typing import NamedTuple

from charset_normalizer import from_bytes

from ..errors import KitError, KitWarning

BY_BYTE = "kit-byte-as-cp1252"
SAMPLE = 200_000
_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f]")
# To tell these apart a program needs more accents than an article has, and nearly every such file comes from Windows.
_WESTERN = re.compile(
    r"ascii|cp125[0247]|cp437|cp850|cp858|latin|iso8859_(1|2|3|4|9|10|13|14|15|16)$|mac_roman|hp_roman8"
)


_BEYOND_ASCII = re.compile("[^\x00-\x7f\ufffd]")


def _byte_as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Read a byte that does not fit as Windows would, so that one stray quotation mark does not garble a text."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    byte = error.object[error.start : error.start + 1]
    return byte.decode("cp1252", "ignore") or byte.decode("latin-1"), error.start + 1


codecs.register_error(BY_BYTE, _byte_as_cp1252)


class Encoding(NamedTuple):
    """The name of an encoding, and whether it is a guess."""

    name: str
    guessed: bool


def encoding_of(data: bytes, name: str) -> Encoding:
    """Tell the encoding of a file's bytes, or of a piece of them.

    Raises
    ------
    KitError
        If they hold NUL bytes and are not UTF-16.
    """
    for mark, encoding in _BOMS.items():
        if data.startswith(mark):
            return Encoding(encoding, False)
    if b"\0" in data[:SAMPLE]:
        return Encoding(_utf_16(data[:SAMPLE], name), True)
    try:
        data.decode("utf-8")
        return Encoding("utf-8", False)
    except UnicodeDecodeError as error:
        lenient = data.decode("utf-8", "replace")
        if len(_BEYOND_ASCII.findall(lenient)) > lenient.count("\ufffd"):
            return Encoding("utf-8", True)  # most of it is, a few bytes are not
        best = from_bytes(data[max(0, error.start - SAMPLE // 2) :][:SAMPLE]).best()
        return Encoding("cp1252" if best is None or _WESTERN.match(best.encoding) else best.encoding, True)


def _utf_16(sample: bytes, name: str) -> str:
    """Tell UTF-16 without a mark by its NUL bytes, which stand on one side of each pair."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(sample) % 2 or min(even, odd) > 0 or max(even, odd) * 5 < len(sample):
        raise KitError(f"{name} holds NUL characters, so it is no text file; save it as UTF-8 text.")
    return "utf-16-be" if even > odd else "utf-16-le"


def say(encoding: Encoding, name: str) -> None:
    """Say aloud that an encoding was guessed."""
    if encoding.guessed:
        what = (
            "not all UTF-8; the rest is read as cp1252"
            if encoding.name == "utf-8"
            else f"not UTF-8; read as {encoding.name}"
        )
        warnings.warn(f"{name} is {what} (a guess: look at its accents).", KitWarning, stacklevel=4)


def decode(data: bytes, name: str) -> str:
    """Turn the bytes of a file into text, newlines untouched, a byte order mark left out.

    Raises
    ------
    KitError
        If the bytes are empty or no text: they hold NUL or other control characters.

    Warns
    -----
    KitWarning
        If the encoding had to be guessed.
    """
    encoding = encoding_of(data, name)
    # A file may end in the middle of a UTF-16 character; elsewhere a byte that does not fit is read as Windows would.
    text = data.decode(encoding.name, "replace" if encoding.name.startswith("utf-16") else BY_BYTE)
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise KitError(f"{name} is empty; there is nothing to read.")
    if _CONTROL.search(text) or "\0" in text:
        raise KitError(f"{name} holds control characters, so it is no text file; save it as UTF-8 text.")
    say(encoding, name)
    return text
