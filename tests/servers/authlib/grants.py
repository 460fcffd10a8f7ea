"""Authlib's grants over the store."""

import time

from authlib.oauth2.rfc6749 import grants
from authlib.oauth2.rfc8628 import DeviceCodeGrant
from authlib.oidc.core import OpenIDCode as AuthlibOpenIDCode
from authlib.oidc.core import OpenIDToken as AuthlibOpenIDToken
from authlib.oidc.core import UserInfo

from store import DEVICE_CODE, Code

ALL = ["authorization_code", "client_credentials", "refresh_token", DEVICE_CODE]


def user_info(user, scope):
    claims = UserInfo(sub=user, name=user.capitalize(), email=f"{user}@example.com", email_verified=True)
    return claims.filter(scope)


class ClientCredentials(grants.ClientCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic", "client_secret_post"]


class AuthorizationCode(grants.AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic", "client_secret_post", "none"]

    def save_authorization_code(self, code, request):
        data = request.payload.data
        self.server.store.used_nonces.add(data.get("nonce"))
        self.server.store.codes[code] = Code(
            code=code,
            client_id=request.client.client_id,
            redirect_uri=request.payload.redirect_uri,
            scope=request.payload.scope,
            user=request.user,
            nonce=data.get("nonce"),
            code_challenge=data.get("code_challenge"),
            code_challenge_method=data.get("code_challenge_method"),
        )

    def query_authorization_code(self, code, client):
        found = self.server.store.codes.get(code)
        return found if found and found.client_id == client.client_id else None

    def delete_authorization_code(self, authorization_code):
        del self.server.store.codes[authorization_code.code]

    def authenticate_user(self, authorization_code):
        return authorization_code.user


class RefreshToken(grants.RefreshTokenGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic", "client_secret_post", "none"]
    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, refresh_token):
        store = self.server.store
        with store.lock:
            token = store.refresh_tokens.get(refresh_token)
            if token is None or token.revoked:
                return None
            if token.refresh_token_spent:
                store.revoke_login(token.login)
                return None
            token.refresh_token_spent = True
            return token

    def authenticate_user(self, refresh_token):
        return refresh_token.user

    def revoke_old_credential(self, refresh_token):
        """Already spent, and its access token lives as long as it lives."""


class DeviceCode(DeviceCodeGrant):
    def query_device_credential(self, device_code):
        return self.server.store.device_credentials.get(device_code)

    def query_user_grant(self, user_code):
        return self.server.store.user_decisions.get(user_code)

    def should_slow_down(self, credential):
        polls = self.server.store.device_polls
        now = time.monotonic()
        earlier, polls[credential.device_code] = polls.get(credential.device_code), now
        return earlier is not None and now - earlier < credential.interval * 0.9


class IdTokens:
    def get_client_claims(self, client):
        now = int(time.time())
        return {"iss": self.store.issuer, "aud": client.client_id, "iat": now, "exp": now + 3600}

    def resolve_client_private_key(self, client):
        return self.store.key

    def get_encode_header(self, client):
        return {"alg": "RS256", "kid": self.store.key.kid}

    def generate_user_info(self, user, scope):
        return user_info(user, scope)

    def __call__(self, grant):
        self.store = grant.server.store
        super().__call__(grant)


class OpenIDCode(IdTokens, AuthlibOpenIDCode):
    def exists_nonce(self, nonce, request):
        return nonce in self.store.used_nonces


class OpenIDToken(IdTokens, AuthlibOpenIDToken):
    """A new ID token with each refresh (OpenID Connect Core §12.2)."""
