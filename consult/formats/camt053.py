"""A bank's statement, camt.053 of ISO 20022: what left an account, what came back to it.

Read without entities nor outside documents; versions differ by their name space alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ..domain import days
from ..domain.errors import RuleBroken

MOST_BYTES = 5_000_000
MOST_LINES = 20_000
_AMOUNT = re.compile(r"([0-9]{1,15})(?:\.([0-9]{1,2})0{0,3})?", re.ASCII)


@dataclass(frozen=True)
class Line:
    """A transfer of a statement: booked, in euros, with all that may tell what it is."""

    end_to_end: str
    cents: int
    ibans: tuple[str, ...]
    on: date
    is_return: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Statement:
    """The lines of one account."""

    iban: str
    lines: tuple[Line, ...]


def read(content: bytes) -> list[Statement]:
    """Return the statements of a file.

    Raises file-missing, statement-too-large (413) and statement-unreadable for anything else.
    """
    if not content:
        raise RuleBroken("file-missing")
    if len(content) > MOST_BYTES:
        raise RuleBroken("statement-too-large", 413)
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as error:
        raise RuleBroken("statement-unreadable") from error
    found = [Statement(_told(one, "Acct", "Id", "IBAN"), tuple(_lines(one))) for one in _of(root)]
    if not found or sum(len(one.lines) for one in found) > MOST_LINES:
        raise RuleBroken("statement-unreadable")
    return found


def _of(root: Element) -> Iterator[Element]:
    if _name(root) != "Document":
        return
    for part in _all(root, "BkToCstmrStmt"):
        yield from _all(part, "Stmt")


def _lines(statement: Element) -> Iterator[Line]:
    for entry in _all(statement, "Ntry"):
        if _told(entry, "Sts", "Cd") not in ("BOOK", "") or _told(entry, "Sts") == "PDNG":
            continue
        details = [tx for part in _all(entry, "NtryDtls") for tx in _all(part, "TxDtls")]
        details = details or [entry]  # without details it names nobody: someone looks at it
        for one in details:
            line = _line(entry, one, is_alone=len(details) == 1)
            if line is not None:
                yield line


def _line(entry: Element, details: Element, *, is_alone: bool) -> Line | None:
    """Return a transfer; none when what it tells is not enough to know one again."""
    cents = _cents(details, "AmtDtls", "TxAmt", "Amt")
    cents = _cents(details, "Amt") if cents is None else cents
    if cents is None and is_alone:
        cents = _cents(entry, "Amt")
    day = _day(_told(entry, "BookgDt", "Dt") or _told(entry, "BookgDt", "DtTm"))
    if cents is None or day is None:
        return None
    sense = _told(details, "CdtDbtInd") or _told(entry, "CdtDbtInd")
    came_back = sense == "CRDT"
    ibans = [_told(details, "RltdPties", party, "Id", "IBAN") for party in ("CdtrAcct", "DbtrAcct")]
    why = _told(details, "RtrInf", "Rsn", "Cd") or _told(details, "RtrInf", "Rsn", "Prtry")
    return Line(
        end_to_end=_told(details, "Refs", "EndToEndId")[:35],
        cents=cents,
        ibans=tuple(one for one in ibans if one),
        on=day,
        is_return=came_back,
        reason=(why or "RETURN")[:35] if came_back else "",
    )


def _cents(element: Element, *path: str) -> int | None:
    found = _at(element, *path)
    form = _AMOUNT.fullmatch((found.text or "").strip()) if found is not None else None
    if found is None or form is None or found.get("Ccy") != "EUR":
        return None
    return 100 * int(form[1]) + int((form[2] or "").ljust(2, "0"))


def _day(text: str) -> date | None:
    try:
        return days.read(text[:10])
    except RuleBroken:
        return None


def _told(element: Element, *path: str) -> str:
    found = _at(element, *path)
    return " ".join((found.text or "").split()) if found is not None else ""


def _at(element: Element, *path: str) -> Element | None:
    found: Element | None = element
    for name in path:
        found = next(_all(found, name), None) if found is not None else None
    return found


def _all(element: Element, name: str) -> Iterator[Element]:
    return (one for one in element if _name(one) == name)


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
