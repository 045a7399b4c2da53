"""Rasa's rule policy, in which the rules in data/rules have the last word.

In: a tracker. Out: the one action that hears the message.
Rasa keeps the intents `back`, `restart` and `session_start` for itself and lets no rule speak for
them: `back` takes the last message out of the tracker and answers nobody. Here, "back" is something
a young person says, and it has a rule like everything else.
"""

from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.trackers import DialogueStateTracker


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class PlainRulePolicy(RulePolicy):
    """Rules only: no intent has an action that no rule gave it."""

    @staticmethod
    def _find_action_from_default_actions(
        tracker: DialogueStateTracker,  # noqa: ARG004
    ) -> tuple[str | None, str | None]:
        return None, None
