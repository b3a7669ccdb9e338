"""Where the keywords of the library stand in a text, and how much each want gathers from them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.lexicon import Entry, Lexicon
from bot.model import DANGERS
from bot.spots import Spot
from bot.text import is_unspaced

ACTS = ("stop", "start")
_GAP_BETWEEN_PARTS = 4
_GAP_IN_DANGER = 4
_BONUS = 0.15
_DISCOUNT = 0.7
"""What a keyword counts of which only a share stands there."""


class Hit(NamedTuple):
    """A keyword found: its spots in the order of its parts, and the share (0 to 1) of it that stands there."""

    want: str
    language: str
    spots: tuple[Spot, ...]
    share: float

    @property
    def exact(self) -> bool:
        """Whether it stands there whole and as listed, with no guess at a misspelling."""
        return self.share == 1.0 and all(spot.closeness == 1.0 for spot in self.spots)

    @property
    def places(self) -> Iterator[int]:
        """The places of the text that it covers."""
        return (place for spot in self.spots for place in range(spot.start, spot.end))


_NOWHERE: Mapping[str, Sequence[Entry]] = {}


def find(found: Sequence[str], spots: Sequence[Spot], lexicon: Lexicon, languages: Collection[str]) -> list[Hit]:
    """Return the hits of all keywords of `languages` among `spots`, the places where the words `found` are known."""
    places: defaultdict[str, list[Spot]] = defaultdict(list)
    for spot in spots:
        places[spot.word].append(spot)
    called = {
        id(entry): entry
        for word in places
        for language, entries in lexicon.anchored.get(word, _NOWHERE).items()
        if language in languages
        for entry in entries
    }
    standing, said, run = frozenset(places), frozenset(found), "".join(found)
    hits = (_hit(entry, share, places, standing) for entry in called.values() if (share := entry.share(standing)))
    return [hit for hit, unless in filter(None, hits) if not _ruled_out(unless, said, run)]


def _ruled_out(unless: frozenset[str], said: frozenset[str], run: str) -> bool:
    return bool(unless) and any(word in run if is_unspaced(word) else word in said for word in unless)


def _hit(
    entry: Entry, share: float, places: Mapping[str, Sequence[Spot]], standing: frozenset[str]
) -> tuple[Hit, frozenset[str]] | None:
    want, language, filled, unless = entry.keyword
    # Sets have no order of their own, and the first of two equals wins: the same text must always be read the same.
    listed = [[spot for word in sorted(part & standing) for spot in places[word]] for part in filled]
    parts = [spots for spots in listed if spots]
    chosen = _side_by_side(parts) if want in ACTS else _nearest(parts, want in DANGERS)
    return (Hit(want, language, chosen, share), unless) if chosen else None


def _side_by_side(parts: Sequence[Sequence[Spot]]) -> tuple[Spot, ...]:
    chains: list[tuple[Spot, ...]] = [(spot,) for spot in parts[0]]
    for spots in parts[1:]:
        chains = [(*chain, spot) for chain in chains for spot in spots if spot.start == chain[-1].end]
    return max(chains, key=lambda chain: sum(spot.closeness for spot in chain), default=())


def _nearest(parts: Sequence[Sequence[Spot]], danger: bool) -> tuple[Spot, ...]:
    """Choose one spot a part so that all stand close together; none where they do not."""
    if len(parts) == 1:
        return (max(parts[0], key=lambda spot: spot.closeness),)
    best: tuple[Spot, ...] = ()
    narrowest = (_GAP_IN_DANGER if danger else _GAP_BETWEEN_PARTS + len(parts)) + 1
    for first in parts[0]:
        chosen = [first]
        for spots in parts[1:]:
            free = [spot for spot in spots if not any(_overlap(spot, other) for other in chosen)]
            if not free:
                break
            chosen.append(min(free, key=lambda spot: (abs(spot.start - first.start), -spot.closeness)))
        if len(chosen) == len(parts) and (gap := _gap(chosen)) < narrowest:
            best, narrowest = tuple(chosen), gap
    return best


def _overlap(one: Spot, other: Spot) -> bool:
    return one.start < other.end and other.start < one.end


def _gap(spots: Sequence[Spot]) -> int:
    """Return how many words between the first and the last of `spots` belong to none of them."""
    ordered = sorted(spots, key=lambda spot: spot.start)
    return sum(later.start - earlier.end for earlier, later in pairwise(ordered))


def gathered(hits: Iterable[Hit], loudness: Mapping[str, float], lexicon: Lexicon) -> dict[str, float]:
    """Return what each want gathers: every place of the text counts once for it, at its best.

    `loudness` (0 to 1) is how plausible each language is; a keyword of a doubtful language counts less, one found
    whole with many parts more.
    """
    best: dict[tuple[str, int], float] = {}
    for hit in hits:
        factor = loudness[hit.language] * (_whole(hit) if hit.share == 1.0 else _DISCOUNT * hit.share)
        weights = lexicon.weights[hit.language]
        for spot in hit.spots:
            key = (hit.want, spot.start)
            best[key] = max(best.get(key, 0.0), weights[spot.word] * factor * spot.closeness)
    totals: defaultdict[str, float] = defaultdict(float)
    for (want, _), weight in best.items():
        totals[want] += weight
    return dict(totals)


def _whole(hit: Hit) -> float:
    return 1.0 + _BONUS * (len(hit.spots) - 1)
