//! What was asked for, as a short digest: the half of a cache key that keeps scopes and tenants apart.

mod identified;

use std::any::{TypeId, type_name};
use std::fmt;
use std::sync::LazyLock;

use aws_lc_rs::digest::{SHA256, digest};
use http::{HeaderMap, HeaderName, HeaderValue};
use oauth2::CsrfToken;
use zeroize::Zeroizing;

pub(crate) use identified::Identified;

/// A digest of the parameters that make one token different from another: client, scope, audience, resource, ….
///
/// Two requests with the same parameters in any order have the same fingerprint, on every machine. 128 bits of SHA-256.
///
/// ```
/// use grantkit::credentials::Fingerprint;
///
/// let read = Fingerprint::builder().parameter("scope", "read").finish();
/// let write = Fingerprint::builder().parameter("scope", "write").finish();
/// assert_ne!(read, write);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint {
    digest: Digest,
    /// What tells apart in this process only, and other processes cannot have: which transport, say. All zeros for nothing.
    local: Digest,
    validity: Validity,
}

type Digest = [u8; 16];

const NOTHING: Digest = [0; 16];

/// Who may have an equal fingerprint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Validity {
    /// Valid in every process.
    #[default]
    Everywhere,
    /// Valid in this process.
    Process,
    /// Not known to be equal to any other.
    Unidentified,
}

/// Collects parameters; see [`Fingerprint::builder`].
#[derive(Clone, Default)]
#[must_use = "call `.finish()`"]
pub struct FingerprintBuilder {
    parameters: Vec<(String, String)>,
    local: Vec<(String, String)>,
    validity: Validity,
}

impl Fingerprint {
    /// Starts with no parameter.
    pub fn builder() -> FingerprintBuilder {
        FingerprintBuilder::default()
    }

    /// The fingerprint of one parameter that identifies the value: a key by its name at the key service, a database by its URL.
    pub fn of(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self::builder().parameter(name, value).finish()
    }

    /// The fingerprint of a type whose values are all equal: they get the same tokens, or sign with the same key.
    ///
    /// In a [`TokenStore`](crate::store::TokenStore), and so on every machine, it is the type's full name that tells. To call this says
    /// that no other type has it: where a macro makes several in one function, or two versions of a crate are linked in, give each a
    /// name of its own by [`of`](Self::of). In one process two types are never taken for each other.
    ///
    /// ```
    /// use grantkit::credentials::Fingerprint;
    ///
    /// struct Partner { http: std::sync::Arc<()> } // a field, and yet every value asks for the same
    ///
    /// assert_eq!(Fingerprint::of_type::<Partner>(), Fingerprint::of_type::<Partner>());
    /// ```
    pub fn of_type<T: ?Sized + 'static>() -> Self {
        let id = TypeId::of::<T>();
        Self::builder().parameter("type", type_name::<T>()).local("type", format!("{id:?}")).finish()
    }

    /// The same where nobody has said that the name is the type's alone: it means nothing to other processes, or in a store.
    pub(crate) fn of_unnamed_type<T: ?Sized + 'static>() -> Self {
        Self::builder().part("type", Self::of_type::<T>()).of_this_process().finish()
    }

    /// Of headers that are sent, each of which may be secret.
    pub(crate) fn of_headers(headers: &HeaderMap) -> Self {
        let add = |all: FingerprintBuilder, (name, value): (&HeaderName, &HeaderValue)| {
            all.secret_bytes(name.as_str(), value.as_bytes())
        };
        headers.iter().fold(Self::builder(), add).finish()
    }

    /// A fingerprint that equals no other, for a client without an identity: its token is not shared, and not kept in a
    /// [`TokenStore`](crate::store::TokenStore).
    ///
    /// Each call makes another: keep it in a field of what it stands for.
    pub fn unique() -> Self {
        Self::builder().of_this_process().parameter("unique", random()).finish()
    }

    /// Of a value whose type has fields, and that does not say what tells it from others.
    pub(crate) fn unidentified() -> Self {
        let mut builder = Self::builder();
        builder.validity = Validity::Unidentified;
        builder.parameter("unidentified", random()).finish()
    }

    /// Whether it is of a value that does not say what tells it from others.
    pub(crate) fn is_unidentified(&self) -> bool {
        self.validity == Validity::Unidentified
    }

    /// No other process has one that is equal, although it may ask for the same.
    pub(crate) fn is_of_this_process(&self) -> bool {
        self.validity >= Validity::Process
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
        let name = name.into();
        let Fingerprint { digest, local, validity } = part;
        self.validity = self.validity.max(validity);
        if local != NOTHING {
            self.local.push((name.clone(), hex(&local)));
        }
        self.parameter(name, hex(&digest))
    }

    /// Adds a secret by its digest, where it is the secret that tells two clients apart.
    pub fn secret(self, name: impl Into<String>, secret: &str) -> Self {
        self.secret_bytes(name, secret.as_bytes())
    }

    pub(crate) fn secret_bytes(self, name: impl Into<String>, secret: &[u8]) -> Self {
        let digest = truncated(digest(&SHA256, secret).as_ref());
        self.parameter(name, hex(&digest))
    }

    /// Adds a secret that could be guessed, as a password can: by a digest that means nothing outside of this process, so
    /// that a cache key that gets known does not help with guessing.
    pub(crate) fn guessable_secret(self, name: impl Into<String>, secret: &str) -> Self {
        static KEY: LazyLock<String> = LazyLock::new(random);
        let keyed = Zeroizing::new(format!("{}{secret}", *KEY));
        self.of_this_process().secret(name, &keyed)
    }

    /// Adds what tells apart within this process, and takes nothing from what other processes find in a store.
    pub(crate) fn local(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.local.push((name.into(), value.into()));
        self
    }

    /// Says that no other process can ask for the same: its tokens are not put where others could find them.
    pub(crate) fn of_this_process(self) -> Self {
        Self { validity: self.validity.max(Validity::Process), ..self }
    }

    /// The digest.
    pub fn finish(self) -> Fingerprint {
        let Self { parameters, local, validity } = self;
        let local = if local.is_empty() { NOTHING } else { digest_of(local) };
        Fingerprint { digest: digest_of(parameters), local, validity }
    }
}

/// The same for any order; a parameter that is given twice is as one.
fn digest_of(mut parameters: Vec<(String, String)>) -> Digest {
    parameters.sort_unstable();
    parameters.dedup();
    let mut text = Vec::new();
    for (name, value) in &parameters {
        // With their lengths in front, no two lists of parameters read the same.
        for part in [name, value] {
            text.extend_from_slice(&(part.len() as u64).to_be_bytes());
            text.extend_from_slice(part.as_bytes());
        }
    }
    truncated(digest(&SHA256, &text).as_ref())
}

fn truncated(digest: &[u8]) -> Digest {
    let mut bytes = NOTHING;
    for (to, from) in bytes.iter_mut().zip(digest) {
        *to = *from;
    }
    bytes
}

fn hex(digest: &Digest) -> String {
    digest
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|half| char::from_digit(u32::from(half), 16))
        .collect()
}

/// 256 random bits.
fn random() -> String {
    CsrfToken::new_random_len(32).into_secret()
}

/// The part that means the same on every machine.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.digest))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn part_hands_on_what_is_local_and_how_far_it_reaches() {
        let transport = |number: &str| Fingerprint::builder().local("transport", number).finish();
        let (one, other) = (transport("1"), transport("2"));
        assert_ne!(one, other);
        assert_eq!(one.to_string(), other.to_string());
        let whole = |part| Fingerprint::builder().parameter("client_id", "billing").part("transport", part).finish();
        assert_ne!(whole(one), whole(other));
        assert_eq!(whole(one).to_string(), whole(other).to_string());
        assert!(!whole(one).is_of_this_process());
        assert!(whole(Fingerprint::unique()).is_of_this_process());
        assert!(whole(Fingerprint::unidentified()).is_unidentified());
        assert!(whole(Fingerprint::unidentified()).is_of_this_process());
        assert!(!whole(Fingerprint::unique()).is_unidentified());
    }

    #[test]
    fn unique_is_equal_to_no_other() {
        assert_ne!(Fingerprint::unique(), Fingerprint::unique());
        assert_ne!(Fingerprint::of_type::<u8>(), Fingerprint::of_type::<u16>());
    }
}
