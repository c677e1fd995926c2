"""How many texts five passages stand for: chosen together, nearest to the middle, drawn by lot.

`python -m bench.verbatims ARCHIVE` reads the archive of République numérique, chooses in each of its
sections, and prints the share of the texts that resemble one of the five passages, the mean of the
sections, then how long it took for 10,000 texts put together; exit 1 where the order is another one.
"""

import json
import random
import sys
import tarfile
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from consult.domain import positions, representatives, selections
from consult.formats.html_text import to_text

DRAWS = 20


class Measured(NamedTuple):
    """The mean share of the texts that five passages stand for, by way of choosing them."""

    chosen: float
    middle: float
    chance: float


def themes(opinions: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return the proposals and arguments of each section."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in opinions:
        section = found[f"{one['type']['title']} {one['type']['subtitle']}"]
        section += [to_text(one["body"]), *(to_text(more["body"]) for more in one["arguments"])]
    return dict(found)


def measured(sections: Mapping[str, Sequence[str]]) -> Measured:
    """Measure the three ways in each section, with the same passages to choose from."""
    return Measured(*np.mean([_section(texts) for texts in sections.values()], axis=0))


def _section(texts: Sequence[str]) -> tuple[float, float, float]:
    terms = [selections.terms_of(one) for one in texts]
    space, rare = representatives.space(terms), representatives.rarity(terms)
    found = [representatives.passage(one, rare, selections.terms_of) for one in texts]
    fit = [(text, cut) for text, cut in zip(texts, found, strict=True) if cut is not None]
    rows = space.rows([selections.terms_of(text[cut.starts : cut.ends]) for text, cut in fit])
    number, none = selections.NUMBER, np.zeros(len(texts))

    def covered(chosen: Sequence[int]) -> float:
        return representatives.covered(rows, chosen, len(texts))

    every = rows(range(len(fit))).sum(axis=1)  # its cosine with the middle, but for a factor
    middle = np.argsort(-every, kind="stable")[:number]
    draws = [random.Random(seed).sample(range(len(fit)), number) for seed in range(DRAWS)]
    return (
        covered(representatives.greedy(rows, range(len(fit)), number, none)),
        covered([int(one) for one in middle]),
        float(np.mean([covered(one) for one in draws])),
    )


def main(path: str) -> int:
    """Print what is measured."""
    with tarfile.open(path) as archive:
        held = [archive.extractfile(member) for member in archive.getmembers()]
        files = [one.read() for one in held if one is not None]
    sections = themes(json.loads(one)["opinion"] for one in files if one.strip())
    found = measured(sections)
    print(f"{len(sections)} sections: {found.chosen:.3f} chosen together,", end=" ")
    print(f"{found.middle:.3f} nearest to the middle, {found.chance:.3f} by lot")
    every = [text for texts in sections.values() for text in texts]
    many = (every * 3)[:10_000]
    texts = [
        selections.Text(str(place), one, positions.Voice(str(place), str(place)))
        for place, one in enumerate(many)
    ]
    begun = time.process_time()
    selections.select(texts)
    print(f"one theme of {len(many)} texts: {time.process_time() - begun:.1f} s of CPU")
    return 0 if found.chosen > found.middle > found.chance else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
