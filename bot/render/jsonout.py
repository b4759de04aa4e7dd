"""Answer → the JSON contract of design.md."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bot.answers.model import Answer, Figure
from bot.render.texts import coverage_lines, note_lines, text, warning_lines


def to_json(answer: Answer) -> dict[str, Any]:
    """One object a question; empty keys are left out but for outcome, figures, value and text."""
    notes = [*warning_lines(answer), *coverage_lines(answer.coverage), *note_lines(answer.notes)]
    for part in answer.parts:
        notes += [*warning_lines(part), *coverage_lines(part.coverage), *note_lines(part.notes)]
    found: dict[str, Any] = {
        "outcome": answer.outcome,
        "figures": [_figure(each) for each in answer.figures] if answer.outcome == "answer" else [],
        "value": plain(answer.value) if answer.outcome == "answer" else None,
        "unit": answer.unit,
        "candidates": [name for _, name in answer.candidates],
        "notes": notes,
        "passages": [
            {"agency": q.agency, "year": q.year, "section": q.section, "text": q.text, "page": q.page}
            for q in answer.quotes
        ],
        "text": text(answer),
        "trace": dict(answer.trace),
    }
    return {key: value for key, value in found.items() if value or key in ("outcome", "figures", "value", "text")}


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "agency": figure.agency,
        "year": figure.year,
        "field": figure.code,
        "value": plain(figure.value),
        "unit": figure.unit,
        "status": figure.state,
        "source": {"file": figure.file, "page": figure.place.page if figure.place else None},
        **({"corrected": True} if figure.corrected else {}),
    }


def plain(value: object) -> int | float | None:
    """A number JSON can hold; rates to four digits."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return round(float(value), 4)  # type: ignore[arg-type]
