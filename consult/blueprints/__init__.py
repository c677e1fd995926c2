"""The web: reads the request, calls a service or a query, renders. No rule is decided here."""

import sys

from flask import Flask

from ..domain.kinds import discover


def register(app: Flask) -> None:
    """Register every blueprint, found by name."""
    for package in discover(sys.modules[__name__]).values():
        package.register(app) if hasattr(package, "register") else app.register_blueprint(
            package.bp
        )
