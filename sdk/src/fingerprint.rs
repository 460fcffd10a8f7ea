//! What was asked for, as a short digest: the half of a cache key that keeps scopes and tenants apart.

use std::fmt;
use std::sync::LazyLock;

use aws_lc_rs::digest::{SHA256, digest};
use oauth2::CsrfToken;
use zeroize::Zeroizing;

/// A digest of the parameters that make one token different from another: client, scope, audience, resource, ….
///
/// Two requests with the same parameters in any order have the same fingerprint, on every machine. 128 bits of SHA-256.
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
}

impl Fingerprint {
    /// Starts with no parameter.
    pub fn builder() -> FingerprintBuilder {
        FingerprintBuilder::default()
    }

    /// One that no other is equal to.
    pub(crate) fn unique() -> Self {
        Self::builder().parameter("unique", random()).finish()
    }
}

impl FingerprintBuilder {
    /// Adds one parameter; one name may be given several times.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Adds another fingerprint, as of a part that has its own.
    pub fn part(self, name: impl Into<String>, part: Fingerprint) -> Self {
        self.parameter(name, part.to_string())
    }

    /// Adds a secret by its digest, where it is the secret that tells two clients apart.
    pub fn secret(self, name: impl Into<String>, secret: &str) -> Self {
        let digest = Fingerprint::truncated(digest(&SHA256, secret.as_bytes()).as_ref());
        self.part(name, digest)
    }

    /// Adds a secret that could be guessed, as a password can: by a digest that means nothing outside of this process, so
    /// that a cache key that gets known does not help with guessing.
    pub(crate) fn guessable_secret(self, name: impl Into<String>, secret: &str) -> Self {
        static OF_THIS_PROCESS: LazyLock<String> = LazyLock::new(random);
        let keyed = Zeroizing::new(format!("{}{secret}", *OF_THIS_PROCESS));
        self.secret(name, &keyed)
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
        Fingerprint::truncated(digest(&SHA256, &text).as_ref())
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
