"""What the reading rooms hold about a person: what they read, what they asked to be done."""

from ...domain.kinds import N_
from ...models import Aid, Consultation, ReadingHold, ReadingTag, StatementReading, TaggedStatement
from ._rows import IN_CONSULTATION, columns, part

PARTS = (
    part(
        "texts_read",
        N_("Texts I read for a synthesis"),
        [IN_CONSULTATION, *columns(StatementReading, "statement_id state reason read_at")],
        StatementReading.account_id,
        via=(Consultation,),
    ),
    part(
        "texts_held",
        N_("Texts I am reading for a synthesis"),
        columns(ReadingHold, "statement_id until"),
        ReadingHold.account_id,
    ),
    part(
        "texts_tagged",
        N_("Texts I tagged for a synthesis"),
        [ReadingTag.name, *columns(TaggedStatement, "statement_id tagged_at")],
        TaggedStatement.account_id,
        via=(ReadingTag,),
    ),
    part(
        "aids",
        N_("Work I asked for while reading"),
        [IN_CONSULTATION, *columns(Aid, "kind state created_at ended_at")],
        Aid.account_id,
        via=(Consultation,),
    ),
)
