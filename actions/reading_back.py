"""Reading back: is that right? The person keeps their words, takes short ones, or changes them."""

from actions.asking import (
    AGAIN,
    MISSES_BEFORE_A_PERSON,
    WHICH,
    ask,
    ask_present,
    said_parts,
    sorted_pictures,
)
from actions.hearing import Hand, Hearing
from actions.keeping_answers import keep_answer
from actions.laying_out_pictures import PICTURES, part_shown, parts_of
from actions.opening_chapters import end_of_questions
from plan_store.hoping import agree, newest_item
from plan_store.life_areas import NOT_READ_BACK
from plan_store.sharing import last_choice
from plan_store.shortening import shorten
from plan_store.tables import Incoming, ShortVersion, now


class Agree(Hand):
    """That is right."""

    called = "action_agree"

    def act(self, hearing: Hearing) -> None:
        """Offer the short words beside their own, where there are any; then ask who may see it."""
        agree_to_it(hearing)


class ChooseWords(Hand):
    """A choice at the read-back: which words stand, or which part is to be changed."""

    called = "action_choose_words"

    def act(self, hearing: Hearing) -> None:
        """The short words or their own are agreed to; a part that was named is asked again."""
        if hearing.choice in {"own", "short"}:
            agree_to_it(hearing)
        else:
            change_it(hearing)


def agree_to_it(hearing: Hearing) -> None:
    """They agree to what was read back; with longer words, the short ones are offered first."""
    aspiration, question = hearing.aspiration, hearing.place.question or ""
    if aspiration is None or not question.startswith("read_back"):
        ask_present(hearing)
        return
    if question.startswith(PICTURES):
        part = part_shown(question) + 1
        if part < len(parts_of(hearing.chapters, sorted_pictures(hearing))):
            ask(hearing, f"{PICTURES}:{part}")
            return
    if question == "read_back" and _short_beside(hearing):
        ask(hearing, "read_back_short")
        return
    if question == "read_back_short":
        _pick(hearing, picked=hearing.choice == "short")
    agree(hearing.session, hearing.cause, aspiration)
    hearing.keeps(aspiration)
    if last_choice(hearing.session, hearing.person.id, aspiration.id) is None:
        hearing.says("explain_sharing")
        ask(hearing, "ask_sharing")
    else:
        ask(hearing, "ask_sharing_again")


def _short_beside(hearing: Hearing) -> bool:
    """Make the short version of the main words, once; False where nothing may be left out."""
    parts = said_parts(hearing)
    main = parts.get("hope") or parts.get("entry")
    if main is None or hearing.session.get(ShortVersion, main.id) is not None:
        return False
    short = shorten(main.words)
    if short is None:
        return False
    hearing.session.add(ShortVersion(statement_id=main.id, person_id=main.person_id, words=short))
    hearing.session.flush()
    return True


def _pick(hearing: Hearing, *, picked: bool) -> None:
    parts = said_parts(hearing)
    main = parts.get("hope") or parts.get("entry")
    short = hearing.session.get(ShortVersion, main.id) if main else None
    if short is not None:
        short.picked_at = now() if picked else None


class ChangeWords(Hand):
    """That is not right, or: I want to change it."""

    called = "action_change_words"

    def act(self, hearing: Hearing) -> None:
        """Ask which part, where there are several; then ask that part again."""
        change_it(hearing)


def change_it(hearing: Hearing) -> None:
    """Which part is to change, and what are the new words?

    When nothing is asked, the newest part of the plan is read back first: they see what it is.
    """
    if hearing.place.question is None and not said_parts(hearing):
        _read_back_newest(hearing)
        return
    parts = [part for part in said_parts(hearing) if part not in NOT_READ_BACK]
    question = hearing.place.question or ""
    chosen = hearing.choice if hearing.choice in parts else None
    if question.startswith(PICTURES):
        ask(hearing, "ask_which_picture")
    elif question == "ask_which_picture":
        _sort_again(hearing)
    elif hearing.place.expecting == "words" and hearing.place.aspiration_id is None:
        # They are answering that very question now: what they say next is the change.
        ask_present(hearing)
    elif not parts:
        hearing.says("nothing_to_change")
        ask_present(hearing)
    elif chosen and question.startswith(f"{WHICH}:"):
        _take_new_words(hearing, chosen, int(question.partition(":")[2]))
    elif chosen or len(parts) == 1:
        ask(hearing, f"{AGAIN}{chosen or parts[0]}")
    else:
        ask(hearing, "ask_which_part")


def _read_back_newest(hearing: Hearing) -> None:
    newest = newest_item(hearing.session, hearing.person.id)
    chapter = hearing.chapters.about(newest.life_area) if newest else None
    if newest is None or chapter is None:
        hearing.says("nothing_to_change")
        ask_present(hearing)
        return
    hearing.place.chapter, hearing.place.aspiration_id = chapter.chapter, newest.id
    ask(hearing, "read_back_pictures" if newest.kind == "sorted" else "read_back")


def _take_new_words(hearing: Hearing, part: str, message_id: int) -> None:
    """The words they said a moment ago are the new ones for this part."""
    message = hearing.session.get_one(Incoming, message_id)
    hearing.place.question = f"{AGAIN}{part}"
    keep_answer(hearing, CorrectWords.called, message=message)
    hearing.says("kept_new_words")
    end_of_questions(hearing)


def _sort_again(hearing: Hearing) -> None:
    """Show the picture that was named once more; the older way stays in the history."""
    shown = [card for cards in sorted_pictures(hearing).values() for card in cards]
    chosen = next((card for card in shown if card.partition(".")[2] == hearing.choice), None)
    if chosen is None:
        ask_present(hearing)
    else:
        ask(hearing, chosen)


class CorrectWords(Hand):
    """Instead of yes or no they said it anew: with one part read back, that is the change."""

    called = "action_correct_words"

    def act(self, hearing: Hearing) -> None:
        """Take the new words for the one part; with several parts, ask which they are for."""
        take_as_new_words(hearing)


def take_as_new_words(hearing: Hearing) -> None:
    """What was said instead of yes or no: for the one part, or for which of several?"""
    parts = [part for part in said_parts(hearing) if part not in NOT_READ_BACK]
    if len(parts) == 1:
        _take_new_words(hearing, parts[0], hearing.message.id)
    elif not parts:
        ask_present(hearing)
    else:
        # Newer words take the place of those before: nobody is asked for ever.
        misses = hearing.place.misses + 1 if (hearing.place.question or "").startswith(WHICH) else 0
        if misses > MISSES_BEFORE_A_PERSON:
            hearing.says("offer_person")
            return
        ask(hearing, f"{WHICH}:{hearing.message.id}")
        hearing.place.misses = misses
