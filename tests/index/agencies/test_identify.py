"""One body has one key, whatever its reports print."""

from __future__ import annotations

import pytest

from index.agencies import identify

SAME = [
    ("洪泽区人民政府", "淮安市洪泽区人民政府", "江苏省淮安市洪泽区", "洪泽县人民政府", "洪泽区"),
    ("上海市科委", "上海市科学技术委员会", "上海科委"),
    ("格尔木市", "格尔木市人民政府", "青海省格尔木市人民政府", "格尔木"),
    ("互助县人民政府", "互助土族自治县", "海东市互助土族自治县人民政府"),
    ("海西州大柴旦行委", "大柴旦行政委员会"),
    ("襄樊市人民政府", "襄阳市人民政府"),
    ("武漢市生態環境局", "武汉市生态环境局", "武汉市环保局"),
    ("国家税务总局苏州市税务局", "苏州市税务局"),
    ("示例市人力资源社会保障局", "示例市人力资源和社会保障局", "示例市人社局"),
    ("示例市甲区", "示例市甲区人民政府", "示例市甲区行政委员会"),
    ("北京市公安局朝阳分局", "北京市朝阳区公安局"),
    ("广东省人社厅", "广东省人力资源和社会保障厅"),
    ("湛江市人民政府地方志办公室", "湛江市地方志办公室"),
    ("苏州市卫生健康委", "苏州市卫健委", "苏州市卫生健康委员会", "苏州卫健委"),
    ("湖口县大垅乡", "湖口县大垅乡人民政府", "九江市湖口县大垅乡人民政府"),
    ("锡林郭勒盟行政公署", "锡林郭勒盟", "锡盟行署"),
    ("ＸＸ市", "XX市"),
]


@pytest.mark.parametrize("names", SAME, ids=lambda names: names[0])
def test_printed_names_of_one_body_have_one_key(names: tuple[str, ...]) -> None:
    assert len({identify(name).key for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("北京市东城区人民政府", "格尔木市东城区行政委员会"),
        ("苏州市人民政府", "宿州市人民政府"),
        ("泰州市人民政府", "台州市人民政府"),
        ("新乡市人民政府", "新乡县人民政府"),
        ("苏州市人民政府", "苏州市人民政府办公室"),
        ("示例市甲区教育局", "示例市教育局"),
        ("示例市市场监督管理局", "示例市人民政府"),
        ("格尔木市河西街道办事处", "德令哈市河西街道办事处"),
        ("示例市自然资源局", "示例市国土资源局"),
    ],
)
def test_different_bodies_have_different_keys(one: str, other: str) -> None:
    assert identify(one).key != identify(other).key


@pytest.mark.parametrize(
    "name", ["区统计局", "我局", "县人民政府", "财政局", "朝阳区人民政府", "长岭街道办事处", "太平镇人民政府"]
)
def test_a_name_that_does_not_say_whose_body_it_is_is_incomplete(name: str) -> None:
    assert identify(name).complete is False


@pytest.mark.parametrize("name", ["", " ", "年", "关于我们", "☃☃", "a", "市", "的" * 500])
def test_no_text_makes_it_fail(name: str) -> None:
    assert identify(name).complete is False


def test_a_place_named_elsewhere_completes_a_name() -> None:
    assert identify("市科委", within="上海市").key == identify("上海市科委").key
    assert identify("区统计局", within="淮安市洪泽区").key == identify("洪泽区统计局").key
    assert identify("市公安局", within="示例市甲区").key == identify("示例市公安局").key
    assert identify("太平镇", within="示例市甲区").complete


def test_a_place_named_elsewhere_does_not_bind_a_name_with_its_own() -> None:
    assert identify("北京市公安局", within="上海市").key == identify("北京市公安局").key


def test_place_body_and_parents_are_told() -> None:
    identity = identify("洪泽区统计局")
    assert (identity.place.name if identity.place else "", identity.body, identity.level) == (
        "洪泽区",
        "统计",
        "county",
    )
    assert [division.name for division in identity.parents] == ["江苏省", "淮安市"]
    assert identity.name == "江苏省淮安市洪泽区统计局"


def test_zones_and_streets_that_no_list_holds_are_places_of_their_city() -> None:
    assert identify("示例市经济开发区管委会").parents[-1].name == "示例市"
    assert identify("示例市甲区样本街道办事处").parents[-1].name == "甲区"
    assert identify("海西州假滩行政委员会").parents[-1].name == "海西蒙古族藏族自治州"
