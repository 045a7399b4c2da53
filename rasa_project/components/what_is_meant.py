"""Says what is meant in an answer: life area, kind of thing, and the pieces of a hope.

In: a message after the intent classifier. Out: the same with entities, of which only those stand
there that are sure, and with `meaning`, the same for `./myway understand`. It learns from
data/talk/meaning, not from Rasa's own lines. The words themselves are never altered.
"""

import hashlib
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components import meaning
from components.meaning.lines_to_learn import AREAS
from components.meaning.understanding import Meaning, Said, Understanding, for_people

MEANING = "meaning"
CORRECTS = "correct"
# Beside the areas, not inside one: no action is told.
NO_DETAIL = frozenset({"other"})


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class WhatIsMeant(GraphComponent):
    """Stands last in the pipeline of config.yml."""

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        understanding: Understanding | None = None,
    ) -> None:
        """`understanding` is there once it has learned."""
        self._learns_from = Path(config["learns_from"])
        self._storage, self._resource = storage, resource
        self._understanding = understanding

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`learns_from`: a folder, as seen from where `rasa train` runs."""
        return {"learns_from": "../data/talk/meaning"}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Changes with every file it learns from or is made of; Rasa keeps what did not change."""
        learns_from = Path({**cls.get_default_config(), **config}["learns_from"])
        code = Path(meaning.__file__).parent
        files = sorted([*learns_from.rglob("*.yml"), *code.glob("*.py"), Path(__file__)])
        digest = hashlib.sha256()
        for file in files:
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
        return digest.hexdigest()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> "WhatIsMeant":
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
    ) -> "WhatIsMeant":
        """With what it learned."""
        with model_storage.read_from(resource) as folder:
            understanding = Understanding.kept(folder)
        return cls(config, model_storage, resource, understanding)

    def train(self, training_data: TrainingData) -> Resource:  # noqa: ARG002
        """Learn from its own lines. Raises WordListsWrong or LinesWrong, with the file's name."""
        self._understanding = Understanding.learned(self._learns_from)
        with self._storage.write_to(self._resource) as folder:
            self._understanding.keep(folder, self._learns_from / "words")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Rasa asks this for each message."""
        if self._understanding is None:
            return messages
        for message in messages:
            text = message.get(TEXT)
            if not text:
                continue
            meant = self._understanding.understand(text)
            entities = [*message.get(ENTITIES, []), *entities_of(meant)]
            if (message.get(INTENT) or {}).get("name") == CORRECTS:
                entities += [
                    _entity(said.name, text[said.start : said.end], said)
                    for said in self._understanding.correction(text)
                ]
            message.set(ENTITIES, entities, add_to_output=True)
            message.set(MEANING, for_people(meant), add_to_output=True)
        return messages


def entities_of(meant: Meaning) -> list[dict[str, Any]]:
    """What is sure, as Rasa's entities. Hopes about two life areas: one of each, with its piece."""
    apart = {said.name for said in meant.areas_apart}
    areas = [said for said in meant.labels if said.name in AREAS and said.name not in apart]
    entities = [_entity("life_area", said.name, said) for said in (*meant.areas_apart, *areas)]
    entities += [
        _entity("life_area_detail", said.name, said)
        for said in meant.labels
        if said.name not in AREAS and said.name not in NO_DETAIL
    ]
    entities += [_entity("kind", said.name, said) for said in meant.kinds]
    for piece in meant.pieces:
        said = Said(piece.slot, piece.confidence, piece.start, piece.end)
        entities.append(_entity(piece.slot, piece.value, said))
    return entities


def _entity(entity: str, value: str, said: Said) -> dict[str, Any]:
    found: dict[str, Any] = {
        "entity": entity,
        "value": value,
        "confidence": round(said.confidence, 4),
        "extractor": "WhatIsMeant",
    }
    if said.start is not None and said.end is not None:
        found |= {"start": said.start, "end": said.end}
    return found
