"""What pictures of evidence and charts share: a Chinese font of the machine (none is shipped), text that fits, PNG."""

from __future__ import annotations

import io
import shutil
import subprocess
from functools import cache
from pathlib import Path

from PIL import Image, ImageFont

from index.errors import UnsupportedFile

USUAL = (
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "C:/Windows/Fonts/msyh.ttc",
)
"""Where the Debian packages fonts-wqy-microhei and fonts-noto-cjk, macOS and Windows keep one."""


@cache
def chinese_font() -> Path | None:
    """A font file that has Chinese characters, or None where the machine has none."""
    usual = next((Path(each) for each in USUAL if Path(each).exists()), None)
    return usual or _from_fontconfig()


def _from_fontconfig() -> Path | None:
    if not shutil.which("fc-list"):
        return None
    found = subprocess.run(["fc-list", ":lang=zh-cn", "file"], capture_output=True, text=True, check=False, timeout=10)
    files = sorted(line.rstrip(": ") for line in found.stdout.splitlines() if line.strip())
    return Path(files[0]) if files else None


def load_font(size: int) -> ImageFont.FreeTypeFont:
    """That font in a size, in pixels. Raises UnsupportedFile where the machine has none."""
    path = chinese_font()
    if path is None:
        raise UnsupportedFile("本机没有中文字体，画不出图：请安装字体（Debian：apt install fonts-wqy-microhei）。")
    return ImageFont.truetype(str(path), size)


def fitted(text: str, width: float, in_font: ImageFont.FreeTypeFont) -> str:
    """The text, cut short with … where it is wider than `width` pixels."""
    if in_font.getlength(text) <= width:
        return text
    while text and in_font.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text}…"


def png(image: Image.Image) -> bytes:
    """The image as PNG."""
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
