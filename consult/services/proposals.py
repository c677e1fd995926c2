"""Proposals: the articles of an organiser's draft, and the ideas of participants."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from ..domain import articles, clean, phases, searching, signatures, similarity
from ..domain.errors import RuleBroken
from ..models import Consultation, Proposal, Statement, Theme
from ..queries import proposals
from . import answers, drafts, journal, participation, submissions

DRAFT_LIMIT = 300_000
MOST_ARTICLES = 500
TITLE_LIMIT = 200
DERIVED_TITLE = 80


@dataclass(frozen=True)
class Idea:
    """A proposal as it was written: a title, given or derived, a text, who signs it."""

    title: str
    body: str
    signing: answers.Signing = field(default_factory=answers.Signing)


def preview(raw: object) -> articles.Split:
    """Cut a pasted text into its articles; raises articles-none when it holds none."""
    found = articles.split(clean.text(raw, DRAFT_LIMIT, required="articles-none"))
    if not found.articles:
        raise RuleBroken("articles-none")
    if len(found.articles) > MOST_ARTICLES:
        raise RuleBroken("articles-too-many", max=MOST_ARTICLES)
    return found


def create(
    session: Session,
    theme: Theme,
    wanted: Sequence[articles.Article],
    *,
    actor: str,
    now: datetime,
) -> list[Proposal]:
    """Add articles to a theme, after those it has; one already there is not added again.

    Raises consultation-closed (409) once the opinions are closed.
    """
    consultation = session.get_one(Consultation, theme.consultation_id)
    if phases.of(consultation, now) not in (phases.PREPARATION, phases.OPEN):
        raise RuleBroken("consultation-closed", 409)
    made = _new_articles(session, theme, wanted, organiser(consultation), now)
    session.add_all(made)
    session.flush()
    journal.record(
        session,
        "articles.added",
        f"theme:{theme.id}",
        actor=actor,
        now=now,
        consultation_id=consultation.id,
        number=len(made),
    )
    return made


def organiser(consultation: Consultation) -> dict[str, str]:
    """Return the signature of an article: its author is whoever asks."""
    return {"signed_as": signatures.ORGANISATION, "signature": consultation.asked_by}


def sign_articles(session: Session, consultation: Consultation) -> None:
    """Sign the articles again, when whoever asks has changed name."""
    session.execute(
        update(Statement)
        .where(
            Statement.consultation_id == consultation.id,
            Statement.kind == "proposal",
            Statement.participant_id.is_(None),
            Statement.origin.is_(None),
        )
        .values(**organiser(consultation))
        .execution_options(synchronize_session=False)
    )


def title_of(article: articles.Article) -> str:
    """Return the title of an article: its number, then its own title if it has one."""
    title = f"Article {article.number}" + (f" – {article.title}" if article.title else "")
    return clean.line(title, TITLE_LIMIT * 2)[:TITLE_LIMIT]


def read(title: object, body: object) -> tuple[str, str]:
    """Return the title and the text of an idea; the title comes from the text when not given."""
    text = clean.text(body, required="proposal-empty")
    return clean.line(title, TITLE_LIMIT) or derived_title(text), text


def derived_title(body: str) -> str:
    """Return the first words of a text, cut at the end of a sentence or of a word."""
    first = body.split("\n", 1)[0].strip()
    for mark in (". ", " ! ", " ? ", "; "):
        first = first.split(mark, 1)[0]
    if len(first) <= DERIVED_TITLE:
        return first.rstrip(" .;:,")
    return first[:DERIVED_TITLE].rsplit(" ", 1)[0].rstrip(" .;:,") + "…"


def alike(session: Session, consultation_id: str, text: str) -> list[str]:
    """Return the ids of the published proposals that look like a text, the closest first."""
    terms = searching.terms(" ".join(sorted(set(text.split()), key=len, reverse=True)))
    if not terms:
        return []
    query = proposals.candidates(consultation_id, terms, session.get_bind().dialect.name)
    found = [(row.id, row.search) for row in session.execute(query)]
    return [name for name, _score in similarity.alike(text, found)]


def may_propose(
    session: Session, consultation: Consultation, actor: participation.Actor, *, now: datetime
) -> None:
    """Raise reply-not-offered (403) and what `participation.check` raises."""
    if not consultation.allows_ideas:
        raise RuleBroken("reply-not-offered", 403)
    participation.enter(session, "propose", consultation, actor.reader, now=now)


def propose(
    session: Session,
    theme: Theme,
    idea: Idea,
    actor: participation.Actor,
    *,
    key: str,
    now: datetime,
) -> Statement:
    """Take a participant's idea and return it; the same `key` again gives the same one."""
    before = submissions.earlier(session, actor.participant_id, key)
    consultation = session.get_one(Consultation, theme.consultation_id)
    if before is None:
        may_propose(session, consultation, actor, now=now)
        answers.check_territory(session, idea.signing.territory_code)
        before = submissions.take(session, actor.participant_id, key, now=now)
    if before is not None:
        return _same(before, theme)
    proposal = Proposal(
        theme_id=theme.id,
        title=idea.title,
        body=idea.body,
        search=searching.normalise(f"{idea.title} {idea.body}"),
    )
    answers.store(session, proposal, answers.Sending(consultation, actor, idea.signing), now=now)
    submissions.finish(session, actor.participant_id, key, proposal.id)
    drafts.discard(
        session, participant_id=actor.participant_id, target=draft_target(consultation.id)
    )
    return proposal


def draft_target(consultation_id: str) -> str:
    """Return what a draft of an idea is filed under: one, whatever the theme it moves to."""
    return f"proposal:{consultation_id}"


def _new_articles(
    session: Session,
    theme: Theme,
    wanted: Sequence[articles.Article],
    signature: dict[str, str],
    now: datetime,
) -> list[Proposal]:
    own = (Statement.theme_id == theme.id, Statement.kind == "proposal")
    held = session.execute(select(Statement.title, Statement.body).where(*own))
    there = {(row.title, row.body) for row in held}
    last = session.scalar(select(func.coalesce(func.max(Statement.position), 0)).where(*own)) or 0
    made: list[Proposal] = []
    for article in wanted[:MOST_ARTICLES]:
        words = title_of(article), clean.text(article.body)
        if words not in there:
            there.add(words)
            made.append(_article(theme, words, last + len(made) + 1, signature, now))
    return made


def _article(
    theme: Theme, words: tuple[str, str], position: int, signature: dict[str, str], now: datetime
) -> Proposal:
    title, body = words
    return Proposal(
        **signature,
        consultation_id=theme.consultation_id,
        theme_id=theme.id,
        position=position,
        title=title,
        body=body,
        search=searching.normalise(f"{title} {body}"),
        created_at=now,
        updated_at=now,
        published_at=now,
    )


def _same(before: Statement, theme: Theme) -> Statement:
    if before.kind != "proposal" or before.theme_id != theme.id:
        raise RuleBroken("key-used", 409)
    return before
