"""Twilio's door, tried with its own requests: 48 samples, 13 signatures, and everything that must be refused."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from bot import database
from bot.app import LARGEST, create_app
from bot.content import Library
from bot.identity import hashed
from bot.line import Line
from bot.phrases import Phrasebook
from bot.settings import Settings
from bot.signature import is_valid
from bot.store import Store
from bot.tables import deliveries, messages, senders

PAYLOADS = Path(__file__).parent / "payloads"
SAMPLES = [json.loads(line) for line in (PAYLOADS / "webhook_samples.jsonl").read_text(encoding="utf-8").splitlines()]
VECTORS = json.loads((PAYLOADS / "signature_vectors.json").read_text(encoding="utf-8"))
KEY = "a secret of at least thirty-two letters"
ACCOUNT = "AC" + "0" * 32
TOKEN = "12345"
URL = "https://line.clinic.example"
OUR_NUMBER = "+15557654321"


def _settings(folder: Path, **changes: object) -> Settings:
    url = f"sqlite:///{folder}/skinline.sqlite3"
    database.upgrade(database.engine(url))
    known: dict[str, object] = {
        "twilio_account_sid": ACCOUNT,
        "twilio_auth_token": (TOKEN,),
        "public_url": URL,
        "secret_key": KEY,
        "database_url": url,
        "clinic_name": "Clara Clinic",
        "clinic_phone": "+1 555 765 4321",
    }
    return Settings(**(known | changes))  # type: ignore[arg-type]


Door = Callable[[Settings], FlaskClient]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return _settings(tmp_path)


@pytest.fixture
def door(library: Library, book: Phrasebook) -> Door:
    def opened(settings: Settings) -> FlaskClient:
        line = Line(library, book, Store(database.engine(settings.database_url)), settings.secret_key)
        return create_app(settings, line).test_client()

    return opened


@pytest.fixture
def twilio(settings: Settings, door: Door) -> FlaskClient:
    return door(settings)


def _post(client: FlaskClient, path: str, form: Mapping[str, str], **headers: str) -> TestResponse:
    """Send a form as Twilio does: urlencoded and signed."""
    signature = RequestValidator(TOKEN).compute_signature(URL + path, form)
    return client.post(
        path,
        data=urlencode(form, encoding="utf-8"),
        content_type="application/x-www-form-urlencoded",
        headers={"X-Twilio-Signature": signature, **headers},
    )


def _form(text: str, **changes: str) -> dict[str, str]:
    sid = "SM" + f"{abs(hash((text, *changes.items()))):032x}"[:32]
    known = {"MessageSid": sid, "AccountSid": ACCOUNT, "From": "+15551234567", "To": OUR_NUMBER, "Body": text}
    return known | {"NumMedia": "0", "FromCountry": "US"} | changes


def _texts(response: TestResponse) -> list[str]:
    assert response.status_code == 200
    assert response.mimetype == "text/xml"
    return [message.text or "" for message in ET.fromstring(response.data).iter("Message")]


def _stopped(settings: Settings, *addresses: str) -> list[bool]:
    with database.engine(settings.database_url).connect() as connection:
        rows = connection.execute(select(senders.c.hash, senders.c.stopped_at))
        known = {row.hash: row.stopped_at is not None for row in rows}
    return [known.get(hashed(address, KEY), False) for address in addresses]


TAPS = {
    "a row of a list": {"ListId": "peels", "ListTitle": "Chemical peels"},
    "a button": {"ButtonPayload": "peels", "ButtonText": "Chemical peels"},
    "a rich reply": {"InteractiveData": '{"type": "list_reply", "id": "peels"}'},
    "an id of an old menu": {"ListId": "topic:peels", "ListTitle": "Peels"},
    "a title of an old menu": {"ListId": "gone", "ListTitle": "Chemical peels"},
    "plain text": {"Body": "Chemical peels"},
}


@pytest.mark.parametrize("tap", TAPS)
def test_a_tap_means_the_same_in_every_form(tap: str, twilio: FlaskClient) -> None:
    _post(twilio, "/sms", _form("hello", From="whatsapp:+15551234567"))
    answered = _post(twilio, "/sms", _form(**{"text": "", "From": "whatsapp:+15551234567", **TAPS[tap]}))
    assert _texts(answered)[0].startswith("*Chemical peels*")


def test_a_tap_on_what_is_not_offered_any_more_does_nothing_that_cannot_be_undone(twilio: FlaskClient) -> None:
    _post(twilio, "/sms", _form("hello", From="whatsapp:+15551234567"))
    for act in ("stop", "forget", "crisis"):
        tapped = _form("", From="whatsapp:+15551234567", ListId=act, ListTitle="No")
        assert "no more messages" not in _texts(_post(twilio, "/sms", tapped))[0]
    assert _texts(_post(twilio, "/sms", _form("laser", From="whatsapp:+15551234567")))[0].startswith("*")


# What each of the recorded requests must lead to: how a text begins, or None for an empty Response.
ANSWER, MENU, TEXT_ONLY = "Acne scars are lasting", "Text a number or a question:", "Sorry, I can only read text."
EXPECTED: dict[str, str | None] = {
    "sms-plain": ANSWER,
    "sms-empty-body": MENU,
    "sms-body-missing": MENU,
    "sms-whitespace-crlf": MENU,
    "sms-long-concatenated": "",
    "sms-stop": None,
    "sms-stop-no-type": "Clara Clinic: you will get no more messages",
    "sms-stop-sentence": "Clara Clinic: you will get no more messages",
    "sms-arret": "Clara Clinic",
    "sms-start": None,
    "sms-help": None,
    "sms-help-default": None,
    "sms-yes": "Hello! This is the automatic acne scar line",
    "sms-cancel": None,
    "mms-image": "Sorry, I cannot judge photos.",
    "mms-num-media-junk": "Hello!",
    "sms-short-code": MENU,
    "sms-base64-body": "Sorry, I did not understand.",
    "sms-flash-alpha-sender": None,
    "sms-autoreply-loop": "",
    "sms-duplicate": ANSWER,
    "sms-control-chars": "",
    "sms-xml-injection": "",
    "sms-rtl-zwj": "",
    "sms-emoji-only": "",
    "sms-unknown-param": MENU,
    "sms-nfd": "",
    "wa-text": "",
    "wa-reply-quote": "",
    "wa-button": "*Tratamiento con láser*\nEl láser",
    "wa-interactive": "",
    "wa-list": "*Tratamiento con láser*\nEl láser",
    "wa-stale-payload": "",
    "wa-voice": "",
    "wa-sticker": "",
    "wa-contact": "",
    "wa-location": "",
    "wa-ad-referral": "",
    "wa-bsuid-only": "",
    "wa-empty-unsupported": "",
    "wa-profile-name-hostile": "",
    "rcs-suggestion": "*Laser treatment*\nLaser takes away",
    "messenger-text": "Hello!",
    "status-on-inbound-url": None,
}


@pytest.mark.parametrize("sample", [s for s in SAMPLES if s.get("kind") != "status"], ids=lambda s: s["name"])
def test_a_recorded_request_is_answered_as_it_should_be(sample: dict[str, object], twilio: FlaskClient) -> None:
    name, form = str(sample["name"]), sample["params"]
    assert isinstance(form, dict)
    texts = _texts(_post(twilio, "/sms", form, **sample.get("headers", {})))  # type: ignore[arg-type]
    expected = EXPECTED[name]
    if expected is None:
        assert texts == []
    else:
        assert texts
        assert texts[0].startswith(expected), texts


@pytest.mark.parametrize("sample", [s for s in SAMPLES if s.get("kind") == "status"], ids=lambda s: s["name"])
def test_a_recorded_status_callback_is_taken_quietly(sample: dict[str, object], twilio: FlaskClient) -> None:
    form = sample["params"]
    assert isinstance(form, dict)
    response = _post(twilio, "/status", form)
    assert (response.status_code, response.data) == (204, b"")


@pytest.mark.parametrize("vector", [v for v in VECTORS if v["body"] is None], ids=lambda v: v["name"])
def test_a_recorded_signature_is_valid_and_a_changed_one_is_not(vector: dict[str, object]) -> None:
    given, signature = vector["params"], str(vector["signature"])
    form = list(MultiDict(given).items(multi=True))  # type: ignore[arg-type, var-annotated]
    token, url, algorithm = str(vector["auth_token"]), str(vector["url"]), str(vector["algorithm"])
    assert is_valid(token, url, form, signature, algorithm)
    assert not is_valid(token, url + "x", form, signature, algorithm)
    assert not is_valid(token, url, form, signature.swapcase(), algorithm)


@pytest.mark.parametrize("signature", ["", "x" * 27, "señal", "L/OH5YylLD5NRKLltdqwSvS0BnU="])
def test_a_request_without_a_valid_signature_is_refused_and_leaves_nothing(
    signature: str, twilio: FlaskClient, settings: Settings
) -> None:
    headers = {"X-Twilio-Signature": signature.encode().decode("latin-1")}
    response = twilio.post("/sms", data=_form("laser"), headers=headers)
    assert (response.status_code, response.data) == (403, b"")
    with database.engine(settings.database_url).connect() as connection:
        assert connection.execute(select(messages)).all() == []


def test_a_request_for_another_account_is_refused(twilio: FlaskClient) -> None:
    assert _post(twilio, "/sms", _form("laser", AccountSid="AC" + "1" * 32)).status_code == 403


@pytest.mark.parametrize("path", ["/sms", "/sms/", "/sms/fallback", "/status"])
@pytest.mark.parametrize("content_type", ["application/json", "multipart/form-data", "text/plain", ""])
def test_what_is_no_form_is_refused_before_it_is_read(path: str, content_type: str, twilio: FlaskClient) -> None:
    response = twilio.post(path, data=b"{}", content_type=content_type)
    assert (response.status_code, response.data) == (415, b"")


def test_a_request_that_is_too_large_is_refused(twilio: FlaskClient) -> None:
    response = _post(twilio, "/sms", _form("x" * LARGEST))
    assert (response.status_code, response.data) == (413, b"")


def test_a_get_is_not_allowed_and_has_no_page(twilio: FlaskClient) -> None:
    response = twilio.get("/sms")
    assert (response.status_code, response.data) == (405, b"")


def test_the_address_works_with_and_without_a_slash(twilio: FlaskClient) -> None:
    assert _texts(_post(twilio, "/sms/", _form("what are acne scars")))[0].startswith(ANSWER)


def test_the_query_is_signed_as_it_was_written(twilio: FlaskClient) -> None:
    path = "/sms?a=%20b%2Fc&d=%C3%A9"
    assert _texts(_post(twilio, path, _form("what are acne scars")))[0].startswith(ANSWER)


def test_while_tokens_rotate_both_are_valid(tmp_path: Path, door: Door) -> None:
    client = door(_settings(tmp_path, twilio_auth_token=("a new token", TOKEN)))
    assert _texts(_post(client, "/sms", _form("what are acne scars")))


def test_a_shared_key_signs_with_sha256(twilio: FlaskClient) -> None:
    form = _form("what are acne scars")
    signature = RequestValidator(TOKEN).compute_signature(URL + "/sms", form, "HMAC_SHA256")
    headers = {
        "X-Twilio-Signature": signature,
        "X-Twilio-Webhooks-Signature-Settings": "key=SK1,algorithm=HMAC_SHA256",
    }
    assert _texts(twilio.post("/sms", data=form, headers=headers))


def test_without_an_account_no_signature_is_needed(client: FlaskClient) -> None:
    assert _texts(client.post("/sms", data=_form("what are acne scars")))[0].startswith(ANSWER)


def test_the_same_message_again_gets_the_same_words_and_is_counted_once(
    twilio: FlaskClient, settings: Settings
) -> None:
    form = _form("what are acne scars")
    first, second = _post(twilio, "/sms", form), _post(twilio, "/sms", form)
    assert first.data == second.data
    assert _texts(first)
    with database.engine(settings.database_url).connect() as connection:
        assert len(connection.execute(select(messages)).all()) == 1


def test_a_stop_under_the_number_holds_for_the_id_without_a_number(twilio: FlaskClient, settings: Settings) -> None:
    both = {"From": "whatsapp:+5215550001111", "ExternalUserId": "whatsapp:MX.1A2B"}
    assert _texts(_post(twilio, "/sms", _form("alto", **both)))
    assert _stopped(settings, *both.values()) == [True, True]
    alone = {"From": "whatsapp:MX.1A2B", "ExternalUserId": "whatsapp:MX.1A2B"}
    assert _texts(_post(twilio, "/sms", _form("laser", **alone))) == []


def test_a_stop_by_sms_holds_for_rcs_of_the_same_number(twilio: FlaskClient) -> None:
    _post(twilio, "/sms", _form("please stop texting me"))
    assert _texts(_post(twilio, "/sms", _form("laser", From="rcs:+15551234567"))) == []


@pytest.mark.parametrize("word", ["STOP", "stopall", "UNSUBSCRIBE", "cancel", "End", "QUIT", "revoke", "OPTOUT"])
def test_a_stop_word_that_twilio_answers_is_noted_in_silence(
    word: str, twilio: FlaskClient, settings: Settings
) -> None:
    assert _texts(_post(twilio, "/sms", _form(word))) == []
    assert _stopped(settings, "+15551234567") == [True]


@pytest.mark.parametrize(
    ("changes", "channel"),
    [
        ({"From": "whatsapp:+15551234567"}, "WhatsApp"),
        ({"To": "384387"}, "a short code"),
        ({"From": "messenger:2455551234567890"}, "Messenger"),
    ],
)
def test_where_twilio_does_not_answer_a_stop_we_confirm_it_once(
    changes: dict[str, str], channel: str, twilio: FlaskClient
) -> None:
    assert len(_texts(_post(twilio, "/sms", _form("STOP", **changes)))) == 1, channel
    assert _texts(_post(twilio, "/sms", _form("STOP ", **changes))) == []


def test_with_twilios_own_words_off_we_confirm_every_stop_and_answer_help(tmp_path: Path, door: Door) -> None:
    client = door(_settings(tmp_path, twilio_handles_stop=False))
    assert _texts(_post(client, "/sms", _form("HELP")))[0].startswith(MENU)
    assert len(_texts(_post(client, "/sms", _form("STOP")))) == 1


def test_help_names_the_clinic_a_contact_and_how_to_stop(twilio: FlaskClient) -> None:
    text = _texts(_post(twilio, "/sms", _form("HELP", From="whatsapp:+15551234567")))[0]
    assert all(part in text for part in ("Clara Clinic", "+1 555 765 4321", "STOP", "Msg & data rates may apply"))


@pytest.mark.parametrize(("code", "stopped"), [("21610", True), ("63014", True), ("30003", False), ("junk", False)])
def test_a_failed_delivery_that_means_stop_is_a_stop(
    code: str, stopped: bool, twilio: FlaskClient, settings: Settings
) -> None:
    form = {"MessageSid": "SM" + "d" * 32, "MessageStatus": "failed", "ErrorCode": code, "To": "+15551234567"}
    assert _post(twilio, "/status", form | {"AccountSid": ACCOUNT}).status_code == 204
    assert _stopped(settings, "+15551234567") == [stopped]


def test_a_delivery_never_goes_back(twilio: FlaskClient, settings: Settings) -> None:
    for state in ("sent", "delivered", "sent", "queued", "partially_delivered"):
        form = {"MessageSid": "SM" + "e" * 32, "MessageStatus": state, "To": "+15551234567", "AccountSid": ACCOUNT}
        assert _post(twilio, "/status", form).status_code == 204
    with database.engine(settings.database_url).connect() as connection:
        assert [row.rank for row in connection.execute(select(deliveries))] == [5]


def test_the_fallback_says_again_what_was_said_and_nothing_to_whoever_said_stop(twilio: FlaskClient) -> None:
    """Twilio asks it where an answer was late or lost: what was decided then is decided."""
    asked = _form("what are acne scars")
    first = _post(twilio, "/sms", asked)
    _post(twilio, "/sms", _form("please stop texting me"))
    assert _post(twilio, "/sms/fallback", asked).data == first.data
    assert _texts(_post(twilio, "/sms/fallback", _form("laser"))) == []


@pytest.fixture
def failing(settings: Settings, library: Library, book: Phrasebook) -> FlaskClient:
    """A line whose memory fails in a way that nobody thought of."""

    class Failing(Store):
        def turn(self, *_: object) -> NoReturn:
            raise ZeroDivisionError

    store = Failing(database.engine(settings.database_url))
    return create_app(settings, Line(library, book, store, KEY)).test_client()


def test_where_we_fail_the_fallback_answers_from_nothing(failing: FlaskClient) -> None:
    asked = _form("what are acne scars")
    assert _post(failing, "/sms", asked).status_code == 500
    assert _texts(_post(failing, "/sms/fallback", asked))[0].startswith(ANSWER)


def test_the_fallback_does_not_promise_a_stop_that_it_cannot_keep(failing: FlaskClient) -> None:
    response = _post(failing, "/sms/fallback", _form("please stop texting me"))
    assert (response.status_code, response.data) == (503, b"")


def test_nothing_hostile_comes_back_or_is_written_down(twilio: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    form = _form("zanzibar </Message><Redirect>https://evil.example</Redirect>", ProfileName="<script>\u202e{{7*7}}\n")
    response = _post(twilio, "/sms", form)
    assert _texts(response)
    for trace in ("zanzibar", "evil", "script", "+15551234567", "5551234567"):
        assert trace not in response.text
        assert trace not in caplog.text


def test_a_rich_reply_of_brackets_without_end_is_answered(twilio: FlaskClient) -> None:
    assert _texts(_post(twilio, "/sms", _form("laser", InteractiveData="[" * 20_000)))


def test_a_refusal_is_one_line_without_anything_personal(twilio: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    twilio.post("/sms", data=_form("zanzibar"))
    refusals = [record for record in caplog.records if record.name == "skinline.webhook"]
    assert len(refusals) == 1
    assert "zanzibar" not in caplog.text
    assert "5551234567" not in caplog.text


@pytest.mark.parametrize("path", ["/sms", "/sms/", "/sms/fallback"])
def test_a_failure_of_ours_is_one_line_without_the_text_and_no_page(
    path: str, settings: Settings, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    store = Store(database.engine(settings.database_url))
    broken = Line(library, None, store, KEY)  # type: ignore[arg-type]
    response = _post(create_app(settings, broken).test_client(), path, _form("zanzibar"))
    assert (response.status_code, response.data) == (500, b"")
    (failure,) = [record.getMessage() for record in caplog.records if record.name == "skinline.app"]
    assert failure.startswith(f"path={path.rstrip('/')} failed with AttributeError at ")
    assert "zanzibar" not in caplog.text


def test_a_message_without_an_id_is_answered_each_time(twilio: FlaskClient) -> None:
    form = _form("what are acne scars", MessageSid="")
    assert _texts(_post(twilio, "/sms", form))
    assert _texts(_post(twilio, "/sms", form | {"Body": "laser"}))[0].startswith("Laser")


def test_a_database_that_is_gone_still_lets_topics_be_answered(tmp_path: Path, settings: Settings, door: Door) -> None:
    client = door(settings)
    (tmp_path / "skinline.sqlite3").unlink()
    assert _texts(_post(client, "/sms", _form("what are acne scars")))[0].startswith(ANSWER)
    assert _post(client, "/sms", _form("please stop texting me")).status_code == 503
    assert Store(database.engine(settings.database_url)).is_ready() is False
