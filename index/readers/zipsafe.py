"""Office files are ZIPs: their unpacked size is looked at before anything is unpacked."""

from __future__ import annotations

import io
import zipfile

from index.errors import FileUnreadable

MAX_UNPACKED = 400 * 1024 * 1024
MAX_MEMBERS = 5000


def check_container(data: bytes, name: str) -> None:
    """FileUnreadable when the container is damaged, or would unpack to more than any report needs."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise FileUnreadable(f"文件“{name}”已损坏，无法打开：请用 Office 或 WPS 打开并重新保存后再试。") from None
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise FileUnreadable(f"文件“{name}”解压后过大，已停止读取：请检查文件来源，或另存为 PDF 后再试。")
