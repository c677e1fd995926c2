"""What the tests spare themselves: work that would be the same each time, in each process."""

import gc
import os
import tempfile

_FOLDER = "CONSULT_TEST_TEMPLATES"
# More statements than the pages have: none is worked out twice because another came between.
STATEMENTS_KEPT = 4000


def configure(config):
    """Keep the code of each template for the applications and the processes of this run."""
    from flask import Flask
    from jinja2 import FileSystemBytecodeCache

    if not hasattr(config, "workerinput"):
        folder = tempfile.TemporaryDirectory(
            prefix="consult-templates-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")
        )
        os.environ[_FOLDER] = folder.name
        config.add_cleanup(folder.cleanup)
    if _FOLDER in os.environ:
        Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(os.environ[_FOLDER])}


def keep_statements(engine):
    """Let an engine remember how each statement is written, whichever tests come between."""
    engine._compiled_cache.capacity = STATEMENTS_KEPT


def collect_less():
    """Leave what stays to the end out of each collection of garbage, and collect less often.

    Looking through thirteen thousand tests and a whole application again and again took a tenth
    of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
