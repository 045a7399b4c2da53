"""The zeros of the plan on paper: as large as they were, and open in the middle."""

import importlib
import io

import pytest
from PIL import Image, ImageDraw, ImageFont

pytestmark = pytest.mark.needs("pango")


@pytest.mark.parametrize("letters", ["plan:letters/regular", "plan:letters/bold"])
def test_a_zero_is_not_struck_through(letters: str) -> None:
    """As large and as wide as it was, and open in the middle."""
    drawing = importlib.import_module("bot.plan.drawing_on_paper")
    drawn = {}
    for name, body in (
        ("struck", drawing.LETTERS[letters].read_bytes()),
        ("open", drawing.OnlyOurs({}).fetch(letters).read()),
    ):
        signs = ImageFont.truetype(io.BytesIO(body), 200)
        box = signs.getbbox("0")
        picture = Image.new("L", (300, 300), 255)
        ImageDraw.Draw(picture).text((0, 0), "0", font=signs, fill=0)
        middle = picture.getpixel((int(box[0] + box[2]) // 2, int(box[1] + box[3]) // 2))
        drawn[name] = (signs.getlength("0"), signs.getlength("1234567890 Oo"), middle)
        # Up to two dots of two hundred, by which letters are fitted to a screen.
        assert box == pytest.approx((0, 54, 130, 193), abs=2)
    assert drawn["struck"][:2] == drawn["open"][:2]
    assert (drawn["struck"][2], drawn["open"][2]) == (0, 255)
