"""Where a text touches the lexicon: its known words, and those that are one or two typing errors from one."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.lexicon import SHORTEST_TYPO, Lexicon, shapes
from bot.text import is_unspaced, stem

TWO_TYPOS = 9
"""Letters from which two typing errors are allowed for."""
LONGEST_RUN = 10
"""Letters of the longest keyword in a script without spaces."""


class Spot(NamedTuple):
    """A place of a text where a known word stands: `word` as known, from word `start` up to `end`.

    `closeness` is 1 for the word itself, less for one that looks like it.
    """

    word: str
    start: int
    end: int
    closeness: float


def spot(found: Sequence[str], lexicon: Lexicon) -> list[Spot]:
    """Return every place where `found`, the words of a text, touches the lexicon, in the order of the text."""
    spots: list[Spot] = []
    for place, word in enumerate(found):
        if is_unspaced(word):
            spots.extend(_spot_run(found, place, lexicon))
        else:
            spots.extend(Spot(known, place, place + 1, close) for known, close in _known(word, lexicon))
    return spots


def _spot_run(found: Sequence[str], start: int, lexicon: Lexicon) -> Iterator[Spot]:
    run = ""
    for end in range(start, min(start + LONGEST_RUN, len(found))):
        if not is_unspaced(found[end]):
            return
        run += found[end]
        if run in lexicon.spoken:
            yield Spot(run, start, end + 1, 1.0)


def _known(word: str, lexicon: Lexicon) -> Iterator[tuple[str, float]]:
    if word in lexicon.spoken:
        yield word, 1.0
    light = stem(word)
    if light != word and light in lexicon.spoken:
        yield light, 1.0
    if light in lexicon.lighter:
        yield from ((known, 1.0) for known in lexicon.lighter[light] if known != word)
    elif word not in lexicon.spoken and light not in lexicon.spoken:
        yield from _look_alikes(word, lexicon)


def _look_alikes(word: str, lexicon: Lexicon) -> Iterator[tuple[str, float]]:
    if len(word) < SHORTEST_TYPO:
        return
    candidates = {known for shape in shapes(word) for known in lexicon.shapes.get(shape, ())}
    for known in sorted(candidates):
        allowed = 2 if min(len(word), len(known)) >= TWO_TYPOS else 1
        edits = OSA.distance(word, known, score_cutoff=allowed)
        if edits <= allowed and len(known) >= SHORTEST_TYPO:
            yield known, 1.0 - 0.15 * edits - (0.1 if word[0] != known[0] else 0.0)
