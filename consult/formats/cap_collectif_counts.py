"""What Cap Collectif's table holds and declares, counted before its proposals are built."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from consult.domain import numerals
from consult.domain.errors import RuleBroken
from consult.domain.stances import STANCES

from . import reading
from .cap_collectif_columns import Thing, stance
from .records import Record, Stance
from .report import Fault, Report

DECLARED = {
    "arguments": "argumentscount",
    "arguments-for": "argumentscountfor",
    "arguments-against": "argumentscountagainst",
    "sources": "sourcescount",
    "amendments": "versionscount",
    "opinions": "votescount",
    "opinions-agree": "votescountok",
    "opinions-mixed": "votescountmitige",
    "opinions-disagree": "votescountnok",
}
_NUMBERED = re.compile(r"\s*([0-9]{1,3}|[IVXLC]{1,7})\s*[.)\-–—:]\s+(\S.*)", re.DOTALL)


class Section(NamedTuple):
    """A section of the source, on its way to be a theme."""

    key: str
    number: int
    label: str
    title: str


def opinion_of(thing: Thing) -> Stance | None:
    """Return the opinion of a vote, None where it only counts, or raise a Fault."""
    value = stance(thing)
    if value is None:
        return None
    return Stance(
        target_key=thing.target,
        person_key=f"person:{thing['authorid']}",
        value=value,
        created_at=reading.instant(thing["createdat"], "createdAt"),
    )


def counters(thing: Thing) -> tuple[int, int, int]:
    """Return the opinions that a text declares: agree, mixed, disagree."""
    names = ("votescountok", "votescountmitige", "votescountnok")
    agree, mixed, disagree = (reading.count(thing[name], name) for name in names)
    return agree, mixed, disagree


class Counts:
    """The sections, the opinions found for each text, and the sums that the file declares."""

    def __init__(self) -> None:
        """Begin with nothing counted; memory grows with texts and opinions, not with their size."""
        self.sections: dict[tuple[str, str], Section] = {}
        self.reports = 0
        self._hosts: Counter[str] = Counter()
        self._declared: Counter[str] = Counter()
        self._votes: dict[str, Counter[str]] = {}
        self._voters: set[int] = set()

    def add(self, thing: Thing) -> None:
        """Count one thing; a faulty one is left to the reading that quarantines it."""
        try:
            if thing.type == "opinion":
                self._add_opinion(thing)
            elif thing.type == "vote":
                self._add_vote(opinion_of(thing))
            elif thing.type == "reporting":
                self.reports += 1
        except Fault:
            return

    @property
    def title(self) -> str:
        """Return the title of the consultation, or the host of its pages where it has several."""
        titles = {consultation for consultation, _ in self.sections}
        if len(titles) == 1 and "" not in titles:
            return next(iter(titles))
        return max(self._hosts, key=self._hosts.__getitem__, default="")

    def numbered(self) -> list[Section]:
        """Return the sections with the numbers given to them, or by rank where these clash."""
        given = [_given(title or consultation) for consultation, title in self.sections]
        numbers = [section.number for section in given]
        if 0 in numbers or len(set(numbers)) < len(numbers):
            given = [
                Section("", rank, str(rank), title or consultation or str(rank))
                for rank, (consultation, title) in enumerate(self.sections, 1)
            ]
        keys = (section.key for section in self.sections.values())
        return [part._replace(key=key) for key, part in zip(keys, given, strict=True)]

    def section_key(self, thing: Thing) -> str:
        """Return the key of the theme of an opinion."""
        return self.sections[_place(thing)].key

    def baseline(self, key: str, declared: tuple[int, int, int]) -> tuple[int, int, int]:
        """Return what a text declares beyond the opinions found one by one, never below zero."""
        votes = self._votes.get(key, Counter())
        pairs = zip(STANCES, declared, strict=True)
        agree, mixed, disagree = (max(0, number - votes[word]) for word, number in pairs)
        return agree, mixed, disagree

    def tell(self, report: Report, found: Mapping[str, int]) -> None:
        """Write in the report what was declared beside what went in."""
        for what in DECLARED:
            report.check(what, self._declared[what], found.get(what, 0))
        for what in ("opinions-imported", "opinions-baseline"):
            report.check(what, self._declared["opinions"], found.get(what, 0))
        report.check("reports", self.reports, 0)

    def _add_opinion(self, thing: Thing) -> None:
        place = _place(thing)
        title = "/".join(part for part in place if part)
        self.sections.setdefault(place, Section(f"section:{title}"[:200], 0, "", ""))
        self._hosts[urlsplit(thing["url"]).netloc.removeprefix("www.")] += 1
        for what, name in DECLARED.items():
            self._declared[what] += reading.count(thing[name], name)

    def _add_vote(self, vote: Stance | None) -> None:
        if vote is None or (mark := hash(vote.key)) in self._voters:
            return
        self._voters.add(mark)
        self._votes.setdefault(vote.target_key, Counter())[vote.value] += 1


def tallied(record: Record) -> list[str]:
    """Return the checks that a record going in counts for."""
    if isinstance(record, Stance):
        on_proposal = record.target_key.startswith("opinion:")
        return ["opinions", f"opinions-{record.value}", "opinions-imported"] * on_proposal
    side = getattr(record, "side", "")
    return [f"{record.type}s", *([f"arguments-{side}"] if side else [])]


def _place(thing: Thing) -> tuple[str, str]:
    return thing["consultationtitle"].strip(), thing["sectiontitle"].strip()


def _given(title: str) -> Section:
    found = _NUMBERED.match(title)
    try:
        number = numerals.theme_number(found[1]) if found else 0
    except RuleBroken:
        number = 0
    return Section("", number, found[1], found[2]) if found and number else Section("", 0, "", "")
