"""Questions about the collection itself: which reports, agencies and years are loaded."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from bot.question.groups import group_label, members_of
from bot.question.items import ask_items
from bot.question.operations import Operation
from bot.question.query import Clarification, GroupRef, Outcome, Query, Refusal
from bot.question.reading import Reading
from bot.question.resolve import name_years, years_of
from bot.question.settled import unsettled
from bot.wording import data
from index.agencies import Directory


def ask(
    reading: Reading, before: Query | None, directory: Directory, today: date, chosen: dict[int, int]
) -> Outcome | None:
    """The question, if it is one about the collection."""
    sent = _sends(reading)
    lacking = _asks_who_lacks(reading)
    if not sent and not lacking and not _is_about(reading):
        return None
    when = name_years(reading, before, today, fresh=True)
    agencies, unloaded, nearest, group = _named(reading, chosen)
    if (inside := _of_the_city(reading)) is not None:
        agencies, unloaded = inside
    if unloaded:
        return Refusal("no_report", "agency", names=tuple(unloaded), nearest=tuple(nearest), years=when.years)
    if not agencies and group is None and before is not None and (sent or _leans(reading) or _refers(reading)):
        agencies, group = list(before.agencies), before.group
    years = when.years if when.kind in ("named", "span") else ()
    if sent:
        return _report(reading, agencies, years or (before.years if before and not reading.mentions else ()), directory)
    agencies, group = _parts_of(reading, agencies, group, directory)
    topic = "lacking" if lacking and years else _topic(reading, bool(agencies), group)
    if lacking and not years:
        return None
    query = Query("collection", tuple(agencies), years, (), group, topic=topic)
    if years and not agencies and not set(years) & set(directory.years):
        return Refusal("no_report", "year", years=years, keeps=query)
    if topic == "lacking":
        return query
    loaded = {year for each in agencies for year in years_of(directory, each)}
    if years and agencies and not loaded & set(years):
        return Refusal("no_report", "year", years=years, agencies=tuple(agencies), keeps=query)
    return query


def _sends(reading: Reading) -> bool:
    """年报发我看看: nothing but a wish for the report itself; 发 is no 制发 there."""
    blank = list(reading.text)
    named = [(year.start, year.end) for year in reading.years]
    for start, end in (*named, *((mention.start, mention.end) for mention in reading.mentions)):
        blank[start:end] = " " * (end - start)
    plain = re.sub(r"\s|[？。，！]", "", "".join(blank))
    needs, wishes = _wishes()
    return bool(needs.search(plain)) and any(wish.fullmatch(plain) for wish in wishes)


@cache
def _wishes() -> tuple[re.Pattern[str], tuple[re.Pattern[str], ...]]:
    words = data("collection.toml")["send"]
    parts = {key: f"(?:{words[key]})" for key in ("polite", "report", "verb", "tail")}
    return re.compile(words["needs"]), tuple(re.compile(each.format(**parts)) for each in words["whole"])


def _report(reading: Reading, agencies: list[int], years: tuple[int, ...], directory: Directory) -> Outcome:
    """What is stored of the report that somebody wants to have."""
    if not agencies:
        return Clarification((), Query("collection", (), years, topic="report"), mention="agency")
    if len(agencies) > 1:
        said = "、".join(mention.text for mention in reading.mentions)
        return Clarification(tuple(agencies), Query("collection", (), years, topic="report"), said)
    query = Query("collection", tuple(agencies), years, topic="report")
    if years and not set(years) & set(years_of(directory, agencies[0])):
        return Refusal("no_report", "year", years=years, agencies=tuple(agencies), keeps=query)
    return query


def _parts_of(
    reading: Reading, agencies: list[int], group: GroupRef | None, directory: Directory
) -> tuple[list[int], GroupRef | None]:
    """示例市有多少个部门: the agency's departments or districts, not itself."""
    if len(agencies) != 1 or group is not None:
        return agencies, group
    name = directory.by_id(agencies[0])
    for word, kind, members in (
        ("部门", "departments", directory.departments),
        ("区县", "districts", directory.districts),
        ("个区", "districts", directory.districts),
    ):
        if word in reading.text and name is not None:
            return [], GroupRef(f"{name.name}{word}", kind, tuple(members(agencies[0])))
    return agencies, group


_REFERRING = re.compile("[它他]们?的?|[这那该](?:一)?(?:家|个)?(?:单位|机关|部门|局|委|市|区|县)|[这那]家")


def _refers(reading: Reading) -> bool:
    """它哪几年的报告: of the agency spoken of."""
    return _REFERRING.search(reading.text) is not None


def _leans(reading: Reading) -> bool:
    return reading.has("earliest", "latest", "which_year") and not reading.has("loaded")


def _named(reading: Reading, chosen: dict[int, int]) -> tuple[list[int], list[str], list[int], GroupRef | None]:
    """All agencies that fit the names: about the collection, several are no doubt but a list."""
    agencies: list[int] = []
    unloaded: list[str] = []
    nearest: list[int] = []
    group: GroupRef | None = None
    for number, mention in enumerate(reading.mentions):
        if mention.kind == "group" and mention.group:
            members = members_of(mention.group)
            found = mention.group
            group = GroupRef(group_label(found), found.kind, members, found.missing)
        elif mention.candidates:
            agencies.extend([chosen[number]] if number in chosen else mention.agency_ids)
        else:
            unloaded.extend(known.name for known in mention.known[:1])
            nearest.extend(agency.id for agency in mention.nearest)
    return list(dict.fromkeys(agencies)), unloaded, nearest, group


def _asks_who_lacks(reading: Reading) -> bool:
    """哪些单位没交2024年的年报: those that have one are no answer."""
    several = not any(mention.kind == "agency" for mention in reading.mentions)
    asks = reading.has("who", "quantity", "bodies") or any(mention.kind == "group" for mention in reading.mentions)
    return several and asks and re.search(data("collection.toml")["without"]["pattern"], reading.text) is not None


_BETWEEN = re.compile("(?:有没有|有无|是否有|收录了?|有|里|的|没有?)+")


def _of_the_city(reading: Reading) -> tuple[list[int], list[str]] | None:
    """某市有没有卫健委的报告: the city only says whose; its body, or that it is not loaded. None for other names."""
    if len(reading.mentions) != 2 or any(mention.kind != "agency" for mention in reading.mentions):
        return None
    first, second = reading.mentions
    between = reading.text[first.end : second.start]
    named = [each.agency.name for each in first.candidates] or [each.name for each in first.known]
    city = named[0].removesuffix("人民政府") if len(named) == 1 else ""
    if not city.endswith(("省", "市", "县", "区", "州", "盟", "旗")) or not _BETWEEN.fullmatch(between):
        return None
    below = [each.agency.id for each in second.candidates if each.agency.name.startswith(city)]
    return (below, []) if below else ([], [f"{city}{second.text}"])


_COLLECTED = re.compile(r"(?:年报|报告)(?:都|一共)?(?:收|收录|收集|有)了?(?:哪|几|多少)(?:些|几)?(?:个)?年")
"""年报收了哪几年: 收 is collecting reports, not receiving requests."""


def _is_about(reading: Reading) -> bool:
    if _COLLECTED.search(reading.text):
        return True
    asked = ask_items(reading.tokens)
    if asked.items or asked.misfits or reading.has("check") or unsettled(reading, Operation("collection")):
        return False
    if reading.has("rate"):
        return False  # 这几家加起来占多少
    asking = (
        reading.has("quantity", "who", "which_year", "exists", "asks", "earliest", "latest", "missing")
        or re.search("哪些|几|多少", reading.text) is not None
    )
    grouped = any(mention.kind == "group" for mention in reading.mentions)
    unknown = [text for text in reading.unknown if re.search(r"\w", text)]
    if unknown and (not reading.has("reports") or any(len(text) > 1 for text in unknown)):
        return False
    if reading.has("reports") and asking:
        return True
    if reading.has("earliest", "latest") and (reading.has("loaded", "years", "which_year") or reading.mentions):
        return True
    if reading.has("loaded") and (asking or grouped):
        return grouped or reading.has("bodies", "years", "which_year", "who")
    if (
        (reading.has("bodies") or grouped)
        and reading.has("quantity")
        and not reading.has("most", "least", "more", "less")
    ):
        return True
    return (
        reading.has("years", "which_year")
        and asking
        and not reading.has("most", "least", "more", "less", "quantity")
        and bool(reading.mentions)
    )


_SAME_NAME = re.compile(r"(?:几|多少|哪些)(?:家|个)")
"""库里有几家铁西区: how many have that name."""


def _topic(reading: Reading, named: bool, group: GroupRef | None) -> str:
    if reading.has("earliest"):
        return "earliest"
    if reading.has("latest") and not reading.has("quantity"):
        return "latest"
    if named and reading.has("missing") and not reading.years:
        return "missing"
    if named and "年份" in reading.text:
        return "years"
    if named and len(reading.mentions) == 1 and _SAME_NAME.search(reading.text):
        return "agencies"
    years = reading.has("which_year") or "年份" in reading.text or "哪几年" in reading.text or "哪些年" in reading.text
    if named and re.search("(几|多少)年的?(报告|年报|数据)", reading.text) and "哪" not in reading.text:
        return "year_count"
    if years and named:
        return "years"
    if (
        reading.has("reports")
        and reading.has("quantity")
        and not re.search("单位|机关|个部门|家部门", reading.text)
        and (group is None or group.kind == "all")
    ):
        return "reports"
    if group and (group.kind != "all" or not named):
        counted = reading.has("quantity") or any(
            re.search("几|多少", mention.text) for mention in reading.mentions if mention.kind == "group"
        )
        return "agencies" if counted else "members"
    if named:
        return "years"
    if years:
        return "all_years"
    bodies = reading.has("bodies", "who") or re.search("单位|机关|个部门", reading.text)
    return "agencies" if bodies else "reports"
