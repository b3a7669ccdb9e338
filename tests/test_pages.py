"""The pages without a browser: health, the password, headers, and forms that no honest page would send."""

import re
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from itsdangerous import URLSafeSerializer
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from bot import database
from bot.app import LARGEST, create_app
from bot.content import Library
from bot.languages import own_name
from bot.line import Line
from bot.phrases import Phrasebook
from bot.settings import FOR_TRYING_OUT, Settings
from bot.simulator import LONGEST_TALK
from bot.store import Store
from bot.tables import unanswered

PASSWORD = "a password of many letters"
ARABIC = "ما هي ندبات حب الشباب؟"
ONE_EXCHANGE = {"asked": "laser", "replies": [{"text": "Laser takes away.", "segments": 2, "encoding": "GSM-7"}]}

Site = Callable[..., FlaskClient]

SERIALIZER = URLSafeSerializer(FOR_TRYING_OUT, salt="simulator")


@pytest.fixture
def address(tmp_path: Path) -> str:
    """The address of an empty SQLite file, its tables made."""
    url = f"sqlite:///{tmp_path}/skinline.sqlite3"
    opened = database.engine(url)
    database.upgrade(opened)
    opened.dispose()
    return url


@pytest.fixture
def site(address: str, library: Library, book: Phrasebook) -> Site:
    """Build a client of the program with the settings given."""

    def opened(**changes: object) -> FlaskClient:
        known: dict[str, object] = {"database_url": address}
        settings = Settings(**(known | changes))  # type: ignore[arg-type]
        line = Line(library, book, Store(database.engine(settings.database_url)), FOR_TRYING_OUT)
        return create_app(settings, line).test_client()

    return opened


@pytest.fixture
def live(site: Site) -> FlaskClient:
    """A client of the program as it runs for a clinic: with an account, and a password for the staff."""
    return site(twilio_account_sid="AC" + "0" * 32, staff_password=PASSWORD)


def _shown(response: TestResponse) -> str:
    assert response.status_code == 200
    return response.get_data(as_text=True)


def _field(page: str, name: str) -> str:
    (value,) = re.findall(rf'name="{name}" value="(.*?)"', page, re.DOTALL)
    return unescape(value)


def _talk(page: str) -> list[dict[str, object]]:
    talk: list[dict[str, object]] = SERIALIZER.loads(_field(page, "talk"))
    return talk


def _chosen(page: str, name: str) -> list[str]:
    (options,) = re.findall(rf'<select id="{name}" name="{name}">(.*?)</select>', page, re.DOTALL)
    return re.findall(r'<option value="(\w*)"[^>]* selected', options)


def _replies(page: str) -> list[str]:
    found = re.findall(r'<p class="reply".*?>(.*?)</p>', page, re.DOTALL)
    return [unescape(re.sub("</?span.*?>", "", reply)) for reply in found]


def _post(client: FlaskClient, headers: Mapping[str, str] | None = None, **fields: str) -> TestResponse:
    """Post the form of the page, with the token that it would carry."""
    with client.session_transaction() as session:
        session["token"] = "a token"
    return client.post("/", data={"token": "a token", **fields}, headers=headers)


def _send(client: FlaskClient, text: str, **fields: str) -> str:
    return _shown(_post(client, **{"who": "a1b2", "talk": "[]", "text": text, **fields}))


def test_it_is_alive(client: FlaskClient) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.text, response.mimetype) == (200, "alive\n", "text/plain")


def test_it_is_ready_with_a_database(client: FlaskClient) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.text) == (200, "ready\n")


def test_it_is_alive_but_not_ready_without_a_database(site: Site, tmp_path: Path) -> None:
    client = site(database_url=f"sqlite:///{tmp_path}/no-such-folder/skinline.sqlite3")
    response = client.get("/readyz")
    assert (response.status_code, response.text) == (503, "no database\n")
    assert client.get("/healthz").status_code == 200


def test_health_needs_no_password(live: FlaskClient) -> None:
    assert [live.get(path).status_code for path in ("/healthz", "/readyz")] == [200, 200]


def test_for_trying_out_the_page_is_open(client: FlaskClient) -> None:
    page = _shown(client.get("/"))
    assert "<h1>Try it</h1>" in page
    assert _talk(page) == []


@pytest.mark.parametrize(("path", "status"), [("/", 303), ("/sign-in", 200), ("/healthz", 200), ("/readyz", 200)])
def test_every_page_is_secured(live: FlaskClient, path: str, status: int) -> None:
    response = live.get(path)
    assert response.status_code == status
    _assert_secured(response)


def test_the_simulator_is_secured(client: FlaskClient) -> None:
    _assert_secured(client.get("/"))
    _assert_secured(_post(client, who="a", text="laser"))


def _assert_secured(response: TestResponse) -> None:
    policy = dict(rule.strip().split(" ", 1) for rule in response.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["style-src"] == policy["form-action"] == "'self'"
    assert "script-src" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "no-store"


def test_nothing_in_the_page_comes_from_elsewhere_or_needs_a_script(client: FlaskClient) -> None:
    page = _send(client, "what are acne scars")
    assert all(re.match(r"[/?#]", address) for address in re.findall(r'(?:src|href|action)="(.*?)"', page))
    assert {"/static/skinline.css", "/static/try_it.css"} <= set(re.findall(r'href="(.*?)"', page))
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", page)
    with client.get("/static/try_it.css") as sheet:
        assert (sheet.status_code, sheet.mimetype) == (200, "text/css")


def test_a_text_is_answered_and_the_talk_travels_in_the_page(client: FlaskClient) -> None:
    first = _send(client, "what are acne scars")
    second = _send(client, "laser", talk=_field(first, "talk"), who=_field(first, "who"))
    assert [exchange["asked"] for exchange in _talk(second)] == ["what are acne scars", "laser"]
    assert _talk(second)[0] == _talk(first)[0]
    assert _replies(second)[: len(_replies(first))] == _replies(first)


def test_the_sender_of_the_page_is_remembered_and_another_is_not(client: FlaskClient) -> None:
    _send(client, "laser", who="one")
    assert "skin can swell" in _replies(_send(client, "more", who="one"))[0]
    _send(client, "STOP", who="one")
    assert _replies(_send(client, "laser", who="one")) == []
    assert _replies(_send(client, "laser", who="two"))[0].startswith("Laser")


def test_each_new_page_is_a_sender_of_its_own(client: FlaskClient) -> None:
    assert len({_field(_shown(client.get("/")), "who") for _ in range(5)}) == 5


def test_starting_again_forgets_the_talk_even_with_a_text_typed(client: FlaskClient) -> None:
    page = _send(client, "laser", talk=SERIALIZER.dumps([ONE_EXCHANGE]), restart="1")
    assert _talk(page) == []
    assert _field(page, "who") != "a1b2"


def test_a_stop_is_followed_by_silence_on_the_page(client: FlaskClient) -> None:
    assert len(_replies(_send(client, "STOP"))) == 1
    page = _send(client, "laser")
    assert _replies(page) == []
    assert "No reply is sent." in page


def test_a_stop_by_sms_leaves_whatsapp_as_it_is(client: FlaskClient) -> None:
    _send(client, "STOP", channel="sms")
    assert _replies(_send(client, "laser", channel="whatsapp"))


@pytest.mark.parametrize(
    "talk",
    [
        pytest.param("", id="empty"),
        pytest.param("not json", id="not-json"),
        pytest.param("[", id="cut-off"),
        pytest.param("null", id="null"),
        pytest.param("7", id="number"),
        pytest.param("[7]", id="list-of-numbers"),
        pytest.param('["laser"]', id="list-of-texts"),
        pytest.param("[{}]", id="empty-exchange"),
        pytest.param('[{"asked": "a"}]', id="no-replies"),
        pytest.param('[{"asked": "a", "replies": 7}]', id="replies-a-number"),
        pytest.param('[{"asked": "a", "replies": [7]}]', id="reply-a-number"),
        pytest.param('[{"asked": "a", "replies": [{}]}]', id="reply-without-text"),
        pytest.param('[{"asked": "a", "replies": [], "more": 1}]', id="unknown-field"),
        pytest.param('[{"replies": []}]', id="nothing-asked"),
    ],
)
def test_a_talk_that_was_tampered_with_begins_anew(client: FlaskClient, talk: str) -> None:
    page = _send(client, "laser", talk=talk)
    assert [exchange["asked"] for exchange in _talk(page)] == ["laser"]


def test_a_hostile_talk_is_shown_as_text(client: FlaskClient) -> None:
    hostile = "\"'><script>alert(1)</script>"
    exchange = {"asked": hostile, "replies": [{"text": hostile, "direction": hostile}]}
    page = _send(client, "", talk=SERIALIZER.dumps([exchange]))
    assert "<script" not in page
    assert _replies(page) == [hostile]


@pytest.mark.parametrize(
    ("wanted", "page"),
    [
        pytest.param("es-419,es;q=0.9,en;q=0.8", "es", id="spanish-of-america"),
        pytest.param("fr;q=0.9,es;q=0.5", "es", id="first-that-is-there"),
        pytest.param("ar-EG", "en", id="not-there"),
        pytest.param(";;;q=x,-,_", "en", id="nonsense"),
    ],
)
def test_the_browser_says_in_which_language_the_page_is(client: FlaskClient, wanted: str, page: str) -> None:
    assert f'<html lang="{page}" dir="ltr">' in _shown(client.get("/", headers={"Accept-Language": wanted}))


@pytest.mark.parametrize("language", ["es", "ar", "zh_Hant", "sw"])
def test_a_talk_is_begun_in_a_language_by_its_name_and_only_once(
    client: FlaskClient, book: Phrasebook, language: str
) -> None:
    page = _send(client, "laser", begin=language)
    assert [exchange["asked"] for exchange in _talk(page)] == [own_name(language), "laser"]
    assert _replies(page)[0] == book.say("language_changed", language)
    assert _talk(page)[0]["language"] == language
    again = _send(client, "laser", begin=language, begun=_field(page, "begun"), talk=_field(page, "talk"))
    assert [exchange["asked"] for exchange in _talk(again)] == [own_name(language), "laser", "laser"]


def test_whoever_starts_again_begins_in_the_chosen_language_once_more(client: FlaskClient) -> None:
    page = _shown(_post(client, who="a", begin="es", begun="es", restart="1"))
    assert (_chosen(page, "begin"), _field(page, "begun")) == (["es"], "")


def test_the_rows_of_a_list_are_tapped_on_whatsapp_and_typed_by_sms(client: FlaskClient, book: Phrasebook) -> None:
    listed = _send(client, "menu", channel="whatsapp", who="one")
    rows = re.findall(r'<button name="tap" value="(.*?)">(.*?)</button>', listed)
    assert rows[0] == ("scars", book.say("scars.title", "en"))
    assert not re.search(r"^1 ", "\n".join(_replies(listed)), re.MULTILINE)
    tapped = _send(client, "", channel="whatsapp", who="one", talk=_field(listed, "talk"), tap="scars")
    assert _talk(tapped)[1]["asked"] == rows[0][1]
    assert book.say("scars.answer", "en") in _replies(tapped)[-1]
    assert 'name="tap"' not in _send(client, "menu", channel="sms", who="two")


def test_what_was_not_offered_cannot_be_tapped(client: FlaskClient) -> None:
    assert _talk(_send(client, "", channel="whatsapp", tap="stop")) == []


def test_a_long_sms_is_shown_in_its_segments(client: FlaskClient) -> None:
    page = _send(client, "what are acne scars")
    assert page.count('<span class="part">') == 4
    assert "2 segments · GSM-7" in page
    reply = _talk(page)[0]["replies"][0]  # type: ignore[index]
    assert "".join(reply["parts"]) == reply["text"]
    assert [len(part) for part in reply["parts"][:-1]] == [153]


@pytest.mark.parametrize("channel", ["sms", "whatsapp", "pigeon"])
def test_one_answer_is_shown_in_all_languages(client: FlaskClient, book: Phrasebook, channel: str) -> None:
    page = unescape(re.sub("</?span.*?>", "", _shown(client.get(f"/try/laser?channel={channel}"))))
    assert all(book.say("laser.answer", code) in page and book.say("reminder", code) in page for code in book.languages)
    assert (" segments" in page) == (channel != "whatsapp")


def test_one_text_is_tried_in_all_languages(client: FlaskClient, book: Phrasebook) -> None:
    assert 'class="wall' not in _shown(client.get("/try"))
    page = _shown(client.get("/try?text=what+are+acne+scars"))
    assert all(f'<section id="{code}"' in page for code in book.languages)
    assert "Understood as: What acne scars are" in page


def test_each_text_is_shown_with_what_it_costs_where_there_is_a_price(client: FlaskClient) -> None:
    assert "2 segments · GSM-7 · about $0.029" in _send(client, "laser", country="US")
    assert "about $0.005" in _send(client, "laser", channel="whatsapp", country="DE")
    page = _send(client, "laser", country="DE")
    assert "about" not in page.split('class="phone"')[1].split("</section>")[0]
    assert "There is no price for this country." in page


def test_what_is_no_topic_is_shown_in_no_language(client: FlaskClient) -> None:
    assert client.get("/try/unicorns").status_code == 404


def test_an_answer_leads_to_its_place_in_the_library(client: FlaskClient) -> None:
    page = _send(client, "q son las cicatrices")
    assert 'href="/library/scars#es"' in page
    assert "Awaits a clinician" in page
    assert "Translation drafted by a machine" in page


def test_the_country_is_the_clinics_until_another_is_chosen(site: Site) -> None:
    client = site(clinic_country="MX")
    assert _chosen(_shown(client.get("/")), "country") == ["MX"]
    assert _chosen(_send(client, "laser", country="IN"), "country") == ["IN"]


@pytest.mark.parametrize("name", ["channel", "country", "begin", "begun", "tap"])
@pytest.mark.parametrize("value", ["", "pigeon", "ZZ", "../..", "<b>", '"', "😀", "x" * 500, "__class__"])
def test_a_choice_that_is_not_offered_is_survived(client: FlaskClient, name: str, value: str) -> None:
    page = _send(client, "what are acne scars", **{name: value})
    assert _replies(page)[0].startswith("Acne scars are lasting changes")
    assert "<b>" not in page


@pytest.mark.parametrize("text", ["x" * 5000, "ش" * 5000, "😀" * 2500], ids=["latin", "arabic", "emoji"])
def test_a_text_is_cut_at_1600_letters(client: FlaskClient, text: str) -> None:
    assert _talk(_send(client, text))[0]["asked"] == text[:1600]


def test_a_talk_of_long_texts_never_outgrows_a_request(client: FlaskClient) -> None:
    talk = ""
    for number in range(12):
        page = _send(client, f"{number}" + "شصض" * 533, talk=talk)
        talk = _field(page, "talk")
    assert _talk(page)[-1]["asked"].startswith("11")  # type: ignore[attr-defined]


def test_too_large_a_form_is_refused(client: FlaskClient) -> None:
    response = _post(client, who="a", text="x" * LARGEST)
    assert response.status_code == 413
    assert "That is too much" in response.text


def test_no_more_than_the_newest_exchanges_travel(client: FlaskClient) -> None:
    talk = [{"asked": str(number), "replies": []} for number in range(LONGEST_TALK + 5)]
    carried = _talk(_send(client, "laser", talk=SERIALIZER.dumps(talk)))
    assert len(carried) == LONGEST_TALK
    assert (carried[0]["asked"], carried[-1]["asked"]) == ("6", "laser")


def test_without_a_database_a_topic_is_answered_and_a_stop_is_not_promised(site: Site, tmp_path: Path) -> None:
    client = site(database_url=f"sqlite:///{tmp_path}/no-such-folder/skinline.sqlite3")
    assert _replies(_send(client, "laser"))[0].startswith("Laser")
    assert _replies(_send(client, "STOP")) == ["503: no database"]


def test_what_the_staff_try_is_not_kept_among_the_unanswered(client: FlaskClient, address: str) -> None:
    _send(client, "do you sell bicycles")
    with database.engine(address).connect() as connection:
        assert connection.execute(select(func.count()).select_from(unanswered)).scalar_one() == 0


def test_an_arabic_reply_has_its_direction_on_an_english_page(client: FlaskClient) -> None:
    page = _send(client, ARABIC, page="en")
    assert '<html lang="en" dir="ltr">' in page
    assert re.findall(r'<p class="reply" dir="(\w+)" lang="(\w+)">', page)[0] == ("rtl", "ar")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(client: FlaskClient, method: str) -> None:
    assert client.open("/", method=method).status_code == 405
