"""Everything that we claim, measured: `make bench`, or `python -m benchmarks webhook texts` for some of it.

Each part is measured in a process of its own, since one warms or fills the memory of the next.
"""

import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Any

from benchmarks import figures, fleet, growth, results, texts, understanding, webhook

PARTS: Mapping[str, Callable[[], Mapping[str, Any]]] = {
    "understanding": understanding.measure,
    "webhook": webhook.measure,
    "growth": growth.measure,
    "texts": texts.measure,
    "fleet": fleet.measure,
}


def main(wanted: list[str]) -> None:
    """Measure the parts `wanted`, one here and several each on its own; print the table, at last one of all."""
    if unknown := set(wanted) - PARTS.keys():
        sys.exit(f"benchmarks: there is no {', '.join(sorted(unknown))}; choose from {', '.join(PARTS)}")
    if len(wanted) == 1:
        results.save(wanted[0], PARTS[wanted[0]]())
        print(figures.as_text({part: found for part, found in results.load().items() if part == wanted[0]}))
        return
    for part in wanted or PARTS:
        subprocess.run([sys.executable, "-W", "ignore", "-m", "benchmarks", part], check=True)
    print(f"\n{figures.as_text(results.load())}")


if __name__ == "__main__":
    main(sys.argv[1:])
