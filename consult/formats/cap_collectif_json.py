"""Cap Collectif in 2015: the JSON of its API, one file per proposal, as an archive or a folder.

Read on the consultation on the bill "République numérique": `opinion` holds the text, its section
(`type`), its arguments (type 1 is for, 0 against), its sources, its explanation (`appendices`) and
counters. Versions are counted and not given; the few votes given are part of the counters.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from consult.domain.signatures import PSEUDONYM, Signature

from . import archive, reading
from .cap_collectif_tally import COUNTERS, Tally
from .html_text import tidy, to_text, typed
from .records import (
    UNSIGNED,
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

NAME = "cap-collectif-json"
Thing = Mapping[str, Any]


def read(paths: Sequence[Path], report: Report) -> Iterator[Record]:
    """Yield the consultation, its sections as themes, then each proposal and what hangs on it."""
    sections, address = _outline(paths, report)
    sieve = Sieve(report)
    yield Consultation(
        key=f"cap-collectif:{address}"[:200],
        title=address.replace("-", " ").capitalize()[:200],
        slug_hint=address[:80],
        settings=reading.DRAFT_TEXT,
    )
    for position, (number, section) in enumerate(sorted(sections.items()), 1):
        theme = _theme(number, section, position)
        if sieve.admits(theme, "", 1):
            yield theme
    tally = Tally()
    for member in _all_members(paths, report):
        try:
            opinion = _opinion(member)
            proposal = _proposal(opinion)
        except _Broken as broken:
            report.quarantine(member.name, broken.line, broken.fault)
        except Fault as fault:
            report.quarantine(member.name, 1, fault)
        else:
            yield from _Reader(sieve, report, member.name).proposal(opinion, proposal, tally)
    tally.tell(report)


class _Broken(Exception):
    """A file that is not JSON, with the line where it stops being so."""

    def __init__(self, line: int, fault: Fault) -> None:
        super().__init__(line)
        self.line, self.fault = line, fault


class _Reader:
    """Draws the records of one file: a proposal that does not go in keeps its own out."""

    def __init__(self, sieve: Sieve, report: Report, file: str) -> None:
        self._sieve, self._report, self._file = sieve, report, file

    def proposal(self, opinion: Thing, proposal: Proposal, tally: Tally) -> Iterator[Record]:
        """Yield the author, the proposal, its arguments and its sources."""
        yield from self._person(proposal.person_key)
        if not self._sieve.admits(proposal, self._file, 1):
            return
        yield proposal
        held: Counter[str] = Counter()
        for thing in reading.field(opinion, "arguments", list):
            for record in self._child(_argument, thing, proposal.key):
                held[getattr(record, "side", record.type)] += 1
                yield record
        for thing in reading.field(opinion, "sources", list):
            for record in self._child(_source, thing, proposal.key):
                held[record.type] += 1
                yield record
        tally.add(opinion, proposal, held)

    def _child(self, build: Any, thing: object, parent: str) -> Iterator[Record]:
        try:
            if not isinstance(thing, dict):
                raise Fault("missing-field", field="id")
            record = build(thing, parent)
        except Fault as fault:
            self._report.quarantine(self._file, 1, fault)
            return
        yield from self._person(record.person_key)
        if self._sieve.admits(record, self._file, 1):
            yield record

    def _person(self, key: str) -> Iterator[Record]:
        if key and not self._sieve.knows(key):
            person = Person(key=key, name=key.removeprefix("person:"))
            if self._sieve.admits(person, self._file, 1):
                yield person


def _all_members(paths: Sequence[Path], report: Report) -> Iterator[archive.Member]:
    for path in paths:
        yield from archive.members(path, report.limits)


def _outline(paths: Sequence[Path], report: Report) -> tuple[dict[int, Thing], str]:
    """Return the sections by id and the address of the consultation, the archive proven whole."""
    sections: dict[int, Thing] = {}
    address = ""
    for member in _all_members(paths, report):
        try:
            opinion = _opinion(member)
            section = reading.field(opinion, "type", dict)
            sections.setdefault(reading.field(section, "id", int), section)
            address = address or _address(opinion)
        except (_Broken, Fault):
            continue
    if not sections:
        raise FormatError("no-header", expected="opinion")
    return sections, address or "cap-collectif"


def _address(opinion: Thing) -> str:
    links = opinion.get("_links")
    shown = links.get("show") if isinstance(links, dict) else None
    _, _, rest = str(shown or "").partition("/consultations/")
    return reading.slug(rest.split("/")[0])


def _opinion(member: archive.Member) -> Thing:
    if member.fault:
        raise member.fault
    if not member.name.endswith(".json"):
        raise Fault("not-a-json-file")
    if not member.data.strip():
        raise Fault("empty")
    try:
        whole = json.loads(member.data, parse_constant=_refuse)
    except UnicodeDecodeError as error:
        raise Fault("not-text") from error
    except json.JSONDecodeError as error:
        raise _Broken(error.lineno, Fault("not-json", detail=error.msg)) from error
    except (ValueError, RecursionError) as error:
        raise Fault("not-json", detail=type(error).__name__) from error
    if not isinstance(whole, dict):
        raise Fault("missing-field", field="opinion")
    found: Thing = reading.field(whole, "opinion", dict)
    return found


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _theme(number: int, section: Thing, position: int) -> Theme:
    title, subtitle = (tidy(str(section.get(name) or "")) for name in ("title", "subtitle"))
    return Theme(
        key=f"section:{number}",
        number=position,
        label=title[:20] if subtitle else str(position),
        title=(subtitle or title or str(position))[:200],
        position=position,
    )


def _proposal(opinion: Thing) -> Proposal:
    number = reading.field(opinion, "id", int)
    section = reading.field(reading.field(opinion, "type", dict), "id", int)
    reading.field(opinion, "arguments", list)
    reading.field(opinion, "sources", list)
    for name in COUNTERS:
        reading.count(opinion.get(name), name)
    return Proposal(
        key=f"opinion:{number}",
        theme_key=f"section:{section}",
        position=number,
        title=tidy(reading.field(opinion, "title", str)),
        explanation=_explanation(opinion),
        agree=reading.count(opinion.get("votes_ok"), "votes_ok"),
        mixed=reading.count(opinion.get("votes_mitige"), "votes_mitige"),
        disagree=reading.count(opinion.get("votes_nok"), "votes_nok"),
        body=to_text(reading.field(opinion, "body", str)),
        **_written(opinion),
    )


def _explanation(opinion: Thing) -> str:
    parts = [part for part in opinion.get("appendices") or () if isinstance(part, dict)]
    return "\n\n".join(filter(None, (to_text(str(part.get("body") or "")) for part in parts)))


def _argument(thing: Thing, parent: str) -> Argument:
    side = reading.field(thing, "type", int)
    if side not in (0, 1):
        raise Fault("unknown-value", field="type", value=side)
    return Argument(
        key=f"argument:{reading.field(thing, 'id', int)}",
        parent_key=parent,
        side="for" if side else "against",
        agree=reading.count(thing.get("votes_count"), "votes_count"),
        body=typed(reading.field(thing, "body", str)),
        **_written(thing),
    )


def _source(thing: Thing, parent: str) -> Source:
    return Source(
        key=f"source:{reading.field(thing, 'id', int)}",
        parent_key=parent,
        title=tidy(reading.field(thing, "title", str)),
        link=str(thing.get("link") or "").strip(),
        agree=reading.count(thing.get("votes_count"), "votes_count"),
        body=typed(reading.field(thing, "body", str)),
        **_written(thing),
    )


def _written(thing: Thing) -> dict[str, Any]:
    author = thing.get("author")
    name = str(author.get("displayName") or "") if isinstance(author, dict) else ""
    person = str(author.get("uniqueId") or "") if isinstance(author, dict) else ""
    return {
        "person_key": f"person:{person}" if person else "",
        "signature": Signature(PSEUDONYM, name) if name else UNSIGNED,
        "created_at": reading.instant(thing.get("created_at"), "created_at"),
        "updated_at": reading.instant(thing.get("updated_at"), "updated_at"),
        "state": _state(thing),
    }


def _state(thing: Thing) -> str:
    if thing.get("is_trashed"):
        return "withdrawn"
    return "published" if thing.get("is_enabled", True) else "hidden"
