"""Documents joined to a consultation."""

from flask import current_app, flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx, joined_files
from ...access import requires
from ...extensions import db
from ...i18n import gettext
from ...models import Consultation, Document
from ...queries import console
from ...services import documents
from .blueprint import actor, bp, managed, part
from .fields import attempt
from .forms import DocumentForm


@bp.route("/consultations/<slug>/documents", methods=["GET", "POST"])
@requires("consultation.manage")
def documents_of(slug: str) -> ResponseReturnValue:
    """List the documents, and join another."""
    consultation = managed(slug)
    if request.method == "GET":
        return _page(DocumentForm(), consultation)
    form = DocumentForm(request.form)
    upload = joined_files.received()

    def act() -> None:
        documents.add(
            db.session(),
            consultation,
            upload=upload,
            data_dir=current_app.config["DATA_DIR"],
            actor=actor(),
            now=clock.now(),
        )

    if status := attempt(form, act):
        return _page(form, consultation), status
    flash(gettext("The document is joined."), "success")
    return htmx.see_other("console.documents_of", slug=slug)


@bp.post("/consultations/<slug>/documents/<document_id>/delete")
@requires("consultation.manage")
def delete_document(slug: str, document_id: str) -> ResponseReturnValue:
    """Take a document away."""
    found = part(Document, managed(slug), document_id)
    documents.remove(db.session(), found, actor=actor(), now=clock.now())
    db.session.commit()
    documents.SHELF.forget(current_app.config["DATA_DIR"], [document_id])
    flash(gettext("The document is removed."), "success")
    return htmx.see_other("console.documents_of", slug=slug)


def _page(form: DocumentForm, consultation: Consultation) -> str:
    rows = db.session.execute(console.documents(consultation.id)).all()
    return render_template(
        "console/documents.html", form=form, consultation=consultation, documents=rows
    )
