use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use subtle::ConstantTimeEq as _;
use zeroize::Zeroize as _;

use super::BackchannelNotification;
use crate::error::{Error, Fault, Result};
use crate::grant::polling::Schedule;

/// A backchannel authentication that has begun: the interval for polling, and the token that a notification must have.
///
/// It serialises, so that the notification can come to another process. It holds secrets: keep it where only this program
/// can read it.
#[derive(Clone, Serialize, Deserialize)]
#[must_use = "`.wait(..)` for the person, or keep it until the notification comes"]
pub struct PendingBackchannelAuthentication {
    pub(super) auth_req_id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) notification_token: Option<String>,
    pub(super) schedule: Schedule,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) extra: BTreeMap<String, Value>,
}

impl PendingBackchannelAuthentication {
    /// The ID of the request, to find it when the notification comes: a secret.
    pub fn auth_req_id(&self) -> &str {
        &self.auth_req_id
    }

    /// How long the person has left.
    pub fn expires_in(&self) -> Duration {
        self.schedule.expires_in()
    }

    /// How long to wait before each [`poll`](super::BackchannelAuthentication::poll), unless there was a notification.
    pub fn interval(&self) -> Duration {
        self.schedule.interval()
    }

    /// Any further members of the answer.
    pub fn extra(&self) -> &BTreeMap<String, Value> {
        &self.extra
    }

    /// Checks that the notification is of this request and from the server; then [`poll`](super::BackchannelAuthentication::poll) gets the token
    /// (CIBA Core §10.2).
    ///
    /// # Errors
    ///
    /// [`is_security`](Error::is_security) where it is not.
    pub fn notified(&self, notification: &BackchannelNotification) -> Result<()> {
        let Some(token) = &self.notification_token else {
            return Err(refused("the request did not ask for a notification"));
        };
        let is_token = token.as_bytes().ct_eq(notification.token.expose_secret().as_bytes());
        let is_this = self.auth_req_id.as_bytes().ct_eq(notification.auth_req_id().as_bytes());
        if !bool::from(is_token) {
            return Err(refused("it does not carry the token of this request, so it is not from the server"));
        }
        if !bool::from(is_this) {
            return Err(refused("it is about another request"));
        }
        Ok(())
    }
}

fn refused(why: &str) -> Error {
    Error::new(Fault::Security, format!("the notification is refused: {why}"))
}

impl Drop for PendingBackchannelAuthentication {
    fn drop(&mut self) {
        self.auth_req_id.zeroize();
        self.notification_token.zeroize();
    }
}

impl fmt::Debug for PendingBackchannelAuthentication {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingBackchannelAuthentication")
            .field("interval", &self.interval())
            .field("expires_in", &self.expires_in())
            .finish_non_exhaustive()
    }
}
