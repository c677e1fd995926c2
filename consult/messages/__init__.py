"""The sentence of each broken rule, by its code; English here, French in the catalogue.

A topic that brings codes adds its module; a code stands in one of them only.
"""

import sys

from ..domain import kinds

MESSAGES: dict[str, str] = {
    code: sentence
    for topic in kinds.discover(sys.modules[__name__]).values()
    for code, sentence in topic.MESSAGES.items()
}
