"""Whether a part asks something: "what is college?" is no hope to go there.

In: the words of one part, as they are read. Out: yes or no. A question may still be a worry or ask
for help; what is asked for oneself and for a day to come ("could I drive one day?") is a hope.
"""

from collections.abc import Sequence

ASKS_WHAT = frozenset({"what", "what's", "where", "where's", "who", "who's", "why", "how", "which"})
WHEN = frozenset({"when", "when's"})
# Whatever follows these, they ask.
ALWAYS_ASKS = frozenset("is are was were does did has isn't aren't doesn't".split())  # noqa: SIM905
HELPS_TO_ASK = ALWAYS_ASKS | frozenset(
    """
    am do can could will would should shall may might have don't can't couldn't won't wouldn't
    shouldn't
    """.split()  # noqa: SIM905 - a table is read more easily
)
# "Do my washing", "have a dog", "will power": only before one of these it asks.
ASKED_ABOUT = frozenset(
    """
    i you we they he she it there this that these those people anyone anybody someone somebody
    everyone everybody your the
    """.split()  # noqa: SIM905
)
# "How much", "how long", "what jobs": these and what stands behind them.
HOW_MUCH = frozenset({"much", "many", "long", "far", "old", "often", "to", "come", "about"})
FOR_ONESELF = frozenset({"can", "could", "may", "might", "will"})
SAID_BEFORE = frozenset({"please", "so", "well", "um", "ok", "hi", "hello", "and", "but", "hey"})
WANTS = frozenset({"want", "like", "need", "love"})
TO_KNOW = frozenset({"know", "ask", "find", "hear", "check"})
TO_COME = (("one", "day"), ("some", "day"), ("someday",), ("when", "i"), ("when", "i'm"))
# "I want to know": as far in as that.
REACH = 5


def asks(words: Sequence[str]) -> bool:
    """Whether these words ask, and are no wish in the shape of a question."""
    first = 0
    while first < len(words) - 1 and words[first] in SAID_BEFORE:
        first += 1
    said = words[first:]
    if len(said) < len(("how", "much")):
        return False
    if said[0] in FOR_ONESELF and said[1] in {"i", "we"} and _of_a_day_to_come(said):
        return False
    return _has_the_shape(said) or _wants_to_know(said)


def _has_the_shape(said: Sequence[str]) -> bool:
    head, following = said[0], said[1]
    if head in HELPS_TO_ASK:
        return head in ALWAYS_ASKS or following in ASKED_ABOUT
    if head in WHEN:
        return following in HELPS_TO_ASK
    if head == "how":
        return following in HELPS_TO_ASK | HOW_MUCH
    if following in {"i", "we"} and said[2:3] and said[2] in WANTS:
        # "What I want is a dog."
        return False
    return head in ASKS_WHAT and (
        head.endswith("'s") or bool(set(said[1:4]) & HELPS_TO_ASK) or following == "about"
    )


def _wants_to_know(said: Sequence[str]) -> bool:
    near = said[:REACH]
    return said[0] in {"i", "i'd", "we"} and any(
        near[at] in WANTS and tuple(near[at + 1 : at + 2]) == ("to",) and word in TO_KNOW
        for at, word in enumerate(near[2:])
    )


def _of_a_day_to_come(said: Sequence[str]) -> bool:
    return any(
        tuple(said[at : at + len(days)]) == days for days in TO_COME for at in range(len(said))
    )
