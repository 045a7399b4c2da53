"""The seven questions by themselves: each colour has a reason, and each warning its words."""

from dataclasses import replace

import pytest

from plan_store.support_plan_check import (
    AMBER,
    GREEN,
    RED,
    Facts,
    judge_all,
    read_check,
    warnings,
    with_control,
)

READ = read_check()
ALL_THERE = Facts(
    matters=1,
    matters_agreed=1,
    hopes=1,
    outcomes=1,
    outcomes_agreed=1,
    support=1,
    liked=1,
    counted=1,
    budget=True,
    budget_agreed=True,
    steps=1,
    said=8,
)


def test_there_are_seven_and_each_reason_has_words() -> None:
    assert len(READ.questions) == 7
    for facts in (Facts(), ALL_THERE, replace(ALL_THERE, budget=False), Facts(hopes=1, support=1)):
        for key, judged in judge_all(facts).items():
            assert READ.questions[key].known
            assert judged.reason in READ.reasons
    known = {key for key, question in READ.questions.items() if question.known}
    assert known == set(judge_all(Facts()))


def test_nothing_is_red_and_everything_is_green() -> None:
    assert {judged.colour for judged in judge_all(Facts()).values()} == {RED}
    assert {judged.colour for judged in judge_all(ALL_THERE).values()} == {GREEN}


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (replace(ALL_THERE, fits=False, costs_nothing=False), "money_amber_over"),
        (replace(ALL_THERE, budget_agreed=False), "money_amber_not_agreed"),
        (replace(ALL_THERE, budget=False), "money_amber_free"),
        (replace(ALL_THERE, budget=False, costs_nothing=False), "money_red"),
        (replace(ALL_THERE, counted=0), "money_red"),
    ],
)
def test_the_money(facts: Facts, reason: str) -> None:
    assert judge_all(facts)["money"].reason == reason


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        (replace(ALL_THERE, said_by_others=2), "said_by_others"),
        (replace(ALL_THERE, helped=5), "mostly_helped"),
        (replace(ALL_THERE, outcomes=2), "outcome_not_agreed"),
        (replace(ALL_THERE, counted_not_seen=1), "counted_not_seen"),
        (replace(ALL_THERE, counted_not_liked=1), "counted_not_liked"),
        (replace(ALL_THERE, counted_with_help=1), "counted_with_help"),
    ],
)
def test_where_others_decided_it_is_warned_and_control_is_not_green(facts: Facts, key: str) -> None:
    (warned,) = warnings(facts)
    assert warned.key == key
    assert READ.warnings[key].format(count=warned.count, of=warned.of)
    judged = with_control(GREEN, facts)
    assert judged is not None
    assert judged.colour == AMBER
    assert with_control(GREEN, ALL_THERE) is None


def test_half_of_a_few_words_is_no_warning() -> None:
    assert list(warnings(replace(ALL_THERE, said=3, helped=3))) == []
    assert list(warnings(replace(ALL_THERE, said=8, helped=4))) == []
