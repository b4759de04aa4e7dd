"""Scans: the pages of a PDF as pictures, a little turned, noisy, stamped in red, in a PDF without text."""

from __future__ import annotations

import io
from typing import Any

SEED = 20240115


def page_images(pdf: bytes, dpi: int = 200) -> list[Any]:
    """The pages as Pillow images."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(pdf)
    try:
        return [document[at].render(scale=dpi / 72).to_pil().convert("RGB") for at in range(len(document))]
    finally:
        document.close()


def scanned(pdf: bytes, *, dpi: int = 200, skew: float = 0.6, noise: float = 6.0, stamp: bool = True) -> bytes:
    """A PDF of pictures of the pages: turned by `skew` degrees, with noise, a red stamp on the last page."""
    images = [_worn(image, dpi, skew * (-1) ** at, noise) for at, image in enumerate(page_images(pdf, dpi))]
    if stamp:
        images[-1] = _stamped(images[-1])
    stream = io.BytesIO()
    images[0].save(stream, "PDF", resolution=dpi, save_all=True, append_images=images[1:], quality=70)
    return stream.getvalue()


def _worn(image: Any, dpi: int, skew: float, noise: float) -> Any:
    import numpy
    from PIL import Image

    turned = image.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor="white")
    random = numpy.random.default_rng(SEED + dpi)
    grain = random.normal(0, noise, (turned.height, turned.width, 1))
    return Image.fromarray((numpy.asarray(turned) + grain).clip(0, 255).astype("uint8"))


def _stamped(image: Any) -> Any:
    """A round red seal over the middle of the page, the print showing through."""
    from PIL import Image, ImageChops, ImageDraw

    seal = Image.new("RGB", image.size, "white")
    draw = ImageDraw.Draw(seal)
    x, y, radius = image.width * 0.6, image.height * 0.35, image.width * 0.1
    draw.ellipse(
        (x - radius, y - radius, x + radius, y + radius), outline=(220, 30, 30), width=max(4, image.width // 160)
    )
    draw.regular_polygon((x, y, radius * 0.35), 5, fill=(220, 30, 30))
    return ImageChops.multiply(image, seal)
