"""Which listed words a misspelled one may be.

Of two words one edit apart, one half is the same in both: only the few that share a half are ever compared.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from bot.text import is_unspaced

SHORTEST_TYPO = 5
"""Letters from which a typing error is allowed for: below, one letter makes another word (car, scar; pain, paint)."""


def by_half(keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the keys that a typing error is allowed in by each of their halves."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for key in keys:
        for half in _halves(key):
            found[half].append(key)
    return {half: tuple(listed) for half, listed in found.items()}


def spelled(word: str) -> str:
    """Return the letters that are typed one by one: a syllable of Hangul is two or three strokes.

    >>> len(spelled("흉터")), spelled("scar")
    (5, 'scar')
    """
    return unicodedata.normalize("NFD", word) if "가" <= word[:1] <= "힣" else word


def _halves(key: str) -> Iterator[str]:
    """Yield the halves of a word that a typing error is allowed in, its beginning and its end marked: one sign stands
    for where the other half was, `*` in what is the beginning of longer words.

    >>> list(_halves("vanish")), list(_halves("keloid*"))
    (['van_', '_ish'], ['kel*', '*oid'])
    """
    bare = spelled(key.strip("*"))
    if len(bare) < SHORTEST_TYPO or key.startswith("*") or is_unspaced(bare) or bare.isdecimal():
        return
    sign, middle = ("*" if key.endswith("*") else "_"), len(bare) // 2
    yield bare[:middle] + sign
    yield sign + bare[middle:]


def look_alikes(word: str, halves: Mapping[str, Sequence[str]], keys: Container[str]) -> Iterator[str]:
    """Yield the keys that share a half with `word`, as it is `spelled`, and are about as long."""
    long = len(word)
    shortest = max(SHORTEST_TYPO, long - 1)
    for middle in range(shortest // 2, (long + 1) // 2 + 1):
        yield from halves.get(word[:middle] + "_", ())
    for rest in range((shortest + 1) // 2, long // 2 + 2):
        yield from halves.get("_" + word[long - rest :], ())
    # Two letters swapped across the middle leave neither half as it was.
    middle = long // 2
    swapped = word[: middle - 1] + word[middle : middle + 1] + word[middle - 1 : middle] + word[middle + 1 :]
    if swapped in keys:
        yield swapped
    # Of a beginning two letters may be missing, where the word ends with it.
    for middle in range(SHORTEST_TYPO // 2, long // 2 + 2):
        yield from halves.get(word[:middle] + "*", ())
    for rest in range((SHORTEST_TYPO + 1) // 2, long // 2 + 2):
        for start in range(rest - 2, min(rest + 2, long - rest + 1)):
            yield from halves.get("*" + word[start : start + rest], ())
