use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use secrecy::SecretString;
use serde_json::Value;

use crate::client_auth::AssertionSource;
use crate::error::Result;
use crate::fingerprint::{Fingerprint, FingerprintBuilder, Identified};
use crate::keys::{self, Signer};
use crate::random::random_id;
use crate::time::Time;

/// Clock skew is a minute or two; a program that needs longer, as for a server whose tokens end with the assertion, sets it.
const LIFETIME: Duration = Duration::from_mins(5);

/// A JWT assertion that this program signs for each token request (RFC 7523 §3).
///
/// `iss`, `sub` and `aud` are the issuer, the subject and the audience; `iat`, `exp` and `jti` are set for each request.
///
/// ```
/// use grantkit::prelude::*;
/// use grantkit::grant::JwtAssertion;
/// use grantkit::keys::{SigningAlgorithm, SigningKey};
///
/// let key = SigningKey::generate(SigningAlgorithm::Es256)?.with_key_id("2026-01"); // or from_pem, from_der, from_jwk
/// let service = "billing@project.example";
/// let client = Client::builder().client_id(service).public().token_endpoint("https://as.example/token")?.build();
/// let assertion = JwtAssertion::new(key, service, service).claim("scope", "read:invoices");
/// let credentials = client.jwt_bearer(assertion).credentials("billing");
/// # Ok::<(), grantkit::Error>(())
/// ```
#[derive(Clone)]
pub struct JwtAssertion {
    signer: Identified<dyn Signer>,
    claims: BTreeMap<String, Value>,
    lifetime: Duration,
}

impl JwtAssertion {
    /// Creates an assertion of `issuer`, signed by `signer`, about `subject`: the user or the service of the token.
    pub fn new(signer: impl Signer + 'static, issuer: impl Into<String>, subject: impl Into<String>) -> Self {
        let claims = [("iss", issuer.into()), ("sub", subject.into())];
        let claims = claims.map(|(name, value)| (name.to_owned(), Value::from(value)));
        let identity = signer.identity();
        let signer: Identified<dyn Signer> = Identified::new(Arc::new(signer), identity);
        Self { signer, claims: claims.into(), lifetime: LIFETIME }
    }

    /// Sets its audience (`aud`); unless set, the server's issuer, or its token endpoint if the issuer is not known.
    pub fn audience(self, audience: impl Into<String>) -> Self {
        self.claim("aud", audience.into())
    }

    /// Adds a claim. `iat`, `exp` and `jti` are always set for each request.
    pub fn claim(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.claims.insert(name.into(), value.into());
        self
    }

    /// Sets how long it is valid; 5 minutes unless set.
    pub fn lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetime = lifetime;
        self
    }

    /// A new one of this moment.
    pub(super) async fn signed(&self, audience: &str, time: &Time) -> Result<SecretString> {
        let mut claims = self.claims.clone();
        claims.entry("aud".to_owned()).or_insert_with(|| audience.into());
        stamp(&mut claims, self.lifetime, time)?;
        keys::sign(&*self.signer, "JWT", &claims).await.map(Into::into)
    }
}

/// Adds what makes a JWT one of this moment.
pub(super) fn stamp(claims: &mut BTreeMap<String, Value>, lifetime: Duration, time: &Time) -> Result<()> {
    let now = time.issued_at()?;
    claims.insert("iat".to_owned(), now.into());
    claims.insert("exp".to_owned(), now.saturating_add(lifetime.as_secs()).into());
    claims.insert("jti".to_owned(), random_id()?.into());
    Ok(())
}

#[async_trait]
impl AssertionSource for JwtAssertion {
    fn identity(&self) -> Fingerprint {
        let Self { signer, claims, lifetime } = self;
        let add = |builder: FingerprintBuilder, (name, value): (&String, &Value)| {
            builder.parameter(format!("claim {name}"), value.to_string())
        };
        let builder = keys::signer_identity(signer).parameter("lifetime", format!("{lifetime:?}"));
        claims.iter().fold(builder, add).build()
    }

    /// Its key and its claims say whose it is, on every machine that has the key.
    fn speaks_for_this_machine(&self) -> bool {
        false
    }

    async fn assertion(&self, audience: &str) -> Result<SecretString> {
        self.signed(audience, &Time::System).await
    }
}

/// The claims can be about a person; their names tell enough.
impl fmt::Debug for JwtAssertion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JwtAssertion")
            .field("signer", &self.signer)
            .field("claims", &self.claims.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
