"""What a question was understood to ask: plain frozen data between the rooms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

Measured = Literal["value", "gap", "change", "times"]
"""What a condition holds a bound against: the figure, or of two figures their gap, change in percent, or ratio."""
ItemKind = Literal["field", "measure", "share", "section", "count", "free", "mention", "reason"]
QueryKind = Literal[
    "figures", "difference", "ratio", "more", "ranking", "place", "trend", "sum", "average", "yoy", "growth", "portion",
    "yes_no", "threshold", "check", "collection", "prose",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One thing asked for."""

    kind: ItemKind
    code: str
    """A field or sum; a measure; for a share the field on top; a section or count of the prose; free: the words;
    mention: a word that is looked for in the prose;
    reason: the field whose reasons are asked for."""
    column: str = "total"
    """Applicant column of a measure."""
    of: str = ""
    """A share's field below the line."""
    unit: str = ""
    """A free item's measure word, where one was said: 篇."""
    words: str = ""
    """How a count of the prose was called: 征地信息公告."""
    narrowed: tuple[str, ...] = ()
    """Words that say which part of a count is meant: 咨询类 in 咨询类留言. They must be printed beside the number."""


@dataclass(frozen=True, slots=True)
class Condition:
    """item ≥ low and item ≤ high, either bound left out or exclusive."""

    item: Item
    low: float | None = None
    high: float | None = None
    low_open: bool = False
    high_open: bool = False
    of: Measured = "value"
    falling: bool = False
    """The gap or change is counted downwards: 减少50件以上."""
    either_way: bool = False
    """Whichever is more: 差距超过50件."""

    def holds(self, value: float) -> bool:
        above = self.low is None or value > self.low or (value == self.low and not self.low_open)
        below = self.high is None or value < self.high or (value == self.high and not self.high_open)
        return above and below


@dataclass(frozen=True, slots=True)
class GroupRef:
    """Several agencies named at once."""

    label: str
    kind: str
    members: tuple[int, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A question that can be answered from the index."""

    kind: QueryKind
    agencies: tuple[int, ...] = ()
    years: tuple[int, ...] = ()
    items: tuple[Item, ...] = ()
    group: GroupRef | None = None
    over: Literal["agencies", "years", "items"] = "agencies"
    """What a ranking, sum, average or threshold runs over."""
    order: Literal["desc", "asc", "both"] = "desc"
    top: int | None = None
    nth: int | None = None
    conditions: tuple[Condition, ...] = ()
    either: bool = False
    """Conditions joined by 或."""
    claim: str = ""
    """exists, none, holds (the conditions), unsure (不是205件吧), more, less: what a yes-or-no question claims; of a
    growth, what of it is counted: percent or number."""
    topic: str = ""
    """What of the collection: reports, agencies, years, earliest, latest, members, missing; of a growth total (all
    agencies taken together) or ends (增长最慢 may have fallen)."""
    years_from: Literal["named", "span", "all", "default", "inherited", "none"] = "named"
    skipped: tuple[int, ...] = ()
    """Years of a span without any report."""
    inherited: tuple[str, ...] = ()
    """agency, year, item: taken from the conversation."""
    unloaded: tuple[str, ...] = ()
    """Of a question that found no report: whom it named, for 2023年呢 after it."""
    repaired: tuple[tuple[str, str], ...] = ()
    """Words taken as other words: 不与公开 → 不予公开."""


@dataclass(frozen=True, slots=True)
class Clarification:
    """Several loaded agencies fit, or none is named."""

    candidates: tuple[int, ...]
    query: Query | None
    """What is understood so far, without the agency."""
    mention: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Not answerable; says which part was understood and which was not."""

    outcome: Literal["no_report", "not_in_report", "out_of_scope", "help"]
    reason: str
    """Key of a sentence in replies.toml."""
    names: tuple[str, ...] = ()
    """Agencies that are not loaded, as understood."""
    years: tuple[int, ...] = ()
    agencies: tuple[int, ...] = ()
    """Loaded agencies that were understood."""
    unknown: tuple[str, ...] = ()
    """Words that were not understood."""
    items: tuple[Item, ...] = ()
    nearest: tuple[int, ...] = ()
    keeps: Query | None = None
    """What a follow-up may still inherit."""


Outcome = Query | Clarification | Refusal


@dataclass(frozen=True, slots=True)
class Pending:
    """A clarification that the next message may settle."""

    text: str
    candidates: tuple[int, ...]
    mention: int
    """Which mention of the text it is about."""
    settled: bool = False
    """Already picked from; the others may still be meant: 那徐州的呢."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a follow-up may lean on. Small and JSON-serialisable; frozen, a new one after each message."""

    query: Query | None = None
    pending: Pending | None = None
    earlier: tuple[int, ...] = ()
    """The last two agencies spoken of one after the other, or together: 两家差几件 is about both."""
    earlier_years: tuple[int, ...] = ()
    """Likewise the last two years."""
    first: tuple[int, ...] = ()
    """The one agency that a ranking named: 它不予公开几件."""
    recent: tuple[int, ...] = ()
    """The agencies spoken of by name, the latest last: 三个区加起来."""
    chain: tuple[int, ...] = ()
    """Agencies that neighbouring messages asked the same of: 这三家加起来."""
    changed: Literal["", "agency", "year"] = ""
    """What the latest message changed: 差几件 right after it is about the two, though it does not say so."""
    trace: Mapping[str, Any] = field(default_factory=dict, compare=False)

    def to_json(self) -> dict[str, Any]:
        """Plain lists and dictionaries."""
        return {
            "query": _plain(self.query) if self.query else None,
            "pending": asdict(self.pending) if self.pending else None,
            "earlier": list(self.earlier),
            "earlier_years": list(self.earlier_years),
            "first": list(self.first),
            "recent": list(self.recent),
            "chain": list(self.chain),
            "changed": self.changed,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any] | None) -> Conversation:
        """The conversation that to_json gave; anything unreadable is an empty conversation."""
        try:
            if not data:
                return cls()
            query, pending = _query(data.get("query")), _pending(data.get("pending"))
            pair, years = tuple(data.get("earlier", ())), tuple(data.get("earlier_years", ()))
            first, recent, chain = (tuple(data.get(key, ())) for key in ("first", "recent", "chain"))
            return cls(query, pending, pair, years, first, recent, chain, data.get("changed", ""))
        except (TypeError, KeyError, AttributeError, ValueError):
            return cls()


MOST_RECENT = 9
"""Agencies spoken of that are remembered."""


def followed(talk: Conversation, now: Query) -> Conversation:
    """The conversation after a query: which agencies and years its last messages spoke of."""
    earlier = tuple(each for each in talk.recent if each not in now.agencies)
    recent = (*earlier, *now.agencies)[-MOST_RECENT:]
    return replace(_followed(talk, now), recent=recent, chain=_chain(talk, now))


def _chain(talk: Conversation, now: Query) -> tuple[int, ...]:
    """One agency more that the same is asked of; else a new chain."""
    before = talk.query
    same = before is not None and (before.items, before.years, before.kind) == (now.items, now.years, now.kind)
    if not same or len(now.agencies) != 1 or before is None or len(before.agencies) != 1:
        return now.agencies[:MOST_RECENT]
    return tuple(dict.fromkeys((*(talk.chain or before.agencies), *now.agencies)))[-MOST_RECENT:]


def _followed(talk: Conversation, now: Query) -> Conversation:
    """With the two agencies or years that its last messages spoke of."""
    before = talk.query
    if len(now.agencies) == 2:
        return Conversation(now, earlier=now.agencies, earlier_years=_two(talk.earlier_years, before, now))
    pair = talk.earlier if now.agencies == talk.earlier[-1:] else ()
    if before and len(before.agencies) == len(now.agencies) == 1 and before.agencies != now.agencies:
        return Conversation(now, earlier=(*before.agencies, *now.agencies), changed="agency")
    years = _two(talk.earlier_years, before, now)
    turned = bool(before) and years != talk.earlier_years and before is not None and before.agencies == now.agencies
    return Conversation(now, earlier=pair, earlier_years=years, changed="year" if turned else "")


def _two(known: tuple[int, ...], before: Query | None, now: Query) -> tuple[int, ...]:
    """The years of two neighbouring messages that speak of one each; else what was known, while it still holds."""
    if before and len(before.years) == len(now.years) == 1 and before.years != now.years:
        return (*before.years, *now.years)
    return known if now.years == known[-1:] else ()


def _plain(query: Query) -> dict[str, Any]:
    """asdict, but for the members of a group, each of which it would copy: there may be a hundred thousand."""
    group = query.group
    named = group and {"label": group.label, "kind": group.kind, "members": group.members, "missing": group.missing}
    return {**asdict(replace(query, group=None)), "group": named}


def _query(data: Mapping[str, Any] | None) -> Query | None:
    if not data:
        return None
    plain: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    query = Query(**plain)
    group = data.get("group")
    conditions = [Condition(**{**each, "item": _item(each["item"])}) for each in data.get("conditions", ())]
    return replace(
        query,
        items=tuple(_item(each) for each in data.get("items", ())),
        group=GroupRef(group["label"], group["kind"], tuple(group["members"]), tuple(group["missing"]))
        if group
        else None,
        conditions=tuple(conditions),
        repaired=tuple((str(a), str(b)) for a, b in data.get("repaired", ())),
    )


def _item(data: Mapping[str, Any]) -> Item:
    return Item(**{**data, "narrowed": tuple(data.get("narrowed", ()))})


def _pending(data: Mapping[str, Any] | None) -> Pending | None:
    return (
        Pending(data["text"], tuple(data["candidates"]), data["mention"], bool(data.get("settled"))) if data else None
    )
