"""The model the chat runs on, on lines other people wrote: `MODEL FOLDER [MISSPELLINGS]`.

In: a trained Rasa model, the folder of the lines, and codespell's list. Out: one JSON object, with
figures as ./myway evaluate has them.
"""

import json
import sys
from pathlib import Path
from tarfile import open as open_tar
from tempfile import TemporaryDirectory

import joblib

from components.sentence_vectors import sentence_vectors
from components.telling_intents_apart import TellingIntentsApart
from components.what_is_said import KEPT
from evaluation.lines_of_others import read_lines_of_others
from evaluation.measuring_intents import Measured, measure_on_lines_of_others
from evaluation.misspelt_by_people import read_misspellings


def telling_in(model: Path) -> TellingIntentsApart:
    """What a trained Rasa model has learned of intents."""
    with TemporaryDirectory() as folder, open_tar(model) as packed:
        inside = [each for each in packed.getmembers() if each.name.endswith(KEPT)]
        packed.extractall(folder, inside)  # noqa: S202 - a model of our own
        telling: TellingIntentsApart = joblib.load(next(Path(folder).rglob(KEPT)))
    telling.vectors = sentence_vectors(threads=2).of
    return telling


if __name__ == "__main__":
    model, others, *lists = map(Path, sys.argv[1:])
    found = measure_on_lines_of_others(
        Measured(telling_in(model)),
        read_lines_of_others(others),
        read_misspellings(lists[0]) if lists else None,
    )
    sys.stdout.write(json.dumps(found) + "\n")
