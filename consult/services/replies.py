"""What people add under a text: arguments, sources, amendments and comments."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from ..domain import clean, searching
from ..domain.errors import RuleBroken
from ..models import Amendment, Argument, Comment, Consultation, Source, Statement
from . import answers, drafts, participation, submissions

FOR, AGAINST = SIDES = ("for", "against")


class Rule(NamedTuple):
    """What a kind of reply needs: its class, the action, what turns it on, what it is under."""

    model: type[Statement]
    action: str
    feature: str
    parents: tuple[str, ...]


RULES = {
    "argument": Rule(Argument, "argue", "allows_arguments", ("proposal",)),
    "source": Rule(Source, "argue", "allows_sources", ("proposal",)),
    "amendment": Rule(Amendment, "amend", "allows_amendments", ("proposal",)),
    "comment": Rule(Comment, "comment", "allows_comments", ("answer", "proposal")),
}


@dataclass(frozen=True)
class Reply:
    """A reply as it was written: its kind, its columns, who signs it."""

    kind: str
    columns: Mapping[str, Any]
    signing: answers.Signing = field(default_factory=answers.Signing)


def read(kind: str, raw: Mapping[str, str]) -> dict[str, Any]:
    """Return the columns of a reply typed, or raise what is wrong with it."""
    columns: dict[str, Any] = {"body": clean.text(raw.get("body"), required=f"{kind}-empty")}
    if kind == "argument":
        if raw.get("side") not in SIDES:
            raise RuleBroken("side-unknown")
        columns["side"] = raw["side"]
    elif kind == "source":
        columns["link"] = clean.link(raw.get("link"))
    elif kind == "amendment":
        columns["explanation"] = clean.text(raw.get("explanation"))
    return columns


def may_send(
    session: Session, kind: str, parent: Statement, actor: participation.Actor, *, now: datetime
) -> None:
    """Raise statement-unknown (404), reply-not-offered (403), statement-not-published (409).

    And what `participation.check` raises.
    """
    rule = RULES.get(kind)
    if rule is None or parent.kind not in rule.parents:
        raise RuleBroken("statement-unknown", 404)
    consultation = session.get_one(Consultation, parent.consultation_id)
    if not getattr(consultation, rule.feature):
        raise RuleBroken("reply-not-offered", 403)
    participation.enter(session, rule.action, consultation, actor.reader, now=now)
    if parent.state != "published":
        raise RuleBroken("statement-not-published", 409)


def send(
    session: Session,
    parent: Statement,
    reply: Reply,
    actor: participation.Actor,
    *,
    key: str,
    now: datetime,
) -> Statement:
    """Take a reply and return it; the same `key` again gives the same reply."""
    before = submissions.earlier(session, actor.participant_id, key)
    if before is None:
        may_send(session, reply.kind, parent, actor, now=now)
        if reply.kind == "amendment" and reply.columns["body"] == parent.body:
            raise RuleBroken("amendment-same")
        answers.check_territory(session, reply.signing.territory_code)
        before = submissions.take(session, actor.participant_id, key, now=now)
    if before is not None:
        return _same(before, parent, reply)
    written = _written(parent, reply)
    consultation = session.get_one(Consultation, parent.consultation_id)
    answers.store(session, written, answers.Sending(consultation, actor, reply.signing), now=now)
    submissions.finish(session, actor.participant_id, key, written.id)
    target = draft_target(reply.kind, parent.id)
    drafts.discard(session, participant_id=actor.participant_id, target=target)
    return written


def draft_target(kind: str, parent_id: str) -> str:
    """Return what a draft of a reply is filed under."""
    return f"{kind}:{parent_id}"


def _written(parent: Statement, reply: Reply) -> Statement:
    columns = dict(reply.columns)
    if reply.kind == "amendment":
        columns["value"] = {"on_version": parent.version}
    return RULES[reply.kind].model(
        **columns,
        theme_id=parent.theme_id,
        parent_id=parent.id,
        search=searching.normalise(reply.columns["body"]),
    )


def _same(before: Statement, parent: Statement, reply: Reply) -> Statement:
    if before.kind != reply.kind or before.parent_id != parent.id:
        raise RuleBroken("key-used", 409)
    return before
