"""How runs of letters speak for each language: "^the$", "sch", "ñ". Learned, like the weights of meanings.

content/letters.json is written by `skinline train`. It carries what no list of words can: the look of a misspelled
or unlisted word.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from bot.learned import Learned
from bot.text import is_picture

LONGEST_GRAM = 4
_LONGEST_WORD = 20
_REMEMBERED = 4096


class Letters:
    """`learned` gives for a run of letters its weight for each language."""

    def __init__(self, learned: Learned) -> None:
        self.languages = tuple(learned["always"])
        self._learned = learned
        # Half of the words of any talk are a few hundred.
        self._row = lru_cache(maxsize=_REMEMBERED)(self._sum)
        self._always = tuple(learned["always"].values())

    def speak(self, found: Iterable[str]) -> dict[str, float]:
        """Return how much the letters of the words `found` speak for each language."""
        rows = [self._always, *map(self._row, found)]
        return dict(zip(self.languages, map(sum, zip(*rows, strict=True)), strict=True))

    def _sum(self, word: str) -> tuple[float, ...]:
        sums = dict.fromkeys(self.languages, 0.0)
        for gram in grams(word):
            for code, weight in self._learned.get(gram, _SILENT).items():
                sums[code] += weight
        return tuple(sums.values())


_SILENT: Mapping[str, float] = {}


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
