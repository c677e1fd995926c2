"""How well and how fast campaigns are found among many texts.

`python -m bench.campaigns TEXTS` reads real texts (one a line), adds what lacks to 10,000 then
100,000 by putting their sentences together anew, hides campaigns in them (a fifth of all: copies,
with accents lost, words changed, sentences added, cuts), and looks for them; exit 1 where a limit
is missed. Precision: of the texts found in a campaign, how many are of the one that most
of its group are of; real texts that repeat each other count as right when
their words say so, in order, one by one. Recall: of the copies, how many are in the group that holds most of theirs.
"""

import random
import resource
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from pathlib import Path

from consult.domain import campaigns

# texts, seconds of CPU, precision, recall
CASES = ((10_000, 3.0, 0.99, 0.8), (100_000, 30.0, 0.99, 0.9))
MEMORY = 1_000_000_000
SHARE, SIZE = 5, 40  # a fifth are copies; a campaign has forty
SAME = 0.6


def sentences(texts: list[str]) -> list[str]:
    """Return the sentences of real texts, neither short nor long, each once."""
    found = (one.strip() for text in texts for one in text.split(". "))
    return list(dict.fromkeys(one for one in found if 8 <= len(one.split()) <= 30))


def planted(number: int, texts: list[str]) -> list[tuple[str, str, int]]:
    """Return texts with their campaign, -1 for none, the same at each run."""
    chance, source = random.Random(number), sentences(texts)
    copies = number // SHARE
    made = [(text, -1) for text in texts[: number - copies]]
    made += [(_composed(source, chance), -1) for _one in range(number - copies - len(made))]
    for campaign in range(copies // SIZE):
        model = _composed(source, chance)
        made += [(_copied(model, source, chance), campaign) for _one in range(SIZE)]
    chance.shuffle(made)
    return [(f"t{place}", text, campaign) for place, (text, campaign) in enumerate(made)]


def _composed(source: list[str], chance: random.Random) -> str:
    return ". ".join(chance.sample(source, chance.randint(3, 6)))


def _copied(model: str, source: list[str], chance: random.Random) -> str:
    kind = chance.randrange(5)
    words = model.split()
    if kind == 1:
        folded = unicodedata.normalize("NFKD", model)
        return "".join(one for one in folded if not unicodedata.combining(one)).upper()
    if kind == 2:
        other = chance.choice(source).split()
        changed = [chance.choice(other) if chance.random() < 0.04 else word for word in words]
        return " ".join(word for word in changed if chance.random() >= 0.04)
    if kind == 3:
        return f"{chance.choice(source)}. {model}. {chance.choice(source)}"
    if kind == 4:
        kept = chance.randint(len(words) * 6 // 10, len(words))
        begins = chance.randint(0, len(words) - kept)
        return " ".join(words[begins : begins + kept])
    return model


def score(texts: list[tuple[str, str, int]], found: list[campaigns.Campaign]) -> tuple[float, ...]:
    """Return precision and recall."""
    truth = {name: campaign for name, _text, campaign in texts}
    words = {name: text.split() for name, text, _campaign in texts}
    good = total = 0
    best: defaultdict[int, int] = defaultdict(int)
    for group in found:
        counts = Counter(truth[one] for one in group.members)
        (campaign, most), *_rest = counts.most_common(1)
        total += len(group.members)
        if campaign < 0:
            good += sum(_repeats(words[group.leader], words[one]) for one in group.members)
        else:
            good += most
            best[campaign] = max(best[campaign], most)
    copies = sum(campaign >= 0 for campaign in truth.values())
    return good / total if total else 1.0, sum(best.values()) / copies


def _repeats(leader: list[str], other: list[str]) -> bool:
    """Tell whether most words of the shorter text stand in the other, in the same order."""
    blocks = SequenceMatcher(None, leader, other, autojunk=False).get_matching_blocks()
    return sum(one.size for one in blocks) >= SAME * min(len(leader), len(other))


def main() -> None:
    """Measure; exit 1 where a limit is missed."""
    read = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    source, missed = list(dict.fromkeys(one for one in read if len(one.split()) >= 5)), False
    for number, limit, precise, whole in CASES:
        texts = planted(number, source)
        begun = time.process_time()
        found = campaigns.find((name, text) for name, text, _campaign in texts)
        took = time.process_time() - begun
        precision, recall = score(texts, found)
        missed |= took > limit or precision < precise or recall < whole
        print(
            f"{number} texts, {len(found)} campaigns: {took:.1f} s (limit {limit}), precision "
            f"{precision:.4f} (at least {precise}), recall {recall:.3f} (at least {whole})"
        )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(f"memory, the texts included: {memory / 1e6:.0f} MB (limit {MEMORY / 1e6:.0f})")
    sys.exit(missed or memory > MEMORY)


if __name__ == "__main__":
    main()
