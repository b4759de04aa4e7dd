"""Keeps the token out of every log line, also out of tracebacks and of what other libraries log."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Sequence

HIDDEN = "‹hidden›"
_QUOTED = re.compile(r"Received data was(?! \*not\*).*", re.DOTALL)
_FORMATTER = logging.Formatter()


class Redact(logging.Filter):
    """Replaces secrets in the message, in its arguments and in the traceback of a record."""

    def __init__(self, secrets: Sequence[str]) -> None:
        super().__init__()
        # the longest first, so that a whole token goes before a part of it
        self._secrets = sorted(secrets, key=len, reverse=True)

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if record.name.startswith("telegram"):  # the library quotes whole updates, with what people wrote
            said = _QUOTED.sub("", said)
        record.msg, record.args = self.clean(said), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = _FORMATTER.formatException(record.exc_info)
        record.exc_info = None
        if record.exc_text:
            record.exc_text = self.clean(record.exc_text)
        if record.stack_info:
            record.stack_info = self.clean(record.stack_info)
        return True

    def clean(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return text


def set_up_logging(secrets: Sequence[str], level: int = logging.INFO) -> None:
    """Logs to stderr, redacted; the libraries that print addresses with the token in them are kept quiet."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.setLevel(level)
    root.addHandler(handler)
    for each in root.handlers:
        each.addFilter(Redact(secrets))
    for noisy in ("httpx", "httpcore", "tornado.access", "telegram.ext.AIORateLimiter", "apscheduler"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    for quiet in (
        "telegram.ext",
        "telegram.ext.Updater",
        "telegram.ext.AIORateLimiter",
        "telegram.ext.Application",
        "telegram.request",
    ):
        # they log each network hiccup with its traceback; errors.py says the same in a line
        logging.getLogger(quiet).setLevel(logging.CRITICAL)
    logging.getLogger("telegram").setLevel(max(level, logging.WARNING))
