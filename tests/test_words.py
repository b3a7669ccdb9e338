"""The staff's pages say everything in each of their languages, and fill in what the English does."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from bot import catalogues
from bot.staff import words

ROOT = Path(__file__).parent.parent
LOCALES = ROOT / "locales"
LANGUAGES = [code for code in words.load() if code != "en"]
PLACEHOLDER = re.compile(r"%\(\w+\)s")


def messages(language: str) -> list[Message]:
    path = LOCALES / language / "LC_MESSAGES" / "staff.po"
    return [message for message in catalogues.read(path, language) if message.id]


def test_spanish_is_among_them() -> None:
    assert "es" in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_translated(language: str) -> None:
    for message in messages(language):
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(strings), message.id
        assert not message.fuzzy, message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_fills_in_what_the_english_does(language: str) -> None:
    for message in messages(language):
        english = message.id if isinstance(message.id, str) else message.id[0]
        for string in message.string if isinstance(message.string, tuple) else (message.string,):
            assert sorted(PLACEHOLDER.findall(string)) == sorted(PLACEHOLDER.findall(english)), english


def test_the_template_holds_what_the_pages_say(tmp_path: Path) -> None:
    fresh = tmp_path / "staff.pot"
    pybabel = Path(sys.executable).with_name("pybabel")
    options = ["--no-location", "--no-wrap", "--omit-header", "-q"]
    command = [pybabel, *options[3:], "extract", "-F", "pyproject.toml", *options[:3], "-o", fresh]
    subprocess.run([*command, "bot/staff", "bot/templates/staff"], cwd=ROOT, check=True)
    with fresh.open("rb") as made, (LOCALES / "staff.pot").open("rb") as kept:
        assert {message.id for message in read_po(made)} == {message.id for message in read_po(kept)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_catalogue_has_what_the_template_has(language: str) -> None:
    with (LOCALES / "staff.pot").open("rb") as file:
        assert {message.id for message in messages(language)} == {each.id for each in read_po(file) if each.id}
