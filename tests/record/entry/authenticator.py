"""A security key made of software: what a browser would send back for it."""

from __future__ import annotations

import hashlib
import json
import secrets

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

PRESENT, ATTESTED = AuthenticatorData.FLAG.UP, AuthenticatorData.FLAG.AT


class SoftKey:
    """One key pair for one address, counting its signatures."""

    def __init__(self, origin: str = "http://localhost:8000", host: str = "localhost") -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(32)
        self.origin, self.host_hash = origin, hashlib.sha256(host.encode()).digest()
        self.count = 0

    def made(self, options: str) -> str:
        """The answer to "make a credential"."""
        public = ES256.from_cryptography_key(self.private.public_key())
        credential = AttestedCredentialData.create(bytes(16), self.id, public)
        data = AuthenticatorData.create(self.host_hash, PRESENT | ATTESTED, self.count, credential)
        client = self._client(CollectedClientData.TYPE.CREATE, options)
        return self._answer(client, attestationObject=AttestationObject.create("none", data, {}))

    def signed(self, options: str) -> str:
        """The answer to "sign this"."""
        self.count += 1
        data = AuthenticatorData.create(self.host_hash, PRESENT, self.count)
        client = self._client(CollectedClientData.TYPE.GET, options)
        signature = self.private.sign(bytes(data) + client.hash, ec.ECDSA(SHA256()))
        return self._answer(client, authenticatorData=data, signature=signature)

    def _client(self, kind: CollectedClientData.TYPE, options: str) -> CollectedClientData:
        return CollectedClientData.create(kind, json.loads(options)["challenge"], self.origin)

    def _answer(self, client: CollectedClientData, **parts: bytes) -> str:
        response = {name: websafe_encode(bytes(value)) for name, value in parts.items()}
        name = websafe_encode(self.id)
        whole = {"id": name, "rawId": name, "type": "public-key", "clientExtensionResults": {}}
        return json.dumps(whole | {"response": response | {"clientDataJSON": websafe_encode(bytes(client))}})
