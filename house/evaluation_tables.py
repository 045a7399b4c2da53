"""The figures of `./myway evaluate` as tables that people read.

Comes in: the figures, and a console. Goes out: one table of pipelines, what is meant in answers,
the curve of costs the threshold is read from, and the first look for danger with its false alarms.
"""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

Figures = dict[str, Any]
SHARE, COUNT = "{:.3f}", "{:.0f}"


def at(found: Any, path: str) -> Any:
    """What stands at a path like "own/accuracy"; nothing where it was not measured."""
    for step in path.split("/"):
        found = found.get(step) if isinstance(found, dict) else None
    return found


def rows(found: Sequence[Figures]) -> list[tuple[str, list[str]]]:
    """The rows of the table of pipelines: what is measured, then one cell a pipeline."""

    def row(what: str, path: str, shape: str = SHARE) -> tuple[str, list[str]]:
        values = [at(each, path) for each in found]
        return what, ["" if value is None else shape.format(value) for value in values]

    noises = next((list(each["others"]["noise"]) for each in found if "others" in each), [])
    return [
        row("intents, own held out: accuracy", "own/accuracy"),
        row("intents, own held out: macro F1", "own/macro_f1"),
        row("intents, own held out: calibration error", "own/calibration_error"),
        row("intents, lines of others: accuracy", "others/accuracy"),
        row("intents, lines of others: macro F1", "others/macro_f1"),
        row("intents, lines of others: calibration error", "others/calibration_error"),
        row("out of scope: recall", "others/out_of_scope_recall"),
        row("out of scope: precision", "others/out_of_scope_precision"),
        row("in scope: recall", "others/in_scope_recall"),
        *(row(f"accuracy, {noise}", f"others/noise/{noise}/accuracy") for noise in noises),
        row("life areas, own held out: accuracy", "areas/own/accuracy"),
        row("life areas, own held out: macro F1", "areas/own/macro_f1"),
        row("life areas, own held out: calibration error", "areas/own/calibration_error"),
        row("life areas, lines of others: accuracy", "areas/others/accuracy"),
        row("life areas, lines of others: macro F1", "areas/others/macro_f1"),
        row("life areas, lines of others: calibration error", "areas/others/calibration_error"),
        row("a parse, median, ms of the processor", "parse_milliseconds/median", "{:.1f}"),
        row("a parse, 95 in 100 under, ms", "parse_milliseconds/p95", "{:.1f}"),
        row("a parse, median, ms by the clock", "parse_milliseconds/median_by_the_clock", "{:.1f}"),
        row("training, s of the processor", "training_seconds", COUNT),
        row("memory, MB", "memory_megabytes", COUNT),
    ]


def rows_of_meaning(meaning: Figures) -> list[tuple[str, str, str]]:
    """What the chat takes from an answer: what it is, on our own lines, on lines of others."""

    def row(what: str, own: str, others: str = "") -> tuple[str, str, str]:
        values = [at(meaning, path) if path else None for path in (own, others)]
        cells = ["" if value is None else f"{value:.3f}" for value in values]
        return what, cells[0], cells[1]

    noises = at(meaning, "own/under_noise") or {}
    return [
        row("life area right (any that is said)", "own/any", "others/any"),
        row("life area asked, since not sure", "own/asked", "others/asked"),
        row("life areas said a message", "own/said", "others/said"),
        row("calibration error", "own/calibration_error", "others/calibration_error"),
        *(
            row(f"life area right, {each}", f"own/under_noise/{each}", f"others/under_noise/{each}")
            for each in noises
        ),
        row("kind right", "kind"),
        row("kind right, as many lines of each kind", "kind_of_each_kind"),
        row("pieces right", "pieces"),
        row("corrections right", "corrections"),
        row("negation kept", "negation"),
        *(row(f"no refusal is a wish, {each}", f"negation_under_noise/{each}") for each in noises),
        row("milliseconds", "milliseconds"),
    ]


def print_report(found: Figures, console: Console) -> None:
    """All of it, in order."""
    pipelines = found["pipelines"]
    table = Table("", *(each["pipeline"] for each in pipelines), title="What is said")
    for what, cells in rows(pipelines):
        if any(cells):
            table.add_row(what, *cells)
    console.print(table)
    chosen = pipelines[-1]
    if "meaning" in chosen:
        table = Table("", "own lines", "lines of others", title="What is meant in an answer")
        for each in rows_of_meaning(chosen["meaning"]):
            if any(each[1:]):
                table.add_row(*each)
        console.print(table)
    curve = at(chosen, "others/cost_curve") or at(chosen, "own/cost_curve") or []
    table = Table("asked below", "questions a message", title="What not being sure costs")
    for threshold, cost in curve:
        table.add_row(f"{threshold:.2f}", f"{cost:.3f}")
    console.print(table)
    if "safety" in found:
        _print_safety(found["safety"], console)
    for each in found["absent"]:
        console.print(f"Not measured: {each}.")


def _print_safety(safety: Figures, console: Console) -> None:
    table = Table("", "", title="The first look for danger, lines of others")
    table.add_row("danger noticed", f"{safety['recall']:.3f} of {safety['lines_of_danger']} lines")
    for how in ("style", "tier"):
        for name, share in safety["recall_by"][how].items():
            table.add_row(f"noticed, {name}", str(share))
    table.add_row("precision", f"{safety['precision']:.3f}")
    alarms = f"{safety['alarms_in_100']} in 100 of {safety['ordinary_lines']} ordinary lines"
    table.add_row("false alarms", alarms)
    console.print(table)
    for what, each in (("Missed", "missed"), ("False alarm", "false_alarms")):
        for line in safety[each]:
            kind = line.get("alert") or line["kind"]
            console.print(f"{what} ({kind}): {escape(str(line['text']))}")
