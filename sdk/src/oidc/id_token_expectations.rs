use std::time::{Duration, SystemTime};

use crate::token::IdTokenClaims;

/// What an ID token is compared with, besides the issuer and the client: what was asked for, and what came with it.
#[derive(Clone, Copy, Default)]
#[cfg_attr(not(feature = "oidc"), allow(dead_code, reason = "nothing is compared with it"))]
pub(crate) struct IdTokenExpectations<'a> {
    /// The `nonce` of the authorization request; `None` where none was sent, as on refresh.
    pub(crate) nonce: Option<&'a str>,
    /// The access token from the same answer, for `at_hash`.
    pub(crate) access_token: Option<&'a str>,
    /// The authorization code from the same answer, for `c_hash`.
    pub(crate) code: Option<&'a str>,
    /// The `state` of the authorization request, for `s_hash`.
    pub(crate) state: Option<&'a str>,
    /// The `max_age` of the authorization request: the token must say when the user logged in.
    pub(crate) max_age: Option<MaxAge>,
    /// The authentication context classes of which one is required; any will do if empty.
    pub(crate) acr_values: &'a [String],
    /// The user that the token must be about: on refresh the same as before (OpenID Connect Core §12.2).
    pub(crate) subject: Option<&'a str>,
}

/// How long ago the user may have logged in.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "oidc"), allow(dead_code, reason = "nothing is compared with it"))]
pub(crate) struct MaxAge {
    pub(crate) age: Duration,
    /// When the request was made, from which the age counts; `None` where that is not known: then from now.
    pub(crate) asked_at: Option<SystemTime>,
}

/// What is known of the login whose refresh brought a new ID token (OpenID Connect Core §12.2).
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "oidc"), allow(dead_code, reason = "nothing is compared with it"))]
pub(crate) struct PreviousLogin<'a> {
    pub(crate) subject: Option<&'a str>,
    pub(crate) claims: Option<&'a IdTokenClaims>,
}
