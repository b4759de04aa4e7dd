"""Whether a question can be answered: agency first, then year, then item; nothing in it may stay unrecognised."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.question.gather import GATHERING, left_alone, nested
from bot.question.items import Asked
from bot.question.leftover import counts_people, says_nothing
from bot.question.operations import Operation, denies, loose_numbers
from bot.question.query import Clarification, Item, Outcome, Query, Refusal
from bot.question.reading import Reading
from bot.question.resolve import Named, When, ask_agency, build
from bot.question.settled import unsettled
from bot.wording import data
from index.agencies import Directory


def judged(
    reading: Reading, asked: Asked, items: tuple[Item, ...], inherited_item: bool, operation: Operation,
    named: Named, when: When, directory: Directory, before: Query | None,
) -> Outcome:  # fmt: skip
    """Agency, then year, then item: the first that fails decides."""
    problems = (*_miscounted(reading, named, items), *_not_understood(reading, asked, items, operation))
    attempt = Query(operation.kind, named.agencies, when.years, items, named.group, over=operation.over)
    body = unknown_body(reading)
    missing = _agency_missing(reading, named, attempt, body, operation, problems)
    if missing:
        return missing
    base = before.years[-1] if before and before.years and named.inherited else None
    outcome = build(operation, items, named, when, directory, reading.repaired, base)
    if isinstance(outcome, Refusal):
        return outcome
    outcome = replace(outcome, inherited=outcome.inherited + (("item",) if inherited_item else ()))
    if body and operation.kind != "check":
        return Refusal("no_report", "agency", names=(body,), items=items, agencies=named.agencies, keeps=outcome)
    return _item_missing(reading, outcome, operation, named, problems) or outcome


def _agency_missing(
    reading: Reading, named: Named, attempt: Query, body: str, operation: Operation, problems: tuple[str, ...]
) -> Outcome | None:
    """Not loaded, not clear which, or not named at all."""
    items, years = attempt.items, attempt.years
    if named.unloaded:
        kept = replace(attempt, agencies=(), unloaded=named.unloaded)
        return Refusal(
            "no_report", "agency", names=named.unloaded, years=years, agencies=named.agencies, items=items,
            nearest=named.nearest, keeps=kept,
        )  # fmt: skip
    if body and not named.agencies and not named.ambiguous and not named.group:
        kept = replace(attempt, unloaded=(body,))
        return Refusal("no_report", "agency", names=(body,), items=items, years=years, keeps=kept)
    if named.ambiguous:
        return ask_agency(named, replace(attempt, agencies=()), reading)
    if not named.agencies and not named.group:
        return _nobody(reading, items, operation, attempt, problems)
    return None


def _item_missing(
    reading: Reading, query: Query, operation: Operation, named: Named, problems: tuple[str, ...]
) -> Outcome | None:
    """A word that was not understood, a rate of nothing, or no item at all."""
    refused = Refusal("not_in_report", "item", agencies=named.agencies, years=query.years, keeps=query)
    if problems == (_APART,):
        return replace(refused, reason="apart")
    if problems:
        return replace(refused, unknown=problems, items=query.items)
    if operation.kind in ("ranking", "threshold") and operation.over == "agencies" and len(query.years) > 1:
        return replace(refused, reason="one_year", items=query.items)
    if operation.kind == "check":
        return None
    if not query.items and reading.has("rate", "percent"):
        words = tuple(token.text for token in reading.tokens if token.has("rate", "percent"))
        return replace(refused, unknown=words)
    if not query.items:
        return Clarification((), query, mention="item")
    if _which_of_one(reading, operation, named):
        return Clarification((), replace(query, agencies=()), mention="agency")
    return None


def _miscounted(reading: Reading, named: Named, items: Sequence[Item]) -> tuple[str, ...]:
    """甲区、乙区、丙区三个区, of which only two were found: nothing less than three will do."""
    held = {"agencies": len(named.agencies), "items": len(items)}
    return tuple(each.text for each in reading.counted if held[each.of] != each.count and not named.group)


_APART = "表格与文字"
"""A cell of the table and a sentence of the prose asked for at once."""
_END_OF_YEAR = re.compile(
    "(?<!截至)(?<!截止)(?<!到了)(?<!到)(?<!至)(?:[0-9]{4}年?|去|今|前)年?(年[底末]|年岁末|(?<=年)年中)"
)


def _which_of_one(reading: Reading, operation: Operation, named: Named) -> bool:
    """哪个最多 with one agency spoken of: of which ones is not said."""
    wants = reading.has("who") and reading.has("more", "less", "most", "least")
    return wants and operation.kind == "figures" and len(named.agencies) == 1 and named.inherited


def _nobody(
    reading: Reading,
    items: tuple[Item, ...],
    operation: Operation,
    attempt: Query,
    problems: tuple[str, ...],
) -> Outcome:
    """No agency and no group, named or inherited."""
    numeric = [item for item in items if item.kind not in ("section", "free", "mention")]
    if (numeric or operation.kind == "check") and not problems:
        return Clarification((), replace(attempt, agencies=()), mention="agency")
    if any(item.kind in ("section", "mention") for item in items) and not problems:
        return Clarification((), replace(attempt, agencies=()), mention="agency")
    return Refusal("out_of_scope", "unclear", unknown=problems or reading.unknown)


_BODY = re.compile(
    r"[\u4e00-\u9fff]+(?:小学|中学|大学|学院|学校|幼儿园|医院|公司|集团|银行|派出所|法院|检察院|社区|村委会|居委会|中心|局|委员会|办公室|厅|省|市|县|区|旗|镇|乡|街道|开发区|管委会)$"
)


def unknown_body(reading: Reading) -> str:
    """An unknown stretch that looks like the name of a body or place: 样本路小学."""
    run = ""
    for token in reading.tokens:
        run = run + token.text if token.kind == "unknown" or token.narrows else ""
        if run and _BODY.fullmatch(run) and not token.narrows:
            return run
    return ""


def _not_understood(reading: Reading, asked: Asked, items: Sequence[Item], operation: Operation) -> tuple[str, ...]:
    """What in the question would have to be answered and cannot be."""
    if operation.kind == "prose":
        left = reading.unknown if any(item.kind == "count" and not item.narrowed for item in items) else ()
        return asked.misfits + _other_unit(reading, items) + tuple(t for t in left if not says_nothing(t, items))
    if any(item.kind in ("section", "count", "free", "mention", "reason") for item in items):
        return tuple(item.code for item in items if item.kind == "free") or (_APART,)
    unknown = [
        text for text in reading.unknown if re.search(r"[\w\u4e00-\u9fff]", text) and text != unknown_body(reading)
    ]
    unknown += asked.misfits
    unknown += loose_numbers(reading, operation)
    unknown += unsettled(reading, operation)
    unknown += left_alone(reading, operation, items)
    if operation.kind in GATHERING and operation.conditions and nested(items):
        unknown += [token.text for token in reading.tokens if token.has("sum", "average")][:1]
    figures = [item for item in items if item.kind in ("field", "measure", "share")]
    if figures:
        unknown = [text for text in unknown if not says_nothing(text, figures)]
    if figures and counts_people(reading, figures):
        unknown.append("人数")
    if denies(reading) and operation.kind not in ("yes_no", "threshold"):
        unknown.extend(token.text for token in reading.tokens if token.has("negation"))
    compares = operation.kind in ("difference", "ratio", "more", "yoy", "yes_no", "growth", "trend")
    if reading.has("reason_kinds") and (compares or len(items) < 2):
        unknown.extend(token.text for token in reading.tokens if token.has("reason_kinds"))
    if figures and counts_texts(reading, figures):
        unknown.extend(token.text for token in reading.tokens if token.text in _TEXT_UNITS)
    end = _END_OF_YEAR.search(reading.text)
    if end and not all("carried" in item.code or "in_force" in item.code for item in figures):
        unknown.append(end[1])
    if figures and not operation.conditions:
        unknown.extend(token.text for token in reading.tokens if token.has("excluding"))
    unknown.extend(_counts_something_else(reading, figures))
    unknown.extend(_bodies(reading) if figures else ())
    unknown.extend((*_OFTEN.findall(reading.text), *_OPEN.findall(reading.text)) if figures else ())
    if figures and reading.has_unit("days"):
        unknown.append("天数")
    money = any(item.kind == "field" and item.code.endswith(".amount") for item in items)
    pairs = list(zip(reading.tokens, reading.tokens[1:], strict=False))
    counted = [b.text for a, b in pairs if a.has("quantity") and b.text in ("件", "起", "宗", "次", "份")]
    if money and len(figures) == 1 and counted and not operation.conditions:
        unknown.extend(counted)
    if figures and reading.has_unit("money") and not money:
        unknown.append("金额")
    return tuple(dict.fromkeys(unknown))


def _bodies(reading: Reading) -> tuple[str, ...]:
    """甲市2024年部门予以公开: departments that no group of the question means."""
    if any(mention.kind == "group" for mention in reading.mentions):
        return ()
    pairs = zip((None, *reading.tokens), reading.tokens, strict=False)
    return tuple(
        token.text
        for before, token in pairs
        if token.has("bodies") and token.text == "部门" and not (before and before.text[-1] in "该这那本贵此各哪个")
    )


_OFTEN = re.compile(r"[次回遍人]及?以[上下]的?(?:[\u4e00-\u9fff]{0,3})申请")
"""三次以上的申请: how often somebody asked bounds no total."""
_OPEN = re.compile(r"(?:多少|几件?)[一-鿿]{0,4}，((?:还|尚)?[没未]有?(?:给)?(?:答复|回复|处理|办)[一-鿿]{0,2}的)$")
"""收到多少申请，没答复的: which of those received are unanswered is not printed."""
_PERSONS = re.compile(r"(?<!哪)(?:多少|几)(?:个|位|名)?(人次|人|家|户|册|页|笔|亩|辆)(?![都也])")


def _counts_something_else(reading: Reading, figures: Sequence[Item]) -> tuple[str, ...]:
    """处罚多少人, 收费多少笔: the form counts decisions and money there, not persons and receipts."""
    asked = _PERSONS.search(reading.text)
    if (
        asked is None
        or "件" in reading.text
        or not all(item.kind == "field" and item.code.startswith("disclosure.") for item in figures)
    ):
        return ()
    return (asked[0],) if figures else ()


def _other_unit(reading: Reading, items: Sequence[Item]) -> tuple[str, ...]:
    """微信…几件: a unit in which the prose never counts the thing."""
    if len(items) != 1 or items[0].kind != "count":
        return ()
    units = data("prose.toml")["count"][items[0].code]["units"]
    if reading.has("rate", "percent") or (reading.has_unit("money") and "元" not in units):
        return ("比例" if reading.has("rate", "percent") else "金额",)
    if re.search("人数|人次", reading.text) and not any("人" in unit for unit in units):
        return ("人数",)
    people = [token.text for token in reading.tokens if token.has("quantity") and "人" in token.text]
    if people and not any("人" in unit for unit in units):
        return tuple(people)
    for before, token in zip(reading.tokens, reading.tokens[1:], strict=False):
        counted = "unit_count" in token.codes("filler") or "prose" in token.codes("unit")
        alike = {token.text, *units} <= _OCCASIONS or (token.text in _OCCASIONS and _OCCASIONS & set(units))
        if before.has("quantity") and counted and token.text not in units and not alike:
            return (f"{before.text}{token.text}",)
    return ()


_OCCASIONS = {"场次", "场", "次", "期"}
_TEXT_UNITS = ("条", "篇", "期", "封", "册")


def counts_texts(reading: Reading, items: Sequence[Item]) -> bool:
    """公开了多少条信息 counts publications, not requests, unless 申请 is said."""
    verbs = all(item.kind == "field" and item.code.rsplit(".", 1)[0] in _VERB_ROWS for item in items)
    asked = any(
        token.text in _TEXT_UNITS and before.has("quantity")
        for before, token in zip(reading.tokens, reading.tokens[1:], strict=False)
    )
    return verbs and asked and "申请" not in reading.text


_VERB_ROWS = ("requests.received", "requests.handled", "requests.granted", "requests.partly_granted")
