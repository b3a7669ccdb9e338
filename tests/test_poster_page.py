"""The page of the poster shows what is asked for, hands it over as a file, and says what is wrong with the asking."""

import sys
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from bot import printing
from bot.problems import Refused

ASKED = [("number", "+1 555 765 4321"), ("language", "es"), ("language", "ur"), ("channel", "sms"), ("paper", "letter")]


def _asking(*changes: tuple[str, str]) -> MultiDict[str, str]:
    changed = {name for name, _ in changes}
    return MultiDict([*((name, value) for name, value in ASKED if name not in changed), *changes])


def test_without_a_number_it_asks_for_one(client: FlaskClient) -> None:
    shown = client.get("/poster").text
    assert 'name="number" type="tel" value=""' in shown
    assert '<article class="poster' not in shown


def test_the_poster_is_shown_as_it_will_be_printed(client: FlaskClient) -> None:
    shown = unescape(client.get("/poster", query_string=_asking()).text)
    assert '<article class="poster letter of-2 with-1">' in shown
    assert "¿Preguntas sobre<br> cicatrices de acné?" in shown
    assert "Clara Clinic" not in shown.split("<article")[1], "the client's settings name no clinic"
    assert 'value="ur" lang="ur" selected' in shown


@pytest.mark.parametrize(("kind", "start"), [("pdf", b"%PDF-"), ("png", b"\x89PNG")])
def test_it_is_handed_over_as_a_file(client: FlaskClient, kind: str, start: bytes) -> None:
    answer = client.get(f"/poster.{kind}", query_string=_asking())
    assert (answer.status_code, answer.data[: len(start)]) == (200, start)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="poster.{kind}"'


def test_no_other_kind_is_made(client: FlaskClient) -> None:
    assert client.get("/poster.exe", query_string=_asking()).status_code == 404


@pytest.mark.parametrize("path", ["/poster", "/poster.pdf"])
@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param(("number", "555 765 4321"), "such as +15557654321", id="no country"),
        pytest.param(("number", "<script>"), "such as +15557654321", id="no number"),
        pytest.param(("language", "xx"), "is not served", id="no such language"),
        pytest.param(("channel", "pigeon"), "choose SMS, WhatsApp or both", id="no such channel"),
    ],
)
def test_what_is_wrong_is_said_on_the_page(client: FlaskClient, path: str, change: tuple[str, str], why: str) -> None:
    answer = client.get(path, query_string=_asking(change))
    assert answer.status_code == 422
    assert why in answer.text
    assert "<script" not in answer.text


def test_an_unknown_paper_is_a4(client: FlaskClient) -> None:
    assert 'class="poster a4 ' in client.get("/poster", query_string=_asking(("paper", "papyrus"))).text


def test_what_cannot_be_made_apart_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(Refused, match="libpango"):
        printing.apart("pdf", "<p>Hello")
