"""The numbers as a table for people, or as JSON for programs; the goals are marked."""

from typing import Any

from rich.console import Console
from rich.table import Table

LEAST_TIMES_AS_FAST, PEOPLE_OF_THE_GOAL = 3.0, "50"
MOST_GROWTH = 1.3


def goals(numbers: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Each goal that was measured: the number, the goal, and whether it is reached."""
    ours, stock = numbers["ours"], numbers.get("stock")
    found: dict[str, dict[str, Any]] = {}
    if stock is not None:
        many = PEOPLE_OF_THE_GOAL
        times = _times(ours["messages_a_second"].get(many), stock["messages_a_second"].get(many))
        if times is not None:
            found["times_as_fast_at_50_people"] = {
                "measured": times,
                "at_least": LEAST_TIMES_AS_FAST,
                "reached": times >= LEAST_TIMES_AS_FAST,
            }
    growth = ours["late_to_early"]
    if growth is not None:
        found["late_to_early"] = {
            "measured": growth,
            "at_most": MOST_GROWTH,
            "reached": growth <= MOST_GROWTH,
        }
    return found


def show(numbers: dict[str, Any], console: Console) -> None:
    """Print the table."""
    stacks = [name for name in ("ours", "stock") if name in numbers]
    table = Table("", *stacks, *(["ours to stock"] if len(stacks) == 2 else []))
    for column in table.columns[1:]:
        column.justify = "right"
    for label, path, unit in _rows(numbers["ours"]):
        values = [_at(numbers[name], path) for name in stacks]
        cells = [f"{value:.4g}{unit}" if value is not None else "·" for value in values]
        if len(stacks) == 2:
            times = _times(*values)
            cells.append(f"{times:.2f} ×" if times is not None else "·")
        table.add_row(label, *cells)
    console.print(table)
    for name in stacks:
        for error, times in numbers[name]["errors"].items():
            console.print(f"{name}: {times} × {error}", markup=False)
    for name, goal in numbers["goals"].items():
        bound = (
            f"at least {goal['at_least']}" if "at_least" in goal else f"at most {goal['at_most']}"
        )
        mark = "reached" if goal["reached"] else "NOT REACHED"
        console.print(f"{name.replace('_', ' ')}: {goal['measured']} ({bound}): {mark}")


def _rows(ours: dict[str, Any]) -> list[tuple[str, tuple[Any, ...], str]]:
    early, late = ours["milliseconds_at"]
    rows: list[tuple[str, tuple[Any, ...], str]] = [
        (f"messages a second, {people} at once", ("messages_a_second", people), "")
        for people in ours["messages_a_second"]
    ]
    rows += [
        (f"message {number}, {kind}", ("milliseconds_at", number, kind), " ms")
        for number in (early, late)
        for kind in ("median", "p95")
    ]
    rows.append((f"message {late} to message {early}", ("late_to_early",), ""))
    rows += [
        (f"processor time a message, {part}", ("work_milliseconds_a_message", part), " ms")
        for part in ours["work_milliseconds_a_message"]
    ]
    rows += [(f"memory, {part}", ("memory_mb", part), " MB") for part in ours["memory_mb"]]
    rows.append(("first reply after a cold start", ("first_reply_seconds",), " s"))
    return rows


def _at(numbers: dict[str, Any], path: tuple[Any, ...]) -> float | None:
    value: Any = numbers
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return float(value) if value is not None else None


def _times(ours: float | None, stock: float | None) -> float | None:
    return round(ours / stock, 2) if ours is not None and stock else None
