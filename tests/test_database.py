"""Tables come to be by migrations, agree with the models, and a database that cannot be used says so in one line."""

import socket
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from bot import database
from bot.problems import Refused
from bot.tables import metadata

LONG = 60
"""Seconds: a test that waits longer is stuck."""


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port where something listens and never says a word, as behind a firewall."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


@pytest.fixture
def closed_port() -> int:
    """A port where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def refusal(act: Callable[[Engine], None], url: str) -> str:
    opened = database.engine(url)
    try:
        with pytest.raises(Refused) as refused:
            act(opened)
    finally:
        opened.dispose()
    return str(refused.value)


def migrations(connection: object) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(database.MIGRATIONS))
    return config


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_upgrading_makes_every_table(engine: Engine) -> None:
    assert tables(engine) == set(metadata.tables)


def test_an_upgraded_database_is_accepted(engine: Engine) -> None:
    database.check(engine)


def test_upgrading_again_changes_nothing(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO deliveries (sid, rank, updated_at) VALUES ('SM1', 5, 1795435200000000)"))
    database.upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT rank FROM deliveries")).scalars().all() == [5]


def test_models_and_migrations_agree(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def definitions(engine: Engine) -> set[str]:
    """Return the SQL of all that was made: comparing metadata sees neither conditions of an index nor WITHOUT ROWID."""
    kept = {
        "sqlite": "SELECT sql FROM sqlite_master WHERE tbl_name != 'alembic_version' AND sql IS NOT NULL",
        "postgresql": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename != 'alembic_version'",
    }
    with engine.connect() as connection:
        found = connection.execute(text(kept[engine.dialect.name])).scalars().all()
    return {" ".join(each.split()) for each in found}


def test_models_and_migrations_agree_in_what_a_comparison_of_metadata_does_not_see(engine: Engine) -> None:
    migrated = definitions(engine)
    with engine.begin() as connection:
        metadata.drop_all(connection)
        metadata.create_all(connection)
    assert len(migrated) > len(metadata.tables)
    assert migrated == definitions(engine)


def test_the_newest_migration_is_the_one_that_is_asked_for() -> None:
    assert ScriptDirectory(str(database.MIGRATIONS)).get_heads() == [database.HEAD]


def test_a_database_can_be_taken_back_and_upgraded_again(engine: Engine) -> None:
    with engine.begin() as connection:
        command.downgrade(migrations(connection), "base")
    assert tables(engine) == set()
    database.upgrade(engine)
    assert tables(engine) == set(metadata.tables)
    database.check(engine)


def test_an_empty_database_is_refused_with_the_command_that_mends_it(tmp_path: Path) -> None:
    assert refusal(database.check, f"sqlite:///{tmp_path}/empty.sqlite3") == (
        "database: DATABASE_URL: its tables are of version none, not 0001; run `skinline db upgrade`"
    ).replace("0001", database.HEAD)


@pytest.mark.parametrize("act", [database.check, database.upgrade], ids=["check", "upgrade"])
def test_a_postgresql_that_is_not_there_is_refused_in_one_line(act: Callable[[Engine], None], closed_port: int) -> None:
    said = refusal(act, f"postgresql://clara:hush-hush@127.0.0.1:{closed_port}/skinline")
    assert len(said.splitlines()) == 1
    assert f"127.0.0.1:{closed_port}/skinline cannot be used" in said
    assert "start it, or mend the address" in said


def test_a_password_is_never_shown(closed_port: int) -> None:
    said = refusal(database.check, f"postgresql://clara:hush-hush@127.0.0.1:{closed_port}/skinline")
    assert "hush-hush" not in said


def test_a_postgresql_that_never_answers_is_given_up(silent_port: int) -> None:
    url = f"postgresql://clara@127.0.0.1:{silent_port}/skinline"
    with ThreadPoolExecutor(1) as pool:
        said = pool.submit(refusal, database.check, url).result(LONG)
    assert "cannot be used" in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("act", [database.check, database.upgrade], ids=["check", "upgrade"])
def test_a_file_that_cannot_be_opened_is_refused_in_one_line(act: Callable[[Engine], None], tmp_path: Path) -> None:
    said = refusal(act, f"sqlite:///{tmp_path}/no-such-folder/skinline.sqlite3")
    assert "unable to open database file" in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("act", [database.check, database.upgrade], ids=["check", "upgrade"])
def test_a_file_that_is_no_database_is_refused_in_one_line(act: Callable[[Engine], None], tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("مذكرات 笔记 बिंदु 🌱\n" * 100, encoding="utf-8")
    said = refusal(act, f"sqlite:///{tmp_path}/notes.txt")
    assert "file is not a database" in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("skinline.sqlite3", id="a bare file"),
        pytest.param("postgresql://u:p@h:abc/x", id="a port in letters"),
        pytest.param("postgresql://u:p@h:/x", id="an empty port"),
        pytest.param("postgresql://[::1/x", id="a bracket left open"),
        pytest.param("sqlite://host/x", id="a file on a host"),
        pytest.param("sqlite+nope:///x", id="no such driver"),
        pytest.param("sqlite:///x?timeout=soon", id="an option of another form"),
    ],
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(Refused, match="DATABASE_URL: cannot be read as an address") as refused:
        database.engine(url)
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_both_names_of_postgresql_lead_to_the_driver_we_have(scheme: str) -> None:
    opened = database.engine(f"{scheme}://clara:pw@db.clinic.example/skinline")
    assert (
        opened.url.render_as_string(hide_password=False) == "postgresql+psycopg://clara:pw@db.clinic.example/skinline"
    )


def test_sqlite_runs_with_a_write_ahead_log(tmp_path: Path) -> None:
    opened = database.engine(f"sqlite:///{tmp_path}/skinline.sqlite3")
    with opened.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
    opened.dispose()


def test_a_transaction_on_sqlite_holds_the_write_lock_from_its_beginning(tmp_path: Path) -> None:
    opened = database.engine(f"sqlite:///{tmp_path}/skinline.sqlite3")
    with (
        opened.begin(),
        closing(sqlite3.connect(tmp_path / "skinline.sqlite3", timeout=0)) as other,
        pytest.raises(sqlite3.OperationalError, match="database is locked"),
    ):
        other.execute("BEGIN IMMEDIATE")
    opened.dispose()
