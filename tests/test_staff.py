"""The staff's pages: who may open them, which forms are heard, in which language they speak."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot import attempts, database
from bot.app import create_app
from bot.content import Library
from bot.line import Line
from bot.phrases import Phrasebook
from bot.settings import Settings
from bot.staff import session
from bot.store import Store

PASSWORD = "a password of many letters"
KEY = "k" * 32
LIVE: dict[str, Any] = {
    "twilio_account_sid": "AC" + "0" * 32,
    "twilio_auth_token": ("0" * 32,),
    "public_url": "https://line.clinic.example",
    "secret_key": KEY,
    "staff_password": PASSWORD,
}
Open = Callable[..., FlaskClient]


@pytest.fixture
def staff(tmp_path: Path, library: Library, book: Phrasebook) -> Open:
    """Build a client of the program as a clinic runs it, with changes; all share one database."""
    url = f"sqlite:///{tmp_path}/skinline.sqlite3"
    opened = database.engine(url)
    database.upgrade(opened)

    def client(**changes: Any) -> FlaskClient:
        settings = Settings(**{"database_url": url, **LIVE, **changes})
        return create_app(settings, Line(library, book, Store(opened), settings.secret_key)).test_client()

    return client


def token(client: FlaskClient, path: str = "/sign-in") -> str:
    (value,) = set(re.findall(r'name="token" value="(.*?)"', client.get(path).text))
    return unescape(value)


def sign_in(client: FlaskClient, password: str = PASSWORD, query: str = "") -> TestResponse:
    return client.post(f"/sign-in{query}", data={"token": token(client), "password": password})


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_without_a_session_every_page_leads_to_the_door(staff: Open, method: str) -> None:
    client = staff()
    pages = [rule.rule for rule in client.application.url_map.iter_rules() if rule.endpoint.startswith("staff.")]
    guarded = set(pages) - {"/sign-in", "/sign-out"}
    assert guarded
    for page in guarded:
        response = client.open(page, method=method)
        assert response.status_code in (303, 405), page
        assert response.status_code == 405 or response.location.startswith("/sign-in?to=")


def test_the_password_opens_the_page_that_was_asked_for(staff: Open) -> None:
    client = staff()
    assert client.get("/").location == "/sign-in?to=try_it"
    assert sign_in(client, query="?to=try_it").location == "/"
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "sign_out", "../..", "", "x" * 500])
def test_the_door_leads_to_no_other_site(staff: Open, to: str) -> None:
    assert sign_in(staff(), query=f"?to={to}").location == "/"


@pytest.mark.parametrize("password", ["", PASSWORD[:-1], PASSWORD + "x", PASSWORD.upper(), "كلمة السر", "\x00" * 60])
def test_a_wrong_password_is_refused_kindly(staff: Open, password: str) -> None:
    client = staff()
    response = sign_in(client, password)
    assert response.status_code == 403
    assert "This is not the password." in response.text
    assert client.get("/").status_code == 303


def test_a_password_may_be_in_any_script(staff: Open) -> None:
    client = staff(staff_password="كلمة سر طويلة جداً 🙂")
    assert sign_in(client, "كلمة سر طويلة جداً").status_code == 403
    assert sign_in(client, "كلمة سر طويلة جداً 🙂").status_code == 303


def test_too_many_tries_are_refused_in_every_process_even_with_the_right_password(staff: Open) -> None:
    clients = [staff(), staff()]
    for number in range(attempts.MOST):
        assert sign_in(clients[number % 2], "wrong").status_code == 403
    response = sign_in(staff())
    assert response.status_code == 429
    assert "Wait 15 minutes" in response.text


def test_a_browser_that_was_in_gets_in_while_strangers_guess(staff: Open) -> None:
    known, stranger = staff(), staff()
    sign_in(known)
    known.post("/sign-out", data={"token": token(known, "/")})
    for _ in range(attempts.MOST + 1):
        sign_in(stranger, "wrong")
    assert sign_in(stranger).status_code == 429
    assert sign_in(known).status_code == 303


def test_signing_out_shuts_the_pages(staff: Open) -> None:
    client = staff()
    sign_in(client)
    assert client.post("/sign-out", data={"token": token(client, "/")}).location == "/sign-in"
    assert client.get("/").status_code == 303


def test_a_session_ends_after_a_working_day(staff: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    client = staff()
    sign_in(client)
    with client.session_transaction() as kept:
        kept["since"] -= session.LONGEST.total_seconds()
    assert client.get("/").status_code == 303


def test_another_password_ends_every_session(staff: Open) -> None:
    before, after = staff(), staff(staff_password="another password of many letters")
    sign_in(before)
    cookie = before.get_cookie("__Host-skinline")
    assert cookie
    after.set_cookie("__Host-skinline", cookie.value)
    assert after.get("/").status_code == 303


def test_a_cookie_signed_with_another_key_opens_nothing(staff: Open) -> None:
    forged, client = staff(secret_key="f" * 32), staff()
    sign_in(forged)
    cookie = forged.get_cookie("__Host-skinline")
    assert cookie
    client.set_cookie("__Host-skinline", cookie.value)
    assert client.get("/").status_code == 303


def test_the_cookie_is_for_this_host_alone_over_tls_and_not_for_scripts(staff: Open) -> None:
    header = sign_in(staff()).headers["Set-Cookie"]
    assert header.startswith("__Host-skinline=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(header.split("; "))
    assert "Domain" not in header


@pytest.mark.parametrize("given", [None, "", "another", "é", "x" * 5000])
def test_a_form_without_the_token_of_its_session_changes_nothing(staff: Open, given: str | None) -> None:
    client = staff()
    sign_in(client)
    response = client.post("/sign-out", data={} if given is None else {"token": given})
    assert response.status_code == 400
    assert "This form is too old" in response.text
    assert client.get("/").status_code == 200


def test_while_trying_out_forms_need_the_token_too(client: FlaskClient) -> None:
    assert client.post("/", data={"who": "a", "text": "laser"}).status_code == 400


def test_with_an_account_and_no_password_the_pages_are_shut_and_say_why(staff: Open) -> None:
    client = staff(staff_password="")
    response = client.get("/", follow_redirects=True)
    assert response.status_code == 404
    assert "STAFF_PASSWORD" in response.text
    with client.session_transaction() as kept:
        kept["token"] = "t"
    assert client.post("/sign-in", data={"token": "t", "password": ""}).status_code == 403
    assert client.get("/").status_code == 303


@pytest.mark.parametrize("path", ["/privacy", "/healthz", "/readyz"])
def test_what_is_for_anybody_needs_no_session_and_sets_no_cookie(staff: Open, path: str) -> None:
    response = staff().get(path)
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    ("asked", "language"), [("es-MX,es;q=0.9", "es"), ("en-GB", "en"), ("tlh", "en"), ("fr,es;q=0.5", "es"), ("", "en")]
)
def test_the_browser_says_in_which_language_the_pages_are(staff: Open, asked: str, language: str) -> None:
    page = staff().get("/sign-in", headers={"Accept-Language": asked}).text
    assert f'<html lang="{language}" dir="ltr">' in page


def test_the_language_switched_to_stays(staff: Open) -> None:
    client = staff()
    assert "Contraseña" in client.get("/sign-in?in=es").text
    assert "Contraseña" in client.get("/sign-in").text
    assert "Password" in client.get("/sign-in?in=en").text
    assert "Password" in client.get("/sign-in?in=tlh").text


def test_without_a_database_the_door_says_so(staff: Open, tmp_path: Path, library: Library, book: Phrasebook) -> None:
    url = f"sqlite:///{tmp_path}/no-such-folder/skinline.sqlite3"
    settings = Settings(**{**LIVE, "database_url": url})
    client = create_app(settings, Line(library, book, Store(database.engine(url)), KEY)).test_client()
    response = sign_in(client)
    assert response.status_code == 503
    assert "The database does not answer" in response.text
