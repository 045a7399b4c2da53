"""Symbols as files: drawn once, white all round, and drawn anew when the drawing changes."""

import struct
import zlib
from pathlib import Path

import pytest

from bot.drawing import DATA, EDGE, SIZES, Drawings, Shape
from plan_store.symbols import read_symbols
from tests.plan_store.test_symbols import own_set


@pytest.fixture
def drawings(tmp_path: Path) -> Drawings:
    return Drawings(read_symbols(DATA), tmp_path / "symbols")


@pytest.mark.parametrize("shape", ["square", "wide"])
def test_a_picture_has_its_size_and_white_round_it(drawings: Drawings, shape: Shape) -> None:
    rows = pixels(drawings.png("headphones", shape).read_bytes())
    width, height = SIZES[shape]
    assert (len(rows[0]) // 4, len(rows)) == (width, height)
    white = b"\xff" * 4
    assert all(row == white * width for row in rows[: EDGE // 2])
    assert all(row.startswith(white * EDGE) and row.endswith(white * EDGE) for row in rows)
    # Black on white, on any screen: nothing is see-through, and something is drawn.
    assert all(row[3::4] == b"\xff" * width for row in rows)
    assert any(b"\x00\x00\x00\xff" in row for row in rows)


def test_it_is_drawn_once(drawings: Drawings) -> None:
    file = drawings.png("dog")
    assert file.name.startswith("openmoji-dog-")
    drawn_at = file.stat().st_mtime_ns
    assert drawings.png("dog") == file
    assert file.stat().st_mtime_ns == drawn_at
    assert [kept.name for kept in file.parent.iterdir()] == [file.name]


def test_another_drawing_of_the_same_thing_is_another_file(
    drawings: Drawings, tmp_path: Path
) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    own = Drawings(read_symbols(DATA, own_set(folder)), tmp_path / "symbols")
    before = own.png("house")
    (folder / "big house.svg").write_text(
        (folder / "big house.svg").read_text().replace("M0 0", "M1 1"), encoding="utf-8"
    )
    assert own.png("house") != before
    assert drawings.png("house").name.startswith("openmoji-")


def test_a_drawing_that_is_none_fails_and_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    own = Drawings(read_symbols(DATA, own_set(folder)), tmp_path / "symbols")
    (folder / "big house.svg").unlink()
    with pytest.raises(OSError, match="big house"):
        own.png("house")
    assert not (tmp_path / "symbols").exists()


def pixels(png: bytes) -> list[bytes]:
    """The rows of an 8-bit RGBA picture, red green blue and how solid, as bytes."""
    at, data, width = 8, b"", 0
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        chunk = png[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, _, depth, colours = struct.unpack(">IIBB", chunk[:10])
            assert (depth, colours) == (8, 6)
        elif kind == b"IDAT":
            data += chunk
        at += length + 12
    return unfiltered(zlib.decompress(data), width * 4)


def unfiltered(data: bytes, length: int) -> list[bytes]:
    """PNG's five ways to write a row, undone."""
    rows: list[bytes] = []
    above = bytes(length)
    for start in range(0, len(data), length + 1):
        way, row = data[start], bytearray(data[start + 1 : start + 1 + length])
        for i in range(length):
            left, up = (row[i - 4] if i >= 4 else 0), above[i]
            corner = above[i - 4] if i >= 4 else 0
            row[i] = (row[i] + (0, left, up, (left + up) // 2, paeth(left, up, corner))[way]) % 256
        above = bytes(row)
        rows.append(above)
    return rows


def paeth(left: int, up: int, corner: int) -> int:
    """Whichever of the three is nearest to left + up - corner."""
    guess = left + up - corner
    return min((left, up, corner), key=lambda value: abs(guess - value))
