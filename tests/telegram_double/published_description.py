"""Telegram's published Bot API as data: what every method takes and every object holds.

In: the description file and a value (a parameter or a result). Out: the value in its proper
type, or the one sentence that says what is wrong with it.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PLAIN_TYPES: dict[str, type | tuple[type, ...]] = {
    "Integer": int,
    "Float": (int, float),
    "String": str,
    "Boolean": bool,
}
ARRAY = "Array of "
ALWAYS = re.compile(r'(?:always|must be) "?(?!one\b)([a-z_]+)"?')


@dataclass(frozen=True)
class Upload:
    """A file that came as a part of a multipart body."""

    filename: str
    content: bytes


class WrongShape(Exception):
    """The value is not what the description asks for; the message says where and why."""


def description_file() -> Path:
    """Where the published description is kept: beside the project, or where MYWAY_SHARED says."""
    if shared := os.environ.get("MYWAY_SHARED"):
        return Path(shared) / "telegram" / "bot_api.min.json"
    for folder in Path(__file__).resolve().parents:
        if (folder / "pyproject.toml").exists():
            return folder.parent / "shared" / "telegram" / "bot_api.min.json"
    raise FileNotFoundError("no pyproject.toml above the Telegram double")


class Description:
    """Answers questions about the published description."""

    def __init__(self, raw: dict[str, Any]) -> None:
        self.version: str = raw["version"]
        self.methods: dict[str, dict[str, Any]] = raw["methods"]
        self.types: dict[str, dict[str, Any]] = raw["types"]
        self._method_names = {name.lower(): name for name in self.methods}

    @classmethod
    def read(cls, path: Path | None = None) -> Description:
        return cls(json.loads((path or description_file()).read_text(encoding="utf-8")))

    def method_named(self, name: str) -> str | None:
        """Telegram does not mind how a method's name is capitalised."""
        return self._method_names.get(name.lower())

    def fields_of(self, type_name: str) -> list[dict[str, Any]]:
        fields: list[dict[str, Any]] = self.types[type_name].get("fields", [])
        return fields

    def parameters(self, method: str, given: dict[str, Any]) -> dict[str, Any]:
        """The parameters in their proper types. A form sends them all as strings.

        :raises WrongShape: unknown, missing, or of the wrong type.
        """
        known = {field["name"]: field for field in self.methods[method].get("fields", [])}
        if unknown := sorted(set(given) - set(known)):
            raise WrongShape(f"{method} has no parameter {', '.join(unknown)}")
        understood = {}
        for name, field in known.items():
            if name in given:
                understood[name] = self._understood(given[name], field["types"], name)
            elif field["required"]:
                raise WrongShape(f'parameter "{name}" is required')
        return understood

    def check_result(self, method: str, result: Any) -> None:
        """:raises WrongShape: the result is not what the method is published to return."""
        self.check(result, self.methods[method]["returns"], method)

    def check(self, value: Any, types: list[str], where: str) -> None:
        """:raises WrongShape: the value is of none of the types."""
        problems = []
        for type_name in types:
            try:
                self._check_one(value, type_name, where)
            except WrongShape as problem:
                problems.append(str(problem))
            else:
                return
        raise WrongShape(" / ".join(problems))

    def constant_of(self, field: dict[str, Any]) -> str | None:
        """The one value a discriminating field may have ("always "user""), if it is one."""
        if field["name"] not in {"type", "source", "status"}:
            return None
        found = ALWAYS.search(field["description"])
        return found.group(1) if found else None

    def _understood(self, value: Any, types: list[str], name: str) -> Any:
        if isinstance(value, str):
            value = _from_form(value, types, name)
        self.check(value, types, name)
        return value

    def _check_one(self, value: Any, type_name: str, where: str) -> None:
        if type_name.startswith(ARRAY):
            if not isinstance(value, list):
                raise WrongShape(f"{where} must be a list, not {type(value).__name__}")
            for position, item in enumerate(value):
                self._check_one(item, type_name.removeprefix(ARRAY), f"{where}[{position}]")
        elif type_name in PLAIN_TYPES:
            is_truth = isinstance(value, bool)
            if not isinstance(value, PLAIN_TYPES[type_name]) or is_truth != (
                type_name == "Boolean"
            ):
                raise WrongShape(f"{where} must be {type_name}, not {type(value).__name__}")
        elif type_name == "InputFile":
            if not isinstance(value, Upload):
                raise WrongShape(f"{where} must be an uploaded file")
        elif subtypes := self.types[type_name].get("subtypes"):
            self.check(value, subtypes, where)
        else:
            self._check_object(value, type_name, where)

    def _check_object(self, value: Any, type_name: str, where: str) -> None:
        if not isinstance(value, dict):
            raise WrongShape(f"{where} must be a {type_name}, not {type(value).__name__}")
        known = {field["name"]: field for field in self.fields_of(type_name)}
        if unknown := sorted(set(value) - set(known)):
            raise WrongShape(f"{where}: {type_name} has no field {', '.join(unknown)}")
        for name, field in known.items():
            if name not in value:
                if field["required"]:
                    raise WrongShape(f"{where}: {type_name} needs the field {name}")
                continue
            self.check(value[name], field["types"], f"{where}.{name}")
            constant = self.constant_of(field)
            if constant is not None and value[name] != constant:
                raise WrongShape(f'{where}.{name} must be "{constant}" in a {type_name}')


def _from_form(value: str, types: list[str], name: str) -> Any:
    if "Integer" in types and re.fullmatch(r"-?\d+", value):
        return int(value)
    if "String" in types:
        return value
    if types == ["InputFile"]:
        raise WrongShape(f"{name} must be an uploaded file")
    try:
        return json.loads(value)
    except ValueError as problem:
        raise WrongShape(f"can't parse {name} as JSON: {problem}") from None
