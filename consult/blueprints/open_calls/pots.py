"""A common pot as anyone reads it: who paid what, which calls take from it, what is left."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from ...access import requires
from ...extensions import db
from ...models import Pot
from ...queries import paging
from ...queries import pots as queries
from .load import KEY
from .routes import bp


@bp.get("/pots/<pot_id>")
@requires("call.read")
def pot(pot_id: str) -> ResponseReturnValue:
    """Show a common pot."""
    session = db.session()
    standing = None
    if KEY.fullmatch(pot_id):
        standing = session.execute(queries.standing(Pot.id == pot_id)).one_or_none()
    if standing is None:
        abort(404)
    rows, after = paging.cut(
        session.execute(queries.payments(pot_id, request.args.get("cursor"))).all(),
        lambda row: (row.PotPayment.paid_on, row.PotPayment.id),
    )
    return render_template(
        "open_calls/pot.html",
        pot=standing.Pot,
        standing=standing,
        rows=rows,
        calls=session.execute(queries.calls(pot_id)).all(),
        next_url=f"/pots/{pot_id}?cursor={after}#payments" if after else None,
    )
