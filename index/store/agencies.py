"""The list of agencies, kept between questions; after a change only the agencies it touched are looked up again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from index.store.base import Base, listed
from index.store.records import Agency


@dataclass(slots=True)
class Listing:
    """What was found last time, and up to which event that is true."""

    version: int = -1
    last_event: int = -1
    by_id: dict[int, Agency] = field(default_factory=dict)
    ordered: tuple[Agency, ...] = ()


def agencies(store: Base, listing: Listing) -> tuple[Agency, ...]:
    """Sorted by name. The very same tuple until an agency changes, so that callers may keep what they make of it."""
    with store.lock:
        if store.connection.in_transaction:
            return _ordered(_select(store, None))  # what may yet be rolled back is not remembered
        version = store.version()
        if version != listing.version:
            _refresh(store, listing)
            listing.version = version
        return listing.ordered


def _refresh(store: Base, listing: Listing) -> None:
    """Whatever happens to a report is an event; so the events since tell which agencies to look at."""
    first, listing_end = listing.last_event < 0, listing.last_event
    listing.last_event = store.rows("SELECT coalesce(max(id), 0) FROM events")[0][0]
    rows = [] if first else store.rows("SELECT DISTINCT agency_id FROM events WHERE id > ?", [listing_end])
    touched = [agency_id for (agency_id,) in rows]
    fresh = _select(store, None if first else touched)
    if first or any(fresh.get(each) != listing.by_id.get(each) for each in touched):
        gone = set(touched)
        kept = {each: agency for each, agency in listing.by_id.items() if each not in gone}
        listing.by_id = kept | fresh
        listing.ordered = _ordered(listing.by_id)


def _ordered(found: dict[int, Agency]) -> tuple[Agency, ...]:
    return tuple(sorted(found.values(), key=lambda agency: (agency.name, agency.id)))


def _select(store: Base, ids: Iterable[int] | None) -> dict[int, Agency]:
    where = "" if ids is None else "AND r.agency_id IN (SELECT value FROM json_each(?))"
    sql = f"""SELECT r.agency_id, r.agency, r.year FROM reports r
              WHERE r.state = 'current' {where} ORDER BY r.agency_id, r.year"""
    reports: dict[int, list[tuple[str, int]]] = {}
    for agency_id, printed, year in store.rows(sql, [] if ids is None else [listed(ids)]):
        reports.setdefault(agency_id, []).append((printed, year))
    chosen = "WHERE id IN (SELECT value FROM json_each(?))"
    names = store.rows(f"SELECT id, name, key FROM agencies {chosen}", [listed(reports)])
    return {
        agency_id: Agency(
            agency_id,
            name,
            key,
            tuple(dict.fromkeys(printed for printed, _ in reports[agency_id])),
            tuple(year for _, year in reports[agency_id]),
        )
        for agency_id, name, key in names
    }
