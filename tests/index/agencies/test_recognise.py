"""Which loaded agencies a question means, and what it names that is not loaded."""

from __future__ import annotations

import pytest

from index.agencies import Directory, Mention
from tests.index.agencies.conftest import make_agencies

ONE = [
    ("示例市甲区收到多少申请", "示例市甲区人民政府"),
    ("查一下南昌县的办结数", "南昌县人民政府"),
    ("榆林市公安局处罚多少", "榆林市公安局"),
    ("榆林人社局收到几件", "榆林市人力资源和社会保障局"),
    ("榆林人社 收到几件", "榆林市人力资源和社会保障局"),
    ("榆林市住建委", "榆林市住房和城乡建设局"),
    ("陕西榆林收到多少", "榆林市人民政府"),
    ("陕西省榆林市榆阳区教育局", "榆林市榆阳区教育局"),
    ("榆阳教育局收到多少", "榆林市榆阳区教育局"),
    ("城东区收到多少", "西宁市城东区人民政府"),
    ("西宁城东收到多少", "西宁市城东区人民政府"),
    ("互助县收到多少", "互助土族自治县人民政府"),
    ("海西州收到多少", "海西蒙古族藏族自治州人民政府"),
    ("大柴旦行委收到多少", "海西州大柴旦行政委员会"),
    ("德令哈东山区行委收到多少", "德令哈市东山区行政委员会"),
    ("假滩行委收到多少", "示例市假滩行政委员会"),
    ("河东街道办收到多少", "德令哈市河东街道办事处"),
    ("样本街道收到多少", "示例市甲区样本街道办事处"),
    ("德令哈市监局罚了几次", "德令哈市市场监督管理局"),
    ("德令哈市场监管局罚了几次", "德令哈市市场监督管理局"),
    ("德市教育局收到几件", "德令哈市教育局"),
    ("义乌市政府办收到多少", "义乌市人民政府办公室"),
    ("市科委收到多少", "上海市科学技术委员会"),
    ("上海市科技局收到多少", "上海市科学技术委员会"),
    ("榆林高新区管委会收到多少", "榆林市高新技术产业开发区管理委员会"),
    ("内蒙古教育厅收到多少", "内蒙古自治区教育厅"),
    ("徐州的鼓楼区收到多少", "徐州市鼓楼区人民政府"),
    ("徐州那边的鼓楼区", "徐州市鼓楼区人民政府"),
    ("鼓楼区(徐州)收到多少", "徐州市鼓楼区人民政府"),
    ("区教育局收到多少", "榆林市榆阳区教育局"),
]  # fmt: skip


def names(mention: Mention) -> list[str]:
    return [candidate.agency.name for candidate in mention.candidates]


def only(directory: Directory, text: str) -> Mention:
    (mention,) = directory.recognise(text)
    assert text[mention.start : mention.end] == mention.text
    return mention


@pytest.mark.parametrize(("text", "expected"), ONE, ids=[text for text, _ in ONE])
def test_one_agency_is_meant(directory: Directory, text: str, expected: str) -> None:
    assert names(only(directory, text)) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("鼓楼区收到多少", ["南京市鼓楼区人民政府", "徐州市鼓楼区人民政府"]),
        ("鼓楼收到多少", ["南京市鼓楼区人民政府", "徐州市鼓楼区人民政府"]),
        ("甲区收到多少", ["示例市甲区人民政府", "范例市甲区人民政府"]),
        ("南昌收到多少", ["南昌县人民政府", "南昌市人民政府"]),
        ("范例收到多少", ["范例县人民政府", "范例市人民政府"]),
        ("人社局收到多少", ["榆林市人力资源和社会保障局", "范例市人力资源和社会保障局"]),
        ("市公安局收到多少", ["榆林市公安局", "示例市公安局", "范例市公安局"]),
    ],
)
def test_a_bare_name_means_every_loaded_agency_of_that_name(
    directory: Directory, text: str, expected: list[str]
) -> None:
    assert names(only(directory, text)) == expected


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("上海市收到多少", "上海市人民政府"),
        ("海淀区收到多少", "北京市海淀区人民政府"),
        ("泰州市收到多少", "泰州市人民政府"),
        ("天津市鼓楼区收到多少", "天津市鼓楼区"),
        ("开封市鼓楼区收到多少", "开封市鼓楼区人民政府"),
        ("示例市丙区收到多少", "示例市丙区"),
        ("示例县收到多少", "示例县"),
        ("示例市财政局收到多少", "示例市财政局"),
        ("示例市民政局收到多少", "示例市民政局"),
        ("示例市第一中学收到多少", "示例市第一中学"),
        ("示例市烟草公司收到多少", "示例市烟草公司"),
        ("某某市教育局收到多少", "某某市教育局"),
        ("国家发改委收到多少", "国家发改委"),
        ("样板路小学收到多少", "样板路小学"),
        ("北京市东城区教育局收到多少", "北京市东城区教育局"),
        ("台北市收到多少", "台北市人民政府"),
        ("示例市管委会收到多少", "示例市管委会"),
        ("示例市中区收到多少", "示例市中区"),
        ("示例市甲区管委会收到多少", "示例市甲区管委会"),
        ("示例县的甲区收到多少", "示例县的甲区"),
        ("示例市妇联收到多少", "示例市妇女联合会"),
        ("国务院收到多少", "国务院"),
        ("样板家村收到多少", "样板家村"),
        ("襄樊市收到多少", "襄阳市人民政府"),
    ],
)
def test_what_is_not_loaded_is_known_and_never_the_nearest_name(directory: Directory, text: str, known: str) -> None:
    mention = only(directory, text)
    assert names(mention) == []
    assert known in [item.name for item in mention.known]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("德令合市收到多少", "德令哈市人民政府"),
        ("得令哈收到多少", "德令哈市人民政府"),
        ("西宁市成东区收到多少", "西宁市城东区人民政府"),
        ("徐州市鼓搂区收到多少", "徐州市鼓楼区人民政府"),
        ("榆林市人力资原和社会保障局", "榆林市人力资源和社会保障局"),
        ("榆林公按局收到多少", "榆林市公安局"),
        ("榆林市公安居收到多少", "榆林市公安局"),
        ("榆林市高薪区收到多少", "榆林市高新技术产业开发区管理委员会"),
        ("德令哈教肓局收到多少", "德令哈市教育局"),
        ("示列市收到多少", "示例市人民政府"),
    ],
)
def test_a_mistyped_name_is_repaired_and_says_so(directory: Directory, text: str, expected: str) -> None:
    mention = only(directory, text)
    assert names(mention) == [expected]
    assert mention.repaired


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("徐州市鼓楼区和云龙区谁多", ["徐州市鼓楼区人民政府", "徐州市云龙区人民政府"]),
        ("榆林市公安局、人社局、住建局合计", ["榆林市公安局", "榆林市人力资源和社会保障局", "榆林市住房和城乡建设局"]),
        ("南京和徐州的鼓楼区各多少", ["南京市鼓楼区人民政府", "徐州市鼓楼区人民政府"]),
        ("示例和范例的公安局", ["示例市公安局", "范例市公安局"]),
        ("示例市甲区乙区谁多", ["示例市甲区人民政府", "示例市乙区人民政府"]),
        ("南昌市和南昌县谁多", ["南昌市人民政府", "南昌县人民政府"]),
        ("榆林市和榆林市公安局一共", ["榆林市人民政府", "榆林市公安局"]),
    ],
)
def test_names_side_by_side_share_what_they_leave_out(directory: Directory, text: str, expected: list[str]) -> None:
    assert [name for mention in directory.recognise(text) for name in names(mention)] == expected


def test_a_department_beside_another_city_s_is_not_looked_for_elsewhere(directory: Directory) -> None:
    mentions = directory.recognise("徐州市财政局和公安局谁多")
    assert names(mentions[1]) == []
    assert mentions[1].known[0].name == "徐州市公安局"


@pytest.mark.parametrize(
    "text",
    [
        "行政复议和行政诉讼各多少", "企业申请有多少", "法人和其他组织申请多少", "本机关不掌握相关政府信息",
        "依申请公开", "一样多吗", "国家秘密不予公开几件", "社会公益组织提了几件",
        "与城市管理有关吗", "单位申请有多少", "合作社申请多少", "收道多少申情",
        "你好",
    ],
)  # fmt: skip
def test_ordinary_words_are_no_names(directory: Directory, text: str) -> None:
    assert directory.recognise(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ge er mu", []),
        ("how many requests did delingha city receive", ["德令哈市人民政府"]),
        ("delingha education bureau", ["德令哈市教育局"]),
        ("public security bureau of yulin", ["榆林市公安局"]),
        ("gulou district, xuzhou", ["徐州市鼓楼区人民政府"]),
        ("yu lin shi ren she ju shou dao duo shao", ["榆林市人力资源和社会保障局"]),
        ("xuzhou shi yunlong qu", ["徐州市云龙区人民政府"]),
    ],
)
def test_pinyin_and_english_are_read(directory: Directory, text: str, expected: list[str]) -> None:
    assert [name for mention in directory.recognise(text) for name in names(mention)] == expected


def _near(directory: Directory, name: str) -> tuple[int, ...]:
    return tuple(agency.id for agency in directory.agencies if agency.name == name)


@pytest.mark.parametrize(
    ("spoken", "text", "expected"),
    [
        ("徐州市云龙区人民政府", "鼓楼区呢", ["徐州市鼓楼区人民政府"]),
        ("榆林市公安局", "住建局呢", ["榆林市住房和城乡建设局"]),
        ("榆林市榆阳区教育局", "市公安局呢", ["榆林市公安局"]),
        ("示例市乙区人民政府", "换成市政府", ["示例市人民政府"]),
        ("榆林市公安局", "徐州市财政局呢", ["徐州市财政局"]),
        ("徐州市云龙区人民政府", "城东区呢", ["西宁市城东区人民政府"]),
        ("示例市教育局", "财政局呢", []),
        ("徐州市鼓楼区人民政府", "泉山区呢", []),
        ("无锡市惠山区人民政府", "鼓楼区呢", ["南京市鼓楼区人民政府", "徐州市鼓楼区人民政府"]),
    ],
)
def test_a_bare_name_is_looked_for_first_where_one_was_speaking(
    directory: Directory, spoken: str, text: str, expected: list[str]
) -> None:
    (mention,) = directory.recognise(text, near=_near(directory, spoken))
    assert names(mention) == expected


def test_a_real_city_not_loaded_stands_beside_a_district_of_its_short_name() -> None:
    small = Directory(make_agencies(["北京市朝阳区人民政府"]))
    (mention,) = small.recognise("朝阳收到多少")
    assert names(mention) == ["北京市朝阳区人民政府"]
    assert [item.name for item in mention.known] == ["朝阳市人民政府"]


def test_a_zone_is_found_by_its_everyday_name_with_or_without_its_city() -> None:
    directory = Directory(make_agencies(["合肥高新技术产业开发区管理委员会", "合肥市人民政府"]))
    for text in ("合肥高新区2024年收到多少", "合肥高新区管委会收到多少", "合肥市高新区收到多少"):
        assert names(only(directory, text)) == ["合肥高新技术产业开发区管理委员会"]


def test_a_league_is_its_administrative_office() -> None:
    directory = Directory(make_agencies(["锡林郭勒盟行政公署", "承德市人民政府"]))
    for text in ("锡林郭勒盟收到多少", "锡盟收到多少", "锡盟行署收到多少"):
        assert names(only(directory, text)) == ["锡林郭勒盟行政公署"]
    assert names(only(directory, "承徳市收到多少")) == ["承德市人民政府"]


def test_a_number_may_stand_between_cities_and_the_name_they_share() -> None:
    directory = Directory(make_agencies(["南京市鼓楼区人民政府", "福州市鼓楼区人民政府", "徐州市鼓楼区人民政府"]))
    mentions = directory.recognise("南京、福州、徐州三个鼓楼区各收到多少")
    assert [names(mention) for mention in mentions] == [
        ["南京市鼓楼区人民政府"],
        ["福州市鼓楼区人民政府"],
        ["徐州市鼓楼区人民政府"],
    ]
