"""Guesses which word a misspelt word was meant to be: for listening only, what was said stays.

In: the words the listener was taught, with their neighbours; then a text. Out: the text with each
unknown word replaced by the word that was most likely meant: near by letters or by sound, often
said, and at home beside its neighbours. A word that says no, or may be one, is never touched, and
no other word becomes one: "I dont want to" can lose nothing, and "I want to" gain nothing.
"""

import math
import re
from collections import Counter, defaultdict
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from symspellpy import SymSpell, Verbosity

from components.how_far_words_are import how_far
from components.how_words_sound import HEARD_ALIKE, sound_of, without_vowels

# "dont", "cant", "wont", "isnt", "nt" and every way of saying no.
SAYS_NO = re.compile(
    r"^(no+|nope|nop|nah|naw|nay|not|never|nevr|nver|nor|none|nothing|nobody|nowhere|neither|noone"
    r"|without|cannot|dnt|dnot|hardly|stop|[a-z]{1,6}nt|[a-z]{1,6}n'?t)$"
)
WORD = re.compile(r"[a-z0-9']+")
SHORTEST, LONG = 3, 5
# Words of English that need no guess, and those that may be guessed: the most frequent.
RIGHT, GUESSED = 30_000, 20_000
# What one letter costs, and what one neighbour is worth: chosen on pairs that people wrote.
A_LETTER, A_NEIGHBOUR = 5.0, 0.5
# A word that says no, this near: then nothing is guessed.
NEAR_A_NO = 0.3
IN_A_HURRY = 0.8
FILLERS = frozenset({"um", "umm", "erm", "er", "uh", "uhm", "hmm", "ummm"})
# How much better another word of the same sound must be at home where it stands.
AT_HOME = 8
# Text speak and words spelt by ear that no rule finds; a bare "y" or "n" is a yes or a no, so they
# hold inside a longer text only. data/talk teaches many more as whole lines.
TABLE = """
    u:you ur:your r:are b:be c:see y:why 2:to 4:for n:and m8:mate l8r:later pls:please plz:please
    thx:thanks ppl:people wot:what wat:what wiv:with dis:this dat:that da:the cos:because
    cuz:because coz:because becos:because skool:school fone:phone muny:money wanna:want_to
    wana:want_to gonna:going_to gimme:give_me hlp:help tmrw:tomorrow abt:about hav:have wud:would
    shud:should cud:could sed:said luv:love lyk:like im:i'm wood:would hoo:who tork:talk
    tawk:talk tlk:talk wen:when wer:where goin:going gud:good te:the teh:the kno:know yu:you
    yo:you ar:are jus:just
"""
SHORT_FORMS = dict(each.split(":") for each in TABLE.split())
START, END = "^", "$"


class MisspeltWords:
    """Knows the words of the lines it was made from, and beside them the words of English."""

    def __init__(self, lines: list[str]) -> None:
        """`lines` in small letters, well spelt for the greater part."""
        said = [WORD.findall(line) for line in lines]
        seen = Counter(word for line in said for word in line)
        english = words_of_english()
        frequent = sorted(english, key=lambda word: -english[word])
        # A word the lines have once and English has not is itself misspelt.
        self._known = {word for word, times in seen.items() if times > 1 or word in english}
        self._known.update(frequent[:RIGHT])
        all_seen, all_english = seen.total(), sum(english.values())
        self._likely = {
            word: math.log(
                seen[word] / all_seen + english[word] / all_english + 1 / (100 * all_seen)
            )
            for word in sorted({*frequent[:GUESSED], *(set(seen) & set(english))})
            if len(word) > 1
        }
        self._pairs = Counter(
            pair for line in said for pair in zip([START, *line], [*line, END], strict=True)
        )
        self._index(frozenset(word for word, times in seen.items() if times > 1))

    def _index(self, often: frozenset[str]) -> None:
        """What is found by letters, by sound, and by consonants."""
        self._often = often
        self._near = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
        self._sounds: dict[str, list[str]] = defaultdict(list)
        self._hurried: dict[str, list[str]] = defaultdict(list)
        for word in self._likely:
            self._near.create_dictionary_entry(word, 1)
            if len(word) >= SHORTEST and word in often:
                self._sounds[sound_of(word)].append(word)
                self._hurried[without_vowels(word)].append(word)

    def __getstate__(self) -> dict[str, Any]:
        """What is kept: the indexes are large, and quickly made."""
        made = {"_near", "_sounds", "_hurried"}
        return {name: value for name, value in self.__dict__.items() if name not in made}

    def __setstate__(self, kept: dict[str, Any]) -> None:
        """Make the indexes anew."""
        self.__dict__.update(kept)
        self._index(self._often)

    def put_right(self, text: str) -> str:
        """The same text, with its unknown words replaced where a known word is near."""
        found = list(WORD.finditer(text))
        words = [each.group() for each in found]
        if len(found) == 1:
            return WORD.sub(lambda each: self._word(each.group(), START, END), text)
        right, end, before = [], 0, START
        for at, (place, word) in enumerate(zip(found, words, strict=True)):
            after = words[at + 1] if at + 1 < len(words) else END
            guess = self._word_in_a_text(word, before, after)
            right += [text[end : place.start()], guess]
            end, before = place.end(), (guess.split() or [before])[-1]
        return " ".join("".join([*right, text[end:]]).split())

    def _word_in_a_text(self, word: str, before: str, after: str) -> str:
        if word in FILLERS:
            return ""
        short = SHORT_FORMS.get(word)
        if short:
            return short.replace("_", " ")
        for alike in HEARD_ALIKE:
            if word in alike:
                return self._of_those_heard_alike(word, alike, before, after)
        return self._word(word, before, after)

    def _of_those_heard_alike(
        self, word: str, alike: frozenset[str], before: str, after: str
    ) -> str:
        def at_home(each: str) -> int:
            return (1 + self._pairs[before, each]) * (1 + self._pairs[each, after])

        best = max(sorted(alike), key=at_home)
        return best if at_home(best) >= AT_HOME * at_home(word) else word

    def _word(self, word: str, before: str, after: str) -> str:
        bare = word.replace("'", "")
        if len(bare) < SHORTEST or not bare.isalpha() or SAYS_NO.match(bare):
            return word
        if word in self._known or bare in self._known:
            return word
        far = self._candidates(bare)
        if not far:
            return word
        nearest = min(far.values())
        if any(SAYS_NO.match(each) and much <= nearest + NEAR_A_NO for each, much in far.items()):
            return word

        def meant(each: str) -> float:
            beside = (self._pairs[before, each] + 0.1) * (self._pairs[each, after] + 0.1)
            return float(self._likely[each]) - A_LETTER * far[each] + A_NEIGHBOUR * math.log(beside)

        guess = max(sorted(far), key=meant)
        return word if SAYS_NO.match(guess) else guess

    def _candidates(self, word: str) -> dict[str, float]:
        """Words it may have been, with how far each is."""
        most = 2 if len(word) >= LONG else 1
        found = self._near.lookup(word, Verbosity.ALL, max_edit_distance=most)
        alike = {each.term for each in found} | set(self._sounds.get(sound_of(word), ()))
        far = {each: how_far(each, word) for each in alike}
        if without_vowels(word) == word:
            far |= {
                each: min(IN_A_HURRY, far.get(each, IN_A_HURRY))
                for each in self._hurried.get(word, ())
            }
        return far


@lru_cache(maxsize=1)
def words_of_english() -> Counter[str]:
    """The 82,000 words that come with symspellpy, with how often each is met; read once."""
    found = find_spec("symspellpy")
    file = Path(str(found and found.origin)).parent / "frequency_dictionary_en_82_765.txt"
    lines = (line.split(" ") for line in file.read_text("utf-8-sig").splitlines())
    return Counter({word: int(times) for word, times in lines})
