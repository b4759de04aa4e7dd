"""Marks one answer. Verdicts, best to worst: right, unneeded, missed, confusion, wrong.

right       as expected
unneeded    asked back although the question was clear
missed      no answer, or an incomplete one, where one was expected
confusion   another outcome than expected, without a figure
wrong       a figure or value that contradicts the expected one, or any where none was to be given
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from tests.golden.questions import Cell, Question

VERDICTS = ("right", "unneeded", "missed", "confusion", "wrong")
Given = Mapping[str, Any]
"""An answer as bot.render.to_json gives it."""


def judge(question: Question, given: Given) -> str:
    """The verdict on the answer to the last turn."""
    outcome, accepted = given["outcome"], (question.outcome, *question.also_ok)
    if outcome == "answer":
        told = _cells(given) or given.get("value") is not None
        fits = outcome == question.outcome or (outcome in accepted and not told)
        return _answered(question, given) if fits else _uncalled_for(question, given)
    if outcome == "clarify" and outcome in accepted:
        shown = _plain(" ".join(map(str, given.get("candidates") or ())) + _text(given))
        return "right" if all(_agency(name) in shown for name in question.candidates) else "missed"
    if outcome in accepted:
        return "right" if _says(question, given) else "missed"
    if outcome == "clarify":
        return "unneeded"
    return "missed" if question.outcome == "answer" else "confusion"


def _uncalled_for(question: Question, given: Given) -> str:
    """A figure where none was to be given is the worst; the figures of all that were to be offered are no guess."""
    cells, offered = _cells(given), {_agency(name) for name in question.candidates}
    if len({agency for agency, _ in _where(cells)} & offered) > 1:
        return "confusion"
    return "wrong" if cells or given.get("value") is not None else "confusion"


def _answered(question: Question, given: Given) -> str:
    cells = _cells(given)
    if question.value is not None:
        verdict = _valued(question, cells, given.get("value"))
    elif question.figures:
        verdict = _ordered(question, cells) if question.ordered else _set(question, cells)
    else:
        verdict = "right"
    if question.value is not None and not question.figures:
        return verdict  # a fact or a count in the prose: the number says it
    warned = bool(given.get("notes")) or not question.warns
    return verdict if verdict != "right" or (warned and _says(question, given)) else "missed"


def _valued(question: Question, cells: Sequence[Cell], value: float | None) -> str:
    """The number asked for, drawn from at least one of the expected places, and no cell that contradicts."""
    if _contradicts(question, cells):
        return "wrong"
    if value is None:
        return "missed"
    elsewhere = bool(question.figures and cells) and not _where(cells) & _where(question.figures)
    return "right" if _close(question, float(value)) and not elsewhere else "wrong"


def _contradicts(question: Question, cells: Sequence[Cell]) -> bool:
    expected = {(_agency(c.agency), c.year, c.code): c.value for c in question.figures}
    return any(abs(expected.get((_agency(c.agency), c.year, c.code), c.value) - c.value) > 0.005 for c in cells)


def _set(question: Question, cells: Sequence[Cell]) -> str:
    """Every expected cell is there; none contradicts; none of the fields asked about comes from elsewhere."""
    if _contradicts(question, cells):
        return "wrong"
    codes, places = {c.code for c in question.figures}, _where(question.figures)
    if any(c.code in codes and (_agency(c.agency), c.year) not in places for c in cells):
        return "wrong"
    found = {(_agency(c.agency), c.year, round(c.value, 2)) for c in cells}
    wanted = {(_agency(c.agency), c.year, round(c.value, 2)) for c in question.figures}
    if wanted <= found:
        return "right"
    return "wrong" if found - wanted else "missed"


def _ordered(question: Question, cells: Sequence[Cell]) -> str:
    """The expected list is the head of the answer's, equal values in any order."""
    head = cells[: len(question.figures)]
    key = [(_agency(c.agency), c.year, round(c.value, 2)) for c in head]
    wanted = [(_agency(c.agency), c.year, round(c.value, 2)) for c in question.figures]
    if not head:
        return "missed"
    same_values = [k[2] for k in key] == [w[2] for w in wanted]
    return "right" if same_values and sorted(key) == sorted(wanted) else "wrong"


def _close(question: Question, value: float) -> bool:
    expected = question.value
    assert expected is not None
    if question.sign_free:
        value, expected = abs(value), abs(expected)
    if question.unit == "%":
        return abs(value - expected) <= 0.5
    if question.unit == "倍":
        return abs(value - expected) <= max(0.05, 0.01 * expected)
    if question.unit == "件" and expected != int(expected):
        return abs(value - expected) <= 0.06
    return abs(abs(value) - abs(expected)) < 0.005


def _says(question: Question, given: Given) -> bool:
    text = _text(given) + "".join(f"·{cell.year}·" for cell in _cells(given))
    return all(_contains(text, _plain(needle)) for needle in question.text_contains)


def _contains(text: str, needle: str) -> bool:
    """As a whole number where the needle begins or ends with a digit: 8篇 is not in 18篇."""
    before = r"(?<![\d.])" if needle[0].isdigit() else ""
    after = r"(?!\d)" if needle[-1].isdigit() else ""
    return re.search(before + re.escape(needle) + after, text) is not None


def _cells(given: Given) -> list[Cell]:
    return [Cell(c["agency"], int(c["year"]), c["field"], float(c["value"])) for c in given.get("figures") or ()]


def _where(cells: Sequence[Cell]) -> set[tuple[str, int]]:
    return {(_agency(cell.agency), cell.year) for cell in cells}


def _text(given: Given) -> str:
    return _plain(given.get("text") or "")


def _plain(text: str) -> str:
    joined = re.sub(r"(?<=\d)\s+(?=\d)", "|", unicodedata.normalize("NFKC", text))
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", re.sub(r"\s+", "", joined)).lower()


def _agency(name: str) -> str:
    return re.sub(r"(人民政府|行政委员会)$", "", _plain(name))
