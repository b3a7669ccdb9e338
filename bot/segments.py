"""How a text travels by SMS: its alphabet, the segments it is billed in, and the letters that make it dear.

Rules of 3GPP TS 23.038, counted as Twilio's own calculator counts (tests/payloads/segment_vectors.jsonl): GSM-7 holds
160 septets in one segment or 153 in each of several, UCS-2 70 or 67 UTF-16 units. One letter outside GSM-7 puts the
whole text into UCS-2. In UCS-2 what a reader sees as one letter is not divided between two segments.
"""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from bot.text import graphemes

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")


class Encoding(StrEnum):
    """The alphabet of a whole text."""

    GSM7 = "GSM-7"
    UCS2 = "UCS-2"


_SINGLE = {Encoding.GSM7: 160, Encoding.UCS2: 70}
_JOINED = {Encoding.GSM7: 153, Encoding.UCS2: 67}


def foreign(text: str) -> list[str]:
    """Return the letters of `text` outside GSM-7, each once, in order: what makes it UCS-2.

    >>> foreign("Más láser"), foreign("Scars")
    (['á'], [])
    """
    return [letter for letter in dict.fromkeys(text) if letter not in BASIC and letter not in EXTENSION]


def encoding(text: str) -> Encoding:
    """Return the alphabet that `text` needs."""
    return Encoding.UCS2 if foreign(text) else Encoding.GSM7


def segments(text: str) -> int:
    """Return the number of segments that `text` is billed as; the empty text is one.

    >>> segments("x" * 160), segments("x" * 161), segments("疤" * 71)
    (1, 2, 2)
    """
    return len(parts(text))


def parts(text: str) -> list[str]:
    """Return what each segment of `text` carries.

    >>> [len(part) for part in parts("x" * 161)]
    [153, 8]
    """
    alphabet = encoding(text)
    letters = _indivisible(text, alphabet)
    sizes = [_size(letter, alphabet) for letter in letters]
    if sum(sizes) <= _SINGLE[alphabet]:
        return [text]
    return _filled(letters, sizes, _JOINED[alphabet])


def _indivisible(text: str, alphabet: Encoding) -> list[str]:
    return graphemes(text) if alphabet is Encoding.UCS2 else list(text)


def _size(letter: str, alphabet: Encoding) -> int:
    if alphabet is Encoding.UCS2:
        return len(letter.encode("utf-16-le", "surrogatepass")) // 2
    return 2 if letter in EXTENSION else 1


def _filled(letters: Sequence[str], sizes: Sequence[int], room: int) -> list[str]:
    starts, free = [0], room
    for place, size in enumerate(sizes):
        if size > free:
            starts.append(place)
            free = room
        free -= size
    return ["".join(letters[start:end]) for start, end in pairwise([*starts, len(letters)])]
