"""What the page of a consultation holds: themes, questions, what surrounds them, outcomes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    String,
    and_,
    cast,
    false,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from ..models import (
    AnswerQuestion,
    Consultation,
    Document,
    Draft,
    EditionOffer,
    Outcome,
    Question,
    Stage,
    Statement,
    Synthesis,
    SynthesisVersion,
    Tag,
    Territory,
    Theme,
)
from . import consultations

OUTCOMES = 5
EXCERPT = 300
ARTICLES = 30


def questions(consultation_id: str, participant_id: str | None) -> Select[*tuple[Any, ...]]:
    """Select each visible theme with each of its questions, and where the reader stands."""
    return (
        select(
            Theme.id.label("theme_id"),
            Theme.number.label("theme_number"),
            Theme.label.label("theme_label"),
            Theme.title.label("theme_title"),
            Theme.introduction,
            Question.id,
            Question.number,
            Question.kind,
            Question.wording,
            Question.easy_wording,
            Question.answers,
            _answered(participant_id).label("answered"),
            _drafted(participant_id).label("drafted"),
        )
        .outerjoin(Question, Question.theme_id == Theme.id)
        .where(Theme.consultation_id == consultation_id, Theme.hidden.is_(False))
        .order_by(Theme.position, Theme.number, Question.number)
    )


def question(
    slug: str, theme: int, number: int, reader: consultations.Reader, now: datetime
) -> Select[Consultation, Theme, Question]:
    """Select the question of an address, with its consultation and its theme, if it is shown."""
    return (
        consultations.by_slug(slug, reader, now)
        .join(Theme, Theme.consultation_id == Consultation.id)
        .join(Question, Question.theme_id == Theme.id)
        .where(Theme.hidden.is_(False), Theme.number == theme, Question.number == number)
        .add_columns(Theme, Question)
    )


def _answered(participant_id: str | None) -> ColumnElement[bool]:
    if participant_id is None:
        return false()
    mine = and_(
        Statement.participant_id == participant_id,
        Statement.kind == "answer",
        Statement.state != "withdrawn",
    )
    own = select(Statement.id).where(mine, Statement.question_id == Question.id)
    further = (
        select(Statement.id)
        .join(AnswerQuestion, AnswerQuestion.statement_id == Statement.id)
        .where(mine, AnswerQuestion.question_id == Question.id)
    )
    return or_(own.exists(), further.exists())


def _drafted(participant_id: str | None) -> ColumnElement[bool]:
    if participant_id is None:
        return false()
    return (
        select(Draft.target)
        .where(
            Draft.participant_id == participant_id,
            Draft.target == literal("question:") + Question.id,
        )
        .exists()
    )


def surroundings(
    consultation: Consultation, reader: consultations.Reader, now: datetime
) -> CompoundSelect[*tuple[Any, ...]]:
    """Select stages, tags, documents, territory and linked consultations.

    Rows are (what, key, label, note, number).
    """
    seen = consultations.is_visible(reader, now)
    here = consultation.id
    stage = _row("stage", Stage.id, Stage.label, Stage.phase, Stage.position)
    tag = _row("tag", Tag.label, Tag.label, "", 0)
    document = _row("document", Document.id, Document.title, Document.file_name, Document.size)
    linked = (Consultation.slug, Consultation.title, "", 0)
    return union_all(
        stage.where(Stage.consultation_id == here),
        tag.where(Tag.consultation_id == here),
        document.where(Document.consultation_id == here),
        _row("territory", Territory.code, Territory.name, "", 0).where(
            Territory.code == consultation.territory_code
        ),
        _row("follows", *linked).where(Consultation.id == consultation.follows_id, seen),
        _row("followed", *linked).where(Consultation.follows_id == here, seen),
        _row("edition", *linked)
        .join(EditionOffer, EditionOffer.edition_id == Consultation.id)
        .where(EditionOffer.consultation_id == here, consultations.is_published(now), seen),
        _row("synthesis", Synthesis.slug, Synthesis.title, "", 0)
        .join(SynthesisVersion, SynthesisVersion.synthesis_id == Synthesis.id)
        .where(Synthesis.consultation_id == here, SynthesisVersion.number == 1),
        _row("edition_of", *linked)
        .join(EditionOffer, EditionOffer.consultation_id == Consultation.id)
        .where(EditionOffer.edition_id == here, seen),
    )


def _row(what: str, key: Any, label: Any, note: Any, number: Any) -> Select[*tuple[Any, ...]]:
    return select(
        literal(what).label("what"),
        cast(key, String).label("key"),
        cast(label, String).label("label"),
        cast(note, String).label("note"),
        (literal(number) if isinstance(number, int) else number).label("number"),
    )


def outcomes(condition: ColumnElement[bool], limit: int = OUTCOMES) -> Select[*tuple[Any, ...]]:
    """Select the latest outcomes of visible consultations, each with what it answers."""
    return (
        select(
            Outcome.id,
            Outcome.verdict,
            func.substr(Outcome.body, 1, EXCERPT).label("body"),
            Outcome.updated_at,
            Consultation.slug,
            Consultation.title.label("consultation"),
            Consultation.time_zone,
            Statement.id.label("statement_id"),
            Statement.kind,
            func.substr(func.coalesce(Statement.title, ""), 1, EXCERPT).label("title"),
            func.substr(func.coalesce(Statement.body, ""), 1, EXCERPT).label("text"),
            Theme.number.label("theme_number"),
            Question.number.label("question_number"),
            Question.wording,
        )
        .join(Consultation, Consultation.id == Outcome.consultation_id)
        .outerjoin(Statement, Statement.id == Outcome.statement_id)
        .outerjoin(Question, Question.id == Outcome.question_id)
        .outerjoin(Theme, Theme.id == func.coalesce(Question.theme_id, Statement.theme_id))
        .where(
            condition,
            Outcome.part_id.is_(None),  # the synthesis shows those
            or_(Outcome.statement_id.is_(None), Statement.state == "published"),
            or_(Theme.id.is_(None), Theme.hidden.is_(False)),
        )
        .order_by(Outcome.updated_at.desc(), Outcome.id.desc())
        .limit(limit)
    )


def articles(theme_ids: Sequence[str], limit: int = ARTICLES) -> Select[*tuple[Any, ...]]:
    """Select the first published proposals of each theme, one row more than the limit."""
    parts = [
        select(
            Statement.id,
            Statement.theme_id,
            Statement.title,
            Statement.replies,
            Statement.created_at,
            Statement.position,
        )
        .where(
            Statement.theme_id == theme_id,
            Statement.kind == "proposal",
            Statement.state == "published",
        )
        .order_by(Statement.created_at, Statement.position, Statement.id)
        .limit(limit + 1)
        .subquery()
        for theme_id in theme_ids
    ]
    if not parts:
        return select(Statement.id).where(false())
    both = union_all(*(part.select() for part in parts)).subquery()
    return select(*both.c).order_by(both.c.created_at, both.c.position, both.c.id)


def to_answer(condition: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Select the least answered question of the consultations that the condition keeps."""
    return (
        select(Consultation.slug, Theme.number.label("theme"), Question.number)
        .join(Theme, Theme.id == Question.theme_id)
        .join(Consultation, Consultation.id == Question.consultation_id)
        .where(condition, Theme.hidden.is_(False))
        .order_by(Question.answers, Consultation.published_at, Theme.position, Question.number)
        .limit(1)
    )


def document(document_id: str, reader: consultations.Reader, now: datetime) -> Select[Document]:
    """Select a document of a consultation the reader may know of."""
    return (
        select(Document)
        .join(Consultation, Consultation.id == Document.consultation_id)
        .where(Document.id == document_id, consultations.is_visible(reader, now))
    )


def addresses(condition: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Select the addresses of consultations and of their questions, the newest first."""
    alone = select(
        Consultation.slug,
        Consultation.published_at,
        Theme.number.label("theme"),
        Question.number,
    )
    asked = (
        alone.join(Theme, Theme.consultation_id == Consultation.id)
        .join(Question, Question.theme_id == Theme.id)
        .where(condition, Theme.hidden.is_(False))
    )
    whole = select(
        Consultation.slug,
        Consultation.published_at,
        cast(null(), Integer).label("theme"),
        cast(null(), Integer).label("number"),
    ).where(condition)
    both = union_all(whole, asked).subquery()
    return select(both.c.slug, both.c.theme, both.c.number).order_by(
        both.c.published_at.desc(), both.c.slug, both.c.theme.nulls_first(), both.c.number
    )
