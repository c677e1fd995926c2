"""The rules side by side, on amounts that anyone types or on a past call; nobody is paid by it."""

import re
from dataclasses import dataclass, field

from flask import Response, request

from ... import cache
from ...access import public
from ...domain import money, rule_comparison, sharing
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import euros, gettext, locale, sentence
from ...models import SplitDecision
from ...queries import splits as queries
from ..open_calls import load as calls
from . import load
from .routes import bp

SAMPLE = (3_000_000, (400_000, 350_000, 200_000, 900_000, 750_000, 600_000, 550_000))
_BETWEEN = re.compile(r"[;\n]")
LIMIT = 2_000


@dataclass
class Case:
    """An envelope in cents and what is asked of it; `names` say who asks, where that is known."""

    envelope: int
    asked: list[int]
    names: list[str] = field(default_factory=list)


@bp.get("/sharing-rules")
@public
def compare() -> tuple[Response, int]:
    """Share one envelope by each rule; the address holds all that is typed."""
    typed = {name: request.args.get(name, "")[:LIMIT] for name in ("envelope", "asked")}
    error, status, awards = "", 200, {}
    case = Case(SAMPLE[0], list(SAMPLE[1]))
    try:
        case = _case(typed)
        awards = dict(rule_comparison.compared(case.envelope, case.asked))
    except RuleBroken as broken:
        error, status = sentence(broken), broken.status
    if not any(typed.values()):
        typed = {"envelope": _typed(case.envelope), "asked": "\n".join(map(_typed, case.asked))}
    response = cache.page(
        "splits/compare.html",
        case=case,
        awards=awards,
        labels={name: rule.LABEL for name, rule in sharing.RULES.items()},
        payable=sharing.payable(),
        calls=db.session.execute(queries.published(20)).all(),
        typed=typed,
        error=error,
    )
    return response, status if error else response.status_code


def _case(typed: dict[str, str]) -> Case:
    if any(typed.values()):
        asked = [one for one in _BETWEEN.split(typed["asked"]) if one.strip()]
        read = [money.read(one, locale()) for one in asked[: rule_comparison.MOST_PROJECTS + 1]]
        return Case(money.read(typed["envelope"], locale()), read)
    if slug := request.args.get("call", ""):
        call = calls.visible_or_404(slug)
        decision = db.session.scalars(queries.decisions(call.id).limit(1)).one_or_none()
        if decision is None:
            raise RuleBroken("split-not-published", 409)
        return _past(decision)
    return Case(SAMPLE[0], list(SAMPLE[1]))


def _past(decision: SplitDecision) -> Case:
    most = rule_comparison.MOST_PROJECTS
    rows, _after = load.lines(decision, "number", None, most + 1)
    hidden = [row.is_hidden for row in rows]
    names = [
        gettext("Project no. %(number)s", number=row.number) if secret else row.title
        for row, secret in zip(rows, hidden, strict=True)
    ]
    return Case(decision.envelope_cents, [row.asked_cents for row in rows], names)


def _typed(cents: int) -> str:
    """Write an amount as it would be typed."""
    return euros(cents).replace("€", "").strip()
