"""The database itself: how it is opened, and how its tables come to be.

SQLite runs with a write-ahead log, so that readers do not wait for the writer, and each transaction takes the write
lock at once (BEGIN IMMEDIATE): two messages of one sender follow each other instead of failing half-way. It leaves the
disk to the system (`synchronous=NORMAL`): what was written outlives a killed process, and what was promised is brought
to the disk by the store. PostgreSQL commits to the disk each time: killed, it would forget the last half second, and
a message repeated after that would get another answer.
"""

from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.problems import Problem, Refused
from bot.tables import metadata

PATIENCE = 1.0
"""Seconds to wait for a connection, a lock or a statement: what needs no database is to be answered within two."""
AT_LEISURE = 3600.0
"""Seconds that a command of the operator may take: copying or purging millions of rows."""
MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "what_leaves"
"""The newest migration; a test compares it with the folder."""


def engine(url: str, patience: float = PATIENCE) -> Engine:
    """Return an engine for a SQLite or PostgreSQL address, on which nothing waits longer. Nothing is opened yet."""
    try:
        parsed = make_url(url.replace("postgres://", "postgresql://", 1))
        opened = _sqlite if parsed.get_backend_name() == "sqlite" else _postgresql
        return opened(parsed, patience)
    except (ArgumentError, ValueError):
        # Their words may quote a part of the password.
        raise Refused([Problem("settings", "DATABASE_URL", "cannot be read as an address; see the README")]) from None


def _postgresql(url: URL, patience: float) -> Engine:
    # The driver costs an eighth of a second at import; on SQLite nobody pays it.
    from bot.patience import connection_class, in_time

    # The server is to give up first: its word on why is better than none.
    lock, statement = round(patience * 700), round(patience * 900)
    options = f"-c statement_timeout={statement} -c lock_timeout={lock} -c synchronous_commit=on"
    opened = create_engine(
        url.set(drivername="postgresql+psycopg"),
        connect_args={"options": options},
        pool_size=4,
        # Whoever takes a connection ends its transaction (bot.store): undoing it again is a round trip a message.
        pool_reset_on_return=None,
        pool_timeout=patience,
    )
    impatient = connection_class(patience)

    @event.listens_for(opened, "do_connect")
    def _connect(_dialect: object, _record: object, arguments: Any, named: Any) -> Any:
        return in_time(partial(impatient.connect, *arguments, **named), min(patience, PATIENCE))

    return opened


def _sqlite(url: URL, patience: float) -> Engine:
    opened = create_engine(url, connect_args={"timeout": patience}, pool_reset_on_return=None)

    @event.listens_for(opened, "connect")
    def _configure(connection: Any, _record: object) -> None:
        # Otherwise the driver begins its own deferred transactions.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        # A checkpoint stops all writers for some milliseconds; by default there would be several a second under load.
        connection.execute("PRAGMA wal_autocheckpoint=10000")

    @event.listens_for(opened, "begin")
    def _begin(connection: Any) -> None:
        connection.connection.cursor().execute("BEGIN IMMEDIATE")

    return opened


def own_connection(opened: Engine) -> Connection:
    """Return a connection to keep, on which each statement is a transaction of its own unless one begins a longer one.

    Taking one from the pool and giving it back, message by message, takes longer than to write a sender. On PostgreSQL
    a transaction costs two round trips to begin and end it, where a statement alone costs none.
    """
    connection = opened.connect()
    is_postgresql = opened.dialect.name == "postgresql"
    return connection.execution_options(isolation_level="AUTOCOMMIT") if is_postgresql else connection


def upgrade(opened: Engine, revision: str = "head") -> None:
    """Bring the tables up to date, or up to `revision`. Raise `Refused` where the database cannot be reached."""
    _migrate(opened, "upgrade", revision)


def downgrade(opened: Engine, revision: str = "base") -> None:
    """Take the tables back to `revision`; to "base" there are none."""
    _migrate(opened, "downgrade", revision)


def _migrate(opened: Engine, way: str, revision: str) -> None:
    # Alembic costs a quarter of a second at import; only this command pays it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    try:
        with opened.begin() as connection:
            config.attributes["connection"] = connection
            getattr(command, way)(config, revision)
    except SQLAlchemyError as error:
        raise Refused([_unreachable(opened, error)]) from error


def check(opened: Engine) -> None:
    """Raise `Refused` unless the database answers and has what this version needs: while a newer one is deployed beside
    it, the tables may be ahead."""
    try:
        with opened.connect() as connection:
            present = inspect(connection).has_table("alembic_version")
            version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if present else None
            fits = version == HEAD or _is_ahead(connection, str(version))
    except SQLAlchemyError as error:
        raise Refused([_unreachable(opened, error)]) from error
    if not fits:
        advice = f"its tables are of version {version or 'none'}, not {HEAD}; run `skinline db upgrade`"
        raise Refused([Problem("database", "DATABASE_URL", advice)])


def _is_ahead(connection: Connection, version: str) -> bool:
    """Tell whether tables of a version that we do not know still have every column that we use."""
    if any(MIGRATIONS.glob(f"versions/{version}*.py")) or version == "None":
        return False
    found = inspect(connection)
    tables = set(found.get_table_names())
    return all(
        table.name in tables and set(table.columns.keys()) <= {each["name"] for each in found.get_columns(table.name)}
        for table in metadata.sorted_tables
    )


def _unreachable(opened: Engine, error: SQLAlchemyError) -> Problem:
    reason = str(getattr(error, "orig", error)).strip().partition("\n")[0]
    place = opened.url.render_as_string(hide_password=True)
    return Problem("database", "DATABASE_URL", f"{place} cannot be used ({reason}); start it, or mend the address")
