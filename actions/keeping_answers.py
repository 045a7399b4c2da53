"""Keeping an answer: in words, by voice, as a picture, or left empty on purpose.

Comes in: a message at an open question. Goes out: a statement, tied to the part of the plan that
the question is about, and what comes next.
"""

import re
import unicodedata

from actions.after_a_miss import ask_in_other_words, one_too_many
from actions.answering_with_a_recording import (
    answers_with_a_recording,
    keep_beside_what_is_asked,
)
from actions.asking import ask, ask_present, part_asked
from actions.hearing import ANYTHING, Hand, Hearing
from actions.opening_chapters import ask_next
from actions.telling_out_of_turn import is_a_hope, offer_to_keep_as_hope
from plan_store.hoping import begin_item, happens
from plan_store.keeping_words import FOUND_IN_WORDS, link, newest_part
from plan_store.life_areas import MAIN_PARTS
from plan_store.moving_on import park
from plan_store.tables import Aspiration, Incoming, Statement

# "I want to be a cook" is of work and of home, and is one hope; two of them are joined.
JOINED = re.compile(r"[,;.&+]|\b(and|also|plus|then|but)\b", re.IGNORECASE)
# Said alone where a wish was asked for, these are none.
NO_WISH = ("affirm", "deny", "maybe")


def keep_answer(
    hearing: Hearing, action: str, kind: str = "said", message: Incoming | None = None
) -> Statement:
    """Keep this message, or an older one, as the answer to the present question."""
    part = part_asked(hearing)
    aspiration = hearing.aspiration
    if aspiration is None and part is not None:
        aspiration = _begin(hearing, part)
    older = newest_part(hearing.session, aspiration.id, part) if aspiration and part else None
    statement = hearing.keep_words(
        action, hearing.place.question or ANYTHING, message=message, kind=kind, replaces=older
    )
    if aspiration is None or part is None:
        return statement
    link(hearing.session, aspiration, statement, part)
    if older is not None or aspiration.agreed_at is not None:
        happens(hearing.session, hearing.cause, aspiration, "changes")
    return statement


def _begin(hearing: Hearing, part: str) -> Aspiration | None:
    chapter = hearing.chapter
    if chapter is None:
        return None
    aspiration = begin_item(
        hearing.session, hearing.cause, chapter.life_area, "entry" if part == "entry" else "hope"
    )
    hearing.keeps(aspiration)
    hearing.place.aspiration_id = aspiration.id
    return aspiration


class KeepWords(Hand):
    """An answer in the person's own words, typed, tapped or dictated."""

    called = "action_keep_words"

    def opens(self, hearing: Hearing) -> None:
        """What is told before anything was asked is kept too."""
        keep_answer(hearing, self.called)
        Hand.opens(self, hearing)

    def act(self, hearing: Hearing) -> None:
        """Keep the words and go on; said with no question open, they are kept for the person."""
        if hearing.place.expecting != "words":
            self._keep_aside(hearing)
            return
        part = part_asked(hearing)
        if part in MAIN_PARTS and self._says_nothing(hearing):
            # "No", "👍", "…": asked in other words first; said once more, it is their answer.
            hearing.place.misses += 1
            hearing.says("did_not_catch")
            ask_present(hearing, "simpler")
            return
        statement = keep_answer(hearing, self.called)
        if part == "hope" and not hearing.choice:
            self._keep_pieces(hearing)
            if self._offer_second(hearing, statement):
                return
        hearing.says("kept_words")
        if self._offers_person(hearing):
            hearing.says("person_can_talk")
        ask_next(hearing)

    def _offers_person(self, hearing: Hearing) -> bool:
        asked = hearing.chapter.question(hearing.place.question) if hearing.chapter else None
        answers = asked.answers if asked else ()
        return any(answer.offers_person and answer.answer == hearing.choice for answer in answers)

    def _says_nothing(self, hearing: Hearing) -> bool:
        if hearing.choice or hearing.place.misses or hearing.message.kind != "text":
            return False
        signs_only = all(unicodedata.category(sign)[0] in "PZ" for sign in hearing.message.words)
        return hearing.intent in NO_WISH or signs_only

    def _keep_aside(self, hearing: Hearing) -> None:
        chapter = hearing.chapters.about(hearing.understood.first("life_area") or "")
        if hearing.place.expecting == "nothing" and chapter and is_a_hope(hearing, chapter):
            offer_to_keep_as_hope(hearing, self.called, chapter)
            return
        hearing.keep_words(self.called, ANYTHING)
        hearing.says("kept_more")
        ask_present(hearing)

    def _keep_pieces(self, hearing: Hearing) -> None:
        """What the listener is sure to have found in the hope, word for word, as its parts.

        A part that is found need not be asked for; the person sees it in the read-back.
        """
        aspiration, chapter = hearing.aspiration, hearing.chapter
        if aspiration is None or chapter is None:
            return
        words = hearing.message.words
        # Where two hopes are told in one breath, the pieces of the second are not the first's.
        joined = JOINED.search(words) if len(hearing.understood.all("life_area")) > 1 else None
        first_ends = joined.start() if joined else len(words)
        for part in FOUND_IN_WORDS:
            found = (p for p in hearing.understood.pieces if p.entity == part)
            piece = next((p for p in found if p.end and p.end <= first_ends), None)
            if piece is None or newest_part(hearing.session, aspiration.id, part) is not None:
                continue
            said = words[piece.start : piece.end].strip()
            if not said or said.casefold() == words.strip().casefold():
                continue
            statement = hearing.keep_words(self.called, part, words=said)
            link(hearing.session, aspiration, statement, part)

    def _offer_second(self, hearing: Hearing, statement: Statement) -> bool:
        """Two hopes in one answer: offer to keep the second in its own part of the plan."""
        chapter = hearing.chapter
        others = [
            about
            for area in hearing.understood.all("life_area")
            if (about := hearing.chapters.about(area)) is not None
            and chapter is not None
            and about.life_area != chapter.life_area
        ]
        two = len(hearing.understood.all("life_area")) > 1 and JOINED.search(statement.words)
        if not two or not others or chapter is None:
            return False
        park(hearing.place, statement.id, answered=True, second=others[0].chapter)
        hearing.says("kept_words")
        ask(hearing, "ask_keep_second")
        return True


class KeepRecording(Hand):
    """A voice or a picture, kept as their own; they are told what the chat can do with it."""

    called = "action_keep_recording"

    def opens(self, hearing: Hearing) -> None:
        """What is sent before anything was asked is kept too."""
        keep_answer(hearing, self.called)
        Hand.opens(self, hearing)

    def act(self, hearing: Hearing) -> None:
        """At an open question it is the answer; elsewhere it is kept, and the question stays: one
        more miss, as nobody can tell what it says.

        A picture that came without words is asked about: the words become its description.
        """
        if answers_with_a_recording(hearing):
            return
        voice = hearing.message.kind == "voice"
        hearing.says("kept_voice" if voice else "kept_photo")
        wordless = not hearing.message.words.strip()
        if hearing.place.expecting == "words":
            statement = keep_answer(hearing, self.called)
            if not voice and wordless:
                self._ask_what_it_shows(hearing, statement)
            else:
                ask_next(hearing)
            return
        if not keep_beside_what_is_asked(hearing):
            hearing.keep_words(self.called, ANYTHING)
        if hearing.place.question is None or hearing.message.details.get("heard_soon"):
            # Its words come in a moment, and may be the answer.
            ask_present(hearing)
        elif not one_too_many(hearing):
            ask_in_other_words(hearing)

    def _ask_what_it_shows(self, hearing: Hearing, statement: Statement) -> None:
        park(hearing.place, statement.id, answered=True)
        ask(hearing, "ask_photo_words")
