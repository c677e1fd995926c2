"""The blocks of a synthesis: a form each, what others wrote meanwhile, notes between writers."""

from pathlib import Path
from typing import Any

from flask import abort, current_app, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account, requires
from ...domain import blocks as kinds
from ...domain import differences, photos
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext, sentence
from ...models import Consultation, Synthesis, SynthesisBlock
from ...queries import blocks as queries
from ...services import blocks, consultations, drafts, extracts, pictures
from ..consultations import load
from . import synthesis
from .blueprint import bp, key_or_404
from .fields import Stored, attempt
from .synthesis import HERE, RIGHT, begun
from .synthesis_forms import FILE, BlockForm, block_form

ONE = f"{HERE}/blocks/<block_id>"


def found_or_404(slug: str, block_id: str) -> tuple[Consultation, Synthesis, SynthesisBlock]:
    """Return a block of the synthesis of a consultation, or answer 404."""
    consultation, whole = begun(slug)
    block = db.session.get(SynthesisBlock, key_or_404(block_id))
    if block is None or block.synthesis_id != whole.id:
        abort(404)
    return consultation, whole, block


@bp.route(f"{HERE}/blocks/new", methods=["GET", "POST"])
@requires(RIGHT)
def new_block(slug: str) -> ResponseReturnValue:
    """Add a block of a kind."""
    consultation, whole = begun(slug)
    kind = request.args.get("kind", "")
    kinds.kind(kind)
    form = block_form(kind)(request.form if request.method == "POST" else None)
    form.after.data = _key(form.after.data or "")
    if request.method == "GET":
        form.after.data = _key(request.args.get("after", ""))
        return _page(form, kind, consultation)
    made: list[SynthesisBlock] = []

    def act() -> None:
        values, me = form.values() | _picture(form, whole), account()
        made.append(
            blocks.add(db.session(), whole, kind, values=values, account=me, now=clock.now())
        )

    if status := attempt(form, act):
        return _page(form, kind, consultation), status
    flash(gettext("The block is added."), "success")
    return htmx.see_other("console.synthesis", slug=slug, _anchor=f"block-{made[0].id}")


@bp.route(ONE, methods=["GET", "POST"])
@requires(RIGHT)
def synthesis_block(slug: str, block_id: str) -> ResponseReturnValue:
    """Change the words of a block; when someone else did meanwhile, show both texts."""
    consultation, whole, block = found_or_404(slug, block_id)
    if request.method == "GET":
        stored, version = _stored(block)
        form = block_form(block.kind)(data={**stored, "version": version})
        return _page(form, block.kind, consultation, block)
    form = block_form(block.kind)(request.form)

    def act() -> None:
        blocks.revise(
            db.session(),
            block,
            values=form.values() | _picture(form, whole, block),
            version=form.version.data or "",
            account=account(),
            now=clock.now(),
        )

    if status := attempt(form, act, lambda: _stored(block)):
        return _page(form, block.kind, consultation, block), status
    flash(gettext("Saved."), "success")
    return htmx.see_other("console.synthesis", slug=slug, _anchor=f"block-{block.id}")


@bp.post(f"{ONE}/move")
@requires(RIGHT)
def move_block(slug: str, block_id: str) -> ResponseReturnValue:
    """Put a block one place up or down."""
    consultation, whole, block = found_or_404(slug, block_id)
    up = request.form.get("direction") == "up"
    blocks.move(db.session(), block, up=up, account=account(), now=clock.now())
    db.session.commit()
    if htmx.wants_fragment():
        return synthesis.page(consultation, whole)
    return htmx.see_other("console.synthesis", slug=slug, _anchor=f"block-{block.id}")


@bp.post(f"{ONE}/delete")
@requires(RIGHT)
def delete_block(slug: str, block_id: str) -> ResponseReturnValue:
    """Take a block away."""
    consultation, whole, block = found_or_404(slug, block_id)
    blocks.remove(db.session(), block, account=account(), now=clock.now())
    db.session.commit()
    if htmx.wants_fragment():
        return synthesis.page(consultation, whole)
    flash(gettext("The block is gone."), "success")
    return htmx.see_other("console.synthesis", slug=slug)


@bp.post(f"{ONE}/notes")
@requires(RIGHT)
def add_note(slug: str, block_id: str) -> ResponseReturnValue:
    """Leave a note to those who write."""
    consultation, _whole, block = found_or_404(slug, block_id)
    typed = request.form.get("note", "")
    try:
        blocks.note(db.session(), block, typed, account=account(), now=clock.now())
        db.session.commit()
    except RuleBroken as broken:
        db.session.rollback()
        stored, version = _stored(block)
        form = block_form(block.kind)(data={**stored, "version": version})
        told = (sentence(broken), drafts.plain(typed))
        page = _page(form, block.kind, consultation, block, told)
        return page, broken.status
    return htmx.see_other("console.synthesis_block", slug=slug, block_id=block_id, _anchor="notes")


@bp.post(f"{ONE}/notes/<note_id>/settle")
@requires(RIGHT)
def settle_note(slug: str, block_id: str, note_id: str) -> ResponseReturnValue:
    """Say that a note is settled."""
    _consultation, _whole, block = found_or_404(slug, block_id)
    blocks.settle(db.session(), block, key_or_404(note_id), now=clock.now())
    db.session.commit()
    return htmx.see_other("console.synthesis_block", slug=slug, block_id=block_id, _anchor="notes")


def _picture(
    form: BlockForm, whole: Synthesis, block: SynthesisBlock | None = None
) -> dict[str, str]:
    """Return the picture of a block: the one that was sent, else the one that it has."""
    if FILE not in form.own:
        return {}
    sent = request.files.get(FILE)
    content = sent.stream.read(photos.MOST_BYTES + 1) if sent else b""
    if not content:
        return {"picture": block.details.get("picture", "") if block else ""}
    made = pictures.add(
        db.session(),
        whole,
        content,
        data_dir=Path(current_app.config["DATA_DIR"]),
        account=account(),
        now=clock.now(),
    )
    return {"picture": made.id}


def _key(raw: str) -> str:
    """Return the key of a block as it was given, "" for what cannot be one."""
    return raw if load.KEY.fullmatch(raw) else ""


def _stored(block: SynthesisBlock) -> Stored:
    db.session.refresh(block)
    stored = blocks.values_of(block)
    return stored, consultations.stamp(stored)


def _page(
    form: BlockForm,
    kind: str,
    consultation: Consultation,
    block: SynthesisBlock | None = None,
    refused: tuple[str, str] = ("", ""),
) -> str:
    held = extracts.of_block(db.session(), block.id, clock.now()) if block else []
    return render_template(
        "console/synthesis_block.html",
        form=form,
        kind=kind,
        about=kinds.kind(kind),
        consultation=consultation,
        block=block,
        slug=db.session.get_one(Synthesis, block.synthesis_id).slug if block else "",
        held=held,
        places={one.id: _place(consultation, one) for one in held},
        earlier=_earlier(block) if block else [],
        notes=db.session.execute(queries.notes(block.id)).all() if block else [],
        note_error=refused[0],
        note_typed=refused[1],
    )


def _place(consultation: Consultation, one: extracts.Shown) -> str:
    """Return where the text that an extract comes from is read by those who write."""
    slug, key = consultation.slug, one.source_id
    if one.consultation_id == consultation.id:
        return url_for("console.reading_text", slug=slug, statement_id=key)
    what = {"minutes": "documents", "hearing": "hearings"}.get(one.source, "texts")
    return url_for("console.read_source", slug=slug, what=what, source_key=key)


def _earlier(block: SynthesisBlock) -> list[dict[str, Any]]:
    """Return the earlier wordings of a block, each with what changed after it."""
    rows = db.session.execute(queries.revisions(block.id)).all()
    after, found = f"{block.title}\n{block.body}".strip(), []
    for row in rows:
        before = f"{row.title}\n{row.body}".strip()
        found.append({"row": row, "changes": differences.compare(before, after)})
        after = before
    return found
