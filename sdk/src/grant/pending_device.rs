use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;
use zeroize::Zeroize as _;

use super::polling::{Schedule, USUAL_INTERVAL};
use crate::error::Result;
use crate::lenient::Members;
use crate::text::ServerText;
use crate::time::Time;
use crate::wire::is_loopback;

/// Begins the sentence that says what is wrong with an answer.
const WHAT: &str = "the device authorization response (RFC 8628 §3.2)";

/// A device login that has begun: the code to show to the person, and the interval for polling.
///
/// It serialises, with its secrets: keep it where only this program can read it.
#[derive(Clone, Serialize, Deserialize)]
#[must_use = "show the code, then `.wait(..)` or `.poll(..)`"]
pub struct PendingDeviceAuthorization {
    device_code: String,
    user_code: String,
    verification_uri: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    verification_uri_complete: Option<String>,
    /// In seconds.
    expires_in: u64,
    pub(super) schedule: Schedule,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    extra: BTreeMap<String, Value>,
}

impl PendingDeviceAuthorization {
    /// Reads the answer of the device authorization endpoint, which stands at `endpoint`.
    ///
    /// What a person sees is read strictly, as the server may be anyone's: codes of printable characters, and addresses that a
    /// browser reaches by `https`.
    pub(super) fn read(json: &[u8], endpoint: &Url, time: &Time) -> Result<Self> {
        let mut answer = Members::read(json, WHAT, "RFC 8628 §3.2")?;
        let device_code = answer.required_text("device_code")?;
        let user_code = answer.required_text("user_code")?;
        if ServerText::new(&user_code).as_str() != user_code {
            return Err(answer.wrong("user_code", "holds characters that cannot be shown, or too many"));
        }
        // As Google called it before the standard did.
        let name = if answer.has("verification_uri") { "verification_uri" } else { "verification_url" };
        let address =
            if answer.has(name) { answer.required_text(name)? } else { return Err(answer.missing("verification_uri")) };
        let verification_uri = page(&address, endpoint).ok_or_else(|| {
            answer.wrong(name, "is not a valid https URL of at most 2048 characters, nor http on a loopback address")
        })?;
        let verification_uri_complete =
            answer.text("verification_uri_complete").and_then(|address| page(&address, endpoint));
        let expires_in = answer.required_seconds("expires_in")?;
        let interval = answer.seconds("interval").unwrap_or(Duration::from_secs(USUAL_INTERVAL));
        let schedule = Schedule::new(interval, expires_in, time);
        Ok(Self {
            device_code,
            user_code,
            verification_uri,
            verification_uri_complete,
            expires_in: Schedule::bounded(expires_in).as_secs(),
            schedule,
            extra: answer.rest().into_iter().collect(),
        })
    }

    /// The code that the person enters.
    pub fn user_code(&self) -> &str {
        &self.user_code
    }

    /// The URL at which the person enters it.
    pub fn verification_uri(&self) -> &str {
        &self.verification_uri
    }

    /// The URL with the code in it, for a QR code.
    pub fn verification_uri_complete(&self) -> Option<&str> {
        self.verification_uri_complete.as_deref()
    }

    /// How long the code is valid, from when it was received; 30 days at the most.
    pub fn expires_in(&self) -> Duration {
        Duration::from_secs(self.expires_in)
    }

    /// How long to wait before each [`poll`](super::DeviceAuthorization::poll).
    pub fn interval(&self) -> Duration {
        self.schedule.interval()
    }

    /// Any further members of the answer.
    pub fn extra(&self) -> &BTreeMap<String, Value> {
        &self.extra
    }

    pub(super) fn device_code(&self) -> &str {
        &self.device_code
    }
}

/// Longer addresses do not work everywhere (RFC 9110 §4.1), and are not typed by hand.
const MAX_ADDRESS: usize = 2048;

/// The address of a page for a person: `https`, or `http` on this machine or of a server that may itself be asked so. A path is
/// the server's own.
fn page(address: &str, endpoint: &Url) -> Option<String> {
    let url = endpoint.join(address).ok()?;
    let may_be_plain = || is_loopback(&url) || endpoint.scheme() == "http" && !is_loopback(endpoint);
    let is_page = url.scheme() == "https" || url.scheme() == "http" && may_be_plain();
    // A name before the host only misleads.
    let is_short = url.as_str().len() <= MAX_ADDRESS;
    (is_page && is_short && url.username().is_empty() && url.password().is_none()).then(|| url.into())
}

impl Drop for PendingDeviceAuthorization {
    fn drop(&mut self) {
        self.device_code.zeroize();
        self.user_code.zeroize();
        self.verification_uri_complete.zeroize();
    }
}

impl fmt::Debug for PendingDeviceAuthorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingDeviceAuthorization")
            .field("verification_uri", &self.verification_uri())
            .field("interval", &self.interval())
            .field("extra", &self.extra.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
