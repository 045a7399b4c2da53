"""The name in what somebody says when they are asked what they want to be called.

Comes in: their words. Goes out: the name alone; where that is not sure, the words as they are. The
words themselves are kept whole elsewhere: this is only what the chat calls them.
"""

import re

MOST_WORDS = 3
# What they want to be called stands before what their name is; of several the last one counts.
CALLED = re.compile(
    r"(?:\b(?P<turns>not|never|don[’'ʼ]?t|dont|do not)\s+(?:\w+\s+)?)?"
    r"\b(?:(?:call(?:s|ed)?|kall|cal)\s+me"
    r"|(?:i[’'ʼ]?m|i\s+am|be|get|getting)\s+called|known\s+as|go(?:es)?\s+by)\s+",
    re.IGNORECASE,
)
NAMED = re.compile(
    r"\bmy\s+(?:(?:first|nick|real|full)\s*)?name(?:[’'ʼ]?s|\s+is|\s+iz)\s+"
    r"|^(?:\W*(?:hello|hi|hiya|hey|yo)\b\W*)?name(?:[’'ʼ]?s|\s+is)\s+",
    re.IGNORECASE,
)
# These begin many other things too: what follows must be all that is said.
IS = re.compile(
    r"^\W*(?:(?:hello|hi|hiya|hey|yo|well|um+|ok|okay|yes|yeah|oh)\b\W*)*"
    r"(?:i[’'ʼ]?m|i\s+am|it[’'ʼ]?s|it\s+is|this\s+is|just)\s+",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W\d_]+(?:[’'ʼ.-][^\W\d_]+)*")
ENDS = re.compile(r"[.,;:!?()\n]|\s[-–]\s")
# No name begins or goes on with these.
NO_NAME = frozenset(
    """a an the i im my me you your he she it its they we us who whoever what whatever anything
    something everything nothing nobody anybody everybody everyone people and but or so because cos
    coz as if when though although not no never dont yes yeah ok okay please pls plz thanks thank
    for from in at on of to with by now then too also just only really very quite always usually
    sometimes mostly maybe actually is was am are be been being do does did have has had can cant
    could will would want like love hate need going called here there this that fine good great well
    bad sad happy tired bored scared shy ready sorry nervous excited new old young hungry sick ill
    sure secret private none names name short instead nice hello hi bye stuff by deaf blind autistic
    disabled""".split()  # noqa: SIM905  (to be read and added to)
)
AGAINST = re.compile(
    r"\b(?:hate|h8|dislike|wrong|don[’'ʼ]?t\s+like|do\s+not\s+like)\b", re.IGNORECASE
)


def name_in(words: str) -> str:
    """What to call them; the words as they are, in one line, where no name is found in them."""
    said = " ".join(words.split())
    called = [(found.end(), found["turns"]) for found in CALLED.finditer(said)]
    for begins in [at for at, turns in called if not turns][::-1]:
        # "They call me Ben but I hate it": it is not for us to say what then.
        if AGAINST.search(said, begins):
            return said
        if name := _name(said[begins:]):
            return name
    for found in NAMED.finditer(said):
        if name := _name(said[found.end() :]):
            return name
    if (found_is := IS.match(said)) and (name := _name(said[found_is.end() :], alone=True)):
        return name
    return said


def _name(rest: str, *, alone: bool = False) -> str:
    """The name these words begin with; `alone`: only where they are nothing else."""
    phrase = ENDS.split(rest, maxsplit=1)[0]
    parts = phrase.split()
    taken = []
    for part in parts:
        letters = WORD.search(part)
        if letters is None or letters[0].lower() in NO_NAME or any(map(str.isdigit, part)):
            break
        taken.append(letters[0])
    if not taken or (alone and len(taken) < sum(1 for part in parts if WORD.search(part))):
        return ""
    if len(taken) <= MOST_WORDS:
        return " ".join(taken) if _agree(taken) else taken[0]
    if alone:
        return ""
    return " ".join(_capitals(taken)[:MOST_WORDS]) or taken[0]


def _agree(taken: list[str]) -> bool:
    """All begin with a capital letter, or none: "Bee nice" is a name and something else."""
    return len({part[0].isupper() for part in taken}) == 1


def _capitals(taken: list[str]) -> list[str]:
    kept = []
    for part in taken:
        if not part[0].isupper():
            break
        kept.append(part)
    return kept
