"""The split of a call: computed as often as wished, published once, corrected by another one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ..domain import assessments, call_splits, clean, split_records
from ..domain import open_calls as phases
from ..domain.call_splits import Claim, Rules, Shared, Source
from ..domain.errors import RuleBroken
from ..models import Account, CallEnvelope, OpenCall, SplitDecision, SplitProposal
from ..queries import call_officers, territories
from ..queries import splits as queries
from . import assessments as checks
from . import journal, payments, pots, split_rows

REASON_LIMIT = 1_000
COMPUTED = frozenset({phases.OPEN, phases.CLOSED})


@dataclass
class Draft:
    """A split that nobody decided yet, and the projects it leaves out, by where they stand."""

    shared: Shared
    envelopes: list[CallEnvelope]
    titles: Mapping[str, str]
    left_out: dict[str, list[Any]] = field(default_factory=dict)

    @cached_property
    def record(self) -> dict[str, Any]:
        """Return what would be decided."""
        return call_splits.record(self.shared)

    @cached_property
    def digest(self) -> str:
        """Return the digest of what would be decided."""
        return split_records.digest(self.record)

    @property
    def unread(self) -> list[Any]:
        """Return the projects without which nothing can be published."""
        return self.left_out.get(assessments.UNREAD, [])


@dataclass(frozen=True)
class Wanted:
    """What someone asks to propose or publish: the digest and the number they saw, and why."""

    digest: str
    number: int
    reason: object = ""


def compute(session: Session, call: OpenCall, *, now: datetime, holds: bool = False) -> Draft:
    """Share the envelopes of a call between the projects that respect its principles now.

    Nothing is written. With `holds`, the envelopes stay as they are until the commit. Raises
    call-draft, call-coming, call-cancelled (409).
    """
    phases.require(call, COMPUTED, now)
    query = queries.envelopes(call.id).execution_options(populate_existing=True)
    envelopes = list(session.scalars(query.with_for_update() if holds else query))
    helps = _Helps(session, envelopes)
    claims, titles, left_out = [], {}, dict[str, list[Any]]()
    standings = checks.standings(session, call, now=now)
    for row in session.execute(queries.demand(call.id)):
        standing = standings.get(row.id, assessments.UNREAD)
        if standing != assessments.RESPECTS:
            left_out.setdefault(standing, []).append(row)
            continue
        titles[row.id] = row.title
        claims.append(_claim(row, helps))
    sources = [Source(one.funder, one.amount_cents) for one in envelopes]
    shared = call_splits.compute(_rules(call), sources, claims)
    return Draft(shared, envelopes, titles, left_out)


def _rules(call: OpenCall) -> Rules:
    return Rules(
        call=call.id,
        seed=call.seed or "",
        rule=call.rule,
        floor=call.floor_cents,
        cap=call.cap_cents,
        cap_share=call.cap_share,
        carrier_cap=call.carrier_cap_cents,
        priorities=len(call.priorities),
    )


def _claim(row: Any, helps: "_Helps") -> Claim:
    return Claim(
        project=row.id,
        number=row.number,
        asked=row.asked_cents,
        cost=row.cost_cents,
        other=row.other_cents,
        priority=row.priority,
        carrier=row.organisation_id,
        sources=helps.of(row),
    )


class _Helps:
    """Which envelopes may help a project: those of its territory and of its priority."""

    def __init__(self, session: Session, envelopes: list[CallEnvelope]) -> None:
        self._earmarked = any(one.territory_code or one.priority is not None for one in envelopes)
        self._priorities = [one.priority for one in envelopes]
        self._codes = [
            frozenset(session.scalars(territories.within(one.territory_code)))
            | {one.territory_code}
            if one.territory_code
            else None
            for one in envelopes
        ]

    def of(self, row: Any) -> tuple[int, ...] | None:
        """Return the places of the envelopes; None when each helps everyone."""
        if not self._earmarked:
            return None
        both = enumerate(zip(self._codes, self._priorities, strict=True))
        return tuple(
            place
            for place, (codes, priority) in both
            if (codes is None or row.territory_code in codes) and priority in (None, row.priority)
        )


def latest(session: Session, call_id: str) -> SplitDecision | None:
    """Return the split in force, without its record."""
    return session.scalars(queries.decisions(call_id).limit(1)).one_or_none()


def has_conflict(session: Session, call: OpenCall, account: Account) -> bool:
    """Tell whether someone wrote a project of the call, or signs for one that carries some."""
    return bool(session.scalar(select(queries.carries(call.id, account.id))))


def proposed(session: Session, call: OpenCall) -> SplitProposal | None:
    """Return the split proposed by someone who still runs the call and has no part in it."""
    found = session.get(SplitProposal, call.id)
    if found is None:
        return None
    runs = session.scalar(call_officers.running(call.id, found.account_id)) is not None
    conflict = session.scalar(select(queries.carries(call.id, found.account_id)))
    return found if runs and not conflict else None


def propose(
    session: Session, call: OpenCall, wanted: Wanted, *, by: Account, now: datetime
) -> SplitProposal:
    """Ask another person to publish the split whose digest this is.

    Raises what `publish` does, and split-needs-one (409) where the call asks for one person.
    """
    _hold(session, call)
    if not call.needs_two:
        raise RuleBroken("split-needs-one", 409)
    draft, _before = _checked(session, call, wanted, by, now)
    found = session.get(SplitProposal, call.id) or SplitProposal(call_id=call.id)
    found.digest, found.reason = draft.digest, _reason(wanted)
    found.account_id, found.proposed_at = by.id, now
    session.add(found)
    _record(session, "split.proposed", call, by, now, digest=draft.digest, number=wanted.number)
    session.flush()
    return found


def publish(
    session: Session, call: OpenCall, wanted: Wanted, *, by: Account, now: datetime
) -> SplitDecision:
    """Decide the split whose digest this is, once: it never changes, another may follow it.

    Raises call-open (409), split-own-project (403), split-published (409) for a number that is
    taken, split-not-ready (409), split-changed (409) where something changed since, and, where two
    people are needed, split-not-proposed (409) and split-same-person (403).
    """
    _hold(session, call)
    draft, before = _checked(session, call, wanted, by, now)
    proposal = session.get(SplitProposal, call.id)
    if call.needs_two:
        proposed_by, reason = _proposed(proposed(session, call), draft.digest, by)
    else:
        proposed_by, reason = None, _reason(wanted)
    decision = _decision(draft, call_id=call.id, number=wanted.number, reason=reason)
    decision.proposed_by_id, decision.published_by_id = proposed_by, by.id
    decision.published_at = now
    _add(session, decision)
    split_rows.write(session, decision, draft.shared, draft.envelopes)
    pots.draw(session, call)
    if proposal is not None:
        session.delete(proposal)
    facts = {"follows": before.digest} if before else {}
    _record(session, "split.published", call, by, now, **facts, **_facts(decision))
    session.flush()
    payments.plan(session, call, actor=f"account:{by.id}", now=now)
    return decision


def _decision(draft: Draft, **facts: Any) -> SplitDecision:
    shared = draft.shared
    return SplitDecision(
        rule=shared.rules.rule,
        rule_version=shared.version,
        envelope_cents=shared.envelope,
        asked_cents=shared.asked,
        awarded_cents=shared.awarded,
        left_cents=shared.series.left,
        projects=len(shared.claims),
        record=draft.record,
        digest=draft.digest,
        **facts,
    )


def _add(session: Session, decision: SplitDecision) -> None:
    try:
        with session.begin_nested():
            session.add(decision)
    except IntegrityError as error:
        raise RuleBroken("split-published", 409) from error


def _checked(
    session: Session, call: OpenCall, wanted: Wanted, by: Account, now: datetime
) -> tuple[Draft, SplitDecision | None]:
    """Return the split as it would be decided now, or refuse it."""
    phases.require(call, frozenset({phases.CLOSED}), now)
    if has_conflict(session, call, by):
        raise RuleBroken("split-own-project", 403)
    before = latest(session, call.id)
    last = before.number if before else 0
    if wanted.number != last + 1:
        raise RuleBroken("split-published", 409)
    draft = compute(session, call, now=now, holds=True)
    if draft.unread or not draft.envelopes or not draft.shared.claims:
        raise RuleBroken("split-not-ready", 409)
    if draft.digest != wanted.digest:
        raise RuleBroken("split-changed", 409)
    if before and before.digest == draft.digest:
        raise RuleBroken("split-same", 409)
    return draft, before


def _reason(wanted: Wanted) -> str:
    """Return why this split follows another; the first one needs no reason."""
    required = "split-reason-missing" if wanted.number > 1 else ""
    return clean.text(wanted.reason, REASON_LIMIT, required=required)


def _proposed(proposal: SplitProposal | None, digest: str, by: Account) -> tuple[str, str]:
    if proposal is None:
        raise RuleBroken("split-not-proposed", 409)
    if proposal.digest != digest:
        raise RuleBroken("split-changed", 409)
    if proposal.account_id == by.id:
        raise RuleBroken("split-same-person", 403)
    return proposal.account_id, proposal.reason


def _hold(session: Session, call: OpenCall) -> None:
    """Let nobody else decide, nor change the call, before the commit."""
    session.refresh(call, with_for_update=True)


def _facts(decision: SplitDecision) -> dict[str, Any]:
    names = "number digest rule rule_version envelope_cents awarded_cents left_cents projects"
    facts = {name: getattr(decision, name) for name in names.split()}
    return {"decision": decision.id, **facts}


def _record(
    session: Session, act: str, call: OpenCall, by: Account, now: datetime, **facts: Any
) -> None:
    journal.record(session, act, f"open_call:{call.id}", actor=f"account:{by.id}", now=now, **facts)
