"""The drawings: small enough for every phone, told in words in every language, at addresses that nobody can guess."""

import re
import struct
from dataclasses import replace
from pathlib import Path

import pytest

from bot import pictures
from bot.check import drawings
from bot.check.drawings import LARGEST
from bot.content import Library
from bot.phrases import Phrasebook
from bot.pictures import WIDTH, png

KEY = "a key of at least thirty-two letters"
GALLERY = pictures.load(KEY)
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#0b6e63"/></svg>'


@pytest.mark.parametrize("name", GALLERY.drawings)
def test_a_drawing_is_a_small_square_png_for_a_phone(name: str) -> None:
    rendered = png(GALLERY.drawings[name])
    assert rendered.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", rendered[16:24]) == (WIDTH, WIDTH)
    assert len(rendered) <= LARGEST


@pytest.mark.parametrize("name", GALLERY.drawings)
def test_every_drawing_keeps_to_the_same_few_colors(name: str) -> None:
    colors = set(re.findall(r"#[0-9a-f]{3,6}", "".join(GALLERY.drawings.values())))
    assert {"#fdf1e3", "#5a3a30"} <= set(re.findall(r"#[0-9a-f]{3,6}", GALLERY.drawings[name]))
    assert len(colors) <= 40


def test_every_drawing_goes_with_a_topic_and_every_one_named_is_there(library: Library) -> None:
    assert {topic.picture for topic in library.topics.values()} - {""} == GALLERY.drawings.keys()


def test_skin_is_drawn_in_many_tones() -> None:
    tones = {"#efc097", "#dcae7c", "#c68b5c", "#7d4a31", "#553122"}
    shown = {tone: sum(tone in drawing for drawing in GALLERY.drawings.values()) for tone in tones}
    assert min(shown.values()) >= 2


def test_every_drawing_is_told_in_words_in_every_language(book: Phrasebook) -> None:
    assert list(drawings.findings(GALLERY.drawings, book)) == []
    for language in book.languages:
        told = [book.say(f"picture_{name}", language) for name in GALLERY.drawings]
        assert len(set(told)) == len(GALLERY.drawings)
        assert all(book.has(f"picture_{name}", language) for name in GALLERY.drawings)


@pytest.mark.parametrize(
    ("drawing", "said"),
    [
        pytest.param("<svg", "cannot be rendered", id="broken"),
        pytest.param(SQUARE.replace("<rect", "<text>STOP</text><rect"), "<text: a drawing has no words", id="words"),
        pytest.param(
            SQUARE.replace("<rect", '<use href="http://a.example/"/><rect'), "href=: a drawing has", id="link"
        ),
        pytest.param(SQUARE, r"add \[picture_odd\] to content/phrases.toml", id="nothing to read aloud"),
    ],
)
def test_a_drawing_that_cannot_be_sent_is_told(drawing: str, said: str, book: Phrasebook) -> None:
    assert re.search(said, "\n".join(map(str, drawings.findings({"odd": drawing}, book))))


def test_too_long_a_text_to_read_aloud_is_told(book: Phrasebook) -> None:
    wordy = replace(book, texts={"en": {**book.english, "picture_sun": "Drawing: " + "sun " * 40}})
    said = "\n".join(map(str, drawings.findings({"sun": SQUARE}, wordy)))
    assert "169 letters in en, 125 allowed" in said


def test_an_address_is_guessed_neither_from_another_nor_without_the_key() -> None:
    others = pictures.load(KEY + "!")
    assert all(re.fullmatch(rf"/pictures/[0-9a-f]{{32}}/{name}\.png", path) for name, path in GALLERY.paths.items())
    assert set(GALLERY.paths.values()).isdisjoint(others.paths.values())
    codes = {path.split("/")[2] for path in GALLERY.paths.values()}
    assert len(codes) == len(GALLERY.paths)


def test_a_drawing_that_changes_gets_another_address(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    file = tmp_path / "pictures" / "sun.svg"
    file.write_text(SQUARE, encoding="utf-8")
    first = pictures.load(KEY, tmp_path)
    file.write_text(SQUARE.replace("0b6e63", "d9483b"), encoding="utf-8")
    second = pictures.load(KEY, tmp_path)
    assert first.paths["sun"] != second.paths["sun"]
    assert first.at(second.paths["sun"]) is None
    assert first.at(first.paths["sun"]) == png(SQUARE)


@pytest.mark.parametrize("path", ["", "/pictures/0/sun.png", "/pictures/" + "0" * 32 + "/sun.png", "/ندبة"])
def test_behind_any_other_address_there_is_nothing(path: str) -> None:
    assert GALLERY.at(path) is None
