"""Size and speed of the index, beside the budgets of the design.

    python -m benchmarks.storage [--reports 100000] [--agencies 20000] [--index FILE]

Latencies are of the store alone; nothing is asked in words here.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.filling import fill
from index import forms
from index.store import Index

CODE = "requests.received.total"


def timed(work: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Median and p99 in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    return statistics.median(times), times[min(len(times) - 1, int(len(times) * 0.99))]


def sizes(index: Index, reports: int) -> None:
    rows = index.rows("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC")
    figures = next(size for name, size in rows if name == "figures")
    print(f"figures: {figures / reports:.0f} bytes a report (budget 600); whole file {_total(rows) / reports:.0f}")


def _total(rows: list[tuple[str, int]]) -> int:
    return sum(size for _, size in rows)


def latencies(index: Index, agencies: int) -> None:
    numbers = random.Random(2)
    last = index.rows("SELECT max(year) FROM reports")[0][0]
    whole = list(forms.edition("2021").fields)
    years = list(range(last - 9, last + 1))

    def one() -> list[int]:
        return [numbers.randint(1, agencies)]

    cases: list[tuple[str, Callable[[], object], int]] = [
        ("version()", index.version, 2000),
        ("one figure", lambda: index.figures(one(), [last], [CODE]), 2000),
        ("ten years of one field", lambda: index.figures(one(), years, [CODE]), 2000),
        ("a whole report", lambda: index.figures(one(), [last], whole), 300),
        ("failed checks of a report", lambda: index.failed_checks(one(), [last]), 2000),
        (f"values of a year ({agencies} agencies)", lambda: index.values(last, [CODE]), 7),
        ("values of a year, 8 fields", lambda: index.values(last, whole[8:16]), 7),
        ("column of a year", lambda: index.column(last, CODE), 7),
    ]
    start = time.perf_counter()
    index.agencies()
    print(f"{'agencies(), first time':40} {(time.perf_counter() - start) * 1000:9.1f} ms")
    for name, work, rounds in cases:
        median, late = timed(work, rounds)
        print(f"{name:40} {median:9.3f} ms   p99 {late:9.3f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--agencies", type=int, default=20_000)
    parser.add_argument("--index", type=Path, help="an index made by benchmarks.filling; else one is made")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.index or Path(folder) / "index.db"
        with Index.open(path) as index:
            if chosen.index is None:
                seconds = fill(index, chosen.reports, chosen.agencies)
                print(f"filled: {chosen.reports / seconds:.0f} reports a second")
        start = time.perf_counter()
        with Index.open(path) as index:
            index.figures([1], [2024], [CODE])
            print(f"open and first figure: {(time.perf_counter() - start) * 1000:.1f} ms")
            reports = index.rows("SELECT count(*) FROM reports")[0][0]
            sizes(index, reports)
            latencies(index, index.rows("SELECT count(*) FROM agencies")[0][0])
        print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
