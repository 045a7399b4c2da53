"""Small questions beside the way: is this what you said, keep it as its own hope, delete it, …

Comes in: yes, no, a choice or own words. Goes out: what follows from it, and the way back.
"""

from collections.abc import Callable
from typing import Any, Literal

from actions.answering_with_a_recording import says_as_words
from actions.asking import AGAIN, CONSENT, about, ask, ask_present
from actions.asking_about_family import hear_about_family
from actions.hearing import Hand, Hearing
from actions.opening_chapters import ask_from, come_back, sort_chapter
from actions.sharing_with_consent import hear_consent
from actions.telling_out_of_turn import go_on_with_hope
from plan_store.becoming_sixteen import FAMILY_STILL
from plan_store.causes import note
from plan_store.deleting import (
    answer_keeps_danger,
    delete_answer,
    delete_item,
    delete_statement,
    goes_with,
    keeps_danger,
)
from plan_store.forgetting import asks_to_be_forgotten, what_must_stay
from plan_store.going_through_chapters import keep_chapter_place
from plan_store.hoping import begin_item, happens
from plan_store.keeping_words import (
    PICTURE,
    hopes_with,
    link,
    newest_part,
    statements_of_message,
)
from plan_store.moving_on import move, unpark
from plan_store.putting_to_the_person import DECIDING, is_private_now
from plan_store.tables import Incoming, Statement
from plan_store.what_hangs_on_a_hope import DELETED
from plan_store.what_was_answered import answers_of

YES, NO, OWN_WORDS = "yes", "no", "own words"
MEANT = {"affirm": YES, "deny": NO, "maybe": NO}
# Asked with what stays said.
BUT = "_but"


class Confirm(Hand):
    """The answer to one of these questions."""

    called = "action_confirm"

    def act(self, hearing: Hearing) -> None:
        """Do what follows; something that is no answer asks again."""
        answer = hearing.choice or MEANT.get(hearing.intent, OWN_WORDS)
        present = hearing.place.question or ""
        follow = hear_consent if present.startswith(CONSENT) else FOLLOWS.get(present)
        if follow is None:
            ask_present(hearing)
        else:
            follow(hearing, answer)


def _talk_or_sort(hearing: Hearing, answer: str) -> None:
    chapter = hearing.chapter
    if chapter is None:
        come_back(hearing)
    elif answer == "sort":
        sort_chapter(hearing, chapter.chapter)
    elif answer == "talk":
        ask_from(hearing, chapter.questions[0].question)
    else:
        ask_present(hearing)


def _say_what_it_shows(hearing: Hearing, _answer: str) -> None:
    hearing.keep_words(Confirm.called, f"{PICTURE}:{about(hearing)}")
    hearing.says("kept_words")
    come_back(hearing)


def _heard(hearing: Hearing, answer: str) -> None:
    """The transcript, or their own words instead of it, stand beside the voice from now on."""
    heard = hearing.session.get_one(Incoming, about(hearing))
    if answer == NO:
        hearing.says("heard_wrong")
        come_back(hearing)
        return
    words = heard.words if answer == YES else hearing.message.words
    voices = statements_of_message(hearing.session, int(heard.details["voice"]))
    parked = hearing.place.comes_back_to or {}
    open_still = parked.get("expecting") == DECIDING and parked["question"] in {
        voice.target for voice in voices
    }
    if open_still and not is_private_now(hearing.session, parked["question"]):
        # What they were asked is still open: now it has its answer.
        unpark(hearing.place)
        hearing.spoken = heard if answer == YES else None
        says_as_words(hearing)
        return
    for voice in voices:
        statement = hearing.keep_words(
            Confirm.called, voice.target, words=words, replaces=voice, helped=voice.helped
        )
        statement.how = "spoken"
        for aspiration, part in hopes_with(hearing.session, voice):
            link(hearing.session, aspiration, statement, part)
            happens(hearing.session, hearing.cause, aspiration, "edits")
    hearing.says("kept_words")
    come_back(hearing)


def _keep_second(hearing: Hearing, answer: str) -> None:
    """The same words open a hope of their own in the other part of the plan."""
    chapter = hearing.chapters.get((hearing.place.comes_back_to or {}).get("second"))
    statement = hearing.session.get_one(Statement, about(hearing))
    if answer == YES and chapter is not None:
        kind: Literal["entry", "hope"] = "entry" if chapter.is_profile else "hope"
        aspiration = begin_item(hearing.session, hearing.cause, chapter.life_area, kind)
        link(hearing.session, aspiration, statement, kind)
        following = chapter.after(chapter.questions[0].question)
        keep_chapter_place(
            hearing.session,
            hearing.person.id,
            chapter.chapter,
            "open",
            following.question if following and not chapter.is_profile else None,
            aspiration.id,
        )
        hearing.keeps(aspiration)
        hearing.says("kept_second", chapter={"chapter": chapter.chapter})
    else:
        hearing.says("kept_as_one")
    come_back(hearing)


def _keep_as_hope(hearing: Hearing, answer: str) -> None:
    """A hope told out of turn: its chapter goes on from there, or the words stay as they are."""
    chapter = hearing.chapters.get((hearing.place.comes_back_to or {}).get("second"))
    if answer == YES and chapter is not None:
        statement = hearing.session.get_one(Statement, about(hearing))
        go_on_with_hope(hearing, chapter, statement)
    else:
        hearing.says("kept_more")
        come_back(hearing)


def _delete(hearing: Hearing, answer: str) -> None:
    """The words are gone for good; that something was deleted stays in the history."""
    statement = hearing.session.get_one(Statement, about(hearing))
    if not _is_sure(hearing, answer, lambda: keeps_danger(hearing.session, statement)):
        return
    danger_stays = False
    gone = set()
    for aspiration in goes_with(hearing.session, statement):
        danger_stays |= delete_item(hearing.session, hearing.cause, aspiration)
        gone.add(aspiration.id)
    for aspiration, part in hopes_with(hearing.session, statement):
        # Newer words may stand in its place, or it is only one part of it: then the rest stays.
        stands = newest_part(hearing.session, aspiration.id, part) is statement
        if stands and aspiration.id not in gone:
            happens(hearing.session, hearing.cause, aspiration, "edits")
    # With a hope of its own it went already; as one part of something, or of nothing, it goes here.
    if statement.kind != DELETED:
        danger_stays |= delete_statement(hearing.session, hearing.cause, statement)
    note(hearing.session, hearing.cause, "deletes", "statement", statement.id)
    hearing.place.comes_back_to = _without(hearing.place.comes_back_to, gone)
    hearing.says("deleted_but" if danger_stays else "deleted")
    come_back(hearing)


def _delete_answer(hearing: Hearing, answer: str) -> None:
    """What they said about a meeting or an idea is gone for good; it may be asked again."""
    given = answers_of(hearing.session, [about(hearing)])
    danger = (answer_keeps_danger(hearing.session, each) for each in given)
    if not _is_sure(hearing, answer, lambda: any(danger)):
        return
    stays = [delete_answer(hearing.session, hearing.cause, each) for each in given]
    hearing.says("deleted_but" if any(stays) else "deleted")
    come_back(hearing)


def _is_sure(hearing: Hearing, answer: str, keeps_danger_now: Callable[[], bool]) -> bool:
    """Whether they said yes, and knew what stays: else they are asked once more, and told it."""
    question = hearing.place.question or ""
    if answer != YES:
        hearing.says("not_deleted")
        come_back(hearing)
        return False
    if not question.endswith(BUT) and keeps_danger_now():
        # A voice was written down meanwhile, or somebody looked again: nobody had told them.
        ask(hearing, f"{question}{BUT}")
        return False
    return True


def _without(parked: dict[str, Any] | None, gone: set[int]) -> dict[str, Any] | None:
    """What is come back to, once these are gone: a chapter goes on from its beginning."""
    if parked is None:
        return None
    left = {**parked, "before": _without(parked.get("before"), gone)}
    if parked["aspiration_id"] in gone:
        left["aspiration_id"] = None
        if parked["expecting"] not in {"words", "sorting"}:
            left |= {"expecting": "nothing", "question": None}
    return left


def _forget(hearing: Hearing, answer: str) -> None:
    """Asked, and sure: in a few minutes they are forgotten. Anything but a yes keeps all."""
    if answer != YES:
        hearing.says("not_forgotten")
        come_back(hearing)
        return
    stays = what_must_stay(hearing.session, hearing.person.id)
    asks_to_be_forgotten(hearing.session, hearing.cause, hearing.person)
    hearing.place.comes_back_to = None
    move(hearing.place, "nothing", None)
    hearing.says("forgotten_soon_but" if stays else "forgotten_soon")


def _talk_about_it(hearing: Hearing, answer: str) -> None:
    """Both answers stay; where they want to talk, the hope is asked for once more."""
    if answer in {"talk", YES}:
        ask(hearing, f"{AGAIN}hope")
    else:
        hearing.says("both_stay")
        come_back(hearing)


FOLLOWS: dict[str, Callable[[Hearing, str], None]] = {
    "talk_or_sort": _talk_or_sort,
    "ask_photo_words": _say_what_it_shows,
    "ask_heard": _heard,
    "ask_keep_second": _keep_second,
    "ask_keep_as_hope": _keep_as_hope,
    "ask_delete": _delete,
    "ask_delete_but": _delete,
    "ask_delete_answer": _delete_answer,
    "ask_delete_answer_but": _delete_answer,
    "ask_forget": _forget,
    "ask_forget_but": _forget,
    "ask_talk_about_it": _talk_about_it,
    FAMILY_STILL: hear_about_family,
}
