"""The grammar of names: [place [的] place …] [的] [市] body, found at one spot of a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from index.agencies.bodies import GOVERNMENT, GOVERNMENT_ENDINGS, governs
from index.agencies.gazetteer import gazetteer
from index.agencies.identify import climb, is_central
from index.agencies.lexicon import Lexicon, Token, is_ward

_CONNECTORS = (
    "",
    "的",
    "那边的",
    "那边",
    "这边的",
    "那里的",
    "里的",
    "的那个",
    "那个",
    "市的",
    "下面的",
    "下辖的",
    "下属的",
    " ",
    "两个",
    "三个",
    "四个",
    "五个",
)
_CENTRAL = re.compile(r"国家|国务院")
_OTHER_ENDING = re.compile(r"[县区市州旗盟镇乡](?![别域间分里内外县镇民级属直辖场监管])")
_NATIONAL = re.compile(r"国家税务总局|中华人民共和国|国家统计局")
_LEVELS = "省市州县区"
_NAME = r"[^\s\d的和与跟及或同比、，,。？?！!（）()各哪几所全了在个谁是有年a-zA-Z]"
_UNKNOWN_BODY = re.compile(
    rf"{_NAME}{{1,12}}?(?:局|委员会|行委|管委会|厅|区|县|镇|乡|街道办事处|街道办|街道)"
    rf"|{_NAME}{{0,12}}?(?:行委|管委会|管理委员会|小学|中学|学校|幼儿园|医院|大学|学院|银行|法院|检察院|派出所|博物馆|图书馆|居委会|村委会|酒店|宾馆|饭店"
    r"|商场|超市|机场|车站|研究院|研究所|电视台|集团|有限公司|(?:烟草|燃气|水务|供水|自来水|供电|电力|热力|公交|投资|开发)公司)"
    r"|第?[一二三四五六七八九十]+中(?=[\s\d去今前近的收办，？]|$)"
)
_NO_BODY = re.compile(
    r"申请|公开|行政|收到|办结|处理|企业|机关|部门|单位|结果|信息|比较|分别|报告|多少|去年|今年|前年|近|政府"
    r"|起诉|诉讼|纠正|维持|^加|[加算连带]上|连同|相当|对比|相比|比起|[一总]共|合计|加起"
)


@dataclass(frozen=True, slots=True)
class Parse:
    """One reading of a stretch of text as a name."""

    start: int
    end: int
    codes: tuple[str, ...] = ()
    """What the place named last may be; () where none is named."""
    head: tuple[str, ...] = ()
    """What the place named first may be."""
    tail: tuple[str, ...] = ()
    """Names of the places after the first, as written."""
    body: str = ""
    """Key of the body; '' where only a place is named."""
    prefix: str = ""
    """市 in 市公安局 without a city."""
    unknown: str = ""
    """A name right behind a named place that nobody knows there: 鼓楼区 in 天津市鼓楼区."""
    shorts: int = 0
    """How many of the names are short ones."""
    repaired: bool = False
    joined: bool = False
    """Whether 的 or the like stands between two parts."""
    province_only: bool = False
    """Said with 厅."""
    latin: bool = False
    """Written in pinyin or English."""

    @property
    def bare(self) -> bool:
        """Whether it names no more than one place, or no place at all."""
        return not self.tail and not self.unknown


Repair = Callable[[str, int, tuple[str, ...]], list[Token]]
"""(text, where, places above or ()) → names that were perhaps meant there."""


class Parser:
    """Reads names with the words of one directory."""

    def __init__(self, lexicon: Lexicon, repair_place: Repair, repair_body: Repair) -> None:
        self._lexicon = lexicon
        self._gaz = gazetteer()
        self._repair_place = repair_place
        self._repair_body = repair_body

    def best_at(self, text: str, start: int, ordinary: list[tuple[int, int]]) -> Parse | None:
        """The longest name that begins there; None if none does."""
        if start >= len(text):
            return None
        national = _NATIONAL.match(text, start)
        if national:
            inner = self.best_at(text, national.end(), ordinary)
            if inner is not None and inner.codes and inner.body:
                return replace(inner, start=start)
        found = list(self._with_place(text, start, ordinary)) + list(self._without_place(text, start))
        return self._longest([parse for parse in found if not _HANDLES.match(text, parse.end - 1)])

    def repaired_at(self, text: str, start: int) -> Parse | None:
        """The same where the first name is mistyped."""
        found: list[Parse] = []
        for token in self._repair_place(text, start, ()):
            found += self._extend(text, Parse(start, token.end, token.codes, token.codes, shorts=1, repaired=True))
        if not found:
            found = [Parse(start, t.end, body=t.body, repaired=True) for t in self._repair_body(text, start, ())]
        return self._longest(found)

    def _longest(self, found: list[Parse]) -> Parse | None:
        return max(found, key=lambda p: (p.end, not p.unknown, not p.repaired, -p.shorts, -len(p.tail)), default=None)

    def _with_place(self, text: str, start: int, ordinary: list[tuple[int, int]]) -> Iterator[Parse]:
        for token in self._lexicon.places_at(text, start):
            if _cuts_a_word(start, token, ordinary):
                continue
            inside = any(child.full for child in self._lexicon.children_at(text, token.end, token.codes))  # 甲｜镇海区
            if not token.full and not inside and (other := _OTHER_ENDING.match(text, token.end)):
                yield from self._other_place(text, start, token, other.end())
                continue
            first = Parse(start, token.end, token.codes, token.codes, shorts=0 if token.full else 1)
            for parse in self._extend(text, first):
                if self._acceptable(text, parse, token, ordinary):
                    yield parse

    def _other_place(self, text: str, start: int, token: Token, end: int) -> Iterator[Parse]:
        """示例县 where only a 示例市 is known: another place, unless the ending opens a body (市监局, 区公安局)."""
        first = Parse(start, token.end, token.codes, token.codes, shorts=1)
        bodies = list(self._body_behind(text, first, plain=True))
        yield from bodies
        if not bodies and (len(token.codes) == 1 or any(c in self._lexicon.loaded for c in token.codes)):
            other = Parse(start, end, unknown=text[start:end])
            yield other
            behind = end + text.startswith("的", end)
            tokens = self._lexicon.bodies_at(text, behind, after_place=False)
            tokens += [t for t in self._lexicon.places_at(text, behind) if t.full and is_ward(text[behind : t.end])]
            for inner in tokens:
                yield replace(other, end=inner.end, body=inner.body, unknown=text[start : inner.end])

    def _acceptable(self, text: str, parse: Parse, token: Token, ordinary: list[tuple[int, int]]) -> bool:
        """Whether a short name may open a mention: 资源 (县) and 公安 (县) are ordinary words first."""
        name = text[parse.start : token.end]
        if token.full:
            loaded = any(c in self._lexicon.loaded for c in token.codes)
            return len(name) > 2 or parse.end > token.end or loaded or _stands_alone(text, parse.start, parse.end)
        if any(s <= parse.start < e and token.end <= e for s, e in ordinary):
            if parse.start == 0 and text[token.end : token.end + 1] == " " and self._ward(token):
                return True  # 和平2024年: the year stands behind the name of a district
            return parse.end > token.end and bool(parse.body)
        if any(len(c) <= 4 or c in self._lexicon.loaded for c in token.codes) or len(name) > 2:
            return True
        return parse.end > token.end or _stands_alone(text, parse.start, parse.end)

    def _ward(self, token: Token) -> bool:
        names = [(code, self._gaz.get(code)) for code in token.codes]
        return any(code in self._lexicon.loaded and d is not None and d.name.endswith("区") for code, d in names)

    def _without_place(self, text: str, start: int) -> Iterator[Parse]:
        for token in self._lexicon.bodies_at(text, start, after_place=False):
            if token.body != GOVERNMENT:
                centre = ("0",) if is_central(text[start : token.end]) else ()
                yield Parse(
                    start, token.end, centre, centre, body=token.body, province_only=text[token.end - 1] == "厅"
                )
        if central := _CENTRAL.match(text, start):
            for token in self._lexicon.bodies_at(text, central.end(), after_place=False):
                yield Parse(start, token.end, ("0",), ("0",), body=token.body)
        if text[start] in _LEVELS and (start == 0 or text[start - 1] not in "城"):
            for token in self._lexicon.bodies_at(text, start + 1, after_place=False):
                yield Parse(start, token.end, body=token.body, prefix=text[start])

    def _extend(self, text: str, parse: Parse) -> Iterator[Parse]:
        """The parse itself, and the same with a body or a place within it behind it."""
        yield parse
        known = False
        for connector in _CONNECTORS:
            if not text.startswith(connector, parse.end):
                continue
            at = parse.end + len(connector)
            here = replace(parse, end=at, joined=parse.joined or bool(connector))
            for longer in self._behind(text, here, plain=not connector):
                known = True
                yield longer
        if not known:
            yield from self._unknown_behind(text, parse)

    def _behind(self, text: str, parse: Parse, *, plain: bool) -> Iterator[Parse]:
        yield from self._body_behind(text, parse, plain=plain)
        children = self._lexicon.children_at(text, parse.end, parse.codes)
        if not children and not self._starts_real_name(text, parse.end):
            children = self._repair_place(text, parse.end, parse.codes)
        for child in children:
            yield from self._extend(text, self._narrowed(text, parse, child))

    def _narrowed(self, text: str, parse: Parse, child: Token) -> Parse:
        return replace(parse, end=child.end, codes=child.codes, tail=(*parse.tail, text[parse.end : child.end]),
                       shorts=parse.shorts + (not child.full), repaired=parse.repaired or child.repaired)  # fmt: skip

    def _body_behind(self, text: str, parse: Parse, *, plain: bool) -> Iterator[Parse]:
        tokens = self._lexicon.bodies_at(text, parse.end, after_place=plain)
        if plain:
            names = [d.name for code in parse.codes if (d := self._gaz.get(code)) is not None]
            tokens += [Token(parse.end + len(e), (), GOVERNMENT, True) for e in GOVERNMENT_ENDINGS
                       if text.startswith(e, parse.end) and any(governs(e, name) for name in names)]  # fmt: skip
        level = text[parse.end : parse.end + 1]
        if level in set(_LEVELS) and any(climb(code, level) == code for code in parse.codes):
            tokens += self._lexicon.bodies_at(text, parse.end + 1, after_place=False)
        if not tokens and plain:
            tokens = self._repair_body(text, parse.end, parse.codes)
        for token in tokens:
            yield replace(parse, end=token.end, body=token.body, repaired=parse.repaired or token.repaired)

    def _starts_real_name(self, text: str, at: int) -> bool:
        return any(token.full for token in self._lexicon.places_at(text, at))

    def _beside(self, name: str, codes: tuple[str, ...]) -> bool:
        """Whether a name is that of a neighbour: 乙区 right after 示例市甲区."""
        above = {self._gaz.parent_code(code) for code in codes} - {""}
        return any(self._gaz.within(c, a) for c in self._lexicon.full(name) for a in above)

    def _unknown_behind(self, text: str, parse: Parse) -> Iterator[Parse]:
        """天津市鼓楼区, 南京市第一小学: the named parent binds, so the whole is a name, of something not known."""
        real = next(
            (t for t in self._lexicon.places_at(text, parse.end) if t.full and is_ward(text[parse.end : t.end])), None
        )
        if real is not None and self._beside(text[parse.end : real.end], parse.codes):
            return
        if real is not None:
            bound = replace(parse, end=real.end, unknown=text[parse.end : real.end])
            yield bound
            for token in self._lexicon.bodies_at(text, real.end, after_place=False):
                yield replace(bound, end=token.end, body=token.body, unknown=text[parse.end : token.end])
            return
        found = _UNKNOWN_BODY.match(text, parse.end)
        if found and not _NO_BODY.search(found[0]):
            yield replace(parse, end=found.end(), unknown=found[0])


_HANDLES = re.compile("办[结理毕完了好妥过出掉成]")
"""市政府办结, 街道办理: the verb, no 政府办; 政府办办结 is the office's."""


def _cuts_a_word(start: int, token: Token, ordinary: list[tuple[int, int]]) -> bool:
    """Whether a name would take part of an ordinary word: 政和 in 行政和诉讼."""
    if token.full and token.end - start > 2:
        return False
    return any(s < token.end and start < e and not (start <= s and e <= token.end) for s, e in ordinary
               if not (s <= start and token.end <= e))  # fmt: skip


_LEFT = re.compile(r"(?:^|[\s，,。？?！!、（(：:]|[的在查问看说比和与跟及有说])$")
_RIGHT = re.compile(r"^(?:$|[\s\d，,。？?！!、）)：:的去今前大近上最有和与跟及收]|二[〇零])")


def _stands_alone(text: str, start: int, end: int) -> bool:
    return bool(_LEFT.search(text[:start])) and bool(_RIGHT.match(text[end:]))
