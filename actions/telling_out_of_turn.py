"""A hope told where none was asked for: never lost, and the person says whether it is one.

Comes in: words at a choice of chapters, or when nothing is asked. Goes out: they are kept, and with
a yes its chapter goes on from there.
"""

from actions.asking import ask
from actions.hearing import ANYTHING, Hearing
from actions.opening_chapters import ask_from, begin_chapter, leave_chapter
from plan_store.chapters import Chapter
from plan_store.hoping import begin_item
from plan_store.keeping_words import link
from plan_store.moving_on import park
from plan_store.tables import Statement

# Up to so many words name a part of the plan; a hope takes more. So does "talk about …".
A_NAME = 3


def is_a_hope(hearing: Hearing, chapter: Chapter | None) -> bool:
    """Whether the words tell a hope of this chapter, and do not only name it."""
    if chapter is None or chapter.is_profile or hearing.message.kind != "text" or hearing.choice:
        return False
    words = hearing.message.words.casefold().split()
    if len(words) <= A_NAME or "about" in words:
        return False
    understood = hearing.understood
    return understood.first("kind") == "hope" or understood.first("activity") is not None


def offer_to_keep_as_hope(hearing: Hearing, action: str, chapter: Chapter) -> None:
    """A hope told where none was asked for: the words are kept, and they say what they are."""
    statement = hearing.keep_words(action, ANYTHING)
    park(hearing.place, statement.id, second=chapter.chapter)
    ask(hearing, "ask_keep_as_hope")


def go_on_with_hope(hearing: Hearing, chapter: Chapter, statement: Statement) -> None:
    """The words become the hope of this chapter, and its next question is asked."""
    leave_chapter(hearing)
    begin_chapter(hearing, chapter.chapter)
    aspiration = begin_item(hearing.session, hearing.cause, chapter.life_area, "hope")
    link(hearing.session, aspiration, statement, "hope")
    hearing.keeps(aspiration)
    hearing.place.aspiration_id = aspiration.id
    hearing.says("kept_words")
    following = chapter.after(chapter.questions[0].question)
    ask_from(hearing, following.question if following else None)
