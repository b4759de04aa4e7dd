"""Words that lead to a name, though a name may begin with them: 和｜龙海区, 加上｜城管局, 那｜曲阜市."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.agencies.model import Mention
from index.agencies.parse import Parse

AND = "和与同及跟"
"""Between two names these join, though a name may begin with them: 和平, 同江."""
LEADS = "和与同及跟那比对把给问查"
"""At the beginning of a message: 和龙海区比呢, 那曲阜市呢."""
ADDED = re.compile("[加算连带]上")
"""公安局加上城管局: 上 belongs to the verb."""


_BEFORE = ("报告", "年报", "其", "表", "表格", "文")
"""报告中｜甲市, not 中甲."""


def may_join(text: str, at: int, found: Sequence[Parse | Mention]) -> bool:
    """Whether the character there may lead to a name instead of beginning one."""
    if at + 1 >= len(text):
        return False
    if at == 0:
        return text[0] in LEADS
    if text[at] in "中里" and text[max(0, at - 2) : at].endswith(_BEFORE):
        return True
    return (bool(found) and found[-1].end == at and text[at] in AND) or ADDED.match(text, at - 1) is not None
