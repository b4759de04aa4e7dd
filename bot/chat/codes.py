"""Short codes of agencies for buttons and links, made of their identity: a rebuilt index keeps old buttons right."""

from __future__ import annotations

import base64
import hashlib

from index.store import Index
from index.store.records import Agency


def code_of(agency: Agency) -> str:
    """Eight characters of A-Z, a-z, 0-9, '-' and '_'."""
    return base64.urlsafe_b64encode(hashlib.blake2b(agency.key.encode(), digest_size=6).digest()).decode()


def agency_of(index: Index, code: str) -> Agency | None:
    """The loaded agency of a code; None if there is none, or (as good as never) two."""
    table: dict[str, Agency | None] = index.kept("chat codes", lambda: _table(index))
    return table.get(code)


def _table(index: Index) -> dict[str, Agency | None]:
    table: dict[str, Agency | None] = {}
    for agency in index.agencies():
        code = code_of(agency)
        table[code] = None if code in table else agency
    return table
