"""Reading a file of `data`: YAML that anybody may edit, checked as a whole.

Comes in: a file and the shape it must have. Goes out: the checked content, or every mistake at
once, each with its file and line.
"""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

Step = str | int
# libyaml's own loader is ten times faster; where it was not built in, the other reads the same.
LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class DataWrong(Exception):
    """A file of `data` cannot be used. One line for each mistake: FILE:LINE: what is wrong."""


class Shape(BaseModel):
    """What a file, or a part of it, must look like. A field nobody knows is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def mistake(where: str, what: str) -> str:
    """One line of `DataWrong`, for whoever edits the file."""
    return f"{where}: {what}"


Shaped = TypeVar("Shaped", bound=Shape)


class Lines:
    """Where each part of a YAML file stands, and which keys stand in it twice."""

    def __init__(self, file: Path, text: str) -> None:
        self.file = file
        self._lines: dict[tuple[Step, ...], int] = {}
        self.doubles: list[tuple[Step, ...]] = []
        node = yaml.compose(text, Loader=LOADER)
        if node is not None:
            self._walk(node, ())

    def at(self, *path: Step) -> str:
        """FILE:LINE of this part; of what it stands in, where the part itself is missing."""
        while path and path not in self._lines:
            path = path[:-1]
        return f"{self.file}:{self._lines.get(path, 1)}"

    def number(self, *path: Step) -> int:
        """The line of this part, from 1."""
        return int(self.at(*path).rsplit(":", 1)[1])

    def _walk(self, node: yaml.Node, path: tuple[Step, ...]) -> None:
        self._lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                here = (*path, key.value)
                if here in self._lines:
                    self.doubles.append(here)
                self._lines[here] = key.start_mark.line + 1
                self._walk(value, here)
        elif isinstance(node, yaml.SequenceNode):
            for number, value in enumerate(node.value):
                self._walk(value, (*path, number))


def read_data(file: Path, shape: type[Shaped]) -> Shaped:
    """Read and check one file. Raises `DataWrong` with every mistake in it."""
    return read_data_with_lines(file, shape)[0]


def read_data_with_lines(file: Path, shape: type[Shaped]) -> tuple[Shaped, Lines]:
    """The same, with where each part stands, for checks of what it says."""
    content, lines = read_yaml(file)
    try:
        return shape.model_validate(content), lines
    except ValidationError as wrong:
        raise DataWrong(
            "\n".join(f"{lines.at(*error['loc'])}: {_said(error)}" for error in wrong.errors())
        ) from None


def read_yaml(file: Path) -> tuple[Any, Lines]:
    """The content as YAML gives it, and where each part stands; a key written twice is refused."""
    text = file.read_text(encoding="utf-8")
    try:
        lines = Lines(file, text)
        content = yaml.load(text, Loader=LOADER)  # noqa: S506  (a safe loader, both)
    except yaml.MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 1
        raise DataWrong(f"{file}:{line}: this is not YAML: {wrong.problem}") from None
    if lines.doubles:
        raise DataWrong(
            "\n".join(
                f"{lines.at(*path)}: {path[-1]!r} stands here twice." for path in lines.doubles
            )
        )
    return content, lines


def _said(error: Any) -> str:
    where = ".".join(str(step) for step in error["loc"])
    match error["type"]:
        case "missing":
            return f"{where} is missing."
        case "extra_forbidden":
            return f"{where} is not known here. Is it spelt right?"
    said = str(error["msg"]).removeprefix("Value error, ")
    return f"{where}: {said}" if where else said
