"""All steps of understanding together: a text in, what is meant out. It is learned and kept here.

In: the folder data/talk/meaning to learn from, then texts. Out: `Meaning`s. What is not sure
enough is left out; the chat asks for it.
"""

import json
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from components.meaning.asking import asks
from components.meaning.correcting import correction_in
from components.meaning.learning import Learned, learn_one_of, midway
from components.meaning.life_areas import LifeAreas
from components.meaning.lines_to_learn import AREAS, KINDS, read_lines
from components.meaning.nothing_but_a_piece import kind_of_a_piece
from components.meaning.pieces import SURE, Piece, pieces_of_a_part
from components.meaning.saying_no import Stance, stance_of
from components.meaning.taking_apart import Part, take_apart
from components.meaning.what_stands_out import what_stands_out
from components.meaning.word_lists import WordLists, read_word_lists
from components.meaning.words_heard import Heard, Listening

# A wrong guess costs more than a question: one question more, and a correction. A wrong life area
# is put at twice a question; on the curve measured with lines of others and of our own the cost is
# lowest from 0.35 down, and below it only more areas are said. A wrong kind is put at three times.
SURE_OF_AREA, SURE_OF_KIND = 0.35, 2 / 3
# A part is offered as a hope of its own only when it is plainly about something else.
SURE_OF_PART = 0.6
# A want that is turned round by a word beside it: how often that is right on our own held-out set.
SURE_OF_NO = 0.97
# Words met this often in the lines are words, however they are spelt.
OFTEN = 3
MOST_IN_A_REFUSAL = 3
WANTED = frozenset({"hope", "need_help"})
# The piece each of these kinds is.
PIECE_OF = {"time": "when", "person": "with_whom", "place": "where"}
# No question is one of these.
WISHED = frozenset({"hope", "like"})
# "I hate living on my own" says no "with whom".
NOT_WANTED = frozenset({"dislike", "worry"})


@dataclass(frozen=True)
class Said:
    """Something understood, with how sure it is; `start` and `end` where it is a piece."""

    name: str
    confidence: float
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Meaning:
    """`labels`: life areas and details, the surest first. `kinds`: in the order they were said."""

    labels: tuple[Said, ...]
    kinds: tuple[Said, ...]
    pieces: tuple[Piece, ...]
    # One for each part that is about another life area than the rest.
    areas_apart: tuple[Said, ...] = ()


@dataclass(frozen=True)
class _Heard:
    part: Part
    words: Sequence[Heard]
    stance: Stance
    kind: Said


class Understanding:
    """What has been learned, ready to understand."""

    def __init__(
        self, lists: WordLists, known: Sequence[str], areas: LifeAreas, kinds: Learned
    ) -> None:
        """`known`: words beyond the lists that need no guess."""
        self._lists, self._known = lists, tuple(known)
        self._areas, self._kinds = areas, kinds
        self._listening = Listening(lists, {*lists.vocabulary, *known})
        # Words that were learned, but for those too small to tell anything.
        self._telling = frozenset(
            name
            for name in kinds.known
            if name.startswith(("word:", "topic:")) and len(name) > len("word:a")
        )

    @classmethod
    def learned(cls, folder: Path) -> "Understanding":
        """Learn from the lists and lines of the folder."""
        lists, lines = read_word_lists(folder / "words"), read_lines(folder / "lines")
        often = Counter(word for line in lines for word in set(line.text.lower().split()))
        known = [
            word for word, times in often.items() if times >= OFTEN and word not in lists.plain
        ]
        listening = Listening(lists, {*lists.vocabulary, *known})
        said = [listening.words(line.text) for line in lines]
        areas = LifeAreas.learn(said, [line.labels for line in lines], lists)
        features = [what_stands_out(words, lists) for words in said]
        kinds = learn_one_of(features, [line.kind for line in lines], KINDS)
        return cls(lists, known, areas, kinds)

    def keep(self, folder: Path, words: Path) -> None:
        """Write what was learned, and the word lists it was learned with."""
        self._areas.keep(folder)
        self._kinds.keep(folder, "kinds")
        (folder / "known.json").write_text(json.dumps(self._known), "utf-8")
        shutil.copytree(words, folder / "words", dirs_exist_ok=True)

    @classmethod
    def kept(cls, folder: Path) -> "Understanding":
        """Read what `keep` wrote."""
        lists = read_word_lists(folder / "words")
        return cls(
            lists,
            json.loads((folder / "known.json").read_text("utf-8")),
            LifeAreas.kept(folder, lists),
            Learned.kept(folder, "kinds"),
        )

    def understand(self, text: str) -> Meaning:
        """What is meant, as far as it is sure."""
        words = self._listening.words(text)
        if not words:
            return Meaning((), (), ())
        heard = self._parts(text, words)
        chances, apart = self._areas_of(words, heard)
        labels = tuple(
            Said(name, chance)
            for name, chance in sorted(chances.items(), key=lambda each: -each[1])
            if chance >= SURE_OF_AREA
        )
        kinds = tuple(each.kind for each in heard if each.kind.confidence >= SURE_OF_KIND)
        kinds = tuple(kind for kind in kinds if kind.name != "none")
        pieces: list[Piece] = []
        for each in heard:
            refused = each.stance.turned or each.stance.open or each.part.not_this
            wanted = not refused and each.kind.name not in NOT_WANTED
            if wanted and each.kind.confidence >= SURE_OF_KIND:
                pieces += pieces_of_a_part(
                    text, each.words, each.stance, each.kind.name, self._lists
                )
        return Meaning(labels, kinds, tuple(pieces), apart)

    def chances(self, text: str) -> dict[str, float]:
        """Each life area and detail with its probability, sure or not. For measuring."""
        words = self._listening.words(text)
        return self._areas_of(words, self._parts(text, words))[0] if words else {}

    def chances_of_kind(self, text: str) -> dict[str, float]:
        """Each kind with its probability for the text as a whole. For measuring."""
        features = what_stands_out(self._listening.words(text), self._lists)
        return self._kinds.probabilities(features)

    def correction(self, text: str) -> list[Said]:
        """`correction` and `instead_of` with their places, in a text that corrects."""
        words = self._listening.words(text)
        return [
            Said(name, SURE_OF_NO, words[span[0]].start, words[span[1] - 1].end)
            for name, span in zip(
                ("correction", "instead_of"), correction_in(text, words, self._lists), strict=True
            )
            if span
        ]

    def _parts(self, text: str, words: Sequence[Heard]) -> list[_Heard]:
        found: list[_Heard] = []
        for part in take_apart(text, words, self._lists):
            inside = words[part.first : part.last]
            stance = stance_of(inside, self._lists)
            features = what_stands_out(inside, self._lists)
            before = found[-1] if found else None
            if before and _refuses_what_was_said(inside, stance, part):
                found[-1] = _refused(before)
            kind = self._kind(features, part, stance, found[-1] if found else None)
            if kind.name in WISHED and asks([word.read for word in inside]):
                kind = Said("none", kind.confidence)
            if kind.name == "none" or kind.confidence < SURE_OF_KIND:
                kind = self._of_a_piece(text, inside, stance) or kind
            placed = Said(kind.name, kind.confidence, inside[0].start, inside[-1].end)
            if part.follows and before and before.stance.turned and not stance.cue:
                stance = before.stance
            found.append(_Heard(part, inside, stance, placed))
        return found

    def _of_a_piece(self, text: str, words: Sequence[Heard], stance: Stance) -> Said | None:
        """The kind of a part that is nothing but a time, somebody or a place, and no refusal."""
        if stance.cue or stance.turned or stance.open:
            return None
        name = kind_of_a_piece(text, words, self._lists)
        return Said(name, SURE[PIECE_OF[name]]) if name else None

    def _kind(
        self, features: Mapping[str, float], part: Part, stance: Stance, before: _Heard | None
    ) -> Said:
        certain = _certain_kind(part, stance, before)
        if certain:
            return certain
        if not stance.cue and not any(name in self._telling for name in features):
            # Not one word is known: pieces of words alone say nothing about a kind.
            return Said("none", 0.0)
        chances = self._kinds.probabilities(features)
        if stance.turned:
            # Whatever it is, it is nothing wanted.
            chances = {name: sure for name, sure in chances.items() if name not in WISHED}
            total = sum(chances.values())
            chances = {name: sure / total for name, sure in chances.items()}
        name = max(chances, key=lambda each: chances[each])
        return Said(name, chances[name])

    def _areas_of(
        self, words: Sequence[Heard], heard: Sequence[_Heard]
    ) -> tuple[dict[str, float], tuple[Said, ...]]:
        """The life areas of all that was said, and those of the parts that are hopes apart."""
        # What is wanted counts more than the talk around.
        telling = [each for each in heard if each.stance.cue in WANTED]
        hopes = [
            each
            for each in heard
            if each.kind.name == "hope" and each.kind.confidence >= SURE_OF_KIND
        ]
        whole = self._areas.of(words)
        if len(heard) == 1:
            return whole, ()
        if telling:
            wanted = self._areas.of([word for each in telling for word in each.words])
            whole = {name: midway(chance, wanted[name]) for name, chance in whole.items()}
        return whole, _apart(hopes, [self._areas.of(each.words) for each in hopes])


def _apart(hopes: Sequence[_Heard], chances: Sequence[Mapping[str, float]]) -> tuple[Said, ...]:
    """The life area of each hope, when there are two and they differ."""
    found: dict[str, Said] = {}
    for hope, sure in zip(hopes, chances, strict=True):
        area, chance = max(((name, sure[name]) for name in AREAS), key=lambda each: each[1])
        if chance >= SURE_OF_PART:
            place = (hope.words[0].start, hope.words[-1].end)
            found.setdefault(area, Said(area, chance, *place))
    return tuple(found.values()) if len(found) > 1 else ()


def _certain_kind(part: Part, stance: Stance, before: _Heard | None) -> Said | None:
    """The kind, where its words settle it and nothing need be guessed."""
    if stance.open:
        return Said("none", 0.0)
    if stance.kind:
        return Said(stance.kind, SURE_OF_NO)
    if part.not_this:
        wanted = before is not None and before.kind.name in {"hope", "like"}
        return Said("dislike" if wanted else "none", SURE_OF_NO)
    if stance.in_its_own_part and stance.cue:
        return Said(stance.cue, SURE_OF_NO)
    if part.follows and before and not stance.cue and not stance.turned:
        return Said(before.kind.name, before.kind.confidence)
    return None


def _refuses_what_was_said(words: Sequence[Heard], stance: Stance, part: Part) -> bool:
    """ "Live alone? No way." """
    bare = len(words) <= MOST_IN_A_REFUSAL and words[0].turns and not stance.cue
    # "But not any more."
    gone = {"more", "anymore", "now", "longer"} & {word.read for word in words}
    refused = stance.kind == "dislike" and not part.not_this
    return bare and (refused or bool(gone) or all(word.turns for word in words))


def _refused(before: _Heard) -> _Heard:
    said = before.kind
    if before.part.asked:
        kind = Said("dislike", SURE_OF_NO, said.start, said.end)
    else:
        kind = Said("none", 0.0, said.start, said.end)
    stance = Stance(
        before.stance.cue, True, kind.name, not before.part.asked, before.stance.cue_end
    )
    return _Heard(before.part, before.words, stance, kind)


def for_people(meaning: Meaning) -> dict[str, Any]:
    """The meaning as `./myway understand` prints it."""
    slots: dict[str, str] = {}
    for piece in meaning.pieces:
        slots.setdefault(piece.slot, piece.value)
    return {
        "life_areas": list(
            dict.fromkeys(said.name for said in (*meaning.labels, *meaning.areas_apart))
        ),
        "kind": meaning.kinds[0].name if meaning.kinds else None,
        "kinds": [said.name for said in meaning.kinds],
        "slots": slots,
        "sure": bool(meaning.labels and meaning.kinds),
    }
