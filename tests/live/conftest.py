"""Two running servers, one on each kind of database, that the tests of a module share; one browser for all."""

from collections.abc import Iterator

import pytest
from browsing import ARGUMENTS, CHROMIUM
from playwright.sync_api import Browser, expect, sync_playwright
from running import Server, own_database, serving

# Milliseconds. By default it is 5 seconds, which a busy machine may need for a long page.
expect.set_options(timeout=60_000)


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server on SQLite."""
    folder = tmp_path_factory.mktemp("sqlite")
    with serving(folder, f"sqlite:///{folder}/skinline.sqlite3") as server:
        yield server


@pytest.fixture(scope="module")
def on_postgresql(tmp_path_factory: pytest.TempPathFactory, postgresql: str) -> Iterator[Server]:
    """The server on PostgreSQL."""
    with serving(tmp_path_factory.mktemp("postgresql"), own_database(postgresql)) as server:
        yield server


@pytest.fixture(params=["on_sqlite", "on_postgresql"])
def server(request: pytest.FixtureRequest) -> Server:
    """The server on a database of each kind, and a sender of one's own."""
    running: Server = request.getfixturevalue(request.param)
    return Server(running.port, running.database_url)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser that the tests share."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()
