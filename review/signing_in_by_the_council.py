"""Signing in with a council's own accounts, by OpenID Connect: for houses that set OIDC_ISSUER.

Comes in: a browser that comes back from the council with a code. Goes out: a sign-in for the
account that an administrator made for that e-mail; nobody else gets one this way.
"""

import asyncio
import logging
import secrets
from dataclasses import dataclass
from typing import Any

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from litestar import get
from litestar.exceptions import NotFoundException
from litestar.response import Redirect, Template

from plan_store.facilitators import find_by_council_id, find_by_email, keep_council_id
from plan_store.opening import Store
from plan_store.tables import Facilitator
from review.guarding import (
    PUBLIC_WITH_SESSION,
    TRIES,
    DeskRequest,
    begin_half_way,
    begin_session,
)
from review.settings import ReviewSettings
from review.showing_pages import page
from review.signing_in import SECOND_FACTOR, inside

log = logging.getLogger(__name__)

BACK = "/sign-in/council/back"
SECONDS = 10.0
CLOCKS_DIFFER_BY = 60
# Never "none", and no shared secrets: the council signs with a key of its own.
SIGNED_WITH = ["RS256", "ES256", "PS256"]
# How an identity provider says that it asked for more than a password.
TWO_FACTORS = frozenset({"mfa", "otp", "hwk", "swk", "fido"})


class CouncilRefuses(Exception):
    """What the council sent back cannot be believed, or leads to nobody; says which kind."""


@dataclass(frozen=True)
class Council:
    """A council's identity provider; its addresses are read from it at each sign-in."""

    issuer: str
    client_id: str
    client_secret: str
    name: str
    back: str

    async def way_there(self) -> tuple[str, dict[str, str]]:
        """Where the browser goes, and what has to fit when it comes back."""
        kept = {
            "state": secrets.token_urlsafe(24),
            "nonce": secrets.token_urlsafe(24),
            "verifier": secrets.token_urlsafe(48),
        }
        addresses = await self._addresses()
        async with self._client() as client:
            there, _ = client.create_authorization_url(
                addresses["authorization_endpoint"],
                state=kept["state"],
                nonce=kept["nonce"],
                code_verifier=kept["verifier"],
            )
        return there, kept

    async def who_came_back(self, url: str, kept: dict[str, str]) -> dict[str, Any]:
        """The claims about whoever signed in there. Raises `CouncilRefuses`."""
        try:
            addresses = await self._addresses()
            async with self._client() as client:
                token = await client.fetch_token(
                    addresses["token_endpoint"],
                    authorization_response=url,
                    state=kept["state"],
                    code_verifier=kept["verifier"],
                )
            keys = await _read(addresses["jwks_uri"])
            decoded = jwt.decode(
                token["id_token"], KeySet.import_key_set(keys), algorithms=SIGNED_WITH
            )
            jwt.JWTClaimsRegistry(
                leeway=CLOCKS_DIFFER_BY,
                iss={"essential": True, "value": self.issuer},
                aud={"essential": True, "value": self.client_id},
                sub={"essential": True},
                exp={"essential": True},
                iat={"essential": True},
                nonce={"essential": True, "value": kept["nonce"]},
            ).validate(decoded.claims)
        except (AuthlibBaseError, JoseError, httpx.HTTPError, KeyError, ValueError) as why:
            raise CouncilRefuses(type(why).__name__) from None
        return dict(decoded.claims)

    def _client(self) -> AsyncOAuth2Client:
        return AsyncOAuth2Client(
            self.client_id,
            self.client_secret,
            scope="openid email profile",
            redirect_uri=self.back,
            code_challenge_method="S256",
            timeout=SECONDS,
        )

    async def _addresses(self) -> dict[str, str]:
        found: dict[str, str] = await _read(
            f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
        )
        if found.get("issuer") != self.issuer:
            raise ValueError("The provider calls itself otherwise than OIDC_ISSUER.")
        return found


async def _read(address: str) -> Any:
    async with httpx.AsyncClient(timeout=SECONDS) as client:
        answer = await client.get(address)
        answer.raise_for_status()
        return answer.json()


def council_of(settings: ReviewSettings) -> Council | None:
    """The council of these settings, if there is one."""
    if not settings.oidc_issuer:
        return None
    return Council(
        settings.oidc_issuer,
        settings.oidc_client_id,
        settings.oidc_client_secret.get_secret_value(),
        settings.oidc_name,
        settings.desk_address + BACK,
    )


@get("/sign-in/council", opt=PUBLIC_WITH_SESSION, middleware=[TRIES.middleware])
async def go_to_the_council(request: DeskRequest) -> Redirect | Template:
    """Off to the council's own sign-in."""
    council = _council(request)
    try:
        there, kept = await council.way_there()
    except (httpx.HTTPError, KeyError, ValueError) as why:
        # No trace of it: it could hold the address with what was sent along.
        log.error("The council's sign-in does not answer: %s", type(why).__name__)  # noqa: TRY400
        return page(request, "council_refuses.html", 502, council=council.name, kind="away")
    goes_on = inside(request.query_params.get("next", ""))
    request.set_session({"council": kept, "next": goes_on})
    return Redirect(there, status_code=303)


@get(BACK, opt=PUBLIC_WITH_SESSION, middleware=[TRIES.middleware])
async def come_back_from_the_council(request: DeskRequest) -> Redirect | Template:
    """Signed in there: here too, if the account is here; with our second factor if they had one."""
    council = _council(request)
    kept, goes_on = request.session.get("council"), request.session.get("next", "")
    # What was kept is good for one answer.
    request.clear_session()
    try:
        claims = await council.who_came_back(str(request.url), kept or {})
        facilitator = await asyncio.to_thread(_account_of, request.app.state.store, claims)
    except CouncilRefuses as why:
        log.warning("A sign-in by the council was refused: %s", why)
        kind = "nobody" if str(why) == "no_account" else "refused"
        return page(request, "council_refuses.html", 403, council=council.name, kind=kind)
    ways = claims.get("amr")
    if isinstance(ways, list) and TWO_FACTORS.intersection(map(str, ways)):
        await begin_session(request, facilitator.id)
        return Redirect(goes_on or "/", status_code=303)
    await begin_half_way(request, facilitator.id, goes_on)
    return Redirect(SECOND_FACTOR, status_code=303)


def _council(request: DeskRequest) -> Council:
    council: Council | None = request.app.state.council
    if council is None:
        raise NotFoundException
    return council


def _account_of(store: Store, claims: dict[str, Any]) -> Facilitator:
    """Known by the council's own number; the first time, by an e-mail that the council vouches for.

    An e-mail can pass to another person, the number cannot.
    """
    council_id = f"{claims['iss']} {claims['sub']}"[:300]
    with store.writing() as session:
        facilitator = find_by_council_id(session, council_id)
        if facilitator is not None:
            return facilitator
        if claims.get("email_verified") is True:
            facilitator = find_by_email(session, str(claims.get("email", "")))
        if facilitator is None or not keep_council_id(session, facilitator.id, council_id):
            raise CouncilRefuses("no_account")
        return facilitator
