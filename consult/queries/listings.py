"""Lists of answers and proposals: what they can be narrowed to, and what each row carries.

These are the most read pages: their statements are built once for each combination of filters,
with named parameters, because building one costs more than running it.
"""

from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from ..models import Consultation, Outcome, Question, Stance, Statement, Territory, Theme
from . import statements, territories
from .consultations import COUNTED
from .shapes import Prepared

SEEN = frozenset({
    "id", "kind", "title", "body", "body_length", "signed_as", "signature", "function",
    "actor_kind", "channel", "place", "organisation_slug", "territory_name", "version",
    "created_at", "updated_at", "agree", "mixed", "disagree", "score", "comments", "arguments",
    "sources", "amendments", "replies", "exposures",
})  # fmt: skip
NARROWED = ("consultation_id", "question_id", "theme_id", "actor_kind", "verdict")


class Wanted(NamedTuple):
    """What a list is asked for: a kind, a consultation, and filters, None where there are none."""

    kind: str
    consultation_id: str
    question_id: str | None = None
    theme_id: str | None = None
    territory: str | None = None
    actor_kind: str | None = None
    verdict: str | None = None

    @property
    def given(self) -> tuple[str, ...]:
        """The names of the filters in use; the country, which holds everything, is one apart."""
        named = (name for name in self._fields[1:] if getattr(self, name) is not None)
        if self.territory != territories.COUNTRY:
            return tuple(named)
        return tuple("country" if name == "territory" else name for name in named)

    @property
    def parameters(self) -> dict[str, str]:
        """The values of the filters in use."""
        return {name: getattr(self, name) for name in self.given if name != "country"}


def rows(wanted: Wanted, participant_id: str | None, *, order: str, cursor: str | None) -> Prepared:
    """Select one page of rows, each with its outcome and with the reader's own opinion."""
    shape = (wanted.kind, wanted.given, order, participant_id is not None)
    parameters = wanted.parameters
    if participant_id is not None:
        parameters["reader"] = participant_id
    return Prepared(_first_page(*shape) if cursor is None else _page(*shape, cursor), parameters)


def choices(wanted: Wanted, *, counted: bool) -> Prepared:
    """Select what a list can be narrowed to: rows of (what, key, label, number).

    With `counted`, one more row `found` says how many match, no further than one above the bound.
    """
    given = wanted.given if counted else ("consultation_id",)
    parameters = {name: value for name, value in wanted.parameters.items() if name in given}
    return Prepared(_choices(wanted.kind, given, counted), parameters)


def _scope(kind: str, given: tuple[str, ...]) -> statements.Scope:
    """Return the scope of a list with a named parameter for each filter in use."""
    named: dict[str, Any] = {
        name: bindparam(name, type_=String) for name in NARROWED if name in given
    }
    if "country" in given:
        named["territories"] = territories.within(territories.COUNTRY)
    if "territory" in given:
        named["territories"] = territories.within(bindparam("territory", type_=String))
    return statements.Scope(kind, **named)


def _page(
    kind: str, given: tuple[str, ...], order: str, is_known: bool, cursor: str | None = None
) -> Select[*tuple[Any, ...]]:
    query = statements.rows(_scope(kind, given), order=order, cursor=cursor)
    columns = [column for column in query.selected_columns if column.key in SEEN]
    mine: Any = null()
    if is_known:
        reader = bindparam("reader", type_=String)
        mine = (
            select(Stance.value)
            .where(Stance.statement_id == Statement.id, Stance.participant_id == reader)
            .scalar_subquery()
        )
    verdict = select(Outcome.verdict).where(Outcome.statement_id == Statement.id)
    return query.with_only_columns(
        *columns,
        verdict.scalar_subquery().label("verdict"),
        mine.label("mine"),
        maintain_column_froms=True,
    )


_first_page = lru_cache(maxsize=512)(_page)


def _groupings(consultation_id: BindParameter[str]) -> Select[*tuple[Any, ...]]:
    """Select the groupings, which narrow the lists of a consultation of the whole country."""
    everywhere = or_(
        Consultation.territory_code.is_(None), Consultation.territory_code == territories.COUNTRY
    )
    wide = select(Consultation.id).where(Consultation.id == consultation_id, everywhere).exists()
    return select(literal("grouping"), Territory.code, Territory.name, literal(0)).where(
        Territory.kind == territories.GROUPING, wide
    )


@lru_cache(maxsize=256)
def _choices(kind: str, given: tuple[str, ...], counted: bool) -> CompoundSelect[*tuple[Any, ...]]:
    here = bindparam("consultation_id", type_=String)
    shown = (Theme.consultation_id == here, Theme.hidden.is_(False))
    parts: list[Select[*tuple[Any, ...]]] = [
        select(
            literal("theme").label("what"),
            cast(Theme.id, String).label("key"),
            (Theme.label + literal(" ") + Theme.title).label("label"),
            Theme.position.label("number"),
        ).where(*shown)
    ]
    if kind == "answer":
        name = Theme.label + literal("-") + cast(Question.number, String)
        parts.append(
            select(
                literal("question"),
                Question.id,
                name + literal(" ") + func.substr(Question.wording, 1, 90),
                Theme.position * 1_000 + Question.number,
            )
            .join(Theme, Theme.id == Question.theme_id)
            .where(*shown)
        )
    parts.append(_groupings(here))
    if counted:
        found = statements.count(_scope(kind, given), COUNTED).scalar_subquery()
        parts.append(select(literal("found"), literal(""), literal(""), found))
    return union_all(*parts)
