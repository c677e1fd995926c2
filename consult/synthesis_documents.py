"""A composed synthesis as a document, and its files: everything said comes from the composition."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from .documents import (
    KINDS,
    Block,
    Contents,
    Document,
    Fact,
    Heading,
    Illustration,
    Link,
    Listing,
    Paragraph,
    Quote,
    Table,
    offered,
)
from .domain.errors import RuleBroken
from .domain.kinds import N_
from .domain.syntheses.composed import (
    Composed,
    Figures,
    Given,
    Part,
    Picture,
    canonical,
    digest,
    encoded,
)
from .domain.syntheses.composed import Quote as Passage
from .i18n import LOCALES
from .speech import catalogue

JSON = "json"
_NO_PICTURES: Mapping[str, bytes] = MappingProxyType({})
NAMES: Mapping[str, str] = {
    "pdf": N_("PDF, to read or print"),
    "odt": N_("LibreOffice text (ODT), to edit"),
    "docx": N_("Word (DOCX), to edit"),
    "html": N_("Web page in one file (HTML)"),
    "markdown": N_("Plain text with marks (Markdown)"),
    "json": N_("For programs (JSON)"),
}
_LABELS: Mapping[str, str] = {
    "contents": N_("Contents"),
    "period": N_("When"),
    "version": N_("Version"),
    "published": N_("Published on"),
    "draft": N_("Draft, not published"),
    "foreword": N_("Foreword"),
    "method": N_("How this synthesis was made"),
    "counts": N_("What became of the texts"),
    "once": N_("Each text is counted once"),
    "what": N_("Texts"),
    "number": N_("Number"),
    "know_more": N_("Find out more"),
    "source": N_("Read the whole text"),
    "credits": N_("Thanks"),
    "notes": N_("Sources and notes"),
    "glossary": N_("Glossary"),
    "imprint": N_("Credits and legal notice"),
    "check": N_("To check this document"),
    "address": N_("Page of this synthesis"),
    "journal_head": N_("Head of the journal when it was published"),
    "digest": N_("Print of the content (SHA-256)"),
    "outcomes": N_("What we keep, what we do not keep, and why"),
    "decision": N_("What it led to"),
    "follow_up": N_("What happened since the last edition"),
}
_MOST = N_("Most: %(name)s, with %(n)s of %(total)s.")


class Form(NamedTuple):
    """One of the forms of a synthesis: the type of its file, the end of its name."""

    kind: str
    media_type: str
    extension: str


FORMS: Mapping[str, Form] = {
    kind: Form(kind, "application/json", "json")
    if kind == JSON
    else Form(kind, KINDS[kind].MEDIA_TYPE, KINDS[kind].EXTENSION)
    for kind in NAMES
}
EXTENSIONS: Mapping[str, Form] = {form.extension: form for form in FORMS.values()}


def ready() -> list[Form]:
    """Return the forms that this machine can make."""
    made = {JSON, *offered(*(kind for kind in FORMS if kind != JSON))}
    return [form for kind, form in FORMS.items() if kind in made]


def written(
    composed: Composed,
    kind: str,
    *,
    base_url: str,
    mark: str = "",
    pictures: Mapping[str, bytes] = _NO_PICTURES,
) -> bytes:
    """Return a synthesis as the bytes of a file; document-kind-lacking (409) where it cannot be.

    The same composition gives the same bytes; `base_url` is where this site is read, `mark` the
    digest of what was published, `pictures` the bytes of its pictures by their keys.
    """
    if kind == JSON:
        return encoded(canonical(composed))
    if not offered(kind):
        raise RuleBroken("document-kind-lacking", 409)
    return KINDS[kind].write(document(composed, base_url=base_url, mark=mark, pictures=pictures))


def document(
    composed: Composed,
    *,
    base_url: str,
    mark: str = "",
    pictures: Mapping[str, bytes] = _NO_PICTURES,
) -> Document:
    """Return a synthesis as a document: what surrounds its parts, and its parts in order."""
    said = _Words(composed, base_url)
    locale = composed.locale if composed.locale in LOCALES else LOCALES[0]
    blocks: list[Block] = [
        Paragraph(" – ".join(one for one in (composed.consultation, composed.asked_by) if one)),
        *([Fact(said["period"], composed.period)] if composed.period else []),
        *_number(composed, said),
        Contents(said["contents"]),
        *_chapter(said["foreword"], composed.foreword, composed.foreword_by),
        *_chapter(said["method"], composed.method),
        *_counts(composed, said),
    ]
    given = {one.part: one for one in composed.outcomes if one.part}
    for part in composed.parts:
        blocks += _part(part, said, pictures)
        if part.id in given:
            blocks += _given(given[part.id], said)
    blocks += [*_outcomes(composed, said), *_follow_up(composed, said)]
    if composed.credits:
        blocks += [Heading(said["credits"]), Paragraph(", ".join(composed.credits))]
    for name in ("notes", "glossary", "imprint"):
        blocks += _chapter(said[name], getattr(composed, name))
    return Document(composed.title, locale, [*blocks, *_proof(composed, mark, said)])


class _Words(Mapping[str, str]):
    """The headings of a synthesis, its own or those of its language; addresses made whole."""

    def __init__(self, composed: Composed, base_url: str) -> None:
        self._own, self._base_url = composed.labels, base_url
        locale = composed.locale if composed.locale in LOCALES else LOCALES[0]
        self._catalogue = catalogue(locale)

    def __getitem__(self, name: str) -> str:
        return self._own.get(name) or self.of(_LABELS[name])

    def __iter__(self) -> Iterator[str]:
        return iter(_LABELS)

    def __len__(self) -> int:
        return len(_LABELS)

    def of(self, message: str) -> str:
        """Return a message in the language of the synthesis."""
        return self._catalogue.gettext(message)

    def whole(self, path: str) -> str:
        """Return an address of this site as it is read from anywhere."""
        is_here = path.startswith("/") and not path.startswith("//")
        return f"{self._base_url}{path}" if is_here else path


def _number(composed: Composed, said: _Words) -> list[Block]:
    if not composed.number:
        return [Fact(said["draft"])]
    published = [Fact(said["published"], composed.published)] if composed.published else []
    return [Fact(said["version"], str(composed.number)), *published]


def _chapter(title: str, text: str, by: str = "") -> list[Block]:
    if not text:
        return []
    return [Heading(title), Paragraph(text), *([Paragraph(f"— {by}")] if by else [])]


def _given(one: Given, said: _Words) -> list[Block]:
    """Return what became of something: the verdict and why, what it led to, where that is read."""
    decision = [Fact(said["decision"], one.decision)] if one.decision else []
    link = [Link(one.decision or said["know_more"], said.whole(one.link))] if one.link else []
    return [Fact(f"{one.label} ({one.day})", one.body), *(link or decision)]


def _outcomes(composed: Composed, said: _Words) -> list[Block]:
    """Return what became of the questions and the proposals; that of the parts stands with them."""
    others = [one for one in composed.outcomes if not one.part]
    blocks: list[Block] = [Heading(said["outcomes"])] if others else []
    for one in others:
        blocks += [Heading(one.title, 3), *_given(one, said)]
        blocks += [Link(said["source"], said.whole(one.path))] if one.path else []
    return blocks


def _follow_up(composed: Composed, said: _Words) -> list[Block]:
    if not composed.follow_up:
        return []
    title, path = composed.followed
    blocks: list[Block] = [Heading(said["follow_up"]), Link(title, said.whole(path))]
    for one in composed.follow_up:
        words = f"{one.label} ({one.day})" if one.day else one.label
        blocks += [Heading(one.title, 3), Fact(words, one.body)]
        blocks += [Link(said["know_more"], said.whole(one.link))] if one.link else []
    return blocks


def _counts(composed: Composed, said: _Words) -> list[Block]:
    table = Table(said["once"], (said["what"], said["number"]), composed.counts)
    return [Heading(said["counts"]), table] if composed.counts else []


def _part(part: Part, said: _Words, pictures: Mapping[str, bytes]) -> list[Block]:
    """Return a part: a heading where it has a title, else its label before its words."""
    label = " ".join(one for one in (part.number, "" if part.is_chapter else part.label) if one)
    if part.picture is not None:
        return [Fact(label), _illustration(part, part.picture, said, pictures)]
    body: list[Block] = [Paragraph(part.body)] if part.body else []
    if part.title:
        end = ". " if part.is_chapter else " – "
        heading = Heading(f"{label}{end}{part.title}", 2 if part.is_chapter else 3)
        start: list[Block] = [heading, *body]
    else:
        start = [Fact(label or part.label, part.body)]
    return [
        *start,
        *(Fact(name, words) for name, words in part.details if words),
        *([Link(said["know_more"], part.link)] if part.link else []),
        *([_figures(part.figures, said)] if part.figures else []),
        *(_quote(quote, said, part.body) for quote in part.quotes),
    ]


def _illustration(
    part: Part, picture: Picture, said: _Words, pictures: Mapping[str, bytes]
) -> Illustration:
    return Illustration(
        pictures.get(picture.id, b""),
        picture.width,
        picture.height,
        picture.alternative,
        caption=part.title,
        credit=picture.credit,
        address=said.whole(picture.path),
    )


def _quote(quote: Passage, said: _Words, body: str) -> Block:
    """Return a passage; one whose words were just said tells only where they come from."""
    by = ", ".join(one for one in (quote.by, quote.place) if one)
    link = Link(said["source"], said.whole(quote.path)) if quote.path else None
    if link and quote.text.split() == body.split():
        return Link(f"{by} – {link.text}" if by else link.text, link.address)
    return Quote(quote.text, by, link)


def _figures(figures: Figures, said: _Words) -> Table:
    shown = _alternative(figures, said)
    return Table(figures.caption, figures.header, figures.rows, alternative=shown)


def _alternative(figures: Figures, said: _Words) -> str:
    """Return what the picture of a table shows, in words."""
    bars = [(row[0], row[1]) for row in figures.rows if len(row) > 1]
    numbers = [(str(name), n) for name, n in bars if isinstance(n, int)]
    if not numbers:
        return ""
    name, most = max(numbers, key=lambda one: one[1])
    facts = {"name": name, "n": most, "total": sum(n for _name, n in numbers)}
    return f"{figures.caption}. " + said.of(_MOST) % facts


def _proof(composed: Composed, mark: str, said: _Words) -> list[Block]:
    if not composed.number:
        return []
    head = composed.journal_head
    return [
        Heading(said["check"]),
        Link(said["address"], said.whole(f"/syntheses/{composed.slug}")),
        Listing(
            [
                f"{said['digest']} – {mark or digest(canonical(composed))}",
                *([f"{said['journal_head']} – {head}"] if head else []),
            ]
        ),
    ]
