"""Find a project for whoever reads: one that is not public is missing but to those it concerns."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import abort

from ... import access
from ...domain import roles
from ...extensions import db
from ...models import OpenCall, Project, Room
from ...queries import projects as queries
from ...queries import rooms
from ...services import splits
from ..open_calls import load as calls
from ..rooms.load import ID as ID


@dataclass
class Found:
    """A project, its call, and what the reader is to it."""

    project: Project
    call: OpenCall
    carriers: Sequence[Any]

    @property
    def is_public(self) -> bool:
        """Whether anyone may read it."""
        return self.project.state == "submitted" and self.project.moderation == "published"

    @property
    def is_drafted(self) -> bool:
        """Whether it is the reader's own draft."""
        account = access.viewer().account
        own = account is not None and account.id == self.project.account_id
        return own and self.project.state == "draft"

    @property
    def is_mine(self) -> bool:
        """Whether the reader acts for one of those who carry it, or drafted it."""
        return self.is_drafted or any(row.mine for row in self.carriers)

    @property
    def may_write(self) -> bool:
        """Whether the reader may change it."""
        return self.is_drafted or any(row.mine and row.leads for row in self.carriers)

    @property
    def reads_contacts(self) -> bool:
        """Whether the reader may know whom to reach, and read the files: not the partners."""
        return self.may_write or self.runs_call

    @property
    def runs_call(self) -> bool:
        """Whether the reader runs the call."""
        return access.viewer().may("project.read_files", call=self.call)

    @cached_property
    def may_moderate(self) -> bool:
        """Whether the reader looks after its text: of the call itself, or of what its place writes.

        What was never sent is for those who carry it alone.
        """
        if self.project.submitted_at is None:
            return False
        if access.viewer().may("project.moderate", call=self.call):
            return True
        if not access.viewer().roles() & roles.FACILITATORS:
            return False
        room = room_of(self.project.territory_code) or room_of(self.call.territory_code)
        return access.viewer().may("project.moderate", call=self.call, room=room)

    @cached_property
    def may_decide(self) -> bool:
        """Whether the reader may hide it or show it again: they have no part in the call."""
        account = access.viewer().account
        if account is None or not self.may_moderate or self.project.state != "submitted":
            return False
        return not splits.has_conflict(db.session(), self.call, account)

    @property
    def may_read(self) -> bool:
        """Whether the reader may know of it."""
        if self.is_public or self.is_mine:
            return True
        return self.project.state != "draft" and self.may_moderate


def room_of(code: str | None) -> Room | None:
    """Return the room that holds a territory."""
    return db.session.scalar(rooms.moderator_of(code)) if code else None


def visible_or_404(project_id: str) -> Found:
    """Return a project, or answer 404 as if it had never been."""
    row = None
    if ID.fullmatch(project_id):
        row = db.session.execute(queries.one(project_id, calls.reader())).one_or_none()
    if row is None:
        abort(404)
    account = access.viewer().account
    who = queries.carriers(project_id, account.id if account else None)
    found = Found(row.Project, row.OpenCall, db.session.execute(who).all())
    if not found.may_read:
        abort(404)
    return found


def own_or_refuse(project_id: str) -> Found:
    """Return a project that the reader carries: 404 when it is not visible, else 403."""
    found = visible_or_404(project_id)
    if not found.is_mine:
        abort(403)
    return found


def written_or_refuse(project_id: str) -> Found:
    """Return a project that the reader may change: 404 when it is not visible, else 403."""
    found = visible_or_404(project_id)
    if not found.may_write:
        abort(403)
    return found
