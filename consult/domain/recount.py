"""The published file of a vote: how it is written, and counted again with the standard library.

`consult recount FILE` runs this, and so does the archive that the site gives to whoever wants to
count for themselves: `python recount.pyz FILE` needs Python 3.11 and nothing else.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from . import polls
from .errors import RuleBroken

FORMAT = "consult-vote-1"
FIELDS = ("poll", "kind", "paper", "rule", "quorum", "electors", "ballots", "result", "outcome")
ENTRY = {"id", "receipt", "ballot"}


def written(content: Mapping[str, Any]) -> str:
    """Write a file in the one way that gives the same digest everywhere."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1, default=float)
    return text + "\n"


def digest(text: str) -> str:
    """Return the digest that the journal holds."""
    return sha256(text.encode()).hexdigest()


def counted(about: Mapping[str, Any], entries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the whole content of a file: what the vote was, its ballots, what comes of them.

    `about` holds poll, kind, paper, rule, quorum and electors. The ballots stand in the order of
    their random names.
    """
    ballots = sorted(entries, key=lambda entry: str(entry["id"]))
    result, abstained = polls.count(
        about["kind"], about["paper"], [entry["ballot"] for entry in ballots]
    )
    if len(ballots) > about["electors"]:
        raise RuleBroken("recount-differs")
    turnout = (about["electors"], len(ballots), abstained)
    outcome = polls.decide(about["kind"], about["rule"], about["quorum"], result, turnout=turnout)
    return {
        "format": FORMAT,
        **about,
        "turnout": len(ballots),
        "ballots": ballots,
        "result": result,
        "outcome": outcome.told(),
    }


def again(text: str) -> dict[str, Any]:
    """Count a file again; return its digest, how many ballots, and the result found.

    Raises recount-unreadable, recount-ballot where what a ballot holds is not on the paper,
    recount-receipts where one is missing or stands twice, recount-differs, and recount-touched
    where anything else is not as it was written, be it a space.
    """
    found = _content(text)
    entries = _entries(found["ballots"])
    try:
        about = {name: found[name] for name in FIELDS[:6]}
        right = written(counted(about, entries))
    except (RuleBroken, KeyError, TypeError, ValueError, AttributeError) as error:
        raise RuleBroken("recount-ballot") from error
    content = json.loads(right)
    for name in ("result", "outcome", "turnout"):
        if content[name] != found.get(name):
            raise RuleBroken("recount-differs")
    if text != right:
        raise RuleBroken("recount-touched")
    return {
        "digest": digest(text),
        "ballots": len(entries),
        "receipts": len({entry["receipt"] for entry in entries}),
        "result": content["result"],
        "outcome": content["outcome"],
    }


def _content(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RuleBroken("recount-unreadable") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise RuleBroken("recount-unreadable")
    if not set(FIELDS) <= set(found) or not isinstance(found["ballots"], list):
        raise RuleBroken("recount-unreadable")
    return found


def _entries(raw: Sequence[object]) -> list[dict[str, Any]]:
    entries = [one for one in raw if isinstance(one, dict) and set(one) == ENTRY]
    if len(entries) < len(raw):
        raise RuleBroken("recount-unreadable")
    for name in ("id", "receipt"):
        values = [one[name] for one in entries]
        if not all(isinstance(value, str) and value for value in values):
            raise RuleBroken("recount-receipts")
        if len(set(values)) < len(values):
            raise RuleBroken("recount-receipts")
    return entries


def main(arguments: Sequence[str]) -> int:
    """Count the file named on the command line again; return the exit status."""
    if len(arguments) != 1:
        sys.stderr.write("usage: recount FILE\n")
        return 2
    try:
        report = again(Path(arguments[0]).read_bytes().decode())
    except (OSError, UnicodeDecodeError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except RuleBroken as broken:
        sys.stderr.write(f"{broken.code}\n")
        return 1
    sys.stdout.write(written(report))
    return 0
