"""The simulator page in a real browser, used as the staff use it: typed into, read, and started again."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from browsing import double_letters, is_wider_than_the_window, needs_chromium, violations
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect
from running import serving

pytestmark = needs_chromium
CLINIC = {"CLINIC_NAME": "Clara Clinic", "CLINIC_PHONE": "+1 555 765 4321"}
ARABIC = "ما هي ندبات حب الشباب؟"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page of a server for trying out: no account, SQLite."""
    folder = tmp_path_factory.mktemp("simulator")
    with serving(folder, f"sqlite:///{folder}/skinline.sqlite3", CLINIC) as server:
        yield f"http://127.0.0.1:{server.port}/"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """The browser of one member of the staff, who reads English."""
    opened = browser.new_context(locale="en-US")
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    """The simulator, opened."""
    opened = context.new_page()
    opened.goto(address)
    return opened


def text(page: Page, typed: str) -> Locator:
    """Send a text with the keyboard and return its exchange."""
    before = page.locator("section").count()
    page.get_by_label("Your text").fill(typed)
    page.keyboard.press("Enter")
    expect(page.locator("section")).to_have_count(before + 1)
    return page.locator("section").last


def choose(page: Page, name: str, value: str) -> None:
    """Choose from one of the lists and submit, with nothing typed."""
    page.locator(f"select[name={name}]").select_option(value)
    with page.expect_navigation():
        page.get_by_role("button", name="Send").click()


def explained(exchange: Locator) -> dict[str, str]:
    """Return what stands beside a reply: labels and what they say."""
    labels = exchange.locator("dt").all_inner_texts()
    said = exchange.locator("dd").all_inner_texts()
    return {label: text.strip() for label, text in zip(labels, said, strict=True)}


def test_a_question_is_answered_with_its_cost(page: Page) -> None:
    exchange = text(page, "what are acne scars")
    expect(exchange.locator(".asked")).to_have_text("what are acne scars")
    expect(exchange.locator(".reply").first).to_contain_text("Acne scars are lasting changes in the skin")
    expect(exchange.locator(".reply").last).to_contain_text("Clara Clinic")
    expect(exchange.locator(".cost").first).to_have_text(re.compile(r"^[12] segments? · GSM-7 · about \$0\.0\d\d$"))
    assert exchange.locator(".cost").count() == exchange.locator(".reply").count() == 2


def test_the_answer_is_explained(page: Page) -> None:
    said = explained(text(page, "what are acne scars"))
    assert said["Understood as"] == "What acne scars are sure"
    assert said["Language of the reply"] == "English"
    assert re.fullmatch(r"\d+%", said["How sure"])
    assert {"acne", "scars"} <= set(said["Words that decided"].split())


def test_an_arabic_question_is_answered_from_right_to_left(page: Page) -> None:
    exchange = text(page, ARABIC)
    expect(exchange.locator(".asked")).to_have_text(ARABIC)
    for reply in exchange.locator(".reply").all():
        expect(reply).to_have_attribute("lang", "ar")
        expect(reply).to_have_css("direction", "rtl")
    expect(exchange.locator(".cost").first).to_contain_text("UCS-2")
    assert explained(exchange)["Language of the reply"] == "العربية"
    expect(page.locator("html")).to_have_attribute("dir", "ltr")


def test_the_language_of_the_page_changes_its_labels(page: Page) -> None:
    labels = page.locator("label").all_inner_texts()
    page.get_by_role("link", name="Español").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    assert all(new != old for new, old in zip(page.locator("label").all_inner_texts(), labels, strict=True))


def test_on_a_page_from_right_to_left_what_was_typed_stands_on_the_left(page: Page) -> None:
    exchange = text(page, ARABIC)
    page.evaluate("document.documentElement.dir = 'rtl'")
    left = "it => it.getBoundingClientRect().left"
    assert exchange.locator(".asked").evaluate(left) < exchange.locator(".reply").first.evaluate(left)


def test_a_talk_is_begun_in_the_language_chosen(page: Page) -> None:
    choose(page, "begin", "ur")
    expect(page.locator(".asked")).to_have_text("اردو")
    expect(page.locator(".reply").first).to_have_css("direction", "rtl")
    expect(text(page, "laser").locator(".asked")).to_have_text("laser")
    assert page.locator(".asked").count() == 2


def test_a_row_of_a_list_is_tapped(page: Page) -> None:
    page.locator("select[name=channel]").select_option("whatsapp")
    listed = text(page, "menu")
    row = listed.get_by_role("button").first
    title = row.inner_text()
    row.click()
    expect(page.locator(".asked").last).to_have_text(title)
    expect(page.locator(".reply").last).to_contain_text("Acne scars")
    assert page.locator(".rows button").count() == 0


def test_enter_sends_the_text_and_taps_no_row(page: Page) -> None:
    page.locator("select[name=channel]").select_option("whatsapp")
    text(page, "menu")
    expect(text(page, "laser").locator(".asked")).to_have_text("laser")


def test_on_whatsapp_the_bubbles_are_green_and_the_choice_stays(page: Page) -> None:
    sms = text(page, "laser").locator(".asked").evaluate("it => getComputedStyle(it).backgroundColor")
    page.locator("select[name=channel]").select_option("whatsapp")
    exchange = text(page, "laser")
    expect(page.locator("select[name=channel]")).to_have_value("whatsapp")
    expect(exchange.locator(".reply strong").first).to_have_text("Laser treatment")
    expect(exchange.locator(".asked")).not_to_have_css("background-color", sms)


@pytest.mark.parametrize(("country", "language"), [("MX", "Español"), ("US", "English")])
def test_the_country_decides_the_language_where_the_text_does_not(page: Page, country: str, language: str) -> None:
    page.locator("select[name=country]").select_option(country)
    assert explained(text(page, "laser"))["Language of the reply"] == language
    expect(page.locator("select[name=country]")).to_have_value(country)


def test_the_talk_goes_on_over_several_messages(page: Page) -> None:
    first = text(page, "laser").locator(".reply").first.inner_text()
    more = text(page, "more")
    assert explained(more)["Understood as"].startswith("More on a topic")
    assert more.locator(".reply").first.inner_text() != first
    text(page, "what are acne scars")
    assert page.locator(".asked").all_inner_texts() == ["laser", "more", "what are acne scars"]
    assert page.locator("section").first.locator(".reply").first.inner_text() == first


def test_starting_again_forgets(page: Page) -> None:
    text(page, "laser")
    who = page.locator("[name=who]").input_value()
    page.get_by_role("button", name="Start again as someone new").click()
    expect(page.locator("section")).to_have_count(0)
    assert page.locator("[name=who]").input_value() != who
    expect(text(page, "laser").locator(".reply").last).to_contain_text("automatic information line")


def test_after_stop_silence_is_shown_until_start(page: Page) -> None:
    assert text(page, "STOP").locator(".reply").count() == 1
    silent = text(page, "what are acne scars")
    expect(silent.locator(".silence")).to_have_text("No reply is sent.")
    assert silent.locator(".reply").count() == 0
    assert text(page, "START").locator(".reply").count() > 0
    expect(text(page, "laser").locator(".reply").first).to_contain_text("Laser")


def test_it_works_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="en-US", java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    expect(text(page, "what are acne scars").locator(".reply").first).to_contain_text("Acne scars")
    choose(page, "channel", "whatsapp")
    expect(page.locator(".asked")).to_have_text("what are acne scars")
    text(page, "menu").get_by_role("button").first.click()
    expect(page.locator(".asked")).to_have_count(3)
    context.close()


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param("<script>document.title='taken'</script>", id="script"),
        pytest.param("<img src=x onerror=\"document.title='taken'\">", id="image"),
        pytest.param("\"><b id='mine'>'quotes' \"both\" & &amp; {{ 7*7 }}", id="quotes"),
        pytest.param("</p></section></form><h2>not ours</h2>", id="closing-tags"),
        pytest.param("🙂👩🏽‍⚕️👨‍👩‍👧‍👦 🇮🇳 ❤️‍🩹", id="emoji"),
        pytest.param("แผลเป็น \u202eسرا\u202c 痘疤 मुँहासे", id="scripts-of-the-world"),
        pytest.param("a" * 1600, id="as-long-as-may-be"),
        pytest.param('\\ud800 [] {"asked": 1} \\u0000', id="json"),
    ],
)
def test_whatever_is_typed_is_shown_as_text(page: Page, hostile: str) -> None:
    exchange = text(page, hostile)
    assert exchange.locator(".asked").text_content() == hostile
    assert exchange.locator(".asked *").count() == 0
    text(page, "laser")
    assert page.locator(".asked").first.text_content() == hostile
    expect(page).to_have_title("Try it – Skinline")


def test_no_more_than_1600_letters_can_be_typed(page: Page) -> None:
    page.get_by_label("Your text").press_sequentially("x")
    page.keyboard.insert_text("y" * 1700)
    assert len(page.get_by_label("Your text").input_value()) == 1600


def test_the_longest_word_makes_no_page_wider_than_a_phone(context: BrowserContext, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    text(page, "w" * 1600)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (360, 740)], ids=["desk", "phone"])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_newest_reply_is_in_sight_above_the_box(page: Page, width: int, height: int, direction: str) -> None:
    page.set_viewport_size({"width": width, "height": height})
    for number, typed in enumerate(("what are acne scars", "laser", "more"), 1):
        page.locator("[name=text]").fill(typed)
        page.keyboard.press("Enter")
        expect(page.locator("section")).to_have_count(number)
    page.evaluate(f"document.documentElement.dir = '{direction}'")
    expect(page.locator(".reply").last).to_be_in_viewport(ratio=1)
    expect(page.locator("[name=text]")).to_be_in_viewport(ratio=1)
    expect(page.locator(".reply").first).not_to_be_in_viewport()


def test_the_keyboard_alone_is_enough(page: Page) -> None:
    box = page.locator("input[name=text]")
    for _ in range(20):
        page.keyboard.press("Tab")
        if box.evaluate("it => it === document.activeElement"):
            break
    page.keyboard.type("laser")
    page.keyboard.press("Enter")
    expect(page.locator(".asked")).to_have_text("laser")
    expect(box).to_be_focused()
    page.keyboard.type("more")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Send")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator(".asked")).to_have_text(["laser", "more"])
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="This text in all languages").last).to_be_focused()


def test_enter_with_nothing_typed_changes_nothing(page: Page) -> None:
    text(page, "laser")
    who = page.locator("[name=who]").input_value()
    with page.expect_navigation():
        page.get_by_label("Your text").press("Enter")
    expect(page.locator(".asked")).to_have_text("laser")
    assert page.locator("[name=who]").input_value() == who


def test_it_speaks_to_no_other_host_and_the_browser_has_nothing_to_complain_of(
    context: BrowserContext, address: str
) -> None:
    asked: list[str] = []
    complaints: list[ConsoleMessage] = []
    context.on("request", lambda request: asked.append(urlsplit(request.url).netloc))
    context.on("console", lambda message: complaints.append(message))
    page = context.new_page()
    page.goto(address)
    text(page, "<img src=//elsewhere.example/x> what are acne scars")
    choose(page, "channel", "whatsapp")
    assert len(asked) >= 4
    assert set(asked) == {urlsplit(address).netloc}
    assert [message.text for message in complaints] == []


def test_the_sheet_is_applied(page: Page) -> None:
    expect(page.locator(".device")).to_have_css("display", "flex")


def test_a_script_in_the_page_would_not_run(page: Page) -> None:
    page.evaluate(
        "() => { const it = document.createElement('script'); it.textContent = \"document.title = 'taken'\";"
        " document.body.append(it); }"
    )
    expect(page).to_have_title("Try it – Skinline")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("channel", ["sms", "whatsapp"])
def test_axe_finds_nothing_in_a_talk(page: Page, channel: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.locator("select[name=channel]").select_option(channel)
    for typed in ("what are acne scars", ARABIC, "menu"):
        text(page, typed)
    assert violations(page) == []


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_talk_is_no_wider_than_a_small_phone_in_double_letters(page: Page, direction: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for typed in ("what are acne scars", ARABIC, "menu"):
        text(page, typed)
    page.evaluate(f"document.documentElement.dir = '{direction}'")
    assert not is_wider_than_the_window(page)
    double_letters(page)
    assert not is_wider_than_the_window(page)
