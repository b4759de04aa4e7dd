"""Everything that can go wrong in the index, as one tree; each message is a clear Chinese sentence for people.

NianbaoError                 the base; `str(error)` says what is wrong and what to do
├── ReportError              a file did not become a report
│   ├── FileUnreadable       missing, empty, damaged, encrypted, too large, or took too long
│   ├── UnsupportedFile      of a type that is not read, or that needs a program or an extra that is absent
│   ├── NotAReport           read, but not one annual report (an explanation, half-year statistics, several in one …)
│   ├── AgencyUnknown        the document does not name its agency: say it with --agency
│   └── YearUnknown          the document does not name its year: say it with --year
├── StoreError               the index cannot serve
│   ├── IndexUnreadable      not an index, or damaged
│   ├── IndexUnwritable      read-only, no space, or another program is writing
│   └── IndexTooNew          written by a newer version of the program
└── DataError                a data file of the program itself is wrong; says file and line
"""

import errno

_REASONS = {
    errno.ENOENT: "路径不存在",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "是文件夹，不是文件",
    errno.EEXIST: "已经存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "超过了磁盘配额",
    errno.ENAMETOOLONG: "名称太长",
    errno.EADDRINUSE: "端口已被占用",
    errno.EADDRNOTAVAIL: "地址不可用",
    errno.EIO: "磁盘读写出错",
}


def reason_of(error: OSError) -> str:
    """Why the system refused, in a few Chinese words for the sentence around them."""
    return _REASONS.get(error.errno or 0, error.strerror or type(error).__name__)


class NianbaoError(Exception):
    """The base; `str(error)` says what is wrong and what to do."""


class ReportError(NianbaoError):
    """A file did not become a report; nothing was stored."""


class FileUnreadable(ReportError):
    """Missing, empty, damaged, encrypted, too large, or took too long."""


class UnsupportedFile(ReportError):
    """Of a type that is not read, or that needs a program or an extra that is absent here."""


class NotAReport(ReportError):
    """Read, but not one annual report of one agency."""


class AgencyUnknown(ReportError):
    """The document does not name its agency."""


class YearUnknown(ReportError):
    """The document does not name its year."""


class StoreError(NianbaoError):
    """The index cannot serve."""


class IndexUnreadable(StoreError):
    """Not an index of this program, or damaged."""


class IndexUnwritable(StoreError):
    """Read-only, no space left, or another program is writing."""


class IndexTooNew(StoreError):
    """Written by a newer version of the program."""


class DataError(NianbaoError):
    """A data file of the program itself is wrong; the message names file and line."""
