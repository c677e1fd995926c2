"""Who may do what: every route declares its rule, and an undeclared one stops the start."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from . import clock
from .domain import roles
from .domain.errors import RuleBroken
from .extensions import db
from .models import Account, CallOfficer, Consultation
from .queries import rooms
from .services import accounts, organisers

View = TypeVar("View", bound=Callable[..., object])
PUBLIC = "public"


class AnyRoom(Protocol):
    """A room, or a row that tells its id and its level."""

    @property
    def id(self) -> str:
        """Its identifier."""

    @property
    def level(self) -> str:
        """Its level."""


Held = AnyRoom | None


class AnyCall(Protocol):
    """A call, or a row that tells its id."""

    @property
    def id(self) -> str:
        """Its identifier."""


class Viewer:
    """Whoever reads this page: an account, a device that took part, or nobody yet."""

    def __init__(self, account: Account | None = None) -> None:
        self._account = account
        self._asked = account is not None
        self._participant: str | None = None
        self._looked = False
        self._organised: dict[str, bool] = {}
        self._run: dict[str, bool] = {}
        self._ways: dict[str, frozenset[str]] = {}

    @property
    def account(self) -> Account | None:
        """The account that a token proves, else the one signed in, if any."""
        if not self._asked:
            if current_user and current_user.is_authenticated:
                self._account = current_user._get_current_object()
            self._asked = True
        return self._account

    @property
    def participant_id(self) -> str | None:
        """The participant behind the account or the device, if they already took part."""
        if not self._looked:
            account = self.account
            self._participant = (
                account.participant_id
                if account
                else accounts.find_participant(db.session(), account_id=None, device=device())
            )
            self._looked = True
        return self._participant

    @property
    def invited_id(self) -> str | None:
        """The participant of a device that a printed code let in."""
        by_code = self.account is None and device().startswith(accounts.BY_CODE)
        return self.participant_id if by_code else None

    def take_part(self) -> str:
        """Return the participant, made now when this person acts for the first time."""
        if self.account is None and g.get("shut_out"):
            raise RuleBroken("account-shut-out", 403)
        if (found := self.participant_id) is not None:
            return found
        account = self.account
        participant, token = accounts.new_participant(
            db.session(),
            account_id=account.id if account else None,
            now=clock.now(),
            browser=session.get("csrf_token", "") or g.get("sender", ""),
        )
        if token:
            g.new_device = token
        self._participant = participant.id
        return participant.id

    def roles(
        self,
        consultation: Consultation | None = None,
        room: Held = None,
        call: AnyCall | None = None,
    ) -> set[str]:
        """The roles held here: of what is at hand, an organiser has theirs, a facilitator too.

        With nothing at hand, they are those held of anything at all.
        """
        account = self.account
        if account is None:
            return {roles.VISITOR}
        held = {roles.VISITOR, roles.PARTICIPANT} | granted(account)
        if not is_protected(account):
            held -= roles.STRONG
        if consultation is not None:
            self._narrow_to_consultation(held, consultation)
        if call is not None and roles.CALL_OFFICER in held and not self._runs(call):
            held.discard(roles.CALL_OFFICER)
        if consultation is not None or room is not None or call is not None:
            self._narrow_to_room(held, room)
        return held

    def _narrow_to_consultation(self, held: set[str], consultation: Consultation) -> None:
        if roles.ORGANISER in held and not self._organises(consultation):
            held.discard(roles.ORGANISER)
            held.add(roles.ORGANISER_OTHER)
        if roles.CO_ORGANISER in held and not self._organises(consultation):
            held.discard(roles.CO_ORGANISER)

    def _narrow_to_room(self, held: set[str], room: Held) -> None:
        if not held & roles.FACILITATORS:
            return
        held -= roles.FACILITATORS
        held.update(roles.OF_LEVEL[level] for level in self._levels_over(room))
        if not held & roles.FACILITATORS:
            held.add(roles.FACILITATOR_OTHER)

    def _levels_over(self, room: Held) -> frozenset[str]:
        """Return the levels of the rooms by which this person holds a room."""
        if room is None or self.account is None:
            return frozenset()
        if room.id not in self._ways:
            found = db.session.scalars(rooms.ways_to(room.id, self.account.id))
            self._ways[room.id] = frozenset(found)
        return self._ways[room.id]

    def _organises(self, consultation: Consultation) -> bool:
        account = self.account
        if consultation.id not in self._organised and account is not None:
            # Whoever lost the role of the site keeps only what they were invited to.
            has_role = any(role.name == roles.ORGANISER for role in account.roles)
            asks = organisers.organises if has_role else organisers.joined
            self._organised[consultation.id] = asks(db.session(), consultation, account.id)
        return self._organised.get(consultation.id, False)

    def _runs(self, call: AnyCall) -> bool:
        account = self.account
        if call.id not in self._run and account is not None:
            found = db.session().get(CallOfficer, (call.id, account.id))
            self._run[call.id] = found is not None
        return self._run.get(call.id, False)

    def could(self, action: str) -> bool:
        """Whether the action is theirs, once they have set up the second step it needs."""
        held = granted(self.account) if self.account else set()
        return self.may(action) or any(roles.allowed(role, action) for role in held)

    def may(
        self,
        action: str,
        consultation: Consultation | None = None,
        room: Held = None,
        call: AnyCall | None = None,
    ) -> bool:
        """Whether one of the roles held allows the action."""
        level = None if room is None else room.level
        held = self.roles(consultation, room, call)
        return any(roles.allowed(role, action, level) for role in held)

    def may_open_below(self, level: str, above: Held) -> bool:
        """Whether they may open a room of a level below another, or below none."""
        held = self.roles(room=above) if above is not None else self.roles() - roles.FACILITATORS
        return any(roles.allowed(role, "room.manage", level) for role in held)


def granted(account: Account) -> set[str]:
    """Return the roles an account has been given, by whatever gives one."""
    held = {role.name for role in account.roles}
    if account.co_organises:
        held.add(roles.CO_ORGANISER)
    if account.runs_calls:
        held.add(roles.CALL_OFFICER)
    levels = (account.facilitates or "").split(",")
    return held | {roles.OF_LEVEL[level] for level in levels if level}


def device() -> str:
    """Return the number of the device of someone without an account, "" when it has none."""
    if g.get("forgets_device"):
        return ""
    return request.cookies.get(current_app.config["DEVICE_COOKIE_NAME"], "")


def is_protected(account: Account) -> bool:
    """Whether an account shows a second proof; those of the demonstration need none."""
    exempt = current_app.config["DEMONSTRATION_DOMAIN"]
    shown = account.second_step in roles.PROTECTING
    return shown or bool(exempt and account.email.endswith(exempt))


def viewer() -> Viewer:
    """Return the reader of the current request."""
    if "viewer" not in g:
        g.viewer = Viewer()
    return g.viewer  # type: ignore[no-any-return]


def account() -> Account:
    """Return the account that acts; the routes that ask for it all need one: 403 without."""
    found = viewer().account
    if found is None:
        abort(403)
    return found


def look_again() -> None:
    """Forget who reads: their account may be gone since the request began."""
    g.pop("viewer", None)
    g.pop("_login_user", None)


def public(view: View) -> View:
    """Declare that anyone may call this route; what it shows is filtered by the queries."""
    view.rule = PUBLIC  # type: ignore[attr-defined]
    return view


def requires(action: str) -> Callable[[View], View]:
    """Declare the action that this route needs; the table is `domain.roles`."""

    def declare(view: View) -> View:
        view.rule = action  # type: ignore[attr-defined]
        return view

    return declare


def check(
    action: str,
    consultation: Consultation | None = None,
    room: Held = None,
    call: AnyCall | None = None,
) -> None:
    """Refuse an action on a visible object with 403."""
    if not viewer().may(action, consultation, room, call):
        abort(403)


def rule_of(app: Flask, endpoint: str) -> str | None:
    """Return the rule an endpoint declares, looking through class-based views."""
    view = app.view_functions[endpoint]
    return getattr(view, "rule", None) or getattr(getattr(view, "view_class", None), "rule", None)


def enforce() -> Response | None:
    """Apply the rule of the route about to run."""
    if request.endpoint is None or request.endpoint == "static":
        return None
    rule = rule_of(current_app, request.endpoint)
    if rule == PUBLIC or (rule and viewer().may(rule)):
        return None
    lacks_step = bool(rule) and viewer().account is not None and viewer().could(str(rule))
    if request.method != "GET" or (viewer().account is not None and not lacks_step):
        abort(403)
    session["next"] = request.full_path.rstrip("?")
    page = "accounts.second_step" if lacks_step else "accounts.sign_in"
    return redirect(url_for(page), 303)


def install(app: Flask) -> None:
    """Check every route at the start, then every request."""
    missing = [e for e in app.view_functions if e != "static" and not rule_of(app, e)]
    if missing:
        raise RuntimeError(f"routes without @requires or @public: {', '.join(missing)}")
    app.before_request(enforce)
    app.jinja_env.globals["viewer"] = viewer
