"""The bot's own sentences and every translation, from content/phrases.toml and locales/.

Catalogues are read into memory at start; there are no compiled files that could differ from what a translator wrote.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot import places, translations
from bot.folding import fold
from bot.languages import SOURCE
from bot.model import Clinic
from bot.problems import Problem, Refused, toml
from bot.text import sendable
from bot.topics import CONTENT, Topic
from bot.translations import OPENING, Translation, has_stray_braces, openings, placeholders

LOCALES = places.LOCALES
_FILLED = frozenset({"clinic", "phone", "days"})
# What else a text is told; the same names as in `compose`.
_FILLED_IN = {
    "clinic_hours": {"hours"},
    "clinic_address": {"address"},
    "clinic_booking": {"url"},
    "crisis_line": {"line"},
    "remind_on": {"date"},
}


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """Every text by its msgctxt (`reminder`, `scars.answer`), in English and in each language served.

    `texts[language]` lacks what has no usable translation. `reviewed` says who signed a language's catalogues.
    """

    english: Mapping[str, str]
    texts: Mapping[str, Mapping[str, str]]
    reviewed: Mapping[str, str]
    clinic: Clinic
    openings: frozenset[str]

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.texts)

    def is_ours(self, text: str) -> bool:
        """Tell whether `text` begins as one of our own does: another machine, or a tapback, sends our words back."""
        return len(text) >= OPENING and fold(text[: 3 * OPENING])[:OPENING] in self.openings

    def has(self, name: str, language: str) -> bool:
        """Tell whether `name` has a usable text in `language`."""
        return name in self.texts[language]

    def say(self, name: str, language: str, **values: str) -> str:
        """Return the text `name` in `language`, or in English where there is none, with its placeholders filled."""
        text = self.texts[language].get(name) or self.english[name]
        if "{" not in text:
            return text
        clinic = self.clinic.name or self.texts[language].get("our_clinic") or self.english["our_clinic"]
        said = text.format_map({"clinic": clinic, "phone": self.clinic.phone, "days": self.clinic.keep_days} | values)
        return said[0].upper() + said[1:]


def load(
    topics: Iterable[Topic],
    clinic: Clinic,
    languages: tuple[str, ...] = (),
    folder: Path = LOCALES,
    source: Path = CONTENT / "phrases.toml",
) -> Phrasebook:
    """Read English and every catalogue of `languages` (empty: all of `folder`). Raise `Refused` with every mistake."""
    problems: list[Problem] = []
    english = _english(topics, source, problems)
    codes = languages or (SOURCE, *sorted(path.name for path in folder.iterdir() if path.is_dir()))
    said = {code: _translation(folder, code, english, problems) for code in codes}
    if problems:
        raise Refused(problems)
    begun = openings(english).union(*(translation.openings for translation in said.values()))
    texts = {code: translation.texts for code, translation in said.items()}
    reviewed = {code: translation.reviewed for code, translation in said.items()}
    return Phrasebook(english, texts, reviewed, clinic, begun)


def _translation(folder: Path, code: str, english: Mapping[str, str], problems: list[Problem]) -> Translation:
    if code == SOURCE:
        return Translation(english, "", frozenset())
    return translations.read(folder / code / "LC_MESSAGES", code, english, problems)


def _english(topics: Iterable[Topic], source: Path, problems: list[Problem]) -> dict[str, str]:
    english: dict[str, str] = {}
    for topic in topics:
        for name, text in texts_of(topic):
            _add(english, source.parent / "topics" / f"{topic.id}.toml", name, text, problems)
    try:
        phrases = toml(source)
    except Refused as refused:
        problems.extend(refused.problems)
        return english
    for name, phrase in phrases.items():
        if not (isinstance(phrase, dict) and isinstance(phrase.get("text"), str) and "note" in phrase):
            problems.append(Problem(str(source), name, "needs a `text` and a `note` for translators"))
        else:
            _add(english, source, name, phrase["text"], problems)
    return english


def _add(english: dict[str, str], path: Path, name: str, text: str, problems: list[Problem]) -> None:
    filled = _FILLED | _FILLED_IN.get(name, set())
    if has_stray_braces(text) or not placeholders(text) <= filled:
        allowed = ", ".join(f"{{{word}}}" for word in sorted(filled))
        problems.append(Problem(str(path), name, f"braces may stand only in {allowed}; mend or remove the others"))
    else:
        english[name] = sendable(text)


def texts_of(topic: Topic) -> Iterator[tuple[str, str]]:
    """Yield the msgctxt and the English of everything that a topic may say."""
    yield f"{topic.id}.title", topic.title
    yield f"{topic.id}.answer", topic.answer
    for number, page in enumerate(topic.more, start=1):
        yield f"{topic.id}.more.{number}", page
