"""A consultation of two themes where people say four things, and what the aids note there."""

from types import SimpleNamespace

from consult.domain import key_terms, selections
from consult.services import aids
from consult.services.aid_kinds import terms, voices

EVENING = [
    "La bibliothèque du quartier devrait ouvrir le soir pour les familles et les étudiants",
    "Le médecin généraliste part en retraite et aucun cabinet ne reprend ses patients",
]
ROADS = [
    "Les pistes cyclables manquent de lumière et la chaussée devient dangereuse en hiver",
    "Le bus passe trop rarement devant le lycée, surtout pendant les vacances scolaires",
]
LONE = "Une fontaine d'eau fraîche manque sous les platanes devant la vieille gare abandonnée"
ENDS = ["à mon sens", "depuis longtemps", "dans la commune", "selon mes voisins"]


def few(monkeypatch):
    """Let a few texts be enough."""
    for place, name in (
        (key_terms, "FEWEST_TEXTS"),
        (selections, "FEWEST_TEXTS"),
        (terms, "FEWEST"),
        (voices, "FEWEST"),
    ):
        monkeypatch.setattr(place, name, 8)
    monkeypatch.setattr(key_terms, "CERTAIN", 2.5)


def said(subjects, number):
    return f"{subjects[number % 2]}, {ENDS[number // 2 % 4]} et {ENDS[number // 3 % 4]}."


def world(make, **facts):
    """Twelve texts a theme, five arguments against one of them, and a voice alone."""
    owner = make.account("organiser")
    consultation = make.consultation(owner_id=owner.id, slug="forum", **facts)
    evening, roads = make.theme(consultation), make.theme(consultation)
    asked, other = make.question(evening), make.question(roads)
    first = [make.answer(asked, body=said(EVENING, n)) for n in range(12)]
    second = [make.answer(other, body=said(ROADS, n)) for n in range(12)]
    against = [
        make.argument(first[0], side="against", body=said(EVENING, n)) for n in range(20, 25)
    ]
    lone = make.answer(other, body=LONE)
    make.answer(asked, body=said(EVENING, 0), state="hidden")
    make.answer(make.question(make.theme()), body=said(EVENING, 0))
    return SimpleNamespace(
        owner=owner,
        consultation=consultation,
        evening=evening,
        roads=roads,
        asked=asked,
        other=other,
        first=first,
        second=second,
        against=against,
        lone=lone,
    )


def note(session, world, kind, now):
    """Ask for an aid and do it; return how many places it found something of."""
    aids.ask(session, world.consultation, kind, by=world.owner, now=now)
    aid = aids.claim(session, now=now)
    told = []

    def beat(done, total):
        told.append((done, total))
        aids.beat(session, aid, done, total, now=now)

    module = {"terms": terms, "voices": voices}[kind]
    found = module.compute(session, aid.consultation_id, beat)
    kept = aids.keep(session, aid, found, now=now)
    session.commit()
    assert told[-1][0] == told[-1][1] > 0
    return kept
