use std::time::Duration;

/// What an ID token is compared with, besides the issuer and the client: what was asked for, and what came with it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Expected<'a> {
    /// The `nonce` of the authorization request; `None` where none was sent, as on refresh.
    pub(crate) nonce: Option<&'a str>,
    /// The access token from the same answer, for `at_hash`.
    pub(crate) access_token: Option<&'a str>,
    /// The authorization code from the same answer, for `c_hash`.
    pub(crate) code: Option<&'a str>,
    /// The `state` of the authorization request, for `s_hash`.
    pub(crate) state: Option<&'a str>,
    /// The `max_age` of the authorization request: the token must say when the user logged in.
    pub(crate) max_age: Option<Duration>,
    /// The authentication context classes of which one is required; any will do if empty.
    pub(crate) acr_values: &'a [String],
    /// The user that the token must be about: on refresh the same as before (OpenID Connect Core §12.2).
    pub(crate) subject: Option<&'a str>,
}
