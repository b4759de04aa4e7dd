"""What only the prose says: problems, improvements, counts. Always a quotation, never a paraphrase."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bot.answers.context import Context, notes_of
from bot.answers.model import Answer, Note, Quote
from bot.question.normalise import simplified
from bot.question.numerals import number
from bot.question.query import Item, Query
from bot.wording import data
from index.store.records import StoredPassage

MOST = 5
"""Sentences quoted for a word."""

_SENTENCE = re.compile(r"[^。；！？;]+[。；！？;]?")
_VERB = re.compile("^(?:公开|发布|公布|办理|回应|处置|推送|编发|出版|开展|举办)了?")
_CLAUSE = re.compile(r"[^，。；！？、;,]+")
_NUMBER = re.compile(r"(\d[\d,，]*(?:\.\d+)?(?:万|亿)?)\s*(余|多)?\s*(万元|元|[\u4e00-\u9fff]{1,2})")


def answer(query: Query, context: Context) -> Answer:
    """Quotations for every item; the value when it is one count."""
    if not query.agencies:
        return Answer("clarify", "prose", query, verdict="agency")
    quotes: list[Quote] = []
    values: list[tuple[Decimal, str]] = []
    reports = [(each, year) for each in query.agencies for year in query.years if context.index.source(each, year)]
    for agency, year in reports:
        for item in query.items:
            found, value = _item(item, agency, year, context)
            quotes.extend(found)
            values.extend([value] if value else [])
    if not reports:
        return Answer(
            "no_report", "prose", query, verdict="year", facts={"years": query.years, "agencies": query.agencies}
        )
    words = [item.code for item in query.items if item.kind == "mention"]
    absent = tuple(word for word in words if not any(word in simplified(quote.text).lower() for quote in quotes))
    if not quotes and words:
        return Answer("not_in_report", "prose", query, verdict="unmentioned", facts={"words": absent})
    if not quotes:
        why = all(item.kind == "reason" for item in query.items)
        return Answer("not_in_report", "prose", query, verdict="reason" if why else "prose")
    if words:
        printed = 1 if query.claim == "exists" and not absent and len(reports) == 1 else None
        notes = (*notes_of(query), *([Note("unmentioned", {"words": "、".join(absent)})] if absent else []))
        return Answer("answer", "prose", query, value=printed, quotes=tuple(dict.fromkeys(quotes))[:MOST], notes=notes)
    single = values[0] if len(values) == 1 and len(query.items) == 1 and len(reports) == 1 else None
    shown = single[0] if single else None
    exact = int(shown) if shown is not None and shown == shown.to_integral_value() else shown
    return Answer(
        "answer",
        "prose",
        query,
        value=exact,
        unit=single[1] if single else "",
        quotes=tuple(dict.fromkeys(quotes)),
        notes=notes_of(query),
    )


def _item(item: Item, agency: int, year: int, context: Context) -> tuple[list[Quote], tuple[Decimal, str] | None]:
    if item.kind == "section":
        return _section(item.code, agency, year, context), None
    if item.kind == "mention":
        return list(_sentences_with(item.code, agency, year, context)), None
    if item.kind == "reason":
        return _reasons(item.code, agency, year, context), None
    if item.kind == "count":
        about = data("prose.toml")["count"][item.code]
        groups = [tuple(group) for group in about["find"]]
        unless = about.get("unless", "")
        if item.narrowed:
            return _part(item, groups, [item.unit] if item.unit else about["units"], agency, year, context)
        noun = _VERB.sub("", item.words)
        if len(noun) > 2:
            found = _count([(noun,)], about["units"], agency, year, context, unless)
            if found[1] and _alike(item.unit, found[1][1]):
                return found
        if item.unit:
            found = _count(
                groups, _OCCASIONS if item.unit in _OCCASIONS else [item.unit], agency, year, context, unless
            )
            if found[1]:
                return found
        found = _count(groups, about["units"], agency, year, context, unless)
        if not found[0]:
            return _denied(groups, agency, year, context), None
        return found if not found[1] or _alike(item.unit, found[1][1]) else ([], None)
    units = _OCCASIONS if item.unit in _OCCASIONS else [item.unit] if item.unit else []
    return _count([tuple(item.code.split("·"))], units, agency, year, context)


def _sentences_with(word: str, agency: int, year: int, context: Context) -> Iterator[Quote]:
    """Every sentence that prints the word, in whichever script."""
    for passage in context.index.passages([agency], [year]):
        for sentence in _SENTENCE.findall(passage.text):
            if word in simplified(sentence).lower():
                yield _quote(passage, sentence.strip())


_OCCASIONS = ("场次", "场", "次", "期")
_PIECES = ("条", "件", "篇", "则", "个", "份")


def _alike(asked: str, printed: str) -> bool:
    """场 and 次, 条 and 件 count the same; 册 and 期 do not."""
    return not asked or any(asked in alike and printed in alike for alike in (_OCCASIONS, _PIECES))


def _section(code: str, agency: int, year: int, context: Context) -> list[Quote]:
    """The paragraphs of the section that hold its key words; all of it where none does."""
    about = data("prose.toml")["section"][code]
    passages = context.index.passages([agency], [year], topic=about["topic"])
    if code in ("problems", "improvements"):
        chosen = _half(passages, code)
        passages = tuple(chosen) or passages
    return [_quote(each, each.text) for each in passages if each.text.strip()]


def _reasons(code: str, agency: int, year: int, context: Context) -> list[Quote]:
    """The sentences that speak of the thing and say why."""
    about = data("prose.toml")["reason"]
    row = max((each for each in about["near"] if code.startswith(each + ".")), key=len, default="")
    said = re.compile("|".join(about["said"]))
    passages = context.index.passages([agency], [year])
    return [
        _quote(passage, sentence.strip())
        for passage in passages
        for sentence in _SENTENCE.findall(passage.text)
        if said.search(sentence) and any(word in sentence for word in about["near"].get(row, ()))
    ]


_TURN = re.compile(
    r"改进(?:措施|情况|办法|方向)|下一步|下步|今后|针对(?:上述|以上|存在)|整改措施|为此|工作打算|将(?:从|进一步|继续|重点)"
)


def _half(passages: Sequence[StoredPassage], code: str) -> list[StoredPassage]:
    """Problems up to the words that turn to improvements, improvements from there; a paragraph with both is both."""
    turned = False
    before: list[StoredPassage] = []
    after: list[StoredPassage] = []
    for passage in passages:
        match = _TURN.search(passage.text)
        if (match and match.start() > 30 and not turned) or (not match and not turned):
            before.append(passage)
        turned = turned or bool(match)
        if turned:
            after.append(passage)
    return before if code == "problems" else after


def _count(
    groups: Sequence[tuple[str, ...]], units: Sequence[str], agency: int, year: int, context: Context, unless: str = ""
) -> tuple[list[Quote], tuple[Decimal, str] | None]:
    """The sentences that have the words and a number with a fitting unit beside them; a value only if just one fits."""
    for words in groups:
        quotes: list[Quote] = []
        values: list[tuple[Decimal, str]] = []
        for passage in context.index.passages([agency], [year], contains=words):
            for sentence in _SENTENCE.findall(passage.text):
                found = _numbers_beside(sentence, words, units, unless)
                if found:
                    quotes.append(_quote(passage, sentence.strip()))
                    values.extend(found)
        if quotes:
            return quotes, values[0] if len(set(values)) == 1 else None
    return [], None


_NEVER = re.compile("没有|未曾|未|无|没")


def _denied(groups: Sequence[tuple[str, ...]], agency: int, year: int, context: Context) -> list[Quote]:
    """本年度没有收取信息处理费: a clause that says there was none."""
    found: list[Quote] = []
    for passage in context.index.passages([agency], [year]):
        for sentence in _SENTENCE.findall(passage.text):
            clauses = [c for c in _CLAUSE.findall(sentence) if any(all(w in c for w in group) for group in groups)]
            if any(_NEVER.search(clause) for clause in clauses):
                found.append(_quote(passage, sentence.strip()))
    return found


def _part(
    item: Item, groups: Sequence[tuple[str, ...]], units: Sequence[str], agency: int, year: int, context: Context
) -> tuple[list[Quote], tuple[Decimal, str] | None]:
    """投诉类1874条、咨询类2960条: the number that stands in one clause with the narrowing words."""
    quotes: list[Quote] = []
    values: list[tuple[Decimal, str]] = []
    for passage in context.index.passages([agency], [year]):
        for sentence in _SENTENCE.findall(passage.text):
            if not any(all(word in sentence for word in group) for group in groups):
                continue
            clauses = [match[0] for match in _CLAUSE.finditer(_joined(sentence))]
            short = any(len(word) < 2 for word in item.narrowed)  # 错 in 找错留言 must stand beside 留言
            near = [c for c in clauses if not short or any(all(word in c for word in group) for group in groups)]
            found = [value for clause in near if (value := _beside_all(clause, item.narrowed, units))]
            if found:
                quotes.append(_quote(passage, sentence.strip()))
                values.extend(found)
    return quotes, values[0] if len(set(values)) == 1 else None


def _beside_all(clause: str, words: Sequence[str], units: Sequence[str]) -> tuple[Decimal, str] | None:
    """The one fitting number of a clause that has all the words."""
    if not all(word in clause for word in words):
        return None
    fitting = [match for match in _NUMBER.finditer(clause) if _fits(match, clause, units)]
    value = number(fitting[0][1].replace(",", "")) if len(fitting) == 1 else None
    if value is None:
        return None
    unit = next((unit for unit in units if fitting[0][3].startswith(unit)), fitting[0][3][:1])
    return Decimal(str(value)), unit


def _numbers_beside(
    sentence: str, words: Sequence[str], units: Sequence[str], unless: str
) -> list[tuple[Decimal, str]]:
    """For every clause with the words its nearest fitting number; with one unit asked also in the next clause."""
    clauses = [match[0] for match in _CLAUSE.finditer(_joined(sentence))]
    values: list[tuple[Decimal, str]] = []
    for place, clause in enumerate(clauses):
        at = _place_of(clause, words)
        quoted = at is not None and clause[max(0, at - 1) : at] in ("”", "」", "》")  # “…找错”留言: of a sort
        if at is None or quoted or (unless and re.search(unless, clause)):
            continue
        whole = clause
        if len(units) == 1 and not _NUMBER.search(clause):
            whole += "".join(clauses[place + 1 : place + 2])
        fitting = [match for match in _NUMBER.finditer(whole) if _fits(match, whole, units)]
        if fitting:
            match = min(fitting, key=lambda each: abs(each.start() - at))
            value = number(match[1].replace(",", ""))
            unit = next((unit for unit in units if match[3].startswith(unit)), match[3][:1])
            if value is not None:
                values.append((Decimal(str(value)), unit))
    return values


def _place_of(clause: str, words: Sequence[str]) -> int | None:
    """Where the words stand: in their order, with nothing but general words between them."""
    between = r"(?:政府|政务|各类|各种|主动|全年|累计|相关|公开|了|的)*"
    match = re.search(between.join(map(re.escape, words)), clause)
    return match.start() if match else None


def _fits(match: re.Match[str], clause: str, units: Sequence[str]) -> bool:
    if clause[match.end() :][:1] == "年" or match[3].startswith(("年", "月", "日")):
        return False
    return not units or any(match[3].startswith(unit) and match[3][:2] != "个次" for unit in units)


def _joined(sentence: str) -> str:
    """1,234 is one number."""
    return re.sub(r"(?<=\d)[,，](?=\d{3}(?!\d))", "", sentence)


def _quote(passage: StoredPassage, text: str) -> Quote:
    source = passage.source
    return Quote(
        source.agency,
        source.year,
        passage.section,
        text,
        passage.place.page if passage.place else None,
        source.title,
        source.file,
    )
