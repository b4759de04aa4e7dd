"""Bulk loading: one process against two, resuming, and memory. Budget: 1.9 x on two cores, flat memory.

    python -m benchmarks.loading [--files 200] [--jobs 2] [--layout pdf-ruled]

The files are generated PDFs (or another layout of tests.documents), from invented figures.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from index.load import load_paths
from index.store import Index
from tests.documents import LAYOUTS, make, printed

STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉"


def write_files(folder: Path, count: int, layout: str) -> Iterator[Path]:
    """One report each, of agencies and years that all differ."""
    for number in range(count):
        figures = {"requests.received.person": number % 90 + 1, "requests.granted.person": number % 90 + 1}
        agency = (
            f"示例市{'甲乙丙丁戊己庚辛壬癸'[number // 10 % 10]}{'子丑寅卯辰巳午未申酉'[number // 100 % 10]}区人民政府"
        )
        path = folder / f"{number:05}{LAYOUTS[layout].suffix}"
        path.write_bytes(make(layout, printed(figures, agency=agency, year=2012 + number % 10)))
        yield path


def run(files: list[Path], index: Path, jobs: int, executor: Executor | None = None) -> float:
    """Files a second."""
    with Index.open(index) as store:
        start = time.perf_counter()
        results = list(load_paths(files, store, jobs=jobs, executor=executor))
        seconds = time.perf_counter() - start
    bad = [result for result in results if result.status == "rejected"]
    assert not bad, bad[0].error
    return len(files) / seconds


def peak() -> int:
    """Megabytes this process needed at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2)
    parser.add_argument("--layout", default="pdf-ruled", choices=sorted(LAYOUTS))
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = list(write_files(folder, chosen.files, chosen.layout))
        before = peak()
        one = run(files, folder / "one.db", 1)
        many = run(files, folder / "many.db", chosen.jobs)
        with ProcessPoolExecutor(chosen.jobs, mp_context=get_context("spawn")) as pool:
            given = run(files, folder / "given.db", 1, pool)
        again = run(files, folder / "many.db", chosen.jobs)
        print(f"{chosen.files} files, {chosen.layout}")
        print(f"one process      {one:8.1f} files/s")
        print(f"{chosen.jobs} processes      {many:8.1f} files/s   {many / one:.2f} x (budget 1.9 x on two cores)")
        print(f"a given executor {given:8.1f} files/s   {given / one:.2f} x")
        print(f"loaded already   {again:8.1f} files/s   {again / one:.0f} x")
        print(f"memory of the parent: {before} MB before, {peak()} MB at most")


if __name__ == "__main__":
    main()
