"""Short names of rows, columns, fields and sums, for people."""

from __future__ import annotations

from bot.question import form
from bot.wording import data


def label(code: str) -> str:
    """A short name of a row, column, field or sum, for people."""
    words = data("fields.toml")
    for kind in ("field", "row", "column"):
        if code in words[kind]:
            return str(words[kind][code]["label"])
    if code in data("statistics.toml")["field"]:
        return str(data("statistics.toml")["field"][code]["label"])
    row, column = form.split_code(code)
    if row not in words["row"]:
        return code
    plain = column in ("total", "decisions", "amount") and form.default_columns(row) == (column,)
    parent = form.split_code(row)[0]
    head = f"{words['row'][parent]['label']} · " if parent in words["row"] else ""
    return head + str(words["row"][row]["label"]) + ("" if plain else f" · {words['column'][column]['label']}")


def pair_label(row: str, column: str) -> str:
    return f"{label(row)} · {label(column)}"
