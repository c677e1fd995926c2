"""consult: participatory consultation and governance."""

from typing import Any

from .collecting import paused

with paused(stays=True):
    from flask import Flask

    from . import (
        access,
        blueprints,
        bounded,
        cache,
        config,
        errors,
        exposure,
        htmx,
        i18n,
        kept_pages,
        security,
        shared,
        site,
    )
    from .extensions import (
        babel,
        believe_proxies,
        bind_limiter,
        compress,
        csrf,
        db,
        engine_options,
        serve_static,
    )
    from .extensions import htmx as htmx_extension
    from .models import sealed


@paused()
def create_app(overrides: dict[str, Any] | None = None) -> Flask:
    """Assemble the application; read it as the table of contents of the code."""
    app = Flask(__name__)
    app.config.update(config.load() | (overrides or {}))
    sealed.use([app.config["SECRET_KEY"], *app.config["SECRET_KEY_FALLBACKS"]])
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", engine_options(app))
    db.init_app(app)
    babel.init_app(app, locale_selector=i18n.locale)
    htmx_extension.init_app(app)
    bounded.install(app)
    compress.init_app(app)
    i18n.install(app)
    shared.install(app)
    csrf.init_app(app)
    security.install(app)
    bind_limiter(app)
    site.install(app)
    errors.install(app)
    exposure.install(app)
    cache.install(app)
    app.after_request(htmx.vary)
    blueprints.register(app)
    access.install(app)
    kept_pages.install(app)
    serve_static(app)
    believe_proxies(app)
    return app
