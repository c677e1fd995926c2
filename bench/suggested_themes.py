"""How long suggested themes take, how many texts they hold, how surely they come back.

`python -m bench.suggested_themes ARCHIVE` reads the texts of République numérique (the archive of
the real data), looks for themes under each of its sections, twice, and prints the figures; then
times a question with 20,000 answers, made of the same texts' sentences. Exit 1 where both searches
differ, or where a limit is missed.
"""

import json
import random
import resource
import sys
import tarfile
import time
from collections import defaultdict
from pathlib import Path

from consult.domain import suggested_themes, words
from consult.formats import html_text

LIMIT, MANY, MANY_LIMIT, MEMORY = 20.0, 20_000, 60.0, 1_000_000_000


def sections(archive: Path) -> dict[str, list[str]]:
    """Return the texts of each section: proposals, and what hangs on them."""
    found = defaultdict(list)
    with tarfile.open(archive) as held:
        for member in sorted(held.getmembers(), key=lambda one: one.name):
            stream = held.extractfile(member)
            if stream is None or not (read := stream.read().strip()):
                continue
            opinion = json.loads(read)["opinion"]
            texts = [f"{opinion['title']} {opinion['body']}"]
            texts += [one["body"] for one in opinion["arguments"]]
            found[str(opinion["type"]["id"])] += map(html_text.to_text, texts)
    return dict(sorted(found.items()))


def searched(places: dict[str, list[str]]) -> dict[str, list[suggested_themes.Suggestion]]:
    """Return the suggestions of each section."""
    return {
        name: suggested_themes.suggest([words.terms(text) for text in texts], {})
        for name, texts in places.items()
    }


def main(archive: str) -> int:
    """Measure, print, and tell whether all is within its limits."""
    places = sections(Path(archive))
    began = time.process_time()
    found = searched(places)
    spent = time.process_time() - began
    same = searched(places) == found
    total = sum(map(len, places.values()))
    held = sum(len(one.texts) for many in found.values() for one in many)
    number = sum(map(len, found.values()))
    silent = sum(not many for many in found.values())
    sure = sum(one.stability for many in found.values() for one in many) / max(number, 1)
    print(f"{total} texts, {len(places)} sections: {number} themes hold {held / total:.0%},")
    print(f"{silent} sections without any, mean stability {sure:.2f}, {spent:.1f} s, same: {same}")
    chance = random.Random(0)
    sentences = [one for texts in places.values() for text in texts for one in text.split(". ")]
    made = [". ".join(chance.sample(sentences, 3)) for _one in range(MANY)]
    began = time.process_time()
    suggested_themes.suggest([words.terms(text) for text in made], {})
    many = time.process_time() - began
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(f"{MANY} answers to a question: {many:.1f} s, {most / 1e6:.0f} MB")
    return 0 if same and spent <= LIMIT and many <= MANY_LIMIT and most <= MEMORY else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
