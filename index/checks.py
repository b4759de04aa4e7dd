"""The equations of the form (勾稽关系) tested on a report's figures. They report, and never repair."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from index import forms
from index.report import Check, Figure, Number

__all__ = ["Equation", "equations", "run_checks"]


@dataclass(frozen=True, slots=True)
class Equation:
    """One equation in cells: what the left codes add up to is what the right ones do."""

    rule: str
    """`carried:requests.received.person`."""
    label: str
    left: tuple[str, ...]
    right: tuple[str, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return self.left + self.right


def equations(edition_name: str, printed: Collection[str]) -> tuple[Equation, ...]:
    """The edition's equations in the cells this report prints: a group printed as one row is that row.

    `printed` are the codes that have a place in the report; an equation that needs others is given all the same.
    """
    edition = forms.edition(edition_name)
    return tuple(
        Equation(
            f"{each.rule}:{each.left[0]}",
            each.label,
            _cells(each.left, edition.sums, printed),
            _cells(each.right, edition.sums, printed),
        )
        for each in edition.equations
    )


def _cells(codes: tuple[str, ...], own: Mapping[str, forms.Sum], printed: Collection[str]) -> tuple[str, ...]:
    """The codes, a sum replaced by its parts unless the report prints it; a row of another edition by its sum."""
    return tuple(cell for code in codes for cell in _cell(code, own, printed))


def _cell(code: str, own: Mapping[str, forms.Sum], printed: Collection[str]) -> Iterator[str]:
    group = own.get(code) or forms.sums().get(code)
    if code in printed or group is None:
        yield code
    elif code in own or any(part in printed for part in group.parts):
        yield from group.parts
    else:
        yield code


def run_checks(figures: Mapping[str, Figure], edition_name: str) -> tuple[Check, ...]:
    """Every equation of the edition all of whose cells the report prints."""
    values = {code: each.value for code, each in figures.items() if each.status == "printed" and each.value is not None}
    return tuple(_checks(values, figures, edition_name))


def _checks(values: Mapping[str, Number], figures: Mapping[str, Figure], edition_name: str) -> Iterator[Check]:
    if not any(each.name == edition_name for each in forms.editions()):
        return
    for each in equations(edition_name, figures.keys()):
        if all(code in values for code in each.codes):
            left = {code: values[code] for code in each.left}
            right = {code: values[code] for code in each.right}
            total = (_sum(left), _sum(right))
            yield Check(each.rule, each.label, left, right, *total)


def _sum(values: Mapping[str, Number]) -> Number:
    total: Number = 0
    for value in values.values():
        total += value
    return total
