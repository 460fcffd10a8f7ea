//! Proof of possession (RFC 9449): checks the proofs of requests, signed with ES256.

use std::collections::HashSet;
use std::sync::Mutex;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderMap, HeaderName};
use serde::Deserialize;

use crate::clock::Clock;
use crate::random;
use crate::sync::lock;

pub(crate) const DPOP: HeaderName = HeaderName::from_static("dpop");
pub(crate) const DPOP_NONCE: HeaderName = HeaderName::from_static("dpop-nonce");

/// In seconds, as clocks may differ.
const WINDOW: u64 = 300;

/// What one server knows of proofs.
#[derive(Debug)]
pub(crate) struct Proofs {
    clock: Clock,
    /// `None`: none is asked for.
    nonce: Mutex<Option<String>>,
    /// The `jti` of each proof that was good.
    seen: Mutex<HashSet<String>>,
}

/// The request that a proof has to be for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'a> {
    pub(crate) method: &'a str,
    /// Without query and fragment.
    pub(crate) url: &'a str,
    pub(crate) access_token: Option<&'a str>,
}

/// What is wrong with a proof.
#[derive(Debug)]
pub(crate) enum BadProof {
    Invalid(&'static str),
    /// It lacks this nonce.
    UseNonce(String),
}

#[derive(Deserialize)]
struct Header {
    typ: String,
    alg: String,
    jwk: Jwk,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Jwk {
    kty: String,
    crv: String,
    x: String,
    y: String,
}

#[derive(Deserialize)]
struct Claims {
    jti: String,
    htm: String,
    htu: String,
    iat: u64,
    ath: Option<String>,
    nonce: Option<String>,
}

impl Proofs {
    pub(crate) fn new(clock: Clock) -> Self {
        Self { clock, nonce: Mutex::default(), seen: Mutex::default() }
    }

    /// Asks for a nonce in each proof from now on, and for another than before.
    pub(crate) fn renew_nonce(&self) -> Result<(), Unspecified> {
        *lock(&self.nonce) = Some(random::token("nonce_", 0)?);
        Ok(())
    }

    pub(crate) fn nonce(&self) -> Option<String> {
        lock(&self.nonce).clone()
    }

    /// The thumbprint of the key that the request proves (RFC 7638), `None` where there is no proof (RFC 9449 §4.3).
    pub(crate) fn check(&self, headers: &HeaderMap, target: Target<'_>) -> Result<Option<String>, BadProof> {
        let mut proofs = headers.get_all(DPOP).iter();
        let Some(proof) = proofs.next() else { return Ok(None) };
        if proofs.next().is_some() {
            return Err(BadProof::Invalid("there is more than one DPoP header"));
        }
        let (jkt, claims) =
            proof.to_str().ok().and_then(read).ok_or(BadProof::Invalid("the proof is no signed JWT"))?;
        let hash = |token: &str| URL_SAFE_NO_PAD.encode(digest(&SHA256, token.as_bytes()));
        if claims.htm != target.method || claims.htu != target.url {
            return Err(BadProof::Invalid("the proof is for another request"));
        }
        if claims.ath != target.access_token.map(hash) {
            return Err(BadProof::Invalid("the proof is for another token"));
        }
        match self.nonce() {
            Some(nonce) if claims.nonce.as_ref() != Some(&nonce) => return Err(BadProof::UseNonce(nonce)),
            _ => {}
        }
        if claims.iat.abs_diff(self.clock.unix()) > WINDOW {
            return Err(BadProof::Invalid("the proof is of another time"));
        }
        if !lock(&self.seen).insert(claims.jti) {
            return Err(BadProof::Invalid("the proof was used before"));
        }
        Ok(Some(jkt))
    }
}

/// The key's thumbprint and the claims of a proof, if its signature is good.
fn read(proof: &str) -> Option<(String, Claims)> {
    let (message, signature) = proof.rsplit_once('.')?;
    let (header, claims) = message.split_once('.')?;
    let Header { typ, alg, jwk } = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
    if (typ.as_str(), alg.as_str(), jwk.kty.as_str(), jwk.crv.as_str()) != ("dpop+jwt", "ES256", "EC", "P-256") {
        return None;
    }
    // An uncompressed point (SEC 1 §2.3.3).
    let mut point = vec![4];
    URL_SAFE_NO_PAD.decode_vec(&jwk.x, &mut point).ok()?;
    URL_SAFE_NO_PAD.decode_vec(&jwk.y, &mut point).ok()?;
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &point).verify(message.as_bytes(), &signature).ok()?;
    let members = format!(r#"{{"crv":"P-256","kty":"EC","x":"{}","y":"{}"}}"#, jwk.x, jwk.y);
    let claims = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()?;
    Some((URL_SAFE_NO_PAD.encode(digest(&SHA256, members.as_bytes())), claims))
}
