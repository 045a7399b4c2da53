"""The word lists of data/talk/meaning/words, ready to look things up in.

In: the folder. Out: `WordLists`. The lists are for people to edit; what is odd in them is said with
the file's name when the listener is trained, not when a young person writes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Phrase = tuple[str, ...]
TOPICS_BETWEEN = "|"
SHORTEST_TO_LOSE_A_LETTER = 4


class WordListsWrong(ValueError):
    """A list does not say what it must. The sentence names the file."""


@dataclass(frozen=True)
class Phrases:
    """Phrases by their first word, the longest first."""

    by_first: Mapping[str, Sequence[tuple[Phrase, str]]]

    def longest_at(self, words: Sequence[str], at: int) -> tuple[int, str] | None:
        """(how many words, its name) of the longest phrase that stands at this place."""
        for phrase, name in self.by_first.get(words[at], ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                return len(phrase), name
        return None

    def all_in(self, words: Sequence[str]) -> list[tuple[int, int, str]]:
        """(from, to, name) of each phrase, from the left, none inside another."""
        found, at = [], 0
        while at < len(words):
            hit = self.longest_at(words, at)
            if hit:
                found.append((at, at + hit[0], hit[1]))
            at += hit[0] if hit else 1
        return found


@dataclass(frozen=True)
class WordLists:
    """All lists. `plain` and `turning`: way of writing → how it is read."""

    plain: Mapping[str, str]
    turning: Mapping[str, str]
    dont_before_wanting: frozenset[str]
    refusals: Phrases
    turn_nothing_round: Phrases
    neither_way: Phrases
    opens_its_own_part: frozenset[str]
    not_this: Phrases
    follows_not_this: frozenset[str]
    helps_a_verb: frozenset[str]
    no: Mapping[str, Phrases]
    cues: Phrases
    wanting: frozenset[str]
    softeners: frozenset[str]
    important: Phrases
    people: Phrases
    alone: Phrases
    places: Phrases
    place_openers: Phrases
    days: frozenset[str]
    months: frozenset[str]
    seasons: Phrases
    times: Phrases
    help_openers: Phrases
    doing_openers: Phrases
    verbs: frozenset[str]
    says_on: frozenset[str]
    around: Mapping[str, frozenset[str]]
    correcting: Mapping[str, Phrases]
    topics: Phrases
    vocabulary: frozenset[str]


def phrases(named: Mapping[str, Iterable[str]]) -> Phrases:
    """Phrases of several names; of two that are alike the first name counts."""
    by_first: dict[str, dict[Phrase, str]] = {}
    for name, lines in named.items():
        for line in lines:
            phrase = tuple(line.lower().split())
            by_first.setdefault(phrase[0], {}).setdefault(phrase, name)
    return Phrases(
        {
            first: sorted(each.items(), key=lambda item: -len(item[0]))
            for first, each in by_first.items()
        }
    )


def by_all_their_topics(topics: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Words under the names of all topics they stand in: "sports|health_words"."""
    of_word: dict[str, list[str]] = {}
    for topic, words in topics.items():
        for word in words:
            of_word.setdefault(word.lower(), []).append(topic)
    by_names: dict[str, list[str]] = {}
    for word, names in of_word.items():
        by_names.setdefault(TOPICS_BETWEEN.join(sorted(set(names))), []).append(word)
    return by_names


def slips_of(turning: Mapping[str, str], others: Iterable[str]) -> dict[str, str]:
    """Each such word with a letter left out, doubled or swapped, unless that is another word."""
    found: dict[str, str] = {}
    # Only of the usual spellings: slips in slips would meet too many other words.
    usual = {way: plain for plain in turning.values() for way in (plain, plain.replace("'", ""))}
    for way, plain in usual.items():
        places = range(len(way))
        slips = {way[:at] + way[at] + way[at:] for at in places}
        slips |= {way[:at] + way[at + 1] + way[at] + way[at + 2 :] for at in places[:-1]}
        if len(way) >= SHORTEST_TO_LOSE_A_LETTER:
            slips |= {way[:at] + way[at + 1 :] for at in places}
        found.update(dict.fromkeys(slips, plain) if len(way) > len("no") else {})
    return {way: plain for way, plain in found.items() if way not in set(others)}


def read_word_lists(folder: Path) -> WordLists:
    """Raises WordListsWrong for a list that is missing or says one thing twice."""
    spellings = _file(folder / "spellings.yml")
    no = _file(folder / "saying_no.yml")
    kinds = _file(folder / "kinds_of_things.yml")
    slots = _file(folder / "who_where_when.yml")
    correcting = _file(folder / "correcting.yml")
    topics = {
        name: [each.strip() for each in words.split(",") if each.strip()]
        for name, words in _file(folder / "topics.yml").items()
    }
    turning = {way: plain for plain, ways in no["words"].items() for way in [plain, *ways.split()]}
    plain: dict[str, str] = {}
    for right, ways in spellings.items():
        for way in ways.split():
            if way in turning:
                raise WordListsWrong(
                    f"spellings.yml: {way!r} turns a meaning round (saying_no.yml)"
                )
            if plain.setdefault(way, right) != right:
                raise WordListsWrong(f"spellings.yml: {way!r} is read in two ways")
    # The ways of writing in spellings.yml are no known words; their plain forms are.
    known = _words_in((list(spellings), kinds, slots, list(topics.values()), no, correcting))
    try:
        return WordLists(
            plain=plain,
            turning={
                **slips_of(turning, known | set(plain) | set(no["words_themselves"])),
                **turning,
            },
            dont_before_wanting=frozenset(no["dont_before_wanting"]),
            refusals=phrases({"refusal": no["refusals"]}),
            turn_nothing_round=phrases({"nothing": no["turn_nothing_round"]}),
            neither_way=phrases({"neither": no["neither_way"]}),
            opens_its_own_part=frozenset(no["opens_its_own_part"]),
            not_this=phrases({"not_this": no["not_this"]}),
            follows_not_this=frozenset(no["follows_not_this"]),
            helps_a_verb=frozenset(no["helps_a_verb"]),
            no={name: phrases({name: no[name]}) for name in LISTS_OF_NO},
            cues=phrases({name: kinds[name] for name in KINDS_WITH_CUES}),
            wanting=_words_in([kinds[name] for name in KINDS_WITH_CUES]) - set(turning),
            softeners=frozenset(kinds["softeners"]),
            important=phrases(kinds["important"]),
            people=phrases({"people": slots["people"]}),
            alone=phrases({"alone": slots["alone"]}),
            places=phrases({"places": slots["places"]}),
            place_openers=phrases({"opens": slots["place_openers"]}),
            days=frozenset(slots["days"]),
            months=frozenset(slots["months"]),
            seasons=phrases({"seasons": slots["seasons"]}),
            times=phrases({"times": slots["times"]}),
            help_openers=phrases({"help": slots["help_openers"]}),
            doing_openers=phrases({"doing": slots["doing_openers"]}),
            verbs=frozenset(slots["verbs"]),
            says_on=frozenset(slots["says_on"]),
            around={name: frozenset(words) for name, words in slots["around"].items()},
            correcting={name: phrases({name: said}) for name, said in correcting.items()},
            topics=phrases(by_all_their_topics(topics)),
            vocabulary=known - set(turning),
        )
    except KeyError as missing:
        raise WordListsWrong(f"{folder.name}: the list {missing} is missing") from None


LISTS_OF_NO = (
    *("said_of_others", "refuse_what_follows", "say_how_it_is", "goes", "refuse_to_go"),
    *("before_a_refusal", "empty"),
)
# The most telling first: "I need help" is no hope because of a "need", "can't stand" no liking.
KINDS_WITH_CUES = ("need_help", "worry", "dislike", "hope", "like")


def _file(path: Path) -> dict[str, Any]:
    try:
        # BaseLoader: "no", "on" and "2" are words here, not YAML's own.
        read = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    except FileNotFoundError:
        raise WordListsWrong(f"{path.name} is missing") from None
    if not isinstance(read, dict):
        raise WordListsWrong(f"{path.name}: lists with names are expected")
    return read


def _words_in(things: Any) -> frozenset[str]:
    """Every single word of the plain lists: those that need no guess."""
    if isinstance(things, str):
        return frozenset(things.replace(",", " ").lower().split())
    if isinstance(things, Mapping):
        return frozenset().union(*(_words_in(each) for each in (*things, *things.values())))
    return frozenset().union(*(_words_in(each) for each in things))
