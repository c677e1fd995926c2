"""The site's own settings, for those who run it."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx, site
from ...access import requires
from ...extensions import db
from ...i18n import gettext
from ...services import site_settings
from .blueprint import actor, bp
from .fields import attempt
from .site_forms import SiteForm


@bp.route("/site", methods=["GET", "POST"])
@requires("platform.manage")
def settings() -> ResponseReturnValue:
    """Name the site, its publisher, its host and whom to call."""
    if request.method == "GET":
        return render_template("console/site.html", form=SiteForm(data=site.read()))
    form = SiteForm(request.form)

    def act() -> None:
        values = {name: form[name].data for name in site_settings.FIELDS}
        site_settings.save(db.session(), values=values, actor=actor(), now=clock.now())

    status = attempt(form, act)
    site.forget()
    if status:
        return render_template("console/site.html", form=form), status
    flash(gettext("Saved."), "success")
    return htmx.see_other("console.settings")
