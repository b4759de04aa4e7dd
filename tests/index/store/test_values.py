"""Numbers, marks and places as they are written in the index."""

from __future__ import annotations

from itertools import product

import pytest

from index.document import Place
from index.report import Figure
from index.store.values import pack_evidence, unpack_evidence

NUMBERS = {"a": 5, "b": 15, "c": 151, "d": 7}
AWKWARD = ["/", "[5,", "],[7,null]", '"', '"],[5,"', "\\", '\\"[7,1]', "（其中[15,]件）", "无"]


@pytest.mark.parametrize(("first", "second"), list(product(AWKWARD, AWKWARD)))
def test_what_was_printed_comes_back_cell_by_cell_whatever_it_is(first: str, second: str) -> None:
    raws = {"a": first, "b": second, "c": "3"}
    places = {"a": None, "b": Place(2, (1.5, 2.0, 3.25, 4.0)), "c": Place(1)}
    figures = [Figure(code, 3, raw=raws[code], place=places[code]) for code in raws]
    packed = pack_evidence(figures, NUMBERS)
    cells = {NUMBERS[code]: (None if raws[code] == "3" else raws[code], places[code]) for code in raws}
    assert unpack_evidence(packed, range(200)) == cells
    for number in NUMBERS.values():
        assert unpack_evidence(packed, [number]) == {k: v for k, v in cells.items() if k == number}
