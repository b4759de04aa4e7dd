"""A chart shows the answer's numbers; it is looked at by people, so tests look at what can be counted."""

import io

import pytest
from PIL import Image

from bot.chart import FILL, Bar, Chart, draw
from index.drawing import chinese_font

pytestmark = pytest.mark.skipif(chinese_font() is None, reason="no Chinese font on this machine")


def picture(chart: Chart) -> Image.Image:
    return Image.open(io.BytesIO(draw(chart))).convert("RGB")


def filled(image: Image.Image, top: float, bottom: float) -> int:
    strip = image.crop((0, int(top * image.height), image.width, int(bottom * image.height)))
    return sum(abs(r - FILL[0]) + abs(g - FILL[1]) + abs(b - FILL[2]) < 30 for r, g, b in strip.get_flattened_data())


def test_a_bar_is_as_long_as_its_figure() -> None:
    image = picture(Chart("示例市各区", (Bar("甲区", 100, "100"), Bar("乙区", 25, "25"))))
    ratio = filled(image, 0, 0.55) / filled(image, 0.55, 1)
    assert 3.5 < ratio < 4.5


def test_years_stand_side_by_side_and_a_missing_year_is_a_gap() -> None:
    bars = (Bar("2022", 50, "50"), Bar("2023", None, "未收录"), Bar("2024", 50, "50"))
    image = picture(Chart("示例市历年", bars, upright=True))
    thirds = [image.crop((image.width * k // 3, 0, image.width * (k + 1) // 3, image.height)) for k in range(3)]
    first, gap, last = (filled(third, 0, 1) for third in thirds)
    assert first == last > 0
    assert gap == 0


def test_a_chart_of_zeros_and_of_negative_changes_is_drawn() -> None:
    assert picture(Chart("示例市", (Bar("甲", 0, "0"), Bar("乙", 0, "0")))).width == 1080
    assert picture(Chart("示例市", (Bar("甲", -3, "-3"), Bar("乙", 2, "2")), upright=True)).width == 1080


def test_a_chart_of_ten_names_stays_under_100_kilobytes() -> None:
    bars = tuple(Bar(f"示例市第{n}区人民政府", n, str(n)) for n in range(10))
    assert len(draw(Chart("示例市各区2024年新收申请", bars, "已收录10个区中的10个"))) < 100_000
