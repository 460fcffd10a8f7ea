//! What was asked for, as a short digest: the half of a cache key that keeps scopes and tenants apart.

mod function_identity;
mod identified;
mod numbered;
mod parameters;

use std::any::{TypeId, type_name};
use std::fmt;
use std::sync::LazyLock;

use aws_lc_rs::digest::{SHA256, digest};
use http::{HeaderMap, HeaderName, HeaderValue};
use oauth2::CsrfToken;
use zeroize::Zeroizing;

pub use function_identity::FunctionIdentity;
pub(crate) use identified::Identified;
pub(crate) use numbered::Numbered;

use parameters::Parameters;

/// A digest of the parameters that make one token different from another: client, scope, audience, resource, ….
///
/// Two requests with the same parameters in any order have the same fingerprint, on every machine. 128 bits of SHA-256.
///
/// ```
/// use grantkit::credentials::Fingerprint;
///
/// let read = Fingerprint::builder().parameter("scope", "read").build();
/// let write = Fingerprint::builder().parameter("scope", "write").build();
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
    /// Valid in this process, as another machine proves the same with an account of its own.
    Machine,
    /// Valid in this process.
    Process,
    /// Not known to be equal to any other.
    Unidentified,
}

/// Collects parameters; see [`Fingerprint::builder`].
#[derive(Clone, Default)]
#[must_use = "call `.build()`"]
pub struct FingerprintBuilder {
    parameters: Parameters,
    local: Parameters,
    validity: Validity,
}

impl Fingerprint {
    /// Starts with no parameter.
    pub fn builder() -> FingerprintBuilder {
        FingerprintBuilder::default()
    }

    /// The fingerprint of one parameter that identifies the value: a key by its name at the key service, a database by its URL.
    pub fn new(name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        Self::builder().parameter(name, value).build()
    }

    /// The fingerprint of a type whose values are all equal: they get the same tokens, or sign with the same key.
    ///
    /// In a [`TokenStore`](crate::store::TokenStore), and so on every machine, it is the type's full name that tells. To call this says
    /// that no other type has it: where a macro makes several in one function, or two versions of a crate are linked in, give each a
    /// name of its own by [`new`](Self::new). In one process two types are never taken for each other.
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
        Self::builder().parameter("type", type_name::<T>()).local("type", format!("{id:?}")).build()
    }

    /// The same for a type whose name may be another's too: it is valid in this process alone, and in no store.
    pub(crate) fn of_unnamed_type<T: ?Sized + 'static>() -> Self {
        Self::builder().part("type", Self::of_type::<T>()).of_this_process().build()
    }

    /// Of headers that are sent, each of which may be secret.
    pub(crate) fn of_headers(headers: &HeaderMap) -> Self {
        // Most requests have none.
        static NONE: LazyLock<Fingerprint> = LazyLock::new(|| Fingerprint::builder().build());
        if headers.is_empty() {
            return *NONE;
        }
        let add = |all: FingerprintBuilder, (name, value): (&HeaderName, &HeaderValue)| {
            all.secret_bytes(name.as_str(), value.as_bytes())
        };
        headers.iter().fold(Self::builder(), add).build()
    }

    /// A fingerprint that equals no other, for a client without an identity: its token is not shared, and not kept in a
    /// [`TokenStore`](crate::store::TokenStore).
    ///
    /// Each call makes another: keep it in a field of what it stands for.
    pub fn unique() -> Self {
        Self::builder().of_this_process().parameter("unique", random()).build()
    }

    /// Of a value whose type has fields, and that does not say what tells it from others.
    pub(crate) fn unidentified() -> Self {
        let mut builder = Self::builder();
        builder.validity = Validity::Unidentified;
        builder.parameter("unidentified", random()).build()
    }

    /// The same in every other process, and told apart in this one by what is added.
    pub(crate) fn with_local(self, name: &str, value: impl AsRef<str>) -> Self {
        let mut local = Parameters::default();
        local.insert("before", Hex::of(&self.local).as_str());
        local.insert(name, value.as_ref());
        Self { local: digest_of(&local), ..self }
    }

    /// Whether it is of a value that does not say what tells it from others.
    pub(crate) fn is_unidentified(&self) -> bool {
        self.validity == Validity::Unidentified
    }

    /// All that tells it from others, in this process too.
    pub(crate) fn as_bytes(&self) -> [u8; 33] {
        let Self { digest, local, validity } = self;
        let mut bytes = [*validity as u8; 33];
        for (to, from) in bytes.iter_mut().zip(digest.iter().chain(local)) {
            *to = *from;
        }
        bytes
    }

    /// No other process has one that is equal, although it may ask for the same.
    pub(crate) fn is_of_this_process(&self) -> bool {
        self.validity >= Validity::Machine
    }
}

impl FingerprintBuilder {
    /// Adds one parameter; one name may be given several times.
    pub fn parameter(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.parameters.insert(name.as_ref(), value.as_ref());
        self
    }

    /// Adds another fingerprint, as of a part that has its own.
    pub fn part(mut self, name: impl AsRef<str>, part: Fingerprint) -> Self {
        let Fingerprint { digest, local, validity } = part;
        self.validity = self.validity.max(validity);
        if local != NOTHING {
            self.local.insert(name.as_ref(), Hex::of(&local).as_str());
        }
        self.parameter(name, Hex::of(&digest).as_str())
    }

    /// Adds another fingerprint as what tells apart within this process alone. Other processes, and what is found in a
    /// [`TokenStore`](crate::store::TokenStore), are told by the rest, also where the part equals no other
    /// ([`Fingerprint::unique`]): the rest has to say all that a token depends on there.
    pub fn local_part(self, name: impl AsRef<str>, part: Fingerprint) -> Self {
        let Fingerprint { digest, local, validity: _ } = part;
        let name = name.as_ref();
        let whole = self.local(name, Hex::of(&digest).as_str());
        if local == NOTHING { whole } else { whole.local(format!("{name}, local"), Hex::of(&local).as_str()) }
    }

    /// Adds a secret by its digest, where it is the secret that tells two clients apart.
    pub fn secret(self, name: impl AsRef<str>, secret: &str) -> Self {
        self.secret_bytes(name, secret.as_bytes())
    }

    pub(crate) fn secret_bytes(self, name: impl AsRef<str>, secret: &[u8]) -> Self {
        self.parameter(name, Hex::of(&short_digest(secret)).as_str())
    }

    /// Adds a secret that could be guessed, as a password can: by a digest that means nothing outside of this process, so
    /// that a cache key that gets known does not help with guessing.
    pub(crate) fn guessable_secret(self, name: impl AsRef<str>, secret: &str) -> Self {
        let keyed = Zeroizing::new(format!("{}{secret}", key_of_this_process()));
        self.of_this_process().secret(name, &keyed)
    }

    /// Adds what tells apart within this process, and takes nothing from what other processes find in a store.
    pub(crate) fn local(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.local.insert(name.as_ref(), value.as_ref());
        self
    }

    /// Says that no other process can ask for the same: its tokens are not put where others could find them.
    pub(crate) fn of_this_process(self) -> Self {
        Self { validity: self.validity.max(Validity::Process), ..self }
    }

    /// Says that on another machine this stands for something else, the account which that runs as for example: its tokens are kept in
    /// the process, and put where no other machine could find them.
    pub(crate) fn of_this_machine(self) -> Self {
        Self { validity: self.validity.max(Validity::Machine), ..self }
    }

    /// Says whose the tokens are, whichever machine asks for them: those of a person's login, which the servers of a fleet share however
    /// each of them proves that it is the client.
    pub(crate) fn of_any_machine(self) -> Self {
        let validity = if self.validity == Validity::Machine { Validity::Everywhere } else { self.validity };
        Self { validity, ..self }
    }

    /// The digest.
    pub fn build(self) -> Fingerprint {
        let Self { parameters, local, validity } = self;
        let local = if local.is_empty() { NOTHING } else { digest_of(&local) };
        Fingerprint { digest: digest_of(&parameters), local, validity }
    }
}

fn digest_of(parameters: &Parameters) -> Digest {
    short_digest(parameters.as_bytes())
}

/// What digests mean nothing without outside of this process: nothing can be sought there that has one of them.
pub(crate) fn key_of_this_process() -> &'static str {
    static KEY: LazyLock<String> = LazyLock::new(random);
    &KEY
}

/// 128 bits of SHA-256.
pub(crate) fn short_digest(bytes: &[u8]) -> [u8; 16] {
    truncated(digest(&SHA256, bytes).as_ref())
}

fn truncated(digest: &[u8]) -> Digest {
    let mut bytes = NOTHING;
    for (to, from) in bytes.iter_mut().zip(digest) {
        *to = *from;
    }
    bytes
}

/// A digest as text, without an allocation.
struct Hex([u8; 2 * size_of::<Digest>()]);

impl Hex {
    fn of(digest: &Digest) -> Self {
        let mut text = [0; 2 * size_of::<Digest>()];
        let halves = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        for (to, half) in text.iter_mut().zip(halves) {
            *to = if half < 10 { b'0' + half } else { b'a' + half - 10 };
        }
        Self(text)
    }

    fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// 256 random bits.
fn random() -> String {
    CsrfToken::new_random_len(32).into_secret()
}

/// The part that means the same on every machine.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Hex::of(&self.digest).as_str())
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

impl fmt::Debug for FingerprintBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.parameters.names()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn part_hands_on_what_is_local_and_how_far_it_reaches() {
        let transport = |number: &str| Fingerprint::builder().local("transport", number).build();
        let (one, other) = (transport("1"), transport("2"));
        assert_ne!(one, other);
        assert_eq!(one.to_string(), other.to_string());
        let whole = |part| Fingerprint::builder().parameter("client_id", "billing").part("transport", part).build();
        assert_ne!(whole(one), whole(other));
        assert_eq!(whole(one).to_string(), whole(other).to_string());
        assert!(!whole(one).is_of_this_process());
        assert!(whole(Fingerprint::unique()).is_of_this_process());
        assert!(whole(Fingerprint::unidentified()).is_unidentified());
        assert!(whole(Fingerprint::unidentified()).is_of_this_process());
        assert!(!whole(Fingerprint::unique()).is_unidentified());
    }

    #[test]
    fn local_part_tells_apart_in_this_process_alone() {
        let whole = |part| Fingerprint::builder().parameter("subject", "billing").local_part("source", part).build();
        let transport = |number: &str| Fingerprint::builder().local("transport", number).build();
        for (one, other) in [
            (Fingerprint::new("file", "/one"), Fingerprint::new("file", "/two")),
            (transport("1"), transport("2")),
            (Fingerprint::unique(), Fingerprint::unidentified()),
        ] {
            assert_ne!(whole(one), whole(other));
            assert_eq!(whole(one), whole(one));
            assert_eq!(whole(one).to_string(), whole(other).to_string());
            assert!(!whole(one).is_of_this_process() && !whole(other).is_unidentified());
        }
    }

    #[test]
    fn with_local_tells_apart_in_this_process_alone() {
        let transport = Fingerprint::builder().local("transport", "1").build();
        for before in [Fingerprint::builder().build(), transport, Fingerprint::new("url", "https://as.example")] {
            let guarded = |scope: &str| before.with_local("guard", scope);
            assert_eq!(guarded("a"), guarded("a"));
            assert!(guarded("a") != guarded("b") && guarded("a") != before);
            assert_eq!(guarded("a").to_string(), before.to_string());
        }
        let (one, other) =
            (transport.with_local("guard", "a"), Fingerprint::builder().build().with_local("guard", "a"));
        assert_ne!(one, other, "what told apart before still does");
    }

    /// Stores keep tokens under it: another version of this crate, or a process on another machine, finds them by the same text. The
    /// expected one was computed by Python's hashlib from the documented encoding: pairs in order, each text behind its length.
    #[test]
    fn a_fingerprint_is_the_same_in_every_version() {
        let endpoint = Fingerprint::new("url", "https://as.example/token");
        let builder = Fingerprint::builder().parameter("scope", "write").parameter("scope", "read");
        let builder = builder.parameter("scope", "read").parameter("client_id", "billing").part("endpoint", endpoint);
        assert_eq!(builder.build().to_string(), "58566dc0dcddbccc42f76e264a211e8d");
    }

    #[test]
    fn what_a_machine_proves_is_its_own_and_a_login_is_not() {
        let proof = Fingerprint::builder().parameter("file", "/token").of_this_machine().build();
        assert!(proof.is_of_this_process() && !proof.is_unidentified());
        let whole = |other: Fingerprint| Fingerprint::builder().part("proof", proof).part("other", other);
        let named = Fingerprint::new("user", "alice");
        assert!(whole(named).build().is_of_this_process());
        assert!(!whole(named).of_any_machine().build().is_of_this_process());
        assert!(whole(Fingerprint::unique()).of_any_machine().build().is_of_this_process());
        assert!(whole(Fingerprint::unidentified()).of_any_machine().build().is_unidentified());
    }

    #[test]
    fn unique_is_equal_to_no_other() {
        assert_ne!(Fingerprint::unique(), Fingerprint::unique());
        assert_ne!(Fingerprint::of_type::<u8>(), Fingerprint::of_type::<u16>());
    }
}
