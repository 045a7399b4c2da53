"""The words that are the same for everybody: only these may be kept as sound in a folder.

Comes in: the library. Goes out: each wording, and each button's label, that nothing is filled into.
"""

from bot.words import Library, placeholders

# Headings and labels of the page, and Telegram's menu: no message says them.
NOT_SAID = ("page_", "menu_")


def fixed_words(library: Library) -> frozenset[str]:
    """Every text that is said as it stands in `data`, helplines filled in."""
    texts = {
        wording.format_map(library.always)
        for key, words in library.words.items()
        if not key.startswith(NOT_SAID)
        for wording in (*words.wordings.values(), words.spoken or "")
        if placeholders(wording) <= set(library.always)
    }
    return frozenset(texts | {label_said(button.label) for button in library.buttons.values()})


def label_said(label: str) -> str:
    """A button's label, as a sentence of its own."""
    return f"{label}."
