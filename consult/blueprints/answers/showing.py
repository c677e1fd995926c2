"""The permanent page of an answer: its text, who signs it, its life and its history."""

from collections.abc import Sequence
from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue

from ... import cache, clock, exposure
from ...access import requires, viewer
from ...domain import differences, phases, signatures, stances
from ...extensions import db
from ...models import Revision, Stance, Statement
from ...queries import answers as queries
from ...services import participation
from ..consultations import became
from ..consultations.load import reader
from ..proposals import carried
from ..proposals.load import Seen
from ..replies import lists
from ..rooms import raised
from ..second_readings import reasons
from . import followed, lives, load, wording
from .routes import bp


@bp.get("/answers/<statement_id>")
@requires("consultation.read")
def show(statement_id: str) -> ResponseReturnValue:
    """Show one answer."""
    load.key_or_404(statement_id)
    now = clock.now()
    participant, numbers = viewer().participant_id, followed.contributions()
    query = queries.detail(statement_id, reader(), participant, numbers, now)
    row = db.session.execute(query).first()
    if row is None or row.Statement.kind != "answer":
        abort(404)
    answer, consultation = row.Statement, row.Consultation
    mine = answer.participant_id == participant or answer.contribution_id in numbers
    told = became.Became(row.Outcome, row.asked, became.of_text(answer))
    if answer.state == "published":
        exposure.note([answer.id])
    return cache.page(
        "answers/show.html",
        outcome=row.Outcome,
        answer=answer,
        consultation=consultation,
        question=row.Question,
        theme=row.Theme,
        signed=wording.signed(row),
        mine=mine,
        counts=counts(row) if participation.shows_counts(consultation, now) else None,
        my_stance=my_stance(answer.id, participant),
        can_act=phases.may("stance", phases.of(consultation, now)) and answer.state == "published",
        given=reasons.shown(answer, consultation, mine=mine),
        can_change=mine and phases.may("correct", phases.of(consultation, now)),
        life=lives.steps(answer, consultation.time_zone, told.reply),
        further=db.session.execute(queries.further(answer.id)).all(),
        versions=versions(answer),
        seen=(seen := Seen(row, now)),
        relatives=carried.relatives(seen),
        replies=lists.gather(seen),
        actors=signatures.ACTOR_LABELS,
        matter=raised.from_text(answer),
        used=told.used,
        question_outcome=row.asked,
        verdict_of=became.verdict,
    )


def counts(row: Any) -> dict[str, int]:
    """Return the opinions on a statement, those declared by its source included."""
    one = row.Statement
    return {
        "agree": one.agree + one.declared_agree,
        "mixed": one.mixed + one.declared_mixed,
        "disagree": one.disagree + one.declared_disagree,
    }


def my_stance(statement_id: str, participant: str | None) -> str | None:
    """Return the reader's own opinion."""
    found = db.session.get(Stance, (statement_id, participant)) if participant else None
    return stances.WORDS[found.value] if found else None


def versions(answer: Statement) -> Sequence[dict[str, Any]]:
    """Return the earlier versions of a text, each with what the next one changed."""
    if answer.version == 1:
        return []
    earlier: Sequence[Revision] = db.session.scalars(queries.history(answer.id)).all()
    after, found = answer.body, []
    for revision in earlier:
        found.append({"revision": revision, "diff": differences.compare(revision.body, after)})
        after = revision.body
    return found
