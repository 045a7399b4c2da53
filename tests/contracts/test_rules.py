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
    "dont_mind": "action_leave_empty",
    "not_now": "action_leave_empty",
    "private": "action_leave_empty",
    "back": "action_go_back",
    "stop": "action_stop",
    "ask_person": "action_ask_person",
    "who_sees": "action_who_sees",
    "show_plan": "action_show_plan",
    "what_means": "action_explain_word",
    "stop_sharing": "action_stop_sharing",
    "show_options": "action_show_options",
    "my_meeting": "action_my_meeting",
    "change": "action_change_words",
    "begin": "action_begin",
    "greet": "action_small_talk",
    "thanks": "action_small_talk",
    "goodbye": "action_small_talk",
    "bot_challenge": "action_small_talk",
    "about_you": "action_small_talk",
    "next_chapter": "action_next_chapter",
    "sort": "action_sort_pictures",
    "more_answers": "action_more_answers",
    "keep_that": "action_keep_that",
    "nothing_of_these": "action_did_not_catch",
    "send_plan": "action_send_plan",
    "delete_this": "action_delete_this",
    "correct": "action_correct_earlier",
    "listen": "action_read_aloud",
    "other_door": "action_other_door",
    "talk_about": "action_choose_chapter",
    "chapters": "action_choose_chapter",
    "out_of_scope": "action_out_of_scope",
    "heard": "action_heard",
    **dict.fromkeys(("how_long", "bored", "hard", "rude", "praise", "joking"), "action_small_talk"),
    **dict.fromkeys(("slower", "faster", "pictures", "no_pictures"), "action_change_settings"),
    **dict.fromkeys(("read_to_me", "no_reading"), "action_change_settings"),
    **dict.fromkeys(("fewer_choices", "more_choices"), "action_change_settings"),
    **dict.fromkeys(("with_somebody", "on_my_own", "later_alone"), "action_who_is_here"),
    **dict.fromkeys(("who_looked", "know_about_me"), "action_my_data"),
    **dict.fromkeys(("send_me_everything", "forget_me"), "action_my_data"),
    "my_steps": "action_my_steps",
    "sent_voice": "action_keep_recording",
    "sent_photo": "action_keep_recording",
    "sent_other": "action_name_what_came",
    "edited": "action_take_edit",
    "old_tap": "action_already_done",
}
YES_OR_NO = ("affirm", "deny", "maybe")
# What may be an answer to a small question: a button, yes or no, or words.
ANSWERS = ("choose", *YES_OR_NO, "tell", "nlu_fallback")
WHEN_EXPECTING: dict[str, dict[str, str]] = {
    "nothing": {
        "greet": "action_begin",
        "tell": "action_keep_words",
        "nlu_fallback": "action_keep_words",
        **dict.fromkeys(YES_OR_NO, "action_what_now"),
    },
    # Greetings and thanks may be a name where a name is asked.
    "name": dict.fromkeys((*ANSWERS, "out_of_scope", "greet", "thanks"), "action_hear_name"),
    "ready": {
        "affirm": "action_get_ready",
        "choose": "action_get_ready",
        "deny": "action_not_ready",
        "maybe": "action_not_ready",
    },
    "settings": dict.fromkeys(("choose", "affirm", "deny"), "action_change_settings"),
    "with_somebody": dict.fromkeys(("choose", "affirm", "deny"), "action_who_is_here"),
    "words": {
        **dict.fromkeys(ANSWERS, "action_keep_words"),
        "may_be_answer": "action_ask_if_answer",
    },
    "chapter": dict.fromkeys(("choose", "affirm", "tell", "nlu_fallback"), "action_choose_chapter"),
    "read_back": {
        "affirm": "action_agree",
        "deny": "action_change_words",
        "maybe": "action_change_words",
        "tell": "action_correct_words",
        "correct": "action_correct_words",
        "choose": "action_choose_words",
    },
    "sharing": dict.fromkeys(("choose", "private", "affirm"), "action_choose_who_sees"),
    "sorting": {
        **dict.fromkeys(("choose", *YES_OR_NO, "dont_know"), "action_sort_picture"),
        **dict.fromkeys(("dont_mind", "praise"), "action_sort_picture"),
        **dict.fromkeys(("tell", "nlu_fallback", "out_of_scope"), "action_keep_words"),
    },
    "check": dict.fromkeys(ANSWERS, "action_answer_check"),
    "confirm": dict.fromkeys(ANSWERS, "action_confirm"),
    "deciding": dict.fromkeys(
        (
            *(*ANSWERS, "change", "correct", "praise", "out_of_scope", "may_be_answer"),
            *("skip", "dont_know", "dont_mind", "not_now", "private"),
        ),
        "action_decide",
    ),
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
