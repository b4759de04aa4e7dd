"""The statutory form, edition by edition, as data, and the small model that loads it."""

from index.forms.load import STATISTICS, all_fields, current, edition, editions, field, fields, sums
from index.forms.model import Column, Edition, Equation, Field, Row, Sum

__all__ = [
    "STATISTICS",
    "Column",
    "Edition",
    "Equation",
    "Field",
    "Row",
    "Sum",
    "all_fields",
    "current",
    "edition",
    "editions",
    "field",
    "fields",
    "sums",
]
