"""Cap Collectif's table of a consultation, one row for each thing, in its three generations.

2015: one set of columns for every type, in French ("Type de contenu", "Lié à"). 2017 to 2022: 69
columns, a group for each type (contributions_votes_value). Today: the same groups under
translation keys (export_contribution_votes_value). Dates without a zone are in Paris time.
Three readings of the file, so that counters are known before the proposals and parents come first.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from consult.domain.signatures import NAME as BY_NAME
from consult.domain.signatures import PSEUDONYM, Signature

from . import cap_collectif_columns as columns
from . import reading
from .cap_collectif_counts import Counts, counters, opinion_of, tallied
from .html_text import tidy, to_text, typed
from .records import (
    UNSIGNED,
    Amendment,
    Argument,
    Consultation,
    Person,
    Proposal,
    Record,
    Source,
    Theme,
)
from .report import Fault, FormatError, Report
from .sieve import Sieve
from .tables import Row, Table

NAME = "cap-collectif-csv"


def read(paths: Sequence[Path], report: Report) -> Iterator[Record]:
    """Yield the consultation, its sections, proposals and amendments, then what hangs on them."""
    tables = [_Rows(path, report) for path in paths]
    counts = Counts()
    for table in tables:
        for thing in table:
            counts.add(thing)
    if not counts.sections:
        raise FormatError("nothing-found", file=paths[0].name if paths else "")
    reader = _Reader(Sieve(report), report, counts)
    yield reader.consultation()
    yield from reader.themes()
    for build in (reader.text, reader.child):
        for table in tables:
            for thing in table:
                yield from reader.drawn(table.name, thing, build)
    counts.tell(report, reader.found)


class _Rows:
    """The things of one file; rows of a type that nobody knows are quarantined once."""

    def __init__(self, path: Path, report: Report) -> None:
        self.name, self._report, self._told = path.name, report, False
        self._table = Table(path, report, columns.rename, "type")

    def __iter__(self) -> Iterator[columns.Thing]:
        above, known = "", frozenset(self._table.columns)
        for row in self._table:
            try:
                thing = columns.thing(row, above, known)
            except Fault as fault:
                self._quarantine(row, fault)
                continue
            if thing.type == "opinion":
                above = thing["id"]
            yield thing
        self._told = True

    def _quarantine(self, row: Row, fault: Fault) -> None:
        if not self._told:
            self._report.quarantine(self.name, row.line, fault)


class _Reader:
    """Builds records from things; the sieve remembers what went in."""

    def __init__(self, sieve: Sieve, report: Report, counts: Counts) -> None:
        self._sieve, self._report, self._counts = sieve, report, counts
        self.found: Counter[str] = Counter()

    def consultation(self) -> Consultation:
        """Return the consultation, titled as the file titles it or by the host of its pages."""
        title = self._counts.title or "Cap Collectif"
        name = reading.slug(title)
        return Consultation(
            key=f"cap-collectif:{name}",
            title=title[:200],
            slug_hint=name,
            settings=reading.DRAFT_TEXT,
        )

    def themes(self) -> Iterator[Theme]:
        """Yield the sections in the order of the file, numbered as given where that is unique."""
        for position, section in enumerate(self._counts.numbered(), 1):
            theme = Theme(
                key=section.key,
                number=section.number,
                label=section.label,
                title=section.title[:200],
                position=position,
            )
            if self._sieve.admits(theme, "", 1):
                yield theme

    def drawn(
        self, file: str, thing: columns.Thing, build: Callable[[columns.Thing], Record | None]
    ) -> Iterator[Record]:
        """Yield the record of a thing and the person behind it, or quarantine it."""
        try:
            record = build(thing)
        except Fault as fault:
            self._report.quarantine(file, thing.line, fault)
            return
        if record is None:
            return
        person = _person(thing)
        known = person is None or self._sieve.knows(person.key)
        if person and not known and self._sieve.admits(person, file, thing.line):
            yield person
        if self._sieve.admits(record, file, thing.line):
            self._count(record)
            yield record

    def _count(self, record: Record) -> None:
        self.found.update(tallied(record))
        if isinstance(record, Proposal):
            for word in ("agree", "mixed", "disagree"):
                for what in ("opinions", f"opinions-{word}", "opinions-baseline"):
                    self.found[what] += getattr(record, word)

    def text(self, thing: columns.Thing) -> Record | None:
        """Return a proposal or an amendment, None for the other types."""
        if thing.type == "opinion":
            return self._proposal(thing)
        return self._amendment(thing) if thing.type == "version" else None

    def child(self, thing: columns.Thing) -> Record | None:
        """Return an argument, a source or an opinion, None for the other types."""
        builders: dict[str, Callable[[columns.Thing], Record | None]] = {
            "argument": _argument,
            "source": _source,
            "vote": opinion_of,
        }
        build = builders.get(thing.type)
        return build(thing) if build else None

    def _proposal(self, thing: columns.Thing) -> Proposal:
        agree, mixed, disagree = self._counts.baseline(f"opinion:{thing['id']}", counters(thing))
        context = (to_text(thing["contextelementtitle"]), to_text(thing["contextelementbodytext"]))
        return Proposal(
            theme_key=self._counts.section_key(thing),
            title=tidy(thing["title"]),
            explanation="\n\n".join(filter(None, context)),
            link=thing["url"],
            agree=agree,
            mixed=mixed,
            disagree=disagree,
            body=to_text(thing["bodytext"]),
            **_written(thing),
        )

    def _amendment(self, thing: columns.Thing) -> Amendment:
        agree, mixed, disagree = self._counts.baseline(f"version:{thing['id']}", counters(thing))
        return Amendment(
            parent_key=f"opinion:{thing.parent}",
            title=tidy(thing["title"]),
            explanation=to_text(thing["explanation"]),
            agree=agree,
            mixed=mixed,
            disagree=disagree,
            body=to_text(thing["bodytext"]),
            **_written(thing),
        )


def _argument(thing: columns.Thing) -> Argument:
    return Argument(
        parent_key=thing.target,
        side=columns.side(thing),
        agree=reading.count(thing["votescount"], "votesCount"),
        body=typed(thing["body"]),
        **_written(thing),
    )


def _source(thing: columns.Thing) -> Source:
    return Source(
        parent_key=thing.target,
        title=tidy(thing["title"]),
        link=thing["link"].strip(),
        agree=reading.count(thing["votescount"], "votesCount"),
        body=to_text(thing["body"]),
        **_written(thing),
    )


def _person(thing: columns.Thing) -> Person | None:
    if not thing["authorid"]:
        return None
    return Person(key=f"person:{thing['authorid']}", name=thing["username"])


def _written(thing: columns.Thing) -> dict[str, Any]:
    if not thing["id"]:
        raise Fault("missing-field", field="id")
    full_name = f"{thing['firstname']} {thing['lastname']}".strip()
    signature = UNSIGNED
    if thing["username"] or full_name:
        kind = BY_NAME if full_name else PSEUDONYM
        signature = Signature(kind, full_name or thing["username"])
    return {
        "key": f"{thing.type}:{thing['id']}",
        "person_key": f"person:{thing['authorid']}" if thing["authorid"] else "",
        "signature": signature,
        "created_at": reading.instant(thing["createdat"], "createdAt"),
        "updated_at": reading.instant(thing["updatedat"], "updatedAt"),
        "state": columns.state(thing),
        "state_reason": tidy(thing["trashedreason"]),
    }
