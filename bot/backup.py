"""A copy of all that is kept, in one file, and back: the same file for SQLite and PostgreSQL.

The file is gzipped JSON, a value a line: first the revision of the tables and their columns; then the rows, each after
the name of its table; last how many there are, so that a file cut short is known. It holds what the database holds: no
numbers, no names. It is read from one moment's snapshot, and keeps no message waiting.
"""

import gzip
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, Table, create_engine, func, insert, inspect, select, text

from bot import database
from bot.problems import Problem, Refused
from bot.tables import metadata

_AT_A_TIME = 1000


def write(engine: Engine, file: Path) -> int:
    """Write a backup, readable by its owner alone; return how many rows. The file appears when it is whole."""
    part = file.with_name(f"{file.name}.part")
    try:
        part.touch(mode=0o600)
        with gzip.open(part, "wt", encoding="utf-8", compresslevel=6) as out, _snapshot(engine) as connection:
            columns = {table.name: table.columns.keys() for table in metadata.sorted_tables}
            out.write(_line({"revision": database.HEAD, "columns": columns}))
            rows = (
                _line([table.name, *row])
                for table in metadata.sorted_tables
                for row in connection.execute(select(table))
            )
            count = sum(bool(out.write(row)) for row in rows)
            out.write(_line({"rows": count}))
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(file)
    except OSError as error:
        raise Refused([Problem("backup", str(file), f"cannot be written ({error.strerror})")]) from error
    return count


def restore(engine: Engine, file: Path) -> int:
    """Fill a database that holds nothing from a backup, and bring it up to date; return how many rows."""
    _refuse_unless_empty(engine)
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            values = map(json.loads, lines)
            first = next(values)
            database.downgrade(engine)
            database.upgrade(engine, str(first["revision"]))
            with engine.begin() as connection:
                count = _fill(connection, first["columns"], values)
    except (OSError, EOFError, ValueError, LookupError, TypeError, StopIteration) as error:
        advice = "cannot be read as a backup, or is cut short; nothing was restored"
        raise Refused([Problem("restore", str(file), advice)]) from error
    database.upgrade(engine)
    return count


@contextmanager
def _snapshot(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that sees one moment and locks nothing."""
    if engine.dialect.name == "postgresql":
        options = {"isolation_level": "REPEATABLE READ", "yield_per": _AT_A_TIME}
        with engine.connect().execution_options(**options) as connection:
            yield connection
        return
    # An engine of the program's own kind would take the write lock (bot.database).
    reading = create_engine(engine.url)
    with reading.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        yield connection.execution_options(yield_per=_AT_A_TIME)
    reading.dispose()


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _refuse_unless_empty(engine: Engine) -> None:
    with engine.connect() as connection:
        present = set(inspect(connection).get_table_names())
        held = [
            table.name
            for table in metadata.sorted_tables
            if table.name in present and connection.execute(select(func.count()).select_from(table)).scalar()
        ]
    if held:
        advice = f"already holds {', '.join(held)}; restore into a new, empty database"
        raise Refused([Problem("restore", "DATABASE_URL", advice)])


def _rows(lines: Iterable[Any]) -> Iterator[tuple[str, list[Any]]]:
    """Yield table and row; raise ValueError where some are missing at the end."""
    for count, line in enumerate(lines):
        if isinstance(line, list):
            yield line[0], line[1:]
        elif line["rows"] == count:
            return
        else:
            break
    raise ValueError("rows are missing")


def _fill(connection: Connection, columns: Mapping[str, Sequence[str]], lines: Iterable[Any]) -> int:
    """Insert the rows into the tables as these are at the backup's revision; return how many."""
    known, count = MetaData(), 0
    for name, rows in groupby(_rows(lines), key=itemgetter(0)):
        table = Table(name, known, autoload_with=connection)
        while batch := list(islice(rows, _AT_A_TIME)):
            connection.execute(insert(table), [dict(zip(columns[name], row, strict=True)) for _, row in batch])
            count += len(batch)
        _count_on(connection, table)
    return count


def _count_on(connection: Connection, table: Table) -> None:
    """PostgreSQL numbers new rows from a sequence, which knows nothing of the numbers that were inserted."""
    if connection.dialect.name == "postgresql" and "id" in table.c:
        last = connection.execute(select(func.max(table.c.id))).scalar()
        sequence = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)")
        if last:
            connection.execute(sequence, {"name": table.name, "last": last})
