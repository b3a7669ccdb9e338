"""What the tests share: the library, the phrases, a database of each kind, and a client at Twilio's door."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, text

from benchmarks.torture.servers import Postgres
from bot import content, database, phrases
from bot.app import create_app
from bot.content import Library
from bot.line import Line
from bot.model import Clinic
from bot.phrases import Phrasebook
from bot.settings import FOR_TRYING_OUT, Settings
from bot.store import Store

# The same examples in every run, however slow a busy machine makes them.
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


@pytest.fixture(scope="session")
def library() -> Library:
    """All topics and keywords."""
    return content.load()


@pytest.fixture(scope="session")
def book(library: Library) -> Phrasebook:
    """All texts, for a clinic that has entered its details."""
    clinic = Clinic(name="Clara Clinic", phone="+1 555 765 4321")
    return phrases.load(library.topics.values(), clinic, library.languages)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a real PostgreSQL, started for these tests and gone with them."""
    # Not under pytest's own folder, which is closed to others: for root, the server runs as a user of its own.
    with tempfile.TemporaryDirectory(prefix="skinline-") as folder:
        server = Postgres(Path(folder) / "data")
        yield server.url
        server.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a migrated, empty database: each test runs on both kinds."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/skinline.sqlite3"
    else:
        url = request.getfixturevalue("postgresql")
        engine = database.engine(url)
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        engine.dispose()
    engine = database.engine(url)
    database.upgrade(engine)
    engine.dispose()
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on that database."""
    opened = database.engine(database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def store(engine: Engine) -> Store:
    """A store on that database."""
    return Store(engine)


@pytest.fixture
def client(tmp_path: Path, library: Library, book: Phrasebook) -> FlaskClient:
    """A client of the program as it runs for trying out: no account, SQLite."""
    url = f"sqlite:///{tmp_path}/skinline.sqlite3"
    opened = database.engine(url)
    database.upgrade(opened)
    return create_app(Settings(database_url=url), Line(library, book, Store(opened), FOR_TRYING_OUT)).test_client()
