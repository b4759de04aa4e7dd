"""One question cut into its recognised stretches: years, agencies, words; the rest stays unknown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from bot.question.enumerated import Counted, closed
from bot.question.others import pointed_out
from bot.question.parents import completed
from bot.question.tokens import Span, Token, tokenise
from bot.question.years import YearMention, find_years
from bot.wording import Entry, data
from bot.wording.lexicon import STRONG
from index.agencies import Directory, Mention


@dataclass(frozen=True, slots=True)
class Reading:
    """A question's stretches, in text order."""

    text: str
    """Normalised."""
    years: tuple[YearMention, ...]
    mentions: tuple[Mention, ...]
    tokens: tuple[Token, ...]
    counted: tuple[Counted, ...] = ()
    """How many a list of names was said to hold: 甲区、乙区两个区."""

    def has(self, *operations: str) -> bool:
        """Whether any token may mean one of these operations."""
        return any(token.has(*operations) for token in self.tokens)

    def has_unit(self, *units: str) -> bool:
        return any(code in units for token in self.tokens for code in token.codes("unit"))

    @property
    def unknown(self) -> tuple[str, ...]:
        """What no known word covers, with the loose characters that touch it: 按时, not 按."""
        return leftovers(self.tokens)

    @property
    def repaired(self) -> tuple[tuple[str, str], ...]:
        return tuple((token.text, token.repaired) for token in self.tokens if token.repaired)


_REPORT_NAME = re.compile(
    r"(?<=[的年度之，])政府信息|(?:人大|政协)(?=代表|委员|的?建议|的?提案|议案|(?:和|、|与|及|以及)(?:人大|政协))"
)
"""示例市的政府信息公开工作年度报告, 2024年的政府信息公开申请, 政协提案: these name no government and no body."""


def read(text: str, directory: Directory, today: date, near: Sequence[int] = ()) -> Reading:
    """Normalised text → its stretches. Years first, so that their digits do not disturb names."""
    text, counted = closed(text)
    years = find_years(text, today)
    blanked = list(text)
    for year in years:
        blanked[year.start : year.end] = " " * (year.end - year.start)
    for match in _REPORT_NAME.finditer(text):
        blanked[match.start() : match.end()] = " " * len(match[0])
    mentions = tuple(_clear_of(years, each) for each in directory.recognise("".join(blanked), near=near))
    if joined := _with_its_parent(text, "".join(blanked), mentions) or completed(text, mentions, directory):
        return read(joined, directory, today, near)
    spans = [Span(each.start, each.end, "year", number) for number, each in enumerate(years)]
    spans += [Span(each.start, each.end, "agency", number) for number, each in enumerate(mentions)]
    spans.sort(key=lambda span: span.start)
    tokens = pointed_out(_glossed([_carrying(token, years) for token in tokenise(text, spans)]))
    return Reading(text, years, mentions, tokens, counted)


def _clear_of(years: Sequence[YearMention], mention: Mention) -> Mention:
    """甲市人民政｜2024年: a name repaired over the blank of a year ends where the year begins."""
    for year in years:
        if mention.start < year.start < mention.end <= year.end:
            kept = mention.text[: year.start - mention.start]
            return replace(mention, end=year.start, text=kept)
    return mention


def _with_its_parent(text: str, blanked: str, mentions: Sequence[Mention]) -> str:
    """甲市2024年乙区收到多少: the city goes with its district, it is not asked about itself; '' where nothing moves."""
    for first, second in pairwise(mentions):
        gap = blanked[first.end : second.start]
        if first.kind != "agency" or second.kind != "agency" or gap.strip("的在 ") or not gap.strip("的在"):
            continue
        city = first.candidates[0].agency.name.removesuffix("人民政府") if len(first.candidates) == 1 else ""
        below = [each for each in second.candidates if each.agency.name.startswith(city)]
        if city.endswith(("省", "市", "州", "盟", "县", "区", "旗")) and below and not second.text.startswith(city):
            moved = text[first.end : second.start]
            return text[: first.start] + moved + text[first.start : first.end] + text[second.start :]
    return ""


def _carrying(token: Token, years: Sequence[YearMention]) -> Token:
    """留到2024年 says 结转下年, 从2022年转来 says 上年结转."""
    carry = years[token.index].carry if token.kind == "year" else ""
    if carry not in ("in", "out"):
        return token
    return replace(token, entries=(Entry("row", f"requests.carried_{carry}"),))


_APPLICANTS = frozenset(("person", "company", "research", "charity", "legal_service", "other_org", "organisations"))


def _glossed(tokens: list[Token]) -> list[Token]:
    """吃了闭门羹（不予公开）的申请: the term in brackets says what the words before it mean."""
    for place in range(1, len(tokens) - 2):
        term = [each for each in tokens[place + 1].entries if each.strength == STRONG and each.code not in _APPLICANTS]
        kinds = {entry.kind for entry in term} & {"row", "column", "field", "measure"}
        if tokens[place].text != "（" or tokens[place + 2].text != "）" or not kinds:
            continue
        at = place - 1
        while at >= 0 and tokens[at].kind not in ("agency", "year") and tokens[at].text not in "，。、（）":
            tokens[at] = _beside_gloss(tokens[at], [each.code for each in term if each.kind in ("row", "field")])
            at -= 1
    return tokens


def _beside_gloss(token: Token, rows: Sequence[str]) -> Token:
    """An unknown word says nothing more than the term; nor does another row, unless it lies within that one."""
    own = [entry.code for entry in token.entries if entry.kind in ("row", "field")]
    within = any(code == row or code.startswith(row + ".") for code in own for row in rows)
    narrower = len(token.text) > 1 and any(
        token.text in about["label"] for about in data("fields.toml")["row"].values()
    )
    if (token.kind == "unknown" and not narrower) or _is_loose(token) or (rows and own and not within):
        return replace(token, kind="word", entries=(Entry("filler", "gloss"),))
    return token


def cut(reading: Reading, tokens: Sequence[Token]) -> Reading:
    """The same reading with only these tokens."""
    return replace(reading, tokens=tuple(tokens))


_MEASURED = frozenset("几多少哪每各这那一两半数")


def leftovers(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Unknown stretches and narrowing words. A measure word counts as known only after a number or 几, 多少, 哪, 每."""
    runs: list[str] = []
    open_run = False
    prose = any(token.codes("count") for token in tokens)
    for place, token in enumerate(tokens):
        loose = _is_loose(token) and not _measures(tokens, place)
        loose = loose or (not prose and bool(token.entries) and all(e.code == "prose_verbs" for e in token.entries))
        if token.narrows:
            runs.append(token.text)
            open_run = False
        elif token.kind == "unknown" or loose:
            if open_run:
                runs[-1] += token.text
            else:
                runs.append(token.text)
            open_run = True
        else:
            open_run = False
    return tuple(runs)


def _adds_nothing(tokens: Sequence[Token], place: int) -> bool:
    """加急: 加 joins only years, agencies and items."""
    if tokens[place].text not in ("加", "减"):
        return False
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    return after is None or not (
        after.kind in ("year", "agency", "number")
        or any(entry.kind in ("row", "column", "field", "measure") for entry in after.entries)
    )


def _is_loose(token: Token) -> bool:
    """A single character that is only a measure word or the rest of a longer word."""
    return (
        len(token.text) == 1
        and bool(token.entries)
        and all(
            (entry.kind == "filler" and entry.code in ("unit_count", "soft")) or entry.kind == "unit"
            for entry in token.entries
        )
    )


def _measures(tokens: Sequence[Token], place: int) -> bool:
    before = tokens[place - 1] if place else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if before is not None and (
        before.kind in ("number", "nth", "top") or before.has("quantity", "who", "which_year", "each")
    ):
        return True
    if (
        tokens[place].text in "类等"
        and before is not None
        and any(e.kind in ("row", "column", "field") for e in before.entries)
    ):
        return True
    if before is not None and before.text == "（":
        return True
    if before is not None and before.text[-1] in _MEASURED:
        return True
    return after is not None and after.text.startswith(("数", "次", "%")) and after.kind == "word"


_BODY_ENDS = ("局", "委", "办", "厅", "院", "会", "政府", "中心", "办公室")


def without_names(reading: Reading) -> str:
    """The text with agencies blanked out, for judging what it is about."""
    text = list(reading.text)
    for mention in reading.mentions:
        known = any(known.real for known in mention.known) or mention.text.endswith(_BODY_ENDS)
        if mention.kind == "agency" and (mention.candidates or known):
            text[mention.start : mention.end] = "□" * (mention.end - mention.start)
    return "".join(text)
