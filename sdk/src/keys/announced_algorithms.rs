use std::sync::Arc;

use async_trait::async_trait;

use super::SigningAlgorithm::{self, Ed25519, EdDsa};
use super::{Signer, SigningKey};
use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
use crate::text::ServerText;

/// The algorithms by which a server says that it checks a signature of the client's, and the member of its metadata that says so.
#[derive(Clone, Debug, Default)]
pub(crate) struct AnnouncedAlgorithms {
    /// Whose metadata.
    owner: &'static str,
    member: &'static str,
    /// An empty list says nothing (RFC 8414 §3.2).
    names: Vec<String>,
}

impl AnnouncedAlgorithms {
    pub(crate) fn new(owner: &'static str, member: &'static str, names: Option<&[String]>) -> Self {
        Self { owner, member, names: names.unwrap_or_default().to_vec() }
    }

    /// The first of these, of which the key prefers the earlier, that the server knows; `what` signs.
    pub(crate) fn choose(&self, what: &str, possible: &[SigningAlgorithm]) -> Result<Option<SigningAlgorithm>> {
        if self.names.is_empty() {
            return Ok(possible.first().copied());
        }
        let is_known = |algorithm: &&SigningAlgorithm| self.names.iter().any(|name| name == algorithm.name());
        if let Some(known) = possible.iter().find(is_known) {
            return Ok(Some(*known));
        }
        let own = possible.iter().map(|algorithm| algorithm.name()).collect::<Vec<_>>().join(" or ");
        let Self { owner, member, names } = self;
        Err(Error::configuration(format!(
            "{what} signs with {own}, and the metadata of the {owner} has only {} in `{member}`: give a key for one of those",
            ServerText::new(&names.join(", "))
        )))
    }

    /// The signer under the name by which the server knows its algorithm; `what` it is.
    pub(crate) fn signer(&self, what: &str, signer: &Arc<dyn Signer>) -> Result<Arc<dyn Signer>> {
        let own = signer.algorithm();
        Ok(match self.choose(what, &names_of(own))? {
            Some(algorithm) if algorithm != own => Arc::new(Renamed { signer: Arc::clone(signer), algorithm }),
            _ => Arc::clone(signer),
        })
    }

    /// The key with an algorithm that the server knows; `what` it is.
    pub(crate) fn signing_key(&self, what: &str, key: &SigningKey) -> Result<SigningKey> {
        let own = key.algorithm();
        let others = key.algorithms().iter().copied().filter(|other| *other != own);
        let possible: Vec<_> = [own].into_iter().chain(others).collect();
        self.choose(what, &possible)?.map_or_else(|| Ok(key.clone()), |algorithm| key.clone().with_algorithm(algorithm))
    }
}

/// All the names of one algorithm, this one first: Ed25519 has two (RFC 9864 §2.2).
fn names_of(algorithm: SigningAlgorithm) -> Vec<SigningAlgorithm> {
    match algorithm {
        EdDsa => vec![EdDsa, Ed25519],
        Ed25519 => vec![Ed25519, EdDsa],
        other => vec![other],
    }
}

/// The same signer under the other name of its algorithm.
#[derive(Debug)]
struct Renamed {
    signer: Arc<dyn Signer>,
    algorithm: SigningAlgorithm,
}

#[async_trait]
impl Signer for Renamed {
    fn algorithm(&self) -> SigningAlgorithm {
        self.algorithm
    }

    fn key_id(&self) -> Option<&str> {
        self.signer.key_id()
    }

    fn certificate_thumbprint(&self) -> Option<&str> {
        self.signer.certificate_thumbprint()
    }

    fn identity(&self) -> Fingerprint {
        self.signer.identity()
    }

    async fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        self.signer.sign(message).await
    }
}
