"""What the measure of coverage watches: it doubles the time of what it watches.

A run on PostgreSQL covers the lines of the same run on SQLite, but for the few that speak to
PostgreSQL alone; a run with htmx those of the same run without, but for some of the views; an
attack, a journey or a revision covers lines that a test of their own covers.
The floors of `./test` say whether that still holds: what is not watched can only lower them.
"""

import importlib
import pkgutil
import sys
import warnings
from contextlib import contextmanager
from pathlib import Path

import coverage
import pytest

ROOT = Path(__file__).parent
UNWATCHED = ("architecture", "journeys", "migrations", "security")
# What has lines for PostgreSQL alone is watched there too.
ON_BOTH = (
    "queries/test_proposals.py",
    "queries/test_search.py",
    "services/test_exports.py",
    "services/test_inserting.py",
    "services/test_outbox.py",
    "services/test_table_copies.py",
    "services/test_territories.py",
)
ACT_WHEN_IMPORTED = ("consult.__main__", "consult.wsgi")


@contextmanager
def unwatched():
    """Do what is none of the product's, such as reading a page, at full speed."""
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(tracer)


def is_watched(item):
    path = item.path.relative_to(ROOT)
    on_postgresql = "postgresql" in item.name
    if path.parts[0] in UNWATCHED or params_of(item).get("browser") == "htmx":
        return False
    return not on_postgresql or path.as_posix() in ON_BOTH


def params_of(item):
    return item.callspec.params if hasattr(item, "callspec") else {}


class Measure:
    """The measure that runs in this process: at rest while nobody watches."""

    def __init__(self, measure):
        self.measure = measure
        self.is_running = True

    def watch(self, wanted):
        if wanted != self.is_running:
            (self.measure.start if wanted else self.measure.stop)()
            self.is_running = wanted

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item):
        self.watch(is_watched(item))

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self):
        self.watch(True)


def begin(config):
    """Import all, so that what an import runs is met whichever test comes first."""
    measure = coverage.Coverage.current()
    if measure is None:
        return
    import consult

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for module in pkgutil.walk_packages(consult.__path__, "consult."):
            if module.name not in ACT_WHEN_IMPORTED:
                importlib.import_module(module.name)
    config.pluginmanager.register(Measure(measure))
