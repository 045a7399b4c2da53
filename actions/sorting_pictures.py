"""Sorting a topic, one picture at a time: like, not sure, don't like.

Comes in: the way a picture goes. Goes out: the next picture; after the last one, all are read back.
"""

from actions.asking import ask_present
from actions.hearing import Hand, Hearing
from actions.opening_chapters import ask_next
from plan_store.chapters import Chapter
from plan_store.hoping import begin_item, happens
from plan_store.keeping_words import SORTED, link, newest_part
from plan_store.life_areas import CARD
from plan_store.tables import Aspiration

# A picture may be answered in words too.
MEANT = {"affirm": "like", "praise": "like", "deny": "dislike"} | dict.fromkeys(
    ("maybe", "dont_know", "dont_mind"), "not_sure"
)


def being_sorted(hearing: Hearing, chapter: Chapter) -> Aspiration:
    """The part of the plan that these pictures become; it begins with the first one."""
    aspiration = hearing.aspiration
    if aspiration is None:
        aspiration = begin_item(hearing.session, hearing.cause, chapter.life_area, "sorted")
        hearing.place.aspiration_id = aspiration.id
    return aspiration


class SortPicture(Hand):
    """One picture goes one of three ways."""

    called = "action_sort_picture"

    def act(self, hearing: Hearing) -> None:
        """Keep which way it went, and show the next one."""
        way = hearing.choice or MEANT.get(hearing.intent)
        chapter, question = hearing.chapter, hearing.place.question
        if way not in SORTED or chapter is None or question is None:
            ask_present(hearing)
            return
        aspiration = being_sorted(hearing, chapter)
        part = f"{CARD}{question.partition('.')[2]}"
        older = newest_part(hearing.session, aspiration.id, part)
        statement = hearing.keep_words(self.called, question, kind=way, replaces=older)
        link(hearing.session, aspiration, statement, part)
        if older is not None:
            happens(hearing.session, hearing.cause, aspiration, "changes")
        hearing.keeps(aspiration)
        ask_next(hearing)
