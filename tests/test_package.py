"""The package by itself: built, installed where no checkout is, and run in an empty folder."""

import json
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LONG = 300


def run(command: Sequence[str | Path], folder: Path, typed: str = "") -> str:
    """Run a command in `folder`, with a home of its own and no settings; return what it prints."""
    environment = {"HOME": str(folder), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    done = subprocess.run(
        command, cwd=folder, env=environment, input=typed, capture_output=True, text=True, timeout=LONG, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with what is installed: nothing is fetched."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    subprocess.run(build, capture_output=True, timeout=LONG, check=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment of its own that holds the wheel; libraries are lent to it, the checkout is not."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, symlinks=True)
    python = home / "bin" / "python"
    site = Path(run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], home).strip())
    # Such a line lends a folder, but follows no line within it, as that of an editable install.
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel]
    subprocess.run(pip, capture_output=True, timeout=LONG, check=True)
    return home / "bin"


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A folder that holds nothing."""
    return tmp_path


def test_it_is_the_wheel_that_runs(installed: Path, empty: Path) -> None:
    found = run([installed / "python", "-c", "import bot.places; print(bot.places.CONTENT)"], empty).strip()
    assert Path(found).is_relative_to(installed.parent)


def test_its_content_and_catalogues_are_whole(installed: Path, empty: Path) -> None:
    assert "nothing to mend" in run([installed / "skinline", "check"], empty)


def test_it_understands_as_the_checkout_does(installed: Path, empty: Path) -> None:
    asked = '{"text": "will my acne scars ever fade", "country": "US"}\n'
    here = run([Path(sys.executable).with_name("skinline"), "understand", "--jsonl"], empty, asked)
    there = run([installed / "skinline", "understand", "--jsonl"], empty, asked)
    assert json.loads(there) == json.loads(here)
    assert json.loads(there)["lang"] == "en"


def test_it_answers_in_a_terminal_once_its_tables_are_made(installed: Path, empty: Path) -> None:
    run([installed / "skinline", "db", "upgrade"], empty)
    assert (empty / "skinline.sqlite3").is_file()
    assert "dermatolog" in run([installed / "skinline", "talk"], empty, "what are acne scars\n")


def test_its_pages_are_there(installed: Path, empty: Path) -> None:
    run([installed / "skinline", "db", "upgrade"], empty)
    asked = "from bot.wsgi import app; c = app.test_client(); print(*(c.get(p).status_code for p in "
    pages = "('/', '/privacy', '/static/skinline.css', '/healthz')))"
    assert run([installed / "python", "-c", asked + pages], empty).split() == ["200"] * 4
