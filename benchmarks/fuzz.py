"""A fuzzer of understanding and answering: `python -m benchmarks.fuzz 600` runs it for ten minutes on each processor.

Labelled messages of all languages, bent, come from senders in all states. Nothing may be raised, what is understood
and said must make sense, nothing private may be kept, nothing may be done that was not plainly said, and no text may
take long: beside a plain message and for its length, in processor time, so that a busy machine accuses nobody.
"""

import json
import os
import random
import statistics
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from benchmarks.mutations import bent
from benchmarks.servers import HERE
from bot import content, phrases, plain
from bot.answer import answer
from bot.content import Library
from bot.fit import Terms, fit
from bot.learn import examples
from bot.logs import places
from bot.model import (
    ACTS,
    CONTROLS,
    DANGERS,
    UNKNOWN,
    Attachment,
    Channel,
    Clinic,
    Message,
    Outcome,
    Sender,
    Want,
)
from bot.phrases import Phrasebook
from bot.settings import Settings
from bot.understand import understand

MOST_TIMES, TRIES = 150, 3
"""How many times a plain message's time a text may take, in each of so many tries."""
_PLAIN = 200
_MESSAGES = HERE.parent / "tests" / "messages"
_FIRST = {*ACTS, *DANGERS}
_NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
_COUNTRIES = ("US", "MX", "DE", "IN", "CN", "TW", "BR", "EG", "KE", "PK", "", "ZZ", "??")
_OFFERS = ((), ("laser", "scars"), ("stop", "go_on"), ("crisis", "go_on"), ("forget",), ("menu:6", "languages:0"))
_TAPS = (
    "",
    "",
    "",
    "laser",
    "topic:laser",
    "menu:999",
    "menu:",
    "language:xx",
    "forget",
    "crisis",
    "remind:14",
    "\x00",
)


@dataclass
class Found:
    """What a run came upon: each failure with the text that leads to it, and how slow the slowest text was."""

    texts: int = 0
    failures: list[str] = field(default_factory=list)
    slowest: float = 0.0
    slowest_text: str = ""


class Fuzzer:
    """Understands and answers one bent text after the other."""

    def __init__(self, seed: int) -> None:
        self._chosen = random.Random(seed)  # noqa: S311 - texts, no secret
        self._library: Library = content.load()
        clinic = Clinic(name="Clara Clinic", reminds=True)
        self._book: Phrasebook = phrases.load(self._library.topics.values(), clinic, self._library.languages)
        self._terms = Terms(plain.chosen(Settings().sms_plain_letters, plain.load()))
        self._texts: Sequence[str] = [each.text for each in examples(sorted(_MESSAGES.glob("*.jsonl")))]
        self.names = {*self._library.topics, *CONTROLS, *ACTS, *DANGERS, UNKNOWN}
        self._plain_s = statistics.median(map(self._seconds, self._chosen.sample(self._texts, _PLAIN)))

    def run(self, seconds: float) -> Found:
        found, until = Found(), time.monotonic() + seconds
        while time.monotonic() < until:
            text = bent(self._texts, self._chosen)
            found.texts += 1
            found.failures.extend(f"{wrong}: {json.dumps(text)}" for wrong in self._wrongs(text))
            times = self._times(text)
            if times > found.slowest:
                found.slowest, found.slowest_text = times, text
            if times > MOST_TIMES:
                found.failures.append(f"slow: {times:.0f} times a plain message's time: {json.dumps(text)}")
        return found

    def _wrongs(self, text: str) -> Iterator[str]:
        message, sender = self._message(text), self._sender()
        try:
            yield from self._nonsense(text, message.country, sender.language)
            outcome = answer(message, sender, self._library, self._book)
            yield from self._wrong_answers(outcome, message, sender)
        except Exception as error:
            yield f"{type(error).__name__}: {error} ({places(error)}), {message!r} of {sender!r}"

    def _nonsense(self, text: str, country: str, talk: str) -> Iterator[str]:
        wants = _wants(text, self._library, country, talk)
        if wants != _wants(text, self._library, country, talk):
            yield f"understood otherwise the second time: {wants}"
        for want in wants:
            if want.name not in self.names or want.language not in self._library.languages or not 0 <= want.sure <= 1:
                yield f"makes no sense: {want}"
        # Danger and acts go before whatever is surer.
        if wants[0].name not in _FIRST and any(other.sure > wants[0].sure for other in wants):
            yield f"the first is not the surest: {wants}"
        if not wants[0].why and wants[0].name not in (UNKNOWN, "menu"):
            yield f"no reason: {wants[0]}"

    def _wrong_answers(self, outcome: Outcome, message: Message, sender: Sender) -> Iterator[str]:
        reading, said = outcome.reading, fit(outcome.reply, message, self._terms).texts
        if any(not each.strip() or len(each) > 1600 or _is_broken(each) for each in said):
            yield f"cannot be sent: {said}"
        plainly = reading is not None and reading.best.exact and reading.best.name in ACTS
        if outcome.sender.stopped_at != sender.stopped_at and not plainly and "stop" not in sender.offered:
            yield f"stopped or started: {reading}"
        if outcome.forget and "forget" not in sender.offered:
            yield f"deleted unasked: {reading}"
        if sender.stopped_at and said and outcome.want not in (*DANGERS, "start"):
            yield f"an answer to somebody who said stop: {outcome.want}"
        if any(unicodedata.category(letter) == "Nd" for letter in outcome.unanswered) or "://" in outcome.unanswered:
            yield f"kept for the staff: {outcome.unanswered!r}"

    def _message(self, text: str) -> Message:
        pick, rare = self._chosen.choice, self._chosen.random() < 0.05
        return Message(
            text, pick(list(Channel)), _NOW, pick(_COUNTRIES), pick(_TAPS), pick(list(Attachment)) if rare else None
        )

    def _sender(self) -> Sender:
        if self._chosen.random() < 0.3:
            return Sender()
        pick, earlier = self._chosen.choice, _NOW - timedelta(minutes=self._chosen.randrange(200))
        stopped_at = earlier if self._chosen.random() < 0.1 else None
        known = (pick(self._library.languages), pick(["", "laser", "gone"]), pick([0, 1, 9]), pick(_OFFERS))
        return Sender(*known, stopped_at, earlier, pick([0, 3, 19, 20, 40]), earlier, pick([None, _NOW]))

    def _times(self, text: str) -> float:
        """Return how many times a plain message's time a text takes: the quickest of some tries, where one is slow."""
        times = (self._seconds(text) / self._plain_s for _ in range(TRIES))
        first = next(times)
        return first if first <= MOST_TIMES else min(first, *times)

    def _seconds(self, text: str) -> float:
        started = time.thread_time()
        understand(f"{text} {self._chosen.randrange(10**9)}", self._library)
        return time.thread_time() - started


def _wants(text: str, library: Library, country: str, talk: str) -> list[Want]:
    reading = understand(text, library, country, talk)
    return [reading.best, *reading.others]


def _is_broken(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" or letter == "\x00" for letter in text)


def hunt(seed: int, seconds: float) -> Found:
    os.nice(10)
    return Fuzzer(seed).run(seconds)


def main(seconds: float, seed: int = 0) -> int:
    """Print what is found; return how much."""
    processors = os.cpu_count() or 1
    with ProcessPoolExecutor(processors) as pool:
        every = list(pool.map(hunt, range(seed, seed + processors), [seconds] * processors))
    slowest = max(every, key=lambda found: found.slowest)
    failures = [failure for found in every for failure in found.failures]
    kinds = Counter(failure.partition(":")[0] for failure in failures)
    print(*failures[:200], *kinds.most_common(), sep="\n")
    print(f"slowest: {slowest.slowest:.1f} times a plain message's time: {json.dumps(slowest.slowest_text)}")
    print(f"{sum(found.texts for found in every)} texts in {seconds:.0f} s: {len(failures)} found")
    return len(failures)


if __name__ == "__main__":
    sys.exit(1 if main(*map(float, sys.argv[1:2] or ["600"]), *map(int, sys.argv[2:3])) else 0)
