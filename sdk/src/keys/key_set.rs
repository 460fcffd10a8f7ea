use std::collections::HashMap;

use openidconnect::{JsonWebKey as _, SignatureVerificationError};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::algorithm::algorithm_name;
use super::jwe::{EncryptionKey, KeyManagementAlgorithm};
use super::key::Key;
use super::tenant_issuer::TenantIssuer;
use super::unverified_jwt::UnverifiedJwt;
use crate::error::Result;
use crate::lenient;

/// More keys than any issuer has; parsing each costs time.
const MAX_KEYS: usize = 200;

/// The public keys of an issuer (RFC 7517 §5).
#[derive(Debug)]
pub(crate) struct KeySet {
    keys: Vec<Key>,
    /// Where the keys of an ID stand; several may have the same (RFC 7517 §4.5).
    by_id: HashMap<String, Vec<usize>>,
    passed_over: Vec<PassedOver>,
    /// What may be a key to encrypt with; seldom is one needed.
    for_encryption: Vec<ForEncryption>,
    bytes: usize,
}

/// An entry as text: read, it takes many times the memory.
#[derive(Debug)]
struct ForEncryption {
    /// Not only by saying nothing else.
    says_so: bool,
    jwk: Box<str>,
}

impl ForEncryption {
    fn of(entry: &Map<String, Value>) -> Option<Self> {
        let purpose = entry.get("use");
        let says_so = purpose.is_some_and(|purpose| purpose == "enc");
        let jwk = || serde_json::to_string(entry).ok();
        if purpose.is_none_or(|purpose| purpose != "sig") { Some(Self { says_so, jwk: jwk()?.into() }) } else { None }
    }

    fn key(&self, algorithm: KeyManagementAlgorithm) -> Option<EncryptionKey> {
        let entry: Map<String, Value> = lenient::read_object(self.jwk.as_bytes()).ok()?;
        EncryptionKey::from_jwk(&entry, algorithm).ok()
    }
}

/// An entry that verifies nothing; kept to say so when a token asks for it.
#[derive(Debug)]
struct PassedOver {
    id: Option<String>,
    reason: &'static str,
}

/// What the keys say of a signature.
#[derive(Clone)]
pub(crate) enum SignatureCheck {
    /// One of them made it.
    Good,
    /// Some are for such a token, by ID and algorithm, and none of them made it.
    Bad,
    /// None is for such a token.
    NoKeyFits,
    /// A key fits, and cannot be used for it: why.
    Unusable(String),
}

/// What is asked of the keys.
#[derive(Clone, Copy)]
pub(crate) struct Signed<'a> {
    pub(crate) jwt: &'a UnverifiedJwt<'a>,
    /// Where the issuer is one of many tenants': keys of other tenants are none of its own.
    pub(crate) tenant: Option<TenantIssuer<'a>>,
}

#[derive(Deserialize)]
struct Document {
    keys: Vec<Value>,
}

impl KeySet {
    /// Reads a JWK set. An entry that this crate cannot use is no error (RFC 7517 §5).
    pub(crate) fn read(json: &[u8]) -> Result<Self> {
        let document: Document = lenient::object(json, "the JWK set is not the JSON object of RFC 7517 §5")?;
        let mut set = Self {
            keys: Vec::new(),
            by_id: HashMap::new(),
            passed_over: Vec::new(),
            for_encryption: Vec::new(),
            bytes: 0,
        };
        for entry in document.keys.iter().take(MAX_KEYS) {
            let entry = entry.as_object();
            set.for_encryption.extend(entry.and_then(ForEncryption::of));
            match entry.ok_or("it is not a JSON object").and_then(Key::from_jwk) {
                Ok(key) => {
                    if let Some(id) = key.key_id() {
                        set.by_id.entry(id.to_string()).or_default().push(set.keys.len());
                    }
                    set.keys.push(key);
                }
                Err(reason) => set.passed_over.push(PassedOver { id: entry.and_then(id), reason }),
            }
        }
        set.bytes = set.measured(json.len());
        Ok(set)
    }

    /// About how much memory the set takes.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// The texts of keys are part of the document's, decoded or with their IDs twice; the rest is what holds them.
    fn measured(&self, document: usize) -> usize {
        let key = size_of::<Key>() + size_of::<(String, Vec<usize>)>() + 4 * size_of::<usize>();
        let for_encryption: usize = self.for_encryption.iter().map(|entry| entry.jwk.len()).sum();
        2 * document
            + for_encryption
            + 2 * self.keys.len() * key
            + 2 * self.passed_over.len() * size_of::<PassedOver>()
            + 2 * self.for_encryption.len() * size_of::<ForEncryption>()
    }

    /// The key to encrypt to the issuer with; one that says that it is for encryption before one that may be for anything.
    pub(crate) fn encryption_key(&self, algorithm: KeyManagementAlgorithm) -> Option<EncryptionKey> {
        let (first, second): (Vec<_>, Vec<_>) = self.for_encryption.iter().partition(|entry| entry.says_so);
        first.into_iter().chain(second).find_map(|entry| entry.key(algorithm))
    }

    /// Tries all keys that are for such a token, each once: those with its key ID where it has one, else all for its algorithm.
    pub(crate) fn check(&self, signed: Signed<'_>) -> SignatureCheck {
        self.check_with(signed, Vec::new(), &SignatureCheck::NoKeyFits)
    }

    /// The same after another set has not verified it: a key that is in both is not tried again.
    pub(crate) fn check_after(&self, before: &Self, outcome: &SignatureCheck, signed: Signed<'_>) -> SignatureCheck {
        self.check_with(signed, before.fitting(signed).collect(), outcome)
    }

    /// `before` is the outcome of the keys that were `tried`.
    fn check_with<'a>(
        &'a self,
        signed: Signed<'a>,
        mut tried: Vec<&'a Key>,
        before: &SignatureCheck,
    ) -> SignatureCheck {
        let UnverifiedJwt { algorithm, message, signature, .. } = signed.jwt;
        let (mut outcome, others) = (SignatureCheck::NoKeyFits, tried.len());
        for key in self.fitting(signed) {
            if let Some(at) = tried.iter().position(|known| known.is_same(key)) {
                if at < others {
                    outcome = before.clone();
                }
                continue;
            }
            tried.push(key);
            match key.verify_signature(algorithm, message.as_bytes(), signature) {
                Ok(()) => return SignatureCheck::Good,
                Err(SignatureVerificationError::InvalidKey(reason)) => outcome = SignatureCheck::Unusable(reason),
                Err(_) => outcome = SignatureCheck::Bad,
            }
        }
        outcome
    }

    /// Whether it has a key for such a token that the set before did not have.
    pub(crate) fn has_others_for(&self, signed: Signed<'_>, before: &Self) -> bool {
        self.fitting(signed).any(|key| !before.fitting(signed).any(|known| known.is_same(key)))
    }

    fn fitting<'a>(&'a self, Signed { jwt, tenant }: Signed<'a>) -> impl Iterator<Item = &'a Key> {
        let (with_id, any) = match jwt.key_id() {
            Some(id) => (self.by_id.get(id).map(Vec::as_slice).unwrap_or_default(), &[][..]),
            None => (&[][..], &self.keys[..]),
        };
        let with_id = with_id.iter().filter_map(|at| self.keys.get(*at));
        with_id.chain(any).filter(move |key| key.is_for(&jwt.algorithm) && key.is_of(tenant))
    }

    /// Whether none of its keys verifies signatures.
    pub(super) fn is_without_keys(&self) -> bool {
        self.keys.is_empty()
    }

    #[cfg(test)]
    pub(super) fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// Why no key fits, as far as the set tells; for the end of a sentence.
    pub(crate) fn why_none_fits(&self, Signed { jwt, tenant }: Signed<'_>) -> String {
        let wanted = jwt.key_id();
        let is_wanted = |id: Option<&str>| wanted.is_none() || id == wanted;
        let passed_over = self.passed_over.iter().find(|entry| is_wanted(entry.id.as_deref()));
        let mut others = self.keys.iter().filter(|key| is_wanted(key.key_id().map(|id| id.as_str())));
        if others.clone().any(|key| key.is_for(&jwt.algorithm) && !key.is_of(tenant)) {
            return "the key that fits is for tokens of another issuer, by the key's `issuer`".to_owned();
        }
        match (others.next(), passed_over) {
            (Some(key), _) => format!(
                "the key with its key ID is for {} and the token is signed with {}",
                key.purpose(),
                algorithm_name(&jwt.algorithm)
            ),
            (None, Some(entry)) => format!("the key with its key ID cannot be used: {}", entry.reason),
            (None, None) if self.keys.is_empty() => "the set has no key that verifies signatures".to_owned(),
            (None, None) => "no key of the set has its key ID (`kid`)".to_owned(),
        }
    }
}

fn id(entry: &Map<String, Value>) -> Option<String> {
    entry.get("kid").and_then(Value::as_str).map(str::to_owned)
}
