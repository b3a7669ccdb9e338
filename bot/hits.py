"""Where the keywords of the library stand in a text, and how much each want gathers from them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.keywords import OUTSIDE
from bot.lexicon import Entry, Lexicon, Spot
from bot.model import CONTROLS, DANGERS

ACTS = ("stop", "start")
_GAP_BETWEEN_PARTS = 4
_GAP_IN_DANGER = 4
_ENOUGH_OF_A_KEYWORD = 0.6
"""Share of a keyword's weight from which a part of it counts, at a discount: people leave out words."""
_ENOUGH_WEIGHT = 1.5
_DISCOUNT = 0.7


@dataclass(frozen=True, slots=True)
class Hit:
    """A keyword found: its spots in the order of its parts, and the share (0 to 1) of it that stands there."""

    entry: Entry
    spots: tuple[Spot, ...]
    share: float

    @property
    def want(self) -> str:
        return self.entry.keyword.want

    @property
    def language(self) -> str:
        return self.entry.keyword.language

    @property
    def exact(self) -> bool:
        return self.share == 1.0 and all(spot.closeness == 1.0 for spot in self.spots)

    @property
    def places(self) -> frozenset[int]:
        return frozenset(place for spot in self.spots for place in range(spot.start, spot.end))


def find(spots: Iterable[Spot], lexicon: Lexicon, languages: Collection[str]) -> list[Hit]:
    """Return the hits of all keywords of `languages` among `spots`."""
    touched: defaultdict[int, dict[int, list[Spot]]] = defaultdict(dict)
    for spot in spots:
        for number, part in lexicon.uses.get(spot.word, ()):
            touched[number].setdefault(part, []).append(spot)
    found = (
        _hit(lexicon.entries[number], parts)
        for number, parts in touched.items()
        if lexicon.entries[number].keyword.language in languages
    )
    return [hit for hit in found if hit]


def _hit(entry: Entry, parts: Mapping[int, Sequence[Spot]]) -> Hit | None:
    want = entry.keyword.want
    share = 1.0
    if len(parts) < len(entry.weights):
        if want in DANGERS or want in CONTROLS or want == OUTSIDE:
            return None
        weight = sum(entry.weights[part] for part in parts)
        share = weight / sum(entry.weights)
        if share < _ENOUGH_OF_A_KEYWORD or weight < _ENOUGH_WEIGHT:
            return None
    listed = [parts[part] for part in sorted(parts)]
    spots = _side_by_side(listed) if want in ACTS else _nearest(listed, want in DANGERS)
    return Hit(entry, spots, share) if spots else None


def _side_by_side(parts: Sequence[Sequence[Spot]]) -> tuple[Spot, ...]:
    chains: list[tuple[Spot, ...]] = [(spot,) for spot in parts[0]]
    for spots in parts[1:]:
        chains = [(*chain, spot) for chain in chains for spot in spots if spot.start == chain[-1].end]
    return max(chains, key=lambda chain: sum(spot.closeness for spot in chain), default=())


def _nearest(parts: Sequence[Sequence[Spot]], danger: bool) -> tuple[Spot, ...]:
    """Choose one spot a part so that all stand close together; none where they do not."""
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


def gathered(hits: Iterable[Hit], loudness: Mapping[str, float]) -> dict[str, float]:
    """Return what each want gathers: every place of the text counts once for it, at its best.

    `loudness` (0 to 1) is how plausible each language is; a keyword of a doubtful language counts less.
    """
    best: dict[tuple[str, int], float] = {}
    for hit in hits:
        factor = loudness[hit.language] * (1.0 if hit.share == 1.0 else _DISCOUNT * hit.share)
        weights = _weights(hit)
        for spot, weight in zip(hit.spots, weights, strict=True):
            key = (hit.want, spot.start)
            best[key] = max(best.get(key, 0.0), weight * factor * spot.closeness)
    totals: defaultdict[str, float] = defaultdict(float)
    for (want, _), weight in best.items():
        totals[want] += weight
    return dict(totals)


def _weights(hit: Hit) -> list[float]:
    """Return the weight of each spot of `hit`; a part that is missing weighs nothing."""
    words = [spot.word for spot in hit.spots]
    parts = hit.entry.keyword.parts
    return [max(w for part, w in zip(parts, hit.entry.weights, strict=True) if word in part) for word in words]
