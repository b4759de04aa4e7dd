"""Rows as files for a spreadsheet: CSV that Excel opens rightly, and XLSX."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

_FORMULA = ("=", "+", "-", "@", "\t")


def as_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with a mark that Excel wants; no cell that a spreadsheet would run as a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([f"'{cell}" if isinstance(cell, str) and cell[:1] in _FORMULA else cell for cell in row])
    return "\ufeff".encode() + out.getvalue().encode()


def as_xlsx(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A workbook of one sheet; texts stay texts there, whatever they begin with."""
    from bot.commands.xlsx import write_xlsx

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "table.xlsx")
        write_xlsx(path, heads, rows)
        return path.read_bytes()
