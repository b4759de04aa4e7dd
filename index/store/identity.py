"""Which printed names are one agency: the one door from the store to index.agencies."""

from __future__ import annotations

import unicodedata
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable


def key_of(name: str) -> str:
    """The same for every printed name of one body."""
    try:
        from index.agencies.identify import identify
    except ImportError:
        return "".join(unicodedata.normalize("NFKC", name).split())
    return str(identify(name).key)


@cache
def names_version() -> str:
    """Changes whenever the program or its data may understand a printed name otherwise than before."""
    digest = sha256()
    for file in _files_below(files("index.agencies")):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


def _files_below(folder: Traversable) -> list[Traversable]:
    found: list[Traversable] = []
    for each in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if each.is_dir():
            found += [] if each.name == "__pycache__" else _files_below(each)
        else:
            found.append(each)
    return found
