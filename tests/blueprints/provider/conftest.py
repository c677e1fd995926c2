"""The application set up for a provider that runs here."""

import pytest

from consult import sso
from tests import providers


@pytest.fixture
def provider(app, monkeypatch):
    """The application set up for a provider that runs here."""
    sso._known.clear()
    with providers.serving() as provider:
        settings = {
            "OIDC_ISSUER": provider.issuer,
            "OIDC_CLIENT_ID": providers.CLIENT,
            "OIDC_CLIENT_SECRET": providers.SECRET,
            "OIDC_NAME": "MesComptes",
        }
        for name, value in settings.items():
            monkeypatch.setitem(app.config, name, value)
        yield provider
