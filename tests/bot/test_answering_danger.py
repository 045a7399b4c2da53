"""Danger in a message of any kind, and what is said to it; on both databases, with Rasa gone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.keeping_files import keep_file
from bot.opening_the_door import Door
from bot.receiving import Came
from plan_store.inviting import find_contact
from plan_store.opening import Store
from plan_store.tables import Alert, AlertStep, Incoming, Outgoing
from tests.bot.open_door import (
    UNWATCHED,
    WATCHED,
    ListenerDouble,
    a_door,
    an_open_door,
    replies,
    says,
    somebody,
    somebody_watches,
    unreachable,
    until,
)

DANGER = "my dad hits me"
# Weighed by the second layer, and not by a phrase.
DOUBT = "I am suicidel"
ANSWER = ["danger_noticed", "danger_who_to_call"]


@pytest.fixture
def door(store: Store) -> Door:
    somebody(store)
    return a_door(store, ListenerDouble())


def alerts(store: Store) -> list[Alert]:
    with store.reading() as session:
        return list(session.scalars(select(Alert).order_by(Alert.id)))


def steps(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(select(AlertStep.what).order_by(AlertStep.id)))


def texts(store: Store) -> list[str | None]:
    with store.reading() as session:
        return list(session.scalars(select(Outgoing.text).order_by(Outgoing.id)))


@pytest.mark.parametrize(
    "came",
    [
        says(DANGER),
        says(DANGER, how="dictated"),
        says(DANGER, kind="voice", how="spoken"),
        says(DANGER, kind="photo", how="photo"),
        says(DANGER, kind="edit"),
        says(f"/help {DANGER}", kind="tap", how="tapped", details={"value": "/help"}),
        says("", kind="poll", also=f"Is it ok that {DANGER}"),
        says("", kind="contact", also=DANGER),
    ],
    ids=lambda came: f"{came.kind}-{came.how}",
)
async def test_every_kind_of_message_is_looked_at(store: Store, door: Door, came: Came) -> None:
    received = await door.receive(came)
    assert received.outcome == "alert"
    assert replies(store) == ANSWER
    (alert,) = alerts(store)
    assert (alert.kind, alert.how, alert.tier, alert.state) == ("abuse", "phrase", "alert", "open")
    assert alert.words == came.words


async def test_what_was_written_down_from_a_voice_is_looked_at(store: Store, door: Door) -> None:
    with store.reading() as session:
        ash = find_contact(session, "web", "ash")
    assert ash is not None
    sound = keep_file(store.files, ash.person_id, "voice", "audio/ogg", b"OggS a voice")
    voice = await door.receive(says("", kind="voice", how="spoken", attachment=sound))
    came = says(DANGER, kind="heard", how="spoken", details={"voice": voice.message_id})
    assert (await door.receive(came)).outcome == "alert"
    assert replies(store) == ANSWER
    (alert,) = alerts(store)
    assert (alert.kind, alert.words) == ("abuse", DANGER)


async def test_when_nobody_watches_the_chat_says_so_and_when_somebody_will(
    store: Store, door: Door
) -> None:
    somebody_watches(door, UNWATCHED)
    await door.receive(says(DANGER))
    assert replies(store) == ["danger_noticed_closed", "danger_who_to_call"]
    first, second = texts(store)
    assert first is not None
    assert "Nobody is here now" in first
    assert "Monday" in first
    assert second is not None
    assert "999" in second
    assert "0800 1111" in second


@pytest.mark.parametrize(
    ("moment", "when"),
    [
        (datetime(2026, 11, 23, 6, tzinfo=UTC), "today"),
        (datetime(2026, 11, 23, 22, tzinfo=UTC), "on Tuesday"),
        (datetime(2026, 11, 28, 12, tzinfo=UTC), "on Monday"),
        (datetime(2026, 12, 21, 23, tzinfo=UTC), "next Monday"),
        (datetime(2026, 12, 18, 23, tzinfo=UTC), "on 28 December"),
    ],
)
async def test_the_day_is_one_that_nobody_can_mistake(
    store: Store, door: Door, moment: datetime, when: str
) -> None:
    """Said on a Monday, "on Monday" could be today or in a week; far off, the date is said."""
    somebody_watches(door, moment)
    away = frozenset(date(2026, 12, day) for day in range(21, 28))
    door.reception.danger.hours = replace(door.reception.danger.hours, holidays=away)
    await door.receive(says(DANGER))
    assert (texts(store)[0] or "").endswith(f"Nobody is here now, and a person will look {when}.")


async def test_who_may_hurt_themselves_gets_the_numbers_for_that(store: Store, door: Door) -> None:
    await door.receive(says("I want to kill myself"))
    assert replies(store) == ["danger_noticed", "danger_who_to_call_for_life"]


async def test_no_question_is_asked_about_what_happened(store: Store, door: Door) -> None:
    await door.receive(says(DANGER))
    assert not [text for text in texts(store) if "?" in (text or "")]


async def test_a_doubt_asks_gently_and_alerts(store: Store, door: Door) -> None:
    received = await door.receive(says(DOUBT))
    assert received.outcome == "alert"
    assert replies(store) == ["danger_unsure"]
    (alert,) = alerts(store)
    assert (alert.how, alert.tier) == ("ask", "concern")


async def test_not_safe_raises_it(store: Store, door: Door) -> None:
    await door.receive(says(DOUBT))
    await door.receive(says("🆘 I am not safe"))
    assert [alert.tier for alert in alerts(store)] == ["concern", "alert"]
    assert replies(store)[1:] == ["danger_noticed", "danger_who_to_call_for_life"]


async def test_a_tap_on_not_safe_raises_it(store: Store, door: Door) -> None:
    await door.receive(says(DOUBT))
    with store.reading() as session:
        reply = session.scalars(select(Outgoing).order_by(Outgoing.id.desc())).first()
        assert reply is not None
        at = [button["value"] for button in reply.buttons].index("/i_am_not_safe")
    tap = says("", key="tap", kind="tap", how="tapped", details={"behind": f"{reply.id}.{at}"})
    await door.receive(tap)
    assert [alert.tier for alert in alerts(store)] == ["concern", "alert"]
    assert steps(store)[-1] == "says_not_safe"


async def test_safe_closes_nothing_and_the_message_is_heard_after_all(store: Store) -> None:
    somebody(store)
    listener = ListenerDouble()
    async with an_open_door(store, listener) as door:
        await door.receive(says(DOUBT))
        await door.receive(says("I am safe"))
        await until(lambda: "kept_words" in replies(store))
    assert replies(store)[:2] == ["danger_unsure", "danger_says_safe"]
    assert [alert.state for alert in alerts(store)] == ["open"]
    assert steps(store) == ["raised", "says_safe"]
    assert listener.texts == [DOUBT]


@pytest.mark.parametrize(
    "words", ["I was only joking", "leave it", "it's not true I made it up", "please don't tell"]
)
async def test_taking_it_back_is_answered_kindly_and_closes_nothing(
    store: Store, door: Door, words: str
) -> None:
    await door.receive(says(DANGER))
    await door.receive(says(words))
    assert replies(store)[2:] == ["danger_taken_back"]
    assert [alert.state for alert in alerts(store)] == ["open"]
    assert steps(store)[-1] == "takes_back"


async def test_leave_it_is_about_an_alert_only_soon_after_it(store: Store, door: Door) -> None:
    await door.receive(says(DANGER))
    (alert,) = alerts(store)
    somebody_watches(door, alert.raised_at + timedelta(hours=2))
    await door.receive(says("leave it"))
    assert replies(store)[2:] == []
    await door.receive(says("I was joking"))
    assert replies(store)[2:] == ["danger_taken_back"]
    somebody_watches(door, alert.raised_at + timedelta(days=8))
    await door.receive(says("I was joking", key="again"))
    assert replies(store)[3:] == []


async def test_without_an_alert_joking_is_an_ordinary_word(store: Store, door: Door) -> None:
    received = await door.receive(says("I was joking"))
    assert (received.outcome, received.replied) == ("kept", False)
    assert alerts(store) == []


async def test_new_danger_is_never_taken_for_taking_back(store: Store, door: Door) -> None:
    await door.receive(says(DANGER))
    await door.receive(says("leave it, I want to die"))
    assert len(alerts(store)) == 2


async def test_an_edit_that_takes_the_words_away_leaves_the_alert(store: Store, door: Door) -> None:
    await door.receive(says(DANGER, provider_id="5"))
    await door.receive(says("nothing", kind="edit", provider_id="5"))
    assert [(alert.words, alert.state) for alert in alerts(store)] == [(DANGER, "open")]


async def test_with_rasa_gone_danger_is_answered_within_seconds(store: Store) -> None:
    somebody(store)
    listener = ListenerDouble()
    listener.answers = lambda _note: unreachable()
    async with an_open_door(store, listener) as door:
        received = await door.receive(says(DANGER))
    assert received.replied
    assert listener.heard == []
    assert replies(store) == ANSWER


async def test_the_same_message_twice_is_one_alert(store: Store, door: Door) -> None:
    await door.receive(says(DANGER, key="1"))
    again = await door.receive(says(DANGER, key="1"))
    assert again.outcome == "double"
    assert len(alerts(store)) == 1


async def test_who_is_told_when_is_kept_with_the_alert(store: Store, door: Door) -> None:
    from plan_store.tables import AlertTelling  # noqa: PLC0415

    await door.receive(says(DANGER))
    with store.reading() as session:
        tellings = session.scalars(select(AlertTelling).order_by(AlertTelling.due_at)).all()
        assert [(each.who, each.due_at - WATCHED) for each in tellings] == [
            ("lead", timedelta()),
            ("deputy", timedelta(minutes=15)),
            ("manager", timedelta(minutes=30)),
        ]
        contact = find_contact(session, "web", "ash")
        assert contact is not None


@pytest.mark.parametrize("danger", [True, False])
async def test_a_voice_deleted_while_it_is_written_down_keeps_only_its_danger(
    store: Store, door: Door, danger: bool
) -> None:
    """Who is in danger may delete out of fear: a person is told, and nothing else is kept."""
    voice = {"kind": "voice", "media_type": "audio/ogg", "state": "deleted"}
    spoken = await door.receive(says("", kind="voice", how="spoken", attachment=voice))
    words = f"well {DANGER} and I like boats" if danger else "I like boats"
    details = {"voice": spoken.message_id}
    heard = await door.receive(says(words, kind="heard", how="spoken", details=details))
    assert [alert.words for alert in alerts(store)] == ([words] if danger else [])
    assert heard.outcome == ("alert" if danger else "double")
    assert replies(store) == (ANSWER if danger else [])
    with store.reading() as session:
        assert [each.words for each in session.scalars(select(Incoming))] == [""] * (1 + danger)
