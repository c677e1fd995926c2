"""Makers of records and files for the tests of the formats."""

from datetime import UTC, datetime
from string import ascii_lowercase

from hypothesis import strategies as st

from consult.domain.signatures import Signature
from consult.formats import importers
from consult.formats.records import (
    Amendment,
    Answer,
    Argument,
    Comment,
    Consultation,
    Person,
    Proposal,
    Question,
    Source,
    Stance,
    Theme,
)
from consult.formats.report import Report

texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=60)
words = st.text(ascii_lowercase, min_size=1, max_size=8)
counts = st.integers(0, 2**31 - 1)
instants = st.none() | st.integers(0, 4_000_000_000).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)
signatures = st.builds(
    Signature, st.sampled_from(("none", "pseudonym", "name", "organisation")), texts, texts
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
_written = {
    "person_key": st.just("p"),
    "signature": signatures,
    "title": texts,
    "body": texts,
    "created_at": instants,
    "updated_at": instants,
    "state": st.sampled_from(("published", "withdrawn", "hidden", "pending")),
    "state_reason": texts,
    "place": texts,
    "agree": counts,
    "mixed": counts,
    "disagree": counts,
}


@st.composite
def streams(draw):
    """A stream with one record of every type, their fields anything that may be kept."""

    def made(cls, **given):
        return draw(st.builds(cls, **{k: st.just(v) for k, v in given.items()} | _written))

    return [
        draw(
            st.builds(
                Consultation,
                key=st.just("c"),
                title=texts,
                slug_hint=words,
                introduction=texts,
                opens_at=instants,
                closes_at=instants,
                created_at=instants,
                settings=st.dictionaries(words, json_values, max_size=4),
            )
        ),
        Person(key="p", name=draw(texts)),
        Theme(key="t", number=3, label="III", title=draw(texts), position=draw(counts)),
        Question(key="q", theme_key="t", number=1, wording=draw(texts), options={"max": 3}),
        draw(
            st.builds(
                Answer,
                key=st.just("a"),
                question_keys=st.just(("q",)),
                value=json_values,
                **_written,
            )
        ),
        made(Proposal, key="o", theme_key="t", number=draw(st.none() | counts)),
        made(Argument, key="g", parent_key="o", side="for"),
        made(Source, key="s", parent_key="o", link="https://example.org/"),
        made(Amendment, key="m", parent_key="o", decision="refused"),
        made(Comment, key="k", parent_key="a"),
        Stance(target_key="o", person_key="p", value="mixed", created_at=draw(instants)),
    ]


def drawn(kind, *paths, report=None):
    """Read files whole: the records and the report."""
    report = report or Report()
    return list(importers()[kind].read(paths, report)), report


def by_type(records, kind):
    """The records of a type."""
    return [record for record in records if record.type == kind]


def checks(report):
    """The checks of a report by what they count."""
    return {check.what: (check.declared, check.found) for check in report.checks}
