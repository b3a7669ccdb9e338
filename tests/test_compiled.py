"""What was read from a keyword file is kept beside it, and found again only for the very same file."""

from pathlib import Path

import pytest

from bot import compiled
from bot.lexicon import Tongue
from bot.model import CONTROLS, DANGERS
from bot.problems import Problem

LINES = "\n".join(
    ["[words]", "scar = '''scar, dents*'''", "[topics]", *(f"{danger} = '''{danger}'''" for danger in DANGERS)]
)
CONTROL_LINES = "\n".join(["[controls]", *(f"{control} = '''{control}'''" for control in CONTROLS)])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "en.toml"
    made.write_text(f"{LINES}\n{CONTROL_LINES}\n")
    return made


def read(path: Path, problems: list[Problem], *meanings: str) -> Tongue:
    return compiled.tongue(path, meanings or ("scar",), DANGERS, problems)


def kept(path: Path) -> list[Path]:
    return sorted((path.parent / "__pycache__").glob("*"))


def test_a_file_read_again_says_the_same_from_what_is_kept(path: Path) -> None:
    first = read(path, [])
    assert len(kept(path)) == 1
    assert read(path, []) == first


def test_a_changed_file_is_read_anew_and_the_old_result_goes(path: Path) -> None:
    read(path, [])
    (old,) = kept(path)
    path.write_text(path.read_text().replace("dents*", "pits"))
    assert "pits" in read(path, []).forms
    (new,) = kept(path)
    assert new != old


def test_a_file_with_mistakes_is_not_kept(path: Path) -> None:
    path.write_text(path.read_text().replace("dents*", "!?"))
    for _ in range(2):
        problems: list[Problem] = []
        read(path, problems)
        assert [problem.key for problem in problems] == ["words.scar"]
    assert kept(path) == []


def test_what_it_depends_on_besides_the_file_counts(path: Path) -> None:
    read(path, [])
    problems: list[Problem] = []
    read(path, problems, "scar", "dent")
    assert [problem.key for problem in problems] == ["words.dent"]


@pytest.mark.parametrize("spoilt", [b"", b"spoilt", b"\xfb\x00"])
def test_a_spoilt_result_is_read_anew(path: Path, spoilt: bytes) -> None:
    first = read(path, [])
    kept(path)[0].write_bytes(spoilt)
    assert read(path, []) == first


def test_where_nothing_may_be_written_nothing_is_kept(path: Path) -> None:
    (path.parent / "__pycache__").write_text("a file where the folder should be")
    assert read(path, []).language == "en"
