"""The table of what was measured, from results.json: printed, and written into the README by `make figures`."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import results

README = Path(__file__).parent.parent / "README.md"
BEGIN, END = "<!-- figures: written by `make figures` -->", "<!-- end of figures -->"
Figures = Mapping[str, Any]


class Row(NamedTuple):
    """One line of the table: what was measured, here, and what it is beside."""

    what: str
    here: str
    beside: str


def rows(measured: Figures) -> Iterator[Row]:
    """Yield the lines of what was measured; a part that was not yields none."""
    for part, lines in _PARTS.items():
        if part in measured:
            yield from lines(measured[part])


def _understanding(peers: Figures) -> Iterator[Row]:
    ours = peers["Skinline"]
    others = [(name, row) for name, row in peers.items() if name != "Skinline"]
    both = "; ".join(
        f"{name} {row['both']} %" + (f" of {row['messages']}" if row["messages"] < ours["messages"] else "")
        for name, row in others
    )
    yield Row(f"topic and language right, of {ours['messages']} messages kept aside", f"{ours['both']} %", both)
    yield Row("danger and stop found", f"{ours['safety']} %", _best(others, "safety", max))
    yield Row(
        "answers to what is no question for us", f"{ours['false_answers']} %", _best(others, "false_answers", min)
    )
    yield Row("a message understood, median", f"{ours['median_ms']} ms", _best(others, "median_ms", min, " ms"))
    for kind, title in (("by_language", "language"), ("by_style", "style")):
        worst = min(ours[kind], key=ours[kind].__getitem__)
        yield Row(f"right in the weakest {title}", f"{worst} {ours[kind][worst]} %", "")


def _best(others: list[tuple[str, Figures]], figure: str, choose: Any, unit: str = " %") -> str:
    name, row = choose(others, key=lambda other: other[1][figure])
    return f"best of the others: {name} {row[figure]}{unit}"


def _webhook(servers: Figures) -> Iterator[Row]:
    bare = servers["bare"]
    for name, title in (("sqlite", "SQLite"), ("postgresql", "PostgreSQL")):
        row, ratio = servers[name], servers[name]["ratio_to_bare"]
        yield Row(
            f"messages a second on {title}, of a bare route's",
            f"{ratio['median']} ({ratio['least']} to {ratio['most']})",
            f"{row['requests_per_second']['median']:.0f} beside {bare['requests_per_second']['median']:.0f}",
        )
        cheaper = row["worker_ratio_to_bare"]
        yield Row(
            f"the same by processor time of a worker on {title}",
            f"{cheaper['median']} ({cheaper['least']} to {cheaper['most']})",
            f"{row['worker_ms']} ms a message beside {bare['worker_ms']} ms",
        )
        yield Row(
            f"p50 and p99 at full load on {title}",
            f"{row['p50_ms']} and {row['p99_ms']} ms",
            f"bare {bare['p50_ms']} and {bare['p99_ms']} ms",
        )
    start = servers["sqlite"]["start_s"]["median"]
    yield Row("start to the first answer", f"{start} s", f"bare {bare['start_s']['median']} s")
    memory = servers["worker_mb_by_languages"]
    here = ", ".join(f"{megabytes} MB" for megabytes in memory.values())
    yield Row("memory of a worker under load", here, f"with {', '.join(memory)} languages")


def _growth(growth: Figures) -> Iterator[Row]:
    for what, base in (("keywords", growth["base"]["keywords"]), ("topics", growth["base"]["topics"])):
        times = growth[f"message_us_by_{what}"]
        here = ", ".join(f"{microseconds / 1000:.2f} ms" for microseconds in times.values())
        yield Row(f"a message understood, {', '.join(times)} times the {what}", here, f"1 time is {base} {what}")
    for name, title in (("sqlite", "SQLite"), ("postgresql", "PostgreSQL")):
        found = growth["lookup_us_by_senders"][name]
        here = ", ".join(f"{each['median']:.0f} µs" for each in found.values())
        yield Row(f"a sender found among {', '.join(found)} on {title}", here, "")


def _texts(texts: Figures) -> Iterator[Row]:
    answers, prices = texts["answers"], texts["prices"]
    example = ", an example" if prices["are_examples"] else ""
    for name in ("segments", "price"):
        here = sum(row[name] for row in answers.values()) / len(answers)
        naive = sum(row[f"naive_{name}"] for row in answers.values()) / len(answers)
        unit = f" {prices['currency']} ({prices['country']}{example})" if name == "price" else ""
        digits = 3 if name == "price" else 2
        yield Row(
            f"{name} of an answer, mean of {len(answers)} languages",
            f"{here:.{digits}f}{unit}",
            f"as written {naive:.{digits}f}",
        )
    million = round(1e6 * sum(row["price"] for row in answers.values()) / len(answers), -2)
    yield Row("a million answers, mean of the languages", f"{million:,.0f} {prices['currency']}", "as above")
    grades, covered = texts["grades"], texts["coverage_percent"]
    yield Row(
        f"reading grade of {grades['texts']} English texts",
        f"median {grades['median']}",
        f"highest {grades['highest']}",
    )
    yield Row(f"translated, {len(covered)} languages", f"{min(covered.values())} % at least", "")


def _fleet(fleet: Figures) -> Iterator[Row]:
    here = f"{fleet['messages_per_second']:.0f} messages a second"
    yield Row(
        f"{fleet['processes']} web processes, one PostgreSQL, {fleet['senders']:,} senders",
        here,
        f"for {fleet['seconds']} s, {fleet['errors']} errors",
    )
    yield Row(
        "p50 and p99 of these",
        f"{fleet['p50_ms']} and {fleet['p99_ms']} ms",
        f"the machine's {fleet['cores']} cores also load it",
    )
    grown = ", ".join(f"{table} {megabytes} MB" for table, megabytes in fleet["mb_per_million"].items())
    yield Row("tables on PostgreSQL, by a million messages or senders", grown, "indexes and dead rows in it")


_PARTS = {"understanding": _understanding, "webhook": _webhook, "growth": _growth, "texts": _texts, "fleet": _fleet}


def as_text(measured: Figures) -> str:
    """Return the table for a terminal."""
    listed = list(rows(measured))
    widths = [max(len(row[place]) for row in listed) for place in (0, 1)]
    return "\n".join(f"{row.what:{widths[0]}}  {row.here:{widths[1]}}  {row.beside}".rstrip() for row in listed)


def as_markdown(measured: Figures) -> str:
    """Return the table for the README, with the machine that it belongs to."""
    machine = measured["machine"]
    listed = "\n".join(f"| {row.what} | {row.here} | {row.beside} |" for row in rows(measured))
    told = f"{machine['processor']}, {machine['cores']} cores, {machine['memory']}, Python {machine['python']}"
    return f"Measured on {told}.\n\n| what | here | beside |\n| --- | --- | --- |\n{listed}\n"


def written(readme: str, measured: Figures) -> str:
    """Return `readme` with the table as it is now."""
    before, _, rest = readme.partition(BEGIN)
    return f"{before}{BEGIN}\n{as_markdown(measured)}{END}{rest.partition(END)[2]}"


def main() -> None:
    """Write README's figures."""
    README.write_text(written(README.read_text(encoding="utf-8"), results.load()), encoding="utf-8")


if __name__ == "__main__":
    main()
