"""The columns of Cap Collectif's tables under one set of names, whatever the generation.

A column belongs to the group of a type; the things of a type have their cells in its group and
nowhere else, which tells a row whose cells are shifted from one that is only short.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from . import reading
from .report import Fault
from .tables import Row

_GROUPS = {
    "votes": "vote",
    "arguments": "argument",
    "reportings": "reporting",
    "sources": "source",
    "versions": "version",
}
_COUNTERS = frozenset(
    ("votescount", "votescountok", "votescountmitige", "votescountnok", "argumentscount",
     "argumentscountfor", "argumentscountagainst", "sourcescount", "versionscount")
)  # fmt: skip
_PARTICIPANT = "participant"
_OF_PERSON = {
    "userid": "authorid", "username": "username", "firstname": "firstname", "lastname": "lastname",
}  # fmt: skip
_OPINION = frozenset(
    ("id", "authorid", "authortypename", "consultationtitle", "sectiontitle", "title", "bodytext",
     "createdat", "updatedat", "url", "published", "trashed", "trashedstatus", "trashedat",
     "trashedreason", "contextelementtitle", "contextelementbodytext", *_COUNTERS)
)  # fmt: skip
_OF_GROUP = frozenset(
    ("id", "relatedid", "relatedkind", "authorid", "value", "type", "title", "body", "bodytext",
     "explanation", "link", "url", "createdat", "updatedat", "published", "trashed",
     "trashedstatus", "trashedat", "trashedreason", *_COUNTERS)
)  # fmt: skip
# 2015: "Identifiant", "Type de contenu" ... and the same with dots, as statistics software saves.
_FRENCH = {
    "typedecontenu": "type", "identifiant": "any.id", "categorie": "any.sectiontitle",
    "titre": "any.title", "liea": "any.related", "contenu": "any.body", "lien": "any.link",
    "creation": "any.createdat", "modification": "any.updatedat", "iddelauteur": "any.authorid",
    "typedeprofil": "any.authortypename", "votespour": "any.votescountok",
    "votesmitiges": "any.votescountmitige", "votescontre": "any.votescountnok",
    "argumentspour": "any.argumentscountfor", "argumentscontre": "any.argumentscountagainst",
}  # fmt: skip
_TYPES = {
    "opinion": "opinion", "proposition": "opinion", "vote": "vote", "argument": "argument",
    "source": "source", "reportings": "reporting", "reporting": "reporting",
    "signalement": "reporting", "version": "version", "modification": "version",
}  # fmt: skip
_STANCES = {
    "yes": "agree", "ok": "agree", "pour": "agree", "for": "agree", "daccord": "agree",
    "mitige": "mixed", "mixed": "mixed",
    "no": "disagree", "nok": "disagree", "contre": "disagree", "against": "disagree",
    "pasdaccord": "disagree",
}  # fmt: skip
_CONTEXT = frozenset(("opinion.consultationtitle", "opinion.sectiontitle"))
_RELATED = re.compile(r'\s*(\w+)\W+"*(\d+)"*\s*')


@dataclass(frozen=True)
class Thing:
    """One row: its type, the cells of its group, and the opinion above it in the file."""

    type: str
    line: int
    cells: Mapping[str, str]
    above: str = ""
    says_published: bool = False

    def __getitem__(self, name: str) -> str:
        """Return a cell, "" where the file has no such column."""
        return self.cells.get(name, "")

    @property
    def parent(self) -> str:
        """Return the id of the opinion it belongs to: old versions only follow theirs."""
        return self["relatedid"] or self.above

    @property
    def target(self) -> str:
        """Return the key of the text it belongs to, an opinion unless it says a version."""
        kind = "version" if "version" in self["relatedkind"].lower() else "opinion"
        return f"{kind}:{self.parent}"


def rename(name: str) -> str:
    """Return the known name of a column, "group.column", "" for a column nobody needs."""
    bare = reading.bare(name)
    if bare in _FRENCH:
        return _FRENCH[bare]
    bare = reading.bare(re.sub(r"^(export_)?(contributions?_)?", "", name.strip().lower()))
    if bare == "type":
        return "type"
    for prefix, group in _GROUPS.items():
        rest = bare.removeprefix(prefix)
        if rest != bare and rest in _OF_GROUP and bare not in _OPINION:
            return f"{group}.{rest}"
    if bare in _OPINION:
        return f"opinion.{bare}"
    rest = bare.removeprefix(_PARTICIPANT)
    return f"person.{_OF_PERSON[rest]}" if _is_person(bare, rest) else ""


def _is_person(bare: str, rest: str) -> bool:
    return bare.startswith(_PARTICIPANT) and rest in _OF_PERSON


def thing(row: Row, above: str, columns: Collection[str]) -> Thing:
    """Return the thing of a row, or raise a Fault: unknown type, or cells in another's group.

    `above` is the id of the last opinion before it, `columns` what the header names.
    """
    kind = _kind(row.cells.get("type", ""))
    if kind is None:
        raise Fault("unknown-type", type=row.cells.get("type", "")[:40])
    own: dict[str, str] = {}
    for name, cell in row.cells.items():
        group, _, column = name.partition(".")
        if group in (kind, "any", "person") or name == "opinion.authorid":
            own.setdefault(column, cell)
        elif column and name not in _CONTEXT:
            raise Fault("shifted", column=name)
    return Thing(kind, row.line, _related(own), above, f"{kind}.published" in columns)


@lru_cache(maxsize=100)
def _kind(said: str) -> str | None:
    bare = reading.bare(said)
    return _TYPES.get(bare) or _TYPES.get(bare.removeprefix("exportcontributiontype"))


def _related(own: dict[str, str]) -> dict[str, str]:
    found = _RELATED.fullmatch(own.pop("related", ""))
    if found:
        kind = _TYPES.get(reading.bare(found[1]), "")
        own |= {"relatedid": found[2], "relatedkind": kind}
    own["bodytext"] = own.get("bodytext") or own.get("body", "")
    return own


def stance(thing: Thing) -> str | None:
    """Return the opinion of a vote, None where it is part of the counters only (no author)."""
    if not thing["authorid"]:
        return None
    if thing["relatedkind"] and thing["relatedkind"] not in ("opinion", "version"):
        return None
    said = reading.bare(thing["value"] or thing["sectiontitle"])
    value = _STANCES.get(said.split("voteswidget")[-1])
    if value is None and thing["value"]:
        raise Fault("unknown-value", field="value", value=thing["value"][:40])
    return value


def side(thing: Thing) -> str:
    """Return the side of an argument, or raise unknown-value."""
    said = reading.bare(thing["type"] or thing["sectiontitle"])
    for ending, found in (("against", "against"), ("contre", "against"), ("for", "for"),
                          ("pour", "for")):  # fmt: skip
        if said.endswith(ending):
            return found
    raise Fault("unknown-value", field="type", value=(thing["type"] or "")[:40])


def state(thing: Thing) -> str:
    """Return the state: trashed is withdrawn, not published is hidden where the file says it."""
    if reading.yes(thing["trashed"]):
        return "withdrawn"
    hidden = thing.says_published and not reading.yes(thing["published"])
    return "hidden" if hidden else "published"
