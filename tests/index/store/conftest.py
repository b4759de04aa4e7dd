from collections.abc import Iterator
from pathlib import Path

import pytest

from index.store import Index


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.open(tmp_path / "index.db") as opened:
        yield opened
