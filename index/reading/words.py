"""The words reading knows, from words.toml and titles.toml: data that an official could correct."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@cache
def words(name: str = "words") -> Mapping[str, Any]:
    """The content of reading/<name>.toml."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
