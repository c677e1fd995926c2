"""Every setting, its default, and why; nothing is required to start."""

import os
import secrets
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

MEGABYTE = 1_000_000


def data_dir() -> Path:
    """Return the folder of everything the site writes, made when missing."""
    folder = Path(os.environ.get("CONSULT_DATA_DIR", "data")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def secret_key(folder: Path) -> str:
    """Return the key that signs cookies: from the environment, else kept in the data folder."""
    if key := os.environ.get("CONSULT_SECRET_KEY"):
        return key
    file = folder / "secret.key"
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(secrets.token_urlsafe(48))
    return file.read_text().strip()


def database_url(folder: Path) -> str:
    """Return the database's address; SQLite in the data folder when none is given."""
    url = os.environ.get("CONSULT_DATABASE_URL", "")
    return url or f"sqlite:///{folder / 'consult.sqlite'}"


class ConfigError(RuntimeError):
    """The environment asks for something that cannot be."""


def load() -> dict[str, Any]:
    """Read the environment into Flask's configuration."""
    folder = data_dir()
    environment = os.environ.get("CONSULT_ENV", "development")
    base_url = os.environ.get("CONSULT_BASE_URL", "")
    production = environment == "production"
    if production and not (os.environ.get("CONSULT_SECRET_KEY") and base_url):
        raise ConfigError("production needs CONSULT_SECRET_KEY and CONSULT_BASE_URL")
    base_url = (base_url or "http://127.0.0.1:5000").rstrip("/")
    return {
        "ENVIRONMENT": environment,
        "BASE_URL": base_url,
        "DATA_DIR": folder,
        # Fictitious people, on this machine alone: no letter reaches them, nor does production.
        "DEMONSTRATION_DOMAIN": "" if production else "@demo.invalid",
        "MAIL_URL": os.environ.get("CONSULT_MAIL_URL", f"file:{folder / 'mail'}"),
        "MAIL_CA": os.environ.get("CONSULT_MAIL_CA", ""),
        "TEST_NOW": "" if production else os.environ.get("CONSULT_TEST_NOW", ""),
        "SECRET_KEY": secret_key(folder),
        # Earlier keys: what they signed or sealed is still read.
        "SECRET_KEY_FALLBACKS": words("CONSULT_SECRET_KEY_FALLBACKS"),
        "SQLALCHEMY_DATABASE_URI": database_url(folder),
        "REDIS_URL": os.environ.get("CONSULT_REDIS_URL", ""),
        # Rendered rows kept in each process; 0 keeps none.
        "FRAGMENT_CHARACTERS": int(os.environ.get("CONSULT_FRAGMENT_CHARACTERS", "24000000")),
        # How many proxies stand in front, whose word on who calls is taken; others' never is.
        "PROXIES": proxies(),
        "RATELIMIT_ENABLED": production or os.environ.get("CONSULT_TEST_LIMITS") != "off",
        **provider(),
        **web(production, base_url),
    }


def proxies() -> int:
    """Return how many proxies stand between the network and this server, none by default."""
    typed = os.environ.get("CONSULT_PROXIES", "") or "0"
    if not (typed.isascii() and typed.isdecimal() and len(typed) == 1):
        raise ConfigError("CONSULT_PROXIES is how many proxies stand in front: 0 to 9")
    return int(typed)


def words(name: str) -> list[str]:
    """Return the words of a setting, separated by spaces."""
    return os.environ.get(name, "").split()


def provider() -> dict[str, Any]:
    """Return how to sign in through a provider of identity; without an issuer there is none."""
    issuer = os.environ.get("CONSULT_OIDC_ISSUER", "").strip()
    client_id = os.environ.get("CONSULT_OIDC_CLIENT_ID", "").strip()
    if issuer and not client_id:
        raise ConfigError("CONSULT_OIDC_ISSUER needs CONSULT_OIDC_CLIENT_ID")
    if issuer and not (find_spec("authlib") and find_spec("requests")):
        raise ConfigError("CONSULT_OIDC_ISSUER needs the extra: pip install consult-platform[sso]")
    return {
        # Its address, exactly as its own configuration page writes it.
        "OIDC_ISSUER": issuer,
        # Who this site is for it.
        "OIDC_CLIENT_ID": client_id,
        "OIDC_CLIENT_SECRET": os.environ.get("CONSULT_OIDC_CLIENT_SECRET", ""),
        # What people call it: ProConnect, the town's accounts.
        "OIDC_NAME": os.environ.get("CONSULT_OIDC_NAME", "") or urlsplit(issuer).hostname or "",
        # What it is asked to tell: an address is enough.
        "OIDC_SCOPES": os.environ.get("CONSULT_OIDC_SCOPES", "openid email"),
        # How sure of the person it is asked to be; some providers want it named.
        "OIDC_ACR_VALUES": os.environ.get("CONSULT_OIDC_ACR_VALUES", ""),
    }


def web(production: bool, base_url: str) -> dict[str, Any]:
    """Return what Flask and its extensions need to be safe by default."""
    host = base_url.split("://", 1)[1]
    secure = base_url.startswith("https://")
    return {
        "TRUSTED_HOSTS": [host.split(":")[0]]
        if production
        else ["127.0.0.1", "localhost", "[::1]"],
        "MAX_CONTENT_LENGTH": 12 * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": MEGABYTE,
        "MAX_FORM_PARTS": 500,
        "SETTINGS_KEPT_SECONDS": 2.0,
        # Whole pages, for visitors who have done nothing yet; 0 keeps none.
        "PAGES_KEPT_SECONDS": float(os.environ.get("CONSULT_PAGES_KEPT_SECONDS", "1")),
        "SESSION_COOKIE_NAME": "__Host-session" if secure else "session",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "DEVICE_COOKIE_NAME": "__Host-device" if secure else "device",
        "SHARED_COOKIE_NAME": "__Host-shared" if secure else "shared",
        "LANGUAGE_COOKIE_NAME": "__Host-language" if secure else "language",
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        "WTF_I18N_ENABLED": True,
        "BABEL_DEFAULT_LOCALE": "fr",
        "SECURITY_PASSWORD_SALT": "consult",
        "SECURITY_REGISTER_BLUEPRINT": False,
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_DEPRECATED_PASSWORD_SCHEMES": [],
        "COMPRESS_MIMETYPES": ["text/html", "application/json", "image/svg+xml"],
        "COMPRESS_MIN_SIZE": 500,
        "API_TITLE": "consult",
        "API_VERSION": "v1",
        "OPENAPI_VERSION": "3.1.0",
        "OPENAPI_URL_PREFIX": "/api/v1",
        "OPENAPI_JSON_PATH": "openapi.json",
    }
