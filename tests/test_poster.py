"""The poster says what it must in every language, fits its paper, and its codes begin a talk in the language chosen."""

import io
import sys
from pathlib import Path

import pytest
import zxingcpp
from click.testing import CliRunner, Result
from PIL import Image
from pypdfium2 import PdfDocument

from bot import printing
from bot.cli import main
from bot.content import Library
from bot.model import Channel
from bot.phrases import Phrasebook
from bot.poster import Paper, line_number, poster, render
from bot.problems import Refused
from bot.topics import CONTENT
from bot.understand import understand

NUMBER = "+15557654321"
SENTENCES = ("headline", "call", "about", "cost", "emergency")
LANGUAGES = sorted(path.name for path in (CONTENT.parent / "locales").iterdir() if path.is_dir())
FOURS = [tuple(LANGUAGES[start : start + 4]) for start in range(0, len(LANGUAGES), 4)]
PAPER_COLOUR = (255, 249, 239)


def _png(book: Phrasebook, *languages: str, paper: Paper = Paper.A4) -> Image.Image:
    return Image.open(io.BytesIO(printing.png(render(poster(NUMBER, languages, book, paper=paper), book))))


def test_each_code_opens_a_talk_in_its_language(library: Library, book: Phrasebook) -> None:
    for language in book.languages:
        (ask,) = poster(NUMBER, [language], book).asks
        sms, whatsapp = ask.codes
        word = sms.address.removeprefix(f"SMSTO:{NUMBER}:")
        assert whatsapp.address.startswith("https://wa.me/15557654321?text=")
        for country in ("", "US", "MX", "IN"):
            best = understand(word, library, country).best
            assert (best.name, best.language, best.exact) == ("language", language, True)


def test_the_codes_can_be_read_from_the_sheet(book: Phrasebook) -> None:
    shown = poster(NUMBER, ["en", "ar", "th", "zh_Hant"], book)
    read = zxingcpp.read_barcodes(_png(book, "en", "ar", "th", "zh_Hant"))
    assert {code.text for code in read} == {code.address for ask in shown.asks for code in ask.codes}
    assert len(read) == 8


def test_it_says_everything_in_each_language_and_names_the_clinic(book: Phrasebook) -> None:
    shown = render(poster(NUMBER, ["es", "ur"], book), book).replace("<br>", "").replace("&#39;", "'")
    assert "Clara Clinic" in shown
    assert "+1 555-765-4321" in shown
    assert '<section class="ask" lang="ur" dir="rtl">' in shown
    for language in ("es", "ur"):
        assert all(book.say(f"poster_{name}", language) in shown for name in SENTENCES)


@pytest.mark.parametrize("languages", FOURS, ids="-".join)
@pytest.mark.parametrize("paper", Paper)
def test_four_languages_fit_on_one_sheet(book: Phrasebook, languages: tuple[str, ...], paper: Paper) -> None:
    made = printing.pdf(render(poster(NUMBER, languages, book, paper=paper), book))
    with PdfDocument(made) as document:
        assert len(document) == 1
        assert document[0].get_size() == pytest.approx((595.3, 841.9) if paper is Paper.A4 else (612, 792), abs=0.1)
        drawn = document[0].render(scale=1).to_pil()
    width, height = drawn.size
    foot = drawn.crop((0, height - 14, width, height))
    assert foot.getcolors() == [(width * 14, PAPER_COLOUR)]


@pytest.mark.parametrize("language", ["de", "fil", "ja", "ru", "ur", "th"])
def test_one_language_fits_on_one_sheet(book: Phrasebook, language: str) -> None:
    drawn = _png(book, language, paper=Paper.LETTER)
    foot = drawn.crop((0, drawn.height - 40, drawn.width, drawn.height))
    assert foot.getcolors() == [(drawn.width * 40, PAPER_COLOUR)]


@pytest.mark.parametrize(
    ("number", "languages", "channels", "why"),
    [
        pytest.param("555", [], list(Channel), "one to 4 languages", id="no language"),
        pytest.param(NUMBER, ["ar", "bn", "de", "en", "es"], list(Channel), "one to 4 languages", id="five languages"),
        pytest.param(NUMBER, ["sv"], list(Channel), "sv is not served", id="a language that is not served"),
        pytest.param("5557654321", ["en"], list(Channel), "country's code", id="a number without its country"),
        pytest.param("call us", ["en"], list(Channel), "country's code", id="no number"),
        pytest.param(NUMBER, ["en"], [], "SMS, WhatsApp or both", id="no channel"),
        pytest.param("12345", ["en"], [Channel.WHATSAPP], "short code", id="a short code on WhatsApp"),
    ],
)
def test_what_cannot_be_shown_is_refused(
    book: Phrasebook, number: str, languages: list[str], channels: list[Channel], why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        poster(number, languages, book, channels)


def test_a_short_code_has_a_code_for_sms_alone(book: Phrasebook) -> None:
    shown = poster("12345", ["en"], book)
    assert [code.address for code in shown.asks[0].codes] == ["SMSTO:12345:English"]


@pytest.mark.parametrize("written", ["+1 (555) 765-4321", "+1.555.765.4321", " +15557654321 "])
def test_a_number_may_be_written_in_many_ways(written: str) -> None:
    assert line_number(written) == NUMBER


def _run(*arguments: str) -> Result:
    return CliRunner(env={"CLINIC_NAME": "Clara Clinic"}).invoke(main, ["poster", *arguments])


@pytest.mark.parametrize(("name", "start"), [("poster.pdf", b"%PDF-"), ("poster.PNG", b"\x89PNG")])
def test_the_command_writes_what_the_name_ends_in(tmp_path: Path, name: str, start: bytes) -> None:
    done = _run("--number", NUMBER, "--language", "es", "--paper", "letter", "--out", str(tmp_path / name))
    assert done.exit_code == 0, done.output
    assert done.output.endswith("es, +1 555-765-4321\n")
    assert (tmp_path / name).read_bytes().startswith(start)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        pytest.param(["--number", "5557654321"], "such as +15557654321", id="number"),
        pytest.param(["--number", NUMBER, "--out", "poster.doc"], ".pdf or .png", id="name"),
        pytest.param(["--number", NUMBER, "--language", "xx"], "no such language", id="language"),
        pytest.param(["--number", NUMBER, "--out", "no/such/folder.pdf"], "cannot be written", id="folder"),
    ],
)
def test_the_command_says_what_to_write_instead(arguments: list[str], why: str) -> None:
    done = _run(*arguments)
    assert (done.exit_code, why in done.output) == (2, True)


def test_without_what_makes_it_one_is_told_what_to_install(book: Phrasebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(Refused, match=r"skinline\[poster\].*libpango"):
        printing.pdf(render(poster(NUMBER, ["en"], book), book))
