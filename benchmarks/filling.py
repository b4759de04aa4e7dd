"""An index of very many invented reports under real names, made quickly: what the other benchmarks ask.

    python -m benchmarks.filling FILE [--reports 100000] [--agencies 20000]

Names come from the gazetteer: the governments of all provinces, cities and counties, then departments of the cities,
then departments of the counties kind by kind; so there are districts, departments and namesakes to ask about. Figures
are like real ones: 200 cells a report, nine in ten of them zero, fees with decimals, and in one report of ten a sum
that does not hold. Evidence is there, the same for all. No prose.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from index import forms
from index.agencies.bodies import GOVERNMENT, bodies
from index.agencies.gazetteer import gazetteer
from index.agencies.identify import body_name
from index.agencies.model import Division
from index.document import Place
from index.report import Figure
from index.store import Index
from index.store.values import pack_evidence

Named = tuple[str, str]
"""Key and name of an agency."""
OFTEN = ("received", "granted", "partly_granted", "handled", "carried_out")
"""Rows whose total is never zero here."""
CITY_KINDS = 25
"""Kinds of departments that a city has; counties share out what is left."""


def named(count: int) -> list[Named]:
    """Agencies as reports would print them, all different: 3205|教育, 苏州市教育局."""
    places = list(_divisions(""))
    kinds = [key for key, body in bodies().by_key.items() if body.department]
    cities = [place for place in places if place.level == "city"]
    counties = [place for place in places if place.level == "county"]
    ruling = [place for place in places if place.level in ("province", "city", "county")]
    pairs = chain(
        ((place, GOVERNMENT) for place in ruling),
        ((place, kind) for kind in kinds[:CITY_KINDS] for place in cities),
        ((place, kind) for kind in kinds for place in counties),
    )
    return [(f"{place.code}|{kind}", body_name(place, kind)) for place, kind in islice(pairs, count)]


def _divisions(code: str) -> Iterator[Division]:
    for place in gazetteer().children(code):
        yield place
        if place.level in ("province", "city"):
            yield from _divisions(place.code)


def fill(index: Index, reports: int, agencies: int, seed: int = 1) -> float:
    """Seconds it took."""
    codes = list(forms.edition("2021").fields)
    random_numbers = random.Random(seed)
    who = named(agencies)
    count = reports // len(who) * len(who)
    fees = codes.index("disclosure.fees.amount")
    often = [codes.index(f"requests.{part}.total") for part in OFTEN]
    names = ", ".join(f'"{code}"' for code in codes)
    start = time.perf_counter()
    with index.writing() as connection:
        rows = ((number, key, name) for number, (key, name) in enumerate(who, 1))
        connection.executemany("INSERT INTO agencies (id, key, name) VALUES (?, ?, ?)", rows)
        connection.executemany(
            "INSERT INTO reports (id, agency_id, agency, year, edition, title, file, sha256, revision, state,"
            " loaded_at, loaded_by, reader, figures, equations, equations_held) VALUES (?, ?, ?, ?, '2021', ?, ?, ?,"
            " 1, 'current', '2025-06-01T00:00:00+00:00', '', 'benchmark', 200, 0, 0)",
            _reports(who, reports // len(who)),
        )
        connection.executemany(
            f"INSERT INTO figures (report_id, {names}) VALUES (?{', ?' * len(codes)})",
            _figures(count, len(codes), often, fees, random_numbers),
        )
        cells = _evidence(index, codes)
        connection.executemany("INSERT INTO evidence VALUES (?, ?)", ((each, cells) for each in range(1, count + 1)))
        connection.executemany(
            "INSERT INTO failed_checks (report_id, rule, label, detail, codes, verdict, kind)"
            " VALUES (?, 'carried:requests.received.total', '新收 + 上年结转', '1 ≠ 2', ?, '', 'equation')",
            _failed(count),
        )
    return time.perf_counter() - start


def _reports(who: Sequence[Named], years: int) -> Iterator[tuple[object, ...]]:
    report = 0
    for year in range(2025 - years, 2025):
        for agency, (_, name) in enumerate(who, 1):
            report += 1
            title = f"{name}{year}年政府信息公开工作年度报告"
            yield report, agency, name, year, title, f"{report}.pdf", f"{report:064x}"


def _figures(count: int, cells: int, often: Sequence[int], fees: int, numbers: random.Random) -> Iterator[list[int]]:
    zeros = [0] * cells
    for report in range(1, count + 1):
        row = zeros[:]
        for at in often:
            row[at] = 1 + int(numbers.paretovariate(0.7)) % 10_000
        for at in numbers.choices(range(cells), k=cells // 10):
            row[at] = int(numbers.paretovariate(0.7)) % 100_000
        row[fees] = numbers.randrange(10**9) * 100
        yield [report, *row]


def _evidence(index: Index, codes: Sequence[str]) -> bytes:
    """Page and box of every cell, as a PDF gives them."""
    places = [
        Place(page=2 + at // 80, box=(72.5 + at % 7 * 55, 80.25 + at // 7 * 18, 120.5, 98.0))
        for at in range(len(codes))
    ]
    figures = [Figure(code, 0, raw="0", place=place) for code, place in zip(codes, places, strict=True)]
    return pack_evidence(figures, {code: index.columns[code].number for code in codes})


def _failed(count: int) -> Iterator[tuple[int, str]]:
    parts = ("requests.received", "requests.carried_in", "requests.handled", "requests.carried_out")
    codes = json.dumps([f"{part}.total" for part in parts])
    return ((report, codes) for report in range(1, count + 1, 10))


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
