"""The Telegram door: the only room that imports telegram. Handlers read an update, call pure code, and send."""

import os

# python-telegram-bot 22: times are timedeltas, as they will be in the next version, instead of a warning at each 429
os.environ.setdefault("PTB_TIMEDELTA", "1")
