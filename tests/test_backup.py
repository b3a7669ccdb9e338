"""What is kept goes into a file and comes back as it was, whichever kind of database it left and enters."""

import gzip
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select

from bot import attempts, backup, database, teaching, totals
from bot.deliveries import Delivery
from bot.model import Sender
from bot.problems import Refused
from bot.send import registry
from bot.store import Store
from bot.tables import metadata, unanswered
from bot.taught import Taught
from bot.transaction import Record, Tally

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
KNOWN = Sender("zh_Hans", "laser", 2, ("scars", "language:हिन्दी"), NOW, NOW, 7, NOW, NOW, "SM9")


def everything(engine: Engine) -> dict[str, set[tuple[object, ...]]]:
    with engine.connect() as connection:
        return {
            table.name: {tuple(row) for row in connection.execute(select(table))} for table in metadata.sorted_tables
        }


@pytest.fixture
def filled(engine: Engine, store: Store) -> Engine:
    """A database that holds something in every table, and more senders than fit one batch."""
    for number in range(3):
        with store.turn([f"{number:064}", f"{number + 10:064}"]) as turn:
            turn.sender()
            tally = Tally("2026-11-23", "zh_Hans", "sms", "laser", "unknown")
            turn.keep(Record(f"SM{number}", "", NOW, ("激光 😀",), tally, KNOWN, "ਕੀ 木琴 \"'\\", picture="pits"))
    store.stop([f"{number:064x}" for number in range(5, 2505)], NOW)
    store.delivered(Delivery("SM1", "failed", 7, 30003, "sms", "MX"), NOW)
    registry.keep(store, [registry.Held("skinline_menu_hi_0a1b", "HX1", registry.APPROVED)])
    attempts.may_try(store, "", NOW)
    with engine.begin() as connection:
        teaching.teach(connection, Taught("ur", "laser", "لیزر"), NOW)
        connection.execute(insert(metadata.tables["tallies"]).values(tally._asdict() | {"count": 3}))
        totals.add(connection, {tally: 3})
        outcome = {"day": "2026-11-22", "channel": "rcs", "country": "IN", "state": "read", "code": 0, "count": 2}
        connection.execute(insert(metadata.tables["outcomes"]).values(outcome))
    assert [name for name, rows in everything(engine).items() if not rows] == []
    return engine


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path, postgresql: str) -> Iterator[Engine]:
    """A new database without tables."""
    from live.running import own_database

    url = f"sqlite:///{tmp_path}/new.sqlite3" if request.param == "sqlite" else own_database(postgresql)
    opened = database.engine(url, patience=60)
    yield opened
    opened.dispose()


def test_what_was_kept_comes_back_as_it_was(filled: Engine, empty: Engine, tmp_path: Path) -> None:
    count = backup.write(filled, tmp_path / "copy")
    assert backup.restore(empty, tmp_path / "copy") == count == sum(map(len, everything(filled).values()))
    assert everything(empty) == everything(filled)
    database.check(empty)


def test_the_line_goes_on_from_there(filled: Engine, empty: Engine, tmp_path: Path) -> None:
    backup.write(filled, tmp_path / "copy")
    backup.restore(empty, tmp_path / "copy")
    store = Store(empty)
    with store.turn(["0" * 64]) as turn:
        assert turn.sender() == KNOWN
        turn.keep(Record("SM9", "", NOW, (), Tally("2026-11-23", "en", "sms", "x", "unknown"), KNOWN, unanswered="new"))
    with empty.connect() as connection:
        assert len(connection.execute(select(unanswered)).all()) == 4


def test_a_backup_can_be_read_by_its_owner_alone(filled: Engine, tmp_path: Path) -> None:
    backup.write(filled, tmp_path / "copy")
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.glob("*.part")) == []


def test_a_backup_keeps_no_message_waiting_and_shows_one_moment(filled: Engine, store: Store, tmp_path: Path) -> None:
    with backup._snapshot(filled) as connection:
        table = metadata.tables["senders"]
        before = connection.execute(select(table)).all()
        store.stop(["f" * 64], NOW)
        assert connection.execute(select(table)).all() == before


def test_a_database_that_holds_something_is_not_overwritten(filled: Engine, tmp_path: Path) -> None:
    backup.write(filled, tmp_path / "copy")
    before = everything(filled)
    with pytest.raises(Refused, match=r"already holds .*restore into a new, empty database"):
        backup.restore(filled, tmp_path / "copy")
    assert everything(filled) == before


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def without_a_row(content: bytes) -> bytes:
    lines = gzip.decompress(content).splitlines(keepends=True)
    return gzip.compress(b"".join(lines[:5] + lines[6:]))


def without_its_end(content: bytes) -> bytes:
    return gzip.compress(b"".join(gzip.decompress(content).splitlines(keepends=True)[:-1]))


@pytest.mark.parametrize("spoil", [cut, without_a_row, without_its_end, lambda _: b"", lambda _: b"no backup"])
def test_a_file_that_is_no_whole_backup_restores_nothing(
    filled: Engine, tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    backup.write(filled, tmp_path / "copy")
    (tmp_path / "copy").write_bytes(spoil((tmp_path / "copy").read_bytes()))
    new = database.engine(f"sqlite:///{tmp_path}/new.sqlite3")
    with pytest.raises(Refused, match="cut short; nothing was restored"):
        backup.restore(new, tmp_path / "copy")
    database.upgrade(new)
    assert not any(everything(new).values())
    new.dispose()


def test_a_folder_that_is_not_there_is_refused(filled: Engine, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be written"):
        backup.write(filled, tmp_path / "nowhere" / "copy")


def test_a_backup_says_of_which_revision_it_is(filled: Engine, tmp_path: Path) -> None:
    backup.write(filled, tmp_path / "copy")
    first = gzip.decompress((tmp_path / "copy").read_bytes()).splitlines()[0]
    assert json.loads(first)["revision"] == database.HEAD
    assert not re.search(rb"\+\d{7}", first)
