"""Authlib's endpoints over the store."""

import time

from authlib.oauth2.rfc7009 import RevocationEndpoint
from authlib.oauth2.rfc7662 import IntrospectionEndpoint
from authlib.oauth2.rfc8628 import DeviceAuthorizationEndpoint, DeviceCredentialDict


def find(store, token, hint):
    kinds = [store.refresh_tokens, store.access_tokens]
    if hint != "refresh_token":
        kinds.reverse()
    return next((kind[token] for kind in kinds if token in kind), None)


class Revocation(RevocationEndpoint):
    CLIENT_AUTH_METHODS = ["client_secret_basic", "client_secret_post", "none"]

    def query_token(self, token_string, token_type_hint):
        return find(self.server.store, token_string, token_type_hint)

    def revoke_token(self, token, request):
        if request.form["token"] == token.refresh_token:
            self.server.store.revoke_login(token.login)
        else:
            token.revoked = True


class Introspection(IntrospectionEndpoint):
    CLIENT_AUTH_METHODS = ["client_secret_basic", "client_secret_post"]

    def query_token(self, token_string, token_type_hint):
        return find(self.server.store, token_string, token_type_hint)

    def check_permission(self, token, client, request):
        return True

    def introspect_token(self, token):
        return {
            "active": True,
            "client_id": token.client_id,
            "exp": token.issued_at + token.expires_in,
            "iat": token.issued_at,
            "iss": self.server.store.issuer,
            "scope": token.scope,
            "sub": token.user or token.client_id,
            "token_type": "Bearer",
        }


class Credential(DeviceCredentialDict):
    @property
    def device_code(self):
        return self["device_code"]

    @property
    def interval(self):
        return self["interval"]


class DeviceAuthorization(DeviceAuthorizationEndpoint):
    @property
    def INTERVAL(self):
        return self.server.store.device_interval

    def get_verification_uri(self):
        return f"{self.server.store.issuer}/device"

    def save_device_credential(self, client_id, scope, data):
        expires_at = int(time.time()) + data["expires_in"]
        credential = Credential(client_id=client_id, scope=scope, expires_at=expires_at, **data)
        self.server.store.device_credentials[data["device_code"]] = credential
