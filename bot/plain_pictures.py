"""A picture as it is kept: what can be seen in it, and nothing the camera wrote beside that.

Comes in: the bytes somebody sent. Goes out: the same picture the right way up, no larger than a
page needs, without place, time or name of the camera; or word that it is no picture.
"""

import warnings
from contextlib import suppress
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

# Sharp on any screen and on paper; a phone's camera makes about twice that.
LONGEST_SIDE = 2560
# More could fill the memory of the house. A JPEG counts as it is read, which is smaller.
MOST_PIXELS = 50_000_000
JPEG_QUALITY = 88
MODES_WITH_SHINE_THROUGH = ("RGBA", "LA", "PA")
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "AVIF")


class NotAPicture(Exception):
    """It cannot be opened as a picture, or is one of a size that nobody takes."""


def plain_picture(content: bytes) -> tuple[bytes, str]:
    """The bytes to keep, and their media type. Raises `NotAPicture`."""
    try:
        with warnings.catch_warnings():
            # Our own limit stands below; what else is odd about a file shows in the end.
            warnings.simplefilter("ignore")
            return _plain(content)
    except (OSError, ValueError, SyntaxError, MemoryError, EOFError, OverflowError) as problem:
        # What Pillow raises for a broken file depends on how it is broken.
        raise NotAPicture(type(problem).__name__) from None
    except Image.DecompressionBombError:
        raise NotAPicture("size") from None


def _plain(content: bytes) -> tuple[bytes, str]:
    with Image.open(BytesIO(content), formats=FORMATS) as opened:
        # A JPEG is read at a smaller size at once where it would be made smaller anyway.
        opened.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
        if opened.width * opened.height > MOST_PIXELS:
            raise NotAPicture("size")
        picture = _in_plain_colours(ImageOps.exif_transpose(opened))
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
        return _written(picture)


def _in_plain_colours(picture: Image.Image) -> Image.Image:
    """Colours that mean the same everywhere: the profile that explains them is not kept."""
    shines_through = picture.mode in MODES_WITH_SHINE_THROUGH or "transparency" in picture.info
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in {"RGB", "RGBA", "CMYK", "L"}:
        with suppress(ImageCms.PyCMSError, OSError):
            mode = "RGBA" if picture.mode == "RGBA" else "RGB"
            plain = ImageCms.profileToProfile(
                picture,
                ImageCms.ImageCmsProfile(BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode=mode,
            )
            picture = plain or picture
    return picture.convert("RGBA" if shines_through else "RGB")


def _written(picture: Image.Image) -> tuple[bytes, str]:
    # A new picture of the same dots: nothing that came along with the old one is left.
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    into = BytesIO()
    if bare.mode == "RGBA":
        bare.save(into, "PNG", optimize=True)
        return into.getvalue(), "image/png"
    bare.save(into, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
    return into.getvalue(), "image/jpeg"
