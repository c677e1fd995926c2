"""The pictures of syntheses: made again from their points alone, kept as long as the synthesis."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain import photos
from ..domain.errors import RuleBroken
from ..domain.syntheses.composed import Composed
from ..models import Account, Picture, Synthesis
from . import syntheses
from .stored_files import Shelf

SHELF = Shelf(Picture, "pictures", 200)
NAME = "illustration.jpg"


def add(
    session: Session,
    synthesis: Synthesis,
    content: bytes,
    *,
    data_dir: Path,
    account: Account,
    now: datetime,
) -> Picture:
    """Keep a picture for a synthesis; what `photos.remade` raises, and documents-too-many."""
    made = photos.remade(content)
    with Image.open(BytesIO(made)) as opened:
        width, height = opened.size
    columns: dict[str, Any] = {
        "title": "",
        "file_name": NAME,
        "media_type": photos.MEDIA_TYPE,
        "size": len(made),
        "sha256": hashlib.sha256(made).hexdigest(),
        "width": width,
        "height": height,
    }
    syntheses.claim(session, synthesis)
    picture = SHELF.join(session, columns, {"synthesis_id": synthesis.id}, now=now)
    SHELF.keep(data_dir, picture.id, made)
    facts = {"picture": picture.id, "sha256": picture.sha256}
    syntheses.record(session, synthesis, "picture.added", account=account, now=now, **facts)
    return picture


def check(session: Session, synthesis_id: str, details: Mapping[str, str]) -> None:
    """Raise picture-unknown where a block names a picture of no other synthesis than its own."""
    key = details.get("picture")
    if key is None:
        return
    query = select(Picture.id).where(Picture.id == key, Picture.synthesis_id == synthesis_id)
    if session.scalar(query) is None:
        raise RuleBroken("picture-unknown")


def bytes_of(data_dir: Path, whole: Composed) -> dict[str, bytes]:
    """Return the bytes of the pictures of a composition, those that are what it was made with."""
    found: dict[str, bytes] = {}
    for part in whole.parts:
        if part.picture is None:
            continue
        file = SHELF.path(data_dir, part.picture.id)
        content = file.read_bytes() if file.is_file() else b""
        if hashlib.sha256(content).hexdigest() == part.picture.sha256:
            found[part.picture.id] = content
    return found
