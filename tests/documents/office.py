"""Word and Excel files, with the merged cells of the form."""

from __future__ import annotations

import io

from tests.documents.report import Printed
from tests.documents.tables import Grid, Heading, Title, parts


def docx(report: Printed) -> bytes:
    """A Word document as WPS or Word writes it."""
    import docx as library
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = library.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "宋体", Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    for part in parts(report):
        if isinstance(part, Grid):
            _docx_table(document, part)
        elif isinstance(part, Title):
            paragraph = document.add_paragraph(part.text)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif isinstance(part, Heading):
            document.add_heading(part.text, level=1)
        else:
            document.add_paragraph(part.text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _docx_table(document: object, grid: Grid) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    table = document.add_table(rows=len(grid.rows), cols=grid.columns, style="Table Grid")  # type: ignore[attr-defined]
    for box in grid.boxes:
        cell = table.cell(box.row, box.column)
        if box.colspan > 1 or box.rowspan > 1:
            cell = cell.merge(table.cell(box.row + box.rowspan - 1, box.column + box.colspan - 1))
        cell.text = box.text
        if box.upright:
            direction = OxmlElement("w:textDirection")
            direction.set(qn("w:val"), "tbRlV")
            cell._tc.get_or_add_tcPr().append(direction)


def xlsx(report: Printed, *, one_sheet: bool = False) -> bytes:
    """A workbook: text on the first sheet and a sheet a table, or all of it on one sheet."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    at = 1
    for part in parts(report):
        if not isinstance(part, Grid):
            sheet.cell(at, 1, part.text)
            at += 1
        elif one_sheet:
            _fill(sheet, part, at)
            at += len(part.rows) + 1
        else:
            _fill(book.create_sheet(), part, 1)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(sheet: object, grid: Grid, top: int) -> None:
    for box in grid.boxes:
        value: object = box.text
        if box.number and box.text.replace(".", "", 1).isascii() and box.text.replace(".", "", 1).isdigit():
            value = float(box.text) if "." in box.text else int(box.text)
        sheet.cell(top + box.row, 1 + box.column, value)  # type: ignore[attr-defined]
        if box.colspan > 1 or box.rowspan > 1:
            sheet.merge_cells(  # type: ignore[attr-defined]
                start_row=top + box.row,
                start_column=1 + box.column,
                end_row=top + box.row + box.rowspan - 1,
                end_column=box.column + box.colspan,
            )


def one_sheet(report: Printed) -> bytes:
    return xlsx(report, one_sheet=True)
