"""Web pages: a bare page, a content system's page with all that stands around, tables as layout, Word's own HTML."""

from __future__ import annotations

from html import escape

from tests.documents.report import Printed
from tests.documents.tables import Grid, Heading, Part, Text, Title, parts


def table(grid: Grid, *, attributes: str = 'border="1"', cell: str = "{}") -> str:
    """A table with its spans; `cell` is what a cell's text is wrapped in."""
    lines = [f"<table {attributes}>"]
    for row in grid.rows:
        lines.append("<tr>")
        for box in row:
            spans = "".join(
                f' {name}="{count}"'
                for name, count in (("colspan", box.colspan), ("rowspan", box.rowspan))
                if count > 1
            )
            style = ' style="writing-mode:vertical-rl"' if box.upright else ""
            lines.append(f"<td{spans}{style}>{cell.format(escape(box.text) or '&nbsp;')}</td>")
        lines.append("</tr>")
    return "\n".join([*lines, "</table>"])


def _plain(part: Part) -> str:
    match part:
        case Title(text):
            return f"<h1>{escape(text)}</h1>"
        case Heading(text):
            return f"<h2>{escape(text)}</h2>"
        case Text(text):
            return f"<p>　　{escape(text)}</p>"
        case Grid():
            return table(part, cell="\n  {}\n")
    raise TypeError(part)


def plain(report: Printed) -> bytes:
    """A bare page in UTF-8."""
    body = "\n".join(map(_plain, parts(report)))
    style = "<style>table{border-collapse:collapse;width:100%} td{font-size:11px;text-align:center}</style>"
    head = f'<meta charset="utf-8"><title>{escape(report.title)}</title>{style}'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


FURNITURE_ABOVE = """
<div class="topbar"><a href="/">示例市人民政府门户网站</a> 今天是2031年3月7日</div>
<div id="mainNav"><ul><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li>
<li><a href="/zwfw">政务服务</a></li>
<li><a href="/hdjl">互动交流</a></li></ul></div>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/nb">年报</a></div>
"""
FURNITURE_BELOW = """
<p class="prenext">上一篇：<a href="/1.html">示例市乙区2019年政府信息公开工作年度报告</a></p>
<div class="related"><h3>相关文章</h3><ul>
<li><a href="/2.html">示例市乙区2021年政府信息公开工作年度报告</a><span>2022-01-12</span></li>
<li><a href="/3.html">示例市丙县2022年政府信息公开工作年度报告</a><span>2023-01-12</span></li>
<li><a href="/4.html">示例市丁县2018年政府信息公开工作年度报告</a><span>2019-01-12</span></li></ul></div>
<table class="count"><tr><td>今日访问</td><td>399</td><td>累计访问</td><td>241698</td></tr></table>
<div class="footer"><p>主办：示例市人民政府办公室　ICP备00000000号-1</p><p>版权所有 © 2031</p></div>
"""


def system(report: Printed, encoding: str = "gb18030") -> bytes:
    """A content system's page: navigation, scripts, related links, hidden text, a footer; its charset declared."""
    rows = "\n".join(
        table(part, attributes='class="tb"', cell='<p style="text-align:center"><span>{}<br/></span></p>')
        if isinstance(part, Grid)
        else f'<p class="sec"><strong>{escape(part.text)}</strong></p>'
        if isinstance(part, Heading)
        else f"<p>&emsp;&emsp;{escape(part.text)}</p>"
        for part in parts(report)
        if not isinstance(part, Title)
    )
    head = (
        f'<meta http-equiv="Content-Type" content="text/html; charset={encoding}">'
        f"<title>{escape(report.title)}_示例市人民政府</title>"
        f'<meta name="ArticleTitle" content="{escape(report.title)}"><meta name="PubDate" content="2031-01-15">'
        '<script>var t="<td>2</td>";if(1<2){document.write("<table><tr><td>9</td></tr></table>")}</script>'
    )
    stale = "示例市戊县2011年政府信息公开工作年度报告<table><tr><td>7</td><td>8</td></tr></table>"
    hidden = f'<div style="display:none">{stale}</div>'
    content = f'<div id="zoom" class="content"><h2>{escape(report.title)}</h2>{hidden}{rows}</div>'
    page = f"<html><head>{head}</head><body>{FURNITURE_ABOVE}{content}{FURNITURE_BELOW}</body></html>"
    return page.encode(encoding)


def nested(report: Printed) -> bytes:
    """A page laid out in tables: navigation in one cell, the article in another, each section in a frame."""
    inner = "".join(f"<tr><td>{_plain(part)}</td></tr>" for part in parts(report))
    menu = "".join(f'<tr><td><a href="/{at}">栏目{at}</a></td></tr>' for at in range(6))
    page = f"<table width=1000><tr><td width=200><table>{menu}</table></td><td><table>{inner}</table></td></tr></table>"
    return f"<html><head><meta charset=utf-8><title>政府信息公开</title></head><body>{page}</body></html>".encode()


def by_word(report: Printed) -> bytes:
    """What Word saves as a filtered web page: runs cut anywhere, attributes without quotes, a declared GB2312."""

    def runs(text: str) -> str:
        cut = max(1, len(text) // 3)
        pieces = [text[:cut], text[cut:]] if len(text) > 1 else [text]
        return "".join(f"<span lang=EN-US style='font-family:宋体'>{escape(piece)}</span>" for piece in pieces)

    lines = []
    for part in parts(report):
        if isinstance(part, Grid):
            lines.append("<div align=center>" + _word_table(part, runs) + "</div>")
        else:
            lines.append(f"<p class=MsoNormal align=center><b>{runs(part.text)}</b></p>")
    head = '<meta http-equiv=Content-Type content="text/html; charset=gb2312"><meta name=Generator content="Word 15">'
    body = "\n".join(lines)
    names = 'xmlns:o="urn:schemas-microsoft-com:office:office"'
    page = f"<html {names}>\n<head>{head}</head>\n<body lang=ZH-CN>{body}</body></html>"
    return page.encode("gb18030")


def _word_table(grid: Grid, runs: object) -> str:
    rows = []
    for row in grid.rows:
        cells = "".join(
            f"<td width=39 colspan={box.colspan} rowspan={box.rowspan} valign=middle>\n  <p class=MsoNormal>"
            f"{runs(box.text) if box.text else '<o:p>&nbsp;</o:p>'}</p>\n  </td>"  # type: ignore[operator]
            for box in row
        )
        rows.append(f" <tr style='height:18pt'>{cells}</tr>")
    return "<table class=MsoNormalTable border=1 cellspacing=0>\n" + "\n".join(rows) + "\n</table>"
