"""The last syllable of a name written as another of the same sound: 鼓楼曲, 示例是教育局, 丹徒时."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from index.agencies.model import Mention
from index.agencies.sounds import look_alike, same_sound

_MEANT = {
    "市": "是事式试士世势视室时氏示",
    "区": "曲驱屈渠趋躯",
    "县": "现线限献",
    "州": "洲周舟",
    "镇": "阵振震",
    "省": "醒生声升",
}
_ENDING = {written: meant for meant, several in _MEANT.items() for written in several}
_AFTER = re.compile(
    r"(?:$|[\s\d，,。？?！!、（(的]|[去今前上]一?年|大前年|近|二[〇零○]|两千|历年|收到|办结|不予|公开|行政|一共|[和与跟])"
)
_GOVERNMENT = re.compile(
    r"(?<=人民)(?:[政正证整][府俯付负副腐]|[政正]夫)|(?<=[市县区镇乡州])(?:[正证整][府俯付]|政[俯付负])"
)

Recognise = Callable[[str], tuple[Mention, ...]]


_LAST = ("行政委员会", "管理委员会", "街道办事处", "人民政府", "委员会")
"""What long names end in; of these one letter may be wrong."""
_NEARLY = re.compile(
    "|".join(f"(?={end[:at]}.{end[at + 1 :]}).{{{len(end)}}}" for end in _LAST for at in range(len(end)))
)


def plain_government(text: str) -> str:
    """人民政俯, 市正府, 行正委员会 → 人民政府, 市政府, 行政委员会; as long as before."""
    return _NEARLY.sub(lambda match: _put_right(match[0]), _GOVERNMENT.sub("政府", text))


def _put_right(written: str) -> str:
    for end in _LAST:
        wrong = [pair for pair in zip(written, end, strict=False) if pair[0] != pair[1]]
        if len(end) == len(written) and len(wrong) == 1 and (same_sound(*wrong[0]) or look_alike(*wrong[0])):
            return end
    return written


def with_endings(text: str, mentions: tuple[Mention, ...], recognise: Recognise) -> tuple[Mention, ...]:
    """The mentions of the text with such a syllable put right, where a longer name of a loaded agency comes of it."""
    for _ in range(3):
        better = _mended(text, mentions, recognise)
        if better is None:
            break
        text, mentions = better
    return tuple(_whole(text, mention, mentions) for mention in mentions)


def _whole(text: str, mention: Mention, others: Sequence[Mention]) -> Mention:
    """甘孜臧族自治州, 卫生健康委员汇: a short name goes on as the full one but for one letter."""
    limit = min((m.start for m in others if m.start >= mention.end), default=len(text))
    for name in {name for each in mention.candidates[:5] for name in (each.agency.name, *each.agency.printed)}:
        for whole in (name, name.removesuffix("人民政府")):
            at = whole.find(mention.text)
            rest = whole[at + len(mention.text) :] if at >= 0 else ""
            end = mention.end + len(rest)
            written = text[mention.end : end]
            wrong = [(a, b) for a, b in zip(written, rest, strict=False) if a != b]
            slip = len(wrong) == 1 and (len(whole) > _LONG or same_sound(*wrong[0]) or look_alike(*wrong[0]))
            if len(rest) > 1 and end <= limit and len(written) == len(rest) and slip:
                return replace(mention, end=end, text=text[mention.start : end], repaired=True)
    return mention


_LONG = 6
"""From this length on any one letter of a full name may be wrong."""


def _mended(text: str, mentions: Sequence[Mention], recognise: Recognise) -> tuple[str, tuple[Mention, ...]] | None:
    for mention in mentions:
        meant = _ENDING.get(text[mention.end : mention.end + 1], "")
        if mention.kind != "agency" or not meant or text[mention.end - 1] == meant:
            continue
        tried = text[: mention.end] + meant + text[mention.end + 1 :]
        found = recognise(tried)
        longer = next((m for m in found if m.start == mention.start and m.end > mention.end), None)
        if longer is None or not longer.candidates:
            continue
        if longer.end > mention.end + 1 or (_AFTER.match(text, mention.end + 1) and text[mention.end] != "是"):
            return tried, found
    return None
