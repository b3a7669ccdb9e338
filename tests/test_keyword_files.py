"""What staff have taught goes into the keyword files: where it belongs, once, and nothing else moves."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot import content, database, teaching
from bot.cli import main
from bot.keyword_files import add, standing
from bot.model import UNKNOWN
from bot.problems import Refused
from bot.store import Store
from bot.taught import Taught
from bot.understand import understand

LESSONS = [Taught("es", "laser", "zorbaflex*"), Taught("es", "photo", "blorpear"), Taught("ar", "laser", "زوربا")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the content."""
    return Path(shutil.copytree(content.CONTENT, tmp_path / "content", ignore=shutil.ignore_patterns("__pycache__")))


def test_each_phrase_is_added_to_its_topic_and_nothing_else_changes(folder: Path) -> None:
    path = folder / "keywords" / "es.toml"
    before = path.read_text(encoding="utf-8").splitlines()
    assert add(LESSONS, folder) == LESSONS
    after = path.read_text(encoding="utf-8").splitlines()
    changed = [line for line in after if line not in before]
    assert len(changed) == 2
    assert all("zorbaflex*" in line or "blorpear" in line for line in changed)
    assert [line for line in before if line not in after] == [
        line
        for line in before
        if line.split(" = ")[0] in {each.split(" = ")[0] for each in changed} and line not in after
    ]


def test_what_was_exported_is_read_as_any_other_phrase(folder: Path) -> None:
    add([Taught("en", "appointment", "zorbaflexing")], folder)
    library = content.load(folder, ("en",))
    assert understand("zorbaflexing", content.load(languages=("en",)), talk="en").best.name == UNKNOWN
    assert understand("zorbaflexing", library, talk="en").best.name == "appointment"


def test_exported_twice_it_stands_there_once(folder: Path) -> None:
    assert standing(LESSONS, folder) == []
    add(LESSONS, folder)
    before = (folder / "keywords" / "es.toml").read_bytes()
    assert add(LESSONS, folder) == []
    assert (folder / "keywords" / "es.toml").read_bytes() == before
    assert standing(LESSONS, folder) == LESSONS


def test_a_topic_without_phrases_gets_its_first(folder: Path) -> None:
    path = folder / "keywords" / "es.toml"
    path.write_text('[words]\nscar = "cicatriz"\n', encoding="utf-8")
    add(LESSONS[:1], folder)
    assert path.read_text(encoding="utf-8") == "[words]\nscar = \"cicatriz\"\n\n[topics]\nlaser = '''zorbaflex*'''\n"


@pytest.mark.parametrize("damage", ["missing", "broken"])
def test_a_file_that_cannot_be_read_is_told(folder: Path, damage: str) -> None:
    path = folder / "keywords" / "es.toml"
    path.unlink() if damage == "missing" else path.write_text("[topics", encoding="utf-8")
    with pytest.raises(Refused, match=r"es\.toml"):
        add(LESSONS, folder)


def test_the_command_takes_away_only_what_the_files_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    url = f"sqlite:///{tmp_path}/skinline.sqlite3"
    monkeypatch.setenv("DATABASE_URL", url)
    engine = database.engine(url)
    database.upgrade(engine)
    assert CliRunner().invoke(main, ["keywords", "export"]).output == "nothing was taught\n"
    with Store(engine).transaction() as connection:
        teaching.teach(connection, LESSONS[0], datetime.now(UTC))
    assert CliRunner().invoke(main, ["keywords", "export", "--forget"]).output == "taken away: 0\n"
    with Store(engine).transaction() as connection:
        assert [lesson for _, lesson in teaching.listed(connection)] == LESSONS[:1]
