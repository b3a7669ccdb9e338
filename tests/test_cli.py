"""The command line, as an operator types it."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from bot import content, database, plain
from bot.check.replies import replies_of
from bot.cli import main
from bot.content import LETTERS, WEIGHTS, Library
from bot.deliveries import Delivery
from bot.identity import hashed
from bot.model import CONTROLS, UNKNOWN
from bot.phrases import Phrasebook
from bot.plain import cheapest
from bot.segments import encoding, foreign, segments
from bot.settings import FOR_TRYING_OUT
from bot.store import Store
from bot.tables import senders
from bot.topics import CONTENT
from bot.transaction import Record, Tally
from bot.understand import understand

ROOT = Path(__file__).parent.parent


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/skinline.sqlite3"


def _run(url: str, *arguments: str, text: str = "", **environment: str) -> Result:
    return CliRunner(env={"DATABASE_URL": url, **environment}).invoke(main, arguments, input=text)


def test_a_text_is_explained(url: str) -> None:
    shown = _run(url, "understand", "what are acne scars").output
    assert re.match(r"scars in English, sure [01]\.\d\d\n", shown)
    assert "words that decided: " in shown


def test_texts_a_line_are_understood_a_line(url: str) -> None:
    cases = [
        {"text": "q son las cicatrices", "country": "MX"},
        {"text": "STOP", "country": ""},
        {"text": "", "country": None},
    ]
    done = _run(url, "understand", "--jsonl", text="\n".join(map(json.dumps, cases)))
    answers = [json.loads(line) for line in done.output.splitlines()]
    assert [(each["topic"], each["lang"]) for each in answers[:2]] == [("scars", "es"), ("stop", "en")]
    assert answers[2]["topic"] == "unknown"
    assert all(0 <= each["sure"] <= 1 and isinstance(each["why"], list) for each in answers)


@pytest.mark.parametrize("line", ["no json", "[]", '{"country": "US"}', '{"text": 5}'])
def test_a_line_that_is_no_case_is_refused_with_what_to_write(line: str, url: str) -> None:
    done = _run(url, "understand", "--jsonl", text=line)
    assert done.exit_code == 1
    assert 'is no object with a "text"' in done.output
    assert "Traceback" not in done.output


def test_deliveries_are_told_with_the_titles_of_twilios_codes(url: str) -> None:
    assert _run(url, "db", "upgrade").exit_code == 0
    assert _run(url, "deliveries").output.startswith("nothing was told yet")
    store = Store(database.engine(url))
    for sid, code in {"SM1": 30003, "SM2": 30003, "SM3": 0}.items():
        state, rank = ("failed", 7) if code else ("delivered", 5)
        store.delivered(Delivery(sid, state, rank, code, "sms", "MX"), datetime.now(UTC))
    assert _run(url, "deliveries").output.splitlines() == [
        "     2  sms       MX  failed       30003 Unreachable destination handset",
        "     1  sms       MX  delivered",
    ]


def test_check_finds_nothing_to_mend(url: str) -> None:
    done = _run(url, "check")
    assert done.exit_code == 0
    assert re.search(r"^reading grade in English: median \d\.\d, highest [0-6]\.\d \(", done.stdout, re.MULTILINE)
    assert re.search(r"^segments of an English answer: median [12](\.5)?, highest [12] \(", done.stdout, re.MULTILINE)
    assert re.search(r"^\d+ topics in \d+ languages: nothing to mend$", done.stdout, re.MULTILINE)
    assert all(line.startswith("warning: ") for line in done.stderr.splitlines())


def _copy(folder: Path) -> Path:
    """Copy the project, so that a command may change its content."""
    for name in ("bot", "content", "locales"):
        copytree(ROOT / name, folder / name, ignore=ignore_patterns("__pycache__"))
    return folder


def _run_in(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command from a copy of the project: its own `bot` is found before the one installed."""
    command = [sys.executable, "-c", "from bot.cli import main; main()", *arguments]
    return subprocess.run(
        command,
        cwd=folder,
        env={"LANGUAGES": "en", "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_topic_is_signed_listed_and_noticed_when_it_changes(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    assert re.search(r"^laser +awaits a signature$", _run_in(folder, "sign").stdout, re.MULTILINE)
    done = _run_in(folder, "sign", "laser", "--by", "Dr. N. N.", "--on", "2026-01-01", "--expires", "2099-01-01")
    assert done.stdout.endswith("laser.toml: signed by Dr. N. N. on 2026-01-01, until 2099-01-01\n"), done.stderr
    listed = _run_in(folder, "sign", "--list").stdout
    assert re.search(r"^laser +signed by Dr\. N\. N\. on 2026-01-01, until 2099-01-01$", listed, re.MULTILINE)
    path = folder / "content" / "topics" / "laser.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('title = "', 'title = "Our ', 1), encoding="utf-8")
    checked = _run_in(folder, "check")
    assert checked.returncode == 1
    mistakes = [line for line in checked.stderr.splitlines() if not line.startswith("warning: ")]
    assert len(mistakes) == 1
    assert mistakes[0].startswith("content/topics/laser.toml: reviewed: changed after signing")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["lasr", "--by", "Dr. N. N."], "sign: lasr: is no topic; there are "),
        (["laser"], "sign: --by: give the name"),
        (["laser", "--by", "Dr. N. N.", "--on", "2999-01-01"], "sign: --on: 2999-01-01 is a day to come"),
        (["laser", "--by", "N", "--on", "2026-01-02", "--expires", "2026-01-01"], "sign: --expires: 2026-01-01 is not"),
        (["laser", "--by", "N", "--on", "yesterday"], "'yesterday' does not match the format"),
    ],
)
def test_what_is_no_signature_is_refused_and_nothing_written(arguments: list[str], said: str, url: str) -> None:
    path = ROOT / "content" / "topics" / "laser.toml"
    before = path.read_bytes()
    done = _run(url, "sign", *arguments)
    assert done.exit_code != 0
    assert said in done.output
    assert path.read_bytes() == before


def test_the_library_is_written_as_a_page(url: str, tmp_path: Path) -> None:
    out = tmp_path / "texts.html"
    done = _run(url, "content", "--out", str(out))
    assert re.fullmatch(r".*texts\.html: \d+ topics\n", done.output)
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert _run(url, "content").output.startswith("<!doctype html>")


def test_a_page_that_cannot_be_written_is_refused(url: str, tmp_path: Path) -> None:
    done = _run(url, "content", "--out", str(tmp_path / "nowhere" / "texts.html"))
    assert done.exit_code != 0
    assert "cannot be written (No such file or directory); choose another" in done.output


def test_what_only_commands_and_rare_requests_need_is_not_loaded_to_serve() -> None:
    unwanted = ("alembic", "bot.keyword_files", "bot.sign", "prometheus_client", "sklearn", "twilio.rest", "weasyprint")
    asked = f"import sys, bot.app; print([name for name in {unwanted} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_languages_tell_honestly_who_has_signed_and_what_is_understood(url: str, library: Library) -> None:
    lines = _run(url, "languages").output.splitlines()
    assert [line.split()[0] for line in lines] == list(library.languages)
    assert all(line.endswith("no signature") for line in lines if not line.startswith("en "))
    assert all(
        re.search(r" (\d+)/\1 texts +0 fuzzy +\d\.\d segments +[1-9]\d+ keywords +\d+ of \d+ understood ", line)
        for line in lines
    )


def test_what_a_conversation_costs_is_told_by_language_channel_and_country(url: str, library: Library) -> None:
    done = _run(url, "cost", "--country", "us", "--country", "MX")
    assert done.exit_code == 0
    about, conversation, _, heading, *lines, footnote, missing = done.output.splitlines()
    assert "EXAMPLES, not your prices" in about
    assert conversation.startswith("a conversation: 4 received; sent: 1 notice, 2 answer")
    assert re.search(r"SMS US +SMS MX +whatsapp +saved +letters$", heading)
    assert "plain letters" in footnote
    assert "taxes" in missing
    costs = {line.split()[0]: line.split() for line in lines}
    assert list(costs) == list(library.languages)
    assert "0.045" in costs["en"], "a message on WhatsApp costs the same in every language"
    assert float(costs["es"][1]) > 1.5 * float(costs["es"][3]), "plain letters halve what Spanish costs"
    assert costs["tr"][4] == "no"
    assert costs["ja"][4] == "-"
    assert "ı" in costs["tr"]
    assert all("no price" in line for line in lines)


def test_the_languages_that_are_served_and_the_letters_that_are_chosen_are_those_of_the_settings(url: str) -> None:
    lines = _run(url, "cost", LANGUAGES="en,es", SMS_PLAIN_LETTERS="none").output.splitlines()[4:-2]
    assert [line.split()[0] for line in lines] == ["en", "es"]
    assert lines[1].split()[4] == "no"
    assert lines[1].split()[1:4] == [lines[1].split()[1]] * 3
    assert "MMS_PICTURES: an answer with a picture is billed" in _run(url, "cost", MMS_PICTURES="yes").output
    refused = _run(url, "cost", SMS_PLAIN_LETTERS="ja")
    assert (refused.exit_code, "ja cannot be read in plain letters" in refused.output) == (1, True)


def test_the_prices_are_those_of_the_operators_own_file(url: str, tmp_path: Path) -> None:
    table = tmp_path / "ours.toml"
    table.write_text(
        'dated = 2027-01-01\ncurrency = "EUR"\nexamples = false\nsource = "our bill"\n'
        "conversation = { answer = 1 }\nsms = { MX = { sent = 1 } }\n",
        encoding="utf-8",
    )
    about, _, _, heading, line, *_ = _run(url, "cost", "--prices", str(table), LANGUAGES="en").output.splitlines()
    assert about == "EUR of 2027-01-01, your prices: our bill (ours.toml)"
    assert "SMS MX" in heading
    assert float(line.split()[5]) == float(line.split()[3])
    assert float(line.split()[6]) == pytest.approx(float(line.split()[5]), abs=0.005)
    refused = _run(url, "cost", "--prices", str(tmp_path / "none.toml"))
    assert refused.exit_code == 1
    assert "none.toml: cannot be read" in refused.output


def test_what_each_text_of_a_language_costs_as_it_is_sent_is_told(url: str, library: Library, book: Phrasebook) -> None:
    written = {name: text for topic in library.topics.values() for name, text in replies_of(topic, "es", book)}
    for plain_letters, spelling in (("none", cheapest), ("es", lambda text: cheapest(text, plain.load()["es"]))):
        lines = _run(url, "cost", "--language", "es", SMS_PLAIN_LETTERS=plain_letters).output.splitlines()
        told = {line.split()[0]: line.split()[1:] for line in lines}
        assert list(told) == list(written)
        sent = spelling(written["scars.answer"])
        assert told["scars.answer"][:2] == [str(segments(sent)), encoding(sent)]
        assert set(told["scars.answer"][2:]) <= set(foreign(sent))


def test_the_cost_of_a_language_that_is_not_served_is_refused_with_those_there_are(url: str) -> None:
    done = _run(url, "cost", "--language", "tlh")
    assert done.exit_code != 0
    assert "'tlh' is not served; there are en, " in done.output


def test_training_writes_both_files_and_the_line_understands_by_them(tmp_path: Path) -> None:
    folder = copytree(CONTENT, tmp_path / "content")
    for file in [*folder.glob("keywords/*.toml"), *folder.glob("examples/*.jsonl")]:
        if file.stem not in ("en", "es", "zh_Hans"):
            file.unlink()
    (folder / WEIGHTS).unlink()
    (folder / LETTERS).unlink()
    done = CliRunner().invoke(main, ["train", "--folder", str(folder)])
    assert done.exit_code == 0, done.output
    assert re.match(r"learned from \d+ messages, \d+ kept aside; \d+ runs of letters weigh something", done.output)
    library = content.load(folder)
    assert set(library.weights.wants) == {*library.topics, *CONTROLS, UNKNOWN}
    assert set(library.lexicon.letters.languages) == {"en", "es", "zh_Hans"}
    for text, want, language in [
        ("what are acne scars", "scars", "en"),
        ("cuanto cuesta el laser", "cost", "es"),
        ("how are you", "greeting", "en"),
    ]:
        best = understand(text, library).best
        assert (best.name, best.language) == (want, language)
    learned = {name: (folder / name).read_bytes() for name in (WEIGHTS, LETTERS)}
    assert CliRunner().invoke(main, ["train", "--folder", str(folder)]).output == done.output
    assert {name: (folder / name).read_bytes() for name in learned} == learned


def test_talk_is_the_bot_in_the_terminal(url: str) -> None:
    done = _run(url, "talk", text="what are acne scars\nSTOP\nlaser\n")
    assert "< Acne scars are lasting changes" in done.output
    assert done.output.rstrip().endswith("< (silence)")


def test_the_database_is_made_kept_and_emptied(url: str) -> None:
    assert "run `skinline db upgrade`" in _run(url, "purge").output
    assert _run(url, "db", "upgrade").output == "the tables are up to date\n"
    assert "senders: 0" in _run(url, "purge").output
    engine = database.engine(url)
    with Store(engine).turn([hashed("+15551234567", FOR_TRYING_OUT)]) as turn:
        known = turn.sender()
        now = datetime.now(UTC)
        turn.keep(Record("SM1", "", now, (), Tally("2026-11-23", "en", "sms", "scars", "sure"), known))
    assert _run(url, "forget", "+15551234567").output == "deleted\n"
    assert _run(url, "forget", "+15551234567").output == "nothing was kept\n"
    with engine.connect() as connection:
        assert connection.execute(select(senders)).all() == []
    engine.dispose()


def test_all_that_is_kept_of_a_number_is_shown_under_every_key_and_linked_address(url: str) -> None:
    key, old_key, number = "k" * 32, "o" * 32, "+15551234567"
    _run(url, "db", "upgrade")
    engine = database.engine(url)
    with Store(engine).turn([hashed(number, old_key), hashed("whatsapp:MX.1A2B", old_key)]) as turn:
        known, now = turn.sender(), datetime.now(UTC)
        turn.keep(Record("SM1", "", now, (), Tally("2026-11-23", "en", "sms", "scars", "sure"), known))
    shown = json.loads(_run(url, "held", number, SECRET_KEY=key, SECRET_KEY_FALLBACKS=old_key).output)
    assert [set(each) for each in shown] == [set(senders.columns.keys())] * 2
    assert {each["hash"] for each in shown} == {each["linked"] for each in shown}
    assert _run(url, "held", "+15550000000", SECRET_KEY=key).output == "[]\n"
    engine.dispose()


def test_mistakes_in_settings_are_told_together_without_a_trace(url: str) -> None:
    done = _run(url, "check", KEEP_DAYS="soon", CLINIC_COUNTRY="Mexico", TWILIO_ACOUNT_SID="AC1")
    assert done.exit_code == 1
    assert [line.split(": ")[1] for line in done.output.splitlines()] == [
        "TWILIO_ACOUNT_SID",
        "CLINIC_COUNTRY",
        "KEEP_DAYS",
    ]
    assert "did you mean TWILIO_ACCOUNT_SID?" in done.output
