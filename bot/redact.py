"""What may be kept of a text for the staff to read: without numbers, links, addresses and names."""

from collections.abc import Iterable
from functools import lru_cache

import regex

from bot.text import LONGEST, is_unspaced, sendable

# A run without spaces that holds a mail address or a link. In "hurts.What" a sentence begins without a space.
_LINK = regex.compile(r"(?<!\S)\S*(?:\S@\S|://\S|www\.\S|[\p{L}\p{M}\p{N}]\.(?:[a-z]{2,}|[A-Z]{2,})(?!\p{L}))\S*")
_PRIVATE = regex.compile(r"@\w+|[+(]?\p{Nd}[\p{Nd}\s().:/-]*")
_GAPS = regex.compile(r"\s+([,.;:!?]|$)|\s{2,}")
# A capital in the middle of a sentence is a name more often than not; German pays with its nouns.
_CAPITALISED = regex.compile(r"(?<=[\p{Ll},;][\p{Zs}\t]+)\p{Lu}\p{Ll}+(?:[\p{Zs}\t]+\p{Lu}\p{Ll}+)*")


def redact(text: str, names_follow: Iterable[str] = ()) -> str:
    """Return `text` with digits, links, addresses and names struck out, for the staff to read.

    `names_follow` are the phrases after which people say who they are.

    >>> redact("my name is ana, call 0151 234567 or ana@example.org", ["my name is"])
    'my name is …, call … or …'
    """
    text = sendable(text[:LONGEST])
    lowered = text.lower()
    if any(phrase in lowered for phrase in names_follow):
        text = _name(tuple(names_follow)).sub(r"\1…", text)
    text = _CAPITALISED.sub("…", _PRIVATE.sub("… ", _LINK.sub("… ", text)))
    return _GAPS.sub(lambda gap: gap[1] if gap[1] is not None else " ", text).strip()


@lru_cache(maxsize=64)
def _name(names_follow: tuple[str, ...]) -> regex.Pattern[str]:
    # Nothing tells where a phrase begins or a name ends in a script without spaces; Chinese names have up to three.
    within = _any_of(phrase for phrase in names_follow if is_unspaced(phrase))
    said = rf"\b(?:{_any_of(phrase for phrase in names_follow if not is_unspaced(phrase))})|{within}"
    rest = r"[\p{L}\p{M}'’-]*"
    return regex.compile(rf"((?i:{said})\s*)(?:\p{{Han}}{{1,3}}|\p{{L}}{rest}(?:[\p{{Zs}}\t]+\p{{Lu}}{rest}){{0,2}})")


def _any_of(phrases: Iterable[str]) -> str:
    return "|".join(regex.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True)) or "(?!)"
