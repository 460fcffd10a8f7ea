//! What the authorization server knows.

mod code;
mod login;
mod registration;
mod token_store;
mod tokens;

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Mutex;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;

pub(crate) use self::code::AuthorizationCode;
pub(crate) use self::login::{Login, audience_claim, narrow_audience};
pub(crate) use self::registration::Registration;
pub(crate) use self::token_store::TokenStore;
pub(crate) use self::tokens::{AccessToken, RefreshToken};
use crate::counters::Tally;
use crate::dpop::Proofs;
use crate::keys::KeyRing;
use crate::oauth_error::OAuthError;
use crate::scope::Scope;
use crate::user::User;

/// The state of one authorization server, shared with the APIs that trust it.
pub(crate) struct State {
    pub(crate) issuer: String,
    pub(crate) clients: HashMap<String, Registration>,
    /// `None`: every scope is granted.
    pub(crate) allowed_scopes: Option<Scope>,
    pub(crate) rotate_refresh_tokens: bool,
    pub(crate) refresh_token_grace: Duration,
    pub(crate) refresh_tokens: RefreshTokens,
    pub(crate) access_token_length: usize,
    pub(crate) keys: KeyRing,
    pub(crate) proofs: Proofs,
    pub(crate) tokens: TokenStore,
    pub(crate) tally: Tally,
    /// What tests change while the server runs.
    pub(crate) live: Mutex<Live>,
}

impl State {
    /// Decides on the scope that a client asks for (RFC 6749 §3.3); who asks for none gets none.
    pub(crate) fn scope_to_grant(&self, asked: Option<&str>) -> Result<Scope, OAuthError> {
        let scope = Scope::parse(asked.unwrap_or_default())?;
        match &self.allowed_scopes {
            None => Ok(scope),
            Some(allowed) => scope.within(allowed, "the scope is not offered here"),
        }
    }

    /// Revokes all tokens of a login.
    pub(crate) fn revoke_family(&self, login: &Login) {
        if login.revoke() {
            self.tally.revoked_families.bump();
        }
    }
}

/// What tests change while the server runs.
#[derive(Debug)]
pub(crate) struct Live {
    pub(crate) access_token_lifetime: Duration,
    pub(crate) latency: Duration,
    pub(crate) user: User,
    /// Errors for the next logins.
    pub(crate) denials: VecDeque<String>,
    /// Claims put into each ID token at the end; `null` takes the claim out.
    pub(crate) id_token_claims: BTreeMap<String, Value>,
}

/// When a login yields a refresh token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum RefreshTokens {
    /// With every login.
    #[default]
    Always,
    /// When the granted scope has `offline_access` (OpenID Connect Core §11).
    WithOfflineAccess,
    /// Never.
    Never,
}

/// The time in seconds since 1970, rounded down as in a JWT's `iat`.
pub(crate) fn unix_now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
