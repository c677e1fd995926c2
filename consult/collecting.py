"""Garbage is not looked for while the program starts: looking took nearly half of that time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused(*, stays: bool = False) -> Iterator[None]:
    """Look for no garbage meanwhile; `stays` leaves what was made out of all later looks."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if stays:
            gc.freeze()
        if was_on:
            gc.enable()
