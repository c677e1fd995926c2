"""What the organiser wrote: consultations with their themes, questions, stages and tags."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlalchemy.orm import Session

from ...domain import numerals, questions, searching, templates
from ...models import Consultation, Question, Stage, Tag, Theme
from . import keys

COPIED = ("title", "asked_by", "purpose", "will_decide", "will_not_decide", "moderation")
CONTACT = ("contact_name", "contact_phone")
WORDS = ("wording", "easy_wording", "context", "why", "help", "example")
FEATURES = ("ideas", "arguments", "sources", "amendments", "comments")
MORNING, NIGHT = time(0, 0), time(23, 59)


@dataclass
class Frame:
    """A consultation ready to be filled: its themes by number, its questions by address."""

    consultation: Consultation
    opens_at: datetime
    themes: dict[str, str] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)


class FrameWriter:
    """Writes the consultations; their days are counted from `now`, in their own time zone."""

    def __init__(self, session: Session, now: datetime, owner_id: str) -> None:
        self.session = session
        self.now = now
        self.owner_id = owner_id

    def write(self, said: Mapping[str, Any]) -> Frame:
        """Write one consultation and what it asks."""
        about = said["consultation"]
        consultation = self._consultation(about)
        frame = Frame(consultation, consultation.opens_at or self.now)
        for number, theme in enumerate(said["theme"], start=1):
            self._theme(frame, theme, number)
        stages = [
            {"consultation_id": consultation.id, "position": place, "label": label, "phase": phase}
            for place, (label, phase) in enumerate(about.get("stages", ()), start=1)
        ]
        tags = [{"consultation_id": consultation.id, "label": tag} for tag in about["tags"]]
        for table, rows in ((Stage, stages), (Tag, tags)):
            if rows:
                self.session.execute(insert(table), rows)
        return frame

    def _consultation(self, about: Mapping[str, Any]) -> Consultation:
        texts = {name: about.get(name, "").strip() for name in (*COPIED, *CONTACT)}
        features = templates.template(about["template"]).FEATURES
        words = " ".join(texts[name] for name in ("title", "asked_by", "purpose"))
        consultation = Consultation(
            id=keys.of("consultation", about["key"]),
            slug=about["slug"],
            template=about["template"],
            owner_id=self.owner_id,
            territory_code=about["territory"],
            time_zone=about["time_zone"],
            follows_id=keys.of("consultation", about["follows"]) if "follows" in about else None,
            search=searching.normalise(words),
            **texts,
            **self._dates(about),
            **{f"allows_{name}": bool(features.get(name)) for name in FEATURES},
        )
        self.session.add(consultation)
        self.session.flush()
        return consultation

    def _dates(self, about: Mapping[str, Any]) -> dict[str, datetime | None]:
        zone = ZoneInfo(about["time_zone"])

        def day(name: str, hour: time) -> datetime | None:
            if name not in about:
                return None
            date = self.now.astimezone(zone).date() + timedelta(days=about[name])
            return datetime.combine(date, hour, zone).astimezone(UTC)

        opens_at = day("opens", MORNING)
        return {
            "opens_at": opens_at,
            "closes_at": day("closes", NIGHT),
            "synthesis_at": day("synthesis", MORNING),
            "outcome_at": day("outcome", MORNING),
            "published_at": opens_at - timedelta(days=2) if opens_at else None,
            "created_at": (opens_at or self.now) - timedelta(days=9),
        }

    def _theme(self, frame: Frame, said: Mapping[str, Any], number: int) -> None:
        consultation = frame.consultation
        theme = Theme(
            id=keys.of("theme", f"{consultation.slug}/{number}"),
            consultation_id=consultation.id,
            number=numerals.theme_number(said["label"]),
            label=said["label"],
            position=number,
            title=said["title"],
            introduction=said["introduction"].strip(),
            hidden=said.get("hidden", False),
        )
        self.session.add(theme)
        self.session.flush()
        frame.themes[str(number)] = theme.id
        for place, asked in enumerate(said.get("question", ()), start=1):
            address = f"{number}-{place}"
            frame.questions[address] = self._question(theme, asked, place, address)
        self.session.flush()

    def _question(
        self, theme: Theme, said: Mapping[str, Any], number: int, address: str
    ) -> Question:
        kind = said.get("kind", "long_text")
        words = {name: said.get(name, "").strip() for name in WORDS}
        searched = " ".join(words[name] for name in ("wording", "easy_wording", "context"))
        question = Question(
            id=keys.of("question", f"{theme.consultation_id}/{address}"),
            consultation_id=theme.consultation_id,
            theme_id=theme.id,
            number=number,
            kind=kind,
            options=questions.kind(kind).normalise_options(said.get("options", {})),
            search=searching.normalise(searched),
            **words,
        )
        self.session.add(question)
        return question
