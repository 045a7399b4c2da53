"""Says "I did not catch that" when not one piece of a message is known to the model.

In: a message after the intent classifier. Out: the same, or heard as `nlu_fallback`.
With nothing to go by, the classifier still names the intent it leans to ("yes", at 0.35): a full
stop, or a sentence in a script it never saw, would have agreed to what was read back.
"""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class NothingKnown(GraphComponent):
    """Stands after the classifier in config.yml."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],  # noqa: ARG003
        model_storage: ModelStorage,  # noqa: ARG003
        resource: Resource,  # noqa: ARG003
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> "NothingKnown":
        """It has nothing to learn."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Rasa asks this for each message."""
        for message in messages:
            _, features = message.get_sparse_features(TEXT)
            if features is None or features.features.nnz == 0:
                heard = {"name": "nlu_fallback", "confidence": 1.0}
                message.set(INTENT, heard, add_to_output=True)
                message.set(INTENT_RANKING_KEY, [heard], add_to_output=True)
        return messages
