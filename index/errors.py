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
