"""The library's pages show every text beside its English, within what a page may weigh."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from bot.content import Library
from bot.phrases import Phrasebook

LIGHT = 90_000
"""Bytes of a page without its stylesheets."""


def _shown(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return unescape(answer.text)


@pytest.mark.parametrize("language", ["es", "ur", "hi", "th", "zh_Hant"])
def test_every_topic_is_shown_beside_its_english(
    client: FlaskClient, library: Library, book: Phrasebook, language: str
) -> None:
    shown = _shown(client, f"/library?language={language}&part=all")
    names = [name for name in book.english if name.partition(".")[0] in library.topics]
    assert [name for name in names if book.english[name] not in shown] == []
    assert [name for name in names if book.texts[language][name] not in shown] == []
    assert all(source in shown for topic in library.topics.values() for source in topic.sources)
    assert shown.count("Awaits a clinician's signature") == len(library.topics)
    assert shown.count('class="signature"') == len(library.topics)


@pytest.mark.parametrize("language", ["bn", "hi", "th", "ru"])
def test_each_part_is_light_and_all_parts_hold_all(client: FlaskClient, library: Library, language: str) -> None:
    parts = [client.get(f"/library?language={language}&part={part}").text for part in (1, 2)]
    assert max(len(part.encode()) for part in parts) <= LIGHT
    shown = [name for part in parts for name in re.findall(r'<article class="card topic" id="(\w+)"', part)]
    assert sorted(shown) == sorted(library.topics)


@pytest.mark.parametrize("part", ["0", "4", "-1", "x", "١"])
def test_of_a_part_that_is_none_the_first_is_shown(client: FlaskClient, part: str) -> None:
    assert 'id="scars"' in client.get(f"/library?language=es&part={part}").text


def test_every_sentence_of_the_bot_is_shown(client: FlaskClient, library: Library, book: Phrasebook) -> None:
    shown = _shown(client, "/library/sentences?language=fa")
    names = [name for name in book.english if name.partition(".")[0] not in library.topics]
    assert [name for name in names if book.texts["fa"][name] not in shown] == []
    assert len(shown.encode()) <= LIGHT


def test_a_topic_is_shown_in_all_languages(client: FlaskClient, book: Phrasebook) -> None:
    shown = _shown(client, "/library/laser")
    assert all(book.say(f"laser.{text}", code) in shown for code in book.languages for text in ("answer", "more.1"))
    assert [code for code in book.languages if f'id="{code}"' not in shown] == []
    assert len(shown.encode()) <= LIGHT


def test_there_is_no_page_of_what_is_no_topic(client: FlaskClient) -> None:
    assert client.get("/library/unicorns").status_code == 404


@pytest.mark.parametrize(
    ("asked", "wished", "language"),
    [
        pytest.param("fr", "es", "fr", id="chosen"),
        pytest.param("", "es", "es", id="that of the page"),
        pytest.param("tlh", "en", "ar", id="not served: the first that is translated"),
        pytest.param("en", "es", "en", id="English alone, where it is chosen"),
    ],
)
def test_a_language_is_chosen(client: FlaskClient, asked: str, wished: str, language: str) -> None:
    shown = client.get(f"/library?language={asked}", headers={"Accept-Language": wished}).text
    assert f'<option value="{language}" selected>' in shown
