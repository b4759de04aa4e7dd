"""Reports and what was read in them, in one SQLite file, with the original files beside it."""

from index.store.copies import restore_backup
from index.store.index import Index
from index.store.records import (
    Agency,
    Alias,
    Correction,
    Event,
    FailedCheck,
    Saved,
    Source,
    StoredFigure,
    StoredPassage,
    Summary,
)

__all__ = [
    "Agency",
    "Alias",
    "Correction",
    "Event",
    "FailedCheck",
    "Index",
    "Saved",
    "Source",
    "StoredFigure",
    "StoredPassage",
    "Summary",
    "restore_backup",
]
