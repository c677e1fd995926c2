"""A small provider of identity on this machine, honest unless a test bends it."""

import base64
import hashlib
import json
import secrets
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

SECRET = "un-secret-que-deux-connaissent-ici"
CLIENT = "consult"


class Provider(ThreadingHTTPServer):
    """What it says of whom, and how a test bends what it says."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Visit)
        self.key = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})
        self.person = {"sub": "s1", "email": "ada@exemple.fr", "email_verified": True}
        self.token_changes, self.userinfo_changes = {}, {}
        self.signed, self.signing_key, self.algorithm = False, self.key, "RS256"
        self.about_changes, self.failing, self.codes = {}, {}, {}
        self.pause, self.released, self.asked = 0.0, Event(), []

    @property
    def issuer(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    def about(self):
        paths = ("authorization", "token", "userinfo", "end_session")
        about = {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/jwks"}
        about |= {f"{name}_endpoint": f"{self.issuer}/{name}" for name in paths}
        about |= self.about_changes
        return {name: value for name, value in about.items() if value is not None}

    def authorise(self, location):
        """Do as a person who signs in there: return the parameters to come back with."""
        assert location.startswith(f"{self.issuer}/authorization?"), location
        sent = {name: value[0] for name, value in parse_qs(urlsplit(location).query).items()}
        code = secrets.token_urlsafe(16)
        self.codes[code] = sent
        return {"code": code, "state": sent["state"]}

    def exchange(self, sent, authorisation):
        """Give a token for a code, once, to whoever shows what was hidden in the challenge."""
        asked = self.codes.pop(sent.get("code"), None)
        expected = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        shown = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if (
            asked is None
            or authorisation != f"Basic {expected}"
            or asked.get("code_challenge_method") != "S256"
            or shown != asked["code_challenge"]
            or sent.get("redirect_uri") != asked["redirect_uri"]
        ):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60}
        claims |= {"nonce": asked["nonce"], **self.person} | self.token_changes
        return 200, {
            "access_token": "jeton",
            "token_type": "Bearer",
            "id_token": self.sign(claims),
        }

    def sign(self, claims):
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": self.algorithm, "kid": "k1"}
        return jwt.encode(header, claims, self.signing_key, algorithms=[self.algorithm])

    def userinfo(self):
        said = self.person | self.userinfo_changes
        said = {name: value for name, value in said.items() if value is not None}
        if not self.signed:
            return "application/json", json.dumps(said)
        claims = {"iss": self.issuer, "aud": CLIENT, "exp": int(time.time()) + 60} | said
        return "application/jwt", self.sign(claims)


class Visit(BaseHTTPRequestHandler):
    """One request."""

    def do_GET(self):
        path = urlsplit(self.path).path
        if path == "/.well-known/openid-configuration":
            self.answer(path, self.server.about())
        elif path == "/jwks":
            keys = [self.server.key.as_dict(private=False)]
            self.answer(path, {"keys": keys})
        elif path == "/userinfo" and self.headers["Authorization"] == "Bearer jeton":
            kind, text = self.server.userinfo()
            self.answer(path, text, kind=kind)
        else:
            self.answer(path, {}, status=404)

    def do_POST(self):
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        sent = {name: value[0] for name, value in parse_qs(text).items()}
        status, body = self.server.exchange(sent, self.headers["Authorization"])
        self.answer("/token", body, status=status)

    def answer(self, path, body, *, status=200, kind="application/json"):
        self.server.asked.append(path)
        if path in self.server.failing:
            status, body = self.server.failing[path]
        text = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Location", "/ailleurs")
        self.end_headers()
        for place in range(len(text) if self.server.pause else 0):
            self.wfile.write(text[place : place + 1])
            self.wfile.flush()
            if self.server.released.wait(self.server.pause):
                return
        if not self.server.pause:
            self.wfile.write(text)

    def log_message(self, *_facts):
        pass


@contextmanager
def serving():
    """Serve a provider during a block."""
    with Provider() as provider:
        thread = Thread(target=provider.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield provider
        finally:
            provider.released.set()
            provider.shutdown()
            thread.join()
