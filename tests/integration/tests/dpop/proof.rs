//! A proof as a server sees it, checked with another library.

use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;

use crate::support::Asked;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Proof {
    pub(crate) jti: String,
    pub(crate) htm: String,
    pub(crate) htu: String,
    #[allow(dead_code, reason = "that it is there is what counts")]
    iat: u64,
    pub(crate) ath: Option<String>,
    pub(crate) nonce: Option<String>,
}

/// The proof of a request, for the request's method.
pub(crate) fn of(asked: &Asked) -> Proof {
    let proof = verified(asked.header("dpop").expect("a proof"));
    assert_eq!(proof.htm, asked.method);
    let path = asked.path.split('?').next().unwrap();
    assert!(proof.htu.ends_with(path), "{} is not for {path}", proof.htu);
    proof
}

pub(crate) fn verified(text: &str) -> Proof {
    let header = jsonwebtoken::decode_header(text).unwrap();
    assert_eq!((header.typ.as_deref(), header.kid), (Some("dpop+jwt"), None));
    let key = DecodingKey::from_jwk(&header.jwk.expect("a key")).unwrap();
    let mut validation = Validation::new(Algorithm::ES256);
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    jsonwebtoken::decode(text, &key, &validation).unwrap().claims
}
