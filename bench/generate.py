"""Fill a database with answers, comments and opinions shaped like République numérique's.

`python -m bench.generate --contributions 2000 --votes 5 --db URL --seed 42`; opinions are skewed
(the top 10 % of texts hold about 73 % of them), bodies have about 540 characters.
"""

import argparse
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import create_engine, insert, text

from consult.domain import searching
from consult.models import (
    Consultation,
    Participant,
    Question,
    Stance,
    Statement,
    Theme,
    new_id,
)

WORDS = (Path(__file__).parent / "words.txt").read_text().split()
BATCH = 5_000


def sentence(rng: random.Random) -> str:
    """Return one sentence; there are far more than 5,000 different ones."""
    words = rng.choices(WORDS, k=rng.randint(8, 16))
    return " ".join(words).capitalize() + "."


def body(rng: random.Random) -> str:
    """Return a text of about 540 characters."""
    return " ".join(sentence(rng) for _ in range(6))


def statement(kind: str, rng: random.Random, at: datetime, **facts: object) -> dict:
    """Return a row of the statement table."""
    written = body(rng)
    return {
        "id": new_id(),
        "kind": kind,
        "state": "published",
        "body": written,
        "search": searching.normalise(written),
        "created_at": at,
        "updated_at": at,
        "published_at": at,
    } | facts


def batches(rows):
    """Group rows for insertion."""
    group = []
    for row in rows:
        group.append(row)
        if len(group) == BATCH:
            yield group
            group = []
    if group:
        yield group


def fill(url: str, contributions: int, votes: int, seed: int) -> dict[str, str]:
    """Fill the database; return the addresses the benchmark asks for."""
    rng = random.Random(seed)
    engine = create_engine(url)
    now = datetime.now(UTC)
    with engine.begin() as connection:

        def add(table, rows):
            for group in batches(rows):
                connection.execute(insert(table), group)

        ids = {name: new_id() for name in ("consultation", "theme", "question", "proposal")}
        common = {"consultation_id": ids["consultation"], "theme_id": ids["theme"]}
        add(
            Consultation,
            [
                {
                    "id": ids["consultation"],
                    "slug": "bench",
                    "title": "Consultation de mesure",
                    "asked_by": "La région",
                    "opens_at": now - timedelta(days=9),
                    "closes_at": now + timedelta(days=90),
                    "published_at": now - timedelta(days=9),
                    "created_at": now,
                }
            ],
        )
        add(
            Theme,
            [
                {
                    "id": ids["theme"],
                    "consultation_id": ids["consultation"],
                    "number": 1,
                    "label": "I",
                    "position": 1,
                    "title": "Diagnostic",
                }
            ],
        )
        add(
            Question,
            [
                {
                    "id": ids["question"],
                    "consultation_id": ids["consultation"],
                    "theme_id": ids["theme"],
                    "number": 1,
                    "wording": "Que faut-il faire en premier ?",
                }
            ],
        )
        answers = (
            statement(
                "answer",
                rng,
                now - timedelta(seconds=contributions - n),
                question_id=ids["question"],
                value={"text": ""},
                **common,
            )
            for n in range(contributions)
        )
        add(Statement, answers)
        add(
            Statement,
            [
                statement("proposal", rng, now, id=ids["proposal"], title="Article 1er", **common),
                *(
                    statement(
                        "comment",
                        rng,
                        now,
                        parent_id=ids["proposal"],
                        consultation_id=ids["consultation"],
                    )
                    for _ in range(50)
                ),
            ],
        )
        people = [{"id": new_id(), "created_at": now} for _ in range(max(200, votes * 20))]
        add(Participant, people)
        kept = (
            connection.execute(text("select id from statement where kind = 'answer' order by id"))
            .scalars()
            .all()
        )
        add(Stance, stances(rng, kept, people, votes * contributions, now))
        if engine.dialect.name == "postgresql":
            connection.execute(text("analyze"))
    engine.dispose()
    return ids


def stances(rng, statements, people, count, now):
    """Yield distinct opinions, skewed to a few statements by a power law."""
    seen = set()
    ranks = len(statements)
    for _ in range(count):
        rank = int(ranks * rng.random() ** 4)
        key = (statements[rank], rng.choice(people)["id"])
        if key in seen:
            continue
        seen.add(key)
        yield {
            "statement_id": key[0],
            "participant_id": key[1],
            "value": rng.choices((1, 0, -1), weights=(81, 7, 12))[0],
            "created_at": now,
            "updated_at": now,
        }


def main() -> None:
    """Read the command line and fill."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contributions", type=int, default=2000)
    parser.add_argument("--votes", type=int, default=5, help="opinions for each contribution")
    parser.add_argument("--db", required=True)
    parser.add_argument("--seed", type=int, default=42)
    asked = parser.parse_args()
    print(fill(asked.db, asked.contributions, asked.votes, asked.seed))


if __name__ == "__main__":
    main()
