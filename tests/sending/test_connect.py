"""Connecting and looking: what is set at Twilio, what would lose messages, and what is said of each unsound thing."""

from datetime import timedelta

import pytest
from mocked import ACCOUNT, PUBLIC_URL, SERVICE, Run, Twilio, Web

from bot.send import wiring

SERVICE_PATH = f"/v1/Services/{SERVICE}"
NUMBERS = f"/2010-04-01/Accounts/{ACCOUNT}/IncomingPhoneNumbers.json"
NUMBER = f"PN{'1' * 32}"


def _service(twilio: Twilio, **told: object) -> None:
    sound = {
        "sid": SERVICE,
        "inbound_request_url": f"{PUBLIC_URL}/sms{wiring.RETRIES}",
        "fallback_url": f"{PUBLIC_URL}/sms/fallback",
        "status_callback": f"{PUBLIC_URL}/status",
        "use_inbound_webhook_on_number": False,
    }
    twilio.answers["GET", SERVICE_PATH] = sound | told


def test_a_service_is_connected_and_what_changes_is_shown(run: Run, twilio: Twilio) -> None:
    _service(twilio, inbound_request_url=None, use_inbound_webhook_on_number=True)
    done = run("connect")
    assert done.exit_code == 0, done.output
    assert f"  incoming: nothing -> {PUBLIC_URL}/sms#rc=2&rp=ct,rt,5xx&rt=7000\n" in done.output
    assert "  overruled: the addresses at its numbers -> nothing\n" in done.output
    assert "fallback" not in done.output
    (written,) = twilio.sent("POST", SERVICE_PATH)
    assert written.status == 200
    assert written.fields["InboundRequestUrl"] == f"{PUBLIC_URL}/sms#rc=2&rp=ct,rt,5xx&rt=7000"
    assert (written.fields["InboundMethod"], written.fields["UseInboundWebhookOnNumber"]) == ("POST", "false")


def test_what_is_connected_already_is_left_alone(run: Run, twilio: Twilio) -> None:
    _service(twilio)
    assert run("connect").output.endswith("connected already\n")
    assert not twilio.sent("POST", SERVICE_PATH)


def test_a_dry_run_changes_nothing(run: Run, twilio: Twilio) -> None:
    assert run("connect", "--dry-run").output.endswith("nothing was changed\n")
    assert not twilio.sent("POST", SERVICE_PATH)


def test_a_number_is_connected_by_its_digits(run: Run, twilio: Twilio) -> None:
    twilio.answers["GET", NUMBERS] = {"incoming_phone_numbers": [{"sid": NUMBER}], "next_page_uri": None}
    path = f"/2010-04-01/Accounts/{ACCOUNT}/IncomingPhoneNumbers/{NUMBER}.json"
    twilio.answers["GET", path] = {"sid": NUMBER, "sms_application_sid": None}
    done = run("connect", "--number", "+15557654321")
    assert done.exit_code == 0, done.output
    assert done.output.startswith(f"number {NUMBER}\n")
    (written,) = twilio.sent("POST", f"IncomingPhoneNumbers/{NUMBER}.json")
    assert written.status == 200
    assert (written.fields["SmsUrl"], written.fields["SmsMethod"]) == (f"{PUBLIC_URL}/sms{wiring.RETRIES}", "POST")


def test_a_number_that_an_application_answers_is_refused(run: Run, twilio: Twilio) -> None:
    twilio.answers["GET", NUMBERS] = {"incoming_phone_numbers": [{"sid": NUMBER}], "next_page_uri": None}
    path = f"/2010-04-01/Accounts/{ACCOUNT}/IncomingPhoneNumbers/{NUMBER}.json"
    twilio.answers["GET", path] = {"sid": NUMBER, "sms_application_sid": f"AP{'1' * 32}"}
    refused = run("connect", "--number", "+15557654321")
    assert refused.exit_code == 1
    assert "take it off the number" in refused.output
    assert not twilio.sent("POST", "IncomingPhoneNumbers")


def test_a_number_of_somebody_else_is_refused(run: Run, twilio: Twilio) -> None:
    twilio.answers["GET", NUMBERS] = {"incoming_phone_numbers": [], "next_page_uri": None}
    refused = run("connect", "--number", "+15557654321")
    assert refused.exit_code == 1
    assert "+15557654321 is no number of this account" in refused.output


@pytest.mark.parametrize("path", ["/healthz"])
def test_a_line_that_does_not_answer_is_not_connected(path: str, run: Run, twilio: Twilio, web: Web) -> None:
    web.answers[path] = 0
    refused = run("connect")
    assert refused.exit_code == 1
    assert "start the line there first; nothing was changed" in refused.output
    assert not twilio.asked


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://line.clinic.example", "it must begin with https://"),
        ("https://localhost:8000", "cannot reach localhost"),
        ("https://10.0.0.3", "cannot reach 10.0.0.3"),
        ("https://line.clinic.internal", "cannot reach"),
        ("https://my_line.example.com", "with _ in its name"),
        ("https://line.clinic.example", ""),
        ("https://8.8.8.8", ""),
    ],
)
def test_an_address_that_twilio_cannot_call_is_named(url: str, reason: str) -> None:
    assert reason in wiring.why_unreachable(url)
    assert bool(wiring.why_unreachable(url)) == bool(reason)


def _sound(twilio: Twilio) -> None:
    _service(twilio)
    twilio.answers["GET", f"/2010-04-01/Accounts/{ACCOUNT}.json"] = {"sid": ACCOUNT, "status": "active"}
    _holds(twilio, "senders", "ChannelSenders")


def _holds(twilio: Twilio, kind: str, path: str) -> None:
    held = {"meta": {"key": kind, "next_page_url": None}, kind: [{"sid": f"XE{'1' * 32}"}]}
    twilio.answers["GET", f"{SERVICE_PATH}/{path}"] = held


@pytest.mark.parametrize(("kind", "path"), [("phone_numbers", "PhoneNumbers"), ("senders", "ChannelSenders")])
def test_a_service_needs_a_number_or_another_sender(kind: str, path: str, run: Run, twilio: Twilio) -> None:
    assert "mend  number     the Messaging Service holds none; add one in Twilio's console" in run("doctor").output
    _holds(twilio, kind, path)
    assert "ok    number     in the Messaging Service" in run("doctor").output


def test_a_sound_line_is_found_sound(run: Run, twilio: Twilio) -> None:
    _sound(twilio)
    told = run("doctor")
    assert told.exit_code == 0, told.output
    assert [line.split()[:2] for line in told.output.splitlines()] == [
        ["ok", each] for each in ("database", "texts", "clock", "account", "number", "webhook", "address", "signature")
    ]


def test_what_is_unsound_is_told_with_what_to_do(run: Run, twilio: Twilio, web: Web) -> None:
    _service(twilio, fallback_url=None)
    twilio.answers["GET", f"/2010-04-01/Accounts/{ACCOUNT}.json"] = {"sid": ACCOUNT, "status": "suspended"}
    web.answers["/readyz"], web.late, web.takes_unsigned = 503, timedelta(minutes=5), True
    told = run("doctor")
    assert told.exit_code == 1
    mend = {line.split()[1]: line for line in told.output.splitlines() if line.startswith("mend")}
    assert mend.keys() == {"clock", "account", "number", "webhook", "address", "signature"}
    assert "suspended" in mend["account"]
    assert "fallback set otherwise; run `skinline connect`" in mend["webhook"]
    assert "its database does not answer" in mend["address"]
    assert "an unsigned request is not refused" in mend["signature"]


def test_twilio_away_is_a_finding_not_a_trace(run: Run, twilio: Twilio, web: Web) -> None:
    twilio.status = 503
    web.answers["/"] = 0
    told = run("doctor")
    assert told.exit_code == 1
    assert "mend  account" in told.output
    assert "Traceback" not in told.output
