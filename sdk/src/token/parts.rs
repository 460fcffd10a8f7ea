//! How a token lies in memory.

use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

use http::{HeaderName, HeaderValue};
use secrecy::SecretString;

use super::{AccessToken, IdTokenClaims, RefreshToken};
use crate::lenient::WipedMembers;

/// With the reference counts in front of it 128 bytes, the access token first: who hands the token out touches one cache line of it.
/// The counts of two tokens are so far apart that they never share a line, nor the pair of lines that processors fetch: copies for
/// several threads (see `credentials`) need no alignment.
#[derive(Clone)]
#[repr(C)]
pub(super) struct Parts {
    pub(super) access_token: AccessToken,
    pub(super) expires_in: Option<Duration>,
    pub(super) expires_at: Option<SystemTime>,
    pub(super) refresh_token: Option<RefreshToken>,
    pub(super) scope: Option<Box<str>>,
    /// What most tokens lack, elsewhere.
    pub(super) further: Option<Box<RareParts>>,
}

#[cfg(target_pointer_width = "64")]
const _: () = assert!(size_of::<Parts>() + 2 * size_of::<usize>() == 128, "a token takes other than 128 bytes");

/// What few tokens have.
#[derive(Clone)]
pub(super) struct RareParts {
    pub(super) key_thumbprint: Option<Box<str>>,
    /// The access token's hash, once a proof has needed it.
    pub(super) ath: OnceLock<Box<str>>,
    pub(super) id_token: Option<SecretString>,
    pub(super) id_token_claims: Option<IdTokenClaims>,
    pub(super) extra: WipedMembers,
    /// Sent beside the token.
    pub(super) request_headers: Vec<(HeaderName, HeaderValue)>,
    /// Whether those are all that is sent.
    pub(super) is_withheld: bool,
}

static NO_RARE_PARTS: RareParts = RareParts::none();

impl RareParts {
    pub(super) const fn none() -> Self {
        Self {
            key_thumbprint: None,
            ath: OnceLock::new(),
            id_token: None,
            id_token_claims: None,
            extra: WipedMembers::none(),
            request_headers: Vec::new(),
            is_withheld: false,
        }
    }

    /// Nothing, where there is nothing to keep.
    pub(super) fn into_box(self) -> Option<Box<Self>> {
        let is_nothing = self.key_thumbprint.is_none()
            && self.id_token.is_none()
            && self.id_token_claims.is_none()
            && self.extra.are_none()
            && self.request_headers.is_empty()
            && !self.is_withheld;
        (!is_nothing).then(|| Box::new(self))
    }
}

impl Parts {
    /// Empty where the token has none of it.
    pub(super) fn further(&self) -> &RareParts {
        self.further.as_deref().unwrap_or(&NO_RARE_PARTS)
    }

    pub(super) fn further_mut(&mut self) -> &mut RareParts {
        self.further.get_or_insert_with(|| Box::new(RareParts::none()))
    }
}
