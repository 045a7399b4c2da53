"""From an HTTP request to a method's parameters: query, JSON, form or multipart, as bots send.

In: the query string, the content type and the body. Out: names and values; files as `Upload`.
"""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl

from multipart import (  # type: ignore[import-untyped]
    MultipartError,
    MultipartParser,
    parse_options_header,
)

from .published_description import Upload, WrongShape

BIGGEST_BODY = 64 * 1024 * 1024
ATTACHED = "attach://"


def read_parameters(query: bytes, content_type: str, body: bytes) -> dict[str, Any]:
    """:raises WrongShape: the body is not what its content type says."""
    given: dict[str, Any] = dict(parse_qsl(query.decode(), keep_blank_values=True))
    kind, options = parse_options_header(content_type)
    if kind == "application/json":
        given |= _read_json(body)
    elif kind == "multipart/form-data":
        given |= _read_multipart(body, options.get("boundary", ""))
    elif body:
        given |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    return given


def _read_json(body: bytes) -> dict[str, Any]:
    try:
        given = json.loads(body or b"{}")
    except ValueError:
        raise WrongShape("can't parse the body as JSON") from None
    if not isinstance(given, dict):
        raise WrongShape("the body must be a JSON object")
    return given


def _read_multipart(body: bytes, boundary: str) -> dict[str, Any]:
    words: dict[str, Any] = {}
    uploads: dict[str, Upload] = {}
    parser = MultipartParser(
        BytesIO(body), boundary, content_length=len(body), memory_limit=BIGGEST_BODY
    )
    try:
        for part in parser:
            if part.filename:
                uploads[part.name] = Upload(part.filename, part.raw)
            else:
                words[part.name] = part.value
            part.close()
    except MultipartError as problem:
        raise WrongShape(f"can't parse the body as multipart: {problem}") from None
    for name, value in words.items():
        if value.startswith(ATTACHED):
            attached = value.removeprefix(ATTACHED)
            if attached not in uploads:
                raise WrongShape(f"{name} points to {attached}, which is not in the body")
            words[name] = uploads.pop(attached)
    return words | uploads
