"""Writes a line as a tired thumb, an ear, a hurry or a dictation would.

In: a line and a seeded source of chance. Out: the line with that kind of noise. Used to measure,
never to teach. Words that say no are left whole, so that what is measured is whether the rest is
heard; to measure whether a "no" itself is still heard, they are spoilt like all others.
"""

import random
import re
from collections.abc import Callable


def pairs(table: str) -> dict[str, str]:
    """A table written as "this:that" with a gap between two; "_" is a gap inside one."""
    found = (each.partition(":") for each in table.split())
    return {this.replace("_", " "): that.replace("_", " ") for this, _, that in found}


NEXT_KEYS = pairs(
    """
    q:wa w:qes e:wrd r:etf t:ryg y:tuh u:yij i:uok o:ipl p:ol a:qsz s:adwx d:sfec f:dgrv
    g:fhtb h:gjyn j:hkum k:jlim l:kop z:xas x:zcsd c:xvdf v:cbfg b:vngh n:bmhj m:njk
    """
)
# One sound, written as it is heard.
BY_EAR = (
    *(("tion", "shun"), ("ight", "ite"), ("ough", "uff"), ("wh", "w"), ("ph", "f"), ("kn", "n")),
    *(("ck", "k"), ("ould", "ud"), ("th", "f"), ("ea", "ee"), ("ie", "ei"), ("oo", "u")),
    *(("ar", "ah"), ("er", "a"), ("qu", "kw"), ("x", "ks"), ("ll", "l"), ("ss", "s"), ("ce", "s")),
)
TEXT_SPEAK = pairs(
    """
    you:u your:ur are:r to:2 for:4 please:pls why:y people:ppl thanks:thx because:cos
    with:wiv what:wot see:c want_to:wanna going_to:gonna tomorrow:tmrw and:n
    """
)
# What a dictation hears instead.
HEARD_AS = pairs(
    """
    to:two for:four your:you're there:their right:write know:no see:sea hear:here by:buy
    whole:hole i:eye want:won't would:wood are:our mum:mom who:hoo be:bee
    """
)
# A dictation that turns "want" into "won't" says the opposite: that is no noise but another line.
OPPOSITES = frozenset({"want", "know"})
SMALL_WORDS = frozenset(
    {"a", "the", "is", "are", "to", "of", "do", "can", "it", "i", "you", "me", "my"}
)
SAY_NO = re.compile(r"^(no|not|never|none|nothing|nobody|nope|nah|.*n'?t|cannot|without)$")
FACES = ("😀", "😅", "👍", "🙏", "😕", "❤️")

Change = Callable[[str], str]
# Changes each word of a text, or each but those that say no.
EachWord = Callable[[str, Change], str]
Noise = Callable[[str, random.Random, EachWord], str]


def each_word(text: str, change: Change) -> str:
    """Every word."""
    return " ".join(change(word) for word in text.split())


def each_but_no(text: str, change: Change) -> str:
    """Every word that does not say no."""
    return each_word(text, lambda word: word if says_no(word) else change(word))


def says_no(word: str) -> bool:
    """Whether a "no" would be lost with this word."""
    return bool(SAY_NO.match(word.lower().strip(".,!?").replace("’", "'")))


def keyboard_slips(text: str, chance: random.Random, each: EachWord) -> str:
    """One slip in a longer word out of four: a key beside, twice, left out, or swapped."""

    def slip(word: str) -> str:
        if len(word) < 4 or chance.random() < 0.75:
            return word
        place = chance.randrange(1, len(word) - 1)
        beside = chance.choice(NEXT_KEYS.get(word[place].lower(), word[place]))
        kind = chance.randrange(4)
        if kind == 0:
            return word[:place] + beside + word[place + 1 :]
        if kind == 1:
            return word[:place] + word[place] + word[place:]
        if kind == 2:
            return word[:place] + word[place + 1 :]
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]

    return each(text, slip)


def by_ear(text: str, chance: random.Random, each: EachWord) -> str:
    """One longer word out of three is spelt by ear: one sound of it, where there is one."""

    def heard(word: str) -> str:
        sounds = [sound for sound in BY_EAR if sound[0] in word.lower()]
        if len(word) < 4 or not sounds or chance.random() < 0.67:
            return word
        return word.lower().replace(*chance.choice(sounds), 1)

    return each(text, heard)


def dropped_words(text: str, chance: random.Random, each: EachWord) -> str:  # noqa: ARG001
    """The small words go, as in a telegram; a line is never emptied."""
    words = text.split()
    left = [w for w in words if w.lower() not in SMALL_WORDS or chance.random() < 0.4]
    return " ".join(left or words)


def text_speak(text: str, chance: random.Random, each: EachWord) -> str:
    """Short forms, and vowels left out of one word in four."""
    said = text.lower()
    for long, short in TEXT_SPEAK.items():
        said = re.sub(rf"\b{long}\b", short, said)

    def shorten(word: str) -> str:
        if len(word) < 5 or chance.random() < 0.75:
            return word
        return word[0] + re.sub("[aeiou]", "", word[1:])

    return each(said, shorten)


def no_punctuation(text: str, chance: random.Random, each: EachWord) -> str:  # noqa: ARG001
    """No full stops, apostrophes or capitals, or nothing but capitals."""
    bare = re.sub(r"[^\w\s]", "", text)
    return bare.upper() if chance.random() < 0.3 else bare.lower()


def dictation(text: str, chance: random.Random, each: EachWord) -> str:
    """Another word that sounds the same, and "um" now and then."""

    def heard(word: str) -> str:
        other = HEARD_AS.get(word.lower())
        return other if other and word.lower() not in OPPOSITES else word

    said = each(text, heard)
    return f"um {said}" if chance.random() < 0.3 else said


def emoji_added(text: str, chance: random.Random, each: EachWord) -> str:  # noqa: ARG001
    """A face at the end or at the beginning."""
    face = chance.choice(FACES)
    return f"{text} {face}" if chance.random() < 0.7 else f"{face} {text}"


NOISES: dict[str, Noise] = {
    "keyboard slips": keyboard_slips,
    "spelt by ear": by_ear,
    "dropped words": dropped_words,
    "text speak": text_speak,
    "no punctuation": no_punctuation,
    "dictation": dictation,
    "emoji": emoji_added,
}


def with_noise(texts: list[str], name: str, seed: int = 42, *, no_too: bool = False) -> list[str]:
    """Every text with this kind of noise, the same each time; `no_too`: words that say no too."""
    chance = random.Random(f"{name} {seed}")
    each = each_word if no_too else each_but_no
    return [NOISES[name](text, chance, each) for text in texts]
