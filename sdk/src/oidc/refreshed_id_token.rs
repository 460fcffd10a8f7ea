use crate::error::Error;
use crate::token::IdTokenClaims;

/// What an ID token is worth that came with a refresh.
#[cfg_attr(not(feature = "oidc"), allow(dead_code, reason = "nothing is checked"))]
pub(crate) enum Refreshed {
    /// It is all that an ID token has to be.
    Verified(IdTokenClaims),
    /// It is of the same person by its own word, and could not be verified, or is not in time: why. It came over TLS from the
    /// token endpoint, which is enough for the refresh (OpenID Connect Core §3.1.3.7, 6); its claims are not handed out.
    Unverified(Error),
    /// Nothing is there to check it with.
    NotChecked,
}
