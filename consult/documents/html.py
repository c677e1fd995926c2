"""A document as one page that stands alone: it reads nothing, runs nothing, and prints well."""

import base64
import hashlib

from markupsafe import Markup

from . import _html, _text
from ._blocks import Document

NAME = "html"
MEDIA_TYPE = "text/html"
EXTENSION = "html"
_STYLE = Markup("""
:root { color-scheme: light dark; --line: #767676; --soft: #595959; --link: #0b5c8a }
body { margin: 0; font: 1.0625rem/1.6 system-ui, sans-serif; color: CanvasText; background: Canvas }
main { max-width: 44rem; margin: 0 auto; padding: 1.5rem 1rem 4rem }
h1 { font-size: 2rem; line-height: 1.2 } h2 { font-size: 1.45rem; margin-top: 3rem }
h3 { font-size: 1.15rem; margin-top: 2rem } h1, h2, h3 { overflow-wrap: anywhere }
p, li, td, th, blockquote { overflow-wrap: anywhere }
a { color: var(--link) } a:focus-visible { outline: 3px solid; outline-offset: 2px }
nav { border: 1px solid var(--line); padding: .5rem 1.25rem; margin: 2rem 0 }
nav ul { padding-inline-start: 1.1rem; margin: .25rem 0 } nav li { margin: .35rem 0 }
blockquote { margin: 1rem 0; padding: .1rem 1rem; border-inline-start: 4px solid var(--line) }
.by { color: var(--soft); font-size: .95rem }
img { max-width: 100%; height: auto; background: #fff }
table { border-collapse: collapse; margin: 1.5rem 0; max-width: 100% }
caption { text-align: start; font-weight: 600; padding: .4rem 0 }
th, td { border: 1px solid var(--line); padding: .35rem .6rem; text-align: start }
td { vertical-align: top }
.n { text-align: end; font-variant-numeric: tabular-nums } td.n { white-space: nowrap }
@media (prefers-color-scheme: dark) {
  :root { --line: #8a8a8a; --soft: #b5b5b5; --link: #8ac7f0 }
}
@media print {
  @page { margin: 2cm }
  :root { color-scheme: light }
  main { max-width: none; padding: 0 } body { font-size: 10.5pt }
  h2, h3 { break-after: avoid } tr, blockquote, img { break-inside: avoid }
  .by a::after { content: " (" attr(href) ")" }
}
""")


def is_ready() -> bool:
    """Tell that this kind needs nothing more than the program."""
    return True


def write(document: Document) -> bytes:
    """Return the page; its own rule forbids it to read or to run anything."""
    mark = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    rule = (
        f"default-src 'none'; style-src 'sha256-{mark}'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
    return (
        Markup(
            '<!doctype html>\n<html lang="{}">\n<head>\n<meta charset="utf-8">\n'
            '<meta http-equiv="Content-Security-Policy" content="{}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="referrer" content="no-referrer">\n'
            "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n<main>\n{}\n</main>\n</body>\n"
            "</html>\n"
        )
        .format(
            document.locale,
            rule,
            _text.line(document.title),
            _STYLE,
            _html.body(document),
        )
        .encode()
    )
