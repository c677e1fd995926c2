"""The styles of an OpenDocument text, under the names that office suites give their own."""

from . import _open

_BORDER = 'fo:border="0.5pt solid #444444" fo:padding="0.1cm"'
_FONT = "Liberation Sans"
HEADINGS = {1: "16pt", 2: "13pt", 3: "11.5pt", 4: "11pt", 5: "11pt"}
TITLE, BODY, QUOTE, LIST = "Title", "Text_20_body", "Quotations", "List_20_1"
CELL_HEAD, CELL = "Table_20_Heading", "Table_20_Contents"
NUMBER, CAPTION = "number", "Caption"
WITH_NEXT = "with_next"  # on the same page as what follows
CONTENTS_HEAD = "Contents_20_Heading"
# The styles that only this kind of file needs, in its content.
AUTOMATIC = (
    "<office:automatic-styles>"
    '<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties '
    f'{_BORDER}/></style:style><style:style style:name="label" style:family="text">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="contents" style:family="section"/>'
    f'<style:style style:name="{WITH_NEXT}" style:family="paragraph" '
    f'style:parent-style-name="{BODY}"><style:paragraph-properties '
    'fo:keep-with-next="always"/></style:style>'
    '<text:list-style style:name="bullets"><text:list-level-style-bullet text:level="1" '
    'text:bullet-char="•"><style:list-level-properties text:space-before="0.3cm" '
    'text:min-label-width="0.4cm"/></text:list-level-style-bullet></text:list-style>'
    "</office:automatic-styles>"
)


def heading(level: int) -> str:
    """Return the name of the style of a heading."""
    return f"Heading_20_{level}"


def contents(level: int) -> str:
    """Return the name of the style of a line of the table of contents."""
    return f"Contents_20_{level}"


def part(locale: str) -> str:
    """Return the file of styles, in the language of the document."""
    language, _, country = {"fr": "fr-FR", "en": "en-GB"}.get(locale, locale).partition("-")
    return (
        f"{_open.XML}<office:document-styles {_open.SPACES}><office:font-face-decls>"
        f'<style:font-face style:name="{_FONT}" svg:font-family="\'{_FONT}\', Arial" '
        'style:font-family-generic="swiss"/></office:font-face-decls><office:styles>'
        '<style:default-style style:family="paragraph"><style:paragraph-properties '
        'style:writing-mode="page"/><style:text-properties fo:font-size="11pt" '
        f'fo:language="{language}" fo:country="{country or "none"}"/></style:default-style>'
        f"{''.join(_styles())}</office:styles>{_PAGE}</office:document-styles>"
    )


def _styles() -> list[str]:
    return [
        _named("Standard", "", "", f'style:font-name="{_FONT}"'),
        _named(BODY, "Standard", 'fo:margin-bottom="0.25cm"', ""),
        _named(
            TITLE,
            "Standard",
            'fo:margin-bottom="0.5cm"',
            'fo:font-size="22pt" fo:font-weight="bold"',
        ),
        *_headings(),
        _named(
            QUOTE,
            "Standard",
            'fo:margin-left="0.8cm" fo:margin-right="0.8cm" fo:margin-bottom="0.2cm"',
            'fo:font-style="italic"',
        ),
        _named(LIST, "Standard", 'fo:margin-bottom="0.1cm"', ""),
        _named(CELL, "Standard", "", 'fo:font-size="10pt"'),
        _named(NUMBER, CELL, 'fo:text-align="end"', ""),
        _named(
            CAPTION,
            "Standard",
            'fo:margin-top="0.3cm" fo:margin-bottom="0.1cm" fo:keep-with-next="always"',
            'fo:font-weight="bold"',
        ),
        _named(CELL_HEAD, CELL, "", 'fo:font-weight="bold"'),
        _named(CONTENTS_HEAD, "Standard", 'fo:margin-bottom="0.2cm"', 'fo:font-weight="bold"'),
        *(
            _named(contents(level), "Standard", f'fo:margin-left="{(level - 1) * 0.6:.1f}cm"', "")
            for level in HEADINGS
        ),
    ]


def _headings() -> list[str]:
    return [
        _named(
            heading(level),
            "Standard",
            'fo:margin-top="0.5cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"',
            f'fo:font-size="{size}" fo:font-weight="bold"',
            f' style:default-outline-level="{level}"',
        )
        for level, size in HEADINGS.items()
    ]


def _named(name: str, parent: str, paragraph: str, text: str, more: str = "") -> str:
    above = f' style:parent-style-name="{parent}"' if parent else ""
    shown = name.replace("_20_", " ")
    inside = f"<style:paragraph-properties {paragraph}/>" if paragraph else ""
    inside += f"<style:text-properties {text}/>" if text else ""
    return (
        f'<style:style style:name="{name}" style:display-name="{shown}" '
        f'style:family="paragraph"{above}{more}>{inside}</style:style>'
    )


_PAGE = (
    '<office:automatic-styles><style:page-layout style:name="page">'
    '<style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" '
    'fo:margin-top="2cm" fo:margin-bottom="1.5cm" fo:margin-left="2cm" fo:margin-right="2cm"/>'
    '<style:footer-style><style:header-footer-properties fo:min-height="0.8cm"/>'
    "</style:footer-style></style:page-layout>"
    '<style:style style:name="foot" style:family="paragraph"><style:paragraph-properties '
    'fo:text-align="center"/></style:style></office:automatic-styles>'
    '<office:master-styles><style:master-page style:name="Standard" '
    'style:page-layout-name="page"><style:footer><text:p text:style-name="foot">'
    '<text:page-number text:select-page="current"/></text:p></style:footer>'
    "</style:master-page></office:master-styles>"
)
