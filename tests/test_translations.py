"""What catalogues say is kept for the next start, and never outlives the catalogues or the English."""

from pathlib import Path

import pytest

from bot import translations
from bot.problems import Problem
from bot.translations import Translation

ENGLISH = {"bye": "Bye, {clinic}", "hint": "Text MENU."}
SPANISH = {"bye": "Adiós, {clinic}", "hint": "Escriba MENÚ a la clínica."}


def write(folder: Path, **texts: str) -> None:
    said = {**SPANISH, **texts}
    body = "".join(f'\nmsgctxt "{name}"\nmsgid "{ENGLISH[name]}"\nmsgstr "{text}"\n' for name, text in said.items())
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"X-Reviewed-By: Dra. Íñiguez\\n"\n'
    (folder / "content.po").write_text(head, encoding="utf-8")
    (folder / "bot.po").write_text(head + body, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path)
    return tmp_path


def read(folder: Path, english: dict[str, str] = ENGLISH) -> Translation:
    problems: list[Problem] = []
    found = translations.read(folder, "es", english, problems)
    assert not problems
    return found


def test_what_is_kept_says_the_same_as_the_catalogues(folder: Path) -> None:
    first = read(folder)
    assert first == Translation(SPANISH, "Dra. Íñiguez", frozenset({"escriba menu a la clinic"}))
    assert len(list((folder / "__pycache__").iterdir())) == 1
    assert read(folder) == first


def test_a_mended_translation_is_said_at_the_next_start(folder: Path) -> None:
    read(folder)
    write(folder, bye="Chao, {clinic}")
    assert read(folder).texts["bye"] == "Chao, {clinic}"


def test_a_translation_of_an_english_that_has_changed_is_not_said(folder: Path) -> None:
    read(folder)
    assert "hint" not in read(folder, ENGLISH | {"hint": "Text MENU or MORE."}).texts


def test_a_mistake_is_told_at_every_start(folder: Path) -> None:
    write(folder, bye="Adiós, {clinica}")
    for _ in range(2):
        problems: list[Problem] = []
        translations.read(folder, "es", ENGLISH, problems)
        assert [problem.key for problem in problems] == ["bye"]


def test_a_missing_catalogue_is_told(folder: Path) -> None:
    (folder / "content.po").unlink()
    problems: list[Problem] = []
    translations.read(folder, "es", ENGLISH, problems)
    assert problems
    assert "missing" in problems[0].advice
