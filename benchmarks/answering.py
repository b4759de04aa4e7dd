"""How fast questions are answered over a generated index, kind by kind, beside the budgets of the design.

    python -m benchmarks.answering [--reports 100000] [--agencies 20000] [--questions 40] [--index FILE]

An answer is what a citizen waits for: understanding the question, reading the figures, writing the message. Each kind
is asked of agencies picked at random, after a warm-up over other agencies. `as meant` tells how many came out as the
kind wants, lest refusals be what is fast. Then what a running bot pays at its start and after a load, and
rapidfuzz.process.extractOne over all names beside it. On a machine that others use, --processor counts this program's
time alone.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.filling import fill
from bot import render
from bot.answers import Conversation, Engine
from index.agencies.gazetteer import gazetteer
from index.report import Figure, Report
from index.store import Index
from index.store.records import Agency

TODAY = date(2025, 6, 1)
SLOW = 10
"""Questions for the plain search, which takes long."""
clock = time.perf_counter
"""Or the processor's time, as chosen on the command line."""


@dataclass(frozen=True)
class Kind:
    """A kind of question: templates of its turns, the last one timed, and the outcome that is meant."""

    name: str
    turns: tuple[str, ...]
    outcome: str = "answer"
    budget: float = 20


KINDS = (
    Kind("figure", ("{a}{y}年收到多少件申请",)),
    Kind("figure, mistyped name", ("{typo}2024年收到多少件申请",)),
    Kind("two figures", ("{a}{y}年行政复议和行政诉讼各多少件",)),
    Kind("rate", ("{a}{y}年公开率是多少",)),
    Kind("year on year", ("{a}2024年收到的申请同比增长多少",)),
    Kind("yes or no", ("{a}{y}年有没有败诉",)),
    Kind("checks", ("{a}{y}年的数字对得上吗",)),
    Kind("trend", ("{a}近五年收到申请的趋势",)),
    Kind("two agencies", ("{a}和{b}{y}年谁收到的申请多",)),
    Kind("two years", ("{a}2024年收到的申请比2022年多多少",)),
    Kind("sum over districts", ("{city}各区县{y}年一共收到多少申请",)),
    Kind("average over departments", ("{city}各部门{y}年平均收到多少申请",)),
    Kind("ranking of districts", ("{city}各区县{y}年收到申请最多的三个",)),
    Kind("ranking of departments", ("{city}各部门{y}年公开率排名",)),
    Kind("ranking of a province's cities", ("{province}各市{y}年行政处罚最多的五个市",)),
    Kind("threshold over departments", ("{city}哪些部门{y}年收到申请超过10件",)),
    Kind("follow-up, year", ("{a}2024年收到多少件申请", "那2023年呢")),
    Kind("follow-up, item", ("{a}{y}年收到多少件申请", "不予公开呢")),
    Kind("follow-up, agency", ("{a}{y}年收到多少件申请", "那{b}呢")),
    Kind("pick", ("{shared}2024年收到多少件申请", "第二个")),
    Kind("clarification, place", ("{shared}2024年收到多少件申请",), "clarify"),
    Kind("clarification, body", ("{body}2024年收到多少件申请",), "clarify"),
    Kind("year not loaded", ("{a}2009年收到多少件申请",), "no_report"),
    Kind("agency not loaded", ("{absent}2024年收到多少件申请",), "no_report"),
    Kind("not a question", ("今天天气怎么样",), "out_of_scope"),
    Kind("collection", ("现在收录了多少家单位的报告",), budget=150),
    Kind("ranking of all", ("{y}年收到申请最多的十家单位",), budget=150),
    Kind("rate ranking of all", ("{y}年公开率最高的十家单位",), budget=150),
    Kind("threshold over all", ("{y}年收到申请超过50000件的单位有哪些",), budget=150),
)


class Asker:
    """Fills templates with agencies picked at random."""

    def __init__(self, agencies: Sequence[Agency], seed: int = 3) -> None:
        self.chance = random.Random(seed)
        self.agencies = agencies
        keys = {agency.key for agency in agencies}
        governed = [gazetteer().get(key.partition("|")[0]) for key in keys if key.endswith("|人民政府")]
        places = [place for place in governed if place is not None]
        cities = [place for place in places if place.level == "city" and gazetteer().children(place.code)]
        self.cities = sorted(place.name for place in cities if place.name.endswith("市"))
        above = [gazetteer().get(place.parent) for place in cities if place.parent]
        self.provinces = sorted({place.name for place in above if place is not None})
        counties = Counter(place.name for place in places if place.level == "county")
        self.shared = sorted(name for name, count in counties.items() if 1 < count <= 10)
        self.absent = [f"{name}档案局" for name in self.cities]

    def turns(self, kind: Kind) -> list[str]:
        """The messages of one conversation."""
        first, second = self.chance.sample(self.agencies, 2)
        parts = {
            "a": first.name,
            "b": second.name,
            "typo": self._typo(first.name),
            "y": self.chance.choice(first.years),
            "city": self.chance.choice(self.cities),
            "province": self.chance.choice(self.provinces),
            "shared": self.chance.choice(self.shared),
            "body": self.chance.choice(("教育局", "公安局", "财政局")),
            "absent": self.chance.choice(self.absent),
        }
        return [turn.format_map(parts) for turn in kind.turns]

    def _typo(self, name: str) -> str:
        at = self.chance.randrange(len(name) - 4)
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def asked(engine: Engine, turns: Sequence[str]) -> tuple[float, str]:
    """Milliseconds of the last turn, and its outcome."""
    conversation = Conversation()
    for turn in turns[:-1]:
        conversation = engine.ask(turn, conversation, TODAY).conversation
    start = clock()
    answer = engine.ask(turns[-1], conversation, TODAY).answer
    render.message(answer)
    return (clock() - start) * 1000, answer.outcome


def measure(engine: Engine, asker: Asker, count: int) -> list[float]:
    """Prints a line a kind; hands back the times of the kinds that have the common budget."""
    for kind in KINDS:
        asked(engine, asker.turns(kind))
    common: list[float] = []
    for kind in KINDS:
        found = [asked(engine, asker.turns(kind)) for _ in range(count if kind.budget < 100 else max(5, count // 8))]
        times = [each for each, _ in found]
        right = sum(outcome == kind.outcome for _, outcome in found) / len(found)
        over = "  over its budget" if percentile(times) > kind.budget else ""
        print(
            f"{kind.name:32} p50 {statistics.median(times):8.2f} ms   p99 {percentile(times):8.2f} ms"
            f"   as meant {right:4.0%}{over}"
        )
        common += times if kind.budget < 100 else []
    return common


def percentile(times: Sequence[float]) -> float:
    """p99; of few the last."""
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.99))]


def preparation(index: Index) -> Engine:
    """What a bot pays before its first answer, and after a load of one more report."""
    begin = clock()
    engine = Engine(index)
    assert engine.directory
    ready = clock()
    engine.prepare()
    print(f"directory {(ready - begin) * 1000:.0f} ms, prepared in {(clock() - ready) * 1000:.0f} ms more")
    return engine


def after_load(engine: Engine, index: Index, asker: Asker) -> None:
    """The next question when a known agency got one more year, and when an agency is new."""
    for what, name in (("a year", asker.agencies[7].name), ("an agency", "示例市财政局")):
        codes = ("requests.received.total",)
        report = Report(name, 1999, "2021", f"{name}年报", {code: Figure(code, 3, raw="3") for code in codes})
        saved = index.save(report, original=name.encode(), file="x.html", reader="benchmark")
        turns = asker.turns(KINDS[0])
        first, _ = asked(engine, turns)
        mistyped, _ = asked(engine, asker.turns(KINDS[1]))
        print(f"after a load of {what}: next question {first:.1f} ms, next mistyped one {mistyped:.1f} ms")
        index.remove(saved.source.agency_id, 1999)
    asked(engine, asker.turns(KINDS[0]))


def searched(names: Sequence[str], asker: Asker) -> float:
    """Median milliseconds of looking for the agency alone with extractOne over all names."""
    from rapidfuzz import process

    times = []
    for _ in range(SLOW):
        (question,) = asker.turns(KINDS[0])
        start = clock()
        process.extractOne(question, names)
        times.append((clock() - start) * 1000)
    return statistics.median(times)


def memory() -> float:
    """The most this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(index: Index, count: int) -> None:
    """The whole table."""
    agencies = index.agencies()
    print(f"{sum(len(each.years) for each in agencies)} reports of {len(agencies)} agencies")
    engine = preparation(index)
    asker = Asker(agencies)
    times = measure(engine, asker, count)
    median = statistics.median(times)
    print(f"all but lists over all agencies: p50 {median:.2f} ms, p99 {percentile(times):.2f} ms (budget 20)")
    print(f"memory at most {memory():.0f} MB (budget 300)")
    after_load(engine, index, asker)
    print(f"memory at most {memory():.0f} MB after loads")
    slow = searched([agency.name for agency in agencies], asker)
    print(f"extractOne over all names {slow:.1f} ms: {slow / median:.0f} x a whole answer")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--agencies", type=int, default=20_000)
    parser.add_argument("--questions", type=int, default=40, help="of each kind")
    parser.add_argument("--index", type=Path, help="an index made by benchmarks.filling; else one is made")
    parser.add_argument("--processor", action="store_true", help="processor time instead of the clock's")
    options = parser.parse_args()
    if options.processor:
        globals()["clock"] = time.process_time
    with tempfile.TemporaryDirectory() as folder:
        path = options.index or Path(folder) / "index.db"
        with Index.open(path) as index:
            if options.index is None:
                fill(index, options.reports, options.agencies)
        with Index.open(path) as index:
            run(index, options.questions)


if __name__ == "__main__":
    main()
