"""The staff's pages in a real browser on a real server: signed in, by keyboard, small, dark, for everybody."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from browsing import double_letters, is_wider_than_the_window, needs_chromium, violations
from playwright.sync_api import Browser, BrowserContext, Page, expect
from running import SETTINGS, serving

pytestmark = needs_chromium
PASSWORD = "a password of many letters"
POSTER = (
    "/poster?number=%2B15557654321&language=en&language=ur&language=hi&language=zh_Hant&channel=sms&channel=whatsapp"
)
PAGES = [
    "/",
    "/library?language=hi",
    "/library?language=ur&part=2",
    "/library/sentences?language=ar",
    "/library/laser",
    "/try/laser",
    "/try/laser?channel=whatsapp",
    "/poster",
    POSTER,
]
"""Every page behind the door."""
SIZES = {"phone": {"width": 320, "height": 640}, "desk": {"width": 1280, "height": 900}}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server as a clinic runs it, two processes on SQLite, with an account and a password."""
    folder = tmp_path_factory.mktemp("staff")
    known = {**SETTINGS, "STAFF_PASSWORD": PASSWORD}
    with serving(folder, f"sqlite:///{folder}/skinline.sqlite3", known) as server:
        yield f"http://127.0.0.1:{server.port}"


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
