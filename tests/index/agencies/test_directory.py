"""Groups, offers and replies."""

from __future__ import annotations

import pytest

from index.agencies import Directory
from tests.index.agencies.conftest import NAMES, make_agencies


@pytest.mark.parametrize(
    ("text", "kind", "members"),
    [
        ("示例市各部门排名", "departments", ["示例市公安局", "示例市市场监督管理局", "示例市教育局"]),
        ("示例市委办局排名", "departments", ["示例市公安局", "示例市市场监督管理局", "示例市教育局"]),
        ("示例市哪个部门最多", "departments", ["示例市公安局", "示例市市场监督管理局", "示例市教育局"]),
        ("示例市各区谁多", "districts", ["示例市乙区人民政府", "示例市假滩行政委员会", "示例市甲区人民政府"]),
        ("德令哈各行委", "districts", ["德令哈市东山区行政委员会"]),
        ("徐州市下面哪个区最多", "districts", ["徐州市云龙区人民政府", "徐州市鼓楼区人民政府"]),
        ("青海省各市州", "cities", ["海西蒙古族藏族自治州人民政府", "西宁市人民政府"]),
        ("青海各县", "counties", ["互助土族自治县人民政府"]),
        ("德令哈各街道", "streets", ["德令哈市河东街道办事处"]),
    ],
)
def test_a_group_has_its_loaded_members(directory: Directory, text: str, kind: str, members: list[str]) -> None:
    (mention,) = directory.recognise(text)
    assert mention.group is not None
    assert mention.group.kind == kind
    assert [agency.name for agency in mention.group.members] == members


@pytest.mark.parametrize("text", ["所有单位合计", "全部机关", "哪个机关最多", "各地排名", "五个单位"])
def test_all_agencies_are_a_group(directory: Directory, text: str) -> None:
    (mention,) = directory.recognise(text)
    assert mention.group is not None
    assert mention.group.members == directory.agencies


def test_the_divisions_of_a_group_that_are_not_loaded_are_named(directory: Directory) -> None:
    (mention,) = directory.recognise("西宁市各区")
    assert mention.group is not None
    assert "城西区" in mention.group.missing
    assert "城东区" not in mention.group.missing


def test_two_cities_and_which_city_are_no_group_of_the_second(directory: Directory) -> None:
    mentions = directory.recognise("西宁和榆林哪个城市的处罚多")
    assert [m.agency_ids for m in mentions[:2]] == [m.agency_ids for m in mentions if m.candidates]


def test_departments_asked_for_in_a_conversation_are_those_of_its_city(directory: Directory) -> None:
    near = [agency.id for agency in directory.agencies if agency.name == "示例市公安局"]
    (mention,) = directory.recognise("各部门排名呢", near=near)
    assert mention.group is not None
    assert [agency.name for agency in mention.group.members] == ["示例市公安局", "示例市市场监督管理局", "示例市教育局"]


@pytest.mark.parametrize(
    ("reply", "chosen"),
    [
        ("南京的", "南京市鼓楼区人民政府"),
        ("徐州那个", "徐州市鼓楼区人民政府"),
        ("徐州市鼓楼区", "徐州市鼓楼区人民政府"),
        ("南京市鼓楼区人民政府", "南京市鼓楼区人民政府"),
    ],
)
def test_a_reply_picks_one_of_two(directory: Directory, reply: str, chosen: str) -> None:
    ids = [a.id for a in directory.agencies if "鼓楼区" in a.name]
    (picked,) = directory.pick(reply, ids)
    assert directory.by_id(picked) == next(a for a in directory.agencies if a.name == chosen)


@pytest.mark.parametrize("reply", ["随便", "", "鼓楼区", "上海的", "你好啊"])
def test_a_reply_that_chooses_nothing_picks_nothing(directory: Directory, reply: str) -> None:
    ids = [a.id for a in directory.agencies if "鼓楼区" in a.name]
    assert directory.pick(reply, ids) == ()


def test_county_and_city_of_one_name_are_told_apart_in_a_reply(directory: Directory) -> None:
    ids = {a.name: a.id for a in directory.agencies if a.name.startswith("南昌")}
    assert directory.pick("南昌县", tuple(ids.values())) == (ids["南昌县人民政府"],)
    assert directory.pick("南昌市的", tuple(ids.values())) == (ids["南昌市人民政府"],)


def test_siblings_are_the_departments_of_the_place_or_governments_under_one_parent(directory: Directory) -> None:
    ids = {agency.name: agency.id for agency in directory.agencies}
    name_of = {agency.id: agency.name for agency in directory.agencies}
    assert [name_of[i] for i in directory.siblings(ids["示例市公安局"])] == ["示例市市场监督管理局", "示例市教育局"]
    assert [name_of[i] for i in directory.siblings(ids["徐州市云龙区人民政府"])] == ["徐州市鼓楼区人民政府"]
    assert directory.siblings(0) == ()


def test_offers_begin_with_the_same_place(directory: Directory) -> None:
    (mention,) = directory.recognise("示例市财政局收到多少")
    assert mention.nearest[0].name.startswith("示例市")


def test_what_a_prepared_directory_needs_is_built_before_the_first_question() -> None:
    directory = Directory(make_agencies(NAMES))
    directory.prepare()
    built = set(vars(directory))
    for text in ("榆林市财正局去年收到多少件", "示例市乙区2024年", "榆林市水利局", "样本路小学", "各区排名"):
        directory.recognise(text)
        directory.find(text)
    assert set(vars(directory)) == built


def test_an_empty_directory_knows_places_and_finds_nothing() -> None:
    (mention,) = Directory([]).recognise("上海市收到多少")
    assert mention.candidates == ()
    assert Directory([]).find("上海市公安局") == ()


def test_a_key_that_is_not_of_this_room_is_made_from_the_name() -> None:
    from dataclasses import replace

    agencies = [replace(a, key="whatever") for a in make_agencies(["示例市公安局"])]
    (mention,) = Directory(agencies).recognise("示例公安局")
    assert len(mention.candidates) == 1


@pytest.mark.parametrize(
    ("noisy", "expected"),
    [
        ("请问榆林市人力资源社会保障局2024年收到多少", "榆林市人力资源和社会保障局"),
        ("德令哈市市场监督理管局", "德令哈市市场监督管理局"),
        ("南京鼓楼区政付", "南京市鼓楼区人民政府"),
    ],
)
def test_noisy_names_are_found_by_likeness(directory: Directory, noisy: str, expected: str) -> None:
    assert directory.match(noisy)[0].agency.name == expected


@pytest.mark.parametrize(
    "text", ["", " ", "的", "a", "？" * 2000, "市" * 300, "各" * 300, "示例市" * 500, "\x00", "((((", "）（"]
)
def test_no_text_makes_it_fail(directory: Directory, text: str) -> None:
    for mention in directory.recognise(text):
        assert text[mention.start : mention.end] == mention.text
