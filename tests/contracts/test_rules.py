"""Every pair of what was asked and what was meant has exactly one action: against the real model.

In: the table below, which a facilitator can read beside data/rules. Out: no pair without an answer.
"""

from collections.abc import Callable

import pytest
import yaml

from tests.running_the_pair import ROOT, Bot, Running, keys

DOMAIN = yaml.safe_load((ROOT / "rasa_project/domain.yml").read_text("utf-8"))
EXPECTATIONS = DOMAIN["slots"]["expecting"]["values"]
# "nlu_fallback" is Rasa's own: the model was not sure enough.
INTENTS = [*DOMAIN["intents"], "nlu_fallback"]

ALWAYS = {
    "help": "action_help",
    "again": "action_say_again",
    "simpler": "action_say_simpler",
    "skip": "action_leave_empty",
    "dont_know": "action_leave_empty",
    "not_now": "action_leave_empty",
    "private": "action_leave_empty",
    "back": "action_go_back",
    "stop": "action_stop",
    "ask_person": "action_ask_person",
    "who_sees": "action_who_sees",
    "show_plan": "action_show_plan",
    "change": "action_change_words",
    "begin": "action_begin",
    "greet": "action_small_talk",
    "thanks": "action_small_talk",
    "goodbye": "action_small_talk",
    "bot_challenge": "action_small_talk",
    "another_hope": "action_another_hope",
    "sent_voice": "action_keep_recording",
    "sent_photo": "action_keep_recording",
    "sent_other": "action_name_what_came",
    "edited": "action_take_edit",
    "old_tap": "action_already_done",
}
# The last two are small talk at a question, and may be a name where a name is asked.
ANSWERS = ("tell", "nlu_fallback", "out_of_scope", "affirm", "deny", "maybe", "greet", "thanks")
WHEN_EXPECTING = {
    "nothing": {
        "greet": "action_begin",
        "tell": "action_keep_words",
        "nlu_fallback": "action_keep_words",
        "out_of_scope": "action_keep_words",
    },
    "name": dict.fromkeys(ANSWERS, "action_hear_name"),
    "ready": {
        "affirm": "action_get_ready",
        "choose": "action_get_ready",
        "deny": "action_not_ready",
        "maybe": "action_not_ready",
    },
    "words": dict.fromkeys(ANSWERS[:6], "action_keep_words"),
    "read_back": {
        "affirm": "action_agree",
        "deny": "action_change_words",
        "tell": "action_correct_words",
        "choose": "action_change_words",
    },
    "sharing": {"choose": "action_choose_who_sees", "private": "action_choose_who_sees"},
}


@pytest.fixture(scope="module", autouse=True)
def hands(rasa: Running, hands_of: Callable[[str], Running]) -> Running:
    return hands_of("tests.contracts.pair_actions.every_action")


def test_the_table_speaks_of_all_that_is_expected() -> None:
    assert set(WHEN_EXPECTING) == set(EXPECTATIONS)


@pytest.mark.parametrize("expecting", EXPECTATIONS)
def test_exactly_one_action_hears_each_intent(bot: Bot, expecting: str) -> None:
    heard_by = {intent: keys(bot.taps(f"/{intent}", expecting)) for intent in INTENTS}
    table = {**ALWAYS, **WHEN_EXPECTING[expecting]}
    assert heard_by == {intent: [table.get(intent, "action_did_not_catch")] for intent in INTENTS}


@pytest.mark.parametrize("intent", ["restart", "session_start", "a_button_of_last_year"])
def test_a_payload_nobody_knows_is_asked_again(bot: Bot, intent: str) -> None:
    assert keys(bot.taps(f"/{intent}", "words")) == ["action_did_not_catch"]
