"""The bare line to the double, without a bot library: for its own tests.

In: a method and its parameters. Out: Telegram's whole answer. Every good result is checked
against the published description on its way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

    from .double import TelegramDouble


@dataclass
class Line:
    """Calls methods as JSON."""

    double: TelegramDouble
    client: httpx.Client

    def asks(self, method: str, **params: Any) -> dict[str, Any]:
        response = self.client.post(
            self.double.base_url + f"{self.double.token}/{method}", json=params
        )
        answer: dict[str, Any] = response.json()
        assert response.status_code == answer.get("error_code", 200)
        if answer["ok"]:
            self.double.exchange.description.check_result(method, answer["result"])
        return answer

    def gets(self, method: str, **params: Any) -> Any:
        """The result; it must be a good one."""
        answer = self.asks(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    def is_refused(self, method: str, **params: Any) -> str:
        """The description of the error; it must be one."""
        answer = self.asks(method, **params)
        assert not answer["ok"], answer
        return f"{answer['error_code']} {answer['description']}"
