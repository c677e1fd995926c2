"""A guard against input that would hold the server: it ends a hang, it times nothing."""

import signal
from contextlib import contextmanager

SECONDS = 60  # of processor: a hundred times the slowest seen, and far below what a trap costs


@contextmanager
def no_hang():
    """Stop a piece of work that goes on and on, wherever it is, regular expressions included."""

    def stop(_signal, _frame):
        raise TimeoutError(f"still at it after {SECONDS} s of processor")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
