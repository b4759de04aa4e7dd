"""A message in a conversation → what it asks, question by question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from bot.question import collection, form, prose, scope
from bot.question.breakdown import listed
from bot.question.items import Asked, label
from bot.question.normalise import normalise
from bot.question.operations import Operation, Scene, conditions_of, decide, denies, loose_numbers
from bot.question.query import Clarification, Conversation, GroupRef, Item, Outcome, Query, Refusal
from bot.question.reading import Reading, read, without_names
from bot.question.resolve import Named, When, ask_agency, build, inherit_years, name_agencies, name_years
from bot.question.romanised import to_chinese
from bot.question.split import split
from bot.wording import data
from index.agencies import Directory

MOST = 5
"""Questions answered in one message."""


@dataclass(frozen=True, slots=True)
class Understood:
    """One question of a message."""

    text: str
    outcome: Outcome
    trace: dict[str, Any] = field(default_factory=dict)


def understand(
    text: str, conversation: Conversation, directory: Directory, today: date, chosen: dict[int, int] | None = None
) -> list[Understood]:
    """At least one result, at most five. The caller passes `chosen` (mention → agency) when a clarification was settled."""
    plain = normalise(text)
    talk = scope.small_talk(plain)
    if talk:
        return [Understood(text, Refusal("help", talk.kind), {"scope": talk.words})]
    plain = to_chinese(plain, directory)
    parts = split(plain, directory, today) if not chosen else [plain]
    results: list[Understood] = []
    before = conversation.query
    for part in parts[:MOST]:
        result = _one(part, before, directory, today, chosen or {}, continuing=bool(results))
        results.append(result)
        before = _kept(result.outcome) or before
    return results


def _kept(outcome: Outcome) -> Query | None:
    if isinstance(outcome, Query):
        return outcome
    return outcome.query if isinstance(outcome, Clarification) else outcome.keeps


def _one(text: str, before: Query | None, directory: Directory, today: date, chosen: dict[int, int], *, continuing: bool = False
) -> Understood:
    reading = read(text, directory, today)
    outside = scope.out_of_scope(without_names(reading))
    if outside:
        return Understood(
            text,
            Refusal("out_of_scope", outside.reason, unknown=(outside.words,)),
            _trace(reading, {"scope": outside.words}),
        )
    lent = before
    if before and not continuing and _is_full(reading):
        lent = None
    elif before and any(mention.kind == "agency" for mention in reading.mentions):
        reading = read(text, directory, today, near=before.agencies)
    outcome = _outcome(reading, lent, directory, today, chosen)
    return Understood(text, outcome, _trace(reading, {}))


def _is_full(reading: Reading) -> bool:
    """Whether the question stands on its own: it names an agency or group and an item, and does not lean back."""
    if reading.text.startswith(("那", "换", "再")) or reading.text.endswith("呢"):
        return False
    _, _, asked = conditions_of(reading, ())
    operation = reading.has("check", "loaded", "earliest")
    return bool(reading.mentions) and (bool(asked.items) or operation) and not _leans(reading)


def _leans(reading: Reading) -> bool:
    """和西城区比差多少 names one side only."""
    alone = len(reading.mentions) == 1 and reading.mentions[0].kind == "agency"
    _, _, asked = conditions_of(reading, ())
    return alone and reading.has("than", "difference") and not asked.items


def _outcome(
    reading: Reading, before: Query | None, directory: Directory, today: date, chosen: dict[int, int]
) -> Outcome:
    about = collection.ask(reading, before, directory, today, chosen)
    if about:
        return about
    conditions, either, asked = conditions_of(reading, before.items if before else ())
    when = name_years(reading, before, today, fresh=before is None)
    adds = (
        before is not None
        and not asked.items
        and reading.has("than", "difference", "ratio", "compare", "more", "less")
        and len(reading.mentions) == 1
    )
    probe = name_agencies(reading, inherit_years(when, before, False), before, directory, chosen, adds=adds)
    asked = _with_prose(reading, asked, probe)
    asked = replace(asked, items=_with_units(reading, asked.items))
    asked = replace(asked, items=listed(reading, asked.items, before.items if before else ()))
    items, inherited_item = _items(reading, asked, before)
    operation = decide(reading, _scene(reading, probe, when, items, before, bool(asked.items)), conditions, either)
    if before is not None and _brings_nothing(reading, asked, when, operation):
        return Refusal("out_of_scope", "unclear", keeps=before)
    operation = _settled(operation, reading, asked, before, items)
    probe = _everybody(reading, operation, probe, before, directory)
    when = _inherited(when, before, operation, probe)
    return _checked(reading, asked, items, inherited_item, operation, probe, when, directory, before)


def _brings_nothing(reading: Reading, asked: Asked, when: When, operation: Operation) -> bool:
    """然后呢, 多吗, 谁: a follow-up that names nothing new and wants nothing that can be worked out."""
    named = asked.items or asked.misfits or reading.mentions or reading.unknown or when.kind != "none" or when.previous
    if named or operation.topic or operation.conditions or reading.has("rate", "percent", "reason_kinds", "applicant_kinds"):
        return False
    return operation.kind in ("figures", "ranking", "threshold") or (operation.kind == "yes_no" and operation.claim in ("exists", "none"))


def _inherited(when: When, before: Query | None, operation: Operation, named: Named) -> When:
    spans = operation.kind == "trend" or (
        operation.over == "years" and operation.kind in ("ranking", "threshold", "average")
    )
    return inherit_years(when, before, spans)


def _items(reading: Reading, asked: Asked, before: Query | None) -> tuple[tuple[Item, ...], bool]:
    if asked.items or asked.misfits or before is None:
        return asked.items, False
    if reading.has("rate", "percent") and not reading.has("yoy", "grow", "shrink"):
        shares = [form.share(item.code) for item in before.items if item.kind == "field"]
        return tuple(share for share in shares if share), True
    return before.items, True


def _with_units(reading: Reading, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """多少份公报: a count of the prose is looked for in the unit that is asked."""
    if len(items) != 1 or items[0].kind != "count":
        return items
    tokens = reading.tokens
    for place, token in enumerate(tokens[1:], 1):
        if tokens[place - 1].has("quantity") and "prose" in token.codes("unit"):
            return (replace(items[0], unit=token.text),)
    return items


def _with_prose(reading: Reading, asked: Asked, named: Named) -> Asked:
    """Words that no item covers may be a thing counted in the prose: 志愿服务活动几次."""
    text_count = asked.items and reading.unknown and _counts_texts(reading, asked.items)
    if (asked.items and not text_count) or asked.misfits:
        return asked
    free = prose.free_item(reading)
    return Asked((free,)) if free and (named.agencies or named.unloaded or named.ambiguous) else asked


def _scene(reading: Reading, named: Named, when: When, items: Sequence[Item], before: Query | None, own: bool) -> Scene:
    years = len(when.years) if when.kind in ("named", "span") else 0
    if when.kind == "none" and named.inherited and before is not None:
        years = len(before.years)
    return Scene(
        agencies=len(named.agencies) + (1 if named.unloaded or named.ambiguous else 0),
        years=years,
        items=len(items),
        own_items=own,
        group=named.group is not None,
        previous=when.previous,
        follows=before is not None,
        year_span=when.kind in ("span", "all"),
        against=when.against,
    )


def _everybody(
    reading: Reading, operation: Operation, named: Named, before: Query | None, directory: Directory
) -> Named:
    """申请最少的三家, 谁的申请最多: without a group, all that are loaded."""
    if (
        operation.kind not in ("ranking", "threshold")
        or operation.over != "agencies"
        or named.group
        or named.unloaded
        or named.ambiguous
    ):
        return named
    if (
        len(named.agencies) > 1
        or (named.agencies and not named.inherited)
        or not (reading.has("most", "least", "rank", "who", "everybody") or operation.top)
    ):
        return named
    members = tuple(agency.id for agency in directory.agencies)
    return Named((), GroupRef("所有单位", "all", members))


_KEPT_KINDS = (
    "ranking",
    "threshold",
    "sum",
    "average",
    "trend",
    "yoy",
    "check",
    "prose",
    "yes_no",
    "difference",
    "ratio",
    "more",
    "place",
)


def _settled(
    operation: Operation, reading: Reading, asked: Asked, before: Query | None, items: Sequence[Item]
) -> Operation:
    """Prose items make a prose question; a bare 那2023年呢 repeats the kind of question asked before."""
    if items and all(item.kind in ("section", "count", "free") for item in items):
        return Operation("prose")
    bare = before is not None and operation.kind == "figures" and not reading.has("quantity", "each", "who", "trend")
    if bare and before is not None and before.kind in _KEPT_KINDS and _repeats(before, reading):
        return Operation(
            before.kind,
            before.over,
            before.order,
            before.top,
            before.nth,
            before.conditions,
            before.either,
            before.claim,
            before.topic,
        )
    return operation


def _repeats(before: Query, reading: Reading) -> bool:
    """Whether the same kind of question can be asked of the newly named part."""
    if before.kind in ("difference", "ratio", "more"):
        return before.over == "agencies" and not reading.mentions
    if before.kind == "trend":
        return not reading.years
    if before.kind in ("sum", "average", "ranking", "threshold") and before.over == "agencies":
        return not any(mention.kind == "agency" for mention in reading.mentions)
    return True


def _checked(
    reading: Reading, asked: Asked, items: tuple[Item, ...], inherited_item: bool, operation: Operation,
    named: Named, when: When, directory: Directory, before: Query | None,
) -> Outcome:  # fmt: skip
    """Agency, then year, then item: the first that fails decides."""
    problems = _not_understood(reading, asked, items, operation)
    attempt = Query(operation.kind, named.agencies, when.years, items, named.group, over=operation.over)
    if named.unloaded:
        return Refusal(
            "no_report",
            "agency",
            names=named.unloaded,
            agencies=named.agencies,
            items=items,
            nearest=named.nearest,
            years=when.years,
            keeps=replace(attempt, agencies=(), unloaded=named.unloaded),
        )
    body = unknown_body(reading)
    if body and not named.agencies and not named.ambiguous and not named.group:
        return Refusal(
            "no_report",
            "agency",
            names=(body,),
            items=items,
            years=when.years,
            keeps=replace(attempt, unloaded=(body,)),
        )
    if named.ambiguous:
        return ask_agency(named, replace(attempt, agencies=()), reading)
    if not named.agencies and not named.group:
        return _nobody(reading, asked, items, operation, when, attempt, problems)
    base = before.years[-1] if before and before.years and named.inherited else None
    outcome = build(operation, items, named, when, directory, reading.repaired, base)
    if isinstance(outcome, Refusal):
        return outcome
    outcome = replace(outcome, inherited=outcome.inherited + (("item",) if inherited_item else ()))
    if body and operation.kind != "check":
        return Refusal("no_report", "agency", names=(body,), items=items, agencies=named.agencies, keeps=outcome)
    if problems:
        return Refusal(
            "not_in_report",
            "item",
            unknown=problems,
            agencies=named.agencies,
            years=outcome.years,
            items=items,
            keeps=replace(outcome, items=items),
        )
    if operation.kind == "check":
        return outcome
    if not items:
        return Clarification((), replace(outcome, items=()), mention="item")
    if _which_of_one(reading, operation, named):
        return Clarification((), replace(outcome, agencies=()), mention="agency")
    return outcome


def _which_of_one(reading: Reading, operation: Operation, named: Named) -> bool:
    """哪个最多 with one agency spoken of: of which ones is not said."""
    wants = reading.has("who") and reading.has("more", "less", "most", "least")
    return wants and operation.kind == "figures" and len(named.agencies) == 1 and named.inherited


def _nobody(
    reading: Reading,
    asked: Asked,
    items: tuple[Item, ...],
    operation: Operation,
    when: When,
    attempt: Query,
    problems: tuple[str, ...],
) -> Outcome:
    """No agency and no group, named or inherited."""
    numeric = [item for item in items if item.kind not in ("section", "free")]
    if (numeric or operation.kind == "check") and not problems:
        return Clarification((), replace(attempt, agencies=()), mention="agency")
    if any(item.kind == "section" for item in items) and not problems:
        return Clarification((), replace(attempt, agencies=()), mention="agency")
    return Refusal("out_of_scope", "unclear", unknown=problems or reading.unknown)


_BODY = re.compile(
    r"[\u4e00-\u9fff]+(?:小学|中学|大学|学院|学校|幼儿园|医院|公司|集团|银行|派出所|法院|检察院|社区|村委会|居委会|中心|局|委员会|办公室|厅|省|市|县|区|旗|镇|乡|街道|开发区|管委会)$"
)


def unknown_body(reading: Reading) -> str:
    """An unknown stretch that looks like the name of a body or place: 昆仑路小学."""
    for token in reading.tokens:
        if token.kind == "unknown" and _BODY.fullmatch(token.text):
            return token.text
    return ""


def _not_understood(reading: Reading, asked: Asked, items: Sequence[Item], operation: Operation) -> tuple[str, ...]:
    """What in the question would have to be answered and cannot be."""
    if operation.kind == "prose":
        return asked.misfits + _other_unit(reading, items)
    if any(item.kind in ("section", "count", "free") for item in items):
        return tuple(item.code for item in items if item.kind == "free") or ("表格与文字",)
    unknown = [
        text for text in reading.unknown if re.search(r"[\w\u4e00-\u9fff]", text) and text != unknown_body(reading)
    ]
    unknown += asked.misfits
    unknown += loose_numbers(reading, operation)
    figures = [item for item in items if item.kind in ("field", "measure", "share")]
    if denies(reading) and operation.kind not in ("yes_no", "threshold"):
        unknown.extend(token.text for token in reading.tokens if token.has("negation"))
    if reading.has("reason_kinds") and len(items) < 2 and operation.kind == "figures":
        unknown.extend(token.text for token in reading.tokens if token.has("reason_kinds"))
    if figures and _counts_texts(reading, figures):
        unknown.extend(token.text for token in reading.tokens if token.text in _TEXT_UNITS)
    if figures and reading.has_unit("days"):
        unknown.append("天数")
    money = any(item.kind == "field" and item.code.endswith(".amount") for item in items)
    if figures and reading.has_unit("money") and not money:
        unknown.append("金额")
    return tuple(dict.fromkeys(unknown))


def _other_unit(reading: Reading, items: Sequence[Item]) -> tuple[str, ...]:
    """微信…几件: a unit in which the prose never counts the thing."""
    if len(items) != 1 or items[0].kind != "count":
        return ()
    units = data("prose.toml")["count"][items[0].code]["units"]
    for before, token in zip(reading.tokens, reading.tokens[1:], strict=False):
        if before.has("quantity") and "unit_count" in token.codes("filler") and token.text not in units:
            return (f"{before.text}{token.text}",)
    return ()


_TEXT_UNITS = ("条", "篇", "期", "封", "册")


def _counts_texts(reading: Reading, items: Sequence[Item]) -> bool:
    """公开了多少条信息 counts publications, not requests, unless 申请 is said."""
    verbs = all(item.kind == "field" and item.code.rsplit(".", 1)[0] in _VERB_ROWS for item in items)
    asked = any(
        token.text in _TEXT_UNITS and before.has("quantity") for before, token in zip(reading.tokens, reading.tokens[1:], strict=False)
    )
    return verbs and asked and "申请" not in reading.text


_VERB_ROWS = ("requests.received", "requests.handled", "requests.granted", "requests.partly_granted")


def _trace(reading: Reading, more: dict[str, Any]) -> dict[str, Any]:
    """What was recognised, for explain and bug reports."""
    return {
        "text": reading.text,
        "years": [{"text": each.text, "kind": each.kind, "years": list(each.years)} for each in reading.years],
        "agencies": [_mention(mention) for mention in reading.mentions],
        "words": [
            _word(token)
            for token in reading.tokens
            if token.kind == "word" and any(e.kind not in ("filler",) for e in token.entries)
        ],
        "unknown": list(reading.unknown),
        **more,
    }


def _mention(mention: Any) -> dict[str, Any]:
    return {
        "text": mention.text,
        "kind": mention.kind,
        "candidates": [
            {"agency": c.agency.name, "score": round(c.score, 1), "how": c.how} for c in mention.candidates[:10]
        ],
        "known": [known.name for known in mention.known],
        **({"group": mention.group.label, "members": len(mention.group.members)} if mention.group else {}),
    }


def _word(token: Any) -> dict[str, Any]:
    meanings = [f"{entry.kind}:{entry.code}" for entry in token.entries if entry.kind != "filler"]
    return {"text": token.text, "means": meanings, **({"repaired": token.repaired} if token.repaired else {})}


def describe(item: Item) -> str:
    """An item's name for people."""
    return label(item.code)
