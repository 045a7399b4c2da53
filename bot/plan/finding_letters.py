"""Which letters this machine can draw: asked of fontconfig, which knows every installed font.

Comes in: a sign. Goes out: whether some font has it. A sign that none has is an empty box, and
nothing that a screen reader can name.
"""

import ctypes
import unicodedata
from ctypes.util import find_library
from functools import cache

# Names of fontconfig's own: fonts of the system, and the set of signs that a font has.
SYSTEM_FONTS = 0
CHARSET = b"charset"
# Not drawn themselves: they join letters or emoji, or say which way words run.
JOINERS = "\u200c\u200d\u200e\u200f"
# No font has them, or nobody should see them.
NEVER = {"Cc", "Cn", "Co", "Cs"}


class _FontSet(ctypes.Structure):
    _fields_ = (
        ("count", ctypes.c_int),
        ("room", ctypes.c_int),
        ("fonts", ctypes.POINTER(ctypes.c_void_p)),
    )


@cache
def can_be_drawn(sign: str) -> bool:
    """Whether a font of this machine has the sign. Raises OSError without fontconfig."""
    kind = unicodedata.category(sign)
    if kind in NEVER:
        return False
    if sign in JOINERS:
        return True
    fontconfig, signs = _signs_of_all_fonts()
    return bool(fontconfig.FcCharSetHasChar(signs, ord(sign)))


@cache
def _signs_of_all_fonts() -> tuple[ctypes.CDLL, ctypes.c_void_p]:
    fontconfig = ctypes.CDLL(find_library("fontconfig") or "libfontconfig.so.1")
    fontconfig.FcInitLoadConfigAndFonts.restype = ctypes.c_void_p
    fontconfig.FcConfigGetFonts.restype = ctypes.POINTER(_FontSet)
    fontconfig.FcConfigGetFonts.argtypes = (ctypes.c_void_p, ctypes.c_int)
    fontconfig.FcCharSetCreate.restype = ctypes.c_void_p
    fontconfig.FcCharSetMerge.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
    fontconfig.FcCharSetHasChar.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
    fontconfig.FcPatternGetCharSet.argtypes = (
        ctypes.c_void_p,
        ctypes.c_char_p,
        ctypes.c_int,
        ctypes.POINTER(ctypes.c_void_p),
    )
    signs = ctypes.c_void_p(fontconfig.FcCharSetCreate())
    installed = fontconfig.FcConfigGetFonts(fontconfig.FcInitLoadConfigAndFonts(), SYSTEM_FONTS)
    if installed:
        for number in range(installed.contents.count):
            of_one = ctypes.c_void_p()
            font = installed.contents.fonts[number]
            found = fontconfig.FcPatternGetCharSet(font, CHARSET, 0, ctypes.byref(of_one))
            if found == 0:
                fontconfig.FcCharSetMerge(signs, of_one, None)
    return fontconfig, signs
