"""Letters to those who carry a project: it is sent, it must be completed, a principle is missing.

They say what to do, in plain words; nothing is ever said to be rejected.
"""

from collections.abc import Sequence
from typing import Any

from flask import current_app

from ... import clock
from ...extensions import db
from ...i18n import gettext
from ...models import Assessment, OpenCall, Principle, Project
from ...queries import projects as queries
from ...services import call_officers, notifications, splits
from ..accounts.letters import short


def sent(call: OpenCall, project: Project) -> None:
    """Tell everyone who acts for those who carry a project that it is sent."""
    _tell(
        call,
        project,
        gettext("Your project is sent"),
        [
            gettext("It has number %(n)s.", n=project.number),
            gettext("You can correct it until the close of the call."),
            gettext("You do not carry this project? Take your organisation off it on its page."),
        ],
        f"sent:{project.submitted_at.isoformat() if project.submitted_at else ''}",
    )


def respected(call: OpenCall, project: Project) -> None:
    """Tell the carriers that their project was read, and respects the principles."""
    lines = [gettext("It respects the principles of the call.")]
    title = gettext("Your project was read")
    _tell(call, project, title, lines, f"read:{project.version}")


def to_complete(call: OpenCall, project: Project, said: Sequence[Assessment]) -> None:
    """Tell the carriers what to complete, and how."""
    if not said:
        return
    parts = [gettext("Something is missing. Complete your project, and it will be read again.")]
    title = gettext("Your project is to complete")
    _tell(call, project, title, parts + _said(said), f"complete:{_mark(said)}")


def refused(call: OpenCall, project: Project, said: Assessment) -> None:
    """Tell the carriers which principle is missing, and what would put it right."""
    parts = [
        gettext("Two people read your project. They find that it lacks a principle of the call."),
        *_said([said]),
        gettext("You can answer in writing on the page of your project."),
    ]
    title = gettext("Your project lacks a principle")
    _tell(call, project, title, parts, f"lacks:{_mark([said])}")


def left(call: OpenCall, project: Project) -> None:
    """Tell those who run a call that a project of its published split was withdrawn."""
    if splits.latest(db.session(), call.id) is None:
        return
    lines = [
        gettext("This project is withdrawn. The published split stands until another is decided."),
        gettext("The reason: %(reason)s", reason=project.withdrawn_reason),
        gettext("Compute the split again, then publish it with your reason:"),
        f"{current_app.config['BASE_URL']}/open-calls/{call.slug}/split/prepare",
    ]
    title = gettext("A project is withdrawn after the split")
    at = project.withdrawn_at.isoformat() if project.withdrawn_at else ""
    people = [one for one in call_officers.people(db.session(), call) if one.active]
    _write(call, project, people, title, lines, f"left:{at}")


def paid_elsewhere(call: OpenCall, project: Project) -> None:
    """Tell the carriers that the account their project is paid to was changed."""
    lines = [
        gettext("It will be paid to another account from now on."),
        gettext("You know nothing of it? Tell whoever runs the call at once."),
    ]
    if call.contact_phone:
        lines.append(f"{call.contact_name} {call.contact_phone}".strip())
    title = gettext("The bank details of your project changed")
    _tell(call, project, title, lines, f"paid:{clock.now().isoformat()}")


def _said(said: Sequence[Assessment]) -> list[str]:
    titles = {one: db.session.get_one(Principle, one).title for one in _ids(said)}
    return [
        gettext(
            "The principle: %(title)s\nWhy: %(reason)s\nWhat to do: %(fix)s",
            title=titles[one.principle_id],
            reason=one.reason,
            fix=one.fix,
        )
        for one in said
    ]


def _ids(said: Sequence[Assessment]) -> list[str]:
    return [one.principle_id for one in said]


def _mark(said: Sequence[Assessment]) -> str:
    at = max(one.second_at or one.assessed_at for one in said)
    return f"{'.'.join(sorted(_ids(said)))[:100]}:{at.isoformat()}"


def _tell(call: OpenCall, project: Project, title: str, lines: list[str], key: str) -> None:
    people = db.session.execute(queries.told(project.id)).all()
    address = f"{current_app.config['BASE_URL']}/projects/{project.id}"
    _write(call, project, people, title, [*lines, address], key)


def _write(
    call: OpenCall, project: Project, people: Sequence[Any], title: str, lines: list[str], key: str
) -> None:
    body = "\n\n".join([call.title, project.title, *lines])
    subject = f"{title} ({project.title})"
    queued = [
        notifications.Letter(
            one.email, subject, body, f"project:{short(f'{key}:{project.id}:{one.id}')}"
        )
        for one in people
    ]
    if queued:
        notifications.put_all(db.session(), queued, now=clock.now())
