"""Clients, codes and tokens, in memory."""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from secrets import compare_digest

from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, ClientMixin, TokenMixin
from joserfc.jwk import RSAKey

SCOPES = ["openid", "profile", "email", "offline_access", "read", "write"]
DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"
WEB_REDIRECT = "https://app.example/callback"
# No space: Authlib undoes percent signs in an Authorization header, but takes a plus sign for itself (RFC 6749 §2.3.1).
SECRET = "s3cret:100%+a&b=c/é"


@dataclass
class Client(ClientMixin):
    client_id: str
    auth_method: str
    client_secret: str = SECRET
    grant_types: tuple = ("authorization_code", "client_credentials", "refresh_token", DEVICE_CODE)
    redirect_uris: tuple = (WEB_REDIRECT,)
    scopes: tuple = tuple(SCOPES)

    # What Authlib's OpenID Connect extension looks into.
    id_token_signed_response_alg: str = "RS256"
    client_metadata: dict = field(default_factory=dict)

    def get_client_id(self):
        return self.client_id

    def get_default_redirect_uri(self):
        return self.redirect_uris[0]

    def get_allowed_scope(self, scope):
        return " ".join(each for each in (scope or "").split() if each in self.scopes)

    def check_redirect_uri(self, redirect_uri):
        return redirect_uri in self.redirect_uris

    def check_client_secret(self, client_secret):
        return compare_digest(self.client_secret.encode(), client_secret.encode())

    def check_endpoint_auth_method(self, method, endpoint):
        return method == self.auth_method

    def check_response_type(self, response_type):
        return response_type == "code" and "authorization_code" in self.grant_types

    def check_grant_type(self, grant_type):
        return grant_type in self.grant_types


@dataclass
class Code(AuthorizationCodeMixin):
    code: str
    client_id: str
    redirect_uri: str
    scope: str
    user: str
    nonce: str | None
    code_challenge: str | None
    code_challenge_method: str | None
    auth_time: int = field(default_factory=lambda: int(time.time()))

    def get_redirect_uri(self):
        return self.redirect_uri

    def get_scope(self):
        return self.scope

    def get_nonce(self):
        return self.nonce

    def get_auth_time(self):
        return self.auth_time

    def get_acr(self):
        return None

    def get_amr(self):
        return None


@dataclass
class Token(TokenMixin):
    access_token: str
    refresh_token: str | None
    scope: str
    expires_in: int
    client_id: str
    user: str | None
    # All tokens of one login: one that is used twice revokes them all (RFC 9700 §4.14).
    login: object
    issued_at: int = field(default_factory=lambda: int(time.time()))
    revoked: bool = False
    refresh_token_spent: bool = False

    def check_client(self, client):
        return self.client_id == client.client_id

    def get_scope(self):
        return self.scope

    def get_expires_in(self):
        return self.expires_in

    def is_expired(self):
        return time.time() >= self.issued_at + self.expires_in

    def is_revoked(self):
        return self.revoked

    def get_user(self):
        return self.user

    def get_client(self):
        return self.client_id


class Store:
    def __init__(self, issuer, device_interval):
        self.issuer = issuer
        self.device_interval = device_interval
        self.key = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, private=True, auto_kid=True)
        self.lock = threading.Lock()
        self.codes, self.access_tokens, self.refresh_tokens = {}, {}, {}
        self.device_credentials, self.device_polls, self.user_decisions = {}, {}, {}
        self.used_nonces = set()
        self.stats = {"token_requests": Counter(), "tokens": Counter(), "token_errors": Counter(), "revoked_grants": 0}
        clients = [
            Client("basic", "client_secret_basic"),
            Client("post", "client_secret_post"),
            Client("public", "none", "", ("authorization_code", "refresh_token", DEVICE_CODE)),
            Client("code-only", "client_secret_basic", grant_types=("authorization_code",)),
        ]
        self.clients = {client.client_id: client for client in clients}

    def save_token(self, token, request):
        spent = getattr(request, "refresh_token", None)
        saved = Token(
            access_token=token["access_token"],
            refresh_token=token.get("refresh_token"),
            scope=token.get("scope", ""),
            expires_in=token["expires_in"],
            client_id=request.client.client_id,
            user=request.user,
            login=spent.login if spent else object(),
        )
        self.access_tokens[saved.access_token] = saved
        if saved.refresh_token:
            self.refresh_tokens[saved.refresh_token] = saved

    def revoke_login(self, login):
        self.stats["revoked_grants"] += 1
        for token in list(self.access_tokens.values()):
            if token.login is login:
                token.revoked = True

    def count(self, grant, error):
        with self.lock:
            self.stats["token_requests"][grant] += 1
            if error:
                self.stats["token_errors"][error] += 1
            else:
                self.stats["tokens"][grant] += 1
