use std::time::Duration;

use super::ServerCapabilities;
use crate::client_auth::Identity;
use crate::error::{Error, Result};
use crate::keys::KeySetCache;
use crate::oidc::IdTokenVerifier;
use crate::transport::Transport;

/// How this client's ID tokens are signed and checked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Terms {
    announced: Vec<String>,
    pub(super) signed_response_alg: Option<String>,
    /// Of authorization responses (JARM).
    pub(super) authorization_signed_response_alg: Option<String>,
    pub(super) userinfo_signed_response_alg: Option<String>,
    pub(super) clock_leeway: Option<Duration>,
    pub(super) accepts_missing_nonce: bool,
}

impl Terms {
    /// With the algorithms that the server's metadata lists.
    pub(super) fn announced(self, algorithms: &[String]) -> Self {
        Self { announced: algorithms.to_vec(), ..self }
    }
}

/// What verifies this client's ID tokens; an error that says what is missing, for whoever asks for one.
pub(super) fn verifier(
    identity: &Identity,
    issuer: &ServerCapabilities,
    transport: &Result<Transport>,
) -> Result<IdTokenVerifier> {
    let missing = |what: &str| {
        Error::configuration(format!(
            "the scope `openid` asks for an ID token, which cannot be verified without the {what}: give it to the builder, \
             or end that with `.discover(issuer)`"
        ))
    };
    let name = issuer.name.as_deref().ok_or_else(|| missing("`issuer`"))?;
    let jwks_uri = issuer.jwks_uri.clone().ok_or_else(|| missing("`jwks_uri`"))?;
    let keys = KeySetCache::new(jwks_uri, transport.as_ref().map_err(Clone::clone)?);
    let mut verifier = IdTokenVerifier::new(name, identity.client_id(), keys)?;
    verifier = verifier.with_encrypted_answers(issuer.encrypted_answers.clone());
    let Terms {
        announced,
        signed_response_alg,
        authorization_signed_response_alg,
        userinfo_signed_response_alg,
        clock_leeway,
        accepts_missing_nonce,
    } = &issuer.id_tokens;
    if let Some(leeway) = *clock_leeway {
        verifier = verifier.with_leeway(leeway);
    }
    if *accepts_missing_nonce {
        verifier = verifier.with_missing_nonce();
    }
    // What is signed with the secret is accepted only where its algorithm is named.
    let named = [signed_response_alg, authorization_signed_response_alg, userinfo_signed_response_alg];
    let is_named = named.into_iter().any(Option::is_some);
    if let Some(secret) = identity.authentication().secret().filter(|_| is_named) {
        verifier = verifier.with_client_secret(secret.into());
    }
    if let Some(algorithm) = authorization_signed_response_alg {
        verifier = verifier.with_response_algorithm(algorithm)?;
    }
    if let Some(algorithm) = userinfo_signed_response_alg {
        verifier = verifier.with_userinfo_algorithm(algorithm)?;
    }
    match signed_response_alg.as_deref() {
        Some(algorithm) => verifier.with_algorithms([algorithm]),
        None => Ok(verifier.with_announced_algorithms(announced.iter().map(String::as_str))),
    }
}
