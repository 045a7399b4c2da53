"""How Telegram says no: one function for each refusal, in Telegram's own words.

In: what went wrong. Out: a `Refused`, which becomes {"ok": false, "error_code", "description"}.
"""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """A request that Telegram answers with an error."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def as_json(self) -> dict[str, Any]:
        answer: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.retry_after is not None:
            answer["parameters"] = {"retry_after": self.retry_after}
        return answer


def bad_request(why: str) -> Refused:
    return Refused(400, f"Bad Request: {why}")


def forbidden(why: str) -> Refused:
    return Refused(403, f"Forbidden: {why}")


def conflict(why: str) -> Refused:
    return Refused(409, f"Conflict: {why}")


def too_many_requests(retry_after: int) -> Refused:
    return Refused(429, f"Too Many Requests: retry after {retry_after}", retry_after)


def unauthorized() -> Refused:
    return Refused(401, "Unauthorized")


def not_found() -> Refused:
    return Refused(404, "Not Found")


def query_too_old() -> Refused:
    return bad_request(
        "query is too old and response timeout expired or query ID is invalid",
    )


def not_modified() -> Refused:
    return bad_request(
        "message is not modified: specified new message content and reply markup are exactly "
        "the same as a current content and reply markup of the message"
    )


POLLED_ELSEWHERE = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_TOOK_OVER = "terminated by setWebhook request"
WEBHOOK_IS_SET = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
