"""A composed synthesis, one where every field is hostile, and versions of them in a database."""

from datetime import timedelta

from consult.domain.syntheses.composed import Composed, Figures, Part, Quote, canonical, digest
from consult.models import Credit, Synthesis, SynthesisVersion

HOSTILE = (
    "=1+1 <script>alert(1)</script> [x](javascript:alert(1)) ![i](file:///etc/passwd) # | a "
    "\x00\ud800\ufffe שלום \u202e **gras** &amp; `c` {{ 7*7 }} __b__ ]]> <img src=x onerror=y>"
)


def usual(**facts):
    said = "Nous avons besoin d'un lieu ouvert le soir."
    chapter = [
        Part("c", "chapter", "Chapitre", "1", "Les lieux", "Un premier.\n\nUn second."),
        Part(
            "f", "finding", "Constat", "1.1", "", "Les horaires ne conviennent pas.",
            quotes=(Quote(said, "Marie D.", "Nancy", "/answers/abc"), Quote(said, "", "Marne")),
        ),
        Part(
            "d", "challenge", "Défi", "1.2", "Ouvrir le soir", "Un défi.",
            (("Porteur", "La Métropole"), ("Territoire", "")), "https://example.org/plus",
        ),
        Part(
            "g", "figure", "Chiffre", "1.3", "Par région",
            figures=Figures("Réponses", ("Région", "Réponses"), (("Grand Est", 184), ("Corse", 2))),
        ),
        Part("q", "quotation", "Citation", "1.4", quotes=(Quote("On ne sait pas."),)),
    ]  # fmt: skip
    known = {
        "slug": "carnet", "title": "Carnet de l'été", "locale": "fr", "consultation": "Stratégie",
        "asked_by": "Région", "period": "mars 2026", "number": 2, "published": "12 mai 2026",
        "method": "En lisant.", "foreword": "Un avant-propos.", "foreword_by": "Jeanne Martin",
        "parts": tuple(chapter), "counts": (("Total", 210), ("Reprises", 120), ("Lues", 90)),
        "credits": ("Marie D.", "Ahmed K."), "notes": "Des notes", "glossary": "Mot : sens",
        "imprint": "Des mentions", "journal_head": "a" * 64,
    }  # fmt: skip
    return Composed(**known | facts)


def hostile():
    bad, long = HOSTILE, "mot " * 2_000
    quote = Quote(bad, bad, bad, "javascript:alert(1)", bad)
    figures = Figures(bad, (bad, bad), ((bad, 3), (bad, 4)))
    parts = (
        Part("1", "chapter", bad, "1", bad, bad),
        Part("2", "challenge", bad, "1.1", bad, f"{bad}\n\n{bad}", ((bad, bad),),
             "file:///etc/passwd", figures, (quote, quote)),
        Part("3", "finding", bad, "1.2", "", long, quotes=(Quote("x" * 8_000), Quote("م" * 500))),
        Part("4", "finding", "", "2.1", "t" * 300, "\n\n\n", link="//elsewhere.example"),
    )  # fmt: skip
    return Composed(
        "hostile", bad, "zz", bad, bad, bad, 1, bad, bad, bad, bad, parts, ((bad, 1), (bad, 1)),
        (bad, bad), bad, bad, bad, bad,
    )  # fmt: skip


def publish(make, composed=None, consultation=None, **facts):
    """Keep a version of a synthesis, as its publication does."""
    composed = composed or usual()
    consultation = consultation or make.consultation()
    found = make.session.query(Synthesis).filter_by(consultation_id=consultation.id).one_or_none()
    synthesis = found or make.save(
        Synthesis(
            slug=composed.slug,
            consultation_id=consultation.id,
            title=composed.title,
            created_at=make.now,
            updated_at=make.now,
        )
    )
    if found is None:
        for name in composed.credits:
            agreed = {"participant_id": make.participant().id, "created_at": make.now}
            make.save(Credit(consultation_id=consultation.id, name=name, **agreed))
    content = canonical(composed)
    return make.save(
        SynthesisVersion(
            synthesis_id=synthesis.id,
            number=composed.number,
            content=content,
            digest=digest(content),
            published_at=make.now - timedelta(hours=1),
            **facts,
        )
    )
