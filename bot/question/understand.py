"""A message in a conversation → what it asks, question by question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from bot.question import collection, elsewhere, excepting, form, pair, prose, report, scope, terms
from bot.question.asides import without_asides, without_lead_in
from bot.question.breakdown import listed, whys
from bot.question.conditions import conditions_of
from bot.question.gather import adds_to, is_of_one_item, joins, nested, widened
from bot.question.groups import EVERYBODY
from bot.question.growth import growth
from bot.question.items import Asked
from bot.question.judge import counts_texts, judged
from bot.question.normalise import normalise
from bot.question.operations import Operation, Scene, decide
from bot.question.parents import fronted
from bot.question.query import Clarification, Conversation, GroupRef, Item, Outcome, Query, Refusal
from bot.question.reading import Reading, read, without_names
from bot.question.rephrase import rephrased
from bot.question.resolve import Named, When, inherit_years, name_agencies, name_years
from bot.question.romanised import to_chinese
from bot.question.sides import in_order
from bot.question.split import split
from bot.question.trace import trace_of
from index.agencies import Directory
from index.agencies.run_together import apart

MOST = 5
"""Questions answered in one message."""


@dataclass(frozen=True, slots=True)
class Understood:
    """One question of a message."""

    text: str
    outcome: Outcome
    trace: dict[str, Any] = field(default_factory=dict)
    whole: Query | None = None
    """Of a question taken apart by its items: all of it, for follow-ups."""


def understand(
    text: str, conversation: Conversation, directory: Directory, today: date, chosen: dict[int, int] | None = None
) -> list[Understood]:
    """At least one result, at most five. `chosen` (mention → agency) settles a clarification."""
    plain = rephrased(normalise(text))
    talk = scope.small_talk(plain)
    if talk:
        return [Understood(text, Refusal("help", talk.kind), {"scope": talk.words})]
    if words := terms.asked_about(plain, follows=conversation.query is not None):
        return [Understood(text, Refusal("out_of_scope", "term", names=words, keeps=conversation.query), {})]
    if ordered := scope.ordered(plain):
        return [Understood(text, Refusal("out_of_scope", ordered.reason, keeps=conversation.query), {})]
    plain = without_asides(to_chinese(without_lead_in(plain, directory), directory), directory)
    plain = apart(fronted(plain, directory), directory)
    plain, excepted = excepting.taken_out(plain, directory) if not chosen else (plain, None)
    plain, before = pair.spoken(plain, conversation, directory) if not chosen else (plain, conversation.query)
    plain = elsewhere.understood(plain, before, directory) if not chosen else plain
    parts = split(plain, directory, today) if not chosen else [plain]
    results: list[Understood] = []
    for part in parts[:MOST]:
        reading = read(part, directory, today)
        if not results:
            before = pair.implied(reading, before, conversation)
        result = _one(part, reading, before, directory, today, chosen or {}, continuing=bool(results))
        if excepted:
            result = replace(result, outcome=excepting.left_out(result.outcome, before, excepted, directory))
        results.extend(_by_item(result))
        before = _kept(result.outcome) or before
    return results


def _kept(outcome: Outcome) -> Query | None:
    if isinstance(outcome, Query):
        return outcome
    return outcome.query if isinstance(outcome, Clarification) else outcome.keeps


def _one(
    text: str,
    reading: Reading,
    before: Query | None,
    directory: Directory,
    today: date,
    chosen: dict[int, int],
    *,
    continuing: bool = False,
) -> Understood:
    """One question; `continuing`: it follows another in the same message."""
    if chosen:
        reading = read(text, directory, today, near=tuple(chosen.values()))
    outside = scope.out_of_scope(without_names(reading))
    if outside and (_counts_it(reading, outside) or (reading.mentions and report.mentioned(reading))):
        outside = None
    if outside:
        return Understood(
            text,
            Refusal("out_of_scope", outside.reason, unknown=(outside.words,)),
            trace_of(reading, {"scope": outside.words}),
        )
    lent = before
    if before and not continuing and _is_full(reading):
        lent = None
    elif before and any(mention.kind == "agency" for mention in reading.mentions):
        reading = read(text, directory, today, near=before.agencies)
    outcome = _outcome(reading, lent, directory, today, chosen)
    return Understood(text, outcome, trace_of(reading, {}))


def _by_item(found: Understood) -> list[Understood]:
    """甲区和乙区许可和处罚谁多: a comparison or a list is of one item, so one answer for each."""
    query = found.outcome
    if not isinstance(query, Query) or not is_of_one_item(query):
        return [found]
    return [replace(found, outcome=replace(query, items=(item,)), whole=query) for item in query.items[:MOST]]


def _counts_it(reading: Reading, outside: scope.Scope) -> bool:
    """国家赔偿几件 of a named agency asks for a count, not for advice."""
    named = any(mention.candidates for mention in reading.mentions)
    return named and reading.has("quantity") and scope.is_countable(outside.words)


def _is_full(reading: Reading) -> bool:
    """Whether the question stands on its own: it names an agency or group and an item, and does not lean back."""
    if reading.text.startswith(("那", "换", "再")) or reading.text.endswith("呢"):
        return False
    _, _, asked = conditions_of(reading, ())
    operation = reading.has("check", "loaded", "earliest")
    return bool(reading.mentions) and (bool(asked.items) or operation) and not _leans(reading)


def _leans(reading: Reading) -> bool:
    """和乙区比差多少 names one side only."""
    if adds_to(reading):
        return True
    alone = len(reading.mentions) == 1 and reading.mentions[0].kind == "agency"
    _, _, asked = conditions_of(reading, ())
    return alone and reading.has("than", "difference") and not asked.items


def _outcome(
    reading: Reading, before: Query | None, directory: Directory, today: date, chosen: dict[int, int]
) -> Outcome:
    document = report.of_the_document(reading)
    about = None if document else collection.ask(reading, before, directory, today, chosen)
    if about and not report.mentioned(reading):
        return about
    before = widened(reading, before)
    conditions, either, asked = conditions_of(reading, before.items if before else ())
    when = name_years(reading, before, today, fresh=before is None)
    adds = before is not None and not asked.items and joins(reading)
    adds = adds and (len(reading.mentions) == 1 or adds_to(reading))
    probe = name_agencies(reading, inherit_years(when, before, False), before, directory, chosen, adds=adds)
    wanted = report.mentioned(reading) if all(item.kind not in ("field", "section") for item in asked.items) else None
    asked = _with_prose(reading, asked, probe)
    if document:
        asked = Asked((), (document,))
    elif wanted:
        asked = Asked(wanted.items, report.unread_beside(reading, wanted))
    asked = replace(asked, items=prose.narrowed(reading, _with_units(reading, asked.items)))
    asked = replace(asked, items=listed(reading, asked.items, before.items if before else ()))
    probe, when = in_order(reading, probe, when)
    if before is not None and adds_to(reading) and not reading.mentions:
        asked, when = _together(before, asked, when)
    items, inherited_item = _items(reading, asked, before)
    scene = _scene(probe, when, items, before, bool(asked.items))
    operation = growth(reading, scene, conditions, either) or decide(reading, scene, conditions, either)
    if before is not None and _brings_nothing(reading, asked, when, operation, before):
        return Refusal("out_of_scope", "unclear", keeps=before)
    if probe.group is None and (reasons := whys(reading, items)) != items:
        items, operation, when = reasons, Operation("prose"), _latest_of(when, before)
    operation = _settled(operation, reading, before, items)
    if operation.kind == "sum" and not operation.conditions and nested(items):
        operation = Operation("figures")  # 收到和办结一共几件: no sum, each by itself
    if operation.kind == "threshold" and _HOW_MANY.search(reading.text):
        operation = replace(operation, topic="count")
    elif operation.kind == "threshold" and _ANY.search(reading.text):
        operation = replace(operation, topic="any")
    probe = _everybody(reading, operation, probe, directory)
    when = _inherited(when, before, operation)
    if wanted and not document:
        operation = Operation("prose", claim="exists" if wanted.yes_no else "")
    outcome = judged(reading, asked, items, inherited_item, operation, probe, when, directory, before)
    if document and isinstance(outcome, Refusal) and outcome.outcome == "not_in_report":
        return replace(outcome, reason="document")
    return outcome


def _latest_of(when: When, before: Query | None) -> When:
    """The report that may say why 2024年比2023年多 is that of 2024."""
    if when.kind == "none" and before is not None and before.years:
        return When((max(before.years),), "inherited")
    return When() if when.against else replace(when, years=when.years and (max(when.years),), previous=False)


_HOW_MANY = re.compile(
    "(?:几|多少)(?:个|家)?(?:单位|机关|部门|政府|城市|地方|区县|区|县|市|局)|(?:几|多少)家|(?:几|多少)年"
)
"""有几家超过100件: how many they are."""
_ANY = re.compile("(?:有没有|有无|是否有)(?:哪|任何|一[年个家])")
"""有没有哪个局没收到申请: whether there is one, and which."""


def _brings_nothing(reading: Reading, asked: Asked, when: When, operation: Operation, before: Query) -> bool:
    """然后呢, 多吗, 谁: a follow-up that names nothing new and wants nothing that can be worked out."""
    unknown = [text for text in reading.unknown if re.search(r"\w", text)]
    named = asked.items or asked.misfits or reading.mentions or unknown or when.kind != "none" or when.previous
    if (
        named
        or operation.topic
        or operation.conditions
        or reading.has("rate", "percent", "reason_kinds", "applicant_kinds")
        or (len(before.agencies) == 2 and reading.has("compare", "each", "sum", "wholly"))
    ):
        return False
    if _ranks(reading, before, operation):
        return False
    idle = operation.kind == "yes_no" and operation.claim in ("exists", "none")
    return idle or operation.kind in ("figures", "ranking", "threshold")


def _ranks(reading: Reading, before: Query, operation: Operation) -> bool:
    """最少的呢 after a ranking, 最多的是哪家 of several, 哪一年最多 of one, 谁多 of two."""
    extremes = reading.has("most", "least", "rank") or operation.top is not None or operation.nth is not None
    several = before.group is not None or len(before.agencies) > 1
    if before.kind in ("ranking", "place") or several:
        return extremes or operation.kind == "more"
    return extremes and reading.has("which_year") and bool(before.items)


def _inherited(when: When, before: Query | None, operation: Operation) -> When:
    spans = operation.kind == "trend" or (
        operation.over == "years" and operation.kind in ("ranking", "threshold", "average", "growth")
    )
    changed = before is not None and before.kind == "yoy" and len(before.years) == 2
    if before is not None and changed and operation.kind in ("figures", "ranking", "sum", "prose", "place"):
        before = replace(
            before, years=(max(before.years),)
        )  # the year asked about; the one before it was only compared
    return inherit_years(when, before, spans)


def _together(before: Query, asked: Asked, when: When) -> tuple[Asked, When]:
    """加上2023年的, 加上行政处罚: the years, or the items, spoken of before and these."""
    if when.kind == "named" and not asked.items:
        return asked, replace(when, years=tuple(dict.fromkeys((*before.years, *when.years))))
    if asked.items and when.kind == "none":
        return replace(asked, items=tuple(dict.fromkeys((*before.items, *asked.items)))), when
    return asked, when


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
    text_count = asked.items and reading.unknown and counts_texts(reading, asked.items)
    if (asked.items and not text_count) or asked.misfits:
        return asked
    free = prose.free_item(reading)
    return Asked((free,)) if free and (named.agencies or named.unloaded or named.ambiguous) else asked


def _scene(named: Named, when: When, items: Sequence[Item], before: Query | None, own: bool) -> Scene:
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
        first=items[0] if items else None,
    )


def _everybody(reading: Reading, operation: Operation, named: Named, directory: Directory) -> Named:
    """申请最少的三家, 谁的申请最多: without a group, all that are loaded."""
    if (
        operation.kind not in ("ranking", "threshold", "growth")
        or operation.over != "agencies"
        or named.group
        or named.unloaded
        or named.ambiguous
    ):
        return named
    if (
        len(named.agencies) > 1
        or (named.agencies and not named.inherited)
        or not (reading.has("most", "least", "rank", "who", "everybody") or operation.top or operation.topic == "count")
    ):
        return named
    members = tuple(agency.id for agency in directory.agencies)
    return Named((), GroupRef(EVERYBODY, "all", members))


_KEPT_KINDS = (
    "ranking",
    "threshold",
    "sum",
    "average",
    "trend",
    "yoy",
    "growth",
    "check",
    "prose",
    "yes_no",
    "difference",
    "ratio",
    "more",
    "place",
)


def _settled(operation: Operation, reading: Reading, before: Query | None, items: Sequence[Item]) -> Operation:
    """Prose items make a prose question; a bare 那2023年呢 repeats the kind of question asked before."""
    if (
        items
        and all(item.kind in ("section", "count", "free", "mention", "reason") for item in items)
        and operation.kind != "check"
    ):
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
        return not reading.mentions and (before.over == "agencies" or not reading.years)
    if before.kind == "trend":
        return not reading.years
    if before.kind in ("sum", "average", "ranking", "threshold", "growth") and before.over == "agencies":
        return not any(mention.kind == "agency" for mention in reading.mentions)
    return True
