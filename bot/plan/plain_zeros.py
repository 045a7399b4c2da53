"""Letters whose zero is a plain one: the stroke through it is taken for an 8 or crossed out.

Comes in: a TrueType file in which it is struck through. Goes out: the same without that stroke.
"""

import io

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.reverseContourPen import ReverseContourPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

ZERO = "zero"
# Its rim, and the two halves that the stroke leaves of what is inside.
STRUCK_THROUGH = 3

Box = tuple[float, float, float, float]


def with_plain_zeros(letters: bytes) -> bytes:
    """The letters, with an open zero; as they are where theirs is open already."""
    font = TTFont(io.BytesIO(letters))
    contours = _contours(font)
    if len(contours) != STRUCK_THROUGH:
        return letters
    boxes = [_box(contour) for contour in contours]
    rim = max(boxes, key=lambda box: box[2] - box[0])
    inside = [box for box in boxes if box != rim]
    opening = (
        min(box[0] for box in inside),
        min(box[1] for box in inside),
        max(box[2] for box in inside),
        max(box[3] for box in inside),
    )
    drawn = TTGlyphPen(font.getGlyphSet())
    outline = contours[boxes.index(rim)]
    _replay(outline, drawn)
    # The opening has the shape of the rim, as large as both halves together.
    _replay(outline, ReverseContourPen(TransformPen(drawn, _from_to(rim, opening))))
    font["glyf"][ZERO] = drawn.glyph()
    kept = io.BytesIO()
    font.save(kept)
    return kept.getvalue()


Move = tuple[str, tuple[tuple[float, float] | None, ...]]


def _contours(font: TTFont) -> list[list[Move]]:
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[ZERO].draw(pen)
    contours: list[list[Move]] = []
    for move, points in pen.value:
        if move == "moveTo" or not contours:
            contours.append([])
        contours[-1].append((move, points))
    return contours


def _box(contour: list[Move]) -> Box:
    points = [point for _, points in contour for point in points if point is not None]
    across, up = [point[0] for point in points], [point[1] for point in points]
    return min(across), min(up), max(across), max(up)


def _from_to(old: Box, new: Box) -> tuple[float, float, float, float, float, float]:
    wide, high = (
        (new[2] - new[0]) / (old[2] - old[0]),
        (new[3] - new[1]) / (old[3] - old[1]),
    )
    return wide, 0, 0, high, new[0] - old[0] * wide, new[1] - old[1] * high


def _replay(contour: list[Move], pen: object) -> None:
    for move, points in contour:
        getattr(pen, move)(*points)
