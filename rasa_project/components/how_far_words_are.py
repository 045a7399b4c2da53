"""How far what was typed is from a word, as people go wrong: a slip on the keys, a letter by ear.

In: a word and what was typed. Out: a number; about one for each letter that is quite another, less
where fingers and ears often err (letters swapped or doubled, one vowel for another, a key beside).
"""

NEXT_KEYS = {
    key: frozenset(beside)
    for key, _, beside in (
        each.partition(":")
        for each in """
        q:wa w:qes e:wrd r:etf t:ryg y:tuh u:yij i:uok o:ipl p:ol a:qsz s:adwx d:sfec f:dgrv
        g:fhtb h:gjyn j:hkum k:jlim l:kop z:xas x:zcsd c:xvdf v:cbfg b:vngh n:bmhj m:njk
        """.split()  # noqa: SIM905 - a table is read more easily
    )
}
VOWELS = frozenset("aeiouy")
ALIKE = frozenset(map(frozenset, ("ck", "sz", "cs", "fv", "gj")))
ANOTHER, LEFT_OUT, TOO_MANY, SWAPPED = 1.0, 0.9, 0.9, 0.7
A_KEY_BESIDE, A_VOWEL, TWICE = 0.8, 0.6, 0.5
# The first letter is seldom wrong.
FIRST_WRONG, FIRST_LEFT_OUT = 0.5, 1.2


def how_far(word: str, typed: str) -> float:
    """The cheapest way from the word to what was typed."""
    before: list[float] = []
    row = [TOO_MANY * place for place in range(len(typed) + 1)]
    for at, right in enumerate(word):
        left_out = _left_out(word, at)
        found = [row[0] + (left_out if at else FIRST_LEFT_OUT)]
        for place, letter in enumerate(typed):
            instead = row[place] + _instead(right, letter)
            if at == 0 and right != letter:
                instead += FIRST_WRONG
            more = TWICE if place and typed[place - 1] == letter else TOO_MANY
            cheapest = min(instead, row[place + 1] + left_out, found[place] + more)
            if at and place and (right, word[at - 1]) == (typed[place - 1], letter):
                cheapest = min(cheapest, before[place - 1] + SWAPPED)
            found.append(cheapest)
        before, row = row, found
    return row[-1]


def _left_out(word: str, at: int) -> float:
    if word[at] in word[max(0, at - 1) : at] + word[at + 1 : at + 2]:
        return TWICE
    return A_VOWEL if word[at] in VOWELS else LEFT_OUT


def _instead(right: str, letter: str) -> float:
    if right == letter:
        return 0.0
    if (right in VOWELS and letter in VOWELS) or frozenset((right, letter)) in ALIKE:
        return A_VOWEL
    return A_KEY_BESIDE if letter in NEXT_KEYS.get(right, ()) else ANOTHER
