"""Answer → what a picture of it needs: labels, values and the same texts as the words."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.model import Answer
from bot.render.printed import printed
from bot.render.texts import coverage_lines
from bot.render.words import item_name, short_value
from bot.wording.chat import Language
from bot.wording.traditional import traditional

FEWEST, MOST = 3, 15
"""Bars worth a picture."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A trend or a ranking as bars."""

    title: str
    bars: tuple[tuple[str, float | None, str], ...]
    """Label, value (None: no figure), text as the answer says it."""
    note: str = ""
    upright: bool = False
    """Years side by side; else names one under the other."""


def chart(answer: Answer, language: Language = "zh") -> Picture | None:
    """The picture of a trend, a ranking or a list of figures of one item; None where there is none worth drawing."""
    results = answer.results
    if answer.outcome != "answer" or not FEWEST <= len(results) <= MOST or len({each.item for each in results}) != 1:
        return None
    if answer.kind not in ("trend", "ranking", "sum", "average", "threshold", "figures"):
        return None
    years = len({each.agency_id for each in results}) == 1
    if years:
        results = tuple(sorted(results, key=lambda each: each.year))
    bars = tuple(
        (
            f"{each.year}年" if years else each.agency,
            None if each.value is None else float(each.value),
            short_value(each),
        )
        for each in results
    )
    first = results[0]
    title = f"{first.agency} · {item_name(first.item)}" if years else f"{first.year}年 · {item_name(first.item)}"
    picture = Picture(title, bars, "".join(coverage_lines(answer.coverage)), years)
    return _turned(picture, tuple(printed(answer))) if language == "hant" else picture


def _turned(picture: Picture, kept: tuple[str, ...]) -> Picture:
    """In 繁體, names as printed."""
    bars = tuple((traditional(label, kept), value, traditional(text)) for label, value, text in picture.bars)
    return Picture(traditional(picture.title, kept), bars, traditional(picture.note, kept), picture.upright)
