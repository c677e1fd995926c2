"""What a reading room works with: a synthesis, its blocks, texts that became something."""

from consult.models import (
    Extract,
    GroupedStatement,
    StatementReading,
    Synthesis,
    SynthesisBlock,
)


def synthesis(make, consultation, **facts):
    number = next(make.numbers)
    facts = {
        "slug": f"synthese-{number}",
        "title": f"Synthèse {number}",
        "created_at": make.now,
        "updated_at": make.now,
    } | facts
    return make.save(Synthesis(consultation_id=consultation.id, **facts))


def block(make, whole, kind="finding", **facts):
    number = next(make.numbers)
    facts = {
        "position": number,
        "title": f"Constat {number}",
        "created_at": make.now,
        "updated_at": make.now,
    } | facts
    return make.save(SynthesisBlock(synthesis_id=whole.id, kind=kind, **facts))


def extract(make, part, statement, **facts):
    from consult.domain import passages

    facts = {
        "starts": 0,
        "ends": len(statement.body),
        "quote": statement.body,
        "source_sha256": passages.digest(statement.body),
        "created_at": make.now,
    } | facts
    return make.save(Extract(block_id=part.id, statement_id=statement.id, **facts))


def reading(make, statement, state="read", **facts):
    facts = {"version": statement.version, "read_at": make.now} | facts
    facts.setdefault("reason", "off_topic" if state == "set_aside" else "")
    return make.save(
        StatementReading(
            statement_id=statement.id,
            consultation_id=statement.consultation_id,
            state=state,
            **facts,
        )
    )


def grouped(make, statement, leader, **facts):
    facts = {"version": statement.version, "leader_version": leader.version} | facts
    return make.save(
        GroupedStatement(
            statement_id=statement.id,
            consultation_id=statement.consultation_id,
            leader_id=leader.id,
            **facts,
        )
    )


def digest(text):
    from consult.domain import passages

    return passages.digest(text)
