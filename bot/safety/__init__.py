"""The first look at every message, before anything else and with everything else down.

Comes in: words. Goes out: the danger they may speak of, and how sure the look is, or nothing.
"""

from bot.safety.looking import Danger, FirstLook, read_first_look
from bot.safety.reading_broken_words import plainly

__all__ = ["Danger", "FirstLook", "plainly", "read_first_look"]
