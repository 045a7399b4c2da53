"""Drawing money as blocks: ten in a row, full, empty, and those that would be needed besides.

Comes in: a picture's key, as in blocks_4_6_0: used, free, over. Goes out: its drawing as SVG. It
shows no sum and nothing of a person, so that anybody may see it, as any other picture.
"""

import re

from plan_store.counting_money import BLOCKS, MOST_OVER, Blocks

KEY = re.compile(r"blocks_(\d{1,2})_(\d{1,2})_(\d{1,2})", re.ASCII)
SIDE, GAP, EDGE = 56, 12, 16
HEIGHT = 2 * EDGE + 2 * SIDE + GAP
IN_A_ROW = 5
# Told apart without colour too: full, only an outline, and striped behind a line.
INK, FULL, OVER = "#1c2226", "#14545a", "#a3491e"


def key_of(blocks: Blocks) -> str:
    """The key of the picture that shows this."""
    return f"blocks_{blocks.used}_{blocks.free}_{blocks.over}"


def read_key(key: str) -> Blocks | None:
    """What the picture of this key shows; None where it is no such picture."""
    found = KEY.fullmatch(key)
    if found is None:
        return None
    blocks = Blocks(int(found[1]), int(found[2]), int(found[3]))
    is_one = blocks.used + blocks.free == BLOCKS and blocks.over <= MOST_OVER
    return blocks if is_one and key_of(blocks) == key else None


def draw_blocks(blocks: Blocks) -> bytes:
    """The drawing: two rows of five, and to their right, behind a line, what is over."""
    drawn = [
        _block(number % IN_A_ROW, number // IN_A_ROW, FULL if number < blocks.used else "none")
        for number in range(BLOCKS)
    ]
    width = 2 * EDGE + IN_A_ROW * (SIDE + GAP) - GAP
    if blocks.over:
        line = width + 4
        drawn.append(
            f'<line x1="{line}" y1="{EDGE / 2}" x2="{line}" y2="{HEIGHT - EDGE / 2}" '
            f'stroke="{INK}" stroke-width="6" stroke-dasharray="10 8"/>'
        )
        columns = (blocks.over + 1) // 2
        shift = (line + EDGE + 4 - EDGE) / (SIDE + GAP)
        drawn += [
            _block(shift + number // 2, number % 2, "url(#stripes)", OVER)
            for number in range(blocks.over)
        ]
        width = line + EDGE + 4 + columns * (SIDE + GAP) - GAP + EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" '
        f'width="{width}" height="{HEIGHT}">'
        '<defs><pattern id="stripes" width="12" height="12" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="12" height="12" fill="#ffffff"/>'
        f'<rect width="6" height="12" fill="{OVER}"/></pattern></defs>'
        f'<rect width="100%" height="100%" fill="#ffffff"/>{"".join(drawn)}</svg>'
    ).encode()


def _block(column: float, row: int, fill: str, line: str = INK) -> str:
    x, y = EDGE + column * (SIDE + GAP), EDGE + row * (SIDE + GAP)
    return (
        f'<rect x="{x:g}" y="{y}" width="{SIDE}" height="{SIDE}" rx="8" '
        f'fill="{fill}" stroke="{line}" stroke-width="5"/>'
    )
