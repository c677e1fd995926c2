"""A synthesis opens already filled: what was asked, what people wrote and weighed, what divides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from ..domain import blocks, passages, phases, questions, signatures
from ..domain.blocks import Words, _fields
from ..domain.errors import RuleBroken
from ..domain.kinds import N_
from ..domain.syntheses import picks
from ..models import (
    Account,
    Consultation,
    Extract,
    Question,
    Synthesis,
    SynthesisBlock,
    new_id,
)
from ..queries import synthesis_texts as queries
from ..speech import Speech
from . import answers, inserting, participation, syntheses

MOST_DIVIDING = 2
NOT_SAID = N_("Not said")
Place = tuple[str | None, str | None]  # a theme, and a question of it


@dataclass(frozen=True)
class Text:
    """A text worth reading first: its words, the opinions it received, what became of it."""

    id: str
    title: str
    body: str
    agree: int
    mixed: int
    disagree: int
    verdict: str | None
    reply: str | None

    @property
    def weighed(self) -> bool:
        """Tell whether anybody gave an opinion on it."""
        return bool(self.agree or self.mixed or self.disagree)


def begin(
    session: Session, consultation: Consultation, *, locale: str, account: Account, now: datetime
) -> Synthesis:
    """Begin the synthesis of a consultation, filled with what people sent so far.

    Raises not-open-yet (409) before the opening, and synthesis-begun (409) the second time. The
    counts of opinions weigh nothing as long as the consultation hides them.
    """
    phases.check("synthesise", phases.of(consultation, now))
    say = Speech(locale, consultation.time_zone)
    drafted = _Draft(session, consultation, say, now)
    values = {
        "id": new_id(),
        "slug": consultation.slug,
        "consultation_id": consultation.id,
        "title": say.gettext("Summary: %(title)s", title=consultation.title)[:200],
        "method": drafted.method(),
        "by_two": False,
        "version": 1,
        "created_at": now,
        "updated_at": now,
        **dict.fromkeys(("foreword", "foreword_by", "notes", "glossary", "imprint"), ""),
    }
    if not inserting.once(session, Synthesis, values):
        raise RuleBroken("synthesis-begun", 409)
    synthesis = session.get_one(Synthesis, values["id"])
    drafted.write()
    drafted.keep(synthesis.id, account)
    number = len(drafted.blocks)
    syntheses.record(session, synthesis, "synthesis.begun", account=account, now=now, blocks=number)
    session.flush()
    return synthesis


@dataclass
class _Draft:
    session: Session
    consultation: Consultation
    say: Speech
    now: datetime
    blocks: list[SynthesisBlock] = field(default_factory=list)
    proofs: list[tuple[SynthesisBlock, Text, tuple[int, int]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sent = self.session.execute(queries.sent(self.consultation.id)).one()
        self.weighs = participation.shows_counts(self.consultation, self.now)
        self.most = picks.most(self.sent.first)

    def method(self) -> str:
        """Say how the synthesis was made, and what it cannot say."""
        say, about = self.say, self.consultation
        parts = [
            say.gettext(
                "This summary begins with the texts that people support most. The score keeps a "
                "few opinions from coming before many. Texts without opinions are drawn by lot."
            ),
            say.gettext(
                "It tells what people who took part wrote. It does not tell what everyone thinks."
            ),
        ]
        if about.access == "listed":
            parts.append(say.gettext("Only the people on a list could answer."))
        return "\n\n".join(parts)

    def write(self) -> None:
        """Write the chapters: who took part, the themes, what comes next."""
        self._participation()
        best = self._texts(queries.best(self.consultation.id, self.now))
        divided = (
            self._texts(queries.divided(self.consultation.id, self.now)) if self.weighs else {}
        )
        asked = queries.outline(self.consultation.id, self.now)
        fresh = asked.execution_options(populate_existing=True)  # the database counts answers
        rows = self.session.execute(fresh).all()
        for (theme, title), own in groupby(rows, lambda row: (row.theme_id, row.theme)):
            self._add("chapter", Words(title), (theme, None))
            for row in own:
                if row.Question is not None:
                    self._question(row.Question, best, divided)
                    self._reply(row.verdict, row.reply, (theme, row.Question.id))
            self._picked((theme, None), best, divided)
        if best.get((None, None)):
            self._add("chapter", Words(self.say.gettext("Other texts")))
            self._picked((None, None), best, divided)
        self._next()

    def keep(self, synthesis_id: str, account: Account) -> None:
        """Store the blocks in their order, each with the passage that proves it."""
        for place, block in enumerate(self.blocks, start=1):
            block.synthesis_id, block.position = synthesis_id, place
            block.updated_by_id = account.id
        self.session.add_all(self.blocks)
        self.session.flush()
        proofs = self.proofs
        self.session.add_all(extract(*proof, account=account, now=self.now) for proof in proofs)

    def _participation(self) -> None:
        say, sent = self.say, self.sent
        told = [
            say.ngettext("%(num)s person answered.", "%(num)s people answered.", sent.people),
            say.ngettext("They wrote %(num)s text.", "They wrote %(num)s texts.", sent.texts),
            say.ngettext(
                "%(num)s answer is a box ticked, or a number.",
                "%(num)s answers are boxes ticked, or numbers.",
                sent.ticked,
            ),
            say.ngettext(
                "%(num)s opinion was given on what people wrote.",
                "%(num)s opinions were given on what people wrote.",
                sent.opinions,
            ),
        ]
        numbers = (sent.people, sent.texts, sent.ticked, sent.opinions)
        told = [words for words, number in zip(told, numbers, strict=True) if number]
        self._add("chapter", Words(say.gettext("The people who took part")))
        self._add("finding", Words(body=" ".join(told) or say.gettext("Nobody took part.")))
        if sent.first < picks.SMALL:
            return
        counts: dict[str, int] = {}
        for row in self.session.execute(queries.actors(self.consultation.id)):
            label = signatures.ACTOR_LABELS.get(row.actor_kind or "", NOT_SAID)
            counts[say.gettext(label)] = counts.get(say.gettext(label), 0) + row.number
        if set(counts) == {say.gettext(NOT_SAID)}:
            return
        rows = picks.masked(counts, say.gettext("Others"))
        self._figure(say.gettext("Texts by kind of author"), rows)

    def _question(
        self,
        question: Question,
        best: Mapping[Place, list[Text]],
        divided: Mapping[Place, list[Text]],
    ) -> None:
        """Write a question: the table of its answers, or the texts worth reading first."""
        number = question.answers
        body = (
            self.say.ngettext("%(num)s answer.", "%(num)s answers.", number)
            if number
            else self.say.gettext("Nobody answered this question.")
        )
        place = (question.theme_id, question.id)
        self._add("section", Words(question.wording[: blocks.TITLE_LIMIT], body), place)
        if question.kind in answers.TEXTS:
            self._picked(place, best, divided)
        elif number:
            found = self.session.scalars(queries.values(question.id)).all()
            values = [one for one in found if one is not None]
            table = questions.kind(question.kind).summarise(values, question.options)
            rows = [(self.say.gettext(words), number) for words, number in table]
            self._figure(self.say.gettext("How people answered"), rows, place)

    def _picked(
        self, place: Place, best: Mapping[Place, list[Text]], divided: Mapping[Place, list[Text]]
    ) -> None:
        """Write the texts of a place: those that divide, then the most supported of the others."""
        torn = picks.dividing(divided.get(place, ()), MOST_DIVIDING)
        apart = {one.id for one in torn}
        others = [one for one in best.get(place, ()) if one.id not in apart]
        for kind, texts in (
            ("proposition", picks.supported(others, self.most)),
            ("disagreement", torn),
        ):
            for text in texts:
                self._text(kind, text, place)

    def _text(self, kind: str, text: Text, place: Place) -> None:
        passage = picks.passage(text.body)
        if passage is None:
            return
        starts, ends = passage
        body = "" if text.title else text.body[starts:ends]
        details = {"opinions": self._opinions(text)} if text.weighed else {}
        block = self._add(kind, Words(text.title[: blocks.TITLE_LIMIT], body, details), place)
        self.proofs.append((block, text, passage))
        self._reply(text.verdict, text.reply, place)

    def _opinions(self, text: Text) -> str:
        return self.say.gettext(
            "%(agree)s agree, %(mixed)s are mixed, %(disagree)s disagree.",
            agree=self.say.number(text.agree),
            mixed=self.say.number(text.mixed),
            disagree=self.say.number(text.disagree),
        )

    def _reply(self, verdict: str | None, reply: str | None, place: Place) -> None:
        if verdict and reply:
            self._add("reply", Words(body=reply, details={"verdict": verdict}), place)

    def _figure(
        self, title: str, rows: Sequence[tuple[str, int]], place: Place = (None, None)
    ) -> None:
        written = _fields.written(rows[: _fields.MOST_ROWS])
        if written:
            self._add("figure", Words(title, details={"rows": written}), place)

    def _next(self) -> None:
        if self.consultation.will_decide:
            self._add("chapter", Words(self.say.gettext("What comes next")))
            title = self.say.gettext("What will be decided")
            self._add("perspective", Words(title, self.consultation.will_decide))

    def _texts(self, query: Any) -> dict[Place, list[Text]]:
        found: dict[Place, list[Text]] = {}
        for row in self.session.execute(query):
            told: Any = (row.agree, row.mixed, row.disagree) if self.weighs else (0, 0, 0)
            text = Text(row.id, row.title, row.body, *(*told, row.verdict, row.reply))
            found.setdefault((row.theme_id, row.question_id), []).append(text)
        return found

    def _add(self, kind: str, words: Words, place: Place = (None, None)) -> SynthesisBlock:
        theme_id, question_id = place
        block = SynthesisBlock(
            id=new_id(),
            kind=kind,
            theme_id=theme_id,
            question_id=question_id,
            title=words.title,
            body=words.body,
            details=dict(words.details),
            version=1,
            created_at=self.now,
            updated_at=self.now,
        )
        self.blocks.append(block)
        return block


def extract(
    block: SynthesisBlock,
    text: Text,
    passage: tuple[int, int],
    *,
    account: Account,
    now: datetime,
) -> Extract:
    """Make the extract that proves a block by a passage of a text; nobody is named by it."""
    starts, ends = passage
    return Extract(
        block_id=block.id,
        statement_id=text.id,
        starts=starts,
        ends=ends,
        quote=text.body[starts:ends],
        source_sha256=passages.digest(text.body),
        account_id=account.id,
        created_at=now,
    )
