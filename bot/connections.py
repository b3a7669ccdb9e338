"""The driver's own connections to the database, one a thread and kept open, and its failures under names of ours."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import local
from typing import Any

from sqlalchemy import Connection, Engine, PoolProxiedConnection, event
from sqlalchemy.exc import DBAPIError, TimeoutError

from bot import database
from bot.breaker import Breaker

_LOCK_NOT_AVAILABLE = "55P03"


class Unavailable(Exception):  # noqa: N818 - it says what happened, as StopIteration does
    """The database cannot be reached or written, or is locked for too long; the same message may be tried again."""


class Resting(Unavailable):
    """The database was not asked: it failed a moment ago."""


class Dropped(Unavailable):
    """The connection that was kept open is dead, as after a restart of the database; the next try opens another."""


class Connections:
    """What a process keeps open to one database."""

    def __init__(self, engine: Engine, breaker: Breaker) -> None:
        self._engine = engine
        self._held = local()
        self._driver: Any = engine.dialect.loaded_dbapi
        self.breaker = breaker
        event.listen(engine, "engine_disposed", self.let_go)

    @contextmanager
    def transaction(self, must_try: bool = False) -> Iterator[Connection]:
        """Open a transaction of SQLAlchemy's, for what is done seldom. Raise `Resting` as `driven` does."""
        self._check(must_try)
        with self._named_errors(), self._engine.begin() as connection:
            yield connection
        self.breaker.close()

    @contextmanager
    def driven(self, must_try: bool = False) -> Iterator[PoolProxiedConnection]:
        """Lend the thread's connection, which spares half of what a message costs to remember.

        Raise `Resting` where the database failed a moment ago, unless this `must_try` all the same.
        """
        self._check(must_try)
        with self._named_errors():
            connection = self._connection()
            try:
                yield connection
            except self._driver.Error as error:
                is_dead = getattr(connection.driver_connection, "closed", False)
                self._give_up(connection)
                if is_dead:
                    raise Dropped(type(error).__name__) from error
                raise
            except BaseException:
                connection.rollback()
                raise
            self.breaker.close()

    def _check(self, must_try: bool) -> None:
        if self.breaker.is_open and not must_try:
            raise Resting("not asked")

    def _connection(self) -> PoolProxiedConnection:
        held: Connection | None = getattr(self._held, "connection", None)
        if held is None:
            held = self._held.connection = database.own_connection(self._engine)
        return held.connection

    def _give_up(self, connection: PoolProxiedConnection) -> None:
        """Close a connection that may be dead."""
        if self._engine.dialect.name == "sqlite":
            # A cursor that somebody still holds would keep a closed file locked; PostgreSQL might not answer.
            with suppress(self._driver.Error):
                connection.rollback()
        self.let_go()

    def let_go(self, _engine: Engine | None = None) -> None:
        """Close the thread's connection."""
        held, self._held.connection = getattr(self._held, "connection", None), None
        if held is not None:
            held.invalidate()
            held.close()

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, TimeoutError, self._driver.Error) as error:
            if not self._is_away(error):
                raise
            # Somebody holds one sender's row: that says nothing about the database.
            if getattr(_cause(error), "sqlstate", "") != _LOCK_NOT_AVAILABLE:
                self.breaker.trip()
            raise Unavailable(type(_cause(error)).__name__) from error

    def _is_away(self, error: BaseException) -> bool:
        """Tell whether the database failed, not we: it is gone, locked, full, damaged or may not be written."""
        driver = self._driver
        theirs = (driver.OperationalError, driver.InternalError, driver.InterfaceError, TimeoutError)
        return isinstance(_cause(error), theirs) or type(_cause(error)) is driver.DatabaseError


def _cause(error: BaseException) -> BaseException:
    """Return the driver's own error."""
    return getattr(error, "orig", None) or error
