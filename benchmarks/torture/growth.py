"""Whether a sender is found as fast among a million as among a thousand."""

import tempfile
from pathlib import Path

from benchmarks import senders
from benchmarks.torture.servers import Postgres

LOOKUPS, ROUNDS = 2_000, 7


def lookups(address: str) -> tuple[float, ...]:
    """Return the microseconds of a lookup among few and among many senders: by turns, and the best of each.

    `address` is that of a database, with {} for its name.
    """
    stores = {count: senders.filled(address.format(f"senders_{count}"), count) for count in senders.COUNTS}
    turns = [tuple(senders.lookup_us(store, count, LOOKUPS) for count, store in stores.items()) for _ in range(ROUNDS)]
    return tuple(map(min, zip(*turns, strict=True)))


def main() -> dict[str, tuple[float, ...]]:
    """Return the times on both kinds of database."""
    with tempfile.TemporaryDirectory(prefix="skinline-") as folder:
        postgres = Postgres(Path(folder) / "postgres")
        addresses = {"sqlite": f"sqlite:///{folder}/{{}}.sqlite3", "postgresql": postgres.address}
        measured = {name: lookups(address) for name, address in addresses.items()}
        postgres.remove()
    return measured


if __name__ == "__main__":
    print(main())
