"""What cannot be read is refused in one sentence that says why and what to do."""

from __future__ import annotations

import contextlib
import io
import zipfile
from pathlib import Path

import pytest

from index.errors import FileUnreadable, ReportError, UnsupportedFile
from index.readers import READERS, read_bytes, read_document
from index.readers.sniff import REFUSALS, kind_of
from tests.documents import Printed, make


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return stream.getvalue()


def refusal(data: bytes, name: str = "年报.pdf") -> ReportError:
    with pytest.raises(ReportError) as caught:
        read_bytes(data, name)
    sentence = str(caught.value)
    assert name in sentence
    assert "\n" not in sentence
    assert sentence.endswith("。")
    return caught.value


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match=r"找不到文件.*没有\.pdf.*请检查路径"):
        read_document(tmp_path / "没有.pdf")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="文件夹"):
        read_document(tmp_path)


def test_a_file_over_the_limit_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "大.pdf"
    path.write_bytes(b"%PDF-1.4" + b"0" * 2_000_000)
    with pytest.raises(FileUnreadable, match="太大"):
        read_document(path, max_bytes=1_000_000)


@pytest.mark.parametrize("data", [b"", b" \n\t "])
def test_an_empty_file_is_told(data: bytes) -> None:
    assert isinstance(refusal(data, "空.txt"), FileUnreadable)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (zipped(a_dot_pdf=b"x"), UnsupportedFile),
        (b"Rar!\x1a\x07\x00rest", UnsupportedFile),
        (b"7z\xbc\xaf\x27\x1crest", UnsupportedFile),
        (zipped(ppt__presentation_dot_xml=b"<p/>"), UnsupportedFile),
        (zipped(OFD_dot_xml=b"<o/>"), UnsupportedFile),
        (b"\x00\x01\x02\x03" * 100, UnsupportedFile),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 3, UnsupportedFile),
        (b"%PDF-1.7 and then nothing of a PDF", FileUnreadable),
        (b"PK\x03\x04" + b"word/document.xml" + b"\x00" * 50, FileUnreadable),
        (zipped(word__document_dot_xml=b"<not a document"), FileUnreadable),
        (zipped(xl__workbook_dot_xml=b"<not a workbook"), FileUnreadable),
    ],
)
def test_what_is_not_read_is_refused_by_kind(data: bytes, kind: type[ReportError]) -> None:
    assert isinstance(refusal(data, "文件.bin"), kind)


def test_a_pdf_with_a_password_is_told_from_a_damaged_one(report: Printed) -> None:
    pypdf = make("pdf-ruled", report)
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt=StandardEncryption("geheim", ownerPassword="eigner"))
    canvas.drawString(100, 100, "text")
    canvas.save()
    assert "密码" in str(refusal(stream.getvalue()))
    assert "已损坏" in str(refusal(pypdf[:200]))


def test_a_pdf_of_blank_pages_and_one_of_too_many_are_told() -> None:
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.showPage()
    canvas.save()
    assert "空白" in str(refusal(stream.getvalue()))
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for _ in range(201):
        canvas.drawString(100, 100, "text")
        canvas.showPage()
    canvas.save()
    assert "201 页" in str(refusal(stream.getvalue()))


def test_every_kind_has_a_reader_or_a_refusal() -> None:
    assert not READERS.keys() & REFUSALS.keys()
    assert all(sentence.endswith("。") for sentence in REFUSALS.values())


def test_content_decides_and_not_the_suffix(report: Printed) -> None:
    page = make("html-plain", report)
    assert read_bytes(page, "年报.doc").kind == "html"
    assert kind_of(make("docx", report)) == "docx"
    assert kind_of(make("xlsx", report)) == "xlsx"


@pytest.mark.parametrize("name", ["docx", "xlsx", "html-system", "pdf-ruled", "txt-tabs"])
def test_a_damaged_file_is_read_or_refused_and_nothing_else(name: str, report: Printed) -> None:
    data = make(name, report)
    for start in range(0, len(data), max(1, len(data) // 40)):
        hurt = data[:start] + b"\xff\x00<w:p" + data[start + 60 :]
        for broken in (data[:start], hurt):
            with contextlib.suppress(ReportError):
                read_bytes(broken, "坏文件.bin")


def test_an_xml_bomb_and_an_external_entity_bring_nothing_in(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim-7731", encoding="utf-8")
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><body><p>年报&x;</p></body></html>'
    assert "geheim-7731" not in str(read_bytes(page.encode(), "网页.html"))
