"""The lines the listener is taught, read for measuring.

In: the folder data/talk. Out: each line with its intent, and each answer with its one life area.
"""

from dataclasses import dataclass
from pathlib import Path

import yaml

from components.meaning.lines_to_learn import AREAS, read_lines
from components.what_is_said import TOLD, answers_taught
from evaluation.lines_of_others import AROUND

# These stand inside an area; where one was taught, it is what the line is about.
INSIDE = ("money", "travel", "fun")


@dataclass(frozen=True)
class About:
    """A line, the one label it is measured by, and all that count as right."""

    text: str
    label: str
    right: frozenset[str]


def taught_lines(talk: Path) -> dict[str, str]:
    """Every taught line with its intent, as the listener learns them."""
    lines: dict[str, str] = {}
    for file in sorted((talk / "nlu").glob("*.yml")):
        for entry in yaml.safe_load(file.read_text("utf-8"))["nlu"]:
            for line in entry["examples"].splitlines():
                lines[line.removeprefix("- ").strip()] = entry["intent"]
    for line in answers_taught(talk / "meaning" / "lines"):
        lines.setdefault(line, TOLD)
    return lines


def taught_areas(talk: Path) -> list[About]:
    """Every taught answer that is about a part of life, or beside them all."""
    found = []
    for line in read_lines(talk / "meaning" / "lines"):
        labels = [*INSIDE, *AREAS, "other"]
        label = next((each for each in labels if each in line.labels), None)
        if label:
            found.append(About(line.text, label, right_for(line.labels)))
    return found


def right_for(labels: frozenset[str]) -> frozenset[str]:
    """These labels, and the areas around them."""
    return labels.union(*(AROUND.get(each, ()) for each in labels))
