"""Opinion groups: people whose opinions resemble each other, and what each group says.

The groups are found by distances (`clusters`); what is said of them (`statistics`) follows from the
groups alone, whoever found them. Definitions: Polis (Small et al. 2021, "Polis: Scaling
Deliberation by Mapping High Dimensional Opinion Spaces").
"""

from .clusters import Found, are_few, find
from .matrix import Opinions, read
from .statistics import Statement, statements, typical
from .summary import summarise

__all__ = [
    "Found",
    "Opinions",
    "Statement",
    "are_few",
    "find",
    "read",
    "statements",
    "summarise",
    "typical",
]
