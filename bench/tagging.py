"""How many texts get a tag from what people tagged, and how many of these tags are right.

`python -m bench.tagging ARCHIVE` reads the texts of République numérique (the archive of the real
data), takes half of them, drawn by lot, as tagged with their section, has the tags of the others
proposed, and compares them with their sections; then the same with 100 and 500 texts tagged.
Exit 1 where, with half of them, a tag is less often right than asked, or a limit is missed.
"""

import random
import resource
import sys
import time
from pathlib import Path

from bench.suggested_themes import sections
from consult.domain import tagging, words

RIGHT, COVERED, LIMIT, MEMORY = 0.8, 0.1, 120.0, 1_000_000_000
Texts = dict[str, tagging.Tagged]


def texts(archive: Path) -> Texts:
    """Return the terms and the section of each text, in an order drawn by lot."""
    held = [
        tagging.Tagged(words.terms(text), section)
        for section, many in sections(archive).items()
        for text in many
    ]
    random.Random(0).shuffle(held)
    return {f"{place:06}": one for place, one in enumerate(held)}


def measured(held: Texts, number: int) -> tuple[tagging.Found, float, float]:
    """Return what is proposed when so many are tagged, the share covered, the share right."""
    keys = list(held)
    known = {key: held[key] for key in keys[:number]}
    found = tagging.propose(known, {key: held[key].terms for key in keys[number:]})
    good = sum(held[one.text].tag == one.tag for one in found.proposals)
    return found, len(found.proposals) / (len(keys) - number), good / max(len(found.proposals), 1)


def main(archive: str) -> int:
    """Measure, print, and tell whether all is within its limits."""
    held = texts(Path(archive))
    spent = covered = right = 0.0
    for number in (100, 500, len(held) // 2):
        began = time.process_time()
        found, covered, right = measured(held, number)
        spent = time.process_time() - began
        print(f"{number} of {len(held)} texts tagged: thresholds {found.thresholds}, {spent:.1f} s")
        print(f"  {len(found.proposals)} proposals, {covered:.1%} covered, {right:.3f} right")
        for level in (3, 2, 1):
            of = [one for one in found.proposals if one.level == level]
            good = sum(held[one.text].tag == one.tag for one in of)
            print(f"  level {level}: {len(of)} proposals, {good / max(len(of), 1):.3f} right")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(f"{most / 1e6:.0f} MB")
    well = right >= RIGHT and covered >= COVERED
    return 0 if well and spent <= LIMIT and most <= MEMORY else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
