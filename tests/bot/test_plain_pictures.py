"""Pictures as they are kept: the right way up, of a sensible size, and silent about the camera."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import ExifTags, Image, PngImagePlugin

from bot.plain_pictures import LONGEST_SIDE, NotAPicture, plain_picture

PLACE = {1: "N", 2: (53.0, 22.0, 48.0), 3: "W", 4: (1.0, 28.0, 12.0)}
SAYS_WHERE = b"Ash's own phone"


def photo(
    width: int = 80, height: int = 40, turned: int = 1, kind: str = "JPEG", **how: Any
) -> bytes:
    """A picture whose left half is red, with all that a camera writes beside it."""
    picture = Image.new("RGB", (width, height), "blue")
    picture.paste("red", (0, 0, width // 2, height))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turned
    exif[ExifTags.Base.Model] = SAYS_WHERE.decode()
    exif[ExifTags.IFD.GPSInfo] = PLACE
    into = BytesIO()
    picture.save(into, kind, exif=exif, **how)
    return into.getvalue()


def opened(content: bytes) -> Image.Image:
    picture = Image.open(BytesIO(content))
    picture.load()
    return picture


def colour(picture: Image.Image, x: int, y: int) -> str:
    red, _, blue = picture.convert("RGB").getpixel((x, y))  # type: ignore[misc]
    return "red" if red > blue else "blue"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_what_the_camera_wrote_is_gone(kind: str) -> None:
    sent = photo(kind=kind)
    assert SAYS_WHERE in sent
    kept, media_type = plain_picture(sent)
    assert SAYS_WHERE not in kept
    picture = opened(kept)
    assert dict(picture.getexif()) == {}
    assert picture.getexif().get_ifd(ExifTags.IFD.GPSInfo) == {}
    assert media_type == "image/jpeg"
    assert picture.size == (80, 40)


def test_words_inside_the_file_are_gone_too() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", SAYS_WHERE.decode())
    into = BytesIO()
    Image.new("RGBA", (8, 8), (1, 2, 3, 128)).save(into, "PNG", pnginfo=notes)
    assert SAYS_WHERE in into.getvalue()
    kept, media_type = plain_picture(into.getvalue())
    assert SAYS_WHERE not in kept
    assert media_type == "image/png"
    assert opened(kept).getpixel((0, 0)) == (1, 2, 3, 128), "what shines through still does"
    after = photo() + b"appended: " + SAYS_WHERE
    assert SAYS_WHERE not in plain_picture(after)[0]


@pytest.mark.parametrize(
    ("turned", "red_at"),
    [(1, (2, 20)), (3, (77, 20)), (6, (20, 2)), (8, (20, 77))],
)
def test_a_picture_taken_sideways_stands_upright(turned: int, red_at: tuple[int, int]) -> None:
    picture = opened(plain_picture(photo(turned=turned))[0])
    assert picture.size == ((80, 40) if turned in {1, 3} else (40, 80))
    assert colour(picture, *red_at) == "red"
    assert colour(picture, picture.width - 1 - red_at[0], picture.height - 1 - red_at[1]) == "blue"


def test_a_large_photo_becomes_as_large_as_a_page_needs() -> None:
    sent = photo(6000, 3000, quality=95)
    kept, _ = plain_picture(sent)
    assert opened(kept).size == (LONGEST_SIDE, LONGEST_SIDE // 2)
    assert len(kept) < len(sent)


def test_the_first_picture_of_a_moving_one_is_kept() -> None:
    into = BytesIO()
    frames = [Image.new("P", (20, 10), number) for number in range(3)]
    frames[0].save(into, "GIF", save_all=True, append_images=frames[1:])
    assert opened(plain_picture(into.getvalue())[0]).size == (20, 10)


def bomb() -> bytes:
    """A PNG that says it is of 100 gigapixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", 316_000, 316_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\x00" * 9))
    )


def large_png() -> bytes:
    into = BytesIO()
    Image.new("1", (10_000, 6_000)).save(into, "PNG")
    return into.getvalue()


@pytest.mark.parametrize(
    "made",
    [
        lambda: b"",
        lambda: b"not a picture",
        lambda: b"%PDF-1.7",
        lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        lambda: photo()[:300],
        lambda: photo(kind="PNG")[:60],
        bomb,
        large_png,
    ],
    ids=["empty", "words", "pdf", "svg", "eps", "cut-jpeg", "cut-png", "bomb", "too-large"],
)
def test_what_is_no_picture_is_refused(made: Callable[[], bytes]) -> None:
    with pytest.raises(NotAPicture):
        plain_picture(made())


def test_no_broken_file_raises_anything_else() -> None:
    whole = photo(kind="PNG")
    for at in range(8, len(whole), 7):
        broken = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
        try:
            plain_picture(broken)
        except NotAPicture:
            continue
