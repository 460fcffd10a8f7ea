//! What was asked for, as a short digest: the half of a cache key that keeps scopes and tenants apart.

use std::fmt;
use std::sync::LazyLock;

use aws_lc_rs::digest::{SHA256, digest};
use oauth2::CsrfToken;
use zeroize::Zeroizing;

/// A digest of the parameters that make one token different from another: client, scope, audience, resource, ….
///
/// Two requests with the same parameters in any order have the same fingerprint, on every machine. 127 bits of SHA-256.
///
/// ```
/// use grantkit::Fingerprint;
///
/// let read = Fingerprint::builder().parameter("scope", "read").finish();
/// let write = Fingerprint::builder().parameter("scope", "write").finish();
/// assert_ne!(read, write);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint([u8; 16]);

/// Collects parameters; see [`Fingerprint::builder`].
#[derive(Clone, Default)]
#[must_use = "call `.finish()`"]
pub struct FingerprintBuilder {
    parameters: Vec<(String, String)>,
    of_this_process: bool,
}

/// Set in the last byte of a fingerprint that means nothing outside of this process.
const OF_THIS_PROCESS: u8 = 1;

impl Fingerprint {
    /// Starts with no parameter.
    pub fn builder() -> FingerprintBuilder {
        FingerprintBuilder::default()
    }

    /// One that no other is equal to.
    pub(crate) fn unique() -> Self {
        Self::builder().of_this_process().parameter("unique", random()).finish()
    }

    /// No other process has one that is equal, although it may ask for the same.
    pub(crate) fn is_of_this_process(&self) -> bool {
        self.0.last().is_some_and(|last| last & OF_THIS_PROCESS != 0)
    }
}

impl FingerprintBuilder {
    /// Adds one parameter; one name may be given several times.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Adds another fingerprint, as of a part that has its own.
    pub fn part(mut self, name: impl Into<String>, part: Fingerprint) -> Self {
        self.of_this_process |= part.is_of_this_process();
        self.parameter(name, part.to_string())
    }

    /// Adds a secret by its digest, where it is the secret that tells two clients apart.
    pub fn secret(self, name: impl Into<String>, secret: &str) -> Self {
        let digest = Fingerprint::truncated(digest(&SHA256, secret.as_bytes()).as_ref());
        self.parameter(name, digest.to_string())
    }

    /// Adds a secret that could be guessed, as a password can: by a digest that means nothing outside of this process, so
    /// that a cache key that gets known does not help with guessing.
    pub(crate) fn guessable_secret(self, name: impl Into<String>, secret: &str) -> Self {
        static KEY: LazyLock<String> = LazyLock::new(random);
        let keyed = Zeroizing::new(format!("{}{secret}", *KEY));
        self.of_this_process().secret(name, &keyed)
    }

    /// Says that no other process can ask for the same: its tokens are not put where others could find them.
    pub(crate) fn of_this_process(self) -> Self {
        Self { of_this_process: true, ..self }
    }

    /// The digest.
    pub fn finish(mut self) -> Fingerprint {
        self.parameters.sort_unstable();
        self.parameters.dedup();
        let mut text = Vec::new();
        for (name, value) in &self.parameters {
            // With their lengths in front, no two lists of parameters read the same.
            for part in [name, value] {
                text.extend_from_slice(&(part.len() as u64).to_be_bytes());
                text.extend_from_slice(part.as_bytes());
            }
        }
        let mut fingerprint = Fingerprint::truncated(digest(&SHA256, &text).as_ref());
        if let Some(last) = fingerprint.0.last_mut() {
            *last = if self.of_this_process { *last | OF_THIS_PROCESS } else { *last & !OF_THIS_PROCESS };
        }
        fingerprint
    }
}

/// 256 random bits.
fn random() -> String {
    CsrfToken::new_random_len(32).into_secret()
}

impl Fingerprint {
    fn truncated(digest: &[u8]) -> Self {
        let mut bytes = [0; 16];
        for (to, from) in bytes.iter_mut().zip(digest) {
            *to = *from;
        }
        Self(bytes)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

impl fmt::Debug for FingerprintBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.parameters.iter().map(|(name, _)| name)).finish()
    }
}
