"""Finding and recognising characters by rapidocr; its models are in the wheel, so that nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

__all__ = ["Pixels", "find_words", "recognise"]

FIND_SIDE = 1408
"""Pixels of the longer side at which words are looked for; they are read at full size."""
NARROW, WIDE = 48, 320
"""Pixels a word is padded to at least. Most words are lone digits, and the usual 320 costs five times as much: what
is unsure at 48 is looked at again at 320."""
BATCH = 2
"""Words read at once, all padded to the widest of them."""
LIKELY, ZERO = 0.6, 0.4
"""Below this a text is a guess; 0 shares its likelihood with O and o, which do not stand alone in a report."""
NUMERIC = re.compile(r"^[\dOoQD〇lI]+$")
DIGITS = str.maketrans("OoQD〇lI", "0000011")

Pixels = tuple[int, int, int, int]
"""Left, top, right, bottom of a piece of the picture."""


@cache
def _engine(width: int) -> Any:
    """Its models are loaded when first used: 0.4 s."""
    import logging

    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.max_side_len": FIND_SIDE,
            "Global.use_cls": False,
            "Det.limit_type": "max",
            "Det.limit_side_len": FIND_SIDE,
            "Rec.rec_img_shape": [3, 48, width],
            "Rec.rec_batch_num": BATCH,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def find_words(page: Any) -> list[Pixels]:
    """Boxes of the stretches of text on a page in grey."""
    result = _engine(NARROW)(_coloured(page), use_det=True, use_cls=False, use_rec=False)
    if result.boxes is None:
        return []
    height, width = page.shape
    boxes = []
    for corners in result.boxes:
        xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
        boxes.append(
            (max(0, int(min(xs))), max(0, int(min(ys))), min(width, int(max(xs)) + 1), min(height, int(max(ys)) + 1))
        )
    return [box for box in boxes if box[2] - box[0] > 3 and box[3] - box[1] > 3]


def recognise(page: Any, boxes: Sequence[Pixels]) -> list[str]:
    """The text in each box, which holds one line; '' where it is too unsure."""
    crops = [_coloured(page[top:bottom, left:right]) for left, top, right, bottom in boxes]
    texts = _read(crops, NARROW)
    unsure = [at for at, text in enumerate(texts) if not text]
    for at, text in zip(unsure, _read([crops[at] for at in unsure], WIDE), strict=True):
        texts[at] = text
    return texts


def _read(crops: Sequence[Any], width: int) -> list[str]:
    if not crops:
        return []
    result = _engine(width).recognize_txt(list(crops))
    return [_sure(text, score) for text, score in zip(result.txts, result.scores, strict=True)]


def _sure(text: str, score: float) -> str:
    """The text if it is likely; a word of nothing but digits and what looks like them is a number."""
    text = text.strip()
    if score < (ZERO if text in ("0", "O", "o") else LIKELY):
        return ""
    return text.translate(DIGITS) if NUMERIC.match(text) else text


def _coloured(grey: Any) -> Any:
    import cv2

    return cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)
