//! One login, and the family of tokens that comes of it.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};

use crate::oauth_error::{Code, OAuthError};
use crate::scope::Scope;
use crate::user::User;

/// What was granted at once, by a person or to a client itself; all its tokens are revoked together.
#[derive(Debug)]
pub(crate) struct Login {
    pub(crate) client_id: String,
    /// `None`: the client acts for itself (RFC 6749 §4.4).
    pub(crate) user: Option<User>,
    pub(crate) scope: Scope,
    pub(crate) audience: Vec<String>,
    pub(crate) nonce: Option<String>,
    /// How it was authenticated, as the request asked (OpenID Connect Core §3.1.2.1).
    pub(crate) acr: Option<String>,
    pub(crate) auth_time: u64,
    /// Whose token it was exchanged for (RFC 8693).
    pub(crate) on_behalf_of: Option<String>,
    /// Who acts for the user (RFC 8693 §4.1).
    pub(crate) actor: Option<String>,
    /// The key without which its code, or a public client's refresh token, is of no use (RFC 9449 §5, §10).
    pub(crate) bound_to: OnceLock<String>,
    /// Whether the request has not asked for a refresh token as the service wants it.
    is_without_refresh_token: AtomicBool,
    revoked: AtomicBool,
}

impl Login {
    pub(crate) fn new(
        client_id: &str,
        user: Option<User>,
        scope: Scope,
        audience: Vec<String>,
        auth_time: u64,
    ) -> Self {
        Self {
            client_id: client_id.to_owned(),
            user,
            scope,
            audience,
            nonce: None,
            acr: None,
            auth_time,
            on_behalf_of: None,
            actor: None,
            bound_to: OnceLock::new(),
            is_without_refresh_token: AtomicBool::new(false),
            revoked: AtomicBool::new(false),
        }
    }

    /// The `sub` of its tokens: the client itself where there is no user (RFC 9068 §2.2).
    pub(crate) fn subject(&self) -> &str {
        let user = self.user.as_ref().map(User::subject);
        user.or(self.on_behalf_of.as_deref()).unwrap_or(&self.client_id)
    }

    #[cfg(feature = "catalogue")]
    pub(crate) fn withhold_refresh_token(&self) {
        self.is_without_refresh_token.store(true, Ordering::Release);
    }

    pub(crate) fn is_without_refresh_token(&self) -> bool {
        self.is_without_refresh_token.load(Ordering::Acquire)
    }

    /// Revokes all tokens; says whether this was the first time.
    pub(crate) fn revoke(&self) -> bool {
        !self.revoked.swap(true, Ordering::AcqRel)
    }

    pub(crate) fn is_revoked(&self) -> bool {
        self.revoked.load(Ordering::Acquire)
    }
}

/// Narrows the audience of a token to what the request asks for (RFC 8707 §2.2).
pub(crate) fn narrow_audience(granted: &[String], asked: Vec<String>) -> Result<Vec<String>, OAuthError> {
    if asked.is_empty() {
        return Ok(granted.to_vec());
    }
    if granted.is_empty() || asked.iter().all(|audience| granted.contains(audience)) {
        return Ok(asked);
    }
    Err(OAuthError::new(Code::InvalidTarget, "the audience goes beyond what was granted"))
}

/// `aud`: one string or several (RFC 7519 §4.1.3).
pub(crate) fn audience_claim(audience: &[String]) -> Option<Value> {
    match audience {
        [] => None,
        [one] => Some(json!(one)),
        several => Some(json!(several)),
    }
}
