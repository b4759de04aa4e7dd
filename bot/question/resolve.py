"""Mentions, years and items → a Query, or why there is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.question import counts
from bot.question.groups import group_label, members_of, miscounted, under
from bot.question.operations import Operation
from bot.question.query import Clarification, GroupRef, Item, Query, Refusal
from bot.question.reading import Reading
from bot.question.years import YearMention
from index.agencies import Directory, Mention

LONGEST_SPAN = 6
"""Years of a span whose gaps are named."""


MOST_ASKED = 12
"""Members of a group that are asked back about."""


def years_of(directory: Directory, agency_id: int) -> tuple[int, ...]:
    """Years loaded of an agency; none for one that has been taken out since it was spoken of."""
    agency = directory.by_id(agency_id)
    return agency.years if agency else ()


@dataclass(frozen=True, slots=True)
class Named:
    """The agencies a question names, or inherits."""

    agencies: tuple[int, ...] = ()
    group: GroupRef | None = None
    inherited: bool = False
    unloaded: tuple[str, ...] = ()
    nearest: tuple[int, ...] = ()
    ambiguous: tuple[int, ...] = ()
    """Candidates to ask about."""
    mention: int = -1
    """Which mention is ambiguous."""


@dataclass(frozen=True, slots=True)
class When:
    """The years a question names, or inherits."""

    years: tuple[int, ...] = ()
    kind: str = "none"
    """none, named, span, all or inherited."""
    previous: bool = False
    against: bool = False
    """The one year named is what to compare with: 比2022年多多少."""


def name_agencies(
    reading: Reading,
    when: When,
    before: Query | None,
    directory: Directory,
    chosen: dict[int, int],
    *,
    adds: bool = False,
) -> Named:
    """Mentions → agencies. A year named leaves only agencies that have it, if any has."""
    found: list[int] = []
    group: Mention | None = None
    unloaded: list[str] = []
    nearest: list[int] = []
    asked: list[int] = []
    asked_about = -1
    for number, mention in enumerate(reading.mentions):
        if number and _contradicts(reading.mentions[number - 1], mention):
            both = reading.mentions[number - 1].text + mention.text
            return Named(unloaded=(both,), nearest=mention.agency_ids)
        if mention.kind == "group":
            group = group or mention
            continue
        ids = (chosen[number],) if number in chosen else _with_year(mention, when, directory)
        lone_but_doubtful = len(ids) == 1 and bool(mention.known) and number not in chosen
        if not ids:
            unloaded.append(mention.known[0].name if len(mention.known) == 1 else mention.text)
            nearest.extend(agency.id for agency in mention.nearest)
        elif number not in chosen and counts.of_the_name(reading.text, mention):
            found.extend(mention.agency_ids)
        elif len(ids) > 1 and _none_has(ids, when, directory):
            found.extend(ids)
        elif len(ids) > 1 or lone_but_doubtful:
            asked.extend(ids)
            asked_about = number if asked_about < 0 else asked_about
        else:
            found.append(ids[0])
    agencies = tuple(dict.fromkeys(found))
    if agencies and adds and before and before.agencies:
        agencies = tuple(dict.fromkeys((*before.agencies, *agencies)))
    if unloaded or asked:
        return Named(agencies, None, False, tuple(unloaded), tuple(nearest), tuple(dict.fromkeys(asked)), asked_about)
    if group and not agencies and before and reading.has("rank_place"):
        agencies = before.agencies
    if group and len(agencies) < 2 and group.group:
        return _of_group(reading, when, group, agencies, directory)
    if agencies or before is None:
        return Named(agencies)
    if before.unloaded:
        return Named((), None, True, before.unloaded)
    return Named(before.agencies, before.group, inherited=bool(before.agencies or before.group))


def _of_group(reading: Reading, when: When, mention: Mention, agencies: tuple[int, ...], directory: Directory) -> Named:
    """各区, 三个区: the group that is meant, or the members to ask back about where it has not as many as is said."""
    group = mention.group
    assert group is not None
    if inside := under(mention, agencies, directory):
        return Named((), inside)
    members = members_of(group)
    if miscounted(reading, mention, agencies):
        of_year = tuple(each for each in members if set(when.years) & set(years_of(directory, each))) or members
        return Named(ambiguous=of_year if len(of_year) <= MOST_ASKED else (), mention=reading.mentions.index(mention))
    return Named(agencies, GroupRef(group_label(group), group.kind, members, group.missing))


_BELOW = re.compile(r"街道|镇|乡|村|社区")


def _contradicts(first: Mention, second: Mention) -> bool:
    """示例市乙区样本街道, where 样本街道 lies elsewhere: one name that does not exist, not two."""
    touching = first.end == second.start and first.kind == second.kind == "agency"
    return touching and _BELOW.search(second.text) is not None and _BELOW.search(first.text) is None


def _with_year(mention: Mention, when: When, directory: Directory) -> tuple[int, ...]:
    ids = mention.agency_ids
    if len(ids) < 2 or when.kind not in ("named", "inherited") or not when.years:
        return ids
    fitting = tuple(each for each in ids if set(when.years) & set(years_of(directory, each)))
    return fitting or ids


def _none_has(ids: Sequence[int], when: When, directory: Directory) -> bool:
    """The year that is named is loaded of none of them: nothing to ask back about."""
    named = when.kind == "named" and not when.previous and not when.against
    return named and not any(set(when.years) & set(years_of(directory, each)) for each in ids)


def name_years(reading: Reading, before: Query | None, today: date, *, fresh: bool) -> When:
    """Year mentions → years. 上一年 counts from the year named beside it, else from the conversation, or today."""
    mentions = [each for each in reading.years if not each.carry and (fresh or not each.text.startswith("本年"))]
    named = [year for each in mentions if each.kind == "year" for year in each.years]
    spans = [each for each in mentions if each.kind == "span"]
    previous = any(each.kind == "previous" for each in mentions)
    coming = any(each.kind == "next" for each in mentions)
    years = list(dict.fromkeys([*named, *(year for each in spans for year in each.years)]))
    if not years and (carried := _carried(reading)):
        return When((carried,), "named")
    if previous or coming:
        step = -1 if previous else 1
        base = years[0] if years else (before.years[-1] if before and before.years and not fresh else None)
        if base is None:
            return (
                When((), "none", True)
                if reading.has("than", "yoy", "difference")
                else When((today.year + step,), "named")
            )
        if years and coming:
            return When((base + step,), "named")
        if years or reading.has("than", "yoy", "difference", "more", "less"):
            return When(tuple(years or (base,)), "named" if years else "inherited", True)
        return When((base + step,), "named")
    if years:
        against = len(years) == 1 and not spans and _compared(reading, mentions)
        return When(tuple(years), "span" if spans else "named", against=against)
    if any(each.kind == "all" for each in mentions):
        return When((), "all")
    return When()


def _compared(reading: Reading, mentions: Sequence[YearMention]) -> bool:
    """比2022年, 和去年比: the year stands beside the word that compares."""
    if not reading.has("than", "compare", "yoy", "difference"):
        return False
    before = reading.text[: mentions[0].start]
    after = reading.text[mentions[0].end :]
    return before.endswith(("比", "较", "比起", "相比于")) or (
        before.endswith(("和", "与", "跟", "同")) and after.startswith(("比", "相比", "对比", "的比", "差", "相差"))
    )


def _carried(reading: Reading) -> int | None:
    """留到2024年的 is about 2023; 从2022年转来的 about 2023."""
    for each in reading.years:
        if each.carry == "out" and each.years:
            return each.years[0] - 1
        if each.carry == "in" and each.years:
            return each.years[0] + 1
    return None


def inherit_years(when: When, before: Query | None, operation_has_span: bool) -> When:
    """The conversation's year where the question names none."""
    if when.kind != "none" or before is None or not before.years or operation_has_span:
        return when
    return When(before.years, "inherited", when.previous)


def build(
    operation: Operation,
    items: tuple[Item, ...],
    named: Named,
    when: When,
    directory: Directory,
    repaired: Sequence[tuple[str, str]],
    base: int | None = None,
) -> Query | Refusal:
    """All parts together. Agencies or years that are not loaded come before anything else."""
    years, years_from, missing = _years(operation, named, when, directory, base)
    marks = (("agency",) if named.inherited else ()) + (("year",) if when.kind == "inherited" else ())
    query = Query(
        kind=operation.kind,
        agencies=named.agencies,
        years=years,
        items=items,
        group=named.group,
        over=operation.over,
        order=operation.order,
        top=operation.top,
        nth=operation.nth,
        conditions=operation.conditions,
        either=operation.either,
        claim=operation.claim,
        topic=operation.topic,
        years_from=years_from,  # type: ignore[arg-type]
        skipped=_skipped(when, years),
        inherited=marks,
        repaired=tuple(repaired),
    )
    if missing:
        return Refusal("no_report", "year", years=missing, agencies=named.agencies, items=items, keeps=query)
    return query


def _years(
    operation: Operation, named: Named, when: When, directory: Directory, base: int | None
) -> tuple[tuple[int, ...], str, tuple[int, ...]]:
    """Years to read, where they come from, and years that make the question unanswerable."""
    loaded = [set(years_of(directory, each)) for each in named.agencies]
    if operation.kind == "growth" and operation.over == "agencies":
        return _two_years(named, when, directory, base)
    if named.group and not named.agencies:
        return _group_years(named.group, when, directory)
    if not loaded:
        return when.years, when.kind, ()
    if when.kind == "all" or (when.kind == "none" and _runs_over_years(operation, named)):
        return tuple(sorted(set().union(*loaded))), "all", ()
    if when.kind == "none":
        both = set.intersection(*loaded)
        latest = max(both) if both else max(max(each) for each in loaded)
        wanted: tuple[int, ...] = (latest,)
        source = "default"
    elif when.against and when.years:
        wanted, source = _both_years(when.years[0], base, loaded), "named"
    else:
        wanted, source = when.years, when.kind
    if (
        when.previous
        or (operation.kind == "yoy" and len(wanted) == 1 and len(named.agencies) < 2)
        or (_needs_two(operation, named) and len(wanted) == 1)
    ):
        wanted = (wanted[-1], wanted[-1] - 1)
    return _available(operation, wanted, source, loaded, named)


def _two_years(
    named: Named, when: When, directory: Directory, base: int | None
) -> tuple[tuple[int, ...], str, tuple[int, ...]]:
    """The earlier and the later year of a change; those that none of the agencies has are missing."""
    everybody = named.group is not None and not named.agencies and named.group.kind == "all"
    members = named.agencies or (named.group.members if named.group else ())
    loaded = directory.years if everybody else sorted({year for each in members for year in years_of(directory, each)})
    if not loaded:
        return when.years, when.kind, when.years
    source = "default" if when.kind == "none" else when.kind
    if when.kind == "all":
        later, earlier = loaded[-1], loaded[0]
    elif when.against and when.years:
        later, earlier = _both_years(when.years[0], base, [set(loaded)])
    else:
        later = max(when.years) if when.years else loaded[-1]
        earlier = min(when.years) if len(when.years) > 1 else later - 1
    wanted = tuple(sorted({later, earlier}))
    return wanted, source, tuple(year for year in wanted if year not in loaded)


def _skipped(when: When, years: tuple[int, ...]) -> tuple[int, ...]:
    """近三年, of which one is not loaded; an open span (2015年以前) names no years."""
    if when.kind != "span" or len(when.years) > LONGEST_SPAN:
        return ()
    return tuple(year for year in when.years if year not in years)


def _both_years(other: int, base: int | None, loaded: Sequence[set[int]]) -> tuple[int, int]:
    """The year spoken of, else the latest, and the year to compare it with; 去年 beside itself is the year before."""
    here = base if base is not None else max(set.union(*loaded))
    return (here, other) if here != other else (here, here - 1)


def _available(
    operation: Operation, wanted: tuple[int, ...], source: str, loaded: Sequence[set[int]], named: Named
) -> tuple[tuple[int, ...], str, tuple[int, ...]]:
    present = tuple(year for year in wanted if any(year in each for each in loaded))
    everywhere = tuple(year for year in wanted if all(year in each for each in loaded))
    if source == "span" and present:
        return present, source, ()
    if not present:
        return wanted, source, wanted
    strict = operation.kind not in ("figures", "trend", "prose", "collection", "sum", "average", "growth")
    if strict and len(everywhere) < len(wanted):
        return wanted, source, tuple(year for year in wanted if year not in everywhere)
    if operation.kind in ("figures", "trend") and len(present) < len(wanted) and len(named.agencies) == 1:
        return wanted, source, ()
    return wanted, source, ()


def _group_years(group: GroupRef, when: When, directory: Directory) -> tuple[tuple[int, ...], str, tuple[int, ...]]:
    loaded = directory.years
    if not loaded:
        return when.years, "none", ()
    if when.kind == "none":
        return (loaded[-1],), "default", ()
    if when.kind == "all":
        return loaded, "all", ()
    everybody = len(group.members) == len(directory.agencies)
    members = loaded if everybody else {year for each in group.members for year in years_of(directory, each)}
    present = tuple(year for year in when.years if year in members)
    return (present, when.kind, ()) if present else (when.years, when.kind, when.years)


def _runs_over_years(operation: Operation, named: Named) -> bool:
    if operation.kind == "trend" or operation.claim.startswith("steady"):
        return True
    return (
        operation.over == "years"
        and operation.kind in ("ranking", "threshold", "sum", "average", "growth")
        and len(named.agencies) == 1
    )


def _needs_two(operation: Operation, named: Named) -> bool:
    comparing = operation.kind in ("difference", "ratio", "more") or operation.claim.endswith(("more", "less"))
    comparing = comparing or any(condition.of != "value" for condition in operation.conditions)
    return comparing and operation.over == "years" and len(named.agencies) == 1


def ask_agency(named: Named, query: Query | None, reading: Reading) -> Clarification:
    """Which of these is meant."""
    doubtful = set(named.ambiguous)
    texts = [each.text for each in reading.mentions if each.kind == "agency" and doubtful & set(each.agency_ids)]
    texts = texts or [reading.mentions[named.mention].text]
    return Clarification(named.ambiguous, query, "、".join(dict.fromkeys(texts)))


def keep(query: Query, **changes: object) -> Query:
    """A query with some parts exchanged."""
    return replace(query, **changes)  # type: ignore[arg-type]
