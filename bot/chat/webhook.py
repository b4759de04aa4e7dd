"""The door of webhook mode: an update the library cannot parse is passed over, as in polling.

The library answers such an update with 400, so that Telegram would deliver it again for a day and slow down the others.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from telegram.ext._utils import webhookhandler as library
from telegram.ext._utils.webhookhandler import TelegramHandler

from bot.chat.delivery import understood

log = logging.getLogger("nianbao.delivery")


class TolerantHandler(TelegramHandler):
    """Takes what only Telegram can have sent, and says so also to what nobody understands."""

    async def post(self) -> None:
        """First the secret: a stranger's bytes are not even parsed."""
        self._validate_post()
        body = _parsed(self.request.body)
        if body is None:
            log.error("a delivery that is no update was passed over")
            self.set_status(HTTPStatus.OK)
            return
        kept = understood(body, self.bot)
        if kept is not body:
            self.request.body = json.dumps(kept).encode()
        await super().post()


@contextmanager
def tolerant() -> Iterator[None]:
    """While this lasts, a webhook that the library opens has our handler: it offers no other way to choose one."""
    library.TelegramHandler = TolerantHandler  # type: ignore[misc]
    try:
        yield
    finally:
        library.TelegramHandler = TelegramHandler  # type: ignore[misc]


def _parsed(content: bytes) -> dict[str, Any] | None:
    try:
        body = json.loads(content)
    except ValueError:
        return None
    return body if isinstance(body, dict) and isinstance(body.get("update_id"), int) else None
