"""Puts misspelt words right before they are looked at: one of the pipelines that are compared.

In: a line. Out: the same line with the words put right that no word list knows.
A word that says no, or may be one, is never touched: "dont", "wont" and "nver" stay or become a no,
and no other word becomes one.
"""

import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from symspellpy import SymSpell, Verbosity

from evaluation.noise import pairs

# What the word list guesses wrong, spelt by ear.
OUR_TABLE = pairs(
    """
    skool:school fone:phone muny:money becos:because cos:because wanna:want_to
    gonna:going_to wana:want_to lern:learn werk:work frend:friend frends:friends u:you
    ur:your r:are pls:please plz:please thx:thanks ppl:people wot:what wat:what hlp:help
    skp:skip bk:back agen:again luv:love lyk:like nver:never nevr:never dnt:dont dont:dont
    cant:cant sed:said sumtimes:sometimes pichers:pictures collage:college colege:college
    holliday:holiday hav:have wud:would wonna:want_to fink:think fing:thing rong:wrong
    rite:right wiv:with meny:many
    """
)
SAYS_NO = re.compile(
    r"^(no+|nope|nah|not|never|nor|none|nothing|nobody|nowhere|neither|without|cannot|dnt|[a-z]+nt)$"
)
SHORTEST = 4


@lru_cache(maxsize=1)
def word_list() -> SymSpell:
    """The 82,000 words that come with the package."""
    found = find_spec("symspellpy")
    words = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
    file = Path(str(found and found.origin)).parent / "frequency_dictionary_en_82_765.txt"
    words.load_dictionary(str(file), term_index=0, count_index=1)
    return words


@lru_cache(maxsize=50_000)
def put_right(word: str) -> str:
    """One word in small letters."""
    bare = word.replace("'", "")
    if bare in OUR_TABLE:
        return OUR_TABLE[bare]
    if len(bare) < SHORTEST or not bare.isalpha() or SAYS_NO.match(bare):
        return word
    guesses = word_list().lookup(bare, Verbosity.TOP, max_edit_distance=2, include_unknown=True)
    guess = guesses[0].term
    return word if SAYS_NO.match(guess.replace("'", "")) else guess


def spelling_put_right(text: str) -> str:
    """The line, word by word."""
    return " ".join(put_right(word) for word in text.split())
