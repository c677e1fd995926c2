"""The site's settings are read again once changed here, and soon when changed elsewhere."""

from consult import site
from consult.models import Setting


def name_of(app):
    with app.test_request_context():
        return site.settings()["site_name"]


def test_settings_are_kept_for_a_while_and_forgotten_once_changed(app, session):
    app.config["SETTINGS_KEPT_SECONDS"] = 600
    try:
        assert name_of(app) == "consult"
        session.add(Setting(key="site_name", value="Chez nous"))
        session.commit()
        assert name_of(app) == "consult"  # changed by another process
        with app.test_request_context():
            assert site.read()["site_name"] == "Chez nous"
            site.forget()
        assert name_of(app) == "Chez nous"
    finally:
        app.config["SETTINGS_KEPT_SECONDS"] = 0
        app.extensions.pop(site.KEPT)


def test_settings_kept_too_long_are_read_again(app, session):
    assert name_of(app) == "consult"
    session.add(Setting(key="site_name", value="Chez nous"))
    session.commit()
    assert name_of(app) == "Chez nous"
