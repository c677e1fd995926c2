"""Photos lose what the camera wrote in them, and bombs do not open."""

import zlib
from io import BytesIO

import pytest
from PIL import Image

from consult.domain import photos
from consult.domain.errors import RuleBroken


def picture(kind="JPEG", size=(40, 20), mode="RGB", **facts):
    out = BytesIO()
    Image.new(mode, size, "red").save(out, kind, **facts)
    return out.getvalue()


def test_a_photo_is_upright_small_and_says_nothing_of_the_place():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camera of Awa"
    exif.get_ifd(0x8825)[1] = "N"
    sent = picture(size=(3_200, 800), exif=exif, comment=b"Awa was here")
    assert b"Camera of Awa" in sent
    made = photos.remade(sent)
    with Image.open(BytesIO(made)) as image:
        assert image.format == "JPEG" and image.size == (400, 1_600)
        assert not image.getexif() and "comment" not in image.info
    assert b"Awa" not in made


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_is_clear_becomes_white(kind):
    out = BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, kind)
    with Image.open(BytesIO(photos.remade(out.getvalue()))) as image:
        assert image.getpixel((1, 1)) == (255, 255, 255)


def bomb(width, height):
    """A PNG that claims to be vast."""

    def chunk(name, data):
        body = name + data
        return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")

    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    head = chunk(b"IHDR", size + b"\x08\x02\x00\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-missing"),
        (b"x" * (photos.MOST_BYTES + 1), "file-too-large"),
        (b"<svg onload=alert(1)>", "photo-kind"),
        (picture("GIF"), "photo-kind"),
        (picture()[:300], "photo-kind"),
        (bomb(8_000, 8_000), "photo-kind"),
        (bomb(10_000, 10_000), "photo-kind"),
        (bomb(60_000, 60_000), "photo-kind"),
    ],
)
def test_what_is_no_photo_is_refused(content, code):
    with pytest.raises(RuleBroken) as broken:
        photos.remade(content)
    assert broken.value.code == code
