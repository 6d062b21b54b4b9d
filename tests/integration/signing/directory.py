"""An agency's directory, as small as an OpenID provider can be: it listens on this machine and knows one subject.

Belongs here: a real program on a real socket, honest unless told to lie. Not here: anything of ours.
"""

import base64
import contextlib
import dataclasses
import hashlib
import http.server
import json
import secrets
import threading
import time
import urllib.parse
from collections.abc import Iterator
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET = "joinedup", "a secret between the two"


def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclasses.dataclass(kw_only=True)
class Directory:
    """What the provider holds and says; a test changes what it says."""

    subject: str = "8f1c-rukhsana"
    says: dict[str, Any] = dataclasses.field(default_factory=dict)
    leaves_out: frozenset[str] = frozenset()
    signs_with: Any = None
    algorithm: str = "RS256"
    is_down: bool = False
    key: rsa.RSAPrivateKey = dataclasses.field(default_factory=_key)
    other_key: rsa.RSAPrivateKey = dataclasses.field(default_factory=_key)
    codes: dict[str, dict[str, str]] = dataclasses.field(default_factory=dict)
    address: str = ""

    def configuration(self) -> dict[str, Any]:
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return {"issuer": self.address} | {name: f"{self.address}/{path}" for name, path in places.items()}

    def keys(self) -> dict[str, Any]:
        public = json.loads(RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "one", "use": "sig", "alg": "RS256"}]}

    def authorize(self, asked: dict[str, str]) -> str:
        """Let the person in at once; return where their browser goes."""
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urllib.parse.urlencode({'code': code, 'state': asked['state']})}"

    def token(self, given: dict[str, str]) -> dict[str, Any]:
        """Exchange a code once, for whoever set out with it."""
        asked = self.codes.pop(given["code"])
        proof = base64.urlsafe_b64encode(hashlib.sha256(given["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if proof != asked["code_challenge"] or asked["code_challenge_method"] != "S256":
            raise PermissionError("another's code")
        if (given["client_id"], given["client_secret"]) != (CLIENT, SECRET):
            raise PermissionError("another client")
        return {"access_token": "opaque", "token_type": "Bearer", "id_token": self.signed(asked["nonce"])}

    def signed(self, nonce: str) -> str:
        at = int(time.time())
        claims = {"iss": self.address, "sub": self.subject, "aud": CLIENT, "iat": at, "exp": at + 300, "nonce": nonce}
        claims = {name: value for name, value in (claims | self.says).items() if name not in self.leaves_out}
        return jwt.encode(claims, self.signs_with or self.key, algorithm=self.algorithm, headers={"kid": "one"})


def _handler(directory: Directory) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            path, _, query = self.path.partition("?")
            if directory.is_down:
                self.send_error(503)
            elif path == "/authorize":
                self.send_response(302)
                self.send_header("Location", directory.authorize(dict(urllib.parse.parse_qsl(query))))
                self.end_headers()
            else:
                self.answer(directory.keys() if path == "/keys" else directory.configuration())

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            try:
                self.answer(directory.token(dict(urllib.parse.parse_qsl(body))))
            except (PermissionError, KeyError):
                self.send_error(400)

        def answer(self, value):
            content = json.dumps(value).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args):
            pass

    return Handler


@contextlib.contextmanager
def listening(directory: Directory) -> Iterator[Directory]:
    """Have the directory answer on a port of its own."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _handler(directory))
    directory.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield directory
    finally:
        server.shutdown()
        server.server_close()
