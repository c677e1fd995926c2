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


class Filler:
    """Fills one consultation in one transaction."""

    def __init__(self, connection, seed: int) -> None:
        self.connection = connection
        self.rng = random.Random(seed)
        self.now = datetime.now(UTC)
        names = ("consultation", "theme", "question", "proposal")
        self.ids = {name: new_id() for name in names}
        self.common = {
            "consultation_id": self.ids["consultation"],
            "theme_id": self.ids["theme"],
        }

    def add(self, table, rows) -> None:
        """Insert rows by batches."""
        for group in batches(rows):
            self.connection.execute(insert(table), group)

    def frame(self) -> None:
        """Write the consultation, its theme and its question."""
        consultation = {
            "id": self.ids["consultation"],
            "slug": "bench",
            "title": "Consultation de mesure",
            "asked_by": "La région",
            "opens_at": self.now - timedelta(days=9),
            "closes_at": self.now + timedelta(days=90),
            "published_at": self.now - timedelta(days=9),
            "created_at": self.now,
        }
        theme = {"number": 1, "label": "I", "position": 1, "title": "Diagnostic"}
        question = {"number": 1, "wording": "Que faut-il faire en premier ?"}
        owner = {"consultation_id": self.ids["consultation"]}
        self.add(Consultation, [consultation])
        self.add(Theme, [{"id": self.ids["theme"], **owner, **theme}])
        self.add(Question, [{"id": self.ids["question"], **self.common, **question}])

    def texts(self, contributions: int) -> None:
        """Write the answers, and one proposal with fifty comments."""
        place = {"question_id": self.ids["question"], **self.common}
        self.add(
            Statement,
            (
                statement(
                    "answer", self.rng, self.now - timedelta(seconds=contributions - n), **place
                )
                for n in range(contributions)
            ),
        )
        article = {"id": self.ids["proposal"], "title": "Article 1er", **self.common}
        self.add(Statement, [statement("proposal", self.rng, self.now, **article)])
        parent = {"parent_id": self.ids["proposal"], **self.common}
        self.add(Statement, [statement("comment", self.rng, self.now, **parent) for _ in range(50)])

    def opinions(self, count: int) -> None:
        """Write the opinions of some people, skewed to a few texts."""
        people = [{"id": new_id(), "created_at": self.now} for _ in range(max(200, count // 100))]
        self.add(Participant, people)
        query = text("select id from statement where kind = 'answer' order by id")
        kept = self.connection.execute(query).scalars().all()
        self.add(Stance, stances(self.rng, kept, people, count, self.now))


def fill(url: str, contributions: int, votes: int, seed: int) -> dict[str, str]:
    """Fill the database; return the ids of what the benchmark asks for."""
    engine = create_engine(url)
    with engine.begin() as connection:
        filler = Filler(connection, seed)
        filler.frame()
        filler.texts(contributions)
        filler.opinions(votes * contributions)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(
            text("vacuum analyze" if engine.dialect.name == "postgresql" else "analyze")
        )
    engine.dispose()
    return filler.ids


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
