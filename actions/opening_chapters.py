"""Chapters: any order, each left and gone on with at any time, each may stay empty.

Comes in: a chapter by tap or by words. Goes out: its first open question, and what comes at its
end: what was said is read back, one thing after the other.
"""

from actions.asking import AGAIN, ask, ask_present, rest, said_parts, what_now
from actions.hearing import Hearing
from plan_store.chapters import Chapter
from plan_store.going_through_chapters import (
    chapter_place,
    chapters_begun,
    keep_chapter_place,
    let_wait,
    waiting_questions,
    waits_no_more,
)
from plan_store.hoping import not_agreed, said_anything
from plan_store.keeping_words import entry_for, parts_now
from plan_store.life_areas import CARD
from plan_store.moving_on import first_parked, move, park, unpark
from plan_store.tables import ChapterPlace


def open_chapter(hearing: Hearing, key: str) -> None:
    """Go into a chapter: on from where the person left it, or from its beginning."""
    leave_chapter(hearing)
    before = chapter_place(hearing.session, hearing.person.id, key)
    if before is not None and before.state == "open" and before.question is not None:
        hearing.says("back_to_chapter", chapter={"chapter": key})
        _go_on(hearing, before)
        return
    chapter = hearing.chapters[key]
    first_ever = not chapters_begun(hearing.session, hearing.person.id)
    begin_chapter(hearing, key)
    hearing.says(f"{key}.opens")
    # The very first thing that is asked is a hope, in the person's own words.
    if chapter.sorting and hearing.person.pictures is not False and not first_ever:
        ask(hearing, "talk_or_sort")
    else:
        ask_from(hearing, chapter.questions[0].question)


def sort_chapter(hearing: Hearing, key: str) -> None:
    """Sort the pictures of this chapter, on from the first one that is not sorted yet."""
    if hearing.place.chapter != key:
        leave_chapter(hearing)
        begin_chapter(hearing, key)
    hearing.place.aspiration_id = None
    if not ask_next_picture(hearing):
        end_of_questions(hearing)


def ask_next_picture(hearing: Hearing) -> bool:
    """Show the next picture of the chapter that is not sorted yet; False after the last."""
    chapter = hearing.chapter
    if chapter is None or chapter.sorting is None:
        return False
    item = hearing.place.aspiration_id
    done = {part.removeprefix(CARD) for part in (parts_now(hearing.session, item) if item else ())}
    card = chapter.sorting.after(done)
    if card is None:
        return False
    ask(hearing, f"{chapter.chapter}.{card.card}")
    return True


def ask_from(hearing: Hearing, question: str | None) -> None:
    """Ask this question of the chapter, or the next one that is not answered and need not wait."""
    chapter = hearing.chapter
    while question is not None and chapter is not None and (asked := chapter.question(question)):
        if chapter.is_profile:
            entry = entry_for(hearing.session, hearing.person.id, question)
            hearing.place.aspiration_id = entry.id if entry else None
        item = hearing.place.aspiration_id
        if asked.private and hearing.place.with_somebody:
            let_wait(hearing.session, hearing.person.id, question, item)
        elif chapter.is_profile or not item or asked.part not in parts_now(hearing.session, item):
            if question == chapter.first_private:
                hearing.says("limits_again")
            ask(hearing, question)
            return
        following = chapter.after(question)
        question = following.question if following else None
    end_of_questions(hearing)


def ask_what_waited(hearing: Hearing) -> bool:
    """On their own again: ask what waited first, as a detour; False where nothing did."""
    for waiting in waiting_questions(hearing.session, hearing.person.id):
        waits_no_more(hearing.session, hearing.person.id, waiting.question)
        found = hearing.chapters.with_question(waiting.question)
        if found is None:
            # It was taken out of the chapters since.
            continue
        park(hearing.place)
        hearing.place.chapter = found[0].chapter
        hearing.place.aspiration_id = waiting.aspiration_id
        hearing.says("this_waited")
        ask(hearing, waiting.question)
        return True
    return False


def come_back(hearing: Hearing) -> None:
    """Back to the question before a detour, or to the next one where it was answered before."""
    parked = unpark(hearing.place)
    if parked is not None and parked["answered"]:
        ask_next(hearing)
    else:
        ask_present(hearing)


def ask_next(hearing: Hearing) -> None:
    """After an answer: back from a detour, the next question or picture, or the read-back."""
    chapter, present = hearing.chapter, hearing.place.question
    if (present or "").startswith(AGAIN):
        ask(hearing, "read_back")
    elif hearing.place.comes_back_to is not None:
        waited = chapter is not None and chapter.question(present) is not None
        if waited and said_parts(hearing):
            ask(hearing, "read_back")
        else:
            end_of_questions(hearing)
    elif chapter is not None and chapter.question(present) is not None:
        following = chapter.after(present or "")
        ask_from(hearing, following.question if following else None)
    elif hearing.place.expecting != "sorting" or not ask_next_picture(hearing):
        end_of_questions(hearing)


def end_of_questions(hearing: Hearing, after: int = 0) -> None:
    """Read back what was not agreed to yet, one thing after the other; then the chapter is done.

    `after`: the id of what the person just left for another day.
    """
    chapter = hearing.chapter
    if hearing.place.comes_back_to is not None:
        if hearing.place.with_somebody or not ask_what_waited(hearing):
            come_back(hearing)
        return
    if chapter is None:
        rest(hearing)
        return
    unread = not_agreed(hearing.session, hearing.person.id, chapter.life_area, after)
    if unread is None:
        _done(hearing, chapter)
        return
    hearing.place.aspiration_id = unread.id
    ask(hearing, "read_back_pictures" if unread.kind == "sorted" else "read_back")


def leave_chapter(hearing: Hearing) -> None:
    """Remember where the person is in the present chapter; a detour is over."""
    place = hearing.place
    on_the_way = first_parked(place)
    if on_the_way is not None:
        place.question = on_the_way["question"]
        place.chapter = on_the_way["chapter"]
        place.aspiration_id = on_the_way["aspiration_id"]
        place.comes_back_to = None
    if place.chapter is not None and place.question is not None:
        keep_chapter_place(
            hearing.session,
            hearing.person.id,
            place.chapter,
            "open",
            place.question,
            place.aspiration_id,
        )


def begin_chapter(hearing: Hearing, key: str) -> None:
    """At the beginning of this chapter, and nothing of it is asked yet."""
    hearing.place.chapter, hearing.place.aspiration_id = key, None
    keep_chapter_place(hearing.session, hearing.person.id, key, "open", None, None)


def _go_on(hearing: Hearing, left: ChapterPlace) -> None:
    hearing.place.chapter, hearing.place.aspiration_id = left.chapter, left.aspiration_id
    if left.question is not None:
        ask(hearing, left.question)
    else:
        ask_from(hearing, hearing.chapters[left.chapter].questions[0].question)


def _done(hearing: Hearing, chapter: Chapter) -> None:
    something = said_anything(hearing.session, hearing.person.id, chapter.life_area)
    keep_chapter_place(
        hearing.session,
        hearing.person.id,
        chapter.chapter,
        "done" if something else "left",
        None,
        None,
    )
    hearing.place.chapter, hearing.place.aspiration_id = None, None
    left_open = open_chapters(hearing)
    if left_open:
        hearing.says("back_to_chapter", chapter={"chapter": left_open[0].chapter})
        _go_on(hearing, left_open[0])
        return
    move(hearing.place, "nothing", None)
    reply = hearing.says("chapter_done" if something else "left_all_empty")
    reply["buttons"] = what_now(hearing)


def open_chapters(hearing: Hearing) -> list[ChapterPlace]:
    """The chapters that were left in the middle, the latest one first."""
    begun = chapters_begun(hearing.session, hearing.person.id)
    return [
        left
        for left in begun.values()
        if left.state == "open" and hearing.chapters.get(left.chapter) is not None
    ]
