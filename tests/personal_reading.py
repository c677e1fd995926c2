"""What someone read for a synthesis, what they read now, and asked to be done meanwhile."""

from consult.models import (
    Aid,
    Reading,
    ReadingHold,
    ReadingTag,
    StatementReading,
    TaggedStatement,
)


def reads(someone, about):
    """Put a row in each table of the reading; `about` is a text and the account."""
    make, now = someone.make, someone.now
    here = {"consultation_id": someone.consultation_id}
    make.save(StatementReading(**here, **about, state="read", read_at=now))
    make.save(Reading(**about, until_at=now))
    make.save(ReadingHold(**about, until=now))
    asked = {"kind": "groups", "created_at": now, "account_id": someone.account.id}
    make.save(Aid(**here, **asked))
    tag = make.save(ReadingTag(**here, name="Horaires", created_at=now))
    make.save(TaggedStatement(**about, tag_id=tag.id, version=1, tagged_at=now))
