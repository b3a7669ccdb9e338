"""Translators get every English text of the content, under a name that says where it stands."""

from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file

from bot.extract import TITLE_NOTE, Found, texts

TOPIC = """
title = "Laser"
answer = "A laser can help. 激光"
more = ["It may take weeks.", "Ask a doctor."]
related = ["scars"]
urgency = "routine"
sources = ["A source"]
reviewed = {}
"""
PHRASES = """
[hint]
text = "Text MENU, {clinic}."
note = "As short as possible."

[bye]
text = "Bye 👋"
note = ""
"""


def found_in(path: Path, content: str) -> list[Found]:
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, encoding="utf-8")
    with path.open("rb") as file:
        return list(texts(file, keywords={}, comment_tags=(), options={}))


def test_a_topic_gives_its_title_answer_and_pages(tmp_path: Path) -> None:
    assert found_in(tmp_path / "topics" / "laser.toml", TOPIC) == [
        (0, "pgettext", ("laser.title", "Laser"), [TITLE_NOTE]),
        (0, "pgettext", ("laser.answer", "A laser can help. 激光"), []),
        (0, "pgettext", ("laser.more.1", "It may take weeks."), []),
        (0, "pgettext", ("laser.more.2", "Ask a doctor."), []),
    ]


def test_a_topic_without_pages_gives_its_title_and_answer(tmp_path: Path) -> None:
    found = found_in(tmp_path / "topics" / "laser.toml", 'title = "Laser"\nanswer = "Yes."')
    assert [names for _, _, names, _ in found] == [("laser.title", "Laser"), ("laser.answer", "Yes.")]


def test_phrases_give_their_texts_and_notes(tmp_path: Path) -> None:
    assert found_in(tmp_path / "phrases.toml", PHRASES) == [
        (0, "pgettext", ("hint", "Text MENU, {clinic}."), ["As short as possible."]),
        (0, "pgettext", ("bye", "Bye 👋"), []),
    ]


@pytest.mark.parametrize("name", ["keywords/es.toml", "pyproject.toml", "other/phrases.txt"])
def test_other_files_hold_nothing_to_translate(tmp_path: Path, name: str) -> None:
    assert found_in(tmp_path / name, 'title = "x"\nanswer = "y"') == []


def test_babel_reads_what_we_give_it(tmp_path: Path) -> None:
    path = tmp_path / "topics" / "laser.toml"
    found_in(path, TOPIC)
    extracted = extract_from_file("bot.extract:texts", path, keywords={"pgettext": ((1, "c"), 2)})
    assert (0, "Laser", [TITLE_NOTE], "laser.title") in extracted
    assert len(extracted) == 4
