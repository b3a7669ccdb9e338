"""How runs of letters speak for each language: "^the$", "sch", "ñ". Learned, like the weights of meanings.

content/letters.json is written by `skinline train`. It carries what no list of words can: the look of a misspelled
or unlisted word.
"""

from collections.abc import Iterable
from functools import lru_cache

from bot.folding import fold
from bot.learned import Rows
from bot.text import is_picture

LONGEST_GRAM = 4
_LONGEST_WORD = 20
_REMEMBERED = 8192


class Letters:
    """`rows` give for a run of letters its weight for each language."""

    def __init__(self, rows: Rows) -> None:
        self.languages = rows.names
        self._rows = rows
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
        return sum(packed.get(gram, 0) for gram in grams(word))

    def _unfolded(self, letter: str) -> int:
        return sum(self._rows.packed.get(typed, 0) for typed in unfolded(letter))


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
