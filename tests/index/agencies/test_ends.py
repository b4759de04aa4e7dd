"""Names at the very end of a text: nothing reaches beyond its last character."""

from __future__ import annotations

import pytest

from index.agencies import Directory, identify
from index.agencies.bodies import bodies
from index.store.records import Agency

NAMES = (
    "示例市人民政府",
    "示例市甲区人民政府",
    "示例市公安局",
    "示例市人民政府办公室",
    "示例市高新技术产业开发区管理委员会",
)


@pytest.fixture(scope="module")
def directory() -> Directory:
    return Directory(Agency(n, name, identify(name).key, (name,), (2024,)) for n, name in enumerate(NAMES, 1))


def _ends(directory: Directory, text: str) -> None:
    assert all(0 <= each.start < each.end <= len(text) for each in directory.recognise(text)), text


@pytest.mark.parametrize("behind", ["", "和", "与", "跟", "、", "的", "市", "各", "哪个", "（"])
def test_a_name_with_a_joint_at_the_end(directory: Directory, behind: str) -> None:
    for name in NAMES:
        for end in range(1, len(name) + 1):
            _ends(directory, name[:end] + behind)


def test_every_stem_of_a_body_at_the_end(directory: Directory) -> None:
    for body in bodies().by_key.values():
        for stem in (*body.stems, *body.bare, *body.forms):
            _ends(directory, "示例市" + stem)
            _ends(directory, "2024 示例市 " + stem)
