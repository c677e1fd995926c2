"""A text of any kind, once hidden, stands on no page, list, feed, file or answer of the API."""

import io
import zipfile

from consult.models import Consultation, Revision, Statement
from consult.queries.moderation import Moderator
from consult.services import moderation
from tests.security import addresses

WORDS = {
    "answer_published": "mirabelle",
    "proposal_open": "quetsche",
    "amendment_open": "framboise",
    "argument_open": "rhubarbe",
    "source_open": "myrtille",
    "comment_open": "groseille",
}


def everything_in(response):
    """All that an answer says, the files of an archive included."""
    data = response.get_data()
    response.close()
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(
                archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
            )
    return data.decode("utf-8", "replace")


def surfaces(world, agent):
    """Every page, fragment, feed, file and answer of the API that anyone may ask for."""
    rules = [
        rule
        for rule in addresses.rules(world.app)
        if "GET" in rule.methods and not rule.rule.startswith(("/console", "/moderation"))
    ]
    urls = {url for rule in rules for url in addresses.build(world.app, rule, world.values["open"])}
    slug = world.things["consultation_open"].path.rsplit("/", 1)[1]
    urls |= {"/search?q=verger"}
    urls |= {f"{world.things[name].path}/history" for name in WORDS}
    urls |= {f"/consultations/{slug}/{what}?order=newest" for what in ("answers", "proposals")}
    urls |= {world.things[name].path for name in WORDS}
    for url in sorted(urls):
        for headers in ({}, {"HX-Request": "true"}):
            yield url, everything_in(agent.client.get(url, headers=headers))


def say(rows, world):
    """Give each kind of text a word of its own, in each of its parts and in its history."""
    for name, word in WORDS.items():
        statement = rows.get(Statement, world.things[name].id)
        statement.title = statement.title and f"Une {word}"
        statement.body, statement.search = f"Une {word} du verger", f"{word} verger"
        statement.signed_as, statement.signature = "pseudonym", f"Pseudo {word}"
        earlier = {"title": "", "body": f"Vieille {word}", "value": None, "reason": ""}
        rows.add(
            Revision(
                statement_id=statement.id, version=9, created_at=statement.created_at, **earlier
            )
        )
    rows.commit()


def hide(rows, world, *names):
    """Hide texts as an administrator; return what undoes it."""
    by = Moderator(world.made.people["administrator"].account.id, sees_all=True)
    found = [rows.get(Statement, world.things[name].id) for name in names]
    seen = [moderation.Seen(one.id, one.version, one.state) for one in found]
    choice = moderation.Choice("hide", "attack")
    made = moderation.decide(rows, seen, choice=choice, by=by, now=world.now)
    rows.commit()

    def back():
        moderation.undo(rows, made[0].batch_id, by=by, now=world.now)
        rows.commit()

    return back


def test_a_hidden_text_of_any_kind_stands_nowhere(world, rows):
    say(rows, world)
    visitor = world.agents["visitor"]
    shown = {word: set() for word in WORDS.values()}
    for url, text in surfaces(world, visitor):
        for word in WORDS.values():
            if word in text:
                shown[word].add(url)
    assert all(shown.values()), "each word is read somewhere before it is hidden"
    back = hide(rows, world, *WORDS)
    found = []
    for who in ("visitor", "citizen_b", "organiser_other", "mediator"):
        for url, text in surfaces(world, world.agents[who]):
            found += [(who, url, word) for word in WORDS.values() if word in text]
    back()
    rows.expire_all()
    assert found == []


def test_hiding_takes_a_text_out_of_every_count(world, rows):
    def counts():
        rows.expire_all()
        consultation = rows.get(Consultation, world.things["consultation_open"].id)
        proposal = rows.get(Statement, world.things["proposal_open"].id)
        named = ("arguments", "sources", "amendments", "comments")
        return (consultation.answers, consultation.proposals), tuple(
            getattr(proposal, name) for name in named
        )

    (answers, proposals), replies = counts()
    back = hide(rows, world, *WORDS)
    assert counts() == ((answers - 1, proposals - 1), tuple(n - 1 for n in replies))
    back()
    assert counts() == ((answers, proposals), replies)
