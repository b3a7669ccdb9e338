"""What a typical conversation costs in each language, how much plain letters save, and which letters make it dear."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import mean

from bot.check.replies import replies
from bot.content import Library
from bot.model import DANGERS, Channel
from bot.phrases import Phrasebook
from bot.plain import Rule, cheapest
from bot.prices import Price, Prices
from bot.problems import Problem, Refused
from bot.segments import foreign, segments

Spelling = Callable[[str], str]
Kinds = Mapping[str, tuple[str, ...]]
"""What we say, by kind: `answer` and `page` of every topic, each other text under its own name."""


@dataclass(frozen=True, slots=True)
class Cost:
    """The segments of an average answer in three spellings, and of a conversation as it is sent and would be plain.

    `plain` is None where the language has no plain letters, and otherwise whether it is sent so. `letters` are those
    that keep what is sent in UCS-2, the most frequent first.
    """

    language: str
    as_written: float
    simply_set: float
    as_sent: float
    conversation: float
    conversation_plain: float
    conversation_marked: float
    plain: bool | None
    letters: tuple[str, ...]


def kinds(language: str, library: Library, phrases: Phrasebook) -> Kinds:
    """Return what is said in `language`, but for answers to danger: few ask for those, and nobody should count."""
    found: dict[str, list[str]] = {}
    for name, text in replies(language, library, phrases):
        topic, _, part = name.partition(".")
        if topic not in DANGERS:
            found.setdefault({"answer": "answer"}.get(part, "page") if part else name, []).append(text)
    return {kind: tuple(texts) for kind, texts in found.items()}


def cost(language: str, said: Kinds, prices: Prices, chosen: Mapping[str, Rule], rules: Mapping[str, Rule]) -> Cost:
    """Return what is said in `language` costs. Raise `Refused` where the conversation has a kind that is not said."""
    if unknown := [kind for kind in prices.sent if kind not in said]:
        advice = f"is nothing that is said; there are received, {', '.join(said)}"
        raise Refused([Problem("prices", f"conversation.{kind}", advice) for kind in unknown])

    def sent(text: str) -> str:
        return cheapest(text, chosen.get(language))

    def plain(text: str) -> str:
        return cheapest(text, rules.get(language))

    return Cost(
        language,
        as_written=average(said["answer"], str),
        simply_set=average(said["answer"], cheapest),
        as_sent=average(said["answer"], sent),
        conversation=_conversation(said, prices, sent),
        conversation_plain=_conversation(said, prices, plain),
        conversation_marked=_conversation(said, prices, cheapest),
        plain=language in chosen if language in rules else None,
        letters=dearest(text for kind in prices.sent for text in map(sent, said[kind])),
    )


def per_text(said: Kinds, prices: Prices, rule: Rule | None) -> float:
    """Return the mean number of segments of a text of a conversation as it is sent, by the `rule` of its language."""
    sent = {kind: count for kind, count in prices.sent.items() if kind in said}
    units = sum(count * average(said[kind], lambda text: cheapest(text, rule)) for kind, count in sent.items())
    return units / sum(sent.values()) if sent else 1.0


def average(texts: tuple[str, ...], spelling: Spelling) -> float:
    """Return the mean number of segments of `texts`, spelt so."""
    return mean(segments(spelling(text)) for text in texts)


def _conversation(said: Kinds, prices: Prices, spelling: Spelling) -> float:
    return sum(count * average(said[kind], spelling) for kind, count in prices.sent.items())


def dearest(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the letters outside GSM-7, the most frequent first; in a text of one segment they cost nothing.

    >>> dearest(["más láser y sí" * 6, "ñandú"])
    ('á', 'í')
    """
    found: Counter[str] = Counter()
    for text in filter(_has_many_segments, texts):
        outside = set(foreign(text))
        found.update(letter for letter in text if letter in outside)
    return tuple(letter for letter, _ in found.most_common())


def _has_many_segments(text: str) -> bool:
    return segments(text) > 1


def money(segments_sent: float, prices: Prices, price: Price, channel: Channel) -> float:
    """Return what a conversation costs: SMS by segment, other channels by message; what comes in is one each."""
    units = segments_sent if channel is Channel.SMS else sum(prices.sent.values())
    return units * price.sent + prices.received * price.received
