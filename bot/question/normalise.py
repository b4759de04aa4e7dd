"""Text as typed → text as compared: half width, 简体, lower case, no ornaments."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from bot.question.fractions import in_percent
from bot.question.spaced import listed

LONGEST = 500
"""A longer question is not one question; it is refused with a sentence."""

_ORNAMENTS = re.compile(r"[“”\"「」『』《》〈〉【】\[\]`´‘’'*_#^{}|<>\u200b-\u200f\ufeff]")
_WIDE = r"[\u3400-\u9fff，。？！；：、（）]"
_ROUND = {
    "百": "100", "千": "1000", "万": "1万", "十万": "10万", "百万": "100万", "千万": "1000万", "亿": "1亿",
}  # fmt: skip
_ROUND_BOUND = re.compile(
    r"(?:超过|突破|过|破|超|上)了?(千万|百万|十万|百|千|万|亿)(?=了|件|元|次|起|份|的|吗|没|单位|$|[，。？])"
)
"""过亿, 破百: a round number without its one."""
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖〇", "一二三四五六七八九零")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_SPELT_YEAR = re.compile("[一二][〇零一二三四五六七八九]{3}(?=年)")
"""二零二四年合计: not three years together."""
_SHORT_YEAR = re.compile("(?<![一二三四五六七八九十百零〇第])二([〇零一二三四五])(?=年(?:一共|总共|合计|总计|共|累计))")
_FORMAL_YEAR = re.compile("[零〇壹贰叁肆伍陆柒捌玖]{4}(?=年)")
"""贰零贰叁年; elsewhere 陆 and 伍 are parts of names."""
_GAP = re.compile(rf"(?<={_WIDE})\s+|\s+(?={_WIDE})")
_SEPARATORS = str.maketrans(
    {
        ",": "，",
        ";": "；",
        "?": "？",
        "!": "！",
        ":": "，",
        "：": "，",
        "(": "（",
        ")": "）",
        "…": "。",
        "〇": "零",
        "○": "零",
    }
)


def normalise(text: str) -> str:
    """２０２４年 收到 → 2024年收到; 申請 → 申请; spaces between Latin words stay. Empty text stays empty."""
    wide = "".join(
        char
        for char in unicodedata.normalize("NFKC", text)
        if char in "\n\t ○" or unicodedata.category(char) not in ("Cc", "So", "Sk", "Cs")
    )
    plain = simplified(wide).lower().replace("\n", "；").replace("\t", " ")
    plain = re.sub(r"(?<![a-z])top\s*(\d+)", r"前\1名", plain)
    plain = _ROUND_BOUND.sub(lambda match: f"超过{_ROUND[match[1]]}", plain)
    plain = _FORMAL_YEAR.sub(lambda match: match[0].translate(_FORMAL), plain)
    plain = re.sub(r"(?<![a-z0-9])2[o0][o0-9]{2}(?=年)", lambda match: match[0].replace("o", "0"), plain)
    plain = _SPELT_YEAR.sub(lambda match: match[0].translate(_DIGITS), plain)
    plain = _SHORT_YEAR.sub(lambda match: "202" + match[1].translate(_DIGITS), plain)
    plain = in_percent(plain)
    plain = re.sub(r"(?<![突打])破(?=[\d一二两三四五六七八九十])", "超过", plain)
    plain = re.sub(r"[—–―－~～]+", "-", plain)
    plain = _ORNAMENTS.sub("", plain)
    plain = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", plain)
    plain = re.sub(r"(?<=\d)\.(?!\d)|(?<!\d)\.", "。", plain).translate(_SEPARATORS)
    plain = re.sub(r"^\s*@[a-z0-9_]+\s*|-+\s*$", "", plain)
    return _GAP.sub("", listed(re.sub(r"\s+", " ", plain).strip()))


def simplified(text: str) -> str:
    """繁體 → 简体; pure ASCII is returned as it is, without loading the converter."""
    if text.isascii():
        return text
    return str(_converter().convert(text))


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
