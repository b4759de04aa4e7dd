"""A PDF file opened, for those who read its text and those who look at its pages."""

from __future__ import annotations

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from index.errors import FileUnreadable


def open_pdf(data: bytes, name: str) -> pdfium.PdfDocument:
    """The file, opened; one sentence when it is encrypted or damaged."""
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise FileUnreadable(f"PDF 文件“{name}”设有密码，无法读取：请去掉密码后再试。") from None
        raise FileUnreadable(f"PDF 文件“{name}”已损坏，无法打开：请重新下载或导出后再试。") from None
