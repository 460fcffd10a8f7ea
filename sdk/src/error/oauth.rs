use std::fmt;

use crate::text::ServerText;

/// The server's own words about a failure (RFC 6749 §5.2).
#[derive(Clone, Debug)]
pub(crate) struct OAuthFailure {
    pub(crate) code: ServerText,
    pub(crate) description: Option<ServerText>,
    pub(crate) uri: Option<ServerText>,
}

impl OAuthFailure {
    /// The codes that ask the client to come back later (RFC 6749 §4.1.2.1; servers send them from the token endpoint
    /// too), and the words of others for the same.
    pub(crate) fn is_temporary(&self) -> bool {
        matches!(
            self.code.as_str(),
            "temporarily_unavailable"
                | "server_error"
                | "slow_down"
                // Google.
                | "internal_failure"
                | "internal_error"
                | "internal_server_error"
                | "service_unavailable"
                | "rate_limited"
                | "rate_limit_exceeded"
                | "too_many_requests"
                | "request_timeout"
        )
    }

    /// The codes after which a person has to log in again.
    pub(crate) fn needs_login(&self) -> bool {
        matches!(
            self.code.as_str(),
            "invalid_grant"
                | "expired_token"
                | "expired_login_hint_token"
                | "unmet_authentication_requirements"
                | "login_required"
                | "interaction_required"
                | "consent_required"
                | "account_selection_required"
                | "bad_refresh_token"
                | "bad_verification_code"
        )
    }

    /// The codes after which the program's set-up, or the client's at the server, has to be mended.
    pub(crate) fn is_configuration(&self) -> bool {
        matches!(
            self.code.as_str(),
            "invalid_client"
                | "unauthorized_client"
                | "unsupported_grant_type"
                | "unsupported_response_type"
                | "invalid_scope"
                | "invalid_target"
                | "invalid_request"
                | "invalid_redirect_uri"
                | "invalid_client_metadata"
                | "invalid_dpop_proof"
                | "invalid_software_statement"
                | "unapproved_software_statement"
                | "invalid_authorization_details"
                | "invalid_request_object"
                | "invalid_request_uri"
                | "request_not_supported"
                | "request_uri_not_supported"
                | "registration_not_supported"
                | "unsupported_token_type"
                | "incorrect_client_credentials"
                | "redirect_uri_mismatch"
                | "device_flow_disabled"
                | "deleted_client"
                | "disabled_client"
        )
    }

    /// Whether it says of a refresh token that it is no good: every code but those that blame the moment or the client. Some
    /// servers call a dead token an `invalid_request`.
    pub(crate) fn refuses_refresh_token(&self) -> bool {
        let is_about_nonce = self.code.as_str() == "use_dpop_nonce";
        let blames_client = self.is_configuration() && self.code.as_str() != "invalid_request";
        !self.is_temporary() && !is_about_nonce && !blames_client
    }

    /// Whether it is known what the code says, so that the status of the answer need not be asked.
    pub(crate) fn is_known(&self) -> bool {
        Self::is_registered(self.code.as_str()) || self.is_temporary() || self.needs_login() || self.is_configuration()
    }

    /// The codes of the registry that something follows from; none of them is a secret (IANA, OAuth Extensions Errors).
    pub(crate) fn is_registered(code: &str) -> bool {
        code == "authorization_pending" || advice(code, None).is_some()
    }

    /// The request had no proof of possession, and should have had one.
    pub(crate) fn asks_for_proof(&self) -> bool {
        let says_so = |text: &ServerText| text.as_str().to_ascii_lowercase().contains("dpop");
        match self.code.as_str() {
            "invalid_dpop_proof" | "use_dpop_nonce" => true,
            "invalid_grant" | "invalid_request" | "invalid_client" => self.description.as_ref().is_some_and(says_so),
            _ => false,
        }
    }

    /// What the server said, and what usually mends it.
    pub(crate) fn sentence(&self, grant_type: Option<&str>) -> String {
        match advice(self.code.as_str(), grant_type) {
            Some(advice) => format!("{}; {advice}", self.said()),
            None => self.said(),
        }
    }

    /// What the server said.
    pub(crate) fn said(&self) -> String {
        let mut text = format!("the authorization server answered `{}`", self.code);
        if let Some(description) = &self.description {
            text = format!("{text}: {description}");
        }
        if let Some(uri) = &self.uri {
            text = format!("{text} (see {uri})");
        }
        text
    }
}

/// After a refresh token was refused.
pub(super) const LOGIN_OVER: &str = "the refresh token is used up, expired or revoked: log in again";

/// What usually mends it, for the codes of RFC 6749 §4.1.2.1 and §5.2 and of its extensions.
fn advice(code: &str, grant_type: Option<&str>) -> Option<&'static str> {
    Some(match code {
        "invalid_grant" => return Some(refused_grant(grant_type)),
        "invalid_client" => {
            "check the client ID, the secret and the authentication method registered for it; a signed assertion is refused too \
             where the server wants its own URL as the audience (`AssertionAudience::TokenEndpoint`)"
        }
        "invalid_request" => {
            "the server does not understand the request: check its parameters against what the server expects"
        }
        "invalid_scope" => "check the scopes against what the client may ask for",
        "unauthorized_client" => "the server does not allow this grant for this client: change its registration",
        "unsupported_grant_type" => "the server does not offer this grant",
        "unsupported_response_type" => "the server does not offer this kind of authorization response",
        "access_denied" => "the person, or the server, refused the request",
        "server_error" | "internal_failure" => "the server failed: try again later",
        "temporarily_unavailable" => "the server is overloaded or under maintenance: try again later",
        // RFC 7009, RFC 8707, RFC 9396, RFC 9449.
        "unsupported_token_type" => "the server does not revoke tokens of this kind",
        "invalid_target" => {
            "check the resource or audience against what the client may ask for; if the server does not support `resource`, leave \
             it out (`skip_resource_parameter` of a `ResourceAccess`)"
        }
        "invalid_authorization_details" => {
            "check the authorization details against what the server knows and the client may ask for"
        }
        "invalid_dpop_proof" => {
            "the server does not accept the proof of possession: check the key's algorithm and this machine's clock"
        }
        "use_dpop_nonce" => {
            "the server asks for a nonce in the proof of possession (RFC 9449 §8), and asked again after it was given"
        }
        // GitHub.
        "bad_refresh_token" => LOGIN_OVER,
        "bad_verification_code" => "the code was used before, has expired, or is another client's: log in again",
        "incorrect_client_credentials" => "check the client ID and the secret",
        "redirect_uri_mismatch" => {
            "the redirect URI is not registered for the client: register it, or use the registered one"
        }
        "device_flow_disabled" => "the device flow is switched off for this client: change its registration",
        // Google.
        "deleted_client" | "disabled_client" => {
            "the client is deleted or switched off at the server: register it again"
        }
        // RFC 8628 and OpenID Connect CIBA Core.
        "slow_down" => "ask less often",
        "expired_token" => "the request expired before the user approved it: start again",
        "expired_login_hint_token" => "the login hint token has expired: get another",
        "unknown_user_id" => "the server does not know the person that the hint names",
        "missing_user_code" => "the server asks this person only with their user code: call `.user_code(..)`",
        "invalid_user_code" => "the person's user code is wrong",
        "invalid_binding_message" => "the server does not accept the binding message: use a shorter or plainer one",
        // OpenID Connect Core §3.1.2.6.
        "login_required" => "the person is not logged in: send them to the server without `prompt=none`",
        "interaction_required" => "the server has to ask the person: send them to it without `prompt=none`",
        "consent_required" => "the person has not consented yet: send them to the server without `prompt=none`",
        "account_selection_required" => {
            "the person has to choose an account: send them to the server without `prompt=none`"
        }
        "unmet_authentication_requirements" => {
            "the person could not log in in the way that was asked for: check `acr_values`"
        }
        "invalid_request_object" => {
            "the server does not accept the signed request: check the key and algorithm registered for it"
        }
        "invalid_request_uri" => "the pushed request is unknown or has expired: begin the login again",
        "request_not_supported" => "the server takes no signed requests: leave out `request_signer`",
        "request_uri_not_supported" => "the server takes no requests by reference",
        "registration_not_supported" => "the server takes no registration within a request",
        // RFC 7591 §3.2.2.
        "invalid_redirect_uri" => "the server does not accept a redirect URI: check its scheme, host and path",
        "invalid_client_metadata" => {
            "the server does not accept a value of the client's metadata: change or leave out what it names"
        }
        "invalid_software_statement" => {
            "the server does not accept the software statement: check its issuer and expiry"
        }
        "unapproved_software_statement" => {
            "the server does not trust the issuer of the software statement: have it approved there"
        }
        _ => return None,
    })
}

/// `invalid_grant` says that whatever the token was asked for with is no good (RFC 6749 §5.2).
fn refused_grant(grant_type: Option<&str>) -> &'static str {
    match grant_type {
        Some("authorization_code") => "the code was used before, has expired, or is another client's: log in again",
        Some("refresh_token") => LOGIN_OVER,
        Some("password") => "the name or the password is wrong, or the account is closed",
        Some("urn:ietf:params:oauth:grant-type:device_code") => {
            "the device code was used before, or is another client's: start again"
        }
        Some("urn:openid:params:grant-type:ciba") => {
            "the request was answered before, or is another client's: start again"
        }
        Some("urn:ietf:params:oauth:grant-type:jwt-bearer" | "urn:ietf:params:oauth:grant-type:saml2-bearer") => {
            "the assertion is not accepted: check its issuer (`iss`), audience (`aud`), subject (`sub`) and expiry (`exp`)"
        }
        Some("urn:ietf:params:oauth:grant-type:token-exchange") => {
            "the subject token or the actor token is not accepted: check its audience (`aud`) and whether it has expired"
        }
        Some(_) => "the server rejected this grant: check its parameters",
        None => "the code, token or assertion is used up, expired or revoked: get another, or log in again",
    }
}

impl fmt::Display for OAuthFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence(None))
    }
}
