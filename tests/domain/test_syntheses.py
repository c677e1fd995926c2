"""A composed synthesis: the same state gives the same bytes, and comes back whole."""

from consult.domain.syntheses import composed
from consult.domain.syntheses.composed import Composed, Figures, Part, Quote

WHOLE = Composed(
    slug="avenir",
    title="Synthèse : =1+1 <script> \u202e‮عربي",
    locale="fr",
    consultation="Avenir",
    asked_by="La mairie",
    period="du 1er mars au 2 avril",
    number=1,
    parts=(
        Part("a", "chapter", "Chapitre", "1", "Services"),
        Part(
            "b",
            "finding",
            "Constat",
            "1.1",
            body="Un.\n\nDeux.",
            details=(("Porté par", "La MJC"),),
            figures=Figures("Réponses", ("Lieu", "Nombre"), (("Nancy", 12),)),
            quotes=(Quote("Ouvert le soir", "Amina", "Nancy", "/answers/1", "answer"),),
        ),
    ),
    counts=(("Textes", 2), ("Lus", 2)),
    credits=("Amina",),
    labels={"method": "Méthode"},
)


def test_it_comes_back_whole_from_its_text() -> None:
    text = composed.canonical(WHOLE)
    assert composed.read(text) == WHOLE
    assert composed.canonical(composed.read(text)) == text


def test_its_digest_changes_with_any_of_its_words() -> None:
    text = composed.canonical(WHOLE)
    assert len(composed.digest(text)) == 64
    assert composed.digest(text) != composed.digest(text.replace("Deux", "Trois"))


def test_a_number_without_a_point_begins_a_chapter() -> None:
    chapter, finding = WHOLE.parts
    assert chapter.is_chapter and not finding.is_chapter


def test_a_text_that_no_file_can_hold_still_has_bytes_and_a_digest():
    assert composed.encoded("é\ud800") == "é?".encode()
    assert composed.digest("\ud800") == composed.digest("?") != composed.digest("é")
