"""The statements as both databases get them: parameters by name, and nothing that reads more than it must."""

import re
from dataclasses import astuple, fields
from pathlib import Path

import pytest

from bot import database
from bot.statements import Statements, statements
from bot.tables import metadata

NAMED = {"sqlite": r":(\w+)", "postgresql": r"%\((\w+)\)s"}
"""How each driver writes a parameter."""
COLUMNS = {column.name for table in metadata.tables.values() for column in table.columns}


def parameters(name: str, database_name: str) -> set[str]:
    sql = getattr(statements(database_name), name).replace("::", " ")
    return set(re.findall(NAMED[database_name], sql))


@pytest.mark.parametrize("name", [each.name for each in fields(Statements) if "at_once" not in each.name])
def test_both_databases_take_the_same_parameters(name: str) -> None:
    assert parameters(name, "sqlite") == parameters(name, "postgresql")


@pytest.mark.parametrize("database_name", NAMED)
@pytest.mark.parametrize("name", [each.name for each in fields(Statements)])
def test_parameters_are_named_after_columns_or_after_what_was_read(name: str, database_name: str) -> None:
    read = {"hash_", "sid_", "token_", "seen_", "stopped_"} | {"language_", "topic_"}
    assert parameters(name, database_name) <= COLUMNS | read


@pytest.mark.parametrize("database_name", NAMED)
def test_no_parameter_is_given_by_place(database_name: str) -> None:
    written = " ".join(astuple(statements(database_name)))
    assert "?" not in written
    assert "%s" not in written


@pytest.mark.parametrize("name", ["earlier_answer", "read_sender", "change_sender"])
def test_on_sqlite_no_message_reads_a_whole_table(tmp_path: Path, name: str) -> None:
    opened = database.engine(f"sqlite:///{tmp_path}/skinline.sqlite3")
    database.upgrade(opened)
    connection = opened.raw_connection()
    sql = getattr(statements("sqlite"), name)
    plan = connection.cursor().execute(f"EXPLAIN QUERY PLAN {sql}", dict.fromkeys(parameters(name, "sqlite"), "x"))
    steps = " ".join(row[3] for row in plan)
    connection.close()
    opened.dispose()
    assert "SEARCH" in steps
    assert "SCAN" not in steps
