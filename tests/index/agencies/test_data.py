"""The data files of places and bodies hold together."""

from __future__ import annotations

from collections import Counter

import pytest

from index.agencies.bodies import bodies
from index.agencies.gazetteer import data_lines, gazetteer
from index.agencies.groups import _patterns
from index.agencies.lexicon import _ordinary_words
from index.agencies.sounds import look_alike, same_sound, sounds

CSV_FILES = [
    "divisions.csv", "townships.csv", "aliases.csv", "renamed.csv", "romanised.csv", "sounds.csv", "lookalikes.csv",
    "zones.csv",
]  # fmt: skip


@pytest.mark.parametrize("name", CSV_FILES)
def test_every_row_has_as_many_cells_as_the_header_and_none_repeats(name: str) -> None:
    rows = [tuple(row) for row in data_lines(name)]
    assert rows
    assert [row for row, count in Counter(rows).items() if count > 1] == []


def test_every_division_has_a_parent_and_a_code_of_its_own() -> None:
    rows = data_lines("divisions.csv")
    codes = {row[0] for row in rows}
    assert len(codes) == len(rows)
    assert [row for row in rows if row[3] and row[3] not in codes] == []
    assert {len(code) for code in codes} <= {1, 2, 4, 6}


def test_the_gazetteer_holds_provinces_cities_counties_and_townships() -> None:
    gaz = gazetteer()
    sizes = Counter(len(row[0]) for row in data_lines("divisions.csv"))
    assert sizes[2] == 34
    assert sizes[4] > 330
    assert sizes[6] > 2900
    assert sum(len(line.split(" ")) for _, line in data_lines("townships.csv")) > 41000
    assert gaz.full_name("632801001") == "青海省海西蒙古族藏族自治州格尔木市昆仑路街道"


def test_every_county_with_townships_is_a_division() -> None:
    codes = {row[0] for row in data_lines("divisions.csv")}
    assert [county for county, _ in data_lines("townships.csv") if county not in codes] == []


def test_short_names_are_unambiguous_within_their_parent() -> None:
    twice = [
        (short, parent, names)
        for (short, parent), names in _shorts().items()
        if len(names) > 1 and len({name[-1] for name in names}) < len(names)
    ]
    assert twice == []


def _shorts() -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for _, name, short, parent in data_lines("divisions.csv"):
        if short:
            found.setdefault((short, parent), []).append(name)
    return found


@pytest.mark.parametrize("name", ["aliases.csv", "romanised.csv"])
def test_other_names_belong_to_listed_divisions(name: str) -> None:
    assert [row for row in data_lines(name) if gazetteer().get(row[0]) is None] == []


def test_renamed_divisions_exist_today_and_have_a_date() -> None:
    for date, old, _, code in data_lines("renamed.csv"):
        division = gazetteer().get(code)
        assert division is not None, old
        assert division.name != old
        assert 1990 <= int(date[:4]) <= 2030


def test_no_form_means_two_kinds_of_body() -> None:
    known = bodies()  # raises DataError if one does
    assert len(known.by_key) > 60
    for key, body in known.by_key.items():
        assert body.name in known.forms, key
        assert known.forms[body.name] == key


def test_no_short_form_of_a_body_is_an_ordinary_word() -> None:
    assert sorted(set(bodies().forms) & set(_ordinary_words())) == []


def test_every_group_word_has_one_kind() -> None:
    quantified, alone, kinds = _patterns()
    assert {"departments", "districts", "cities", "counties", "townships", "streets", "all"} == set(kinds.values())
    assert quantified.match("各部门")
    assert alone.match("委办局")


def test_sounds_tell_homophones() -> None:
    assert same_sound("洲", "州")
    assert same_sound("杨", "阳")
    assert not same_sound("东", "西")
    assert sounds("☃") == ()


def test_characters_look_alike_exactly_where_one_row_holds_both() -> None:
    rows = [family for family, *_ in data_lines("lookalikes.csv")]
    letters = sorted({letter for family in rows for letter in family})
    wrong = [
        (one, other)
        for one in letters
        for other in letters
        if look_alike(one, other) is not any(one in family and other in family for family in rows)
    ]
    assert wrong == []
