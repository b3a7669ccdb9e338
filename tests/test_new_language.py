"""A language is data alone: with a keyword file, messages and two catalogues, the line speaks Esperanto."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from click.testing import CliRunner

from bot import catalogues, content, phrases
from bot.answer import answer
from bot.cli import main
from bot.content import Library
from bot.model import Channel, Clinic, Message, Outcome, Sender
from bot.phrases import LOCALES, Phrasebook
from bot.topics import CONTENT
from bot.understand import understand

KEYWORDS = """
common = '''la, kaj, estas, mia, mi, de, en, por, al, ke'''
polite = '''bonvolu, dankon'''
[words]
scar = '''cikatr*'''
acne = '''akno*, pustul*'''
dent = '''truo*, kavet*'''
what = '''kio, kion'''
how_long = '''kiom longe, kiom da tempo'''
fade = '''malaper*, forig*'''
laser = '''lasero*, lasera'''
cost = '''kost*, prezo*'''
hello = '''saluton'''
thanks = '''dankon'''
[topics]
crisis = '''volas|deziras morti, mortigi min'''
urgent = '''febro pus*'''
[controls]
greeting = '''saluton'''
menu = '''menuo'''
language = '''alia lingvo'''
more = '''pli'''
thanks = '''dankon'''
stop = '''ĉesu, haltu'''
start = '''komencu'''
privacy = '''viaj datumoj'''
[names]
eo = '''esperant*'''
"""
OTHER_WORDS = ("libro", "tablo", "arbo", "vojo", "domo", "rivero", "monto", "fenestro", "ĝardeno", "ŝtono", "birdo")
MESSAGES = [
    ("kio estas cikatroj", "scars"),
    ("mia akno lasis cikatrojn, kio estas tio", "scars"),
    ("kiom longe ĝis la cikatroj malaperos", "duration"),
    ("kiom da tempo por malaperi", "duration"),
    ("kiom kostas lasero", "cost"),
    ("prezo de la lasero", "cost"),
    ("truoj en mia haŭto", "depressed"),
    ("la kavetoj de akno", "depressed"),
    ("ĉu lasero forigas cikatrojn", "laser"),
    ("saluton amiko", "greeting"),
    ("saluton al ĉiuj", "greeting"),
    ("saluton, ĉu iu estas tie", "greeting"),
    ("ili malaperos baldaŭ, kiom longe do", "duration"),
    ("kiom longe ili restos", "duration"),
    ("ĉu ili malaperos iam", "duration"),
    ("kio kaŭzas la cikatrojn", "causes"),
    ("kial restas truoj post akno", "causes"),
    ("kion fari kontraŭ akno", "acne"),
    ("mi havas multajn pustulojn", "acne"),
    ("mi ne ŝatas mian vizaĝon", "feelings"),
    ("kie estas la kliniko", "appointment"),
    ("kiam vi malfermas", "appointment"),
    ("hodiaŭ ni manĝos picon", "unknown"),
    ("la hundo kuras en la parko", "unknown"),
    ("kiu gajnis la matĉon hieraŭ", "unknown"),
]


@pytest.fixture(scope="module")
def esperanto(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The library of English and Esperanto, learned as the README says."""
    folder = tmp_path_factory.mktemp("new") / "content"
    copytree(CONTENT, folder, ignore=ignore_patterns("__pycache__"))
    for file in (*folder.glob("keywords/*.toml"), *folder.glob("examples/*.jsonl")):
        if file.stem != "en":
            file.unlink()
    english = folder / "examples" / "en.jsonl"
    english.write_text("".join(english.read_text(encoding="utf-8").splitlines(keepends=True)[:300]), encoding="utf-8")
    (folder / "keywords" / "eo.toml").write_text(_complete(folder), encoding="utf-8")
    lines = (
        {"text": text, "topics": [topic], "langs": ["eo"], "country": "", "style": "question"}
        for text, topic in MESSAGES
    )
    (folder / "examples" / "eo.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    done = CliRunner().invoke(main, ["train", "--folder", str(folder)])
    assert done.exit_code == 0, done.output
    return content.load(folder)


def _complete(folder: Path) -> str:
    """Return the keyword file with some word for each meaning that it leaves out: none may be missing."""
    meanings = [name for group in content.read_meanings(folder, []).values() for name in group]
    missing = [name for name in meanings if f"\n{name} = " not in KEYWORDS.partition("[topics]")[0]]
    made_up = (f"{name} = '{word}'" for name, word in zip(missing, cycle(OTHER_WORDS), strict=False))
    return KEYWORDS.replace("[topics]", "\n".join([*made_up, "[topics]"]))


@pytest.fixture(scope="module")
def book(esperanto: Library, tmp_path_factory: pytest.TempPathFactory) -> Phrasebook:
    """Every text with a mark for its translation, in catalogues made from the templates."""
    folder = tmp_path_factory.mktemp("locales")
    for domain in catalogues.DOMAINS:
        catalogue = catalogues.read(LOCALES / f"{domain}.pot", "eo")
        for message in catalogue:
            if isinstance(message.id, str) and message.id:
                message.string = f"[eo] {message.id}"
        path = folder / "eo" / "LC_MESSAGES" / f"{domain}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogues.write(path, catalogue)
    return phrases.load(esperanto.topics.values(), Clinic(), ("en", "eo"), folder)


def texts(outcome: Outcome) -> Iterator[str]:
    assert outcome.reply
    yield from outcome.reply.texts


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("kio estas la cikatroj de akno", "scars"),
        ("kiom longe ĝis ili malaperos", "duration"),
        ("mi volas morti", "crisis"),
        ("haltu", "stop"),
        ("saluton", "greeting"),
    ],
)
def test_it_is_understood_and_answered_in_itself(text: str, want: str, esperanto: Library, book: Phrasebook) -> None:
    message = Message(text, Channel.SMS, datetime(2026, 12, 1, tzinfo=UTC))
    outcome = answer(message, Sender(language="eo"), esperanto, book)
    assert outcome.want == want
    assert [said for said in texts(outcome) if "[eo]" not in said] == []


def test_it_can_be_asked_for_by_its_name(esperanto: Library, book: Phrasebook) -> None:
    message = Message("esperanton please", Channel.SMS, datetime(2026, 12, 1, tzinfo=UTC), country="US")
    assert answer(message, Sender(), esperanto, book).sender.language == "eo"


def test_english_is_still_understood_beside_it(esperanto: Library) -> None:
    best = understand("how long until acne scars fade", esperanto, "US").best
    assert (best.name, best.language) == ("duration", "en")
