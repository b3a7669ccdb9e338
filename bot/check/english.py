"""Whether every English text is plain: letters that an SMS carries cheaply, short words and sentences, nothing that
our fact sheet forbids. English is the source of every translation, so what it says wrongly is wrong in all of them.
"""

from collections.abc import Collection, Iterator, Sequence

from bot import readability
from bot.check.finding import Finding
from bot.check.rules import Forbidden, Rules
from bot.phrases import Phrasebook
from bot.segments import foreign
from bot.text import words
from bot.translations import TYPED


def findings(topics: Collection[str], phrases: Phrasebook, rules: Rules) -> Iterator[Finding]:
    """Yield every mistake in an English text."""
    for name, text in phrases.english.items():
        where = file_of(name, topics)
        yield from _foreign(where, name, text)
        yield from _forbidden(where, name, text, rules.forbidden)
        if is_graded(name, text, topics, rules):
            yield from _hard(where, name, text, rules)


def is_of_topic(name: str, topics: Collection[str]) -> bool:
    """Tell whether the text `name` belongs to a topic's file."""
    return "." in name and name.partition(".")[0] in topics


def file_of(name: str, topics: Collection[str]) -> str:
    """Return the file in which the English text `name` stands."""
    return f"content/topics/{name.partition('.')[0]}.toml" if is_of_topic(name, topics) else "content/phrases.toml"


def is_graded(name: str, text: str, topics: Collection[str], rules: Rules) -> bool:
    """Tell whether `text` is for reading, and long enough for a fair figure: an answer always is, a title never."""
    if name.startswith(TYPED):
        return False
    if is_of_topic(name, topics):
        return not name.endswith(".title")
    return len(readability.words(text)) >= rules.graded_from_words


def grades(topics: Collection[str], phrases: Phrasebook, rules: Rules) -> dict[str, float]:
    """Return the reading grade of every English text that is long enough to have one, by name."""
    return {
        name: readability.grade(text, rules.excused)
        for name, text in phrases.english.items()
        if is_graded(name, text, topics, rules)
    }


def _foreign(where: str, key: str, text: str) -> Iterator[Finding]:
    if letters := foreign(text):
        advice = f"{' '.join(letters)} would make every SMS dearer (UCS-2); write plain letters and marks"
        yield Finding(where, key, advice, text)


def _hard(where: str, key: str, text: str, rules: Rules) -> Iterator[Finding]:
    found = round(readability.grade(text, rules.excused), 1)
    if found > rules.highest_grade:
        advice = f"reading grade {found}, at most {rules.highest_grade}; use shorter sentences and shorter words"
        yield Finding(where, key, advice, text)


def _forbidden(where: str, key: str, text: str, forbidden: Sequence[Forbidden]) -> Iterator[Finding]:
    for sentence in readability.sentences(text):
        said = words(sentence)
        for rule in forbidden:
            if _stands_in(rule.words, said):
                advice = f"must not say {rule.phrase!r} ({rule.why}); {rule.instead}"
                yield Finding(where, key, advice, sentence)


def _stands_in(phrase: Sequence[str], said: Sequence[str]) -> bool:
    size = len(phrase)
    return any(tuple(said[start : start + size]) == phrase for start in range(len(said) - size + 1))
