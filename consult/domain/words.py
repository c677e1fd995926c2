"""The words of a text that tell what it is about: stems, without those that every text holds."""

import re
from collections import Counter
from collections.abc import Collection, Iterable

from . import searching

SHORTEST = 3
# Words that tell nothing of a subject: grammar, then what people say to give an opinion.
_GRAMMAR = (
    "a ai aie aient aies ait alors après as au aucun aucune aura aurai auraient aurais aurait aurez"
    " auront aussi autre autres aux avaient avais avait avant avec avez avoir avons ayant beaucoup"
    " bien bon c ça car ce ceci cela celle celles celui cependant certain certaine certaines"
    " certains ces cet cette ceux chaque chez ci comme comment contre d dans de déjà depuis des"
    " dès deux devra devrait devraient devoir doit doivent donc dont du dus elle elles en encore"
    " enfin entre es est et étaient étais était étant été êtes être eu eux fait faire faites faut"
    " faudrait fois font furent fut grâce hors ici il ils j je jusque l la là laquelle le lequel"
    " les lesquelles lesquels leur leurs lors lorsque lui m ma mais mal me même mêmes mes mieux"
    " moi moins mon n ne ni non nos notre nous on ont or ou où par parce parfois pas pendant peu"
    " peut peuvent peux plus plusieurs plutôt pour pourquoi pourra pourraient pourrait pouvoir"
    " près presque puis puisque qu quand que quel quelle quelles quelque quelques quels qui quoi"
    " s sa sans se sera serai seraient serais serait seront ses seul seule seulement si sien soi"
    " soient sois soit sommes son sont souvent sous suis suivant sur surtout t ta tant te tel"
    " telle telles tels tes toi ton toujours tous tout toute toutes très trop tu un une vers via"
    " voici voilà vont vos votre vous vu y"
)
_OPINION = (
    "accord ajouter aller avis chose choses contribution crois demander dire effet exemple idée"
    " mettre monsieur madame bonjour merci paraît pense penser permettre permet point pourtant"
    " proposition propose proposer question semble vraiment http https www com org fr html etc"
)
_WORD = re.compile(r"[^\W\d_]+")
STOPS = frozenset(searching.stems(f"{_GRAMMAR} {_OPINION}"))


def terms(text: str) -> list[str]:
    """Return the stems of the words of a text that tell what it is about, in order.

    They are the stems of the search, so that a term found here is found there. What is short, a
    number, or said in every text is left out.
    """
    return [
        stem
        for stem in searching.stems(text)
        if len(stem) >= SHORTEST and stem not in STOPS and not stem.isdecimal()
    ]


def said(texts: Iterable[str], stems: Collection[str]) -> dict[str, str]:
    """Return how each stem is said in some texts: the word most used, the first of equal ones."""
    known: dict[str, str] = {}
    spoken: dict[str, Counter[str]] = {stem: Counter() for stem in stems}
    for text in texts:
        for word in _WORD.findall(text.lower()):
            if word not in known:
                known[word] = searching.normalise(word)
            if known[word] in spoken:
                spoken[known[word]][word] += 1
    return {
        stem: min(used, key=lambda word: (-used[word], word)) if used else stem
        for stem, used in spoken.items()
    }
