"""How fast questions are answered over a generated index: p50, p99, memory, and the ratio to a plain fuzzy search.

    python benchmarks/answering.py [--reports 100000] [--agencies 20000] [--questions 400]

Budget (design.md): p99 under 20 ms, memory under 300 MB at 100,000 reports of 20,000 agencies. The index holds invented
figures under invented names; it is made once in a temporary folder (or kept with --keep FILE).
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.answers import Conversation, Engine
from index import forms
from index.report import Figure, Report
from index.store import Index

TODAY = date(2025, 6, 1)
BODIES = (
    "人民政府",
    "教育局",
    "公安局",
    "财政局",
    "人力资源和社会保障局",
    "卫生健康委员会",
    "自然资源局",
    "市场监督管理局",
)
SYLLABLES = "安北昌东丰光海河华江金康临龙明南宁平清山石泰通万文西新兴阳永远云长镇中州"
ASKED = (
    "{a}{y}年收到多少申请", "{a}不予公开多少件", "{a}{y}年公开率", "{a}近三年办结数", "{a}和{b}{y}年谁收到的申请多",
    "{a}{y}年申请比上一年多多少", "{a}{y}年行政复议和行政诉讼各多少", "{a}{y}年有没有败诉", "{a}{y}年自然人申请占比",
    "{a}{y}年行政处罚同比增长多少",
)  # fmt: skip


def main() -> None:
    """Prints one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--agencies", type=int, default=20_000)
    parser.add_argument("--questions", type=int, default=400)
    parser.add_argument("--keep", type=Path, help="make or reuse the index in this file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder) / "index.db"
        fresh = not path.exists()
        with Index.open(path) as index:
            if fresh:
                fill(index, options.agencies, max(1, options.reports // options.agencies))
            measure(index, options.questions)


def names(count: int) -> list[str]:
    """Invented agencies: 丰河县公安局."""
    chance = random.Random(1)
    found: dict[str, None] = {}
    while len(found) < count:
        place = "".join(chance.choices(SYLLABLES, k=3)) + chance.choice("市县区")
        for body in BODIES:
            found[place + body] = None
    return list(found)[:count]


def fill(index: Index, agencies: int, years: int) -> None:
    """Reports with every field of the form; most cells zero, as in print."""
    chance = random.Random(2)
    codes = list(forms.edition("2021").fields)
    start = time.perf_counter()
    for number, name in enumerate(names(agencies)):
        for year in range(2025 - years, 2025):
            figures = {code: Figure(code, chance.choice((0, 0, 0, chance.randrange(500)))) for code in codes}
            title = f"{name}{year}年政府信息公开工作年度报告"
            report = Report(name, year, "2021", title, figures)
            index.save(report, original=title.encode(), file=f"{name}{year}.html", reader="benchmark")
        if number % 1000 == 999:
            print(f"{number + 1} agencies in {time.perf_counter() - start:.0f} s", file=sys.stderr)


def questions(index: Index, count: int) -> Iterator[str]:
    """Single figures, rates, comparisons, trends, over agencies picked at random."""
    chance = random.Random(3)
    agencies = index.agencies()
    for number in range(count):
        first, second = chance.sample(agencies, 2)
        year = chance.choice(first.years)
        yield ASKED[number % len(ASKED)].format(a=first.name, b=second.name, y=year)


def measure(index: Index, count: int) -> None:
    """Asks once to warm up, then counts."""
    engine = Engine(index)
    asked = list(questions(index, count))
    start = time.perf_counter()
    engine.ask(asked[0], Conversation(), TODAY)
    first = time.perf_counter() - start
    for question in asked[:20]:
        engine.ask(question, Conversation(), TODAY)
    times = sorted(_timed(engine, question) for question in asked)
    every = [agency.name for agency in index.agencies()]
    plain = sorted(_searched(question, every) for question in asked[:10])
    ranking = _timed(engine, "2024年收到申请最多的十个单位")
    median, p99 = statistics.median(times), times[int(len(times) * 0.99)]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{len(every)} agencies, {len(index.sources()) if len(every) < 50_000 else '?'} reports, {len(asked)} questions"
    )
    print(f"first answer {first * 1000:.0f} ms; then p50 {median * 1000:.2f} ms, p99 {p99 * 1000:.2f} ms")
    print(f"ranking of all agencies of a year {ranking * 1000:.0f} ms; memory at most {memory:.0f} MB")
    print(
        f"extractOne(WRatio) over all names {statistics.median(plain) * 1000:.1f} ms = {statistics.median(plain) / median:.0f} x"
    )


def _timed(engine: Engine, question: str) -> float:
    start = time.perf_counter()
    engine.ask(question, Conversation(), TODAY)
    return time.perf_counter() - start


def _searched(question: str, every: list[str]) -> float:
    start = time.perf_counter()
    process.extractOne(question, every, scorer=fuzz.WRatio)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
