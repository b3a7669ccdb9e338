"""How runs of letters speak for each language: "^the$", "sch", "ñ"; and that one lists a word ("=es").

Learned, like the weights of meanings. content/letters.json is written by `skinline train`. It carries what no list of
words can: the look of a misspelled or unlisted word.
"""

from collections.abc import Container, Iterable, Mapping
from functools import lru_cache

from bot.folding import fold
from bot.learned import Rows
from bot.text import is_picture

LONGEST_GRAM = 4
_LONGEST_WORD = 20
_REMEMBERED = 8192
_MOST_KNOWING = 3

Lists = Mapping[str, Container[str]]
"""By language the words that its keyword file lists."""


class Letters:
    """`rows` give for a run of letters, and for a list that a word stands in, its weight for each language; `lists`
    are the words of each language.
    """

    def __init__(self, rows: Rows, lists: Lists | None = None) -> None:
        self.languages = rows.names
        self._rows, self._lists = rows, lists or {}
        # Half of the words of any talk are a few hundred.
        self._row = lru_cache(maxsize=_REMEMBERED)(self._sum)
        self._letter = lru_cache(maxsize=_REMEMBERED)(self._unfolded)

    def speak(self, found: Iterable[str], text: str = "") -> dict[str, int]:
        """Return how much `found`, the words of `text`, speak for each language, and how much its letters as typed.

        In hundredths (`learned.UNITS`), as rows are kept.
        """
        total = sum(map(self._row, found), self._rows.always)
        if text and not text.isascii():
            total += sum(map(self._letter, set(text.lower())))
        return dict(zip(self.languages, self._rows.numbers(total), strict=True))

    def _sum(self, word: str) -> int:
        packed = self._rows.packed
        return sum(packed.get(sign, 0) for sign in (*grams(word), *listings(word, self._lists)))

    def _unfolded(self, letter: str) -> int:
        return sum(self._rows.packed.get(typed, 0) for typed in unfolded(letter))


def listings(word: str, lists: Lists) -> list[str]:
    """Return in whose lists a word stands: alone, or with one or two others. A word that more know tells nothing.

    >>> listings("piel", {"en": {"skin"}, "es": {"piel"}}), listings("laser", {"en": {"laser"}, "es": {"laser"}})
    (['=es'], ['~en', '~es'])
    """
    codes = [code for code, listed in lists.items() if word in listed]
    sign = "=" if len(codes) == 1 else "~"
    return [f"{sign}{code}" for code in codes] if len(codes) <= _MOST_KNOWING else []


def unfolded(text: str) -> set[str]:
    """Return the letters of a text that folding takes for others: ñ for n, the Persian ک for the Arabic ك.

    >>> sorted(unfolded("Mañana, déjà vu"))
    ["'à", "'é", "'ñ"]
    """
    return {f"'{letter}" for letter in set(text.lower()) if _is_folded(letter)}


def _is_folded(letter: str) -> bool:
    return letter.isalpha() and fold(letter) != letter


def grams(word: str) -> set[str]:
    """Return the runs of letters of a word, its beginning and end marked.

    >>> sorted(grams("no"))
    ['$', '^', '^n', '^no', '^no$', 'n', 'no', 'no$', 'o', 'o$']
    """
    if word.isdecimal() or is_picture(word):
        return set()
    marked = f"^{word[:_LONGEST_WORD]}$"
    lengths = range(1, LONGEST_GRAM + 1)
    return {
        marked,
        *(marked[start : start + length] for length in lengths for start in range(len(marked) - length + 1)),
    }
