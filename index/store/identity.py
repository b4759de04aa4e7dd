"""Which printed names are one agency: the one door from the store to index.agencies."""

from __future__ import annotations

import unicodedata


def key_of(name: str) -> str:
    """The same for every printed name of one body."""
    try:
        from index.agencies.identify import identify
    except ImportError:
        return "".join(unicodedata.normalize("NFKC", name).split())
    return str(identify(name).key)
