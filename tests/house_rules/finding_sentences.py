"""Finds sentences that a person could meet: in Python, in the chat page's script and templates.

Comes in: a file. Goes out: the line and the sentence. What only an operator or a maker reads is
let through by its kind: docstrings, log lines, errors, settings' and commands' own help, prints.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

Found = tuple[int, str]

WORD = re.compile(r"[^\W\d_]{1,}")
ENDS_A_SENTENCE = re.compile(r"[^\W_]['”’)]?[.!?…](\s|$)")
LOG_METHODS = {"debug", "info", "warning", "error", "exception", "critical", "log"}
FOR_OPERATORS = {
    *("print", "ArgumentParser", "add_argument", "add_parser", "Field", "basicConfig"),
    # A line for whoever edits a file of data.
    "mistake",
}
FEW, MANY = 2, 4


def is_a_sentence(text: str) -> bool:
    """Two words and a full stop, or four words that begin with a capital or end with a stop."""
    words = [word for word in text.split() if WORD.search(word)]
    stops = bool(ENDS_A_SENTENCE.search(text))
    begins = bool(re.match(r"\s*[A-Z][a-z’']* [a-z]", text))
    return (len(words) >= FEW and stops) or (len(words) >= MANY and begins)


def in_python(source: str) -> Iterator[Found]:
    """Sentences in string literals that are not of a kind only operators or makers read."""
    yield from _Looking().look(ast.parse(source))


class _Looking(ast.NodeVisitor):
    """Walks past what is let through; what is left and reads like a sentence is found."""

    def __init__(self) -> None:
        self._found: list[Found] = []

    def look(self, tree: ast.AST) -> list[Found]:
        self.visit(tree)
        return self._found

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str) and is_a_sentence(node.value):
            self._found.append((node.lineno, node.value))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        # The gaps stand for words: a sentence cut in pieces is still one.
        parts = [
            each.value
            if isinstance(each, ast.Constant) and isinstance(each.value, str)
            else "something"
            for each in node.values
        ]
        if is_a_sentence("".join(parts)):
            self._found.append((node.lineno, "".join(parts)))

    def visit_Call(self, node: ast.Call) -> None:
        if not _is_for_operators(node.func):
            self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        """An error's text is for a log or an operator."""

    def visit_Assert(self, node: ast.Assert) -> None:
        self.visit(node.test)

    def visit_Expr(self, node: ast.Expr) -> None:
        # A string on its own is a docstring or nothing.
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)


def _is_for_operators(called: ast.expr) -> bool:
    if isinstance(called, ast.Name):
        return called.id in FOR_OPERATORS
    if not isinstance(called, ast.Attribute):
        return False
    by_log = isinstance(called.value, ast.Name) and called.value.id in {"log", "logging", "logger"}
    return called.attr in FOR_OPERATORS or (by_log and called.attr in LOG_METHODS)


def in_script(source: str) -> Iterator[Found]:
    """Sentences in the strings of a page's script."""
    bare = re.sub(
        r"/\*.*?\*/|^\s*//.*?$|(?<=[;,{}\s])//[^\"'`\n]*$",
        "",
        source,
        flags=re.DOTALL | re.MULTILINE,
    )
    for found in re.finditer(r"\"([^\"\n]*)\"|'([^'\n]*)'|`([^`]*)`", bare):
        text = next(group for group in found.groups() if group is not None)
        if is_a_sentence(text):
            yield source.count("\n", 0, source.find(text)) + 1, text


def in_template(source: str) -> Iterator[Found]:
    """Any word at all in a template of the chat: its words stand in data/words."""
    bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->", "", source, flags=re.DOTALL)
    spoken = re.findall(
        r"\b(?:alt|title|placeholder|aria-label|aria-description)=\"([^\"]*)\"", bare
    )
    for text in [*re.split(r"<[^>]*>", bare), *spoken]:
        if WORD.search(text):
            yield source.count("\n", 0, source.find(text.strip())) + 1, text.strip()


def sentences(file: Path) -> list[Found]:
    """The sentences of one file, by what kind of file it is."""
    source = file.read_text(encoding="utf-8")
    look = {".py": in_python, ".js": in_script, ".html": in_template}[file.suffix]
    return list(look(source))
