"""Whether all that is said can be sent, read and answered for: what no single file shows.

Found by `skinline check` and by the tests, never while serving: the staff's pages hold single texts to the same rules
when somebody reads them. A mistake must be mended before the line goes out; a warning is for people to weigh. Each
names the file, the text and what to do.
"""

from collections.abc import Iterator
from datetime import date
from statistics import median

from bot.check import english, near, replies, reviews, typed
from bot.check.finding import Finding
from bot.check.rules import Rules
from bot.content import Library
from bot.languages import SOURCE
from bot.phrases import Phrasebook
from bot.segments import segments


def findings(library: Library, phrases: Phrasebook, rules: Rules, today: date) -> Iterator[Finding]:
    """Yield everything wrong, or to be weighed, in what would be sent and in what it answers to."""
    yield from replies.findings(library, phrases)
    yield from typed.findings(phrases)
    yield from english.findings(library.topics, phrases, rules)
    yield from reviews.findings(library, today)
    yield from near.findings(library, near.load())


def figures(library: Library, phrases: Phrasebook, rules: Rules) -> list[str]:
    """Return a line on how hard the English texts are to read, and one on what their replies cost."""
    grades = english.grades(library.topics, phrases, rules)
    costs = {
        name: segments(text)
        for topic in library.topics.values()
        for name, text in replies.replies_of(topic, SOURCE, phrases)
    }
    hardest, dearest = max(grades, key=grades.__getitem__), max(costs, key=costs.__getitem__)
    return [
        f"reading grade in English: median {median(grades.values()):.1f}, highest {grades[hardest]:.1f} ({hardest})",
        f"segments of an English answer: median {median(costs.values()):g}, highest {costs[dearest]} ({dearest})",
    ]
