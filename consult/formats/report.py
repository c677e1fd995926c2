"""What an importer says beside its records: what it read, set aside, refused and checked."""

from collections import Counter
from dataclasses import dataclass, field

from .reasons import sentence


@dataclass(frozen=True)
class Limits:
    """How much a file may weigh before it is refused, in bytes save where it says otherwise."""

    file: int = 50_000_000
    unpacked: int = 500_000_000
    member: int = 10_000_000
    line: int = 4_000_000
    columns: int = 500
    quarantined: int = 10_000


UPLOAD = Limits()
COMMAND = Limits(file=8_000_000_000, unpacked=32_000_000_000)


class FormatError(Exception):
    """A faulty file: nothing of it is imported. `str` is the English sentence."""

    def __init__(self, code: str, *, file: str = "", **facts: object) -> None:
        """Keep the code and its facts, so that the edge says them in the reader's language."""
        self.code, self.file, self.facts = code, file, facts
        super().__init__(": ".join(part for part in (file, sentence(code, facts)) if part))


class Fault(Exception):
    """A faulty record: it is quarantined and the rest goes in."""

    def __init__(self, code: str, **facts: object) -> None:
        """Keep the code and its facts."""
        self.code, self.facts = code, facts
        super().__init__(sentence(code, facts))


@dataclass(frozen=True)
class Quarantined:
    """A record that could not be read, where it stands and why."""

    file: str
    line: int
    code: str
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """Return the reason as an English sentence."""
        return sentence(self.code, self.facts)


@dataclass(frozen=True)
class Check:
    """A count that the file declares, beside what it holds."""

    what: str
    declared: int
    found: int


@dataclass
class Report:
    """Filled while the records are drawn; complete once the stream has ended."""

    limits: Limits = UPLOAD
    read: Counter[str] = field(default_factory=Counter)
    quarantined: list[Quarantined] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)

    def quarantine(self, file: str, line: int, fault: Fault) -> None:
        """Set a record aside; so many of them that the file is of another format refuse it."""
        if len(self.quarantined) >= self.limits.quarantined:
            raise FormatError("too-many-faults", file=file, limit=self.limits.quarantined)
        self.quarantined.append(Quarantined(file, line, fault.code, fault.facts))

    def check(self, what: str, declared: int, found: int) -> None:
        """Note what the file declares and what it holds; `what` is a key of reasons.CHECKS."""
        self.checks.append(Check(what, declared, found))

    def refuse_faults(self) -> None:
        """Refuse the file at its first faulty record, for those who leave nothing out."""
        for entry in self.quarantined[:1]:
            raise FormatError(entry.code, file=f"{entry.file}:{entry.line}", **entry.facts)
