"""The page's words: easy to read, all in `data/words`, each of them used."""

from bot.opening_the_door import DATA
from bot.reading_words import read_library
from bot.words import placeholders

WEB = DATA.parent / "bot" / "web"


def test_the_pages_words_hold_the_numbers_of_easy_read() -> None:
    words = {
        key: entry for key, entry in read_library(DATA).words.items() if key.startswith("page_")
    }
    assert len(words) > 50
    for key, entry in words.items():
        text = entry.wordings["text"]
        assert placeholders(text) == set(), key
        sentences = [part for part in text.replace("?", ".").split(".") if part.strip()]
        assert len(sentences) <= 3, key
        assert len(text.split()) <= 40, key
        assert all(len(sentence.split()) <= 15 for sentence in sentences), key


def test_every_word_of_the_page_is_used_and_every_used_word_is_there() -> None:
    code = "".join(
        file.read_text(encoding="utf-8")
        for pattern in ("*.py", "templates/*.html")
        for file in sorted(WEB.glob(pattern))
    )
    for key in read_library(DATA).words:
        if key.startswith("page_") and not key.startswith(("page_sent_", "page_step_")):
            assert f'"{key}"' in code, f"{key} is said nowhere"


def test_no_template_has_a_sentence_of_its_own() -> None:
    for file in (WEB / "templates").glob("*.html"):
        text = file.read_text(encoding="utf-8")
        for mark in ("{#", "{%", "{{"):
            end = {"{#": "#}", "{%": "%}", "{{": "}}"}[mark]
            while mark in text:
                before, _, rest = text.partition(mark)
                text = before + rest.partition(end)[2]
        while "<" in text:
            before, _, rest = text.partition("<")
            text = before + rest.partition(">")[2]
        assert text.split() == [], f"{file.name}: {text.split()}"
