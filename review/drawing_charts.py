"""Charts as pictures (SVG), for people who would rather look. The same numbers stand in a table.

Comes in: numbers, and the words for them. Goes out: a picture on white, told apart by pattern as
well as by colour.
"""

import io
from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

# Dark enough on white for lines (WCAG 1.4.11), and each with a pattern of its own.
COLOURS = ("#005eb8", "#7c2855", "#00703c")
PATTERNS = ("", "///", "xx")
WIDTH, HEIGHT = 8, 4


def bars(names: Sequence[str], series: Sequence[tuple[str, Sequence[int]]], along: str) -> bytes:
    """Bars side by side: for each name one of each series. `along`: what is counted."""
    figure = Figure(figsize=(WIDTH, HEIGHT), layout="constrained")
    axes = figure.subplots()
    thick = 0.8 / len(series)
    for number, (label, values) in enumerate(series):
        places = [at + (number - (len(series) - 1) / 2) * thick for at in range(len(names))]
        drawn = axes.bar(
            places,
            values,
            thick,
            label=label,
            color=COLOURS[number],
            hatch=PATTERNS[number],
            edgecolor="white",
        )
        axes.bar_label(drawn, labels=[str(value) if value else "" for value in values])
    axes.set_xticks(range(len(names)), names, rotation=30 if len(names) > len(COLOURS) * 2 else 0)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylabel(along)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    kept = io.BytesIO()
    figure.savefig(kept, format="svg", metadata={"Date": None})
    return kept.getvalue()
