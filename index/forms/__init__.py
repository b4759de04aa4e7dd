"""The statutory form, edition by edition, as data, and the small model that loads it."""

from index.forms.load import edition, editions, field, fields, sums
from index.forms.model import Column, Edition, Equation, Field, Row, Sum

__all__ = ["Column", "Edition", "Equation", "Field", "Row", "Sum", "edition", "editions", "field", "fields", "sums"]
