"""Texts in which some themes are plain to see, and the words that tell them."""

import random

TRAIN = "gare train billet quai horaire wagon rail guichet voyageur correspondance"
CARE = "médecin hôpital infirmière ordonnance malade clinique vaccin pharmacie lit garde"
SUBJECTS = {name: words.split() for name, words in (("train", TRAIN), ("soin", CARE))}
OTHER = [f"{a}{b}{c}on" for a in "bdfgkl" for b in "aiou" for c in "mnprst"]


def texts(each=30, apart=8, seed=1):
    """Return pairs of a subject and a text, "" for those that are about nothing in common."""
    chance = random.Random(seed)
    made = [
        (name, " ".join(chance.choices(words, k=9)))
        for name, words in SUBJECTS.items()
        for _one in range(each)
    ]
    made += [("", " ".join(chance.sample(OTHER, 9))) for _one in range(apart)]
    chance.shuffle(made)
    return made
