"""Finding the agency among many: python benchmarks/names.py [--names 100000] [--questions 300] [--slow 60]

Names are made from the gazetteer (cities and counties × kinds of departments, townships × 人民政府), questions from
names: full, short or abbreviated (市监局), or full with one or two typos, inside a sentence. Short forms that fit more
than three names are dropped, those that fit two or three accept any. Prints medians, p99, how often the first hit is
right, and the ratio to rapidfuzz.process.extractOne(WRatio) over the same names.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from index.agencies import Directory, Division
from index.agencies.bodies import GOVERNMENT, bodies
from index.agencies.gazetteer import data_lines, gazetteer
from index.agencies.identify import body_name
from index.agencies.sounds import same_sound
from index.store.records import Agency

TEMPLATES = ("{}去年收到多少件申请", "请问{}2024年不予公开多少件", "{}2023年行政复议几件", "查一下{}的办结数", "{}")
LETTERS = sorted({letter for _, letters in data_lines("sounds.csv") for letter in letters})


@dataclass(frozen=True)
class Question:
    """A noisy question and the ids that are right."""

    text: str
    right: frozenset[int]


def make_agencies(count: int, rng: random.Random) -> list[Agency]:
    """That many agencies with the names and keys that reports would have."""
    kinds = [key for key, body in bodies().by_key.items() if body.department][:50]
    pairs = []
    for place in _below(""):
        if place.level in ("city", "county"):
            pairs += [(place, kind) for kind in (GOVERNMENT, *kinds)]
        elif place.level == "township":
            pairs.append((place, GOVERNMENT))
    chosen = rng.sample(pairs, min(count, len(pairs)))
    return [
        Agency(i, name := body_name(place, kind), f"{place.code}|{kind}", (name,), (2023, 2024))
        for i, (place, kind) in enumerate(chosen, 1)
    ]


def _below(code: str) -> Iterator[Division]:
    for place in gazetteer().children(code):
        yield place
        if place.level != "township":
            yield from _below(place.code)


def make_questions(directory: Directory, count: int, rng: random.Random) -> list[Question]:
    """Noisy questions whose right answers are known."""
    fitting: dict[str, set[int]] = {}
    for agency in directory.agencies:
        for form in _short_forms(directory, agency):
            fitting.setdefault(form, set()).add(agency.id)
    questions: list[Question] = []
    while len(questions) < count:
        agency = rng.choice(directory.agencies)
        noise = rng.choice((0, 0, 1, 2))
        form = agency.name if noise else rng.choice([agency.name, *_short_forms(directory, agency)])
        right = fitting.get(form, set()) | {agency.id}
        if len(right) > 3 or len(form) < (0, 6, 10)[noise]:
            continue
        text = form
        for _ in range(noise):
            text = _typo(text, rng)
        questions.append(Question(rng.choice(TEMPLATES).format(text), frozenset(right)))
    return questions


def _short_forms(directory: Directory, agency: Agency) -> list[str]:
    return [alias for alias in directory._aliases(agency) if len(alias) >= 4]


def _typo(text: str, rng: random.Random) -> str:
    """A letter dropped, two swapped, or one replaced: by another of the same sound, or by any."""
    at = rng.randrange(len(text) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    alike = [c for c in LETTERS if same_sound(c, text[at])] if kind == 2 else []
    return text[:at] + rng.choice(alike or LETTERS) + text[at + 1 :]


def measure(name: str, questions: list[Question], find: Callable[[str], int | None]) -> float:
    """Prints one line and gives the median in milliseconds."""
    times, right = [], 0
    for question in questions:
        begin = time.perf_counter()
        found = find(question.text)
        times.append((time.perf_counter() - begin) * 1000)
        right += found in question.right
    median, p99 = statistics.median(times), sorted(times)[int(len(times) * 0.99) - 1]
    print(f"{name:34} median {median:9.3f} ms   p99 {p99:9.3f} ms   first hit right {right / len(questions):6.1%}")
    return median


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--slow", type=int, default=60, help="questions for the slow comparison")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    agencies = make_agencies(options.names, rng)
    begin = time.perf_counter()
    directory = Directory(agencies)
    directory.prepare()
    print(f"{len(agencies)} names, directory built in {time.perf_counter() - begin:.2f} s")
    questions = make_questions(directory, options.questions, rng)
    names = [a.name for a in directory.agencies]

    def by_directory(text: str) -> int | None:
        found = directory.find(text, 1)
        return found[0].agency.id if found else None

    def by_shortlist(text: str) -> int | None:
        found = directory.match(text, 1)
        return found[0].agency.id if found else None

    def by_wratio(text: str) -> int | None:
        hit = process.extractOne(text, names, scorer=fuzz.WRatio)
        return directory.agencies[hit[2]].id if hit else None

    for text in questions[:20]:
        by_directory(text.text)
    fast = measure("Directory.find", questions, by_directory)
    measure("bigram shortlist alone", questions, by_shortlist)
    slow = measure("rapidfuzz extractOne(WRatio)", questions[: options.slow], by_wratio)
    print(f"ratio of medians, extractOne(WRatio) / Directory.find: {slow / fast:.0f}")


if __name__ == "__main__":
    main()
