"""The commands on data, by the names under which bot.cli finds them."""

from bot.commands.export import export
from bot.commands.listing import check, history, list_command
from bot.commands.loading import load, read, reread
from bot.commands.upkeep import backup, remove, restore

__all__ = ["backup", "check", "export", "history", "list_command", "load", "read", "remove", "reread", "restore"]
