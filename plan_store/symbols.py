"""The pictures of the chat and the plan: which there are, what each shows, and where it is drawn.

Comes in: `data/symbols.yml` and the set it names; perhaps a second set that the operator unpacked.
Goes out: checked symbols by key, or every mistake with its file and line.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import Field

from plan_store.reading_data import DataWrong, Lines, Shape, read_data_with_lines

TABLE = "symbols.yml"
# As many pictures as a person chooses their PIN from.
PIN_PICTURES = 12

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class SetRead(Shape):
    """The set that the pictures come from, and the line that its licence asks for.

    `package`: the Python package that holds it; none for a set in a folder of its own.
    """

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}$")
    version: str
    licence: str
    address: str = Field(default="", pattern=r"^$|^https://")
    credit: str = Field(min_length=1, max_length=200)
    package: str | None = None


class SymbolRead(Shape):
    """A picture's file, without its ending, and what it shows: one sentence."""

    code: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ,_()+-]*$", max_length=100)
    description: str = Field(pattern=r"^[A-Z][^.?!]{1,98}\.$")


class TableRead(Shape):
    """A table of symbols in a file."""

    set: SetRead
    pin: tuple[Key, ...] = ()
    symbols: dict[Key, SymbolRead] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Symbol:
    """One picture: its drawing as an SVG file, and what it shows in one sentence."""

    key: str
    description: str
    file: Path
    set: SetRead

    @property
    def svg(self) -> str:
        """The drawing itself."""
        return self.file.read_text(encoding="utf-8")


class Symbols:
    """All pictures by key."""

    def __init__(self, symbols: dict[str, Symbol], pin: tuple[str, ...] = ()) -> None:
        self._symbols = symbols
        self.pin = pin

    def __iter__(self) -> Iterator[Symbol]:
        return iter(self._symbols.values())

    def __getitem__(self, key: str) -> Symbol:
        return self._symbols[key]

    def __contains__(self, key: object) -> bool:
        return key in self._symbols

    def get(self, key: str | None) -> Symbol | None:
        """The picture with this key, if there is one."""
        return self._symbols.get(key) if key else None

    @property
    def descriptions(self) -> dict[str, str]:
        """What each picture shows."""
        return {symbol.key: symbol.description for symbol in self}

    @property
    def credits(self) -> list[str]:
        """The lines that the licences of the sets in use ask for; they stand where pictures do."""
        return list(dict.fromkeys(symbol.set.credit for symbol in self))


def read_symbols(data: Path, own_folder: Path | None = None) -> Symbols:
    """Read the table in `data`, and over it the one in `own_folder` where there is one.

    A picture that the own set lacks comes from the first. Raises `DataWrong` with every mistake.
    """
    table = data / TABLE
    read, lines = read_data_with_lines(table, TableRead)
    symbols = _found(read, lines, _folder_of_package(read.set.package, lines))
    pin = read.pin
    if len(set(pin)) != PIN_PICTURES or set(pin) - set(symbols):
        raise DataWrong(f"{lines.at('pin')}: pin names {PIN_PICTURES} different symbols.")
    if own_folder is not None:
        own, own_lines = read_data_with_lines(_table_in(own_folder), TableRead)
        symbols |= _found(own, own_lines, own_folder)
        pin = own.pin or pin
    return Symbols(symbols, pin)


def _found(read: TableRead, lines: Lines, folder: Path) -> dict[str, Symbol]:
    symbols = {
        key: Symbol(key, symbol.description, folder / f"{symbol.code}.svg", read.set)
        for key, symbol in read.symbols.items()
    }
    missing = [
        f"{lines.at('symbols', key, 'code')}: {read.set.name} has no picture {symbol.file.stem!r}."
        for key, symbol in symbols.items()
        if not symbol.file.is_file()
    ]
    if missing:
        raise DataWrong("\n".join(missing))
    return symbols


def _folder_of_package(package: str | None, lines: Lines) -> Path:
    if package is None:
        raise DataWrong(f"{lines.at('set')}: set.package is missing.")
    try:
        return Path(str(files(package))) / "openmoji" / "svg"
    except ModuleNotFoundError:
        raise DataWrong(
            f"{lines.at('set', 'package')}: the package {package!r} is not installed."
        ) from None


def _table_in(folder: Path) -> Path:
    table = folder / TABLE
    if not table.is_file():
        raise DataWrong(f"{table}: SYMBOLS_FOLDER needs this table of its pictures.")
    return table
