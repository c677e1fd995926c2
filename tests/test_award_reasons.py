"""Why this amount? In plain French, for every reason there is."""

from fractions import Fraction

import pytest
import textstat

from consult import award_reasons, i18n
from consult.domain.splits import Demand, Terms, split

NARROW, FIXED = "\u202f", "\u00a0"
EQUAL, SAME = "equal_awards", "proportional"


@pytest.fixture(autouse=True)
def french():
    token = i18n._current.set(i18n.catalogue("fr"))
    yield
    i18n._current.reset(token)


def told(envelope, asked, rule=EQUAL, *, place=0, floor=0, cap=None, **columns):
    demand = Demand([100 * amount for amount in asked], **columns)
    found = split(100 * envelope, demand, Terms(rule, floor, cap))
    text = " ".join(award_reasons.sentences(found, place))
    return text.replace(NARROW, " ").replace(FIXED, " ")


CALL_A = [4000, 2500, 6000, 3500, 5000, 1500, 4500, 2000, 8000, 3000, 6500, 3500]
CALL_B = [4000, 3500, 2000, 9000, 7500, 6000, 5500]
HALF = [Fraction(1), Fraction(1, 2), Fraction(5, 2)]
CASES = {
    "same percentage": (
        told, (40_000, CALL_A, SAME), {},
        "Votre projet reçoit 3 200 €. Vous aviez demandé 4 000 €. L'enveloppe est de 40 000 €. "
        "Les 12 projets demandent ensemble 50 000 €. C'est plus que cette somme. "
        "Chaque projet reçoit donc la même part de sa demande : 80 %. 4 000 € × 80 % = 3 200 €.",
    ),
    "below the equal share": (
        told, (30_000, CALL_B), {},
        "Votre projet reçoit 4 000 €. Vous aviez demandé 4 000 €. L'enveloppe est de 30 000 €. "
        "Les 7 projets demandent ensemble 37 500 €. C'est plus que cette somme. "
        "La part égale est de 5 125 €. Vous ne demandiez pas plus. "
        "Vous recevez tout ce que vous demandiez.",
    ),
    "equal share": (
        told, (30_000, CALL_B), {"place": 3},
        "Votre projet reçoit 5 125 €. Vous aviez demandé 9 000 €. L'enveloppe est de 30 000 €. "
        "Les 7 projets demandent ensemble 37 500 €. C'est plus que cette somme. "
        "3 projets demandaient moins que la part égale. Ils reçoivent tout. "
        "Les autres se partagent le reste à égalité : 5 125 €.",
    ),
    "all served": (
        told, (10_000, [5000, 3300]), {},
        "Votre projet reçoit 5 000 €. Vous aviez demandé 5 000 €. "
        "L'enveloppe suffit pour tout le monde. Vous recevez tout ce que vous demandiez. "
        "Il reste 1 700 €.",
    ),
    "rounding cent": (
        told, (1_000, [500, 500, 500]), {},
        "Votre projet reçoit 333,34 €. Vous aviez demandé 500 €. L'enveloppe est de 1 000 €. "
        "Les 3 projets demandent ensemble 1 500 €. C'est plus que cette somme. "
        "Tout le monde reçoit la même somme : 333,33 €. Vous recevez 1 centime de plus. "
        "Les centimes en trop vont d'abord aux plus grandes demandes.",
    ),
    "rounding cent less": (
        told, (1_000, [600] * 6, SAME), {"place": 5},
        "Votre projet reçoit 166,66 €. Vous aviez demandé 600 €. L'enveloppe est de 1 000 €. "
        "Les 6 projets demandent ensemble 3 600 €. C'est plus que cette somme. "
        "Chaque projet reçoit donc la même part de sa demande : environ 27,78 %. "
        "Vous recevez 1 centime de moins, pour que la somme soit juste.",
    ),
    "cap": (
        told, (9_000, [4000, 2000]), {"cap": 230_000},
        "Votre projet reçoit 2 300 €. Vous aviez demandé 4 000 €. "
        "Ce projet peut recevoir au plus 2 300 €. L'enveloppe suffit pour tout le monde. "
        "Vous recevez ce maximum. Il reste 4 700 €.",
    ),
    "floor, then the equal share": (
        told, (3_000, [1500, 2300, 4000, 800, 2300]), {"floor": 30_000},
        "Votre projet reçoit 600 €. Vous aviez demandé 1 500 €. L'enveloppe est de 3 000 €. "
        "Les 5 projets demandent ensemble 10 900 €. C'est plus que cette somme. "
        "Chaque projet reçoit d'abord son minimum. Le vôtre est de 300 €. "
        "Puis le reste est partagé. La part égale de ce reste est de 300 €.",
    ),
    "floor, then all": (
        told, (800, [900, 350]), {"floor": 30_000, "place": 1},
        "Votre projet reçoit 350 €. Vous aviez demandé 350 €. L'enveloppe est de 800 €. "
        "Les 2 projets demandent ensemble 1 250 €. C'est plus que cette somme. "
        "Chaque projet reçoit d'abord son minimum. Le vôtre est de 300 €. "
        "Puis le reste est partagé. La part égale de ce reste est de 150 €. "
        "Vous recevez tout ce que vous demandiez.",
    ),
    "floor, then the same percentage": (
        told, (900, [900, 700], SAME), {"floor": 30_000},
        "Votre projet reçoit 480 €. Vous aviez demandé 900 €. L'enveloppe est de 900 €. "
        "Les 2 projets demandent ensemble 1 600 €. C'est plus que cette somme. "
        "Chaque projet reçoit d'abord son minimum. Le vôtre est de 300 €. "
        "Puis le reste est partagé. "
        "Chaque projet reçoit donc la même part de ce qui lui manque : 30 %. "
        "600 € × 30 % = 180 €.",
    ),
    "floors above the envelope": (
        told, (450, [900, 200]), {"floor": 30_000},
        "Votre projet reçoit 250 €. Vous aviez demandé 900 €. L'enveloppe est de 450 €. "
        "Les 2 projets demandent ensemble 1 100 €. C'est plus que cette somme. "
        "Cela ne suffit pas pour donner le minimum à tous. "
        "Chaque demande compte donc pour son minimum seulement. Le vôtre est de 300 €. "
        "1 projet demandait moins que la part égale. Il reçoit tout. "
        "Les autres se partagent le reste à égalité : 250 €.",
    ),
    "all of a floor": (
        told, (450, [900, 200]), {"floor": 30_000, "place": 1},
        "Votre projet reçoit 200 €. Vous aviez demandé 200 €. L'enveloppe est de 450 €. "
        "Les 2 projets demandent ensemble 1 100 €. C'est plus que cette somme. "
        "Cela ne suffit pas pour donner le minimum à tous. "
        "Chaque demande compte donc pour son minimum seulement. Le vôtre est de 200 €. "
        "La part égale est de 250 €. Vous recevez votre minimum.",
    ),
    "floors by percentage": (
        told, (300, [900, 900], SAME), {"floor": 30_000},
        "Votre projet reçoit 150 €. Vous aviez demandé 900 €. L'enveloppe est de 300 €. "
        "Les 2 projets demandent ensemble 1 800 €. C'est plus que cette somme. "
        "Cela ne suffit pas pour donner le minimum à tous. "
        "Chaque demande compte donc pour son minimum seulement. Le vôtre est de 300 €. "
        "Chaque projet reçoit donc la même part de sa demande : 50 %.",
    ),
    "weight": (
        told, (800, [900, 900, 900]), {"place": 2, "weight": HALF},
        "Votre projet reçoit 500 €. Vous aviez demandé 900 €. "
        "Votre projet compte pour 2,5 parts. L'enveloppe est de 800 €. "
        "Les 3 projets demandent ensemble 2 700 €. C'est plus que cette somme. "
        "Votre part de la somme est de 500 €.",
    ),
    "weighted percentage": (
        told, (800, [900, 900, 900], SAME), {"place": 1, "weight": HALF},
        "Votre projet reçoit 100 €. Vous aviez demandé 900 €. "
        "Votre projet compte pour 0,5 parts. L'enveloppe est de 800 €. "
        "Les 3 projets demandent ensemble 2 700 €. C'est plus que cette somme. "
        "Vous recevez environ 11,11 % de votre besoin.",
    ),
    "priority": (
        told, (1_440, [400, 1200, 800], SAME), {"place": 1, "priority": [1, 2, 2]},
        "Votre projet reçoit 624 €. Vous aviez demandé 1 200 €. "
        "Les projets sont servis par ordre de priorité. Le vôtre a le numéro 2. "
        "Il y a 1 040 € pour les projets de ce numéro. "
        "Les 2 projets demandent ensemble 2 000 €. C'est plus que cette somme. "
        "Chaque projet reçoit donc la même part de sa demande : 52 %. 1 200 € × 52 % = 624 €.",
    ),
    "nothing left": (
        told, (400, [400, 1200]), {"place": 1, "priority": [1, 2]},
        "Votre projet reçoit 0 €. Vous aviez demandé 1 200 €. "
        "Les projets sont servis par ordre de priorité. Le vôtre a le numéro 2. "
        "Il n'y a plus rien à partager.",
    ),
    "nothing asked": (
        told, (400, [0, 1200]), {}, "Votre projet reçoit 0 €. Vous aviez demandé 0 €.",
    ),
    "one project": (
        told, (400, [1200]), {},
        "Votre projet reçoit 400 €. Vous aviez demandé 1 200 €. L'enveloppe est de 400 €. "
        "1 projet demande 1 200 €. C'est plus que cette somme. "
        "Tout le monde reçoit la même somme : 400 €.",
    ),
    "comparison": (
        told, (400, [1200], "talmud"), {},
        "Votre projet reçoit 400 €. Vous aviez demandé 1 200 €. L'enveloppe est de 400 €. "
        "1 projet demande 1 200 €. C'est plus que cette somme. "
        "Ce montant vient d'une règle montrée pour comparer. Personne n'est payé ainsi.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("call", "given", "named", "text"), CASES.values(), ids=CASES)
def test_why_this_amount(call, given, named, text):
    assert call(*given, **named) == text


@pytest.mark.parametrize("case", CASES)
def test_every_explanation_is_easy_to_read(case):
    call, given, named, _text = CASES[case]
    textstat.set_lang("fr")
    assert textstat.flesch_reading_ease(call(*given, **named)) >= 65


def test_every_reason_has_its_words():
    seen = set()
    for _call, (envelope, asked, *rule), named, _text in CASES.values():
        terms = Terms(*rule or [EQUAL], named.get("floor", 0), named.get("cap"))
        columns = {name: named[name] for name in ("weight", "priority") if name in named}
        found = split(100 * envelope, Demand([100 * a for a in asked], **columns), terms)
        seen |= set(found.why(named.get("place", 0)).reasons)
    assert seen == set(award_reasons._SAID)


def test_without_a_catalogue_it_speaks_english():
    i18n._current.set(i18n.catalogue("en"))
    assert told(10, [5]).startswith("Your project receives")
