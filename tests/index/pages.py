"""A small report as a web page, with the table of requests only: enough for what stands above reading."""

from collections.abc import Mapping
from pathlib import Path

from index import forms

COLUMNS = ("person", "company", "research", "charity", "legal_service", "other_org", "total")


def page(agency: str, year: int, received: int = 30, carried: Mapping[str, int] | None = None) -> str:
    """All applicants are persons and all requests are granted; `carried` gives carried_in and carried_out."""
    moved = {"requests.carried_in": 0, "requests.carried_out": 0} | {
        f"requests.{name}": value for name, value in (carried or {}).items()
    }
    handled = received + moved["requests.carried_in"] - moved["requests.carried_out"]
    counts = {"requests.received": received, "requests.granted": handled, "requests.handled": handled} | moved
    rows = [row for row in forms.edition("2021").rows if row.table == "requests"]
    body = "".join(_row(row.parent, row.label, counts.get(row.code, 0)) for row in rows)
    title = f"{agency}{year}年政府信息公开工作年度报告"
    return f"""<html><head><meta charset="utf-8"><title>{title}</title></head><body><h1>{title}</h1>
<p>根据《中华人民共和国政府信息公开条例》，现公布{year}年政府信息公开工作年度报告。</p>
<h2>一、总体情况</h2><p>{agency}{year}年主动公开政府信息{received}条，全年收到申请{received}件。</p>
<h2>三、收到和处理政府信息公开申请情况</h2>
<table border="1"><tr><td rowspan="3" colspan="2">（第一项加第二项之和，等于第三项加第四项之和）</td>
<td colspan="7">申请人情况</td></tr>
<tr><td rowspan="2">自然人</td><td colspan="5">法人或其他组织</td><td rowspan="2">总计</td></tr>
<tr><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td></tr>{body}</table>
<h2>五、存在的主要问题及改进情况</h2><p>公开不够及时。</p></body></html>"""


def _row(parent: str, label: str, count: int) -> str:
    heads = f"<td>{parent}</td><td>{label}</td>" if parent else f'<td colspan="2">{label}</td>'
    return f"<tr>{heads}<td>{count}</td>{'<td>0</td>' * 5}<td>{count}</td></tr>"


def write_page(folder: Path, name: str, agency: str, year: int = 2024, received: int = 30) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(agency, year, received), encoding="utf-8")
    return path
