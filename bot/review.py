"""A clinician's signature under a topic: who read it, on which day, until when it holds, and which text it was.

In a topic file: `reviewed = { by = "Dr. N. N.", on = 2026-12-01, expires = 2027-12-01, text = "a1b2c3d4" }`, or `{}`
while nobody has signed. `expires`, the last day on which the text may be sent, may be left out. `text` is the
fingerprint of what was signed: with it a later change is noticed.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

SHAPE = 'empty, {}, or { by = "Dr. N. N.", on = 2026-12-01, expires = 2027-12-01 } (expires may be left out)'
_FINGERPRINT_LETTERS = 8


@dataclass(frozen=True, slots=True)
class Review:
    """One signature. `expires` None: it holds until withdrawn; `text` "": written by hand, changes go unnoticed."""

    by: str
    on: date
    expires: date | None = None
    text: str = ""

    def has_expired(self, day: date) -> bool:
        """Tell whether the signature no longer holds on `day`.

        >>> review = Review("Dr. N. N.", date(2026, 12, 1), expires=date(2027, 12, 1))
        >>> review.has_expired(date(2027, 12, 1)), review.has_expired(date(2027, 12, 2))
        (False, True)
        """
        return self.expires is not None and day > self.expires


def is_review(value: object) -> bool:
    """Tell whether `value`, as TOML gives it, is a signature or the empty table of an unsigned text.

    >>> is_review({}), is_review({"by": "Dr. N. N.", "on": date(2026, 12, 1)}), is_review({"by": "Dr. N. N."})
    (True, True, False)
    """
    if not isinstance(value, dict):
        return False
    return not value or (value.keys() <= _FITS.keys() and all(fits(value.get(key)) for key, fits in _FITS.items()))


def _is_day(value: object) -> bool:
    # A moment is a day to Python, but cannot be compared with one.
    return type(value) is date


_FITS: dict[str, Callable[[object], bool]] = {
    "by": lambda value: isinstance(value, str) and bool(value.strip()),
    "on": _is_day,
    "expires": lambda value: value is None or _is_day(value),
    "text": lambda value: value is None or isinstance(value, str),
}


def read(source: Mapping[str, Any]) -> Review | None:
    """Return the signature that `source`, which `is_review`, holds; None for an unsigned text."""
    return Review(**source) if source else None


def fingerprint(*texts: str) -> str:
    """Return a short code of `texts`, in this order: another code is another text.

    >>> fingerprint("Laser", "It heats the skin.")
    '37daba0e'
    """
    written = json.dumps(texts, ensure_ascii=False).encode()
    return hashlib.sha256(written).hexdigest()[:_FINGERPRINT_LETTERS]
