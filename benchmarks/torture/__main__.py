"""Everything in turn, as one table; it ends with an error where a figure is missed."""

import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

from benchmarks.torture import growth, hostile, kills, load

P99_MS, GROWTH, MEMORY = 50, 1.5, 1.05
Row = tuple[str, str, bool]
"""What was asked for, what was measured, and whether it is reached."""


def loads() -> Iterator[Row]:
    for name, held in load.main().items():
        yield f"{name}: load held beside the bare route", f"{held.ratio} ({held.per_second:.0f}/s)", True
        measured = f"{held.p99_at_half_ms:.1f} ms (bare {held.bare_p99_at_half_ms:.1f} ms)"
        yield f"{name}: p99 at half load", measured, held.p99_at_half_ms <= P99_MS
        yield f"{name}: errors in {held.sent} signed messages", str(held.errors), held.errors == 0


def growths() -> Iterator[Row]:
    for name, (few, many) in growth.main().items():
        measured = f"{many / few:.2f} ({few:.0f} to {many:.0f} us)"
        yield f"{name}: lookup among a million senders beside a thousand", measured, many <= GROWTH * few


def killings() -> Iterator[Row]:
    for name, it in kills.main().items():
        what = f"{it.kills} kills of {name}: lost stops, double answers, failures"
        figures = (it.lost_stops, it.double_answers, it.failures)
        measured = f"{figures} of {it.stops} stops, {it.messages} answers, {it.from_nothing} from nothing"
        yield what, measured, not any(figures)


def hostilities() -> Iterator[Row]:
    strings, forms, kept = hostile.main()
    yield (
        f"{strings.forms} naughty strings: failures",
        f"{strings.failures} {strings.first_failure}",
        not strings.failures,
    )
    yield f"{forms.forms} fuzzed forms: failures", f"{forms.failures} {forms.first_failure}", not forms.failures
    grown = kept.mb_after / kept.mb_before
    measured = f"{(grown - 1) * 100:.1f} % ({kept.mb_before:.0f} to {kept.mb_after:.0f} MB)"
    yield f"memory over {kept.forms} remembered forms: growth", measured, grown <= MEMORY


def told(rows: Iterable[Row]) -> Iterator[Row]:
    """Print each row as soon as it is measured: the last ones take minutes."""
    for what, measured, is_reached in rows:
        print(f"{'ok  ' if is_reached else 'MISS'} {what:62} {measured}", flush=True)
        yield what, measured, is_reached


def main() -> None:
    """Time alone what is timed; kill while the forms keep the processors busy."""
    started = time.monotonic()
    rows = [*told(loads()), *told(growths())]
    with ThreadPoolExecutor(1) as aside:
        endured = aside.submit(lambda: list(told(hostilities())))
        rows += [*told(killings()), *endured.result()]
    print(f"{time.monotonic() - started:.0f} s")
    sys.exit(0 if all(is_reached for _, _, is_reached in rows) else 1)


if __name__ == "__main__":
    main()
