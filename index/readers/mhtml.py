"""A web page saved as one file (MHT, MHTML): a mail whose first HTML part is the page."""

from __future__ import annotations

import email
import email.policy

from index.document import Document
from index.errors import FileUnreadable
from index.readers import web

__all__ = ["read"]


def read(data: bytes, name: str) -> Document:
    """The page inside; pictures and styles saved with it are not looked at."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                return web.read(content, name, charset=part.get_content_charset())
    raise FileUnreadable(f"文件“{name}”里没有网页内容：请重新保存网页后再试。")
