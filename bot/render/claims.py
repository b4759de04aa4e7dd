"""The arithmetic behind a yes or no about two figures."""

from __future__ import annotations

from bot.answers.model import Answer
from bot.render.words import number_text, say


def measured_lines(answer: Answer) -> list[str]:
    """多 26 件（444 − 418）; 下降 6.2%; 2.1 倍: what was held against the bounds."""
    lines = []
    for of in ("gap", "change", "times"):
        if of not in answer.facts:
            continue
        value = answer.facts[of]
        a, b = (number_text(each.value, "%" if each.unit == "%" else "") for each in answer.results[:2])
        unit = {"change": "%", "times": "", "gap": answer.results[0].unit.replace("%", "个百分点")}[of]
        way = "" if of == "times" else "_up" if value > 0 else "_down" if value < 0 else "_same"
        lines.append(say(f"yes_no.{of}{way}", value=number_text(abs(float(value)), unit), a=a, b=b))
    return lines
