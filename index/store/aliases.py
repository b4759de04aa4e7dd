"""Words that administrators taught: another name of an agency, another wording of a field."""

from __future__ import annotations

from datetime import datetime

from index.errors import StoreError
from index.store.base import Base
from index.store.changing import now
from index.store.records import Alias, AliasKind

COLUMNS = 'id, spelling, kind, target, author, "at"'


def find(store: Base) -> tuple[Alias, ...]:
    """All of them, longest spelling first; none in an older index that may only be read."""
    if not store.rows("SELECT 1 FROM sqlite_master WHERE name = 'aliases'"):
        return ()
    rows = store.rows(f"SELECT {COLUMNS} FROM aliases ORDER BY length(spelling) DESC, spelling")
    return tuple(Alias(a, b, c, d, e, datetime.fromisoformat(at)) for a, b, c, d, e, at in rows)


def add(store: Base, spelling: str, kind: AliasKind, target: str, author: str) -> Alias:
    """A spelling means one thing only; raises StoreError when it is taken."""
    with store.writing() as connection:
        if any(each.spelling == spelling for each in find(store)):
            raise StoreError(f"「{spelling}」已经有所指，请先删去。")
        sql = 'INSERT INTO aliases (spelling, kind, target, author, "at") VALUES (?, ?, ?, ?, ?)'
        connection.execute(sql, (spelling, kind, target, author, now()))
    return next(each for each in find(store) if each.spelling == spelling)


def drop(store: Base, alias_id: int) -> Alias | None:
    """What was taken out; None if it was gone already."""
    with store.writing() as connection:
        found = next((each for each in find(store) if each.id == alias_id), None)
        connection.execute("DELETE FROM aliases WHERE id = ?", (alias_id,))
    return found
