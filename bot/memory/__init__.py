"""What the bot itself remembers: a SQLite file of its own, so that the index can be published as it is."""

from bot.memory.connection import copy_memory
from bot.memory.memory import Memory, memory_path

__all__ = ["Memory", "copy_memory", "memory_path"]
