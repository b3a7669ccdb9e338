"""What is understood, beside the peers: the same messages, the same keywords and labelled messages, one run.

Run it with `make bench-understanding`. All learn from the labelled messages of content/examples that are not kept
aside, and are asked about those that are. A message is right when both its topic and its language are.
"""

import json
import shutil
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import peers
from benchmarks.peers import Answer, Peer, Taught
from bot import content
from bot.content import Library
from bot.learn import Example, examples
from bot.model import CONTROLS, DANGERS, UNKNOWN
from bot.topics import CONTENT
from bot.understand import understand

RESULTS = Path(__file__).parent / "results.json"
SAFETY = (*DANGERS, "stop")
PATIENCE = 200
"""Messages, spread over all, that a peer is asked about which takes tens of milliseconds for each."""
_SLOW = ("RapidFuzz, keywords",)


@dataclass(frozen=True)
class Asked:
    """A message, what it was taken for, and how many milliseconds that took."""

    message: Example
    answer: Answer
    ms: float

    @property
    def is_right(self) -> bool:
        return self.answer.topic in self.message.topics and self.answer.language in self.message.languages


def ours(library: Library) -> Callable[[Example], Answer]:
    def answer(message: Example) -> Answer:
        best = understand(message.text, library, message.country).best
        return Answer(best.name, best.language)

    return answer


def ask(answer: Callable[[Example], Answer], messages: Sequence[Example]) -> list[Asked]:
    answer(messages[0])
    return [_timed(answer, message) for message in messages]


def _timed(answer: Callable[[Example], Answer], message: Example) -> Asked:
    started = time.perf_counter()
    given = answer(message)
    return Asked(message, given, (time.perf_counter() - started) * 1000)


def ask_nlpjs(taught: Sequence[Taught], messages: Sequence[Example]) -> list[Asked]:
    """Ask NLP.js about messages in the languages that it has."""
    known = sorted({peers.iso(each.language) for each in taught} & peers.install_nlpjs())
    mine = [message for message in messages if peers.iso(message.languages[0]) in known]
    given = peers.nlpjs([each for each in taught if peers.iso(each.language) in known], known, [m.text for m in mine])
    return [
        Asked(message, Answer(answer.topic, _as_labelled(answer.language, message)), ms)
        for message, (answer, ms) in zip(mine, given, strict=True)
    ]


def _as_labelled(language: str, message: Example) -> str:
    """It has one Chinese for both, and calls Filipino Tagalog: that is no mistake."""
    return next((code for code in message.languages if peers.iso(code) == language), language)


def main() -> None:
    """Ask everybody, print the tables, add them to results.json."""
    library = content.load()
    found = list(examples(sorted((CONTENT / "examples").glob("*.jsonl"))))
    taught = [Taught(each.text, each.topics[0], each.languages[0]) for each in found if not each.is_aside]
    aside = [each for each in found if each.is_aside]
    listed = peers.keywords(library)
    field: Mapping[str, Peer] = {
        "exact first word": peers.first_word(listed),
        "exact any word": peers.any_word(listed),
        "nearest message": peers.nearest_message(taught),
        "RapidFuzz, keywords": peers.rapidfuzz(listed),
        "letters, linear model": peers.linear_model(taught),
    }
    asked = {"Skinline": ask(ours(library), aside)}
    for name, peer in field.items():
        some = aside[:: max(1, len(aside) // PATIENCE)] if name in _SLOW else aside
        asked[name] = ask(lambda message, peer=peer: peer(message.text), some)
    if shutil.which("npm"):
        asked["NLP.js"] = ask_nlpjs(taught, aside)
    else:
        print("NLP.js is left out: it needs Node.js and npm", file=sys.stderr)
    _report(asked)


def _report(asked: Mapping[str, Sequence[Asked]]) -> None:
    figures = {name: _figures(answers) for name, answers in asked.items()}
    print(f"{'':24}{'messages':>9}{'both %':>8}{'topic':>7}{'lang.':>7}{'safety':>7}{'false':>7}{'median ms':>11}")
    for name, row in figures.items():
        print(f"{name:24}" + "".join(f"{row[column]:>{width}}" for column, width in _COLUMNS.items()))
    for title, of in (("language", lambda each: each.languages[0]), ("style", lambda each: each.style)):
        _print_by(title, {name: _shares(answers, of) for name, answers in asked.items()})
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    results["understanding"] = {name: row | _by(asked[name]) for name, row in figures.items()}
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


_COLUMNS = {"messages": 9, "both": 8, "topic": 7, "language": 7, "safety": 7, "false_answers": 7, "median_ms": 11}


def _by(answers: Sequence[Asked]) -> dict[str, object]:
    return {
        "by_language": _shares(answers, lambda each: each.languages[0]),
        "by_style": _shares(answers, lambda each: each.style),
    }


def _figures(answers: Sequence[Asked]) -> dict[str, float]:
    danger = [each for each in answers if each.message.topics[0] in SAFETY]
    outside = [each for each in answers if each.message.topics == (UNKNOWN,)]
    return {
        "messages": len(answers),
        "both": _share([each.is_right for each in answers]),
        "topic": _share([each.answer.topic in each.message.topics for each in answers]),
        "language": _share([each.answer.language in each.message.languages for each in answers]),
        "safety": _share([each.answer.topic in each.message.topics for each in danger]),
        "false_answers": _share(
            [each.answer.topic not in CONTROLS and each.answer.topic != UNKNOWN for each in outside]
        ),
        "median_ms": round(statistics.median(each.ms for each in answers), 2),
    }


def _share(right: Sequence[bool]) -> float:
    """Return the share of what is true, in per cent."""
    return round(100 * sum(right) / len(right), 1) if right else 0.0


def _shares(answers: Sequence[Asked], of: Callable[[Example], str]) -> dict[str, float]:
    groups: defaultdict[str, list[bool]] = defaultdict(list)
    for each in answers:
        groups[of(each.message)].append(each.is_right)
    return {group: _share(right) for group, right in sorted(groups.items())}


def _print_by(title: str, shares: Mapping[str, Mapping[str, float]]) -> None:
    print(f"\nboth right by {title}, %")
    print(f"{'':15}" + "".join(f"{name[:13]:>14}" for name in shares))
    for group in next(iter(shares.values())):
        print(f"{group:15}" + "".join(f"{row.get(group, '-'):>14}" for row in shares.values()))


if __name__ == "__main__":
    main()
