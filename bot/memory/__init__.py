"""What the bot itself remembers: a SQLite file of its own, so that the index can be published as it is."""

from bot.memory.memory import Memory, memory_path

__all__ = ["Memory", "memory_path"]
