"""Texts of a campaign: nearly the same, sent by many people; shown once, counted each time.

Each text becomes the set of its runs of three words. MinHash (Broder 1997) finds which sets may
overlap without comparing all pairs; the sets then decide. A text is only ever compared with the
leader of a group, the text sent most often: a chain of look-alikes never joins two campaigns.
Source of the thresholds and of the choice of leaders: measures on 100,000 texts with campaigns
hidden in them (`bench/campaigns.py`). The groups help to read; they decide nothing.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RUN = 3  # words
FEWEST = 6  # runs of words: "Oui, je suis d'accord" sent a hundred times is a hundred answers
ALIKE = 0.5  # of the runs of both
HELD = 0.8  # of the runs of the shorter one,
PART = 0.3  # as long as it is not lost in the other
BANDS, ROWS = 24, 3
CROWD = 40  # leaders compared at most for one band
AT_ONCE = 5_000  # texts
_WORD = re.compile(r"\w+")
_MIX = np.uint64(0x9E3779B97F4A7C15)

Hashes = NDArray[np.uint64]


@dataclass(frozen=True)
class Campaign:
    """A text and those that say nearly the same: the ids, the leader first."""

    leader: str
    members: tuple[str, ...]


def find(
    texts: Iterable[tuple[str, str]], told: Callable[[int], None] | None = None
) -> list[Campaign]:
    """Return the campaigns among texts, each an id and its words, the most sent first.

    The order of the texts changes nothing but which of several identical ones leads: the first.
    `told` hears now and then how many texts are compared; what it raises stops the search.
    """
    ids, same = _identical(texts)
    order = sorted(range(len(same)), key=lambda place: (-len(same[place][1]), same[place][0]))
    runs, signatures = _read([same[place][0] for place in order])
    leaders = _leaders(runs, signatures, told or (lambda _compared: None))
    groups: dict[int, list[int]] = defaultdict(list)
    for place, leader in enumerate(leaders):
        groups[leader].append(place)
    found = []
    for leader, places in groups.items():
        members = [one for place in places for one in same[order[place]][1]]
        if leader >= 0 and len(members) > 1:
            found.append(Campaign(ids[members[0]], tuple(ids[one] for one in members)))
    return sorted(found, key=lambda one: -len(one.members))


def _identical(texts: Iterable[tuple[str, str]]) -> tuple[list[str], list[tuple[str, list[int]]]]:
    """Return the ids, and each distinct text without accents, case nor signs with its places."""
    ids: list[str] = []
    places: dict[str, list[int]] = {}
    for place, (name, text) in enumerate(texts):
        ids.append(name)
        places.setdefault(_plain(text), []).append(place)
    return ids, list(places.items())


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(_WORD.findall("".join(c for c in folded if not unicodedata.combining(c))))


def _read(texts: Sequence[str]) -> tuple[list[Hashes], NDArray[np.uint32]]:
    """Return for each text its runs of words, sorted, and its signature."""
    words: dict[str, int] = {}
    runs: list[Hashes] = []
    signatures = np.full((len(texts), BANDS * ROWS), np.iinfo(np.uint32).max, dtype=np.uint32)
    keys = np.random.default_rng(7).integers(1, 2**63, BANDS * ROWS, dtype=np.uint64) | np.uint64(1)
    for start in range(0, len(texts), AT_ONCE):
        some = [_runs(text.split(), words) for text in texts[start : start + AT_ONCE]]
        runs += some
        full = [place for place, one in enumerate(some) if len(one)]
        if full:
            joined = np.concatenate([some[place] for place in full])
            begins = np.cumsum([0, *(len(some[place]) for place in full[:-1])])
            rows = np.array(full) + start
            for column, key in enumerate(keys):
                signatures[rows, column] = np.minimum.reduceat(_hashed(joined, key), begins)
    return runs, signatures


def _runs(words: Sequence[str], known: dict[str, int]) -> Hashes:
    """Return the numbers of the runs of three words of a text, each once, sorted."""
    if len(words) < RUN:
        return np.empty(0, dtype=np.uint64)
    told = np.array([known.setdefault(word, len(known) + 1) for word in words], dtype=np.uint64)
    run = told[:-2]
    for later in (told[1:-1], told[2:]):
        run = (run ^ (run >> np.uint64(29))) * _MIX + later
    return np.unique(run * _MIX)


def _hashed(runs: Hashes, key: np.uint64) -> NDArray[np.uint32]:
    mixed = (runs ^ (runs >> np.uint64(31))) * key
    return (mixed >> np.uint64(32)).astype(np.uint32)


def _leaders(
    runs: Sequence[Hashes], signatures: NDArray[np.uint32], told: Callable[[int], None]
) -> list[int]:
    """Return the leader of each text, its own place for a leader; -1 for a text too short."""
    bands = _bands(signatures)
    buckets: list[dict[int, list[int]]] = [{} for _band in range(BANDS)]
    found = []
    for place, own in enumerate(runs):
        if place % AT_ONCE == 0:
            told(place)
        if len(own) < FEWEST:
            found.append(-1)
            continue
        keys = bands[place].tolist()
        near = Counter(
            one for bucket, key in zip(buckets, keys, strict=True) for one in bucket.get(key, ())
        )
        leader = _closest(own, near, runs)
        if leader is None:
            leader = place
            for bucket, key in zip(buckets, keys, strict=True):
                held = bucket.setdefault(key, [])
                if len(held) < CROWD:
                    held.append(place)
        found.append(leader)
    return found


def _bands(signatures: NDArray[np.uint32]) -> Hashes:
    """Return the key of each band of each text, a row a text."""
    parts = signatures.reshape(len(signatures), BANDS, ROWS).astype(np.uint64)
    keys = parts[:, :, 0]
    for row in range(1, ROWS):
        keys = (keys ^ (keys >> np.uint64(29))) * _MIX + parts[:, :, row]
    return keys


def _closest(own: Hashes, near: Counter[int], runs: Sequence[Hashes]) -> int | None:
    """Return the leader that is closest to a text, the most sent among equals; None for none."""
    best, score = None, 0.0
    for leader in sorted(near, key=lambda one: (-near[one], one)):
        theirs = runs[leader]
        common = len(np.intersect1d(own, theirs, assume_unique=True))
        jaccard = common / (len(own) + len(theirs) - common)
        held = common / min(len(own), len(theirs))
        alike = jaccard >= ALIKE or (held >= HELD and jaccard >= PART)
        if alike and jaccard > score:
            best, score = leader, jaccard
    return best
