"""Photos: made again from their points alone, without what the camera wrote in them."""

import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from .errors import RuleBroken

MOST_BYTES = 10_000_000
MOST_POINTS = 60_000_000
SIDE = 1_600
MEDIA_TYPE = "image/jpeg"
_KINDS = ("JPEG", "PNG", "WEBP")
_QUALITY = 82


def remade(content: bytes) -> bytes:
    """Return a photo as a JPEG of at most 1,600 points a side: no place, no camera, no hour.

    Raises file-missing, file-too-large (413) and photo-kind for what is no JPEG, PNG or WebP.
    """
    if not content:
        raise RuleBroken("file-missing")
    if len(content) > MOST_BYTES:
        raise RuleBroken("file-too-large", 413)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _remade(content)
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
    ) as error:
        if isinstance(error, RuleBroken):
            raise
        raise RuleBroken("photo-kind") from error


def _remade(content: bytes) -> bytes:
    with Image.open(BytesIO(content), formats=_KINDS) as opened:
        if opened.width * opened.height > MOST_POINTS:
            raise RuleBroken("photo-kind")
        upright = ImageOps.exif_transpose(opened)
        upright.thumbnail((SIDE, SIDE))
        flat = Image.new("RGB", upright.size, "white")
        clear = upright.convert("RGBA")
        flat.paste(clear, mask=clear.getchannel("A"))
        out = BytesIO()
        flat.save(out, "JPEG", quality=_QUALITY, optimize=True)
        return out.getvalue()
