"""Groups of agencies in a question: how they are called, and whether they are as many as is said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.question import counts
from bot.question.query import GroupRef
from bot.question.reading import Reading
from index.agencies import Directory, Group, Mention

EVERYBODY = "全部已收录单位"


_ASKING = re.compile(
    r"\s+|(?:都有|有|里|中)?哪(?:些|一?个|几?家|几个|家)?|^的|[几两三四五](?:个|家)(?=单位|部门)|(?:每一?|几)(?:个|家)?(?=.)"
)
"""What a group's name has of the question: 哪个, 每个, 有哪些."""


def group_label(group: Group) -> str:
    """示例哪些部门 → 示例市各部门, 哪个局 → 已收录的局: whom the question is about, without its words and blanks."""
    if group.kind == "all":
        below = "下属" if _BELOW.search(group.label) else ""
        return f"{group.place.name}已收录的{below}单位" if group.place else EVERYBODY
    label = _ASKING.sub("", group.label) or group.label
    if group.place is None:
        return f"已收录的{label}" if label in _bare_words() else label
    full = group.place.name
    rest = label.removeprefix(full if label.startswith(full) else full[:-1])
    if rest == label:
        return label
    return f"{full}各{rest}" if rest in _bare_words() else full + rest


_BELOW = re.compile("下属|下辖|直属|所属|所辖|辖内|辖区|管辖|下面")


def members_of(group: Group) -> tuple[int, ...]:
    """Ids of its loaded agencies; 下属单位 of a city are not its own government."""
    if group.place is None or not _BELOW.search(group.label):
        return tuple([agency.id for agency in group.members])  # a hundred thousand: not a generator
    own = f"{group.place.name}人民政府"
    return tuple([agency.id for agency in group.members if agency.name not in (own, group.place.name)])


def _bare_words() -> frozenset[str]:
    return frozenset(("局", "委", "区", "市", "县", "旗", "镇", "乡", "部门", "街道", "城市", "区县", "乡镇", "委办局"))


def miscounted(reading: Reading, group: Mention, agencies: Sequence[int]) -> bool:
    """三个区 of which eleven are loaded: which three is not said."""
    assert group.group is not None
    limits = any(each.kind == "number" for each in reading.tokens) or reading.has("exists")
    said = None if agencies or limits else counts.of_the_group(reading.text, group)
    loaded = len(group.group.members)
    return said is not None and said not in (loaded, loaded + len(group.group.missing))


def under(group: Mention, agencies: tuple[int, ...], directory: Directory) -> GroupRef | None:
    """各区里哪家最多（示例市）: the city in brackets behind says whose districts are meant."""
    found = group.group
    if found is None or found.place is not None or len(agencies) != 1:
        return None
    members = {"districts": directory.districts, "departments": directory.departments}.get(found.kind)
    own = directory.by_id(agencies[0])
    inside = members(agencies[0]) if members else ()
    if own is None or not inside:
        return None
    return GroupRef(f"{own.name}{_ASKING.sub('', found.label)}", found.kind, tuple(inside))
