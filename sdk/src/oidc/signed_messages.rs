//! What the feature `oidc` adds, as the other modules see it. `no_signed_messages.rs` has the same calls for builds without it.

mod answers;
mod requests;
mod terms;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;

use super::encrypted_answers::EncryptedAnswers;
use super::id_token_expectations::{IdTokenExpectations, MaxAge, PreviousLogin};
use super::refreshed_id_token::Refreshed;
use super::verifier::LoginIdTokenVerifier;
use crate::client_auth::Identity;
use crate::discovery::ServerDiscovery;
use crate::error::{Error, Fault, Result};
use crate::fingerprint::Fingerprint;
use crate::keys::{JwksUriFinder, KeySetCache};
use crate::text::ServerText;
use crate::token::{IdTokenClaims, OAuthToken};
use crate::transport::{DocumentKey, Transport};
use crate::wire::{EndpointUrl, PlainHttp, is_issuer};

use requests::OfferedEncryption;
pub(crate) use requests::RequestEncryption;
pub(crate) use terms::SignedMessageTerms;

/// Long enough for every login: what is checked with it is that there is an `auth_time`, and that it is not in the future.
const ANY_AGE: Duration = Duration::from_hours(24 * 365 * 1000);

/// What one server and one client sign for each other or encrypt to each other: verified, decrypted and encrypted here. A clone is
/// cheap.
#[derive(Clone, Debug)]
pub(crate) struct SignedMessages(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// By what refreshed ID tokens are judged.
    rules: Fingerprint,
    /// Or what is missing to verify anything.
    verifier: Result<LoginIdTokenVerifier>,
    encrypted: EncryptedAnswers,
    offered: OfferedEncryption,
    /// Whether ID tokens have to say when the person logged in (`require_auth_time`, OpenID Connect Registration §2).
    requires_auth_time: bool,
    /// Whether userinfo answers have to be signed.
    requires_signed_userinfo: bool,
}

/// The issuer's metadata say where its keys are. They are kept, as of every discovery.
struct ByMetadata {
    discovery: ServerDiscovery,
    issuer: String,
}

#[async_trait]
impl JwksUriFinder for ByMetadata {
    async fn jwks_uri(&self) -> Result<EndpointUrl> {
        let metadata = self.discovery.clone().run().await?;
        if !is_issuer(&self.issuer, &metadata.issuer) {
            return Err(Error::new(
                Fault::Security,
                format!(
                    "the metadata that were to say where the keys of {} are name another issuer, {:?} (RFC 8414 §3.3)",
                    self.issuer,
                    ServerText::new(&metadata.issuer)
                ),
            ));
        }
        let url = metadata.jwks_uri.as_deref();
        let url = url.ok_or_else(|| Error::unsupported("the server's metadata has no `jwks_uri`, so nothing that it signs can be verified: build the client with \
                 `.token_endpoint(..)?.jwks_uri(..)?.build()` in place of `.discover(..)`"))?;
        EndpointUrl::parse("jwks_uri of the metadata", url, PlainHttp::LoopbackOnly)
    }

    fn document_key(&self) -> Option<DocumentKey> {
        self.discovery.document_key()
    }
}

impl SignedMessages {
    /// Of the server with this issuer, whose keys are fetched from there when they are first needed.
    pub(crate) fn new(
        terms: &SignedMessageTerms,
        identity: &Identity,
        issuer: Option<&str>,
        jwks_uri: Option<&EndpointUrl>,
        transport: &Result<Transport>,
    ) -> Self {
        let missing = |what: &str| {
            Error::configuration(format!(
                "what the server signs, as an ID token, cannot be verified without the {what}: give it to the builder, or end \
                 that with `.discover(issuer)`"
            ))
        };
        let verifier = || {
            let issuer = issuer.ok_or_else(|| missing("`issuer`"))?;
            let transport = transport.as_ref().map_err(Clone::clone)?;
            let time = identity.time();
            let keys = if let Some(jwks_uri) = jwks_uri {
                KeySetCache::with_time(jwks_uri.clone(), identity.client_id(), transport, time.clone())
            } else {
                let discovery = terms.keys_by.clone().ok_or_else(|| missing("`jwks_uri`"))?;
                let discovery = discovery.by(transport, PlainHttp::LoopbackOnly, time);
                // Where they are looked for counts as well: an issuer may be named by others.
                let name = format!("{issuer}, by {}", discovery.wanted());
                let finder = ByMetadata { discovery, issuer: issuer.to_owned() };
                KeySetCache::with_finder(&name, finder, identity.client_id(), transport, time.clone())
            };
            let verifier = LoginIdTokenVerifier::new(issuer, identity.client_id(), keys)?.with_time(time.clone());
            terms.apply(verifier, identity.authentication().secret())
        };
        Self(Arc::new(Inner {
            rules: terms.identity_of_id_tokens(jwks_uri),
            verifier: verifier(),
            encrypted: terms.encrypted.clone(),
            offered: terms.offered.clone(),
            requires_auth_time: terms.requires_auth_time,
            requires_signed_userinfo: terms.userinfo_signed_response_alg.is_some(),
        }))
    }

    /// By what refreshed ID tokens are judged, to tell clients of one process apart that judge them otherwise. A store keeps what is the
    /// person's, by whatever rules it was judged.
    pub(crate) fn rules(&self) -> Fingerprint {
        self.0.rules
    }

    fn verifier(&self) -> Result<&LoginIdTokenVerifier> {
        self.0.verifier.as_ref().map_err(Clone::clone)
    }

    /// Whether an ID token could be verified.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) says what is missing.
    pub(crate) fn check_id_token_support(&self) -> Result<()> {
        self.verifier().map(|_| ())
    }

    /// Fetches the server's keys, unless they are here: before something is spent that can be spent once.
    ///
    /// # Errors
    ///
    /// Why they could not be fetched, after several tries.
    pub(crate) async fn prepare(&self) -> Result<()> {
        match &self.0.verifier {
            Ok(verifier) => verifier.prepare().await,
            // Said where it is needed.
            Err(_) => Ok(()),
        }
    }

    /// Verifies the ID token that a login brought with this token (OpenID Connect Core §3.1.3.7).
    ///
    /// # Errors
    ///
    /// [`is_security`](Error::is_security) names the check that failed; [`is_invalid_response`](Error::is_invalid_response) where
    /// there is no ID token. Where the keys could not be fetched, the error is that of the fetch.
    pub(crate) async fn verify_login(
        &self,
        token: &OAuthToken,
        expected: IdTokenExpectations<'_>,
    ) -> Result<IdTokenClaims> {
        let id_token = token.id_token().ok_or_else(|| {
            Error::invalid_response("the scope `openid` was asked for, and the token response has no `id_token`")
        })?;
        let any_age = MaxAge { age: ANY_AGE, asked_at: None };
        let expected = IdTokenExpectations {
            access_token: Some(token.access_token().secret()),
            max_age: expected.max_age.or(self.0.requires_auth_time.then_some(any_age)),
            ..expected
        };
        self.verifier()?.verify(id_token, expected).await
    }

    /// Verifies the ID token beside a code (OpenID Connect Core §3.3.2), and gives the user that it is about.
    ///
    /// # Errors
    ///
    /// As [`verify_login`](Self::verify_login).
    pub(crate) async fn verify_hybrid(
        &self,
        id_token: Option<&str>,
        expected: IdTokenExpectations<'_>,
    ) -> Result<String> {
        let refused = |reason: &str| Error::new(Fault::Security, format!("the callback is refused: {reason}"));
        let id_token = id_token.ok_or_else(|| refused("an ID token was asked for, and it has none"))?;
        let claims = self.verifier()?.verify_brought(id_token, expected).await?;
        // OpenID Connect Core §3.3.2.11; where it is there, it has been compared.
        if claims.get("c_hash").is_none_or(|hash| !hash.is_string()) {
            return Err(refused("its ID token does not say to which code it belongs (`c_hash`)"));
        }
        Ok(claims.subject().to_owned())
    }

    /// Compares the ID token of a refresh with the login, and verifies it if it can be.
    ///
    /// # Errors
    ///
    /// [`is_security`](Error::is_security) where it is of another issuer, user or client, or where that cannot be read.
    pub(crate) async fn verify_refreshed(
        &self,
        id_token: &str,
        access_token: &str,
        before: PreviousLogin<'_>,
    ) -> Result<Refreshed> {
        match &self.0.verifier {
            Ok(verifier) => verifier.verify_refreshed(id_token, access_token, before).await,
            Err(_) => Ok(Refreshed::NotChecked),
        }
    }

    /// Whether this client accepts an ID token that another one of the same login has verified, as far as that can be said without keys.
    ///
    /// # Errors
    ///
    /// [`is_security`](Error::is_security) names the check that failed.
    pub(crate) fn check_stored(&self, id_token: Option<&str>) -> Result<()> {
        match &self.0.verifier {
            Ok(verifier) => verifier.check_stored(id_token.unwrap_or_default(), self.0.requires_auth_time),
            // It judges none.
            Err(_) => Ok(()),
        }
    }
}
