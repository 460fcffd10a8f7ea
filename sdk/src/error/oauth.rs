use std::fmt;

use oauth2::basic::BasicErrorResponse;

/// The server's own words about a failure (RFC 6749 §5.2).
#[derive(Clone, Debug)]
pub(crate) struct OAuthFailure {
    pub(crate) code: String,
    pub(crate) description: Option<String>,
    pub(crate) uri: Option<String>,
}

impl OAuthFailure {
    /// The codes that ask the client to come back later (RFC 6749 §4.1.2.1; servers send them from the token endpoint
    /// too), and Google's word for the same.
    pub(crate) fn is_temporary(&self) -> bool {
        matches!(self.code.as_str(), "temporarily_unavailable" | "server_error" | "slow_down" | "internal_failure")
    }

    /// The codes of the registry that something follows from; none of them is a secret (IANA, OAuth Extensions Errors).
    pub(crate) fn is_registered(code: &str) -> bool {
        const CODES: [&str; 23] = [
            "access_denied",
            "account_selection_required",
            "authorization_pending",
            "consent_required",
            "expired_token",
            "interaction_required",
            "internal_failure",
            "invalid_client",
            "invalid_client_metadata",
            "invalid_grant",
            "invalid_redirect_uri",
            "invalid_request",
            "invalid_scope",
            "invalid_software_statement",
            "invalid_target",
            "login_required",
            "server_error",
            "slow_down",
            "temporarily_unavailable",
            "unapproved_software_statement",
            "unauthorized_client",
            "unsupported_grant_type",
            "unsupported_response_type",
        ];
        CODES.contains(&code)
    }

    /// What usually mends it, for the codes that have one usual cause.
    fn advice(&self) -> Option<&'static str> {
        Some(match self.code.as_str() {
            "invalid_client" => "check the client ID, the secret and the authentication method registered for it",
            "invalid_grant" => "the code or refresh token is used up, expired or revoked: log in again",
            "expired_token" => "the device code has expired: start again",
            "access_denied" => "the person, or the server, said no",
            "unauthorized_client" => "the server does not allow this grant for this client: change its registration",
            "unsupported_grant_type" => "the server does not offer this grant",
            "invalid_scope" => "check the scopes against what the client may ask for",
            "invalid_target" => "check the resource or audience against what the client may ask for",
            _ => return None,
        })
    }
}

impl fmt::Display for OAuthFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the authorization server answered `{}`", self.code)?;
        if let Some(description) = &self.description {
            write!(f, ": {description}")?;
        }
        if let Some(uri) = &self.uri {
            write!(f, " (see {uri})")?;
        }
        match self.advice() {
            Some(advice) => write!(f, "; {advice}"),
            None => Ok(()),
        }
    }
}

impl From<&BasicErrorResponse> for OAuthFailure {
    fn from(response: &BasicErrorResponse) -> Self {
        Self {
            code: response.error().as_ref().to_owned(),
            description: response.error_description().cloned(),
            uri: response.error_uri().cloned(),
        }
    }
}
