"""Drawing the symbols: SVG as it comes in its set → PNG on white, once, kept in VAR_FOLDER/symbols.

Comes in: a key of `data/symbols.yml`. Goes out: a file. White all round, so that black lines are
seen on a dark screen too.
"""

import base64
import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import Literal

import resvg_py

from bot.drawing_blocks import draw_blocks, read_key
from plan_store.settings import StoreSettings
from plan_store.symbols import Symbols, read_symbols

DATA = Path(__file__).parent.parent / "data"

Shape = Literal["square", "wide"]

# Width and height. Wide is for a phone: a square picture pushes words and buttons off the screen.
SIZES: dict[Shape, tuple[int, int]] = {"square": (512, 512), "wide": (1024, 512)}
EDGE = 32
# Pictures that are drawn here and come from no set.
OURS = "my way"


class Drawings:
    """Every symbol as a picture file, drawn when it is first asked for."""

    def __init__(self, symbols: Symbols, folder: Path) -> None:
        self.symbols = symbols
        self._folder = folder

    def png(self, key: str, shape: Shape = "square") -> Path:
        """The file of this picture. Raises KeyError, or OSError or ValueError if it fails."""
        svg = self._svg(key)
        file = self._folder / _name(self._set_of(key), key, svg, shape)
        if not file.exists():
            _keep(file, _drawn(svg, shape))
        return file

    def content(self, key: str, ending: str) -> bytes:
        """The bytes of a picture as `svg` or, square, as `png`; fails like `png`."""
        return self._svg(key) if ending == "svg" else self.png(key).read_bytes()

    def __contains__(self, key: str) -> bool:
        """Whether there is a picture of this key: a symbol, or money as blocks."""
        return key in self.symbols or read_key(key) is not None

    def _svg(self, key: str) -> bytes:
        blocks = read_key(key)
        return draw_blocks(blocks) if blocks is not None else self.symbols[key].file.read_bytes()

    def _set_of(self, key: str) -> str:
        return OURS if read_key(key) is not None else self.symbols[key].set.name

    def draw_all(self) -> int:
        """Draw every picture beforehand, in each shape; how many there are."""
        return len([self.png(symbol.key, shape) for symbol in self.symbols for shape in SIZES])


def build_drawings(settings: StoreSettings) -> Drawings:
    """The drawings of the sets in use. Raises `DataWrong` if a table has a mistake."""
    symbols = read_symbols(DATA, settings.symbols_folder)
    return Drawings(symbols, settings.var_folder / "symbols")


def _name(set_of_it: str, key: str, svg: bytes, shape: Shape) -> str:
    # With a mark of the drawing in the name, a changed table never shows yesterday's picture.
    mark = hashlib.sha256(svg).hexdigest()[:8]
    set_name = re.sub(r"[^a-z0-9]+", "-", set_of_it.lower()).strip("-")
    return f"{set_name}-{key}-{mark}-{shape}.png"


def _drawn(svg: bytes, shape: Shape) -> bytes:
    width, height = SIZES[shape]
    inside = (
        f'<image x="{EDGE}" y="{EDGE}" width="{width - 2 * EDGE}" height="{height - 2 * EDGE}" '
        f'href="data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"/>'
    )
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" '
            f'height="{height}"><rect width="100%" height="100%" fill="#ffffff"/>{inside}</svg>',
            # A symbol has no letters of a font; looking for fonts takes longer than drawing.
            skip_system_fonts=True,
        )
    )


def _keep(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    # Two processes may draw the same picture: each its own file first, then one name.
    handle, unfinished = tempfile.mkstemp(dir=file.parent, suffix=".part")
    with os.fdopen(handle, "wb") as opened:
        opened.write(content)
    Path(unfinished).replace(file)
