"""Guesses which word a misspelt word was meant to be: for listening only, what was said stays.

In: the words the listener was taught, with how often; then a text. Out: the text with each unknown
word replaced by a known one, by its sound or by the few letters it is away. A word that says no, or
may be one, is never touched, and no other word becomes one: "I dont want to" can lose nothing, and
"I want to" gain nothing.
"""

import re
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from symspellpy import SymSpell, Verbosity

# "dont", "cant", "wont", "isnt", "nt" and every way of saying no.
SAYS_NO = re.compile(
    r"^(no+|nope|nop|nah|naw|nay|not|never|nevr|nver|nor|none|nothing|nobody|nowhere|neither|noone"
    r"|without|cannot|dnt|dnot|hardly|stop|[a-z]+nt|[a-z]+n'?t)$"
)
WORD = re.compile(r"[a-z0-9']+")
SHORTEST, LONG = 3, 6
# Text speak and words spelt by ear that no rule finds; a bare "y" or "n" is a yes or a no, so they
# hold inside a longer text only. data/talk teaches many more as whole lines.
TABLE = """
    u:you ur:your r:are b:be c:see y:why 2:to 4:for n:and m8:mate l8r:later pls:please plz:please
    thx:thanks ppl:people wot:what wat:what wiv:with dis:this dat:that da:the cos:because
    cuz:because coz:because becos:because skool:school fone:phone muny:money wanna:want_to
    wana:want_to gonna:going_to gimme:give_me hlp:help tmrw:tomorrow abt:about hav:have wud:would
    shud:should cud:could sed:said luv:love lyk:like im:i'm eye:i wood:would hoo:who tork:talk
    tawk:talk tlk:talk wen:when wer:where
"""
SHORT_FORMS = dict(each.split(":") for each in TABLE.split())
# Sounds that are written in many ways, in the order in which they are heard.
SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"tion|cion|ssion", "shn"),
        (r"^(kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^wh", "w"),
        (r"ph", "f"),
        (r"th", "f"),
        (r"[ou]?ugh|igh|gh", ""),
        (r"c(?=[eiy])|z|sc(?=[eiy])", "s"),
        (r"sch|ck|q|ch(?=r)|c(?!h)", "k"),
        (r"x", "ks"),
        (r"dg|j|g(?=[eiy])", "j"),
        (r"v", "f"),
        # As in most of England: an r is heard before a vowel only.
        (r"(er|ar|or|re|a)$", ""),
        (r"r(?![aeiouy])", ""),
        (r"(?<=.)[aeiouyhw]+", ""),
        (r"^[aeiouyhw]+", "a"),
        (r"(.)\1+", r"\1"),
    )
)


class MisspeltWords:
    """Knows the words of the lines it was made from, and beside them the words of English."""

    def __init__(self, lines: list[str]) -> None:
        """`lines` in small letters, well spelt for the greater part."""
        seen = Counter(word for line in lines for word in WORD.findall(line))
        english = words_of_english()
        # A word the lines have once or twice and English has not is itself misspelt.
        self._known = {word: times for word, times in seen.items() if word in english}
        self._also = {word for word, times in seen.items() if times > 1}
        self._sounds: dict[str, list[str]] = defaultdict(list)
        for word, times in self._known.items():
            if len(word) >= SHORTEST and times > 1:
                self._sounds[sound_of(word)].append(word)
        self._near = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
        for word, times in self._known.items():
            self._near.create_dictionary_entry(word, times)

    def put_right(self, text: str) -> str:
        """The same text, with its unknown words replaced where a known word is near."""
        if " " not in text.strip():
            return WORD.sub(lambda found: self._word(found.group()), text)
        return WORD.sub(lambda found: self._word_in_a_text(found.group()), text)

    def _word_in_a_text(self, word: str) -> str:
        short = SHORT_FORMS.get(word)
        return short.replace("_", " ") if short else self._word(word)

    def _word(self, word: str) -> str:
        bare = word.replace("'", "")
        if len(bare) < SHORTEST or not bare.isalpha() or SAYS_NO.match(bare):
            return word
        if word in self._known or bare in self._also or bare in words_of_english():
            return word
        far = 2 if len(bare) >= LONG else 1
        guesses = self._near.lookup(bare, Verbosity.TOP, max_edit_distance=far)
        guess = guesses[0].term if guesses else self._of_one_sound(bare)
        return word if SAYS_NO.match(guess) else guess

    def _of_one_sound(self, word: str) -> str:
        """The known word that sounds the same and is written most alike; else the word itself."""
        alike = self._sounds.get(sound_of(word), [])
        return max(alike, key=lambda each: (_likeness(each, word), self._known[each]), default=word)


def sound_of(word: str) -> str:
    """What is left of a word when only its sounds are written."""
    for pattern, sound in SOUNDS:
        word = pattern.sub(sound, word)
    return word


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


@lru_cache(maxsize=1)
def words_of_english() -> frozenset[str]:
    """The 82,000 words that come with symspellpy, read once."""
    found = find_spec("symspellpy")
    file = Path(str(found and found.origin)).parent / "frequency_dictionary_en_82_765.txt"
    lines = file.read_text("utf-8-sig").splitlines()
    return frozenset(line.split(" ", 1)[0] for line in lines)
