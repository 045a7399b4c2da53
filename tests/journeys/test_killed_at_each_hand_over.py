"""`kill -9` at each hand-over of a message: nothing lost, no sentence lost, no plan line twice.

A process is frozen first, so that it dies at one known moment: with the request at its door, or
with the answer of another unread. The house's own keeper starts it again, as in life.
"""

import random
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import httpx
import pytest

from plan_store.tables import Turn
from tests.journeys.at_the_desk import Facilitator, signed_in
from tests.journeys.conftest import Somebody
from tests.journeys.what_was_kept import CANNOT_KEEP, KIND_WORD, Kept, check_kept_once
from tests.journeys.whole_house import House, until
from tests.journeys.young_person import YoungPerson
from tests.review.pages import Form
from tests.telegram_double import TelegramDouble

pytestmark = pytest.mark.parametrize("house", ["sqlite"], indirect=True)

# A worker that died holds its people for a quarter of a minute, and its replies for half of one.
PATIENCE = 120.0


@pytest.fixture(autouse=True)
def _everybody_is_well(house: House, double: TelegramDouble) -> Iterator[None]:
    house.happened.clear()
    yield
    double.is_well_again()
    for name in house.health:
        house.thaws(name)
        house.is_well(name)
    assert double.complaints == []


def finishes(house: House, person: YoungPerson, answers: int = 0) -> None:
    """On to the end of the chapter; then everything is there once."""
    person.walks()
    until(lambda: Kept(house.store, person).is_quiet, PATIENCE, "all answered and sent", house)
    try:
        check_kept_once(house.store, person, answers)
    except AssertionError as found:
        found.add_note(str(house))
        raise


def last_message_has_turn(house: House, person: YoungPerson) -> bool:
    """Whether the hands have committed what they did about the newest message."""
    with house.store.reading() as session:
        newest = Kept(house.store, person).messages[-1].id
        return session.get(Turn, newest) is not None


def test_the_bot_before_it_kept_what_telegram_gave(
    house: House, double: TelegramDouble, somebody: Somebody
) -> None:
    ash = somebody("Ash", patience=PATIENCE)
    ash.comes_in(house.store)
    double.answers_slowly(60, methods=["getUpdates"])
    ash.walks(until="ask_ready")
    # The question that brought the name stood open before; the next one is answered too late.
    before = len(double.calls("getUpdates"))
    said = ash.says_next()
    until(lambda: len(double.calls("getUpdates")) > before, 10, "an answer on its way")
    assert said.what not in [message.words for message in Kept(house.store, ash).messages]
    house.kills("bot")
    ash.hears(said.then)
    finishes(house, ash)


def test_the_bot_after_it_kept_and_before_telegram_knows(
    house: House, double: TelegramDouble, somebody: Somebody
) -> None:
    ash = somebody("Ash", patience=PATIENCE)
    ash.comes_in(house.store)
    double.waits_for_poll()
    double.drops_before_accepting(times=20, methods=["getUpdates"])
    said = ash.says_next()
    ash.hears(said.then)
    until(lambda: Kept(house.store, ash).is_quiet, 10, "the name answered")
    assert len(double.waiting) == 1
    house.kills("bot")
    double.is_well_again()
    double.all_taken(PATIENCE)
    finishes(house, ash)


def test_rasa_with_the_message_at_its_door_and_down_for_a_while(
    house: House, somebody: Somebody
) -> None:
    ash = somebody("Ash", patience=PATIENCE)
    ash.comes_in(house.store)
    ash.walks(until="ask_work_hope")
    house.freezes("rasa")
    ash.says_next()
    house.has_call_waiting("rasa")
    house.kills("rasa")
    ash.hears(KIND_WORD)
    helps = ash.says_next()
    ash.hears(helps.then)
    finishes(house, ash)
    trouble = [r.cause_id for r in Kept(house.store, ash).replies if r.key == KIND_WORD]
    assert len(trouble) == 2


def test_rasa_after_the_hands_have_written_and_before_it_read_their_answer(
    house: House, somebody: Somebody
) -> None:
    ash = somebody("Ash", patience=PATIENCE)
    ash.comes_in(house.store)
    ash.walks(until="ask_work_hope")
    house.freezes("actions")
    said = ash.says_next()
    house.has_call_waiting("actions")
    house.freezes("rasa")
    house.thaws("actions")
    until(lambda: last_message_has_turn(house, ash), 20, "the hands' commit", house)
    house.kills("rasa")
    ash.hears(said.then)
    finishes(house, ash)


def test_the_hands_with_the_call_at_their_door(house: House, somebody: Somebody) -> None:
    ash = somebody("Ash", patience=PATIENCE)
    ash.comes_in(house.store)
    ash.walks(until="ask_work_hope")
    house.freezes("actions")
    said = ash.says_next()
    house.has_call_waiting("actions")
    house.kills("actions")
    ash.hears(said.then)
    finishes(house, ash)


def test_the_same_call_to_the_hands_three_times_is_one(house: House, somebody: Somebody) -> None:
    ash = somebody("Ash", patience=PATIENCE)
    ash.comes_in(house.store)
    ash.walks(until="ask_work_hope")
    house.freezes("rasa")
    said = ash.says_next()
    house.has_call_waiting("rasa")
    call = {
        "next_action": "action_keep_words",
        "sender_id": "anybody",
        "tracker": {
            "sender_id": "anybody",
            "slots": {},
            "events": [],
            "latest_message": {
                "intent": {"name": "tell"},
                "entities": [],
                "metadata": {"inbox_id": Kept(house.store, ash).messages[-1].id},
            },
        },
    }
    url = f"http://127.0.0.1:{house.ports['actions']}/webhook"
    with ThreadPoolExecutor(2) as two, httpx.Client(trust_env=False, timeout=30) as client:
        first, second = two.map(lambda _: client.post(url, json=call), range(2))
    assert first.is_success
    assert first.json()["responses"]
    assert first.json() == second.json()
    house.thaws("rasa")
    ash.hears(said.then)
    finishes(house, ash)


def test_the_bot_while_it_hears_one_and_sends_to_another(
    house: House, double: TelegramDouble, somebody: Somebody
) -> None:
    ash, bo = somebody("Ash", patience=PATIENCE), somebody("Bo", patience=PATIENCE)
    for each in (ash, bo):
        each.comes_in(house.store)
        each.walks(until="ask_work_hope")
    # It comes to Bo's phone at once, and the bot does not get to know that it did.
    double.answers_slowly(60, methods=["sendMessage"])
    told_bo = bo.says_next()
    bo.hears("kept_words")
    house.freezes("actions")
    told_ash = ash.says_next()
    house.has_call_waiting("actions")
    house.kills("bot")
    house.thaws("actions")
    until(lambda: last_message_has_turn(house, ash), 20, "the hands' commit", house)
    bo.hears(told_bo.then)
    ash.hears(told_ash.then)
    finishes(house, ash)
    finishes(house, bo)
    kept_words = bo.library.text("kept_words")
    assert [shown.text for shown in bo.phone.heard].count(kept_words) == 3, "perhaps twice"


def test_the_desk_around_an_answer(house: House, somebody: Somebody) -> None:
    ash = somebody("Ash", patience=PATIENCE)
    ash.comes_in(house.store)
    ash.walks()
    with signed_in(house, "Bea") as bea:
        form = bea.fills_in(Kept(house.store, ash).person_id, "Which dogs do you like?")
        the_desk_dies_before_it_reads(house, ash, bea, form)
        the_desk_dies_as_soon_as_it_is_kept(house, ash, bea, form)
    ash.hears("facilitator_says")
    finishes(house, ash, answers=1)


def the_desk_dies_before_it_reads(
    house: House, ash: YoungPerson, bea: Facilitator, form: Form
) -> None:

    house.freezes("review")
    with ThreadPoolExecutor(1) as aside:
        pressed = aside.submit(bea.sends, form)
        house.has_call_waiting("review")
        house.kills("review")
        assert isinstance(pressed.exception(), httpx.HTTPError)
    kept = Kept(house.store, ash)
    assert kept.answers == []
    assert "facilitator_says" not in kept.keys
    assert "answers" not in [line.what for line in kept.history]


def the_desk_dies_as_soon_as_it_is_kept(
    house: House, ash: YoungPerson, bea: Facilitator, form: Form
) -> None:
    house.is_well("review")
    with ThreadPoolExecutor(1) as aside:
        pressed = aside.submit(bea.sends, form)
        until(lambda: Kept(house.store, ash).answers, 20, "the answer", house)
        house.kills("review")
        pressed.exception()  # whether the page still came is the browser's affair
    house.is_well("review")
    assert "Your answer is kept" in bea.sends(form).text


def test_the_database_away_for_longer_than_anybody_waits(house: House, somebody: Somebody) -> None:
    ash, bo = somebody("Ash", patience=PATIENCE), somebody("Bo", patience=PATIENCE)
    for each in (ash, bo):
        each.comes_in(house.store)
        each.walks(until="ask_work_hope")
    house.freezes("actions")
    told_ash = ash.says_next()
    house.has_call_waiting("actions")
    file = house.settings.var_folder / "myway.sqlite"
    with closing(sqlite3.connect(file, timeout=30, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        house.thaws("actions")
        told_bo = bo.says_next()
        bo.hears(CANNOT_KEEP)
        assert told_bo.what not in [message.words for message in Kept(house.store, bo).messages]
        lock.execute("ROLLBACK")
    ash.hears(told_ash.then)
    bo.hears(told_bo.then)
    finishes(house, ash)
    finishes(house, bo)


def test_anybody_at_any_moment_with_three_people_talking(house: House, somebody: Somebody) -> None:
    chance = random.Random(20240607)
    victims = ["bot"] * 2 + ["rasa"] + ["actions"] * 9
    chance.shuffle(victims)
    people = [somebody(name, patience=PATIENCE) for name in ("Ash", "Bo", "Cleo")]
    for person in people:
        person.comes_in(house.store)
    for first, second in zip(victims[::2], victims[1::2], strict=True):
        said = [person.says_next() for person in people]
        for victim in (first, second):
            time.sleep(chance.uniform(0, 0.3))  # the moment of the kill is what is tried here
            house.kills(victim)
        for person, each in zip(people, said, strict=True):
            person.hears(each.then)
    for person in people:
        finishes(house, person)
