"""Answer → text, message, JSON: the only place sentences are made, from bot/wording/replies.toml."""

from bot.render.buttons import Button, Message, message
from bot.render.charts import chart
from bot.render.jsonout import to_json
from bot.render.table import Table, table
from bot.render.texts import text

__all__ = ["Button", "Message", "Table", "chart", "message", "table", "text", "to_json"]
