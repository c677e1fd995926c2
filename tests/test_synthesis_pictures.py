"""A synthesis with pictures, in its six forms: shown, said in words, and led to."""

import io
import zipfile
from dataclasses import replace

import docx
import outloud
import pymupdf
import pytest
from markdown_it import MarkdownIt
from PIL import Image

from consult import synthesis_documents as forms
from consult.documents import _text
from consult.domain.syntheses.composed import Part, Picture, canonical
from tests.syntheses import HOSTILE, usual
from tests.test_synthesis_documents import HERE, page, parts, words


def illustrated(shows="Un banc vert.", caption="Le lieu"):
    """A synthesis with one picture, and the bytes of it."""
    out = io.BytesIO()
    Image.new("RGB", (900, 600), "green").save(out, "JPEG")
    picture = Picture("p1", "/syntheses/carnet/pictures/p1", "0" * 64, 900, 600, shows, "Ada")
    held = (
        Part("c", "chapter", "Chapitre", "1", "Les lieux"),
        Part("i", "illustration", "Illustration", "1.1", caption, picture=picture),
        Part("j", "illustration", "Illustration", "1.2", picture=replace(picture, id="lost")),
    )
    return usual(parts=held), {"p1": out.getvalue()}


@pytest.mark.parametrize(("shows", "caption"), [("Un banc vert.", "Le lieu"), (HOSTILE, HOSTILE)])
def test_a_picture_is_in_every_form_with_what_it_shows(shows, caption, tmp_path):
    whole, held = illustrated(shows, caption)

    def made_with(kind):
        return forms.written(whole, kind, base_url=HERE, pictures=held)

    files = {kind: made_with(kind) for kind in forms.NAMES}
    assert {kind: made_with(kind) for kind in forms.NAMES if kind != "pdf"}.items() <= files.items()
    said = _text.line(shows)
    (image,) = page(files["html"]).iter("img")
    assert image.get("alt") == said and image.get("src").startswith("data:image/jpeg;base64,")
    assert words(page(files["html"])).count("Ada") == 2
    with zipfile.ZipFile(io.BytesIO(files["odt"])) as archive:
        (name,) = [one for one in archive.namelist() if one.startswith("Pictures/")]
        assert archive.read(name) == held["p1"]
        assert name in archive.read("META-INF/manifest.xml").decode()
    drawn = parts(files["odt"])["content.xml"]
    (shown,) = [one for one in drawn.iter() if one.tag.endswith("}image")]
    assert shown.get("{http://www.w3.org/1999/xlink}href") == name
    assert [one.text for one in drawn.iter() if one.tag.endswith("}title")] == [said]
    file = docx.Document(io.BytesIO(files["docx"]))
    (inline,) = file.inline_shapes
    assert inline._inline.docPr.get("descr") == said and inline.width.cm == pytest.approx(16, 0.01)
    images = [
        child
        for token in MarkdownIt("commonmark").parse(files["markdown"].decode())
        for child in token.children or ()
        if child.type == "image"
    ]
    where = f"{HERE}/syntheses/carnet/pictures/p1"
    assert [one.attrs["src"] for one in images] == [where] * 2
    assert files["json"] == canonical(whole).encode("utf-8", "replace")
    path = tmp_path / "paper.pdf"
    path.write_bytes(files["pdf"])
    found = outloud.check(str(path))
    assert (found.error, found.errors) == (None, 0), found.findings
    with pymupdf.open(path) as opened:
        assert len({image[0] for one in opened for image in one.get_images()}) == 1
