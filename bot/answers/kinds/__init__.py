"""One module a kind of question; `TABLE` is the table of kinds."""

from __future__ import annotations

from collections.abc import Callable

from bot.answers.context import Context
from bot.answers.kinds import change, check, collection, compare, figures, growth, lists, portion, prose, totals, yes_no
from bot.answers.model import Answer
from bot.question.query import Query

TABLE: dict[str, Callable[[Query, Context], Answer]] = {
    "figures": figures.answer,
    "trend": figures.answer,
    "difference": compare.difference,
    "ratio": compare.ratio,
    "more": compare.more,
    "ranking": lists.ranking,
    "place": lists.place,
    "threshold": lists.threshold,
    "sum": totals.answer,
    "average": totals.answer,
    "yoy": change.answer,
    "growth": growth.answer,
    "portion": portion.answer,
    "yes_no": yes_no.answer,
    "check": check.answer,
    "collection": collection.answer,
    "prose": prose.answer,
}
