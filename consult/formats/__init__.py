"""Files of other tools: a family of modules, each named after the tool, found by name.

A module with `NAME` and `read` imports; a module with `NAME` and `chunks` exports; one may do both.
The modules without `NAME` hold what the formats share.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import BinaryIO, Protocol, cast

from consult.domain.kinds import discover

from .records import Record
from .report import Report


class Importer(Protocol):
    """What a module that imports provides."""

    NAME: str

    def read(self, paths: Sequence[Path], report: Report) -> Iterator[Record]:
        """Yield the records of the files, parents first; raise FormatError for a faulty file."""
        ...


class Exporter(Protocol):
    """What a module that exports provides."""

    NAME: str
    MEDIA_TYPE: str
    EXTENSION: str

    def chunks(self, records: Iterable[Record], licence: str = "") -> Iterator[bytes]:
        """Yield the bytes of the file, a little at a time; `licence`: how it may be used."""
        ...


def importers() -> dict[str, Importer]:
    """Return the formats that can be read, by the name of their command."""
    return {m.NAME: cast(Importer, m) for m in _formats() if hasattr(m, "read")}


def exporters() -> dict[str, Exporter]:
    """Return the formats that can be written, by the name of their command."""
    return {m.NAME: cast(Exporter, m) for m in _formats() if hasattr(m, "chunks")}


def write(name: str, records: Iterable[Record], out: BinaryIO) -> None:
    """Write the records to an open file in the format of this name."""
    for chunk in exporters()[name].chunks(records):
        out.write(chunk)


def _formats() -> list[ModuleType]:
    modules = discover(sys.modules[__name__]).values()
    return [module for module in modules if hasattr(module, "NAME")]
