"""Asking: moving to a question, asking the present one again, and coming back after a detour.

Comes in: a hearing. Goes out: the place, and the question as the last reply.
"""

from typing import Any

from actions.hearing import Hearing
from actions.laying_out_pictures import PICTURES, part_shown, parts_of
from actions.putting_a_pack import DONE, DONE_BUTTONS, PACK, PACK_QUESTIONS, put_pack
from actions.putting_options import put_option, say_option, what_is_over
from plan_store.going_through_chapters import chapters_begun
from plan_store.keeping_words import SORTED, parts_now
from plan_store.life_areas import ENTRY, NOT_READ_BACK
from plan_store.meeting_up import BEFORE
from plan_store.moving_on import move, unpark
from plan_store.putting_to_the_person import (
    COME,
    DECIDING,
    DESK,
    OPTION,
    OWN_WORDS,
    TICK,
    is_private_now,
    put_in_words,
    withdraw_what_is_private,
)
from plan_store.sharing import last_choice, shared_now
from plan_store.tables import DeskQuestion, ShortVersion, Statement, Step
from plan_store.taking_steps import TICKED

# Questions outside the chapters' own, and what each waits for.
EXPECTS = {
    "ask_name": "name",
    "ask_ready": "ready",
    "ask_pictures": "settings",
    "ask_listening": "settings",
    "ask_pace": "settings",
    "ask_with_somebody": "with_somebody",
    "choose_chapter": "chapter",
    "talk_or_sort": "confirm",
    "read_back": "read_back",
    "read_back_short": "read_back",
    "read_back_pictures": "read_back",
    "ask_which_part": "read_back",
    "ask_which_picture": "read_back",
    "ask_which_is_it": "read_back",
    "ask_sharing": "sharing",
    "ask_sharing_more": "sharing",
    "ask_sharing_again": "sharing",
    "ask_sharing_change": "sharing",
    # Each with who is to see it after a colon.
    "consent_who": "confirm",
    "consent_change": "confirm",
    "consent_danger": "confirm",
    "ask_hope_still": "check",
    "ask_talk_about_it": "confirm",
    "ask_photo_words": "confirm",
    "ask_heard": "confirm",
    "ask_keep_second": "confirm",
    "ask_keep_as_hope": "confirm",
    "ask_delete": "confirm",
    "ask_delete_but": "confirm",
    # The same of an answer that stands in its message alone, about a meeting or an idea.
    "ask_delete_answer": "confirm",
    "ask_delete_answer_but": "confirm",
    "ask_forget": "confirm",
    "ask_forget_but": "confirm",
    # What somebody at the desk asks, and a step; each with its number after a colon.
    **dict.fromkeys((DESK[:-1], OWN_WORDS[:-1], TICK[:-1]), DECIDING),
    # What was found for a hope, one at a time.
    OPTION[:-1]: DECIDING,
    **dict.fromkeys((f"{COME}{question}" for question in BEFORE), DECIDING),
    # The pack of a meeting, with the ids of what it is about.
    **dict.fromkeys(PACK_QUESTIONS, DECIDING),
    "ask_family_still": "confirm",
}
# Asked once more, in words of its own: the part it is about follows the colon.
AGAIN = "ask_again:"
# Which part are these new words for? The message they stand in follows the colon.
WHICH = "ask_which_is_it"
# Two misses: other words and buttons. The third: a person.
MISSES_BEFORE_A_PERSON = 2
# Asked before somebody else may see something; who that is follows the colon.
CONSENT = "consent_"


def ask(hearing: Hearing, question: str) -> None:
    """Move to this question and ask it."""
    move(hearing.place, expects(question), question)
    ask_present(hearing)


def expects(question: str) -> str:
    """What this question waits for."""
    what = question.partition(":")[0]
    if what in EXPECTS:
        return EXPECTS[what]
    if question.endswith(".again"):
        return "check"
    return "sorting" if "." in question else "words"


def ask_present(hearing: Hearing, wording: str = "text", start: int = 0) -> None:
    """Ask the question the person is at, in this wording; where nothing is asked, say so."""
    question = hearing.place.question
    if question is None:
        rest(hearing)
        return
    if is_private_now(hearing.session, question):
        withdraw_what_is_private(hearing.session, hearing.person.id)
        _leave(hearing, "private_not_asked", {})
        return
    if over := what_is_over(hearing, question):
        _leave(hearing, *over)
        return
    if question == "ask_hope_still" and "hope" not in said_parts(hearing):
        # They left it empty or deleted it meanwhile: there is no wish to ask about.
        _leave(hearing, "check_unsure", {})
        return
    if question.startswith(OPTION):
        say_option(hearing, int(question.removeprefix(OPTION)))
    key, filling, buttons = _put(hearing, question)
    reply = hearing.says(key, wording, **filling)
    if buttons is not None:
        reply["buttons"] = buttons
    if start:
        reply["from"] = start


def _leave(hearing: Hearing, key: str, filling: dict[str, Any]) -> None:
    """What is private or over now is not asked again: the question that was open before it is."""
    hearing.says(key, **filling)
    if unpark(hearing.place) is None:
        rest(hearing)
    else:
        ask_present(hearing)


def go_on(hearing: Hearing, *, done: str | None = None) -> None:
    """After what is answered at once: the question that was open; where nothing is, what can be
    done from here, besides what was just `done`."""
    if hearing.place.question is not None:
        ask_present(hearing)
    else:
        hearing.replies[-1]["buttons"] = [on for on in what_now(hearing) if on != done]


def rest(hearing: Hearing, key: str = "what_now") -> None:
    """Nothing is asked: what can be done from here, and never a dead end."""
    move(hearing.place, "nothing", None)
    reply = hearing.says(key)
    reply["buttons"] = what_now(hearing)


def what_now(hearing: Hearing) -> list[str]:
    """The three things that can be done when nothing is asked."""
    begun = chapters_begun(hearing.session, hearing.person.id)
    open_one = any(place.state == "open" for place in begun.values())
    return ["go_on_chapter" if open_one else "next_chapter", "choose_chapter", "show_plan"]


def part_asked(hearing: Hearing) -> str | None:
    """Which part of a hope or entry the present question asks for, if it asks for one."""
    present = hearing.place.question or ""
    if present.startswith(AGAIN):
        return present.removeprefix(AGAIN)
    question = hearing.chapter.question(present) if hearing.chapter else None
    return question.part if question else None


def answers_ready(hearing: Hearing) -> list[str]:
    """The answers that can be tapped at the present question of a chapter."""
    asked = hearing.chapter.question(hearing.place.question) if hearing.chapter else None
    return [f"{asked.question}.{answer.answer}" for answer in asked.answers] if asked else []


def said_parts(hearing: Hearing) -> dict[str, Statement]:
    """What stands for each part of the present hope or entry now, where it was not left empty."""
    if hearing.place.aspiration_id is None:
        return {}
    parts = parts_now(hearing.session, hearing.place.aspiration_id)
    return {part: said for part, said in parts.items() if said.kind == "said"}


def sorted_pictures(hearing: Hearing) -> dict[str, list[str]]:
    """The pictures of the present sorting by the way they went: like, not sure, dislike."""
    ways: dict[str, list[str]] = {way: [] for way in SORTED}
    if hearing.place.aspiration_id is not None:
        for statement in parts_now(hearing.session, hearing.place.aspiration_id).values():
            if statement.kind in ways:
                # Its question names the picture by its chapter and key.
                ways[statement.kind].append(statement.target)
    return ways


def _put(  # noqa: C901, PLR0911, PLR0912  (one for each question)
    hearing: Hearing, question: str
) -> tuple[str, dict[str, Any], list[str] | None]:
    """The key of the words, what fills them, and the buttons where they are not the words' own."""
    if question.startswith(AGAIN):
        part = question.removeprefix(AGAIN)
        return ("ask_entry_again" if part == "entry" else f"ask_{part}_again"), {}, None
    if question.startswith(CONSENT):
        what, choice, *_ = question.split(":")
        who = [f"consent_{choice}", "consent_only_me", "consent_everybody"]
        return what, {}, who if what == "consent_who" else None
    if expects(question) == DECIDING:
        made = question.startswith(f"{DONE}:")
        return (*_decided(hearing, question), [*DONE_BUTTONS] if made else None)
    if question.partition(":")[0] == PICTURES:
        pictures = parts_of(hearing.chapters, sorted_pictures(hearing))
        here = pictures[min(part_shown(question), len(pictures) - 1)] if pictures else []
        lines = [[f"said_{way}", {"words": {"cards": cards}}] for way, cards in here]
        return PICTURES, {"said": {"lines": lines}}, None
    if question == "ask_which_part" or question.startswith(WHICH):
        parts = [part for part in said_parts(hearing) if part not in NOT_READ_BACK]
        return question.partition(":")[0], {}, [f"part_{part}" for part in parts]
    match question:
        case "choose_chapter":
            return question, {}, [f"chapter.{key}" for key in hearing.chapters.keys()]  # noqa: SIM118
        case "ask_which_picture":
            shown = [card for cards in sorted_pictures(hearing).values() for card in cards]
            return question, {}, [f"card.{card}" for card in shown]
        case "read_back" | "read_back_short":
            filling = _read_back(hearing, question)
            without = question == "read_back_short" and "short" not in filling
            return ("read_back" if without else question), filling, None
        case "ask_sharing_again":
            aspiration_id = hearing.place.aspiration_id or 0
            same = last_choice(hearing.session, hearing.person.id, aspiration_id) or "me"
            return question, {"before": {"button": f"see_{same}"}}, None
        case "ask_sharing_change":
            said = said_parts(hearing)
            main = said.get("hope") or said.get("entry")
            if main is None:
                return "ask_sharing", {}, None
            one = len(shared_now(hearing.session, hearing.person.id)) < 2  # noqa: PLR2004
            choices = ["see_me", "see_other", "stop_sharing", *([] if one else ["see_another"])]
            return question, {"words": {"statement": main.id}}, choices
        case "ask_hope_still":
            return question, {"hope": {"statement": said_parts(hearing)["hope"].id}}, None
        case "ask_heard" | "ask_delete_answer" | "ask_delete_answer_but":
            return question, {"words": {"message": about(hearing)}}, None
        case "ask_delete" | "ask_delete_but":
            return question, {"words": {"statement": about(hearing)}}, None
        case "ask_keep_second" | "ask_keep_as_hope":
            second = (hearing.place.comes_back_to or {})["second"]
            return question, {"chapter": {"chapter": second}}, None
    return question, {}, None


def _decided(hearing: Hearing, question: str) -> tuple[str, dict[str, Any]]:
    what, _, number = question.partition(":")
    if what == OPTION[:-1]:
        return put_option(hearing, int(number))
    if what.startswith(PACK):
        return put_pack(hearing, question)
    if what.startswith(COME):
        return what, {}
    if what == TICK[:-1]:
        ticked = hearing.session.get_one(Step, int(number)).status == TICKED
        return "ask_ticked" if ticked else "ask_tick", {"words": {"step": int(number)}}
    if what == OWN_WORDS[:-1]:
        return "ask_outcome_words", {}
    return put_in_words(hearing.session, hearing.session.get_one(DeskQuestion, int(number)))


def _read_back(hearing: Hearing, question: str) -> dict[str, Any]:
    said = said_parts(hearing)
    lines = [
        _line(hearing, part, statement)
        for part, statement in said.items()
        if part not in NOT_READ_BACK
    ]
    filling: dict[str, Any] = {"said": {"lines": lines}}
    if question == "read_back_short":
        main = said.get("hope") or said.get("entry")
        if main is not None and hearing.session.get(ShortVersion, main.id) is not None:
            filling["short"] = {"short": main.id}
    return filling


def _line(hearing: Hearing, part: str, statement: Statement) -> list[Any]:
    """One part as it is read back: its words; for an answer by itself, what was asked too."""
    words: dict[str, Any] = {"words": {"statement": statement.id}}
    asked: Statement | None = statement
    # Words that were changed stand under another target than the question they answer.
    while asked is not None and hearing.chapters.with_question(asked.target) is None:
        before = asked.replaces_id
        asked = hearing.session.get(Statement, before) if before is not None else None
    found = hearing.chapters.with_question(asked.target) if asked is not None else None
    if part == ENTRY and found is not None and found[1].named:
        return ["said_named", {**words, "named": {"question": found[1].question}}]
    return [f"said_{part}", words]


def about(hearing: Hearing) -> int:
    """The statement, or the message, that the present detour is about."""
    return int((hearing.place.comes_back_to or {})["about"])
