"""The bot's own sentences and every translation, from content/phrases.toml and locales/.

Catalogues are read into memory at start; there are no compiled files that could differ from what a translator wrote.
A fuzzy translation, or one of an English text that has changed since, is not used: the reader gets English.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from bot import catalogues
from bot.languages import SOURCE
from bot.model import Clinic
from bot.problems import Problem, Refused
from bot.text import fold, sendable
from bot.topics import CONTENT, Topic

LOCALES = CONTENT.parent / "locales"
_OPENING = 24
_NEVER_SENT = ("page_", "poster_")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
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
        return len(text) >= _OPENING and fold(text[: 3 * _OPENING])[:_OPENING] in self.openings

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
    texts: dict[str, Mapping[str, str]] = {}
    reviewed: dict[str, str] = {}
    for code in codes:
        found = [] if code == SOURCE else list(_catalogues(folder / code / "LC_MESSAGES", code, problems))
        texts[code] = english if code == SOURCE else _usable(found, english, problems)
        reviewed[code] = next((who for path, _ in found if (who := catalogues.header(path, "X-Reviewed-By"))), "")
    if problems:
        raise Refused(problems)
    return Phrasebook(english, texts, reviewed, clinic, _openings((english, *texts.values())))


def _openings(texts: Iterable[Mapping[str, str]]) -> frozenset[str]:
    """Return how our texts begin; short ones, and those that begin with the clinic's name, could be anyone's.

    What only stands on a page or a poster is never sent: whoever texts the question on the poster, asks.
    """
    sent = (text for language in texts for name, text in language.items() if not name.startswith(_NEVER_SENT))
    folded = (fold(text.partition("{")[0]) for text in sent)
    return frozenset(text[:_OPENING] for text in folded if len(text) >= _OPENING)


def _english(topics: Iterable[Topic], source: Path, problems: list[Problem]) -> dict[str, str]:
    english: dict[str, str] = {}
    for topic in topics:
        for name, text in texts_of(topic):
            _add(english, source.parent / "topics" / f"{topic.id}.toml", name, text, problems)
    try:
        phrases = tomllib.loads(source.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problems.append(Problem(str(source), "", f"cannot be read ({error}); mend or restore it"))
        return english
    for name, phrase in phrases.items():
        if not (isinstance(phrase, dict) and isinstance(phrase.get("text"), str) and "note" in phrase):
            problems.append(Problem(str(source), name, "needs a `text` and a `note` for translators"))
        else:
            _add(english, source, name, phrase["text"], problems)
    return english


def _add(english: dict[str, str], path: Path, name: str, text: str, problems: list[Problem]) -> None:
    filled = _FILLED | _FILLED_IN.get(name, set())
    if _has_stray_braces(text) or not _placeholders(text) <= filled:
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


def _catalogues(folder: Path, code: str, problems: list[Problem]) -> Iterator[tuple[Path, Catalog]]:
    for domain in catalogues.DOMAINS:
        path = folder / f"{domain}.po"
        try:
            yield path, catalogues.read(path, code)
        except Refused as refused:
            problems.extend(refused.problems)


def _usable(
    found: Sequence[tuple[Path, Catalog]], english: Mapping[str, str], problems: list[Problem]
) -> dict[str, str]:
    usable: dict[str, str] = {}
    seen: set[str] = set()
    for path, catalogue in found:
        for name, message in _translated(catalogue, english):
            seen.add(name)
            if message.fuzzy or message.id != english[name]:
                continue
            same = _placeholders(message.string) == _placeholders(english[name])
            if same and not _has_stray_braces(message.string):
                usable[name] = sendable(str(message.string))
            else:
                wanted = ", ".join(sorted(_placeholders(english[name]))) or "none"
                problems.append(Problem(str(path), name, f"the words in braces must be those of the English: {wanted}"))
    if len(found) == len(catalogues.DOMAINS):
        where = str(found[0][0].parent)
        for name in sorted(english.keys() - seen):
            problems.append(Problem(where, name, "has no translation; add it, or leave the language out of LANGUAGES"))
    return usable


def _translated(catalogue: Catalog, english: Mapping[str, str]) -> Iterator[tuple[str, Message]]:
    for message in catalogue:
        if message.context and message.context in english and message.string:
            yield message.context, message


def _has_stray_braces(text: object) -> bool:
    """Tell whether a brace stands elsewhere than around a single word: `str.format` would fail, or fill it oddly."""
    return not {"{", "}"}.isdisjoint(_PLACEHOLDER.sub("", str(text)))


def _placeholders(text: object) -> frozenset[str]:
    return frozenset(_PLACEHOLDER.findall(str(text)))
