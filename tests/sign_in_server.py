"""A provider's sign-in for tests: it hands out codes and tokens as Google and Microsoft document it, and checks them."""

import json
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.web_server import Asked, Reply

CLIENT = "client-of-dana"
CLIENT_SECRET = "the-clients-secret"


class _Code(NamedTuple):
    challenge: str
    redirect: str
    scope: str
    nonce: str


class Provider:
    """Answers below `/common` as Microsoft's service does (tenant discovery, consent, tokens, device codes), and at
    `/auth` and `/token` as Google's. `asked` are the fields of each question for tokens.

    `access` and `refresh` are the tokens that are good. `deny` makes the person say no; `granted` replaces the scopes that
    were asked for; `pending` is how often a device code has not been entered yet.
    """

    def __init__(self, who: str = "dana@example.org") -> None:
        self.who = who
        self.url = ""
        self.access: set[str] = set()
        self.refresh: set[str] = set()
        self.asked: list[Mapping[str, str]] = []
        self.deny = False
        self.granted = ""
        self.pending = 0
        self.lasts = 3600
        self.html = False
        self._codes: dict[str, _Code] = {}
        self._made = 0

    def reply(self, asked: Asked) -> Reply | None:
        """The answer, or None for what is no question about signing in."""
        at = urlsplit(asked.path)
        query = dict(parse_qsl(at.query))
        form = dict(parse_qsl(asked.body.decode()))
        if "basic " in asked.headers.get("authorization", "").lower():  # RFC 6749 2.3.1
            form["client_id"] = b64decode(asked.headers["authorization"].split()[1]).decode().partition(":")[0]
        match at.path:
            case "/common/v2.0/.well-known/openid-configuration":
                return self._page() if self.html else as_json(self._endpoints())
            case "/common/oauth2/v2.0/authorize" | "/auth":
                return self._consented(query)
            case "/common/oauth2/v2.0/devicecode":
                return as_json(self._device())
            case "/common/oauth2/v2.0/token" | "/token":
                self.asked.append(form)
                return self._page() if self.html else self._tokens(form)
        return None

    def sign_in(self) -> str:
        """A refresh token, as after a consent."""
        self._made += 1
        token = f"refresh-token-{self._made}"
        self.refresh.add(token)
        return token

    def withdraw(self) -> None:
        """The person takes the consent back."""
        self.access.clear()
        self.refresh.clear()

    def _endpoints(self) -> Mapping[str, str]:
        base = f"{self.url}/common/oauth2/v2.0"
        return {
            "issuer": f"{self.url}/common/v2.0",
            "authorization_endpoint": f"{base}/authorize",
            "token_endpoint": f"{base}/token",
            "device_authorization_endpoint": f"{base}/devicecode",
        }

    def _consented(self, query: Mapping[str, str]) -> Reply:
        """The page on which the person consents, as if they had clicked already: it leads back to the program."""
        assert query["response_type"] == "code" and query["code_challenge_method"] == "S256"
        told = {"state": query["state"]}
        if self.deny:
            told |= {"error": "access_denied", "error_description": "The person said no."}
        else:
            self._made += 1
            told["code"] = f"secret-code-{self._made}"
            self._codes[told["code"]] = _Code(
                query["code_challenge"], query["redirect_uri"], query["scope"], query.get("nonce", "")
            )
        if query.get("response_mode") == "form_post":
            fields = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in told.items())
            form = f'<form method="post" action="{query["redirect_uri"]}">{fields}</form>'
            return Reply(200, {"Content-Type": "text/html"}, form.encode())
        return Reply(302, {"Location": f"{query['redirect_uri']}?{urlencode(told)}"})

    def _device(self) -> Mapping[str, object]:
        return {
            "device_code": "secret-device-code",
            "user_code": "ABCD-EFGH",
            "verification_uri": f"{self.url}/device",
            "expires_in": 900,
            "interval": 0,
            "message": f"Open {self.url}/device and enter ABCD-EFGH.",
        }

    def _tokens(self, form: Mapping[str, str]) -> Reply:
        if form["client_id"] != CLIENT:
            return as_json({"error": "invalid_client"}, 401)
        nonce, scope = "", form.get("scope", "")
        match form["grant_type"]:
            case "authorization_code":
                code = self._codes.pop(form["code"])
                proof = urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
                if proof != code.challenge or form["redirect_uri"] != code.redirect:
                    return as_json({"error": "invalid_grant"}, 400)
                nonce, scope = code.nonce, code.scope
            case "refresh_token":
                if form["refresh_token"] not in self.refresh:
                    said = f"AADSTS70008: The token {form['refresh_token']} of {self.who} has ended."
                    return as_json({"error": "invalid_grant", "error_description": said}, 400)
            case _:
                if self.pending:
                    self.pending -= 1
                    return as_json({"error": "authorization_pending"}, 400)
                if self.deny:
                    return as_json({"error": "authorization_declined"}, 400)
        return as_json(self._granted(self.granted or scope, nonce))

    def _granted(self, scope: str, nonce: str) -> Mapping[str, object]:
        self._made += 1
        access = f"access-token-{self._made}"
        self.access.add(access)
        claims = {
            "iss": f"{self.url}/common/v2.0", "aud": CLIENT, "sub": "subject", "iat": time.time(),
            "exp": time.time() + 3600, "preferred_username": self.who, "oid": "person", "tid": "tenant", "nonce": nonce,
        }  # fmt: skip
        return {
            "token_type": "Bearer",
            "access_token": access,
            "refresh_token": self.sign_in(),
            "expires_in": self.lasts,
            "scope": scope,
            "id_token": f"{_packed({'alg': 'none'})}.{_packed(claims)}.",
            "client_info": _packed({"uid": "person", "utid": "tenant"}),
        }

    def _page(self) -> Reply:
        return Reply(200, {"Content-Type": "text/html"}, b"<!DOCTYPE html><title>Welcome to this network</title>")


def as_json(found: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    """An answer in JSON."""
    return Reply(status, {"Content-Type": "application/json", **(headers or {})}, json.dumps(found).encode())


def _packed(told: Mapping[str, object]) -> str:
    return urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")
