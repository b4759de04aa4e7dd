"""Names of items, numbers with units, templates: the small change of sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from bot.answers.cells import bottom_of, top_of
from bot.answers.model import Figure, Quote, Result
from bot.question import form
from bot.question.items import label
from bot.question.query import Condition, Item
from bot.wording import data
from index.forms import all_fields

MOST_SOURCES = 2
"""Reports that a source line names."""


def say(key: str, **values: Any) -> str:
    """The sentence of replies.toml under `section.name`, filled in."""
    section, _, name = key.partition(".")
    return str(data("replies.toml")[section][name]).format(**values)


def item_name(item: Item) -> str:
    """An item for people: 不予公开 · 自然人; 公开率; 国家秘密 占 不予公开 的比例."""
    if item.kind == "field":
        return label(item.code)
    if item.kind == "measure":
        name = str(data("measures.toml")["measure"][item.code]["label"])
        return name if item.column == "total" else f"{name}（{label(item.column)}）"
    if item.kind == "share":
        return f"{label(item.code)}占{label(item.of)}的比例"
    if item.kind in ("section", "count"):
        return str(data("prose.toml")[item.kind][item.code]["label"])
    if item.kind == "reason":
        return say("prose.reason", item=label(item.code))
    words = item.code.split("·")  # of 函询 and 函询件 the longer says it
    return "".join(word for word in words if not any(word != other and word in other for other in words))


def number_text(value: object, unit: str = "") -> str:
    """30 件; 3883.3 万元; 34.5%; 2.37: as few digits as carry the value."""
    if unit in ("%", "个百分点"):
        sign = unit if unit == "%" else " 个百分点"
        return f"{_rounded(float(value), 2)}{sign}"  # type: ignore[arg-type]
    if isinstance(value, float):
        body = _rounded(value, 2)
    elif isinstance(value, Decimal):
        body = f"{value.normalize():f}"
    else:
        body = str(value)
    return f"{body} {unit}".strip()


def _rounded(value: float, digits: int) -> str:
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def value_text(result: Result) -> str:
    """A result's value as an answer says it, with 填报为0, 未填写 and 未列出 kept apart."""
    if result.problem:
        return say(
            {
                "blank": "figure.blank",
                "absent": "figure.absent",
                "zero": "figure.zero_base",
                "no_report": "figure.no_report",
            }[result.problem]
        )
    shown = number_text(result.value, result.unit)
    if result.item.kind != "field":
        return shown
    figure = result.figures[0]
    if figure.corrected:
        return say("figure.corrected", value=shown)
    if figure.state == "derived":
        return say("figure.derived", value=shown)
    if not figure.value and not figure.parts:
        return say("figure.zero", value=shown)
    return shown


def short_value(result: Result) -> str:
    """The value for a list: without remarks beyond the three kinds of nothing."""
    if result.problem:
        return {"blank": "未填写", "absent": "未列出", "zero": "分母为0", "no_report": "未收录"}[result.problem]
    return number_text(result.value, result.unit)


def formula_of(result: Result) -> str:
    """公开率 in words: （予以公开 + 部分公开）/ 办理结果总计."""
    tops = " + ".join(label(code) for code in top_of(result.item))
    bottoms = " + ".join(label(code) for code in bottom_of(result.item))
    return f"{_bracket(tops)} / {_bracket(bottoms)}"


def sides_of(result: Result) -> tuple[str, str]:
    """The numbers of the formula: （10 + 0）, 29."""
    count = len(top_of(result.item))
    tops = " + ".join(number_text(each.value) for each in result.figures[:count])
    bottoms = " + ".join(number_text(each.value) for each in result.figures[count:])
    return _bracket(tops), _bracket(bottoms)


def _bracket(text: str) -> str:
    return f"（{text}）" if " + " in text else text


def parts_text(figure: Figure) -> str:
    """A sum's cells that are not zero: 第三方 3 + 内部事务 2; all of them where all are zero."""
    shown = [(code, value) for code, value in figure.parts if value] or list(figure.parts[:1])
    rest = len(figure.parts) - len(shown)
    names = [label(code) for code, _ in shown]
    heads = {name.partition(" · ")[0] for name in names}
    if len(heads) == 1 and all(" · " in name for name in names):
        names = [name.partition(" · ")[2] for name in names]
    text = " + ".join(f"{name} {number_text(value)}" for name, (_, value) in zip(names, shown, strict=True))
    return text + ("（其余各项为0）" if rest else "")


def apart(results: Sequence[Result]) -> list[str]:
    """What tells results apart, a name each: agency, year, item, as far as they differ; the item where nothing does."""
    agencies, years, items = ({key(each) for each in results} for key in _KEYS)
    names = []
    for each in results:
        name = each.agency if len(agencies) > 1 else ""
        name += say("figure.of_year", year=each.year) if len(years) > 1 else ""
        gap = " · " if name and len(items) > 1 else ""
        names.append(name + gap + (item_name(each.item) if len(items) > 1 or not name else ""))
    return names


_KEYS: tuple[Callable[[Result], object], ...] = (
    lambda each: each.agency,
    lambda each: each.year,
    lambda each: each.item,
)


def common_head(results: Sequence[Result], group: str = "") -> list[str]:
    """〔示例市各区 · 2024年〕 over several figures: the group, else the agency they share; nothing without either."""
    agencies, years, items = ({key(each) for each in results} for key in _KEYS)
    if len(results) < 2:
        return []
    first = results[0]
    shared = [group or first.agency] if group or len(agencies) == 1 else []
    shared += [say("figure.of_year", year=first.year)] if len(years) == 1 else []
    shared += [item_name(first.item)] if len(items) == 1 and len(agencies) * len(years) > 1 else []
    return [say("heading.shared", parts=" · ".join(shared))] if shared else []


def sources(figures: Sequence[Figure]) -> list[str]:
    """Where the figures are printed, each report once."""
    seen: dict[tuple[str, str], Figure] = {}
    for figure in figures:
        seen.setdefault((figure.title, figure.file), figure)
    return [_source(figure, _tables(figures, figure), len(figures) == 1) for figure in seen.values()]


def sources_of_quotes(quotes: Sequence[Quote]) -> list[str]:
    """Where the sentences stand, each report once; the page is in their heading."""
    named = dict.fromkeys((quote.title, quote.file) for quote in quotes if quote.title)
    return [
        say("figure.source_one", title=title, place="", file=say("figure.file", file=file) if file else "")
        for title, file in named
    ]


def sources_text(found: Sequence[str]) -> str:
    """One or two sources; of more the first, and how many there are."""
    if len(found) <= MOST_SOURCES:
        return "；".join(found)
    return say("figure.source_many", first=found[0], count=len(found))


def _tables(figures: Sequence[Figure], one: Figure) -> str:
    """表三、表四: the tables of one report that the figures come from."""
    same = [each for each in figures if (each.title, each.file) == (one.title, one.file)]
    names = dict.fromkeys(table_name(each) for each in same)
    return "、".join(name for name in names if name)


def table_name(figure: Figure) -> str:
    """表三 for a cell of 收到和处理政府信息公开申请情况; '' for what no table prints."""
    codes = [figure.code, *(code for code, _ in figure.parts)]
    table = next((all_fields()[code].row.table for code in codes if code in all_fields()), "")
    return str(data("replies.toml")["tables"].get(table, ""))


def _source(figure: Figure, table: str, exact: bool) -> str:
    place = "，".join(part for part in (table, place_text(figure) if exact else _page(figure)) if part)
    return say(
        "figure.source_one",
        title=figure.title,
        place=place,
        file=say("figure.file", file=figure.file) if figure.file else "",
    )


def _page(figure: Figure) -> str:
    return say("figure.page", page=figure.place.page) if figure.place and figure.place.page else ""


def place_text(figure: Figure) -> str:
    """第3页, 第12行, 表格2第5行: as much as the format knows."""
    place = figure.place
    if place is None:
        return ""
    if place.page:
        return say("figure.page", page=place.page)
    if place.line:
        return say("figure.line_no", line=place.line)
    if place.table and place.row:
        return say("figure.table", table=place.table, row=place.row)
    return ""


def condition_text(condition: Condition) -> str:
    """收到申请超过 100 件."""
    unit = "%" if condition.item.kind in ("measure", "share") else form.unit_of(condition.item.code)
    return bound_text(condition, item_name(condition.item), unit)


def bound_text(condition: Condition, name: str, unit: str) -> str:
    """The bounds of a condition, on whatever `name` says: 增长超过 10%."""
    low = number_text(_trim(condition.low), unit) if condition.low is not None else ""
    high = number_text(_trim(condition.high), unit) if condition.high is not None else ""
    if condition.low is not None and condition.high is not None:
        key = "exactly" if condition.low == condition.high else "between"
    elif condition.low is not None:
        key = "over" if condition.low_open else "at_least"
    else:
        key = "under" if condition.high_open else "at_most"
    return say(f"threshold.{key}", item=name, low=low, high=high)


def _trim(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value
