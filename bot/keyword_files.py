"""What staff have taught, written into the keyword files for review in git; every other byte stays."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import tomlkit

from bot.entries import entries
from bot.problems import Problem, Refused
from bot.taught import Taught
from bot.topics import CONTENT


def add(lessons: Iterable[Taught], folder: Path = CONTENT) -> list[Taught]:
    """Add each phrase under `[topics]` of its language's file, and return those that did not stand there yet.

    Raise `Refused` where a file is missing or is not TOML.
    """
    by_language: defaultdict[str, list[Taught]] = defaultdict(list)
    for lesson in lessons:
        by_language[lesson.language].append(lesson)
    added = []
    for language, listed in by_language.items():
        added += _add_to(folder / "keywords" / f"{language}.toml", listed)
    return added


def standing(lessons: Iterable[Taught], folder: Path = CONTENT) -> list[Taught]:
    """Return those that stand in the keyword files already."""
    return [lesson for lesson in lessons if _stands(lesson, _read(folder / "keywords" / f"{lesson.language}.toml"))]


def _add_to(path: Path, lessons: Iterable[Taught]) -> list[Taught]:
    file = _read(path)
    added = [lesson for lesson in lessons if not _stands(lesson, file)]
    for lesson in added:
        topics = file.setdefault("topics", tomlkit.table())
        listed = str(topics.get(lesson.topic, "")).rstrip().rstrip(",")
        text = f"{listed}, {lesson.phrase}" if listed else lesson.phrase
        topics[lesson.topic] = tomlkit.string(text, literal=True, multiline=True)
    if added:
        # Whole or not at all: the line may be reading it.
        whole = path.with_name(f".{path.name}")
        whole.write_text(tomlkit.dumps(file), encoding="utf-8", newline="\n")
        whole.replace(path)
    return added


def _read(path: Path) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomlkit.exceptions.ParseError) as error:
        raise Refused([Problem(str(path), "", f"cannot be read ({error}); mend or restore it")]) from None


def _stands(lesson: Taught, file: tomlkit.TOMLDocument) -> bool:
    return lesson.phrase in entries(str(file.get("topics", {}).get(lesson.topic, "")))
