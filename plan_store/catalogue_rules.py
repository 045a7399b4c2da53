"""What an option may be: kinds, units and what is said of a wrong row, from data/options.

Comes in: `data/options/catalogue.yml`. Goes out: checked rules, or every mistake with its line.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from plan_store.counting_money import Unit
from plan_store.reading_data import Shape, read_data

DATA = Path(__file__).parent.parent / "data"
FILE = Path("options") / "catalogue.yml"
FREE = "free"


class KindRead(Shape):
    """A kind of option. `community`: nobody is paid for it."""

    label: str
    symbol: str
    community: bool = False


class UnitRead(Shape):
    """What a cost is for."""

    label: str
    a_year: int = Field(default=0, ge=0, le=366)
    once: bool = False
    times: str = ""


class RulesRead(Shape):
    """The whole file."""

    kinds: dict[str, KindRead]
    units: dict[str, UnitRead]
    old_after_months: int = Field(gt=0)
    wrong: dict[str, str]
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class CatalogueRules:
    """The rules of the catalogue."""

    kinds: Mapping[str, KindRead]
    units: Mapping[str, Unit]
    old_after_months: int
    wrong: Mapping[str, str]
    fields: Mapping[str, str]

    def is_free_or_community(self, kind: str, unit: str, cost: int) -> bool:
        """Whether it counts as free or of the community. `cost`: the most it may cost."""
        found = self.kinds.get(kind)
        return unit == FREE or cost == 0 or (found is not None and found.community)


def read_catalogue_rules(data: Path = DATA) -> CatalogueRules:
    """The rules. Raises `DataWrong`."""
    read = read_data(data / FILE, RulesRead)
    units = {
        key: Unit(key, unit.label, unit.a_year, unit.once, unit.times)
        for key, unit in read.units.items()
    }
    return CatalogueRules(read.kinds, units, read.old_after_months, read.wrong, read.fields)
