"""python -m tests.golden.score [--list] [KIND...]: how the engine does on the project's own questions, kind by kind."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bot.answers import Engine
from tests.golden import corpus
from tests.golden.ask import ask
from tests.golden.judge import VERDICTS, judge
from tests.golden.questions import Question, questions


def main() -> None:
    """Prints the table, with --list also every question that is not right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", help="only these files of questions/")
    parser.add_argument("--list", action="store_true", help="also what was not right")
    options = parser.parse_args()
    chosen = [each for each in questions() if not options.kinds or each.kind in options.kinds]
    table: defaultdict[str, Counter[str]] = defaultdict(Counter)
    with tempfile.TemporaryDirectory() as folder:
        for question, verdict, remark in _marked(chosen, Path(folder)):
            table[question.kind][verdict] += 1
            if options.list and verdict != "right":
                _print(f"{verdict:9} {question.id:20} {' ‖ '.join(question.turns)}\n{'':10}{remark}")
    _print_table(table)


def _marked(chosen: Iterable[Question], folder: Path) -> Iterable[tuple[Question, str, str]]:
    engines: dict[str, Engine] = {}
    for question in chosen:
        if question.corpus not in engines:
            engines[question.corpus] = Engine(corpus.BUILDERS[question.corpus](folder / f"{question.corpus}.db"))
        given = _given(engines[question.corpus], question)
        cells = [(c["agency"], c["year"], c["field"], c["value"]) for c in given.get("figures") or ()][:3]
        wanted = [(c.agency, c.year, c.code, c.value) for c in question.figures][:3]
        expected = f"expected {question.outcome} {question.value} {wanted} {' '.join(question.text_contains)}"
        remark = (
            f"{expected}\n{'':10}got {given['outcome']} {given.get('value')} {cells} {given.get('text', '')[:80]!r}"
        )
        yield question, judge(question, given), remark


def _given(engine: Engine, question: Question) -> Mapping[str, Any]:
    """The answer; a crash counts as missed, so that one does not hide the rest."""
    try:
        return ask(engine, question)
    except Exception as error:
        return {"outcome": "crash", "text": f"{type(error).__name__}: {error}"}


def _print_table(table: dict[str, Counter[str]]) -> None:
    total: Counter[str] = sum(table.values(), Counter())
    width = max(map(len, [*table, "total"]))
    _print(f"{'':{width}} {'n':>9} " + " ".join(f"{verdict:>9}" for verdict in VERDICTS))
    for kind, row in [*table.items(), ("total", total)]:
        _print(f"{kind:{width}} {row.total():>9} " + " ".join(f"{row[verdict]:>9}" for verdict in VERDICTS))


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
