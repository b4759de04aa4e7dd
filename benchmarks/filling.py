"""An index of very many invented reports, made quickly: what the other benchmarks ask.

    python -m benchmarks.filling FILE [--reports 100000] [--agencies 20000]

Figures are like real ones: 200 cells a report, nine in ten of them zero, fees with decimals. No prose, no evidence.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from pathlib import Path

from index import forms
from index.store import Index

BODIES = ["人民政府", "教育局", "公安局", "财政局", "卫生健康局", "水利局", "统计局", "审计局", "司法局", "林业局"]
NUMERALS = "零一二三四五六七八九"


def agency_name(number: int) -> str:
    """示例省第一二市第三四区教育局: evidently fictional, and all different."""
    place, body = divmod(number, len(BODIES))
    digits = f"{place:06}"
    first, second = ("".join(NUMERALS[int(digit)] for digit in part) for part in (digits[:3], digits[3:]))
    return f"示例{first}市{second}区{BODIES[body]}"


def fill(index: Index, reports: int, agencies: int, seed: int = 1) -> float:
    """Seconds it took."""
    codes = list(forms.edition("2021").fields)
    random_numbers = random.Random(seed)
    years = reports // agencies
    sums = [codes.index(code) for code in codes if code == "disclosure.fees.amount"]
    names = ", ".join(f'"{code}"' for code in codes)
    start = time.perf_counter()
    with index.writing() as connection:
        rows = ((number, f"bench:{number}", agency_name(number)) for number in range(1, agencies + 1))
        connection.executemany("INSERT INTO agencies VALUES (?, ?, ?)", rows)
        connection.executemany(
            "INSERT INTO reports (id, agency_id, agency, year, edition, title, file, sha256, revision, state,"
            " loaded_at, loaded_by, reader, figures, equations, equations_held) VALUES (?, ?, ?, ?, '2021', ?, ?, ?,"
            " 1, 'current', '2025-06-01T00:00:00+00:00', '', 'benchmark', 200, 0, 0)",
            _reports(agencies, years),
        )
        connection.executemany(
            f"INSERT INTO figures (report_id, {names}) VALUES (?{', ?' * len(codes)})",
            _figures(agencies * years, len(codes), sums[0], random_numbers),
        )
    return time.perf_counter() - start


def _reports(agencies: int, years: int) -> Iterator[tuple[object, ...]]:
    report = 0
    for year in range(2025 - years, 2025):
        for agency in range(1, agencies + 1):
            report += 1
            name = agency_name(agency)
            title = f"{name}{year}年政府信息公开工作年度报告"
            yield report, agency, name, year, title, f"{report}.pdf", f"{report:064x}"


def _figures(count: int, cells: int, fees: int, numbers: random.Random) -> Iterator[list[int]]:
    zeros = [0] * cells
    for report in range(1, count + 1):
        row = zeros[:]
        for at in numbers.choices(range(cells), k=cells // 10):
            row[at] = int(numbers.paretovariate(0.7)) % 100_000
        row[fees] = numbers.randrange(10**9) * 100
        yield [report, *row]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--agencies", type=int, default=20_000)
    chosen = parser.parse_args()
    with Index.open(chosen.file) as index:
        seconds = fill(index, chosen.reports, chosen.agencies)
    print(f"{chosen.reports} reports of {chosen.agencies} agencies in {seconds:.1f} s: {chosen.file}")


if __name__ == "__main__":
    main()
