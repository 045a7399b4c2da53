"""How well it is understood what is meant: life areas, kinds, pieces, and that no "no" is lost.

In: what was learned, our own lines (tests/meaning) and lines that others wrote. Out: figures.
`python -m evaluation.meaning MODEL [OTHERS]` prints them; with `--lines` it reads lines of text and
writes what is meant in each, as JSON.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tarfile import open as open_tar
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import yaml

from components.meaning.understanding import Meaning, Understanding, for_people
from evaluation.figures import calibration_error
from evaluation.lines_of_others import AROUND
from evaluation.noise import NOISES, with_noise

OWN = Path(__file__).parents[2] / "tests/meaning"
Line = Mapping[str, Any]


@contextmanager
def unpacked(model: Path) -> Iterator[Path]:
    """The folder of a trained Rasa model in which WhatIsMeant keeps what it learned."""
    with TemporaryDirectory() as folder, open_tar(model) as packed:
        inside = [each for each in packed.getmembers() if "WhatIsMeant" in each.name]
        packed.extractall(folder, inside)  # noqa: S202 - a model of our own
        yield next(Path(folder).rglob("areas.npz")).parent


def understanding_in(model: Path) -> Understanding:
    """What a trained Rasa model has learned of meanings."""
    with unpacked(model) as folder:
        return Understanding.kept(folder)


def evaluate_meaning(
    understanding: Understanding,
    others: Sequence[Line] = (),
    own: Path = OWN,
) -> dict[str, Any]:
    """All figures, each between 0 and 1 but for times and counts.

    `others`: lines with `text`, `domain` and perhaps `also`; any of them counts as right.
    """
    held_out, refusals = lines_of(own, "held_out"), lines_of(own, "negation")
    figures: dict[str, Any] = {
        "own": _under_noise(understanding, _labelled(held_out)),
        "kind": _kinds(understanding, held_out),
        "kind_of_each_kind": _kinds(understanding, lines_of(own, "kinds")),
        "kind_under_noise": {
            noise: _kinds(understanding, _noisy(held_out, noise)) for noise in NOISES
        },
        "negation": _share(right_about_no(understanding, line) for line in refusals),
        # Nobody spells a "no" better than other words: here it is spoilt too.
        "negation_under_noise": {
            noise: _share(
                not wants_something(understanding, line["text"])
                for line in _noisy([each for each in refusals if _only_refuses(each)], noise, True)
            )
            for noise in NOISES
        },
        "pieces": _share(
            slots_of(understanding, line["text"]) == expected(line)
            for line in lines_of(own, "pieces")
        ),
        "corrections": _share(
            corrected(understanding, line["text"]) == expected(line)
            for line in lines_of(own, "corrections")
        ),
        "milliseconds": _milliseconds(understanding, [line["text"] for line in held_out]),
    }
    if others:
        labelled = [(str(line["text"]), {line["domain"], *line.get("also", ())}) for line in others]
        figures["others"] = _under_noise(understanding, labelled)
    return figures


def _under_noise(
    understanding: Understanding, lines: Sequence[tuple[str, set[str]]]
) -> dict[str, Any]:
    texts, right = [text for text, _ in lines], [each for _, each in lines]
    under = {
        noise: _areas(understanding, list(zip(with_noise(texts, noise), right, strict=True)))["any"]
        for noise in NOISES
    }
    return {**_areas(understanding, lines), "under_noise": under}


def _noisy(lines: Sequence[Line], noise: str, no_too: bool = False) -> list[dict[str, Any]]:
    spoilt = with_noise([str(line["text"]) for line in lines], noise, no_too=no_too)
    return [{**line, "text": text} for line, text in zip(lines, spoilt, strict=True)]


def _only_refuses(line: Line) -> bool:
    return set(line.get("kinds", ["hope"])) <= {"dislike"}


def wants_something(understanding: Understanding, text: str) -> bool:
    """Whether anything in it is taken as wanted or liked."""
    return any(said.name in {"hope", "like"} for said in understanding.understand(text).kinds)


def lines_of(own: Path, name: str) -> list[dict[str, Any]]:
    """One of our own test sets."""
    lines: list[dict[str, Any]] = yaml.safe_load((own / f"{name}.yml").read_text("utf-8"))["lines"]
    return lines


def expected(line: Line) -> dict[str, Any]:
    """What a line of a test set says beside its text."""
    return {name: value for name, value in line.items() if name != "text"}


def slots_of(understanding: Understanding, text: str) -> dict[str, str]:
    """The pieces of a text, by slot."""
    slots: dict[str, str] = for_people(understanding.understand(text))["slots"]
    return slots


def corrected(understanding: Understanding, text: str) -> dict[str, str]:
    """What a correction puts in place of what."""
    return {said.name: text[said.start : said.end] for said in understanding.correction(text)}


def right_about_no(understanding: Understanding, line: Line) -> bool:
    """Whether a line of the negation set is understood, and nothing refused is taken as wanted."""
    text, meant = str(line["text"]), understanding.understand(str(line["text"]))
    kinds = [said.name for said in meant.kinds]
    refused = [text[said.start : said.end] for said in meant.kinds if said.name == "dislike"]
    slots = for_people(meant)["slots"]
    return (
        ("kinds" not in line or kinds == line["kinds"])
        and not set(line.get("never", ())) & set(kinds)
        and all(any(word in piece for piece in refused) for word in line.get("keep", ()))
        and slots.get("activity") == line.get("activity", slots.get("activity"))
        and not _wanted_of_refused(meant)
    )


def _wanted_of_refused(meant: Meaning) -> bool:
    """Whether a piece lies inside what was refused."""
    refused = [said for said in meant.kinds if said.name == "dislike"]
    return any(
        said.start is not None and said.end is not None and said.start <= piece.start < said.end
        for piece in meant.pieces
        for said in refused
    )


def _labelled(lines: Sequence[Line]) -> list[tuple[str, set[str]]]:
    return [(str(line["text"]), set(line["areas"])) for line in lines if line["areas"]]


def _areas(understanding: Understanding, lines: Sequence[tuple[str, set[str]]]) -> dict[str, Any]:
    """`any`: one that is sure is right; `first`: the likeliest is; `said`: how many are sure."""
    sure = [set(for_people(understanding.understand(text))["life_areas"]) for text, _ in lines]
    firsts: list[tuple[float, bool]] = []
    for text, right in lines:
        chances = understanding.chances(text) or {"": 0.0}
        name, chance = max(chances.items(), key=lambda each: each[1])
        fits = right.union(*(AROUND.get(each, set()) for each in right))
        firsts.append((chance, name in fits))
    return {
        "lines": len(lines),
        "any": _share(bool(each & right) for each, (_, right) in zip(sure, lines, strict=True)),
        "first": _share(right for _, right in firsts),
        "asked": _share(not each for each in sure),
        "said": round(float(np.mean([len(each) for each in sure])), 2),
        "calibration_error": round(
            calibration_error([sure for sure, _ in firsts], [right for _, right in firsts]), 3
        ),
        "cost": _cost(sure, lines),
    }


def _cost(sure: Sequence[set[str]], lines: Sequence[tuple[str, set[str]]]) -> float:
    """Questions a message: 1 where it must be asked, 2 where a wrong one was taken."""
    costs = [
        1 if not each else 0 if each & right else 2
        for each, (_, right) in zip(sure, lines, strict=True)
    ]
    return round(float(np.mean(costs)), 3)


def _kinds(understanding: Understanding, lines: Sequence[Line]) -> float:
    firsts = [for_people(understanding.understand(str(line["text"])))["kind"] for line in lines]
    return _share(
        (first or "none") == line["kind"] for first, line in zip(firsts, lines, strict=True)
    )


def _milliseconds(understanding: Understanding, texts: Sequence[str]) -> float:
    times = []
    for text in texts:
        began = time.perf_counter()
        understanding.understand(text)
        times.append(time.perf_counter() - began)
    return round(float(np.median(times)) * 1000, 2)


def _share(right: Iterator[bool]) -> float:
    all_of_them = list(right)
    return round(sum(all_of_them) / len(all_of_them), 3)


def main() -> None:
    """See the top of this file."""
    asked = argparse.ArgumentParser()
    asked.add_argument("model", type=Path)
    asked.add_argument("others", type=Path, nargs="?")
    asked.add_argument("--lines", action="store_true")
    said = asked.parse_args()
    understanding = understanding_in(said.model)
    if said.lines:
        for line in sys.stdin:
            text = json.loads(line)["text"]
            meant = understanding.understand(text)
            told = {
                **for_people(meant),
                "corrected": corrected(understanding, text),
                "right_about_no": right_about_no(understanding, json.loads(line)),
            }
            told["apart"] = {each.name: text[each.start : each.end] for each in meant.areas_apart}
            told["places"] = [
                [piece.start, piece.end, piece.value]
                for piece in meant.pieces
                if piece.slot != "importance"
            ]
            sys.stdout.write(json.dumps(told) + "\n")
        return
    others = (
        [json.loads(line) for line in said.others.read_text("utf-8").splitlines()]
        if said.others
        else []
    )
    sys.stdout.write(json.dumps(evaluate_meaning(understanding, others), indent=2) + "\n")


if __name__ == "__main__":
    main()
