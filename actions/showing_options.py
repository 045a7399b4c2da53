"""The options that were sent to a person: one at a time, and what they think of it.

Comes in: "what can I have?", a button, or what they think of one. Goes out: the next one; after the
last, how what they like fits their money, as blocks and without sums; then the question that was
open.
"""

from typing import Any

from actions.asking import ask, ask_present, go_on
from actions.hearing import Hand, Hearing
from actions.leaving_what_is_asked import NOT_NOW, how_left, leave
from actions.opening_chapters import come_back
from plan_store.catalogue_rules import read_catalogue_rules
from plan_store.looking_at_options import (
    DISLIKE,
    LIKE,
    NOT_SURE,
    SKIP,
    WORDS,
    how_it_fits,
    keep_thought,
    not_looked_at,
    options_sent,
    thoughts_of,
)
from plan_store.moving_on import park
from plan_store.order_of_locks import lock_hopes
from plan_store.putting_to_the_person import OPTION
from plan_store.tables import HopeOption

THOUGHTS = {
    **{choice: choice for choice in (LIKE, NOT_SURE, DISLIKE)},
    **dict.fromkeys(("affirm", "praise"), LIKE),
    "deny": DISLIKE,
    **dict.fromkeys(("maybe", "dont_know", "dont_mind"), NOT_SURE),
    **dict.fromkeys(("skip", "private"), SKIP),
}
AGAIN = "again"


class ShowOptions(Hand):
    """What can I have?"""

    called = "action_show_options"

    def act(self, hearing: Hearing) -> None:
        """The first one they have not answered; where all are, how it fits, and all once more."""
        person_id = hearing.person.id
        everything = options_sent(hearing.session, person_id)
        new = not_looked_at(hearing.session, person_id)
        if not everything:
            hearing.says("no_options_yet")
            go_on(hearing)
        elif new or hearing.choice == AGAIN:
            park(hearing.place, second=None if new else AGAIN, instead_of=OPTION)
            ask(hearing, f"{OPTION}{(new or everything)[0].id}")
        else:
            _say_how_it_fits(hearing)
            hearing.replies[-1]["buttons"] = ["options_again"]
            if hearing.place.question is not None:
                ask_present(hearing)


def answer_option(hearing: Hearing, option_id: int) -> None:
    """Keep what they think of it; then the next one, or how it fits."""
    option = _shown(hearing, option_id)
    if option is None:
        hearing.says("option_gone")
        come_back(hearing)
        return
    how = how_left(hearing)
    if how == NOT_NOW:
        leave(hearing, how, "hope_option", option.id)
        return
    choice = THOUGHTS.get(hearing.choice or hearing.intent, WORDS)
    _keep(hearing, option, choice)
    hearing.says(f"left_{how}" if choice == SKIP else "option_kept")
    following = _after(hearing, option_id)
    if following is not None:
        ask(hearing, f"{OPTION}{following.id}")
        return
    _say_how_it_fits(hearing)
    come_back(hearing)


def _shown(hearing: Hearing, option_id: int) -> HopeOption | None:
    """The option, locked behind its hope, where it still stands."""
    known = hearing.session.get(HopeOption, option_id)
    lock_hopes(hearing.session, [known.aspiration_id if known else None])
    option = hearing.session.get(HopeOption, option_id, with_for_update=True)
    return option if option in options_sent(hearing.session, hearing.person.id) else None


def _keep(hearing: Hearing, option: HopeOption, choice: str) -> None:
    hearing.keeps(
        keep_thought(
            hearing.session,
            hearing.cause,
            hearing.said,
            option,
            choice,
            bool(hearing.place.with_somebody),
        )
    )


def _after(hearing: Hearing, option_id: int) -> HopeOption | None:
    """The next one that was not answered; on a second look, simply the next."""
    later = [
        each for each in options_sent(hearing.session, hearing.person.id) if each.id > option_id
    ]
    if (hearing.place.comes_back_to or {}).get("second") == AGAIN:
        return later[0] if later else None
    thoughts = thoughts_of(hearing.session, hearing.person.id)
    return next((each for each in later if each.id not in thoughts), None)


def _say_how_it_fits(hearing: Hearing) -> None:
    fits = how_it_fits(hearing.session, hearing.person.id, read_catalogue_rules())
    filling: dict[str, Any] = {}
    if not fits.likes:
        key = "options_none_liked"
    elif fits.free:
        key = "options_free"
    elif not fits.known:
        key = "options_no_money"
    else:
        key = "options_fit" if fits.fits else "options_over"
        if fits.step_of is not None:
            key, filling = "options_over_step", {"step": {"next_step": fits.step_of}}
        if not fits.agreed:
            key += "_not_agreed"
    reply = hearing.says(key)
    reply["filling"] |= filling
    if fits.blocks is not None and fits.likes and not fits.free:
        shown = fits.blocks
        reply["picture"] = {"blocks": [shown.used, shown.free, shown.over]}
