"""A document as an accessible PDF (PDF/UA-1): tagged, with its language, its title, bookmarks.

WeasyPrint comes with the `pdf` extra and leans on Pango, a library of the system: where one of
them lacks, this kind is not offered, and the page is still there to print.
"""

import re
from functools import cache
from typing import Any

from markupsafe import Markup

from . import _html, _tall, _text
from ._blocks import Document

NAME = "pdf"
MEDIA_TYPE = "application/pdf"
EXTENSION = "pdf"
_PRINTED = 4
_WORDS = re.compile(r"(?<=>)[^<]{400,}(?=<)")
_LONG = re.compile(r"(?:&#?\w+;|[^\s&]){400,}")
_SOME = re.compile(r"(?:&#?\w+;|[^&]){1,60}")
_CUT = "\u200b"
_STYLE = Markup("""
@page { size: A4; margin: 2cm; @bottom-center {
  content: counter(page) " / " counter(pages);
  font: 8pt "DejaVu Sans", sans-serif } }
body { font: 10.5pt/1.4 "DejaVu Sans", sans-serif; color: #1b2423 }
h1 { font-size: 20pt } h2 { font-size: 14pt; margin-top: 1cm; break-after: avoid }
h3 { font-size: 11.5pt; margin-top: 6mm; break-after: avoid }
p, li, h1, h2, h3, blockquote { overflow-wrap: anywhere }
a { color: #0b4f78 }
nav { margin: 8mm 0 } nav ul { list-style: none; padding: 0; margin: 0 }
nav ul ul { margin-left: 6mm } nav a { color: #1b2423; text-decoration: none }
nav a::after { content: leader(".") target-counter(attr(href), page) }
blockquote { margin: 3mm 0; padding-left: 4mm; border-left: 1mm solid #888 }
blockquote p { margin: 1.5mm 0 } .by { color: #4a4a4a; font-size: 9pt }
.drawn { margin: 4mm 0 0; break-before: avoid } img { max-width: 100% }
.photo { max-height: 14cm }
table { width: 100%; border-collapse: collapse; font-size: 9pt; margin: 3mm 0 }
tr { break-inside: avoid }
caption { text-align: left; font-weight: bold; padding: 2mm 0 }
th, td { border: .5pt solid #444; padding: 1.5mm; text-align: left; overflow-wrap: anywhere }
.n { text-align: right } td.n { white-space: nowrap }
""")


@cache
def is_ready() -> bool:
    """Tell whether this machine can make a PDF."""
    try:
        import weasyprint
    except (ImportError, OSError):
        return False
    return bool(weasyprint)


def write(document: Document) -> bytes:
    """Return the PDF; the same document gives the same bytes. Nothing outside it is read."""
    from weasyprint import HTML

    page = HTML(string=_page(document), base_url=None, url_fetcher=fetcher())
    made = page.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=b"consult", finisher=_print_links)
    return bytes(made)


def _print_links(_document: Any, pdf: Any) -> None:
    """Say that links are printed as they are shown."""
    for one in pdf.objects:
        if isinstance(one, dict) and one.get("Subtype") == "/Link":
            one["F"] = _PRINTED


def fetcher() -> Any:
    """Return what reads for the page: the pictures that it holds itself; all else is an error."""
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols=("data",), fail_on_errors=True)


def _page(document: Document) -> str:
    page = Markup(
        '<!doctype html><html lang="{}"><head><meta charset="utf-8"><title>{}</title>'
        "<style>{}</style></head><body>{}</body></html>"
    ).format(
        document.locale, _text.line(document.title), _STYLE, _html.body(_tall.flowing(document))
    )
    return _WORDS.sub(_breakable, page)


def _breakable(found: re.Match[str]) -> str:
    """Let words as long as a page be cut: to look for where would take seconds."""
    return _LONG.sub(lambda word: _CUT.join(_SOME.findall(word[0])), found[0])
