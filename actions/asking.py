"""Asking: moving to a question, asking the present one again, and what comes next in a chapter.

Comes in: a hearing. Goes out: the place, and the question as the last reply.
"""

from actions.hearing import Hearing
from plan_store.hoping import begin_hope
from plan_store.keeping_words import newest_part
from plan_store.moving_on import move
from plan_store.tables import Statement

# Questions outside the chapters' own, and what each waits for.
EXPECTS = {
    "ask_name": "name",
    "ask_ready": "ready",
    "ask_which_part": "read_back",
    "ask_hope_again": "words",
    "ask_help_again": "words",
    "read_back": "read_back",
    "read_back_hope": "read_back",
    "read_back_help": "read_back",
    "ask_sharing": "sharing",
}
PART_OF_AGAIN = {"ask_hope_again": "hope", "ask_help_again": "help"}


def ask(hearing: Hearing, question: str) -> None:
    """Move to this question and ask it."""
    move(hearing.place, EXPECTS.get(question, "words"), question)
    ask_present(hearing)


def ask_present(hearing: Hearing, wording: str = "text") -> None:
    """Ask the question the person is at, in this wording; where nothing is asked, say so."""
    question = hearing.place.question
    if question is None:
        hearing.says("part_done")
        return
    hearing.says(question, wording, **_filling(hearing, question))


def begin_chapter(hearing: Hearing, key: str) -> None:
    """Open a chapter with a new hope and ask its first question."""
    chapter = hearing.chapters[key]
    aspiration = begin_hope(hearing.session, hearing.cause, chapter.life_area)
    hearing.keeps(aspiration)
    hearing.place.chapter = key
    hearing.place.aspiration_id = aspiration.id
    hearing.says(chapter.opens_with)
    ask(hearing, chapter.questions[0].asks)


def ask_next(hearing: Hearing) -> None:
    """After an answer: the next question of the chapter, or the read-back at its end."""
    chapter, present = hearing.chapter, hearing.place.question
    following = (
        chapter.after(present)
        if chapter is not None and present is not None and chapter.question(present)
        else None
    )
    if following is not None:
        ask(hearing, following.asks)
    else:
        read_back(hearing)


def read_back(hearing: Hearing) -> None:
    """Read back what was said in this chapter; with nothing said, end it kindly."""
    parts = _said_parts(hearing)
    if not parts:
        move(hearing.place, "nothing", None)
        hearing.says("left_all_empty")
        return
    ask(hearing, "read_back" if len(parts) > 1 else f"read_back_{next(iter(parts))}")


def part_asked(hearing: Hearing) -> str | None:
    """Which part of the hope the present question asks for: hope, help, or none."""
    present = hearing.place.question
    if present is None:
        return None
    if present in PART_OF_AGAIN:
        return PART_OF_AGAIN[present]
    question = hearing.chapter.question(present) if hearing.chapter else None
    return question.part if question else None


def _said_parts(hearing: Hearing) -> dict[str, Statement]:
    """What stands for each part now, where it was not left empty."""
    if hearing.place.aspiration_id is None:
        return {}
    said = {}
    for part in ("hope", "help"):
        statement = newest_part(hearing.session, hearing.place.aspiration_id, part)
        if statement is not None and statement.kind == "said":
            said[part] = statement
    return said


def _filling(hearing: Hearing, question: str) -> dict[str, dict[str, int]]:
    if not question.startswith("read_back"):
        return {}
    return {part: {"statement": said.id} for part, said in _said_parts(hearing).items()}
