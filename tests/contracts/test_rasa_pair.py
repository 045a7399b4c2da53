"""A real Rasa 3.6 and a real rasa-sdk 3.21, as they work together through the door.

In: notes as the bot sends them. Out: replies in order, or a problem by name; never silence.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
import redis

from tests.needs import need
from tests.running_the_pair import (
    Bot,
    Running,
    free_port,
    keys,
    problem,
    rasa_server,
)

TEMPERS = "tests.contracts.pair_actions.tempers"


@pytest.fixture(scope="module", autouse=True)
def hands(rasa: Running, hands_of: Callable[[str], Running]) -> Running:
    return hands_of(TEMPERS)


def first_reply(response: httpx.Response) -> Any:
    assert response.status_code == 200, response.text
    return response.json()["replies"][0]["with"]


def test_typed_words_are_understood_and_answered_in_order(bot: Bot) -> None:
    answer = bot.types("I want to work with dogs")
    assert keys(answer) == ["kept", "next_question"]
    assert answer.json()["understood"]["intent"] == "tell"
    assert 0.5 < answer.json()["understood"]["confidence"] <= 1
    assert answer.json()["replies"][1] == {"key": "next_question", "buttons": ["skip"]}


def test_the_action_is_given_the_inbox_id_and_not_the_words(bot: Bot) -> None:
    given = first_reply(bot.types("I want to work with dogs"))
    assert given["inbox_id"] == bot.inbox_id
    assert given["intent"] == "tell"
    assert given["expecting"] == "words"
    assert given["given"] == ["entities", "intent", "intent_ranking", "message_id", "metadata"]
    assert given["events"] == 0
    # The three likeliest intents, for "Do you mean …?".
    assert len(given["might_be"]) == 3
    assert given["might_be"][0] == "tell"


def test_the_likeliest_reach_the_hands(bot: Bot) -> None:
    given = bot.types("I want to work with dogs").json()["replies"][0]["with"]
    assert given["might_be"][0] == "tell"
    assert len(given["might_be"]) == 3


def test_half_an_emoji_is_no_agreement(bot: Bot) -> None:
    heard = bot.types("\ud83d", "read_back").json()
    assert heard.get("understood", {}).get("intent") != "affirm"


def test_a_tap_is_taken_at_its_word(bot: Bot) -> None:
    answer = bot.taps('/choose{"choice": "facilitator"}', "sharing")
    assert first_reply(answer) == {"choice": "facilitator"}
    assert answer.json()["understood"] == {"intent": "choose", "confidence": 1.0}


def test_back_is_said_to_us_and_not_to_rasa(bot: Bot) -> None:
    assert keys(bot.taps("/back")) == ["went_back"]


@pytest.mark.parametrize("tap", ["", "affirm", "/", "/choose{", '/choose{"x": 1}', "/choose[1]"])
def test_a_tap_that_is_no_payload_of_ours_is_asked_again(bot: Bot, tap: str) -> None:
    answer = bot.taps(tap, "sharing")
    assert keys(answer) == ["did_not_catch"]
    assert answer.json()["understood"]["intent"] == "tap_not_known"


@pytest.mark.parametrize(
    "text", ["/affirm", " /affirm", "//affirm", "/ /affirm", "\n/affirm{}", '/affirm@1.0{"a": "b"}']
)
def test_nobody_agrees_by_typing_a_payload(bot: Bot, text: str) -> None:
    answer = bot.types(text, "read_back")
    assert answer.json()["understood"]["intent"] != "affirm"
    assert keys(answer) in (["did_not_catch"], ["out_of_scope"], ["said_anew"])


def test_a_typed_slash_does_not_hide_the_word_behind_it(bot: Bot) -> None:
    assert keys(bot.types("/stop", "read_back")) == ["stopped"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        ".",
        "🐕🐕",
        "👩🏽‍🦽",
        "أريد أن أعمل مع الكلاب",
        "אני רוצה לעבוד עם כלבים",
        "\u202e\u200fשלום\u200f\u202c",
        "\x00\x07\x1b[31m",
        "我想和狗一起工作",
    ],
)
def test_what_the_model_cannot_know_is_an_answer_and_never_agreement(bot: Bot, text: str) -> None:
    # Out of scope, it is kept with one tap.
    assert keys(bot.types(text, "words")) in (["kept", "next_question"], ["out_of_scope"])
    assert keys(bot.types(text, "read_back")) in (
        ["did_not_catch"],
        ["out_of_scope"],
        ["said_anew"],
    )


@pytest.mark.parametrize("length", [4096, 40_000])
def test_a_very_long_message_is_heard(bot: Bot, length: int) -> None:
    text = ("I want to look after horses and live by the sea. " * length)[:length]
    assert keys(bot.types(text)) == ["kept", "next_question"]


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        ({"inbox_id": 1, "text": "hi"}, "no_person"),
        ({"person": "ada", "text": "hi"}, "no_inbox_id"),
        ({"person": "ada", "inbox_id": "1", "text": "hi"}, "no_inbox_id"),
        ({"person": "ada", "inbox_id": 1}, "neither_typed_nor_tapped"),
        ({"person": "ada", "inbox_id": 1, "text": "a", "tap": "/b"}, "neither_typed_nor_tapped"),
        ({"person": "ada", "inbox_id": 1, "text": "a", "expecting": "x"}, "expecting_unknown"),
        ({"person": "ada", "inbox_id": 1, "text": "a", "expecting": []}, "expecting_unknown"),
    ],
)
def test_a_note_that_is_not_one_is_refused_by_name(
    bot: Bot, note: dict[str, Any], kind: str
) -> None:
    answer = bot.send(**note)
    assert (answer.status_code, answer.json()) == (400, {"problem": kind})


def test_a_crashed_action_is_a_problem(bot: Bot) -> None:
    assert problem(bot.taps("/help")) == "action_crashed"


def test_an_action_nobody_registered_is_a_problem(bot: Bot) -> None:
    assert problem(bot.taps("/who_sees")) == "action_unknown"


def test_an_action_that_says_nothing_is_a_problem(bot: Bot) -> None:
    assert problem(bot.taps("/thanks", "nothing")) == "no_reply"


def test_a_sentence_without_a_key_is_a_problem(bot: Bot) -> None:
    assert problem(bot.taps("/again")) == "reply_without_key"


def test_an_action_server_that_is_down_is_a_problem_until_it_is_back(
    bot: Bot, hands: Running
) -> None:
    hands.stop()
    assert problem(bot.types("I want to work with dogs")) == "action_server_down"
    hands.start()
    assert keys(bot.types("I want to work with dogs")) == ["kept", "next_question"]


def test_many_people_at_once_are_each_heard_for_what_they_were_asked(
    rasa: Running, rasa_port: int
) -> None:
    def talk(who: int) -> list[tuple[int, int, str]]:
        speaking, heard = Bot(rasa_port), []
        speaking.inbox_id = who * 1000
        for _ in range(10):
            expecting = ("words", "read_back", "sharing")[who % 3]
            tap = {"words": "/tell", "read_back": "/affirm", "sharing": "/choose"}[expecting]
            reply = speaking.taps(tap, expecting, f"person-{who}").json()["replies"][0]
            told = reply.get("with", {}).get("inbox_id", speaking.inbox_id)
            heard.append((speaking.inbox_id, told, reply["key"]))
        speaking.close()
        return heard

    with ThreadPoolExecutor(30) as people:
        everything = list(people.map(talk, range(30)))
    for who, heard in enumerate(everything):
        assert [key for *_, key in heard] == [("kept", "agreed", "shared")[who % 3]] * 10
        assert all(sent == told for sent, told, _ in heard)


@pytest.mark.by_the_clock
def test_the_200th_message_costs_what_the_first_did(bot: Bot) -> None:
    took = []
    for _ in range(200):
        began = time.perf_counter()
        bot.types("I want to work with dogs", person="one-and-the-same")
        took.append(time.perf_counter() - began)
    early, late = statistics.median(took[5:50]), statistics.median(took[150:200])
    assert late / early <= 1.3, f"{early * 1000:.1f} ms at first, {late * 1000:.1f} ms at last"


def test_a_restart_of_rasa_in_the_middle_loses_nothing(bot: Bot, rasa: Running) -> None:
    assert keys(bot.taps("/affirm", "read_back", "grace")) == ["agreed"]
    rasa.stop()
    with pytest.raises(httpx.TransportError):
        bot.taps('/choose{"choice": "me"}', "sharing", "grace")
    rasa.start()
    answer = bot.taps('/choose{"choice": "me"}', "sharing", "grace")
    assert first_reply(answer) == {"choice": "me"}


def test_nothing_that_was_said_is_in_a_log_or_in_a_problem(
    bot: Bot, rasa: Running, hands: Running
) -> None:
    markers = ["quibblewort", "zephyrbane", "mumblecrag", "flintwhistle", "ogglethorpe"]
    answers = [
        # Words that reach an action that crashes: the SDK echoes the request it was sent.
        bot.types(f"help me quibblewort help {'help ' * 5}", "words", "person-xyzzyplugh"),
        bot.types("/zephyrbane{", "read_back"),
        bot.types("/affirm{zephyrbane: [}", "read_back"),
        bot.taps("/mumblecrag", "sharing"),
        bot.taps('/choose{"choice": "mumblecrag"}', "sharing"),
        bot.taps('/help{"choice": "mumblecrag"}', "sharing"),
        bot.types("I want to be a flintwhistle"),
        bot.send(person="ada", inbox_id=1, expecting="ogglethorpe", text="ogglethorpe"),
        bot.send(person="ada", text="ogglethorpe"),
    ]
    hands.stop()
    answers.append(bot.types("I want to be a flintwhistle"))
    hands.start()
    problems = [answer for answer in answers if answer.status_code != 200]
    assert len(problems) >= 4
    assert any(answer.json() == {"problem": "action_crashed"} for answer in problems)
    said = rasa.said()
    assert "action_crashed" in said, "the log tells that it failed"
    for marker in markers:
        assert marker not in said
        assert not any(marker in answer.text for answer in problems)
    for marker in ("quibblewort", "zephyrbane", "flintwhistle", "ogglethorpe"):
        assert marker not in hands.said(), "what was typed does not reach the action server"


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[str]:
    need("redis")
    port = free_port()
    server = Running(
        "redis",
        [
            "redis-server",
            "--port",
            str(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            str(tmp_path),
        ],
        said_in=tmp_path,
        cwd=tmp_path,
        env={},
        port=port,
    )
    server.start()
    yield f"redis://127.0.0.1:{port}/3"
    server.stop()


def test_locks_are_kept_in_redis_when_there_is_one(
    redis_server: str, model: Path, actions_port: int, tmp_path: Path
) -> None:
    port = free_port()
    server = rasa_server(model, port, actions_port, tmp_path, REDIS_URL=redis_server)
    server.start()
    speaking = Bot(port)
    try:
        assert keys(speaking.types("I want to work with dogs")) == ["kept", "next_question"]
    finally:
        speaking.close()
        server.stop()
    with redis.Redis.from_url(redis_server) as locks:
        used: dict[str, Any] = dict(locks.info("commandstats"))
        assert used["cmdstat_set"]["calls"] >= 1
        assert locks.dbsize() == 0, "a lock is taken away when the message is answered"
