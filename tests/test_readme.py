"""What the README promises is so."""

import re
from datetime import UTC, datetime
from pathlib import Path

import click
from babel import Locale

from bot.answer import answer
from bot.check.reviews import REVIEW_AGE
from bot.cli import main
from bot.content import Library
from bot.model import Channel, Message, Sender
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


def test_it_says_that_nobody_has_signed_as_long_as_a_text_is_unsigned(library: Library) -> None:
    is_unsigned = any(topic.reviewed is None for topic in library.topics.values())
    assert ("No clinician has signed the texts yet" in README) == is_unsigned


def test_how_to_sign_is_shown_with_what_the_command_takes() -> None:
    shown = set(re.findall(r"--[a-z]+", re.search(r"^    skinline sign .*$", README, re.MULTILINE)[0]))
    assert shown <= {option for parameter in main.commands["sign"].params for option in parameter.opts}
    assert shown == {"--by", "--on", "--expires"}


def test_the_age_at_which_a_review_is_called_old_is_that_of_the_check() -> None:
    assert f"more than {REVIEW_AGE.days} days ago" in " ".join(README.split())


def test_every_make_target_that_it_names_is_there() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:`|    )make (\w+)", README))
    assert named <= targets
    assert {"run", "test"} <= named


def test_it_names_the_languages_that_are_spoken_and_no_other(library: Library) -> None:
    told = re.search(r"It speaks (.*?), and reads them", " ".join(README.split()))
    assert told
    english = Locale("en").languages
    assert sorted(re.split(r", | and ", told[1])) == sorted(english[code] for code in library.languages)


def test_the_conversation_that_it_shows_is_what_is_said(library: Library, book: Phrasebook) -> None:
    shown: dict[str, str] = {}
    for mark, _, line in (line.partition(" ") for line in README.splitlines()):
        if mark == ">":
            asked = line
        elif mark == "<":
            shown[asked] = f"{shown.get(asked, '')} {line}".strip()
    assert len(shown) == 3
    now = datetime(2026, 6, 1, tzinfo=UTC)
    sender = Sender(last_seen=now)
    for text, told in shown.items():
        outcome = answer(Message(text, Channel.SMS, now, "US"), sender, library, book)
        sender = outcome.sender
        assert outcome.reply
        assert " ".join(" ".join(outcome.reply.texts).split()) == told


def test_the_files_that_it_names_are_there() -> None:
    named = set(re.findall(r"`((?:content|locales|tests|bot)/[\w./<>]*)`", README))
    for language in (path.stem for path in (ROOT / "content" / "keywords").glob("*.toml")):
        for path in (ROOT / name.replace("<lang>", language).replace("<topic>", "scars") for name in named):
            assert path.exists() or language == "en", path
    assert {"content/meanings.toml", "content/weights.json", "content/examples/<lang>.jsonl"} <= named
