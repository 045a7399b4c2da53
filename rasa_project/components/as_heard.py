"""Lines as the listener hears them: small letters, plain marks; a sign alone is a word.

In: lines as they are typed or taught. Out: the same words in one plain form, for listening only.
No word is left out or exchanged here, least of all a "no".
"""

import re
import unicodedata

LETTER = re.compile(r"[a-z0-9]")
# Emoji, their colours and their joints.
SIGNS = frozenset({"So", "Sk", "Cf", "Me"})
# What changes nothing in an emoji: the colour of a skin, "draw it as a picture", "he" and "she".
NOT_SEEN = re.compile("[\U0001f3fb-\U0001f3ff\ufe0e\ufe0f\u200d\u2640\u2642]")


def as_heard(text: str) -> str:
    """The same words as the taught lines have them: small letters, plain apostrophes, no gaps.

    Three and more of a letter are two: "nooooo" and "noooooooo" are one word. Nothing else is
    altered: no word is left out or exchanged, least of all a "no". Beside words, an emoji adds
    nothing that can be relied on, and is not heard.
    """
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'").lower()
    if LETTER.search(plain):
        seen = NOT_SEEN.sub("", plain)
        plain = "".join(each for each in seen if unicodedata.category(each) not in SIGNS)
    return re.sub(r"([^\W\d_])\1{2,}", r"\1\1", " ".join(plain.split()))


def without_letters(text: str) -> str:
    """A text with no letter or number, so that 👍🏽👍🏽 and 👍 are one."""
    return re.sub(r"(.)\1+", r"\1", "".join(NOT_SEEN.sub("", text).split()))


def words_of(text: str) -> list[str]:
    """Words, with their apostrophe gone ("don't" is "dont"), and each emoji as one."""
    return re.findall(r"[^\W_]+|[^\w\s.,;:!'\"()-]", text.replace("'", ""))


def apart(lines: list[str], intents: list[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Signs without a letter, and lines as they are heard, each with its intent.

    A line that is another's or one bare word once its emoji is gone ("no" of "no 🖼") is left out.
    """
    signs: dict[str, str] = {}
    taught: dict[str, str] = {}
    bare: dict[str, str] = {}
    for line, intent in zip(lines, intents, strict=True):
        heard = as_heard(line)
        if not LETTER.search(heard):
            signs.setdefault(without_letters(heard), intent)
        elif any(unicodedata.category(each) in SIGNS for each in line):
            bare.setdefault(heard, intent)
        else:
            taught.setdefault(heard, intent)
    for heard, intent in bare.items():
        if " " in heard:
            taught.setdefault(heard, intent)
    return signs, taught
