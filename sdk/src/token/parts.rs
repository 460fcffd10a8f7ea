//! How a token lies in memory.

use std::time::{Duration, SystemTime};

use http::{HeaderName, HeaderValue};
use secrecy::SecretString;

use super::{AccessToken, IdTokenClaims, RefreshToken};
use crate::lenient::WipedMembers;

/// On its own cache line: the reference count in front of it is bumped by one thread at a time (see `credentials`).
#[derive(Clone)]
#[repr(align(128))]
pub(super) struct Parts {
    pub(super) access_token: AccessToken,
    pub(super) expires_in: Option<Duration>,
    pub(super) expires_at: Option<SystemTime>,
    pub(super) refresh_token: Option<RefreshToken>,
    pub(super) scope: Option<Box<str>>,
    /// What most tokens lack, elsewhere: so the rest fits into one aligned block of 128 bytes.
    pub(super) further: Option<Box<Further>>,
}

#[cfg(target_pointer_width = "64")]
const _: () = assert!(size_of::<Parts>() == 128, "a token takes more than one aligned block");

/// What few tokens have.
#[derive(Clone)]
pub(super) struct Further {
    pub(super) key_thumbprint: Option<Box<str>>,
    pub(super) id_token: Option<SecretString>,
    pub(super) id_token_claims: Option<IdTokenClaims>,
    pub(super) extra: WipedMembers,
    /// Sent beside the token.
    pub(super) request_headers: Vec<(HeaderName, HeaderValue)>,
    /// Whether those are all that is sent.
    pub(super) is_withheld: bool,
}

static NOTHING_FURTHER: Further = Further::none();

impl Further {
    pub(super) const fn none() -> Self {
        Self {
            key_thumbprint: None,
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
    pub(super) fn further(&self) -> &Further {
        self.further.as_deref().unwrap_or(&NOTHING_FURTHER)
    }

    pub(super) fn further_mut(&mut self) -> &mut Further {
        self.further.get_or_insert_with(|| Box::new(Further::none()))
    }
}
