"""The pipelines that are compared: each learns the same lines, and says how sure it is of what.

In: lines and intents. Out: something with `intents` and `chances(texts)`. The names are those of
the table in DECISIONS.md; the last is the one the chat runs on.
"""

import asyncio
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import yaml

from components.quiet_log import keep_words_out_of_the_log
from components.sentence_vectors import sentence_vectors
from components.telling_intents_apart import TellingIntentsApart

CHOSEN = "sentence vectors and pieces"
DIET = "DIET"


class Learner(Protocol):
    """What a pipeline can do."""

    intents: list[str]

    def learn(self, lines: list[str], intents: list[str]) -> None:
        """Learn from lines."""

    def chances(self, texts: list[str]) -> np.ndarray:
        """A row a text, a column an intent."""


# Rasa's own 100 epochs are made for some hundred lines. Beyond these many lines seen in all, DIET
# learns its own lines by heart and no others (DECISIONS.md has the trial); fewer epochs than the
# least would not do it justice.
LINES_SEEN, LEAST_EPOCHS, MOST_EPOCHS = 80_000, 12, 100


class Diet:
    """Rasa's own default: `rasa train nlu` with DIET and what `rasa init` puts before it."""

    def __init__(self, epochs: int | None = None) -> None:
        """`epochs`: as many as the number of lines asks for, unless given."""
        self.intents: list[str] = []
        self._epochs = epochs

    def _config(self, lines: int) -> dict[str, Any]:
        epochs = self._epochs or min(MOST_EPOCHS, max(LEAST_EPOCHS, LINES_SEEN // lines))
        return {
            "recipe": "default.v1",
            "language": "en",
            "pipeline": [
                {"name": "WhitespaceTokenizer"},
                {"name": "RegexFeaturizer"},
                {"name": "LexicalSyntacticFeaturizer"},
                {"name": "CountVectorsFeaturizer"},
                {
                    "name": "CountVectorsFeaturizer",
                    "analyzer": "char_wb",
                    "min_ngram": 1,
                    "max_ngram": 4,
                },
                {
                    "name": "DIETClassifier",
                    "epochs": epochs,
                    "constrain_similarities": True,
                    "random_seed": 42,
                },
            ],
        }

    def learn(self, lines: list[str], intents: list[str]) -> None:
        """In a process of Rasa's own."""
        self.intents = sorted(set(intents))
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            (place / "config.yml").write_text(yaml.safe_dump(self._config(len(lines))), "utf-8")
            examples = {
                "common_examples": [
                    {"text": line, "intent": intent}
                    for line, intent in zip(lines, intents, strict=True)
                ]
            }
            talk = json.dumps({"rasa_nlu_data": {**examples, "regex_features": []}})
            (place / "nlu.json").write_text(talk, "utf-8")
            command = [sys.executable, "-m", "rasa", "train", "nlu", "--config", "config.yml"]
            command += ["--nlu", "nlu.json", "--out", ".", "--fixed-model-name", "diet"]
            subprocess.run(command, cwd=place, check=True, capture_output=True, timeout=7200)  # noqa: S603
            from rasa.core.agent import Agent  # noqa: PLC0415 - heavy, and only here

            # Or it prints every text it parses.
            keep_words_out_of_the_log()

            self._agent = Agent.load(str(place / "diet.tar.gz"))

    def chances(self, texts: list[str]) -> np.ndarray:
        """One parse a text, as Rasa does it."""
        return asyncio.run(self._parse(texts))

    async def _parse(self, texts: list[str]) -> np.ndarray:
        found = np.zeros((len(texts), len(self.intents)))
        for row, text in zip(found, texts, strict=True):
            parsed: dict[str, Any] = await self._agent.parse_message(text)
            for each in parsed["intent_ranking"]:
                if each["name"] in self.intents:
                    row[self.intents.index(each["name"])] = each["confidence"]
        return found


def pipeline(name: str) -> Learner:
    """A pipeline that has learnt nothing yet. Raises KeyError for a name that is none."""
    return {
        DIET: Diet,
        "pieces of words": lambda: TellingIntentsApart(hears_misspelt=False),
        "pieces, misspelt words guessed": TellingIntentsApart,
        CHOSEN: lambda: TellingIntentsApart(vectors=sentence_vectors(threads=2).of),
    }[name]()
