"""A device that keeps passkeys, for the tests: it makes them and signs as a browser would."""

import hashlib
import json
import secrets

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Device:
    """One passkey; `counts` tells whether it counts its signatures."""

    def __init__(self, origin="http://localhost", rp_id="localhost", *, counts=True, verifies=True):
        self.origin, self.rp_id, self.counts = origin, rp_id, counts
        self.flags = PRESENT | (VERIFIED if verifies else 0)
        self.id = secrets.token_bytes(32)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.count = 0
        self.handle = None

    def make(self, options, **changes):
        """Answer the options of a registration."""
        self.handle = options["user"]["id"]
        point = self.key.public_key().public_numbers()
        public = cbor2.dumps(
            {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        )
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        data = self._data(self.flags | ATTESTED) + attested
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        said = self._said("webauthn.create", options, changes)
        return self._written(
            clientDataJSON=said, attestationObject=attestation, transports=["internal", "hybrid"]
        )

    def sign(self, options, *, count=None, handle=None, **changes):
        """Answer the options of a use."""
        self.count = count if count is not None else self.count + (1 if self.counts else 0)
        data = self._data(self.flags)
        said = self._said("webauthn.get", options, changes)
        signature = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        return self._written(
            clientDataJSON=said,
            authenticatorData=data,
            signature=signature,
            userHandle=base64url_to_bytes(handle or self.handle),
        )

    def _data(self, flags):
        rp = hashlib.sha256(self.rp_id.encode()).digest()
        return rp + bytes([flags]) + self.count.to_bytes(4, "big")

    def _said(self, kind, options, changes):
        facts = {"type": kind, "challenge": options["challenge"], "origin": self.origin}
        return json.dumps(facts | changes).encode()

    def _written(self, **response):
        shown = bytes_to_base64url(self.id)
        return json.dumps(
            {
                "id": shown,
                "rawId": shown,
                "type": "public-key",
                "response": {
                    name: bytes_to_base64url(value) if isinstance(value, bytes) else value
                    for name, value in response.items()
                },
            }
        )
