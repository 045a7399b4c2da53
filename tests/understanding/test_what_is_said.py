"""What is said is understood, or asked about: short, misspelt and unexpected words, real model.

In: lines of ours, and lines that others wrote, where they are. Out: the figures of issue 4 hold.
"""

import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from house.evaluating import misspellings
from tests.meaning.asking_the_listener import understood
from tests.needs import lines_of_others, need
from tests.running_the_pair import Bot, Running
from tests.understanding.asking_the_listener import answers, run, understand

# One word, as it is typed in a hurry, and what it means everywhere.
SHORT = {
    **dict.fromkeys(
        ("yes", "Yes.", "YES", "ye", "yh", "yep", "ok", "k", "👍", "👍🏽👍🏽"), "affirm"
    ),
    **dict.fromkeys(("no", "No!", "NO", "nah", "nope", "n", "nooooo", "👎", "👎🏿"), "deny"),
    **dict.fromkeys(("stop", "STOP", "stp", "stop!!", "🛑"), "stop"),
    **dict.fromkeys(("help", "hlp", "help!", "halp"), "help"),
    **dict.fromkeys(("back", "bk", "bak"), "back"),
    **dict.fromkeys(("skip", "skp", "skipp", "next"), "skip"),
    **dict.fromkeys(("idk", "dunno", "dont know", "I don't know", "🤷🏽"), "dont_know"),
    **dict.fromkeys(("maybe", "mabye"), "maybe"),
    **dict.fromkeys(("again", "agen"), "again"),
    **dict.fromkeys(("hi", "hello", "hiya", "👋"), "greet"),
    **dict.fromkeys(("bye", "cya"), "goodbye"),
    **dict.fromkeys(("thanks", "thx", "ta"), "thanks"),
    **dict.fromkeys(("private", "privat"), "private"),
    **dict.fromkeys(("bored", "im bord"), "bored"),
    **dict.fromkeys(("slower", "slow down"), "slower"),
    **dict.fromkeys(("my plan", "mi plan"), "show_plan"),
    **dict.fromkeys(("i want a person", "a human pls"), "ask_person"),
    **dict.fromkeys(("later", "not now"), "not_now"),
}
# Answers that hold a word of a control, or are short: in own words, they are told.
TOLD = (
    *("help me cook", "I want to help people", "stop people shouting at me", "a private room"),
    *("I dont want to live alone", "go back to college", "somebody to talk to at night"),
    *("my friend asif", "dogs", "a robot club", "simple jobs", "I never want to live alone"),
    *(
        "slower lessons at college",
        "more pictures in my timetable",
        "stop smoking",
        "talk to people",
    ),
)


# Short ones that are one or the other: at an open question the chat asks.
EITHER = (
    *("quiet", "leave me alone", "everyone", "after college", "more", "listen"),
    *("nobody", "slow", "pictures", "alone", "later", "hard work", "QUIET!!"),
)
NUMBERS = ("2", "18", "10-12", "3.")
SETTINGS = {
    **dict.fromkeys(("slower", "slowerr", "go slower please", "pls go slowwer"), "slower"),
    **dict.fromkeys(("no pictures", "no picturs", "no pichers pls"), "no_pictures"),
    **dict.fromkeys(("read it to me", "reed it to me", "can you read it to me"), ""),
}
READS = {"listen", "read_to_me"}
# Asked of somebody, no wish for a life.
QUESTIONS = ("what is college?", "can I have a dog?", "can i talk to a human", "whats the weather")
CONTROLS = (
    *("help", "skip", "stop", "hlp", "skp", "idk", "can i talk to a person", "not now"),
    *("back", "bk", "go back", "I don't know", "private", "privat", "STOP", "help me"),
)
NOBODY_KNOWS = (
    "",
    " ",
    ".",
    "🐕🐕",
    "/",
    "我想和狗一起工作",
    "\x00\x07",
    "👾" * 500,
    "أريد",
    "\u202e",
)
# Through the door too, at both kinds of question.
THROUGH_THE_DOOR = ("I want to live by the sea", "hlp", "whats the weather", "help me cook", "asdf")
# Asked for a name: whatever is no control as it was taught is the name.
# An unsure yes is none, where a name is asked for.
IS_A_NAME = ("Cleo", "Noah", "Nova", "Kai", "Yasmin", "Yusuf")
SHORT_NAMES = ("Cy", "Bo", "Hope", "May", "Jo", "Will", "Grace", "Ty", "Cleo please", "call me Ash")
NAMES = (*SHORT_NAMES, *IS_A_NAME)
NO_NAMES = {"help": "help", "stop": "stop", "can i talk to a person": "ask_person"}
DOGS: dict[str, Any] = {"text": "I want to work with dogs", "id": 7}

# Longer than Telegram carries: understood by its beginning, and given back whole.
LONG = "I want to work with dogs. " * 400

Heard = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def heard(model: Path) -> Heard:
    """What is understood in a text, by what was asked. All at once: Rasa starts slowly."""
    open_ones = (*TOLD, *CONTROLS, *THROUGH_THE_DOOR, *EITHER, *NUMBERS, *SETTINGS)
    given: list[dict[str, Any]] = [DOGS]
    given += [{"text": text} for text in (*SHORT, *NOBODY_KNOWS, *THROUGH_THE_DOOR)]
    given += [{"text": text} for text in (*QUESTIONS, LONG)]
    given += [{"text": text, "expecting": "words"} for text in open_ones]
    given += [{"text": text, "expecting": "name"} for text in (*NAMES, *NO_NAMES)]
    done = understand(model, given)
    assert done.returncode == 0, done.stderr[-2000:]
    came_back = answers(done)
    assert [each["text"] for each in came_back] == [each["text"] for each in given]
    by_question = {(each["text"], each.get("expecting", "nothing")): each for each in came_back}

    def ask(text: str, expecting: str = "nothing") -> dict[str, Any]:
        return by_question[text, expecting]

    return ask


def test_short_and_bare_words_are_right(heard: Heard) -> None:
    wrong = [
        (text, said["intent"], said["confidence"])
        for text, meant in SHORT.items()
        if (said := heard(text))["intent"] != meant or not said["sure"]
    ]
    assert wrong == []


def test_at_an_open_question_an_answer_is_no_control(heard: Heard) -> None:
    assert {text: heard(text, "words")["intent"] for text in TOLD} == dict.fromkeys(TOLD, "tell")


def test_what_may_be_either_is_asked_about_at_an_open_question(heard: Heard) -> None:
    said = {text: heard(text, "words") for text in EITHER}
    assert {text: each["intent"] for text, each in said.items()} == dict.fromkeys(
        EITHER, "may_be_answer"
    )
    assert not any(each["sure"] for each in said.values())
    assert {heard(number, "words")["intent"] for number in NUMBERS} == {"tell"}


def test_settings_work_typed_with_mistakes_at_an_open_question(heard: Heard) -> None:
    wrong = [
        (text, intent)
        for text, meant in SETTINGS.items()
        if (intent := heard(text, "words")["intent"]) not in ({meant} if meant else READS)
    ]
    assert wrong == []


def test_a_question_is_no_hope(heard: Heard) -> None:
    assert [text for text in QUESTIONS if heard(text)["kind"] in {"hope", "like"}] == []


def test_a_very_long_text_is_understood_and_given_back_whole(heard: Heard) -> None:
    assert heard(LONG)["text"] == LONG
    assert heard(LONG)["life_areas"] == ["work_learning"]
    assert heard(LONG)["kind"] == "hope"


def test_a_control_is_a_control_at_an_open_question_too(heard: Heard) -> None:
    not_heard = {"tell", "may_be_answer"}
    assert not [text for text in CONTROLS if heard(text, "words")["intent"] in not_heard]


def test_whatever_is_no_control_as_taught_is_a_name_where_one_is_asked(heard: Heard) -> None:
    """The rules take each of these for the name."""
    heard_as_a_name = {"tell", "nlu_fallback", "out_of_scope", "greet", "thanks", "affirm", "maybe"}
    assert {heard(name, "name")["intent"] for name in NAMES} <= heard_as_a_name
    assert {heard(name, "name")["intent"] for name in IS_A_NAME} == {"tell"}
    assert {text: heard(text, "name")["intent"] for text in NO_NAMES} == NO_NAMES


def test_what_is_meant_is_what_the_running_chat_takes(heard: Heard, model: Path) -> None:
    lines = [{"text": text} for text in (str(DOGS["text"]), *THROUGH_THE_DOOR)]
    for line, meant in zip(lines, understood(model, lines), strict=True):
        said = heard(line["text"])
        assert {name: said[name] for name in ("life_areas", "kind", "slots")} == {
            name: meant[name] for name in ("life_areas", "kind", "slots")
        }


def test_every_line_comes_back_with_what_was_understood(heard: Heard) -> None:
    answer = heard(str(DOGS["text"]))
    assert {**DOGS, "intent": "tell", "kind": "hope", "sure": True}.items() <= answer.items()
    assert answer["life_areas"] == ["work_learning"]
    assert "dogs" in answer["slots"]["activity"]
    assert 0.5 < answer["confidence"] <= 1


def test_what_nobody_can_know_is_not_sure(heard: Heard) -> None:
    understood = [heard(text) for text in NOBODY_KNOWS]
    assert {each["intent"] for each in understood} == {"nlu_fallback"}
    assert not any(each["sure"] for each in understood)


def test_bad_lines_are_named_and_the_others_answered(model: Path) -> None:
    bad = ["no json", "[1]", '{"text": 5}', '{"no": "text"}', '{"text": "a", "expecting": "x"}']
    done = understand(model, [{"text": "yes"}, *bad, "", {"text": "no"}])
    assert [each["intent"] for each in answers(done)] == ["affirm", "deny"]
    assert done.returncode == 1
    named = [line for line in done.stderr.splitlines() if line.startswith("line ")]
    assert [line.split()[1] for line in named] == ["2", "3", "4", "5", "6"]


def test_a_file_that_is_not_there_is_said_so(model: Path, tmp_path: Path) -> None:
    absent = tmp_path / "absent.jsonl"
    done = run("components.understanding_lines", str(model), str(absent))
    assert done.returncode == 1
    assert done.stdout == ""
    assert f"{absent} cannot be read" in done.stderr


def test_the_running_chat_takes_the_same(
    heard: Heard, rasa: Running, bot: Bot, hands_of: Callable[[str], Running]
) -> None:
    hands_of("tests.contracts.pair_actions.every_action")
    for expecting in ("words", "nothing"):
        for text in THROUGH_THE_DOOR:
            door, said = bot.types(text, expecting).json()["understood"], heard(text, expecting)
            assert door["intent"] == said["intent"]
            assert door["confidence"] == pytest.approx(said["confidence"], abs=1e-3)


@pytest.mark.by_the_clock
def test_a_thousand_lines_take_well_under_a_minute(model: Path) -> None:
    lines = [{"text": f"i want to work with {number} dogs please"} for number in range(1000)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = understand(model, lines)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert len(answers(done)) == 1000
    # Of the processor, not of the clock: other tests may share it.
    assert after.ru_utime - before.ru_utime < 45


@pytest.fixture(scope="module")
def figures(model: Path) -> dict[str, Any]:
    """The real model, on lines that others wrote."""
    need("lines of others")
    done = run("evaluation.the_chats_own", str(model), str(lines_of_others()), str(misspellings()))
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = answers(done)[0]
    return found


# Of the development set. Each is a little under what was measured: a change that loses more than
# a few lines is found, one that loses a single line is not.
AT_LEAST = {
    "macro_f1": 0.9,
    "accuracy": 0.92,
    "out_of_scope_recall": 0.9,
    "in_scope_recall": 0.97,
}
MOST_LOST = {
    "misspelt by people": 0.03,
    "keyboard slips": 0.04,
    "spelt by ear": 0.045,
    "text speak": 0.04,
    "dictation": 0.03,
    "dropped words": 0.03,
    "no punctuation": 0.01,
    "emoji": 0.01,
}


@pytest.mark.parametrize("figure", AT_LEAST)
def test_lines_of_others_are_understood(figures: dict[str, Any], figure: str) -> None:
    assert figures[figure] >= AT_LEAST[figure]


def test_confidence_means_what_it_says(figures: dict[str, Any]) -> None:
    assert figures["calibration_error"] <= 0.08


@pytest.mark.parametrize("noise", MOST_LOST)
def test_noise_takes_little(figures: dict[str, Any], noise: str) -> None:
    assert figures["accuracy"] - figures["noise"][noise]["accuracy"] <= MOST_LOST[noise]
