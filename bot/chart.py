"""Charts as PNG, drawn with Pillow: columns for the years of one agency, bars for a comparison or a ranking.

The labels carry the same texts as the answer, so that chart and words cannot differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from index.drawing import fitted, load_font, png

WIDTH = 1080
EDGE = 40
TITLE, TEXT, SMALL = 40, 32, 26
BAR, GAP = 52, 26
PLOT_HEIGHT = 520
INK, FAINT, FILL, MISSING = (30, 34, 40), (120, 126, 134), (47, 111, 187), (205, 209, 214)


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure of a chart."""

    label: str
    """A year, or an agency's name."""
    value: float | None
    """None where there is no figure: drawn as a gap with its text."""
    text: str
    """As the answer says it: 30, 62.5%, 未填写."""


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn."""

    title: str
    bars: tuple[Bar, ...]
    note: str = ""
    """Coverage and source, under the chart."""
    upright: bool = False
    """Columns side by side, for years; else bars one under the other, for names."""


def draw(chart: Chart) -> bytes:
    """The chart as PNG, 1080 pixels wide. Raises UnsupportedFile where the machine has no Chinese font."""
    image = _columns(chart) if chart.upright else _bars(chart)
    return png(image.convert("P", palette=Image.Palette.ADAPTIVE, colors=64))


def _bars(chart: Chart) -> Image.Image:
    font, head = load_font(TEXT), _headings(chart)
    labels = min(max(font.getlength(bar.label) for bar in chart.bars) + 24, WIDTH * 0.45)
    values = max(font.getlength(bar.text) for bar in chart.bars) + 24
    room = WIDTH - 2 * EDGE - labels - values
    height = head + len(chart.bars) * (BAR + GAP) + _note_height(chart)
    image, pen = _sheet(chart, height)
    low, high = _range(chart.bars)
    zero = EDGE + labels + room * (0 - low) / (high - low)
    for at, bar in enumerate(chart.bars):
        top = head + at * (BAR + GAP)
        pen.text((EDGE, top + 8), fitted(bar.label, labels - 16, font), fill=INK, font=font)
        end = zero if bar.value is None else zero + room * bar.value / (high - low)
        pen.rectangle((min(zero, end), top, max(zero, end, zero + 2), top + BAR), fill=_colour(bar))
        pen.text((max(zero, end) + 12, top + 8), bar.text, fill=INK, font=font)
    return image


def _columns(chart: Chart) -> Image.Image:
    font, head = load_font(TEXT), _headings(chart)
    height = head + PLOT_HEIGHT + 70 + _note_height(chart)
    image, pen = _sheet(chart, height)
    low, high = _range(chart.bars)
    step = (WIDTH - 2 * EDGE) / len(chart.bars)
    width = min(step * 0.6, 160)
    top, bottom = head + 50, head + PLOT_HEIGHT
    zero = bottom - (bottom - top) * (0 - low) / (high - low)
    for at, bar in enumerate(chart.bars):
        middle = EDGE + step * (at + 0.5)
        end = zero if bar.value is None else zero - (bottom - top) * bar.value / (high - low)
        pen.rectangle(
            (middle - width / 2, min(zero, end) - 1, middle + width / 2, max(zero, end) + 1), fill=_colour(bar)
        )
        pen.text((middle, min(zero, end) - 10), bar.text, fill=INK, font=font, anchor="mb")
        pen.text((middle, bottom + 46), bar.label, fill=INK, font=font, anchor="mm")
    pen.line((EDGE, zero, WIDTH - EDGE, zero), fill=FAINT, width=2)
    return image


def _sheet(chart: Chart, height: float) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (WIDTH, int(height)), "white")
    pen = ImageDraw.Draw(image)
    title = load_font(TITLE)
    for at, line in enumerate(_wrapped(chart.title, title)):
        pen.text((EDGE, 30 + at * (TITLE + 14)), line, fill=INK, font=title)
    small = load_font(SMALL)
    for at, line in enumerate(reversed(_wrapped(chart.note, small))):
        pen.text((EDGE, height - 24 - (at + 1) * (SMALL + 10)), line, fill=FAINT, font=small)
    return image, pen


def _headings(chart: Chart) -> int:
    return 60 + len(_wrapped(chart.title, load_font(TITLE))) * (TITLE + 14)


def _note_height(chart: Chart) -> int:
    return 40 + len(_wrapped(chart.note, load_font(SMALL))) * (SMALL + 10)


def _range(bars: Sequence[Bar]) -> tuple[float, float]:
    values = [bar.value for bar in bars if bar.value is not None]
    low, high = min([0.0, *values]), max([0.0, *values])
    return (low, high) if high > low else (0.0, 1.0)


def _colour(bar: Bar) -> tuple[int, int, int]:
    return MISSING if bar.value is None else FILL


def _wrapped(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines: list[str] = []
    for character in text:
        if lines and font.getlength(lines[-1] + character) <= WIDTH - 2 * EDGE:
            lines[-1] += character
        else:
            lines.append(character)
    return lines
