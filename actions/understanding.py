"""What the listener understood in one message, as the hands use it.

Comes in: Rasa's latest message. Goes out: the intent, what else it might have been, and the pieces
of meaning that the listener is sure of.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Piece:
    """One meaning in the words; `start` and `end` name the piece of them, where there is one."""

    entity: str
    value: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """One message. `might_be`: the likeliest intents, the first one first."""

    intent: str = ""
    might_be: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()

    def first(self, entity: str) -> str | None:
        """The first value of this entity."""
        return next((piece.value for piece in self.pieces if piece.entity == entity), None)

    def all(self, entity: str) -> list[str]:
        """Every value of this entity, each once, in order."""
        return list(dict.fromkeys(p.value for p in self.pieces if p.entity == entity))


def read_understood(latest: dict[str, Any]) -> Understood:
    """Rasa's latest message, read."""
    ranking = latest.get("intent_ranking") or []
    return Understood(
        (latest.get("intent") or {}).get("name") or "",
        tuple(ranked["name"] for ranked in ranking if ranked.get("name")),
        tuple(
            Piece(
                str(entity["entity"]), str(entity["value"]), entity.get("start"), entity.get("end")
            )
            for entity in latest.get("entities") or []
            if "entity" in entity and "value" in entity
        ),
    )
