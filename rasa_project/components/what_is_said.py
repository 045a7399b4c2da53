"""Says which intent a message has, how sure that is, and when it is better to ask.

In: a message of Rasa's. Out: the same with `intent` and the three likeliest in `intent_ranking`.
Not sure is a state of its own, `nlu_fallback`: the likeliest still stand in the ranking, so that
the hands can ask "Do you mean …?". It learns from data/talk/nlu, and from the answers that
data/talk/meaning teaches.
"""

import hashlib
from pathlib import Path
from typing import Any

import joblib
import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from threadpoolctl import threadpool_limits

from components import (
    as_heard,
    asking_or_guessing,
    how_far_words_are,
    how_words_sound,
    may_be_answers,
    misspelt_copies,
    misspelt_words,
    nearest_lines,
    pieces_of_words,
    sentence_vectors,
    telling_intents_apart,
)
from components.asking_or_guessing import decide
from components.may_be_answers import MAY_BE_ANSWER, MayBeAnswers
from components.telling_intents_apart import TellingIntentsApart

KEPT = "telling_intents_apart.joblib"
KEPT_BESIDE = "may_be_answers.json"
MADE_OF = (
    *(as_heard, asking_or_guessing, how_far_words_are, how_words_sound, may_be_answers),
    *(misspelt_copies, misspelt_words, nearest_lines, pieces_of_words, sentence_vectors),
    telling_intents_apart,
)
TOLD = "tell"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class WhatIsSaid(GraphComponent):
    """Stands first in the pipeline of config.yml: it needs no tokenizer and no features."""

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        telling: TellingIntentsApart | None = None,
        may_be_answers: MayBeAnswers | None = None,
    ) -> None:
        """`telling` and `may_be_answers` are there once it has learned."""
        self._config, self._storage, self._resource = config, storage, resource
        self._telling, self._may_be_answers = telling, may_be_answers

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`unsure_below`: DECISIONS.md says why. The others: as seen from where Rasa runs."""
        return {
            "unsure_below": asking_or_guessing.UNSURE_BELOW,
            "also_told": "../data/talk/meaning/lines",
            "may_be_answers": "../data/talk/may_be_answers.yml",
        }

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Changes with all it is made of: Rasa keeps what did not change."""
        places = {**cls.get_default_config(), **config}
        told, either = Path(places["also_told"]), Path(places["may_be_answers"])
        code = [Path(str(module.__file__)) for module in MADE_OF]
        digest = hashlib.sha256()
        for file in sorted([*told.glob("*.yml"), either, *code, Path(__file__)]):
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
        return digest.hexdigest()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> "WhatIsSaid":
        """Before it has learned."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
        **_: Any,
    ) -> "WhatIsSaid":
        """With what it learned."""
        # One message is little work: a second thread would mostly turn round waiting for the next,
        # which cost twice the time of the work itself.
        threadpool_limits(limits=1)
        with model_storage.read_from(resource) as folder:
            telling: TellingIntentsApart = joblib.load(folder / KEPT)
            either = MayBeAnswers.kept(folder / KEPT_BESIDE)
        telling.vectors = sentence_vectors.sentence_vectors().of
        # Read now, and not by the first person who writes.
        telling.chances(["hello"])
        return cls(config, model_storage, resource, telling, either)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the talk."""
        lines = {each.get(TEXT): each.get(INTENT) for each in training_data.intent_examples}
        for line in answers_taught(Path(self._config["also_told"])):
            lines.setdefault(line, TOLD)
        telling = TellingIntentsApart(vectors=sentence_vectors.sentence_vectors(threads=2).of)
        telling.learn(list(lines), list(lines.values()))
        # The network is in its own package, and how sure it was of held-out lines was for now.
        telling.vectors, telling.held_out = None, {}
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(telling, folder / KEPT, compress=1)
            MayBeAnswers.read(Path(self._config["may_be_answers"])).keep(folder / KEPT_BESIDE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Rasa asks this for each message."""
        if self._telling is None:
            return messages
        for message in messages:
            intent, ranking = decide(
                self._telling, message.get(TEXT) or "", self._config["unsure_below"]
            )
            message.set(INTENT, intent, add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
            either = self._may_be_answers is not None and self._may_be_answers.has(
                message.get(TEXT) or "", self._telling.put_right
            )
            message.set(MAY_BE_ANSWER, either, add_to_output=True)
        return messages


def answers_taught(folder: Path) -> list[str]:
    """The lines that teach what an answer means: each of them is something told."""
    taught: list[str] = []
    for file in sorted(folder.glob("*.yml")):
        for topic in yaml.safe_load(file.read_text("utf-8"))["topics"]:
            if topic["kind"] != "none":
                taught += [line.strip() for line in topic["lines"].splitlines() if line.strip()]
    return taught
