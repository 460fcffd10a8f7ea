"""Authlib's authorization server for the tests of grantkit: `python server.py`, see ../README.md.

It prints one line, `listening <issuer>`, and ends when its standard input does: whoever started it is gone then.
"""

import os
import sys
import threading

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # http, on a loopback address

from authlib.integrations.flask_oauth2 import AuthorizationServer, ResourceProtector
from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6750 import BearerTokenValidator
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata
from authlib.oauth2.rfc9207 import IssuerParameter
from flask import Flask, jsonify, request
from werkzeug.serving import WSGIRequestHandler, make_server

import endpoints
import grants
from store import SCOPES, Store

app = Flask(__name__)
app.config["OAUTH2_REFRESH_TOKEN_GENERATOR"] = True
app.config["OAUTH2_SCOPES_SUPPORTED"] = SCOPES
LIFETIME = int(os.environ.get("ACCESS_TOKEN_TTL", "3600"))
app.config["OAUTH2_TOKEN_EXPIRES_IN"] = {grant: LIFETIME for grant in grants.ALL}


class Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, *_):
        pass


http = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
issuer = f"http://127.0.0.1:{http.port}"
store = Store(issuer, device_interval=int(os.environ.get("POLL_INTERVAL", "1")))
server = AuthorizationServer(app, store.clients.get, store.save_token)


class Issuer(IssuerParameter):
    def get_issuer(self):
        return issuer


server.register_extension(Issuer())
server.register_grant(grants.ClientCredentials)
server.register_grant(grants.AuthorizationCode, [grants.OpenIDCode(), CodeChallenge(required=True)])
server.register_grant(grants.RefreshToken, [grants.OpenIDToken()])
server.register_grant(grants.DeviceCode)
server.register_endpoint(endpoints.Revocation)
server.register_endpoint(endpoints.Introspection)
server.register_endpoint(endpoints.DeviceAuthorization)
server.store = store


class TokenValidator(BearerTokenValidator):
    def authenticate_token(self, token_string):
        return store.access_tokens.get(token_string)


require_oauth = ResourceProtector()
require_oauth.register_token_validator(TokenValidator())


# RFC 8414 only: no openid-configuration, so that a client has to look for this one.
@app.get("/.well-known/oauth-authorization-server")
def metadata():
    document = AuthorizationServerMetadata(
        issuer=issuer,
        authorization_endpoint=f"{issuer}/authorize",
        token_endpoint=f"{issuer}/token",
        device_authorization_endpoint=f"{issuer}/device_authorization",
        revocation_endpoint=f"{issuer}/revoke",
        introspection_endpoint=f"{issuer}/introspect",
        userinfo_endpoint=f"{issuer}/userinfo",
        jwks_uri=f"{issuer}/jwks",
        authorization_response_iss_parameter_supported=True,
        code_challenge_methods_supported=["S256"],
        grant_types_supported=grants.ALL,
        id_token_signing_alg_values_supported=["RS256"],
        response_types_supported=["code"],
        scopes_supported=SCOPES,
        token_endpoint_auth_methods_supported=["client_secret_basic", "client_secret_post", "none"],
    )
    return jsonify(document)


@app.get("/jwks")
def jwks():
    return jsonify({"keys": [store.key.as_dict(private=False)]})


@app.get("/authorize")
def authorize():
    """The person logs in and consents at once, as the `login_hint`; `deny` says no."""
    hint = request.args.get("login_hint", "alice")
    user = None if hint == "deny" else hint
    try:
        grant = server.get_consent_grant(end_user=hint)
    except OAuth2Error as error:
        return server.handle_error_response(None, error)
    return server.create_authorization_response(grant=grant, grant_user=user)


@app.post("/token")
def token():
    response = server.create_token_response()
    grant = request.form.get("grant_type", "")
    error = None if response.status_code == 200 else response.get_json().get("error")
    store.count(grant, error)
    return response


@app.post("/revoke")
def revoke():
    return server.create_endpoint_response("revocation")


@app.post("/introspect")
def introspect():
    return server.create_endpoint_response("introspection")


@app.post("/device_authorization")
def device_authorization():
    return server.create_endpoint_response("device_authorization")


@app.route("/userinfo", methods=["GET", "POST"])
@require_oauth("openid")
def userinfo():
    found = store.access_tokens[request.headers["Authorization"].split()[1]]
    return jsonify(grants.user_info(found.user, found.scope))


@app.get("/_test/stats")
def stats():
    return jsonify(store.stats)


@app.get("/_test/device")
def decide_on_device():
    """The person enters the `user_code` of a device and agrees; with `deny` they refuse."""
    user = request.args.get("account", "alice")
    store.user_decisions[request.args["user_code"]] = (user, "deny" not in request.args)
    return jsonify({})


def end_with_stdin():
    sys.stdin.buffer.read()
    os._exit(0)


threading.Thread(target=end_with_stdin, daemon=True).start()
print(f"listening {issuer}", flush=True)
http.serve_forever()
