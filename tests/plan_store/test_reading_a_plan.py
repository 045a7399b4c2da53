"""The whole plan as plain data: own words, how they were said, who may see them, nothing lost."""

from datetime import timedelta

from sqlalchemy import event, select

from plan_store.linking_to_a_plan import (
    PLAN_LINK_MINUTES,
    make_plan_link,
    person_of_plan_link,
    was_plan_link,
)
from plan_store.opening import Store
from plan_store.reading_a_plan import read_plan
from plan_store.tables import Aspiration, ChapterPlace, PlanLink, WaitingQuestion, now
from plan_store.whole_plan import Plan
from tests.plan_store.telling_a_plan import Teller


def the_plan(teller: Teller, audience: str | None = None) -> Plan:
    with teller.store.reading() as session:
        plan = read_plan(session, teller.person_id, audience)
    assert plan is not None
    return plan


def test_nobody_has_no_plan_and_somebody_new_an_empty_one(store: Store) -> None:
    with store.reading() as session:
        assert read_plan(session, "nobody") is None
    plan = the_plan(Teller(store, None))
    assert (plan.called, plan.items, plan.changed_at) == (None, (), None)


def test_words_stand_as_they_were_said_and_the_newest_stands_first(store: Store) -> None:
    sam = Teller(store)
    hope = sam.tells("home", hope="a flat  with a\ngarden 🌻", help="my sister")
    sam.says(hope, "hope", "a flat near my mum", how="dictated", helped=True)
    (item,) = the_plan(sam).items
    assert item.life_area == "home"
    stands = item.part("hope")
    assert stands is not None
    assert (stands.words, stands.how, stands.helped) == ("a flat near my mum", "dictated", True)
    before = next(part for part in item.parts if part.name == "hope").before
    assert [said.words for said in before] == ["a flat  with a\ngarden 🌻"]
    assert item.part("when") is None


def test_a_part_left_empty_is_there_without_the_command_that_left_it(store: Store) -> None:
    sam = Teller(store)
    hope = sam.begins("health")
    sam.says(hope, "hope", "feel well")
    sam.says(hope, "help", "don't want to say this", kind="private")
    (item,) = the_plan(sam).items
    assert [part.name for part in item.said] == ["hope"]
    assert [(part.name, part.said.kind, part.said.words) for part in item.left_empty] == [
        ("help", "private", "")
    ]


def test_each_question_of_a_heading_has_its_entry(store: Store) -> None:
    sam = Teller(store)
    first = sam.tells("good_now", entry="I am funy")
    sam.tells("good_now", entry="My dog")
    sam.says(first, "entry", "I am funny")
    assert [part.said.words for item in the_plan(sam).items for part in item.parts] == [
        "I am funny",
        "My dog",
    ]


def test_two_entries_of_one_item_both_stand(store: Store) -> None:
    sam = Teller(store)
    item = sam.tells("good_now", entry="I am funy")
    sam.says(item, "entry", "I am funny")
    sam.says(item, "entry", "My dog", replaces=False)
    parts = the_plan(sam).items[0].parts
    assert [part.said.words for part in parts] == ["I am funny", "My dog"]
    assert [[said.words for said in part.before] for part in parts] == [["I am funy"], []]


def test_agreed_only_while_nothing_new_was_said(store: Store) -> None:
    sam = Teller(store)
    hope = sam.tells("home", hope="a flat")
    assert not the_plan(sam).items[0].is_agreed
    sam.agrees(hope)
    assert the_plan(sam).items[0].is_agreed
    sam.says(hope, "hope", "a house")
    assert not the_plan(sam).items[0].is_agreed


def test_a_short_version_stands_beside_and_first_only_where_picked(store: Store) -> None:
    sam = Teller(store)
    hope = sam.begins("home")
    said = sam.says(hope, "hope", "I would really like to live in a flat of my own one day")
    sam.has_a_short_version(said, "My own flat")
    stands = the_plan(sam).items[0].part("hope")
    assert stands is not None
    assert (stands.short, stands.short_first) == ("My own flat", False)
    helps = sam.says(hope, "help", "my sister, she is good at it")
    sam.has_a_short_version(helps, "My sister", picked=True)
    stands = the_plan(sam).items[0].part("help")
    assert stands is not None
    assert (stands.short, stands.short_first) == ("My sister", True)
    assert stands.words == "my sister, she is good at it"


def test_a_tapped_answer_names_its_key(store: Store) -> None:
    sam = Teller(store)
    hope = sam.tells("home", hope="a flat")
    sam.says(
        hope,
        "important",
        "😀 Very",
        sent="tap",
        how="tapped",
        details={"value": '/tell{"choice": "very"}'},
    )
    sam.says(hope, "when", "now", details={"means": {"value": '/tell{"choice": "now"}'}})
    sam.says(hope, "help", "/tell{broken", details={"value": "/tell{broken"})
    (item,) = the_plan(sam).items
    assert [part.said.chosen for part in item.parts] == [None, "very", "now", None]


def test_pictures_and_voices_come_with_the_words(store: Store) -> None:
    sam = Teller(store)
    hope = sam.tells("home", hope="a flat")
    photo = {"kind": "photo", "media_type": "image/png", "file": "x", "state": "kept"}
    sam.says(hope, "hope", "this one", sent="photo", how="photo", attachment=photo)
    stands = the_plan(sam).items[0].part("hope")
    assert stands is not None
    assert stands.recording is not None
    assert (stands.recording.kind, stands.recording.state) == ("photo", "kept")


def test_sorted_pictures_lie_where_they_were_laid_last(store: Store) -> None:
    sam = Teller(store)
    hope = sam.tells("home", hope="a flat")
    sam.sorts(hope, cooking="like", cleaning="dislike")
    sam.sorts(hope, cleaning="not_sure")
    (item,) = the_plan(sam).items
    assert [(card.key, card.way) for card in item.cards] == [
        ("cooking", "like"),
        ("cleaning", "not_sure"),
    ]
    assert [part.name for part in item.parts] == ["hope"]


def test_who_may_see_it_now_and_what_was_written_back(store: Store) -> None:
    sam = Teller(store)
    hope = sam.tells("home", share_with="family", hope="a flat")
    sam.is_answered("Shall we look at some?", hope)
    sam.is_answered("Hello Sam")
    plan = the_plan(sam)
    assert plan.items[0].seen_by == ("facilitator", "family")
    assert [given.words for given in plan.items[0].answers] == ["Shall we look at some?"]
    assert [given.by for given in plan.answers] == ["Ann Marsh"]
    sam.agrees(hope, "me")
    assert the_plan(sam).items[0].seen_by == ()


def test_an_audience_gets_only_what_it_may_see(store: Store) -> None:
    sam = Teller(store)
    sam.tells("home", share_with="me", hope="secret")
    sam.tells("health", share_with="facilitator", hope="for Ann")
    sam.tells("dream", share_with="family", hope="for all")
    sam.says(None, "entry", "by the way", question="anything")
    sam.is_answered("Hello Sam")

    def seen(audience: str | None) -> list[str]:
        return [part.said.words for item in the_plan(sam, audience).items for part in item.parts]

    assert seen(None) == ["secret", "for Ann", "for all"]
    assert seen("facilitator") == ["for Ann", "for all"]
    assert seen("family") == ["for all"]
    assert seen("circle") == []
    family = the_plan(sam, "family")
    assert (family.told, family.left, family.waiting, family.answers) == ((), (), (), ())


def test_what_was_told_left_or_waits_is_there_and_what_was_taken_back_is_not(store: Store) -> None:
    sam = Teller(store)
    sam.says(None, "entry", "by the way", question="anything")
    sam.says(None, "entry", "Sam", question="name")
    gone = sam.tells("home", hope="a castle")
    with store.writing() as session:
        session.get_one(Aspiration, gone).status = "cancelled"
        session.add(ChapterPlace(person_id=sam.person_id, chapter="health", state="left"))
        session.add(WaitingQuestion(person_id=sam.person_id, question="health_hope"))
    plan = the_plan(sam)
    assert plan.items == ()
    assert [said.words for said in plan.told] == ["by the way"]
    assert (plan.left, plan.waiting) == (("health",), ("health_hope",))


def test_a_long_plan_costs_no_more_questions_than_a_short_one(store: Store) -> None:
    def questions(sam: Teller) -> int:
        asked = []
        count = lambda *_: asked.append(1)  # noqa: E731
        event.listen(store.engine, "before_cursor_execute", count)
        the_plan(sam)
        event.remove(store.engine, "before_cursor_execute", count)
        return len(asked)

    sam, ash = Teller(store), Teller(store)
    sam.tells("home", hope="a flat")
    for number in range(12):
        ash.tells("home", share_with="family", hope=f"flat {number}", help="my sister")
    assert questions(sam) == questions(ash)


def test_a_link_opens_one_plan_for_half_an_hour(store: Store) -> None:
    sam, ash = Teller(store), Teller(store, "Ash")
    with store.writing() as session:
        key = make_plan_link(session, sam.person_id)
        other = make_plan_link(session, ash.person_id)
    with store.reading() as session:
        soon = now() + timedelta(minutes=PLAN_LINK_MINUTES - 1)
        late = now() + timedelta(minutes=PLAN_LINK_MINUTES, seconds=1)
        assert person_of_plan_link(session, key, soon) == sam.person_id
        assert person_of_plan_link(session, key, soon) == sam.person_id
        assert person_of_plan_link(session, other, soon) == ash.person_id
        assert person_of_plan_link(session, key, late) is None
        assert person_of_plan_link(session, "0" * 32, soon) is None
        assert was_plan_link(session, key)
        assert not was_plan_link(session, "0" * 32)
        kept = [row.key_hash for row in session.scalars(select(PlanLink))]
    assert key not in "".join(kept)
