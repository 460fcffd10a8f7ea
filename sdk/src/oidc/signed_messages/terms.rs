use std::time::Duration;

use serde_json::Value;

use super::super::encrypted_answers::EncryptedAnswers;
use super::super::verifier::LoginIdTokenVerifier;
use super::requests::OfferedEncryption;
use crate::discovery::{ServerDiscovery, ServerMetadata};
use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
use crate::lenient::{as_flag, texts};
use crate::wire::EndpointUrl;

/// What the client's registration and the server's metadata say of what is signed or encrypted.
#[derive(Clone, Debug, Default)]
pub(crate) struct SignedMessageTerms {
    /// The algorithms that the metadata lists for ID tokens.
    announced: Vec<String>,
    pub(crate) id_token_signed_response_alg: Option<String>,
    /// Of authorization responses (JARM).
    pub(crate) authorization_signed_response_alg: Option<String>,
    pub(crate) userinfo_signed_response_alg: Option<String>,
    pub(crate) clock_leeway: Option<Duration>,
    pub(crate) accepts_missing_nonce: bool,
    /// Where the metadata are that say the `jwks_uri`, which was not given.
    pub(crate) keys_by: Option<ServerDiscovery>,
    pub(crate) encrypted: EncryptedAnswers,
    pub(super) requires_auth_time: bool,
    pub(super) offered: OfferedEncryption,
}

impl SignedMessageTerms {
    /// With what the server's metadata says.
    pub(crate) fn announced_by(self, metadata: &ServerMetadata) -> Self {
        let announced = metadata.id_token_signing_alg_values_supported.clone();
        Self { announced, offered: OfferedEncryption::of(metadata), ..self }
    }

    /// Of an issuer whose metadata are not known yet: they say where its keys are.
    pub(crate) fn with_lazy_issuer(mut self, issuer: &str) -> Self {
        self.keys_by.get_or_insert_with(|| ServerMetadata::discover(issuer));
        self
    }

    /// Takes over a registration, by its members (OpenID Connect Registration §2); an algorithm that the program named before stays.
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](Error::is_unsupported) where answers are encrypted by an algorithm that this crate does not know: they
    /// would be unreadable.
    pub(crate) fn take_over<'a>(&mut self, member: impl Fn(&str) -> Option<&'a Value>) -> Result<()> {
        let text = |name: &str| texts(member(name)?).next();
        for (own, name) in [
            (&mut self.id_token_signed_response_alg, "id_token_signed_response_alg"),
            (&mut self.authorization_signed_response_alg, "authorization_signed_response_alg"),
            (&mut self.userinfo_signed_response_alg, "userinfo_signed_response_alg"),
        ] {
            *own = own.take().or_else(|| text(name).map(str::to_owned));
        }
        for (own, name) in [
            (&mut self.encrypted.id_token, "id_token_encrypted_response_alg"),
            (&mut self.encrypted.userinfo, "userinfo_encrypted_response_alg"),
            (&mut self.encrypted.introspection, "introspection_encrypted_response_alg"),
            (&mut self.encrypted.authorization, "authorization_encrypted_response_alg"),
        ] {
            if let Some(algorithm) = text(name) {
                let known = algorithm.parse().map_err(|_| {
                    Error::unsupported(format!(
                        "the client is registered with {algorithm:?} ({name}), which is not known here"
                    ))
                });
                *own = Some(known?);
            }
        }
        self.requires_auth_time |= member("require_auth_time").and_then(as_flag).unwrap_or_default();
        Ok(())
    }

    /// What the program has said of how an ID token is judged that a refresh or a store brings. What the server announces of itself makes no
    /// other client of the one that knows it; and what else there is, is judged by the handle that gets the answer.
    pub(super) fn identity_of_id_tokens(&self, jwks_uri: Option<&EndpointUrl>) -> Fingerprint {
        let Self {
            announced: _,
            id_token_signed_response_alg,
            authorization_signed_response_alg: _,
            userinfo_signed_response_alg: _,
            clock_leeway,
            accepts_missing_nonce: _,
            keys_by,
            encrypted,
            requires_auth_time,
            offered: _,
        } = self;
        let keys = match (jwks_uri, keys_by) {
            (Some(url), _) => Fingerprint::new("jwks_uri", url.as_str()),
            (None, Some(discovery)) => Fingerprint::new("discovery", discovery.wanted()),
            (None, None) => Fingerprint::new("keys", "none"),
        };
        Fingerprint::builder()
            .parameter("alg", format!("{id_token_signed_response_alg:?}"))
            .parameter("leeway", format!("{clock_leeway:?}"))
            .parameter("auth_time", if *requires_auth_time { "required" } else { "optional" })
            .part("keys", keys)
            .part("encrypted", encrypted.identity_of_id_tokens())
            .build()
    }

    /// The verifier as these terms want it.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where a named algorithm is none.
    pub(super) fn apply(
        &self,
        mut verifier: LoginIdTokenVerifier,
        client_secret: Option<&str>,
    ) -> Result<LoginIdTokenVerifier> {
        verifier = verifier.with_encrypted_answers(self.encrypted.clone());
        if let Some(leeway) = self.clock_leeway {
            verifier = verifier.with_leeway(leeway);
        }
        if self.accepts_missing_nonce {
            verifier = verifier.with_missing_nonce();
        }
        // What is signed with the secret is accepted only where its algorithm is named.
        let id_token = self.id_token_signed_response_alg.as_deref();
        let authorization = self.authorization_signed_response_alg.as_deref();
        let userinfo = self.userinfo_signed_response_alg.as_deref();
        let is_named = [id_token, authorization, userinfo].into_iter().any(|named| named.is_some());
        if let Some(secret) = client_secret.filter(|_| is_named) {
            verifier = verifier.with_client_secret(secret.into());
        }
        if let Some(algorithm) = authorization {
            verifier = verifier.with_response_algorithm(algorithm)?;
        }
        if let Some(algorithm) = userinfo {
            verifier = verifier.with_userinfo_algorithm(algorithm)?;
        }
        match id_token {
            Some(algorithm) => verifier.with_algorithms([algorithm]),
            None => Ok(verifier.with_announced_algorithms(self.announced.iter().map(String::as_str))),
        }
    }
}
