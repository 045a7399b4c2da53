"""Sorted pictures, read back a few at a time: no more than one short message can hold.

Comes in: the pictures by the way they went. Goes out: parts, each of a line or two; a long way goes
over several lines.
"""

from plan_store.chapters import Chapters

# The question at the read-back; which part of it follows a colon, from the second on.
PICTURES = "read_back_pictures"
# With "Is that right?" three sentences, of fifteen words at most; "You are not sure:" has four.
LINES_OF_A_PART, WORDS_OF_A_LINE = 2, 15 - 4

Line = tuple[str, list[str]]


def part_shown(question: str) -> int:
    """Which part of the pictures is read back at this question, from 0 on."""
    number = question.partition(":")[2]
    return int(number) if number else 0


def parts_of(chapters: Chapters, ways: dict[str, list[str]]) -> list[list[Line]]:
    """All of them, as (the way, some of its pictures) a line."""
    lines: list[Line] = []
    for way, cards in ways.items():
        left = 0
        for card in cards:
            shown = chapters.card(card)
            words = len(shown.label.split()) if shown else 1
            if words > left:
                lines.append((way, []))
                left = WORDS_OF_A_LINE
            lines[-1][1].append(card)
            left -= words
    return [
        lines[start : start + LINES_OF_A_PART] for start in range(0, len(lines), LINES_OF_A_PART)
    ]
