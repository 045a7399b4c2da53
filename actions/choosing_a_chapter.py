"""Which chapter: named in words, tapped, the next one, or pictures instead.

Comes in: a choice. Goes out: that chapter, on from where the person left it.
"""

from actions.asking import ask, ask_present
from actions.hearing import Hand, Hearing
from actions.opening_chapters import leave_chapter, open_chapter, open_chapters, sort_chapter
from actions.telling_out_of_turn import is_a_hope, offer_to_keep_as_hope
from plan_store.chapters import Chapter
from plan_store.going_through_chapters import chapters_begun

# Words up to this length ("my", "and", "good") are in many names.
SHORT_WORD = 4


class ChooseChapter(Hand):
    """What can we talk about; or: let us talk about this."""

    called = "action_choose_chapter"

    def act(self, hearing: Hearing) -> None:
        """Open the chapter that was named; with none, show them all."""
        key = hearing.understood.first("chapter")
        if key is None and (area := hearing.understood.first("life_area")):
            about = hearing.chapters.about(area)
            key = about.chapter if about else None
        key = _named(hearing) or key
        if hearing.person.called is None:
            ask_present(hearing)
        elif hearing.chapters.get(key) is None or key is None:
            leave_chapter(hearing)
            hearing.place.chapter, hearing.place.aspiration_id = None, None
            ask(hearing, "choose_chapter")
        elif key == hearing.place.chapter and hearing.place.question is not None:
            ask_present(hearing)
        else:
            chapter = hearing.chapters[key]
            if is_a_hope(hearing, chapter):
                offer_to_keep_as_hope(hearing, self.called, chapter)
            else:
                open_chapter(hearing, key)


def _named(hearing: Hearing) -> str | None:
    """The chapter whose name stands in the words."""
    if hearing.understood.first("chapter") is not None:
        return None
    words = hearing.message.words.casefold()
    for chapter in hearing.chapters:
        name = chapter.label.split(" ", 1)[-1].casefold()
        if name in words or chapter.title in words:
            return chapter.chapter
    # "Dream", "friends": a word that only one of the names has.
    said = set(words.split())
    called = [chapter.chapter for chapter in hearing.chapters if said & _words_of(chapter)]
    return called[0] if len(called) == 1 and hearing.place.expecting == "chapter" else None


def _words_of(chapter: Chapter) -> set[str]:
    named = (chapter.chapter.replace("_", " "), chapter.label, chapter.title)
    return {word for name in named for word in name.casefold().split() if len(word) > SHORT_WORD}


class NextChapter(Hand):
    """The next part: what was left open first, then the first one that was never begun."""

    called = "action_next_chapter"

    def act(self, hearing: Hearing) -> None:
        """A question that is open comes first; after the last chapter all can be chosen again."""
        if hearing.place.question is not None or hearing.person.called is None:
            ask_present(hearing)
            return
        begun = chapters_begun(hearing.session, hearing.person.id)
        left_open = open_chapters(hearing)
        new = [chapter.chapter for chapter in hearing.chapters if chapter.chapter not in begun]
        if left_open:
            open_chapter(hearing, left_open[0].chapter)
        elif new:
            open_chapter(hearing, new[0])
        else:
            ask(hearing, "choose_chapter")


class SortPictures(Hand):
    """Sort the pictures of a topic."""

    called = "action_sort_pictures"

    def act(self, hearing: Hearing) -> None:
        """Begin, or go on, sorting."""
        key = hearing.understood.first("chapter") or hearing.place.chapter
        chapter = hearing.chapters.get(key)
        if chapter is None or chapter.sorting is None:
            ask_present(hearing)
        else:
            sort_chapter(hearing, chapter.chapter)
