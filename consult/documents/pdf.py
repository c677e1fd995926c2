"""A document as an accessible PDF (PDF/UA-1): tagged, with its language, its title, bookmarks.

WeasyPrint comes with the `pdf` extra and leans on Pango, a library of the system: where one of
them lacks, this kind is not offered, and the page is still there to print.
"""

from functools import cache

from markupsafe import Markup

from . import _open
from ._blocks import Block, Document, Heading, Paragraph, Table

NAME = "pdf"
MEDIA_TYPE = "application/pdf"
EXTENSION = "pdf"
_STYLE = Markup("""
@page { size: A4; margin: 2cm; @bottom-center { content: counter(page) " / " counter(pages) } }
body { font: 10.5pt/1.4 "DejaVu Sans", sans-serif; color: #1b2423 }
h1 { font-size: 20pt } h2 { font-size: 14pt; margin-top: 1cm; break-after: avoid }
table { width: 100%; border-collapse: collapse; font-size: 9pt } tr { break-inside: avoid }
caption { text-align: left; font-weight: bold; padding: 2mm 0 }
th, td { border: .5pt solid #444; padding: 1.5mm; text-align: left; overflow-wrap: anywhere }
.n { text-align: right; white-space: nowrap }
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

    page = HTML(string=_page(document), base_url=None, url_fetcher=_refuse)
    made = page.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=b"consult")
    return bytes(made)


def _refuse(url: str, *_rest: object) -> dict[str, object]:
    raise ValueError(url)


def _page(document: Document) -> str:
    blocks = Markup("").join(_block(one, document.locale) for one in document.blocks)
    return Markup(
        '<!doctype html><html lang="{}"><head><meta charset="utf-8"><title>{}</title>'
        "<style>{}</style></head><body><h1>{}</h1>{}</body></html>"
    ).format(document.locale, _said(document.title), _STYLE, _said(document.title), blocks)


def _block(block: Block, locale: str) -> Markup:
    if isinstance(block, Heading):
        return Markup("<h2>{}</h2>").format(_said(block.text))
    if isinstance(block, Paragraph):
        lines = (Markup("<p>{}</p>").format(_said(one)) for one in block.text.split("\n"))
        return Markup("").join(lines)
    return _table(block, locale)


def _table(table: Table, locale: str) -> Markup:
    head = Markup("").join(
        Markup('<th scope="col">{}</th>').format(_said(name)) for name in table.header
    )
    rows = Markup("").join(
        Markup("<tr>{}</tr>").format(
            Markup("").join(_cell(table, at, value, locale) for at, value in enumerate(row))
        )
        for row in table.rows
    )
    return Markup(
        "<table><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>"
    ).format(_said(table.caption), head, rows)


def _cell(table: Table, at: int, value: str | int, locale: str) -> Markup:
    text = _said(_open.said(table, at, value, locale))
    kind = Markup(' class="n"') if isinstance(value, int) else ""
    return Markup("<td{}>{}</td>").format(kind, text)


def _said(text: str) -> str:
    """Return a text without what no XML, nor font, can hold."""
    kept = text.encode("utf-8", "ignore").decode()
    return "".join(one for one in kept if one.isprintable() or one in "\n\t")
