"""Signing in through a provider of identity (OpenID Connect): one client, all by settings.

The code flow with PKCE (RFC 7636), a state and a nonce that only this browser's session holds.
Authlib speaks the protocol; it comes with the extra `sso`.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, current_app

from .domain import assurance, clean
from .domain.errors import RuleBroken
from .services.identities import Vouched

TIMEOUT = 5.0
LARGEST = 500_000
KEPT_SECONDS = 600.0
LEEWAY = 60
SIGNED_BY = ("RS256", "PS256", "ES256", "EdDSA")
SUBJECT = 255
Found = TypeVar("Found")
_known: dict[str, tuple[float, dict[str, Any]]] = {}


@dataclass(frozen=True)
class Provider:
    """A provider as the settings describe it."""

    issuer: str
    client_id: str
    client_secret: str
    name: str
    scopes: str
    acr_values: str


def provider(app: Flask | None = None) -> Provider | None:
    """Return the provider of the settings, if any."""
    config = (app or current_app).config
    if not config["OIDC_ISSUER"]:
        return None
    return Provider(
        config["OIDC_ISSUER"],
        config["OIDC_CLIENT_ID"],
        config["OIDC_CLIENT_SECRET"],
        config["OIDC_NAME"],
        config["OIDC_SCOPES"],
        config["OIDC_ACR_VALUES"],
    )


def begin(to: Provider, back: str) -> tuple[str, dict[str, str]]:
    """Return where to send the browser, and what its session keeps until it comes `back`."""
    kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    more = {"acr_values": to.acr_values} if to.acr_values else {}

    def ask() -> str:
        with _client(to, back) as client:
            address, _state = client.create_authorization_url(
                _about(to)["authorization_endpoint"],
                state=kept["state"],
                nonce=kept["nonce"],
                code_verifier=kept["verifier"],
                **more,
            )
            return str(address)

    return _asked(to, ask), kept


def finish(to: Provider, back: str, code: str, kept: dict[str, str]) -> Vouched:
    """Exchange a code for whom the provider vouches for.

    Raises provider-refused (400) for whatever is not right, provider-too-weak (403) when they
    are known there less surely than was asked for, and provider-down (503) for no answer.
    """

    def exchange() -> Vouched:
        with _client(to, back) as client:
            token = client.fetch_token(
                _about(to)["token_endpoint"], code=code, code_verifier=kept["verifier"]
            )
            claims = _id_token(to, token, kept["nonce"])
            if not assurance.is_enough(to.acr_values, claims.get("acr")):
                raise RuleBroken("provider-too-weak", 403, name=to.name)
            said = _userinfo(to, client, claims["sub"])
            # An address and whether it was checked come from the same hand.
            return _vouched(to, said if "email" in said else claims)

    return _asked(to, exchange)


def end_session(to: Provider, back: str) -> str:
    """Return the address where one signs out of the provider, "" when it has none or is down."""
    from authlib.common.urls import add_params_to_uri

    try:
        address = _asked(to, lambda: _about(to).get("end_session_endpoint"))
    except RuleBroken:
        return ""
    facts = {"client_id": to.client_id, "post_logout_redirect_uri": back}
    return str(add_params_to_uri(address, list(facts.items()))) if address else ""


def _asked(to: Provider, act: Callable[[], Found]) -> Found:
    """Talk to the provider: what it does not answer or says wrongly is a broken rule."""
    from authlib.integrations.base_client import OAuthError
    from joserfc.errors import JoseError
    from requests import RequestException

    try:
        return act()
    except RuleBroken:
        raise
    except RequestException as error:
        raise RuleBroken("provider-down", 503, name=to.name) from error
    except (OAuthError, JoseError, LookupError, ValueError, TypeError, AttributeError) as error:
        raise RuleBroken("provider-refused", 400) from error


def _client(to: Provider, back: str = "") -> Any:
    """Return a client that waits a few seconds, reads a little and follows no redirection."""
    from authlib.integrations.requests_client import OAuth2Session

    from .bounded_http import BoundedAdapter

    client = OAuth2Session(
        to.client_id,
        to.client_secret or None,
        scope=to.scopes,
        redirect_uri=back,
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic" if to.client_secret else "none",
        default_timeout=TIMEOUT,
    )
    client.max_redirects = 0
    for scheme in ("https://", "http://"):
        client.mount(scheme, BoundedAdapter(TIMEOUT, LARGEST))
    return client


def _about(to: Provider) -> dict[str, Any]:
    """Return what the provider says of itself, read again every ten minutes."""
    until, found = _known.get(to.issuer, (0.0, {}))
    if until > time.monotonic():
        return found
    found = _read(to, to.issuer.rstrip("/") + "/.well-known/openid-configuration")
    if found["issuer"] != to.issuer:
        raise ValueError("another issuer answers")
    _known[to.issuer] = time.monotonic() + KEPT_SECONDS, found
    return found


def _keys(to: Provider, *, anew: bool) -> Any:
    """Return the keys that the provider signs with, kept with what it says of itself."""
    from joserfc.jwk import KeySet

    about = _about(to)
    if anew or "jwks" not in about:
        about["jwks"] = _read(to, about["jwks_uri"])
    return KeySet.import_key_set(about["jwks"])


def _read(to: Provider, address: str) -> dict[str, Any]:
    with _client(to) as client:
        answer = client.get(address, withhold_token=True)
        answer.raise_for_status()
        return dict(answer.json())


def _signed(to: Provider, text: str) -> Any:
    """Return a token whose signature is the provider's; a key unknown so far is looked up."""
    from joserfc import jwt
    from joserfc.errors import InvalidKeyIdError
    from joserfc.jws import JWSRegistry

    registry = JWSRegistry(algorithms=list(SIGNED_BY), strict_check_header=False)
    try:
        return jwt.decode(text, _keys(to, anew=False), registry=registry)
    except InvalidKeyIdError:
        return jwt.decode(text, _keys(to, anew=True), registry=registry)


def _id_token(to: Provider, token: dict[str, Any], nonce: str) -> dict[str, Any]:
    """Return the claims of the identity token: its issuer, audience, hours and nonce are right."""
    from authlib.oidc.core import CodeIDToken

    read = _signed(to, token["id_token"])
    claims = CodeIDToken(
        read.claims,
        read.header,
        options=_wanted(to),
        params={
            "nonce": nonce,
            "client_id": to.client_id,
            "access_token": token["access_token"],
        },
    )
    claims.validate(leeway=LEEWAY)
    return dict(claims)


def _wanted(to: Provider) -> dict[str, Any]:
    return {
        "iss": {"essential": True, "value": to.issuer},
        "aud": {"essential": True, "value": to.client_id},
        "sub": {"essential": True},
    }


def _userinfo(to: Provider, client: Any, subject: str) -> dict[str, Any]:
    """Return what the provider says of the person, plain or signed, about them and no other."""
    from joserfc.jwt import JWTClaimsRegistry

    address = _about(to).get("userinfo_endpoint")
    if not address:
        return {}
    answer = client.get(address)
    answer.raise_for_status()
    if answer.headers.get("Content-Type", "").startswith("application/jwt"):
        claims = dict(_signed(to, answer.text).claims)
        JWTClaimsRegistry(leeway=LEEWAY, **_wanted(to)).validate(claims)
    else:
        claims = dict(answer.json())
    if claims["sub"] != subject:
        raise ValueError("another person's information")
    return claims


def _vouched(to: Provider, claims: dict[str, Any]) -> Vouched:
    subject = claims["sub"]
    if not isinstance(subject, str) or not subject.isprintable() or not 0 < len(subject) <= SUBJECT:
        raise ValueError("an unreadable subject")
    try:
        email = clean.email(claims.get("email"))
    except RuleBroken:
        email = ""
    return Vouched(to.issuer, subject, email, claims.get("email_verified") is True)
