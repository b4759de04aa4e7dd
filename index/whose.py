"""Whether a printed name tells whose report it is; two cities' 区统计局 are never made one agency silently."""

from __future__ import annotations

from index.errors import AgencyUnknown
from index.report import Report
from index.store import Index


def checked(name: str) -> str:
    """The name that whoever loads gives, if it is one: AgencyUnknown for nothing, 我局, 区统计局."""
    from index.agencies.identify import identify, kind_of

    name = " ".join(name.split())
    if not name:
        raise AgencyUnknown("--agency 后面是空的：请写机关全称，例如 示例市甲区人民政府。")
    if not identify(name).complete and (kind_of(name) is not None or _open(name)):
        raise AgencyUnknown(f"“{name}”没有说明是哪个地方的机关：请写全称，例如 示例市甲区统计局。")
    return name


def doubt(store: Index, report: Report) -> str | None:
    """Why a report cannot be given to the loaded agency of the same name: the name alone does not tell one body.

    区统计局 names no place, so any other report under that name may be another city's. 太平镇人民政府 names a place
    of which there are several: years of it are taken for one agency, but none replaces another. A proper name that
    the lists do not hold (样本路小学) counts as one body.
    """
    from index.agencies.bodies import bodies
    from index.agencies.identify import identify, kind_of

    about = identify(report.agency)
    if about.complete or about.body not in bodies().by_key:
        return None
    rivals = [each for each in store.agencies() if each.key == about.key]
    placeless = kind_of(report.agency) is not None
    if not any(placeless or report.year in each.years for each in rivals):
        return None
    return (
        f"只写了“{report.agency}”，没有说明是哪个地方的，而索引里已有同名机关的年报：请用 --agency 写全称（确是"
        "同一机关的，先 remove 那一份，两份都用 --agency 写全称载入）。"
    )


def _open(name: str) -> bool:
    from index.reading.title import is_open

    return is_open(name)
