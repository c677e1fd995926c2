"""What surrounds the organiser's words on the page of a synthesis, in the reader's language.

What was published is frozen in its own language, and so are its files. On the page, the headings,
the names of the blocks and the verdicts are said as the rest of the page; the organiser's words
and the passages stay as they are, marked with their language.
"""

from collections.abc import Mapping
from dataclasses import replace

from ...domain import blocks, follow_ups, outcomes
from ...domain.syntheses.composed import Composed, Part
from ...i18n import LOCALES
from ...services import composing
from ...speech import Speech


def in_words_of(whole: Composed, say: Speech) -> Composed:
    """Return a composition whose headings and labels are in a language; its texts stay."""
    if say.locale == whole.locale or whole.locale not in LOCALES:
        return whole
    said = _said(whole.locale, say)
    own = {name: say.gettext(label) for name, label in composing.HEADINGS.items()}
    return replace(
        whole,
        labels={name: own.get(name, label) for name, label in whole.labels.items()},
        parts=tuple(_part(part, said) for part in whole.parts),
        counts=tuple((said.get(label, label), number) for label, number in whole.counts),
        follow_up=tuple(
            replace(one, label=say.gettext(follow_ups.LABELS[one.state])) for one in whole.follow_up
        ),
    )


def _part(part: Part, said: Mapping[str, str]) -> Part:
    details = tuple((said.get(name, name), said.get(words, words)) for name, words in part.details)
    return replace(part, label=said.get(part.label, part.label), details=details)


def _said(locale: str, say: Speech) -> dict[str, str]:
    """Return the words of a language that a composition may hold, each as another says it."""
    frozen = Speech(locale, say.zone)
    messages = {*composing.COUNTED.values(), *outcomes.LABELS.values()}
    for kind in blocks.KINDS.values():
        messages |= {kind.LABEL, *(field.label for field in kind.FIELDS.values())}
        messages |= {label for field in kind.FIELDS.values() for _code, label in field.choices}
    return {frozen.gettext(message): say.gettext(message) for message in sorted(messages)}
