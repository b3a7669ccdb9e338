"""Slips of the thumb cost every language about the same: the labelled messages, spoilt as people spoil them."""

import random
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean

from bot.content import Library
from bot.learn import Example, examples
from bot.text import is_unspaced
from bot.topics import CONTENT
from bot.understand import understand

MESSAGES = Path(__file__).parent / "messages"
SHORTEST = 6
"""Letters of a word from which people overlook a slip in it."""
Spoil = Callable[[str, random.Random], str]


def slip(text: str, chance: random.Random) -> str:
    """Swap, drop or double a letter inside a longer word."""
    words = text.split(" ")
    long = [n for n, word in enumerate(words) if len(word) >= SHORTEST and word.isalpha() and not is_unspaced(word[0])]
    if not long:
        return text
    place = chance.choice(long)
    word = words[place]
    at = chance.randrange(1, len(word) - 1)
    slips = (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
    )
    return " ".join([*words[:place], chance.choice(slips), *words[place + 1 :]])


def stretch(text: str, chance: random.Random) -> str:
    """Write the last letter of a word three times, as people draw words out."""
    ends = [place for place in range(len(text)) if text[place].isalpha() and not text[place + 1 : place + 2].isalnum()]
    at = chance.choice(ends) if ends else 0
    return text[:at] + 3 * text[at] + text[at + 1 :]


def bare(text: str, _: random.Random) -> str:
    """Leave out the accents of Latin and Cyrillic letters."""
    letters = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(each for each in letters if not "\u0300" <= each <= "\u036f"))


SPOILS: Sequence[Spoil] = (slip, stretch, bare)


def test_slips_cost_no_language_five_points_more_than_the_mean(library: Library) -> None:
    kept = _share_still_understood(library)
    assert kept.keys() == set(library.languages)
    assert mean(kept.values()) - min(kept.values()) <= 0.05, kept
    assert mean(kept.values()) >= 0.95


def _share_still_understood(library: Library) -> dict[str, float]:
    """Return by language the share of messages, understood as they were, that are so when spoilt."""
    kept: defaultdict[str, list[bool]] = defaultdict(list)
    for message in _messages():
        if _is_understood(message.text, message, library):
            chance = random.Random(message.text)  # noqa: S311  not a secret: which letters slip
            spoilt = {spoil(message.text, chance) for spoil in SPOILS} - {message.text}
            kept[message.languages[0]].extend(_is_understood(text, message, library) for text in sorted(spoilt))
    return {language: mean(share) for language, share in kept.items()}


def _messages() -> list[Example]:
    shipped = (message for message in examples(sorted((CONTENT / "examples").glob("*.jsonl"))) if message.is_aside)
    return [*shipped, *examples(sorted(MESSAGES.glob("*.jsonl")))]


def _is_understood(text: str, message: Example, library: Library) -> bool:
    best = understand(text, library, message.country).best
    return best.name in message.topics and best.language in message.languages
