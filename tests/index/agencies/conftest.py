"""A directory of real and evidently fictional bodies, built by code."""

from __future__ import annotations

import pytest

from index.agencies import Directory, identify
from index.store.records import Agency

NAMES = [
    "示例市人民政府", "示例市甲区人民政府", "示例市乙区人民政府",
    "示例市教育局", "示例市公安局", "示例市市场监督管理局",
    "示例市假滩行政委员会", "范例市人民政府", "范例市甲区人民政府",
    "范例市公安局", "范例市人力资源和社会保障局", "范例县人民政府",
    "示例市甲区样本街道办事处", "南昌市人民政府", "南昌县人民政府",
    "榆林市人民政府", "榆林市公安局", "榆林市人力资源和社会保障局",
    "榆林市住房和城乡建设局", "榆林市榆阳区教育局", "玉溪市人民政府",
    "南京市鼓楼区人民政府", "徐州市鼓楼区人民政府", "徐州市云龙区人民政府",
    "徐州市财政局", "无锡市惠山区人民政府", "德令哈市人民政府", "德令哈市教育局",
    "德令哈市市场监督管理局", "德令哈市河东街道办事处", "德令哈市东山区行政委员会",
    "海西州大柴旦行政委员会", "海西蒙古族藏族自治州人民政府", "西宁市人民政府",
    "西宁市城东区人民政府", "互助土族自治县人民政府", "义乌市人民政府办公室",
    "上海市科学技术委员会", "榆林市高新技术产业开发区管理委员会", "内蒙古自治区教育厅",
]  # fmt: skip


def make_agencies(names: list[str]) -> list[Agency]:
    """Loaded agencies of these names."""
    return [Agency(i, name, identify(name).key, (name,), (2023, 2024)) for i, name in enumerate(names, 1)]


@pytest.fixture(scope="session")
def directory() -> Directory:
    return Directory(make_agencies(NAMES))
