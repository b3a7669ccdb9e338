"""What a stranger may send: bounded, answered with nothing of theirs, never led elsewhere; secrets are never shown."""

import logging
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from bot.settings import Settings, read
from bot.signature import MOST_FIELDS, fields

EVIL = "evil.example"
SECRETS = ["TWILIO_AUTH_TOKEN", "SECRET_KEY", "SECRET_KEY_FALLBACKS", "STAFF_PASSWORD", "METRICS_TOKEN"]
SECRET = "0123456789abcdef0123456789abcdef"
PATHS = [
    "/sms",
    "/sms/",
    "/sms/fallback",
    "/status",
    "/",
    "/privacy",
    "/privacy/",
    "/healthz",
    "/metrics",
    "/insights/",
    "/sign-in",
    "/sms//fallback",
    "/library//sentences",
    f"//{EVIL}",
    "//sms",
]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("path", PATHS)
def test_the_host_that_is_asked_for_leads_nowhere(client: FlaskClient, path: str, method: str) -> None:
    headers = {"Host": EVIL, "X-Forwarded-Host": EVIL, "X-Original-URL": f"https://{EVIL}/"}
    # The client would take two slashes for a host.
    asked = {"PATH_INFO": path}
    response = client.open(
        "/", method=method, headers=headers, data={"next": f"https://{EVIL}/"}, environ_overrides=asked
    )
    assert EVIL not in response.text
    assert EVIL not in str(response.headers)


def test_fields_beyond_the_most_are_one_that_nobody_signed() -> None:
    found = fields(urlencode([(f"x{number}", "1") for number in range(10 * MOST_FIELDS)]))
    assert len(found) == MOST_FIELDS + 1


def test_a_form_of_countless_fields_is_answered_like_any_other(client: FlaskClient) -> None:
    body = "Body=laser&From=%2B15551234567&" + "&".join("x" for _ in range(30000))
    response = client.post("/sms", data=body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 200


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_not_shown_with_the_settings(name: str) -> None:
    settings = read({name: SECRET})
    assert settings != Settings()
    assert SECRET not in repr(settings)
    assert SECRET not in str(settings)


def test_a_path_made_up_by_a_stranger_is_not_logged(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        assert client.get("/+15551234567%0Alevel=error").status_code == 404
    said = [record.getMessage() for record in caplog.records if record.name.startswith("skinline")]
    assert said == ["status=404 path=unknown"]
