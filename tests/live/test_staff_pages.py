"""The staff's pages in a real browser on a real server: signed in, by keyboard, small, dark, for everybody."""

import csv
import re
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from browsing import double_letters, is_wider_than_the_window, needs_chromium, violations
from playwright.sync_api import Browser, BrowserContext, Page, expect
from running import SETTINGS, Server, serving
from sqlalchemy import insert

from bot import database, totals
from bot.store import Store
from bot.tables import outcomes, tallies, unanswered
from bot.teaching import EVERY
from bot.transaction import Tally

pytestmark = needs_chromium
PASSWORD = "a password of many letters"
TEXT = "do you offer zorbaflexing"
TRIED = "/unanswered/keyword?phrase=zorbaflex*&topic=laser&language=en"
POSTER = "/poster?number=%2B15557654321&language=en&language=ur&language=hi&channel=sms&channel=whatsapp"
PAGES = [
    *("/", "/try/laser", "/try/laser?channel=whatsapp"),
    *("/try", "/try?text=laser", "/try?text=cuanto+cuesta+el+laser&channel=whatsapp&country=MX"),
    *("/insights", "/insights?range=all&trials=yes"),
    *("/unanswered", "/unanswered?verdict=to_write", TRIED),
    *("/library?language=hi", "/library?language=ur&part=2", "/library/sentences?language=ar", "/library/laser"),
    *("/poster", POSTER),
    "/setup",
]
"""Every page behind the door."""
SIZES = {"phone": {"width": 320, "height": 640}, "desk": {"width": 1280, "height": 900}}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server as a clinic runs it, two processes on SQLite, with an account and a password."""
    folder = tmp_path_factory.mktemp("staff")
    known = {**SETTINGS, "STAFF_PASSWORD": PASSWORD}
    with serving(folder, f"sqlite:///{folder}/skinline.sqlite3", known) as server:
        fill(server.database_url)
        yield server


@pytest.fixture(scope="module")
def address(server: Server) -> str:
    """Where its pages are."""
    return f"http://127.0.0.1:{server.port}"


def fill(database_url: str) -> None:
    """Let patients have written for a month, in four languages, and not always have been understood."""
    engine = database.engine(database_url)
    today = datetime.now(UTC).date()
    counts = Counter(
        {
            Tally((today - timedelta(days=days)).isoformat(), language, channel, topic, how): 3 + days % 7
            for days in range(1, 30)
            for language in ("en", "es", "ar", "zh_Hans")
            for channel in ("sms", "whatsapp")
            for topic, how in (("laser", "sure"), ("cost", "asked"), ("unknown", "unknown"), ("stop", "control"))
        }
    )
    texts = [
        ("en", TEXT),
        ("en", "can my dog come"),
        ("ar", "هل تقبلون الكلاب"),
        ("zh_Hans", "可以带狗吗"),
        ("en", "w" * 300),
    ]
    sent = {("delivered", 0): 40, ("undelivered", 30003): 7, ("undelivered", 30006): 2, ("failed", 0): 5}
    fates = [
        {"day": (today - timedelta(days=1)).isoformat(), "channel": channel, "country": country}
        | {"state": state, "code": code, "count": count}
        for channel, country in (("sms", "US"), ("sms", "DE"), ("whatsapp", ""))
        for (state, code), count in sent.items()
    ]
    with Store(engine).transaction() as connection:
        connection.execute(insert(outcomes), fates)
        connection.execute(insert(tallies), [{**tally._asdict(), "count": count} for tally, count in counts.items()])
        totals.add(connection, counts)
        rows = [{"day": today.isoformat(), "language": language, "text": text} for language, text in texts]
        connection.execute(insert(unanswered), rows)
    engine.dispose()


def sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Password")).to_have_count(0)


@pytest.fixture(scope="module")
def signed_in(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """The browser of one member of the staff, who reads English and has signed in."""
    context = browser.new_context(locale="en-US")
    sign_in(context.new_page(), address)
    yield context
    context.close()


@pytest.fixture
def page(signed_in: BrowserContext) -> Iterator[Page]:
    """A tab of its own."""
    opened = signed_in.new_page()
    yield opened
    opened.close()


def test_the_door_opens_by_keyboard_and_shuts_again(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="en-US")
    page = context.new_page()
    page.goto(f"{address}/")
    assert urlsplit(page.url).path == "/sign-in"
    expect(page.get_by_label("Password")).to_be_focused()
    page.keyboard.type("not the password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("This is not the password. Try again.")
    expect(page.get_by_label("Password")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_at_the_door(browser: Browser, address: str, size: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, viewport=SIZES[size])  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    assert violations(page) == []
    assert not is_wider_than_the_window(page)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_on_any_page(page: Page, address: str, path: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{address}{path}")
    assert violations(page) == []


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("letters", ["as-they-are", "doubled"])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_a_small_phone(page: Page, address: str, path: str, letters: str, direction: str) -> None:
    page.set_viewport_size(SIZES["phone"])  # type: ignore[arg-type]
    page.goto(f"{address}{path}")
    page.evaluate(f"document.documentElement.dir = '{direction}'")
    if letters == "doubled":
        double_letters(page)
    assert not is_wider_than_the_window(page)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_light_and_comes_from_one_host(page: Page, address: str, path: str) -> None:
    weights, hosts, complaints = [], set(), []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("response", lambda response: weights.append(len(response.body())))
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.goto(f"{address}{path}", wait_until="networkidle")
    assert 0 < sum(weights) <= 100_000
    assert hosts == {urlsplit(address).netloc}
    assert complaints == []


@pytest.mark.parametrize("path", PAGES)
def test_whatever_can_be_reached_by_keyboard_shows_that_it_is(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}{path}")
    wanted = page.locator(
        "main :is(a, button, input:not([type=hidden]), select, summary):not([tabindex='-1']):visible"
    ).count()
    reached = set()
    for _ in range(wanted + 60):
        page.keyboard.press("Tab")
        tag, is_in_main, outline, *place = page.evaluate(
            "() => { const it = document.activeElement, box = it.getBoundingClientRect();"
            " return [it.tagName, it.closest('main') !== null, getComputedStyle(it).outlineStyle,"
            " box.left + scrollX, box.top + scrollY]; }"
        )
        if tag == "BODY":
            break
        assert outline != "none", tag
        if is_in_main:
            reached.add(tuple(place))
    assert len(reached) >= wanted


def test_the_first_tab_stop_leads_past_the_navigation(page: Page, address: str) -> None:
    page.goto(f"{address}/insights")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_language_is_switched_and_stays(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="es-MX")
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    sign_in(page, address)
    page.goto(f"{address}/setup")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    context.close()


def test_the_insights_show_what_the_csv_holds(page: Page, address: str) -> None:
    page.goto(f"{address}/insights")
    whole = page.locator(".heads dd").first.inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="All numbers as CSV").click()
    rows = list(csv.DictReader(download.value.path().read_text(encoding="utf-8").splitlines()))
    assert rows[0]["what"] == "all"
    assert re.sub(r"\D", "", whole) == rows[0]["messages"].lstrip("~")
    assert {row["name"] for row in rows if row["what"] == "language"} == {"en", "es", "ar", "zh_Hans"}


def test_what_did_not_arrive_and_what_it_cost_are_told(page: Page, address: str) -> None:
    page.goto(f"{address}/insights")
    lost = page.get_by_role("region", name="Not delivered")
    expect(lost.get_by_role("row", name="30003 Unreachable destination handset SMS, Germany 7")).to_be_visible()
    expect(lost).to_contain_text("< 5")
    sent = page.get_by_role("region", name="Sent, and about what it cost")
    expect(sent.get_by_role("row", name="SMS, Germany")).to_contain_text("no price")
    expect(sent.get_by_role("row", name="SMS, United States")).to_contain_text("$")


def test_one_text_is_tried_in_all_languages_from_the_phone(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.get_by_label("Your text").fill("gift")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="This text in all languages").click()
    expect(page.get_by_label("Text")).to_have_value("gift")
    expect(page.locator(".wall .phone")).to_have_count(25)
    page.get_by_label("Text").fill("laser")
    page.get_by_label("Channel").select_option("whatsapp")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Try it").click()
    expect(page.locator("#ar .reply")).to_have_css("direction", "rtl")
    expect(page.locator("#de .reply")).to_contain_text("Laser")


def test_a_range_of_days_is_chosen(page: Page, address: str) -> None:
    page.goto(f"{address}/insights")
    page.get_by_role("link", name="7 days").click()
    expect(page.locator(".chart g")).to_have_count(7)
    page.get_by_role("link", name="All", exact=True).click()
    expect(page.get_by_role("link", name="All", exact=True)).to_have_attribute("aria-current", "true")


def test_a_keyword_is_taught_by_keyboard_and_every_process_answers_by_it(
    page: Page, address: str, server: Server
) -> None:
    page.goto(f"{address}/unanswered")
    page.locator(".groups li", has_text=TEXT).get_by_role("link", name="Make it a keyword").press("Enter")
    page.get_by_label("Words").fill("zorbaflex*")
    page.get_by_label("Stand for the topic").select_option("laser")
    page.get_by_label("Words").press("Enter")
    expect(page.get_by_role("region", name="Unanswered texts")).to_contain_text("better")
    page.get_by_role("button", name="Teach it").press("Enter")
    expect(page.locator("#taught")).to_contain_text("zorbaflex*")
    expect(page.locator(".groups")).not_to_contain_text(TEXT)
    time.sleep(EVERY)
    asked = [Server(server.port, server.database_url).text("zorbaflexing?") for _ in range(8)]
    assert all("Laser" in answer.texts[0] for answer in asked)
    page.get_by_role("button", name="Take away").press("Enter")
    expect(page.locator("#taught")).to_contain_text("None yet.")


def test_the_first_run_names_the_next_step_and_no_secret(page: Page, address: str) -> None:
    page.goto(f"{address}/setup")
    expect(page.locator("#next h2")).to_have_text("Name a crisis line of your country")
    shown = page.content()
    assert not any(secret in shown for secret in (PASSWORD, SETTINGS["TWILIO_AUTH_TOKEN"], SETTINGS["SECRET_KEY"]))
