"""What the README promises is so."""

import re
from pathlib import Path

import click

from bot.cli import main
from bot.content import Library
from bot.languages import own_name
from bot.phrases import Phrasebook
from bot.settings import help_lines

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _table(heading: str) -> dict[str, list[str]]:
    section = README.split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [
        [cell.strip().strip("`") for cell in line.strip("|").split("|")]
        for line in section.splitlines()
        if "| `" in line
    ]
    return {row[0]: row[1:] for row in rows}


def test_the_table_of_settings_is_that_of_the_program() -> None:
    assert _table("Settings") == {name: [default, text] for name, default, text in help_lines()}


def test_the_table_of_commands_is_that_of_the_program() -> None:
    commands: dict[str, str] = {}
    for name, command in main.commands.items():
        within = command.commands.items() if isinstance(command, click.Group) else []
        commands |= {f"skinline {name} {inner}": each.get_short_help_str(200) for inner, each in within}
        if not isinstance(command, click.Group):
            commands[f"skinline {name}"] = command.get_short_help_str(200)
    assert _table("Commands") == {name: [text] for name, text in commands.items()}


def test_every_make_target_that_it_names_is_there() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:`|    )make (\w+)", README))
    assert named <= targets
    assert {"run", "test"} <= named


def test_it_names_every_language_that_is_spoken(library: Library) -> None:
    english = {"ar": "Arabic", "en": "English", "es": "Spanish", "fr": "French", "hi": "Hindi", "zh_Hans": "Chinese"}
    assert set(library.languages) == english.keys(), [own_name(code) for code in library.languages]
    assert all(name in README for name in english.values())


def test_the_conversation_that_it_shows_is_what_is_said(book: Phrasebook) -> None:
    shown = " ".join(line[2:] for line in README.splitlines() if line.startswith("< "))
    spanish, english = book.texts["es"], book.texts["en"]
    said = [
        spanish["scars.answer"],
        spanish["reminder"],
        spanish["hint"],
        english["language_changed"],
        book.say("stopped", "en"),
    ]
    assert shown == " ".join(said)
