"""A directory renewed after a load says what one built from nothing would say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from index.agencies import Directory, identify
from index.store.records import Agency

NAMES = ("示例市人民政府", "示例市教育局", "示例市公安局", "示例市甲区人民政府", "示例市乙区人民政府", "样本市财政局")
QUESTIONS = (
    "示例市教育局2024年", "示例市各部门", "示例市各区", "示例市教育居", "样本市财政局", "范本市水利局", "示例市财政局",
    "所有单位", "甲区", "示例市奇特事务中心",
)  # fmt: skip


def agencies(names: Sequence[str]) -> list[Agency]:
    return [Agency(number, name, identify(name).key, (name,), (2023,)) for number, name in enumerate(names, 1)]


def told(directory: Directory) -> list[object]:
    found: list[object] = [directory.agencies, directory.years]
    for text in QUESTIONS:
        found.append([(m.text, m.candidates, m.group, m.known) for m in directory.recognise(text)])
    found += [directory.match(agency.name, 1)[0].agency for agency in directory.agencies]
    return found


BEFORE = agencies(NAMES)
CHANGES = {
    "another year": [replace(BEFORE[0], years=(2023, 2024)), *BEFORE[1:]],
    "a new department": [*BEFORE, *agencies((*NAMES, "示例市财政局"))[-1:]],
    "a new place": [*BEFORE, *agencies((*NAMES, "范本市水利局"))[-1:]],
    "a body of no known kind": [*BEFORE, *agencies((*NAMES, "示例市奇特事务中心"))[-1:]],
    "one taken out": BEFORE[:1] + BEFORE[2:],
    "another printed name": [*BEFORE[:5], replace(BEFORE[5], printed=("样本市财政局", "样本市财政委员会"))],
    "nothing": BEFORE,
}


@pytest.mark.parametrize("after", CHANGES.values(), ids=CHANGES)
def test_a_renewed_directory_is_as_good_as_a_new_one(after: list[Agency]) -> None:
    used = Directory(BEFORE)
    told(used)
    assert told(used.renewed(after)) == told(Directory(after))


def test_renewing_again_and_again_keeps_every_agency() -> None:
    directory = Directory(BEFORE[:1])
    told(directory)
    for count in range(2, len(BEFORE) + 1):
        directory = directory.renewed(BEFORE[:count])
    assert told(directory) == told(Directory(BEFORE))


def test_another_year_of_a_known_agency_keeps_the_names() -> None:
    used = Directory(BEFORE)
    told(used)
    after = used.renewed(CHANGES["another year"])
    assert after.lexicon is used.lexicon
    assert after.shortlist is used.shortlist
