"""A council's identity provider, small and over real HTTP: it signs whom it is told to sign in.

`faults` makes it lie, one way at a time, as a broken or hostile one would.
"""

import base64
import hashlib
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from litestar import Litestar, Request, Response, get, post
from litestar.response import Redirect

CLIENT_ID, CLIENT_SECRET = "my-way-desk", "a shared secret"


class CouncilDouble:
    """Whoever comes is signed in as `who`, at once."""

    def __init__(self) -> None:
        self.issuer = ""
        self.who: dict[str, Any] = {"sub": "u-1", "email": "ann@example.org"}
        self.who["email_verified"] = True
        self.faults: dict[str, Any] = {}
        self.key, self.other_key = (RSAKey.generate_key(2048, private=True) for _ in range(2))
        self._codes: dict[str, dict[str, str]] = {}

    def claims(self, nonce: str) -> dict[str, Any]:
        """What the ID token says."""
        moment = int(time.time())
        return {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "iat": moment,
            "exp": moment + 300,
            "nonce": nonce,
            **self.who,
            **self.faults.get("claims", {}),
        }

    def token(self, nonce: str) -> str:
        """The ID token."""
        key = self.other_key if "key" in self.faults else self.key
        header = {"alg": "RS256", "kid": "one"}
        if self.faults.get("unsigned"):
            _, payload, _ = jwt.encode(header, self.claims(nonce), key).split(".")
            none = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
            return f"{none}.{payload}."
        return jwt.encode(header, self.claims(nonce), key)

    def app(self) -> Litestar:
        """Its pages."""

        @get("/.well-known/openid-configuration")
        async def configuration() -> dict[str, str]:
            return {
                "issuer": self.faults.get("issuer", self.issuer),
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            }

        @get("/authorize")
        async def authorize(request: Request[Any, Any, Any]) -> Redirect:
            asked = dict(request.query_params)
            assert asked["client_id"] == CLIENT_ID
            assert asked["response_type"] == "code"
            assert asked["code_challenge_method"] == "S256"
            code = secrets.token_urlsafe(12)
            self._codes[code] = asked
            back = urlencode({"code": code, "state": self.faults.get("state", asked["state"])})
            return Redirect(f"{asked['redirect_uri']}?{back}")

        @post("/token")
        async def token(request: Request[Any, Any, Any]) -> Response[dict[str, Any]]:
            form = await request.form()
            asked = self._codes.pop(form["code"])
            verified = hashlib.sha256(form["code_verifier"].encode()).digest()
            challenge = base64.urlsafe_b64encode(verified).rstrip(b"=").decode()
            known = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
            if (
                asked["code_challenge"] != challenge
                or request.headers.get("authorization") != f"Basic {known}"
            ):
                return Response({"error": "invalid_client"}, status_code=401)
            return Response(
                {
                    "access_token": "a",
                    "token_type": "Bearer",
                    "id_token": self.token(asked["nonce"]),
                }
            )

        @get("/keys")
        async def keys() -> dict[str, Any]:
            return {"keys": [{**self.key.as_dict(private=False), "kid": "one", "use": "sig"}]}

        return Litestar(
            [configuration, authorize, token, keys], openapi_config=None, logging_config=None
        )

    @contextmanager
    def serving(self) -> Iterator[None]:
        """On a port of this machine, for as long as the block lasts."""
        up = threading.Event()

        class Served(uvicorn.Server):
            async def startup(self, sockets: list[socket.socket] | None = None) -> None:
                await super().startup(sockets)
                up.set()

        server = Served(uvicorn.Config(self.app(), log_config=None, access_log=False))
        with socket.create_server(("127.0.0.1", 0)) as listening:
            self.issuer = f"http://127.0.0.1:{listening.getsockname()[1]}"
            thread = threading.Thread(target=server.run, args=([listening],))
            thread.start()
            assert up.wait(10)
            yield
            server.should_exit = True
            thread.join(10)
