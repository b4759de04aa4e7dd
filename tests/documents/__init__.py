"""Test documents: a report whose figures a test knows, printed in every format and layout the product claims to read.

    report = printed({"requests.received.person": 12, ...}, agency="示例市甲区人民政府", year=2024)
    data = LAYOUTS["pdf-ruled"].make(report)                bytes; LAYOUTS["pdf-ruled"].suffix is ".pdf"
    report.figures                                          code → Decimal | None (blank): what a reading must give

`printed()` fills every cell of the edition; what is not given is "0". Options change what is printed:
    edition="2019"                      the earlier form
    cells={"requests.received.total": ""}   any cell as any text: "" is blank, "-", "12（其中…）"; the figures follow
    without=("requests.other.miscellaneous",)   rows that are not printed; without_total=True drops the column 总计
    labels={"1.属于国家秘密": "1.属国家秘密"}  labels as misprinted
    disputes="row" | "stacked" | "rows"   one row of fifteen numbers, three blocks one under another, three rows of five
    split=True                          table two as one table a clause
    vertical=True                       三、本年度办理结果 in upright text (where the format can)
    notes=("注：…",), unit_line=True    lines around the tables
    prose={"overview": ("…",)}          paragraphs of a section

LAYOUTS maps a name to a `Layout` (suffix, print, needs: programs of the system). Where a program is absent the test is
skipped, and fails when CI=true (tests/documents/programs.py).
`make(name, report)` prints one; `parameters()` is for pytest.mark.parametrize;
`scanned(pdf, …)` makes a scan of any PDF.
"""

from tests.documents.layouts import LAYOUTS, Layout, make, parameters
from tests.documents.report import Printed, printed
from tests.documents.scan import scanned

__all__ = ["LAYOUTS", "Layout", "Printed", "make", "parameters", "printed", "scanned"]
