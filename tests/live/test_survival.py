"""Real processes are killed in the middle of a load: what was promised holds, and nothing is said twice in two ways."""

import resource
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from benchmarks.torture import kills
from benchmarks.torture.people import Witness, crowd, form_of, post
from benchmarks.torture.servers import Postgres, Server, serving
from bot.breaker import REST
from bot.serving import HURRY
from bot.serving import workers as WORKERS  # noqa: N812 - gunicorn wants its settings in small letters

IN_TIME = 7
"""Seconds after which Twilio, as `skinline connect` sets it up, no longer waits for an answer (`rt=7000`)."""
DAWDLING = (
    b"POST /sms HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 500\r\n\r\nBody="
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server on a database of each kind."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "sqlite":
        url = f"sqlite:///{folder}/skinline.sqlite3"
    else:
        from running import own_database

        url = own_database(request.getfixturevalue("postgresql"))
    with serving(folder, url) as running:
        yield running


@pytest.mark.parametrize("killing", [kills.of_workers, kills.of_servers], ids=["a-worker", "the-server"])
def test_kills_lose_no_stop_and_double_no_answer(server: Server, killing: object) -> None:
    survived: kills.Survived = killing(server, times=2)  # type: ignore[operator]
    assert survived.stops > 0
    assert (survived.lost_stops, survived.double_answers, survived.failures) == (0, 0, 0)


@pytest.fixture
def own_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """A PostgreSQL of this test's own, to be killed."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="skinline-") as folder:
        postgres = Postgres(Path(folder) / "data")
        yield postgres
        postgres.remove()


def test_a_killed_database_loses_no_stop_and_doubles_no_answer(own_postgres: Postgres, tmp_path: Path) -> None:
    with serving(tmp_path, own_postgres.url) as server:
        survived = kills.of_databases(server, own_postgres, times=2)
    assert survived.stops > 0
    assert (survived.lost_stops, survived.double_answers, survived.failures) == (0, 0, 0)


def answered(server: Server, text: str, number: str = "whatsapp:+15550000000") -> tuple[bool, float]:
    """Return whether there was an answer with status 200, and after how many seconds."""
    witness = Witness()
    body = post(server.port, form_of(number, text), witness)
    return body is not None and b"<Message>" in body, witness.slowest


def test_without_a_database_topics_and_danger_are_answered_in_time_and_it_is_found_again(
    own_postgres: Postgres, tmp_path: Path
) -> None:
    with serving(tmp_path, own_postgres.url) as server:
        assert answered(server, "laser")[0]
        own_postgres.kill()
        for text in ("what are acne scars", "i want to kill myself", "laser", "menu") * 5:
            is_answered, seconds = answered(server, text)
            assert is_answered
            assert seconds < IN_TIME
        assert not answered(server, "stop")[0]
        own_postgres.start()
        assert answered(server, "stop", "whatsapp:+15550000001")[0]
        time.sleep(REST)
        assert not answered(server, "laser", "whatsapp:+15550000001")[0]
        assert answered(server, "laser")[0]


def test_many_at_once_do_not_pile_up_behind_a_dead_database(own_postgres: Postgres, tmp_path: Path) -> None:
    with serving(tmp_path, own_postgres.url) as server:
        own_postgres.kill()
        witness, until = Witness(), Event()
        pool = crowd(server.port, witness, until, people=12)
        time.sleep(4)
        until.set()
        pool.shutdown()
        own_postgres.start()
    assert witness.statuses[200] > 25
    assert witness.failures == 0
    assert witness.slowest < IN_TIME


def limit_files(server: Server, size: int) -> None:
    """Let no process of the server write a file beyond `size`, as a full disk would."""
    import psutil

    parent = psutil.Process(server.process.pid)
    # A worker that is still to be forked would have the limit of another moment.
    while len(workers := parent.children()) < WORKERS:
        time.sleep(0.01)
    for process in [parent, *workers]:
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def test_a_full_disk_confirms_no_stop_answers_topics_and_is_found_to_have_room_again(tmp_path: Path) -> None:
    with serving(tmp_path, f"sqlite:///{tmp_path}/skinline.sqlite3") as server:
        assert answered(server, "stop", "whatsapp:+15550000002")[0]
        limit_files(server, (tmp_path / "skinline.sqlite3-wal").stat().st_size)
        assert not answered(server, "stop", "whatsapp:+15550000003")[0]
        for text in ("what are acne scars", "i want to kill myself"):
            assert answered(server, text)[0]
        limit_files(server, resource.RLIM_INFINITY)
        time.sleep(REST)
        assert answered(server, "stop", "whatsapp:+15550000003")[0]
        assert not answered(server, "laser", "whatsapp:+15550000003")[0]
        assert not answered(server, "laser", "whatsapp:+15550000002")[0]


def is_answered_while_others_dawdle(server: Server) -> bool:
    """Tell whether a text is answered in time while two others, one for each worker, stop in the middle of theirs."""
    slow = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(2)]
    try:
        for each in slow:
            each.sendall(DAWDLING)
        time.sleep(0.2)
        is_answered, seconds = answered(server, "what are acne scars", "whatsapp:+15550000004")
        return is_answered and seconds < IN_TIME
    finally:
        for each in slow:
            each.close()


def test_clients_that_dawdle_hold_no_worker_for_long(server: Server) -> None:
    # Another test may just have killed a worker, which then is still starting.
    assert any(is_answered_while_others_dawdle(server) for _ in range(3))
    assert "Traceback" not in (server.folder / "server.log").read_text(encoding="utf-8")


@pytest.mark.skipif(not hasattr(socket, "TCP_DEFER_ACCEPT"), reason="only Linux keeps silent connections from a server")
def test_connections_kept_ready_hold_no_worker(server: Server) -> None:
    silent = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(8)]
    try:
        answers = [answered(server, "what are acne scars", f"whatsapp:+1555000001{each}") for each in range(3)]
    finally:
        for each in silent:
            each.close()
    assert all(is_answered for is_answered, _ in answers)
    assert max(seconds for _, seconds in answers) < HURRY
