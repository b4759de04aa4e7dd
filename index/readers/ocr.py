"""Recognition of characters by rapidocr; its models are in the wheel, so that nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

__all__ = ["Word", "recognise", "recognise_crops"]

SIDE = 2400
"""Pixels of the longer side at which words are found and read; characters of 9 points are 24 high."""
LIKELY = 0.6
"""Below this a text is a guess."""
NUMERIC = re.compile(r"^[\dOoQD〇lI]+$")
DIGITS = str.maketrans("OoQD〇lI", "0000011")


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of text as recognised, with its box in pixels and how sure that is."""

    text: str
    box: tuple[float, float, float, float]
    score: float


@cache
def _engine() -> Any:
    """Loaded once a process: 0.4 s."""
    import logging

    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.max_side_len": SIDE,
            "Global.use_cls": False,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def recognise(page: Any) -> list[Word]:
    """The words of a page in grey."""
    result = _engine()(_coloured(page), use_det=True, use_cls=False, use_rec=True)
    if result.boxes is None or result.txts is None:
        return []
    words = []
    for corners, text, score in zip(result.boxes, result.txts, result.scores, strict=True):
        xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
        if score >= LIKELY and text.strip():
            words.append(Word(_digits(text), (min(xs), min(ys), max(xs), max(ys)), float(score)))
    return words


def recognise_crops(crops: Sequence[Any]) -> list[str]:
    """The text of each crop that holds one line, '' where it is too unsure."""
    if not crops:
        return []
    result = _engine().recognize_txt([_coloured(_padded(crop)) for crop in crops])
    return [_digits(text) if score >= LIKELY else "" for text, score in zip(result.txts, result.scores, strict=True)]


def _coloured(grey: Any) -> Any:
    import cv2

    return cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)


def _padded(crop: Any) -> Any:
    import cv2

    return cv2.copyMakeBorder(crop, 12, 12, 16, 16, cv2.BORDER_CONSTANT, value=255)


def _digits(text: str) -> str:
    """A word of nothing but digits and what looks like them is a number."""
    return text.translate(DIGITS) if NUMERIC.match(text.strip()) else text
