"""No sentence a person meets stands in Python, nor in the chat page's script or templates.

The desk's sentences stand in its templates, which are its words; its Python has none either.
"""

import pytest

from tests.house_rules.finding_sentences import in_python, in_script, in_template, sentences
from tests.house_rules.project_files import ROOT, files_of

FILES = [
    file
    for file in files_of(ROOT)
    if (parts := file.relative_to(ROOT).parts)[0] in {"bot", "actions", "review"}
    and (file.suffix == ".py" or (file.suffix in {".js", ".html"} and parts[0] == "bot"))
]


def test_the_rooms_are_looked_at() -> None:
    looked_at = {file.relative_to(ROOT).as_posix() for file in FILES}
    assert looked_at >= {
        "bot/web/chatting.py",
        "bot/web/static/chat.js",
        "bot/web/templates/chat.html",
        "bot/plan/paper.html",
        "actions/asking.py",
        "review/signing_in.py",
    }


def test_no_sentence_stands_in_python_or_in_the_chat_page() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{line}: {text!r}"
        for file in FILES
        for line, text in sentences(file)
    ]
    assert found == []


@pytest.mark.parametrize(
    "fault",
    [
        'reply("Sorry, that did not work.")',
        'text = "What would you like to do"',
        'TEXTS = {"hello": "Hello there."}',
        'send(text=f"Hello {name}, how are you?")',
        'def f():\n    return "I kept your words."',
        'page("x.html", says="Please try again soon.")',
        'x = "You said " + words + ". Is that right?"',
    ],
)
def test_a_planted_sentence_is_found(fault: str) -> None:
    assert len(list(in_python(fault))) == 1


@pytest.mark.parametrize(
    "fine",
    [
        '"""Opens the door. Nobody is asked."""',
        'def f():\n    """Say it. Then ask."""',
        'log.warning("The store gives no messages: %s", kind)',
        'raise ValueError("A call comes from a message of the person.")',
        'Field(description="Where the bot finds Rasa. Empty: the port.")',
        'print("There is nobody with this name.")',
        'say("ask_work_hope")',
        "headers = {\"csp\": \"default-src 'none'; style-src 'self'; img-src 'self'\"}",
        'post("/people/{person_id:str}/alerts/{alert_id:int}/close")',
    ],
)
def test_what_only_operators_and_makers_read_is_let_through(fine: str) -> None:
    assert list(in_python(fine)) == []


def test_planted_words_in_the_page_are_found() -> None:
    script = '// Say it once more.\nconst url = "/say";\nnote("Please try again soon.");\n'
    assert list(in_script(script)) == [(3, "Please try again soon.")]
    template = '{% if x %}\n<p class="one two">{{ say("hello") }} Welcome</p>\n{% endif %}'
    assert list(in_template(template)) == [(2, "Welcome")]
    assert list(in_template('<input placeholder="Your name">')) == [(1, "Your name")]
    assert list(in_template('<p class="a b">{{ say("a b") }} · …</p>')) == []
